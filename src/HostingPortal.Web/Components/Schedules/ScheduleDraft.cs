using System.Globalization;

namespace HostingPortal.Web.Components.Schedules;

/// <summary>A schedule as people choose it: how often and at what time; turned into five cron fields and back.</summary>
public sealed class ScheduleDraft
{
    public const string Daily = "daily", Weekdays = "weekdays", Weekly = "weekly", Monthly = "monthly", Own = "own";

    public string Pattern { get; set; } = Daily;

    /// <summary><c>03:30</c>.</summary>
    public string Time { get; set; } = "03:30";

    /// <summary>1 is Monday, 7 Sunday.</summary>
    public int Weekday { get; set; } = 1;

    public int Day { get; set; } = 1;

    /// <summary>Used with the pattern <see cref="Own"/>.</summary>
    public string Cron { get; set; } = "30 3 * * *";

    /// <summary>What a cron expression means in these terms; one that says more is kept as it is.</summary>
    public static ScheduleDraft Of(string cron)
    {
        var draft = new ScheduleDraft { Pattern = Own, Cron = cron };
        if (cron.Split(' ') is not [var minute, var hour, var day, "*", var weekday] || !Number(minute, 0, 59, out var m) || !Number(hour, 0, 23, out var h))
        {
            return draft;
        }

        draft.Time = string.Create(CultureInfo.InvariantCulture, $"{h:00}:{m:00}");
        (draft.Pattern, draft.Weekday, draft.Day) = (day, weekday) switch
        {
            ("*", "*") => (Daily, 1, 1),
            ("*", "1-5") => (Weekdays, 1, 1),
            ("*", _) when Number(weekday, 0, 7, out var w) => (Weekly, w == 0 ? 7 : w, 1),
            (_, "*") when Number(day, 1, 28, out var d) => (Monthly, 1, d),
            _ => (Own, 1, 1),
        };
        return draft;
    }

    /// <summary>A time that is none gives an expression that is none, which the service refuses.</summary>
    public string ToCron()
    {
        if (Pattern == Own)
        {
            return Cron.Trim();
        }

        var at = TimeOnly.TryParse(Time, CultureInfo.InvariantCulture, out var time) ? string.Create(CultureInfo.InvariantCulture, $"{time.Minute} {time.Hour}") : Time;
        return Pattern switch
        {
            Weekdays => $"{at} * * 1-5",
            Weekly => string.Create(CultureInfo.InvariantCulture, $"{at} * * {Weekday % 7}"),
            Monthly => string.Create(CultureInfo.InvariantCulture, $"{at} {Day} * *"),
            _ => $"{at} * * *",
        };
    }

    private static bool Number(string text, int least, int most, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;
}
