using System.Text.Json.Nodes;

namespace HostingPortal.CloudSandbox.Tests.Support;

public sealed class SchemaCheckTests
{
    private const string Good = """{"id":1,"name":"k","fingerprint":"f","public_key":"p","labels":{},"created":"2026-01-01T00:00:00+00:00"}""";

    [Theory]
    [InlineData("\"id\":1", "\"id\":\"1\"", "is not integer")]
    [InlineData("\"id\":1", "\"id\":0", "out of range")]
    [InlineData("\"name\":\"k\",", "", "name is missing")]
    [InlineData("\"labels\":{}", "\"labels\":{\"a\":1}", "is not string")]
    [InlineData("2026-01-01T00:00:00+00:00", "yesterday", "wrong form")]
    public void Check_AnswerThatBreaksTheDocument_SaysWhere(string part, string broken, string problem)
    {
        Assert.Empty(Check(Good));
        Assert.Contains(Check(Good.Replace(part, broken, StringComparison.Ordinal)), found => found.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_UnknownOperation_IsAProblem() => Assert.NotEmpty(OpenApiDocument.Check("GET", "/nothing", 200, null));

    private static IReadOnlyList<string> Check(string key) =>
        OpenApiDocument.Check("GET", "/ssh_keys/1", 200, new JsonObject { ["ssh_key"] = JsonNode.Parse(key) });
}
