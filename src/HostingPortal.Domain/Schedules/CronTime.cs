using Cronos;

namespace HostingPortal.Domain.Schedules;

/// <summary>
/// When a schedule is due. In the night the clocks go forward a time that does not exist is run right after the gap; in the night they go back a fixed time is run
/// once, an interval in both hours.
/// </summary>
public static class CronTime
{
    private static readonly TimeSpan Closest = TimeSpan.FromMinutes(5);

    /// <summary>The first time after <paramref name="afterUtc"/>, in UTC, or null when there is none.</summary>
    public static DateTime? Next(string cron, string zone, DateTime afterUtc) =>
        CronExpression.Parse(cron).GetNextOccurrence(DateTime.SpecifyKind(afterUtc, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById(zone));

    /// <summary>The next times in the clock of the zone, for people to see what they wrote; empty when it is no schedule.</summary>
    public static IReadOnlyList<DateTimeOffset> Upcoming(string cron, string zone, DateTime afterUtc, int count)
    {
        if (cron.Length > 100 || !CronExpression.TryParse(cron, out var parsed) || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
        {
            return [];
        }

        var from = new DateTimeOffset(DateTime.SpecifyKind(afterUtc, DateTimeKind.Utc));
        return [.. parsed.GetOccurrences(from, from.AddYears(5), found).Take(count).Select(t => TimeZoneInfo.ConvertTime(t, found))];
    }

    /// <exception cref="RuleViolationException">No cron expression, no time zone, or more often than every five minutes.</exception>
    public static void Require(string cron, string zone, DateTime nowUtc)
    {
        if (cron.Length > 100 || !CronExpression.TryParse(cron, out var parsed))
        {
            throw new RuleViolationException("Schedule.Cron", "Cron", ("cron", cron.Length > 100 ? cron[..100] : cron));
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) || !found.HasIanaId)
        {
            throw new RuleViolationException("Schedule.Zone", "Zone", ("zone", zone.Length > 60 ? zone[..60] : zone));
        }

        var times = parsed.GetOccurrences(nowUtc, nowUtc.AddDays(8), found).Take(300).ToList();
        if (times.Zip(times.Skip(1)).Any(pair => pair.Second - pair.First < Closest))
        {
            throw new RuleViolationException("Schedule.TooOften", "Cron");
        }
    }
}
