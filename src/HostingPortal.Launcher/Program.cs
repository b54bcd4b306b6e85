using HostingPortal.Launcher;
using HostingPortal.Launcher.Bench;
using HostingPortal.Launcher.Faults;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});

try
{
    return args switch
    {
        ["demo", ..] => await DemoCommand.RunAsync(Places.FromEnvironment("demo"), exit: args.Contains("--exit"), stop.Token),
        ["faults", .. var words] => await FaultsCommand.RunAsync(Places.FromEnvironment("faults"), words, stop.Token),
        ["up", .. var words] => await UpCommand.RunAsync(Places.FromEnvironment("up"), words, stop.Token),
        ["backup" or "restore" or "seed", ..] => await PortalTool.RunAsync(args, stop.Token),
        ["bench", "pages", .. var words] => await PageBench.RunAsync(Places.FromEnvironment("bench-pages"), words, stop.Token),
        ["bench", .. var what] => await BenchCommand.RunAsync(Places.FromEnvironment("bench"), what, stop.Token),
        _ => Usage(),
    };
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.WriteLine("Stopped.");
    return 130;
}
catch (LaunchException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

static int Usage()
{
    Console.Error.WriteLine("Usage: portal demo [--exit] | portal up [--instances N] | portal bench [sites | runs | pages | load] | portal backup … | portal restore …");
    return 2;
}
