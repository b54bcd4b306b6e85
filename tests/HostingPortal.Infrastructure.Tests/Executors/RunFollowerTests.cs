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
    [InlineData(Events + "{\"error\": \"failed\",", " \"message\": \"OSError: no room\"}\n", Events)]
    public async Task Read_ExecutorFailsOnTheWay_GivesItsEventsAndItsReason(string first, string second, string events)
    {
        var read = new StringBuilder();
        var fault = await Assert.ThrowsAsync<OutsideException>(() => ReadAsync(first, second, exitCode: 1, read));
        Assert.Equal(events, read.ToString());
        Assert.Equal(("executor.failed", "OSError: no room"), (fault.Code, fault.Detail));
    }

    [Fact]
    public async Task Read_EventThatIsCutBeforeWhatLooksLikeAnAnswer_KeepsIt()
    {
        var read = new StringBuilder();
        await ReadAsync("{\"s\":1,\"data\":", "{\"error\":1}}\n", exitCode: 0, read);
        Assert.Equal("{\"s\":1,\"data\":{\"error\":1}}\n", read.ToString());
    }

    private static async Task ReadAsync(string first, string second, int exitCode, StringBuilder read)
    {
        var command = Cli.Wrap("sh").WithArguments(["-c", $"printf %s \"$0\"; sleep 0.2; printf %s \"$1\"; exit {exitCode}", first, second]).WithValidation(CommandResultValidation.None);
        await foreach (var buffer in RunFollower.ReadAsync(command, TestContext.Current.CancellationToken))
        {
            read.Append(Encoding.UTF8.GetString(buffer.Span));
        }
    }
}
