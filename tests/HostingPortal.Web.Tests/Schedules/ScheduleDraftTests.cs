using HostingPortal.Web.Components.Schedules;

namespace HostingPortal.Web.Tests.Schedules;

public sealed class ScheduleDraftTests : Pages
{
    [Theory]
    [InlineData("30 3 * * *", "every day at 03:30")]
    [InlineData("5 22 * * 1-5", "Monday to Friday at 22:05")]
    [InlineData("0 4 * * 0", "every Sunday at 04:00")]
    [InlineData("0 4 * * 1", "every Monday at 04:00")]
    [InlineData("0 0 28 * *", "on day 28 of the month at 00:00")]
    [InlineData("*/10 3 * * *", "by cron: */10 3 * * *")]
    [InlineData("0 4 31 * *", "by cron: 0 4 31 * *")]
    [InlineData("0 4 1 * 1", "by cron: 0 4 1 * 1")]
    [InlineData("0 4 1 2 *", "by cron: 0 4 1 2 *")]
    [InlineData("nonsense", "by cron: nonsense")]
    public void Of_Expression_ReadsAsASentenceAndBack(string cron, string sentence)
    {
        Assert.Equal(sentence, ScheduleWords.Of(cron, T));
        Assert.Equal(cron, ScheduleDraft.Of(cron).ToCron());
    }

    [Fact]
    public void ToCron_NoTime_IsNoExpression() => Assert.Empty(Domain.Schedules.CronTime.Upcoming(new ScheduleDraft { Time = "25:99" }.ToCron(), "Europe/Berlin", DateTime.UnixEpoch, 5));
}
