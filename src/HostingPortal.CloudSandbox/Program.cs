using HostingPortal.CloudSandbox;
using HostingPortal.CloudSandbox.Machines;

try
{
    await using var server = await SandboxServer.StartAsync(SandboxOptions.Parse(args));
    Console.WriteLine($"listening on {server.BaseAddress.ToString().TrimEnd('/')}");
    await server.WaitForShutdownAsync();
    return 0;
}
catch (Exception problem) when (problem is ArgumentException or IOException or LabException)
{
    await Console.Error.WriteLineAsync($"sandbox: {problem.Message}");
    return 1;
}
