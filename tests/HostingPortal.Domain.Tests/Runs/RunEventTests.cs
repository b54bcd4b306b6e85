using HostingPortal.Domain.Runs;
using Xunit;

namespace HostingPortal.Domain.Tests.Runs;

/// <summary>Events and the lines people read; whatever a node prints, the log goes on.</summary>
public sealed class RunEventTests
{
    [Fact]
    public void Adopt_AnEvent_TakesOurNumberAndKeepsTheRest()
    {
        var e = RunEvent.Adopt("""{"s":99,"t":5,"e":"result","n":4,"h":"n-1","st":"changed","x":{"y":[1]}}""", 7)!;
        Assert.Equal((7, 5L, "result", 4, "n-1"), (e.Seq, e.Time, e.Kind, e.Task, e.Host));
        Assert.Equal(e.ToText(), RunEvent.Parse(e.ToText()).ToText());
        Assert.Contains("\"y\":[1]", e.ToText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"e":"line"}""")]
    [InlineData("""{"e":1,"t":1}""")]
    [InlineData("""{"e":"line","t":"1"}""")]
    [InlineData("""{"e":"","t":1}""")]
    [InlineData("""{"e":"line","t":1,"e":"line"}""")]
    [InlineData("""{"e":"line","t":1} trailing""")]
    public void Adopt_NoEvent_IsNull(string text) => Assert.Null(RunEvent.Adopt(text, 1));

    [Fact]
    public void Adopt_DeeplyNested_IsNull() => Assert.Null(RunEvent.Adopt("""{"e":"line","t":1,"x":""" + new string('[', 100_000), 1));

    /// <summary>Python writes bytes that are no UTF-8 as lone surrogates.</summary>
    [Theory]
    [InlineData("""{"e":"result","t":1,"n":1,"h":"n-1","st":"failed","msg":"a\udcffb"}""", "a\ufffdb")]
    [InlineData("""{"e":"result","t":1,"n":1,"h":"n-1","st":"failed","msg":"a\ud83d"}""", "a\ufffd")]
    [InlineData("""{"e":"result","t":1,"n":1,"h":"n-1","st":"failed","msg":"\ud83d\ude00"}""", "\U0001f600")]
    [InlineData("""{"e":"result","t":1,"n":1,"h":"n-1","st":"failed","msg":"\\udcff"}""", "\\udcff")]
    public void Render_TextThatIsNoUnicode_IsShownWithAMark(string text, string line)
    {
        var e = RunEvent.Adopt(text, 1)!;
        Assert.Equal(line, Assert.Single(RunLines.Render(e, 1)).Text);
        Assert.Equal(line, RunEvent.Parse(e.ToText()).Word("msg"));
    }

    [Fact]
    public void Render_FailedResult_ShowsMessageOutputAndErrorLineByLine()
    {
        var e = RunEvent.Adopt("""{"t":1,"e":"result","n":2,"h":"n-1","st":"failed","msg":"no","out":"one\r\ntwo\n","err":"three"}""", 3)!;
        var lines = RunLines.Render(e, 10);
        Assert.Equal(["no", "one", "two", "three"], lines.Select(l => l.Text));
        Assert.Equal([10, 11, 12, 13], lines.Select(l => l.Number));
        Assert.All(lines, l => Assert.Equal(("failed", "n-1", 2, 3), (l.Kind, l.NodeId, l.Task, l.Seq)));
    }

    [Theory]
    [InlineData("""{"t":1,"e":"play","name":"web"}""", "PLAY [web]")]
    [InlineData("""{"t":1,"e":"task","n":1,"role":"sites","name":"Install"}""", "TASK [sites : Install]")]
    [InlineData("""{"t":1,"e":"task","n":1,"name":"Install"}""", "TASK [Install]")]
    [InlineData("""{"t":1,"e":"end","rc":2,"reason":"finished"}""", "finished, exit code 2")]
    [InlineData("""{"t":1,"e":"stats","h":{"n-1":{"ok":3,"failed":0}}}""", "n-1: ok 3, failed 0")]
    [InlineData("""{"t":1,"e":"step","name":"order","st":"failed","msg":"x"}""", "order · failed: x")]
    public void Render_EachKind_IsOneLine(string text, string line) => Assert.Equal(line, Assert.Single(RunLines.Render(RunEvent.Adopt(text, 1)!, 1)).Text);

    [Fact]
    public void Render_UnknownKind_IsNoLine() => Assert.Empty(RunLines.Render(RunEvent.Adopt("""{"t":1,"e":"later","name":"x"}""", 1)!, 1));

    [Fact]
    public void Render_OneHugeLine_IsCutForDrawing() =>
        Assert.Equal(RunLines.MaxLength, RunLines.Render(RunEvent.Own(1, DateTimeOffset.UnixEpoch, "line", new { msg = new string('x', 1_000_000) }), 1)[0].Text.Length);

    [Fact]
    public void PlayData_FailuresAndReports_AreKeptByNode()
    {
        var data = new PlayData();
        foreach (var text in new[]
        {
            """{"t":1,"e":"task","n":1,"role":"sites","name":"Install"}""",
            """{"t":1,"e":"result","n":1,"h":"n-1","st":"failed","msg":"no"}""",
            """{"t":1,"e":"result","n":1,"h":"n-2","st":"changed","data":{"portal_sites":{"applied":["s-1"]}}}""",
            """{"t":1,"e":"result","n":1,"h":"n-3","st":"unreachable"}""",
        })
        {
            data.Take(RunEvent.Adopt(text, 1)!);
        }

        Assert.Equal(("sites : Install", "no"), data.Failures["n-1"]);
        Assert.Equal(["n-3"], data.Unreachable);
        Assert.Equal(["n-2"], data.Changed);
        Assert.Equal("s-1", data.Get("n-2", "portal_sites")!.Value.GetProperty("applied")[0].GetString());
        Assert.Null(data.Get("n-1", "portal_sites"));
    }
}
