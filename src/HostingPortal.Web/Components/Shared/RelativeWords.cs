using System.Globalization;
using HostingPortal.Web.Localization;

namespace HostingPortal.Web.Components.Shared;

/// <summary>"34 min ago", "yesterday 16:20", "20 Nov 2026": what the server writes until the browser takes over in its own time zone.</summary>
public static class RelativeWords
{
    public static string For(DateTime at, DateTime now, Texts texts)
    {
        var age = now - at;
        return age switch
        {
            { TotalSeconds: < 5 } => texts["Time.Now"],
            { TotalSeconds: < 60 } => texts["Time.SecondsAgo", ("n", (int)age.TotalSeconds)],
            { TotalMinutes: < 60 } => texts["Time.MinutesAgo", ("n", (int)age.TotalMinutes)],
            _ when at.Date == now.Date => texts["Time.HoursAgo", ("n", (int)age.TotalHours)],
            _ when at.Date == now.Date.AddDays(-1) => texts["Time.Yesterday", ("time", at.ToString("HH:mm", CultureInfo.InvariantCulture))],
            _ => at.ToString("d MMM yyyy", CultureInfo.CurrentCulture),
        };
    }

    /// <summary>"4.1 s", "1:14", "2 h 05".</summary>
    public static string Duration(TimeSpan span) => span switch
    {
        { TotalSeconds: < 0 } => Duration(TimeSpan.Zero),
        { TotalSeconds: < 10 } => string.Create(CultureInfo.CurrentCulture, $"{span.TotalSeconds:0.0} s"),
        { TotalSeconds: < 60 } => $"{(int)span.TotalSeconds} s",
        { TotalHours: < 1 } => $"{(int)span.TotalMinutes}:{span.Seconds:00}",
        _ => $"{(int)span.TotalHours} h {span.Minutes:00}",
    };
}
