namespace HostingPortal.Operations.Tests.Images;

/// <summary>compose.yaml against the schema that Compose itself carries; no engine is needed for that.</summary>
public sealed class ComposeTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hp-compose-");

    [Fact]
    public async Task Compose_WithItsTwoNecessarySettings_IsValid()
    {
        var services = await ConfigAsync(File.ReadAllText(Checkout.File("compose.yaml")), "PORTAL_URL=https://portal.example.com\nDATABASE_PASSWORD=long-random-text\n", "--services");

        Assert.Equal(0, services.Code);
        // Redis stands in a profile of its own; Debian 12's Compose lists such services too.
        Assert.Equal(["database", "portal"], services.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(name => name != "redis").Order());
    }

    [Theory]
    [InlineData("PORTAL_URL=https://portal.example.com\n", "DATABASE_PASSWORD")]
    [InlineData("DATABASE_PASSWORD=long-random-text\n", "PORTAL_URL")]
    public async Task Compose_WithoutANecessarySetting_NamesIt(string env, string missing)
    {
        var (code, output) = await ConfigAsync(File.ReadAllText(Checkout.File("compose.yaml")), env, "--quiet");

        Assert.NotEqual(0, code);
        Assert.Contains(missing, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compose_WithAMisspeltMember_IsRefused()
    {
        var text = File.ReadAllText(Checkout.File("compose.yaml")).Replace("restart:", "restarts:", StringComparison.Ordinal);
        var (code, output) = await ConfigAsync(text, "PORTAL_URL=x\nDATABASE_PASSWORD=y\n", "--quiet");

        Assert.NotEqual(0, code);
        Assert.Contains("restarts", output, StringComparison.Ordinal);
    }

    /// <summary>Every variable the portal is given has to be one of its settings.</summary>
    [Fact]
    public void Compose_EnvironmentOfThePortal_NamesKnownSettings()
    {
        var known = Settings.Names(File.ReadAllText(Checkout.File("appsettings.example.json")));
        var given = File.ReadLines(Checkout.File("compose.yaml")).Select(l => l.Trim().Split(':')[0]).Where(l => l.Contains("__", StringComparison.Ordinal)).Select(l => l.Replace("__0", "", StringComparison.Ordinal));

        Assert.Empty(given.Except(known));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<(int Code, string Output)> ConfigAsync(string compose, string env, string option)
    {
        var file = Path.Combine(folder.FullName, "compose.yaml");
        await File.WriteAllTextAsync(file, compose);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, ".env"), env);
        var result = await Tool.TryAsync(
            ["docker-compose", "--file", file, "--env-file", Path.Combine(folder.FullName, ".env"), "config", option], TestContext.Current.CancellationToken);
        return (result.ExitCode, result.StandardOutput + result.StandardError);
    }
}
