using HostingPortal.CloudSandbox;

await using var server = await SandboxServer.StartAsync(SandboxOptions.Parse(args));
Console.WriteLine($"listening on {server.BaseAddress.ToString().TrimEnd('/')}");
await server.WaitForShutdownAsync();
