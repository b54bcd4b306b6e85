using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Xunit;

namespace HostingPortal.Domain.Tests.Runs;

public sealed class RedactorTests
{
    private const string Canary = "c4n4ry/\"ü+w&x:s3cr3t'$5 \\z";
    private const string Key = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ\nQyNTUxOQAAACBZ4mJXQ7hR0mD2c8pYw1vK9sTqLx\n-----END OPENSSH PRIVATE KEY-----\n";
    private static readonly Redactor Redactor = new([new Secret(Canary), new Secret(Key), new Secret("short")]);

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Forms =>
    [
        Canary,
        JsonSerializer.Serialize(Canary)[1..^1],
        JsonSerializer.Serialize(Canary, Relaxed)[1..^1],
        """c4n4ry/\"\u00fc+w&x:s3cr3t'$5 \\z""",
        """c4n4ry/\\\"ü+w&x:s3cr3t'$5 \\\\z""",
        Uri.EscapeDataString(Canary),
        System.Net.WebUtility.UrlEncode(Canary),
        "c4n4ry/%22%c3%bc%2bw%26x%3as3cr3t%27%245%20%5cz",
        "c4n4ry/\"ü+w&x:s3cr3t'\"'\"'$5 \\z",
        "c4n4ry/\"ü+w&x:s3cr3t'\\''$5 \\z",
        "c4n4ry/\\\"ü+w&x:s3cr3t'\\$5 \\\\z",
        "c4n4ry/\\\"ü+w\\&x:s3cr3t\\'\\$5\\ \\\\z",
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Clean_EveryForm_LeavesNothing(string form) => Assert.Equal("before ••• after", Redactor.Clean($"before {form} after"));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("abc")]
    public void Clean_Base64AtAnyAlignment_LeavesNothingToDecode(string prefix)
    {
        foreach (var suffix in new[] { "", "x", "xy", "xyz" })
        {
            var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(prefix + Canary + suffix));
            foreach (var form in new[] { base64, base64.Replace('+', '-').Replace('/', '_') })
            {
                var clean = Redactor.Clean(form);
                Assert.Contains("•••", clean, StringComparison.Ordinal);
                Assert.True(clean.Replace("•••", "", StringComparison.Ordinal).Length <= 16, clean);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Clean_CutAnywhereIntoTwoEvents_LeavesNoPieceOfSix(string form)
    {
        for (var at = 1; at < form.Length; at++)
        {
            foreach (var (text, piece) in new[] { ("tail " + form[..at], form[..at]), (form[at..] + " head", form[at..]) })
            {
                if (piece.Length >= Redactor.Shortest)
                {
                    Assert.DoesNotContain(piece, Redactor.Clean(text), StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void Clean_MiddlePieceAlone_IsMasked() => Assert.Equal("•••", Redactor.Clean(Canary[4..16]));

    [Fact]
    public void Clean_KeyLineByLine_LeavesHeadAndFoot() =>
        Assert.Equal(["-----BEGIN OPENSSH PRIVATE KEY-----", "•••", "•••", "-----END OPENSSH PRIVATE KEY-----", ""], Key.Split('\n').Select(Redactor.Clean));

    [Fact]
    public void Clean_SeveralInOneLine_AllGo() => Assert.Equal("•••,•••", Redactor.Clean($"{Canary},{Canary}"));

    [Theory]
    [InlineData("nothing here")]
    [InlineData("a short word")]
    [InlineData("----------------")]
    [InlineData("-----BEGIN CERTIFICATE-----")]
    public void Clean_NoSecret_StaysAsItIs(string text) => Assert.Same(text, Redactor.Clean(text));

    [Fact]
    public void Adopt_SecretsAnywhereInAnEvent_LeaveAnEventWithoutThem()
    {
        var text = JsonSerializer.Serialize(new { t = 1, e = "result", n = 1, h = "n-1", st = "failed", msg = $"x\n{Canary}", data = new Dictionary<string, object> { ["portal_x"] = new object[] { Canary, new { y = Key } }, [Canary] = 1 } });
        var stored = RunEvent.Adopt(text, 1, Redactor)!.ToText();
        using var json = JsonDocument.Parse(stored);
        Assert.Equal("x\n•••", json.RootElement.GetProperty("msg").GetString());
        Assert.Equal("•••", json.RootElement.GetProperty("data").GetProperty("portal_x")[0].GetString());
        Assert.DoesNotContain("s3cr3t", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("QyNTUxOQ", stored, StringComparison.Ordinal);
    }

    [Fact]
    public void Clean_ManySecrets_CostsLittlePerEvent()
    {
        var many = new Redactor(Enumerable.Range(0, 300).Select(i => new Secret(Ids.RandomText(40))));
        var line = "{\"t\":1,\"e\":\"result\",\"n\":1,\"h\":\"n-1\",\"st\":\"ok\",\"msg\":\"" + string.Concat(Enumerable.Repeat("installed a package ", 100)) + "\"}";
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 2000; i++)
        {
            Assert.NotNull(RunEvent.Adopt(line, 1, many));
        }

        TestContext.Current.SendDiagnosticMessage($"redaction: {2000 / watch.Elapsed.TotalSeconds:N0} events of 2 KB a second, 300 secrets");
    }
}
