using System.Globalization;
using HostingPortal.Web.Localization;

namespace HostingPortal.Web.Components.Schedules;

/// <summary>A cron expression as a sentence, e.g. "Weekdays at 03:30"; what has no sentence stays as it is written.</summary>
public static class ScheduleWords
{
    public static string Of(string cron, Texts texts)
    {
        var draft = ScheduleDraft.Of(cron);
        return draft.Pattern switch
        {
            ScheduleDraft.Daily => texts["Schedules.Say.Daily", ("time", draft.Time)],
            ScheduleDraft.Weekdays => texts["Schedules.Say.Weekdays", ("time", draft.Time)],
            ScheduleDraft.Weekly => texts["Schedules.Say.Weekly", ("day", Weekday(draft.Weekday)), ("time", draft.Time)],
            ScheduleDraft.Monthly => texts["Schedules.Say.Monthly", ("day", draft.Day), ("time", draft.Time)],
            _ => texts["Schedules.Say.Own", ("cron", cron)],
        };
    }

    /// <param name="number">1 is Monday, 7 Sunday.</param>
    public static string Weekday(int number) => CultureInfo.CurrentCulture.DateTimeFormat.GetDayName((DayOfWeek)(number % 7));

    /// <summary>With the offset, because the night the clocks change shows in it.</summary>
    public static string Moment(DateTimeOffset at) => at.ToString("ddd d MMM yyyy, HH:mm 'UTC'zzz", CultureInfo.CurrentCulture);
}
