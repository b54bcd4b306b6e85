using System.Text;
using CliWrap;
using HostingPortal.Domain;
using HostingPortal.Infrastructure.Executors;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Executors;

public sealed class RunFollowerTests
{
    private const string Events = "{\"s\":1}\n{\"s\":2}\n", Answer = "{\"error\": \"failed\", \"message\": \"OSError: no room\"}\n";

    [Theory]
    [InlineData(Events, Answer, Events)]
    [InlineData("", Answer, "")]
    [InlineData("", Events + Answer, Events)]
    public async Task Read_ExecutorFailsOnTheWay_GivesItsEventsAndItsReason(string first, string second, string events)
    {
        var command = Cli.Wrap("sh").WithArguments(["-c", "printf %s \"$0\"; sleep 0.2; printf %s \"$1\"; exit 1", first, second]).WithValidation(CommandResultValidation.None);
        var read = new StringBuilder();
        var fault = await Assert.ThrowsAsync<OutsideException>(async () =>
        {
            await foreach (var buffer in RunFollower.ReadAsync(command, TestContext.Current.CancellationToken))
            {
                read.Append(Encoding.UTF8.GetString(buffer.Span));
            }
        });
        Assert.Equal(events, read.ToString());
        Assert.Equal(("executor.failed", "OSError: no room"), (fault.Code, fault.Detail));
    }
}
