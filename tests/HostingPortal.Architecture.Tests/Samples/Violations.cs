using System.Diagnostics;

namespace HostingPortal.Architecture.Tests.Samples;

/// <summary>Breaks rules on purpose: the rules must find it.</summary>
internal sealed class Violations(int a, int b, int c, int d, int e, int f, int g)
{
    public int Sum { get; } = a + b + c + d + e + f + g;

#pragma warning disable RS0030, VSTHRD100, CA1822 // This is what the rules look for.
    public async void ForgetsItsErrors() => await Task.Yield();

    public DateTime LooksAtTheWall() => DateTime.Now;

    public int Blocks(Task<int> task) => task.Result;

    public Process? StartsAShell() => Process.Start("true");
#pragma warning restore RS0030, VSTHRD100, CA1822
}
