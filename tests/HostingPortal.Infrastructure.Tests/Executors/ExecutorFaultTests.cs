using HostingPortal.Infrastructure.Executors;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Executors;

/// <summary>What the end of an ssh process means for the run that waited for it.</summary>
public sealed class ExecutorFaultTests
{
    /// <summary>A signal ended ssh here or the program there: nothing is known about the work, so it is looked at again.</summary>
    [Theory]
    [InlineData(129)]
    [InlineData(137)]
    [InlineData(143)]
    [InlineData(255)]
    public void From_EndedBySignalOrConnection_MayBeTriedAgain(int exitCode)
    {
        var error = ExecutorFaults.From(exitCode, "", "");
        Assert.Equal(("executor.unreachable", true), (error.Code, error.Transient));
    }

    [Theory]
    [InlineData(1, "{\"error\": \"failed\", \"message\": \"no space left\"}", "executor.failed")]
    [InlineData(3, "{\"error\": \"unknown\", \"message\": \"there is no run\"}", "executor.unknown")]
    [InlineData(127, "", "executor.not_installed")]
    public void From_AnswerOfTheProgram_IsFinal(int exitCode, string output, string code)
    {
        var error = ExecutorFaults.From(exitCode, output, "");
        Assert.Equal((code, false), (error.Code, error.Transient));
    }
}
