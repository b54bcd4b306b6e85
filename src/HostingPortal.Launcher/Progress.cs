using System.Diagnostics;
using System.Globalization;

namespace HostingPortal.Launcher;

/// <summary>Steps with their time on the console, and the table of them at the end.</summary>
internal sealed class Progress
{
    private readonly List<(string Step, TimeSpan Took)> steps = [];
    private readonly Stopwatch total = Stopwatch.StartNew();

    public async Task<T> StepAsync<T>(string name, Func<Task<T>> act)
    {
        Console.WriteLine($"  … {name}");
        var watch = Stopwatch.StartNew();
        var result = await act();
        steps.Add((name, watch.Elapsed));
        Console.WriteLine($"  ✓ {name}  {Seconds(watch.Elapsed)}");
        return result;
    }

    public Task StepAsync(string name, Func<Task> act) => StepAsync(name, async () =>
    {
        await act();
        return true;
    });

    public void Note(string line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            Console.WriteLine($"      {line}");
        }
    }

    public void PrintTable()
    {
        var width = steps.Max(s => s.Step.Length);
        Console.WriteLine();
        Console.WriteLine($"  {"Step".PadRight(width)}   Seconds");
        Console.WriteLine($"  {new string('─', width)}   ───────");
        foreach (var (step, took) in steps)
        {
            Console.WriteLine($"  {step.PadRight(width)}   {took.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture),7}");
        }

        Console.WriteLine($"  {"All".PadRight(width)}   {total.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture),7}");
        Console.WriteLine();
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture) + " s";
}
