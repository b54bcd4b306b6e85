using HostingPortal.Domain.Schedules;
using Xunit;

namespace HostingPortal.Domain.Tests.Schedules;

/// <summary>Cron in a time zone, over both nights in which the clocks change.</summary>
public sealed class CronTimeTests
{
    [Theory]
    [InlineData("30 3 * * *", "Europe/Berlin", "2027-01-10T00:00", "2027-01-10T02:30")]
    [InlineData("30 3 * * *", "Europe/Berlin", "2027-07-10T00:00", "2027-07-10T01:30")]
    [InlineData("30 3 * * *", "UTC", "2027-07-10T00:00", "2027-07-10T03:30")]
    [InlineData("0 9 * * 1", "America/New_York", "2027-03-13T00:00", "2027-03-15T13:00")]
    [InlineData("0 9 * * 1", "America/New_York", "2027-03-07T00:00", "2027-03-08T14:00")]
    public void Next_InAZone_IsItsLocalTime(string cron, string zone, string after, string expected) => Assert.Equal(At(expected), CronTime.Next(cron, zone, At(after)));

    /// <summary>On 28 March 2027 half past two does not exist in Berlin: it runs when the gap is over, and the next day at its usual time.</summary>
    [Fact]
    public void Next_TimeThatDoesNotExist_RunsRightAfterTheGap()
    {
        var first = CronTime.Next("30 2 * * *", "Europe/Berlin", At("2027-03-27T12:00"));
        Assert.Equal(At("2027-03-28T01:00"), first);
        Assert.Equal(At("2027-03-29T00:30"), CronTime.Next("30 2 * * *", "Europe/Berlin", first!.Value));
    }

    /// <summary>On 31 October 2027 half past two comes twice in Berlin: once is enough.</summary>
    [Fact]
    public void Next_TimeThatComesTwice_RunsOnce()
    {
        var first = CronTime.Next("30 2 * * *", "Europe/Berlin", At("2027-10-30T12:00"));
        Assert.Equal(At("2027-10-31T00:30"), first);
        Assert.Equal(At("2027-11-01T01:30"), CronTime.Next("30 2 * * *", "Europe/Berlin", first!.Value));
    }

    [Fact]
    public void Next_IntervalOverTheDoubledHour_KeepsItsPace()
    {
        var times = new List<DateTime> { At("2027-10-30T23:45") };
        for (var i = 0; i < 4; i++)
        {
            times.Add(CronTime.Next("*/30 * * * *", "Europe/Berlin", times[^1])!.Value);
        }

        Assert.Equal([At("2027-10-31T00:00"), At("2027-10-31T00:30"), At("2027-10-31T01:00"), At("2027-10-31T01:30")], times.Skip(1));
    }

    [Theory]
    [InlineData("", "UTC", "Schedule.Cron")]
    [InlineData("* * * * * *", "UTC", "Schedule.Cron")]
    [InlineData("61 * * * *", "UTC", "Schedule.Cron")]
    [InlineData("0 3 * * *; rm", "UTC", "Schedule.Cron")]
    [InlineData("0 3 * * *", "Mars/Olympus", "Schedule.Zone")]
    [InlineData("0 3 * * *", "../../etc/passwd", "Schedule.Zone")]
    [InlineData("* * * * *", "UTC", "Schedule.TooOften")]
    [InlineData("0,3 5 * * *", "UTC", "Schedule.TooOften")]
    public void Require_WhatCannotBe_IsRefused(string cron, string zone, string code) =>
        Assert.Equal(code, Assert.Throws<RuleViolationException>(() => CronTime.Require(cron, zone, At("2027-01-01T00:00"))).Code);

    [Theory]
    [InlineData("*/5 * * * *")]
    [InlineData("30 3 * * 1-5")]
    [InlineData("0 0 29 2 *")]
    public void Require_WhatCanBe_Passes(string cron) => CronTime.Require(cron, "Europe/Berlin", At("2027-01-01T00:00"));

    private static DateTime At(string utc) => DateTime.SpecifyKind(DateTime.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
