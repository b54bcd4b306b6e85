using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using HostingPortal.Domain;
using HostingPortal.Services.Tests.Access;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Hostile;

/// <summary>Every text a service takes, found by reflection, with the corpus in it, on a real MariaDB.</summary>
public sealed class ServiceTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Decisions_CoverEveryTextField()
    {
        var known = Decision.Of.Keys.ToHashSet();
        Assert.Equal([], Field.All.Where(f => Find(f) is null).Select(f => f.OwnKey).Distinct());
        Assert.Equal([], known.Except(Field.All.SelectMany(f => new[] { f.Key, f.OwnKey })));
    }

    [Theory]
    [InlineData(nameof(Outcome.Existing))]
    [InlineData(nameof(Outcome.Sought))]
    [InlineData(nameof(Outcome.Chosen))]
    [InlineData(nameof(Outcome.Taken))]
    public async Task Fields_FilledWithHostileText_RefuseItByNameOrKeepItLiterally(string outcome)
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var valid = new Valid(tenant);
        var wrong = new List<string>();
        foreach (var field in Field.All.Where(f => Find(f)?.Outcome.ToString() == outcome))
        {
            var texts = outcome == nameof(Outcome.Taken) ? Corpus.All : Corpus.Few;
            foreach (var variant in valid.Of(field.Parameter, Ct).Index().Where(v => field.Fits(v.Item)).Select(v => v.Index))
            {
                foreach (var text in texts)
                {
                    var complaint = await TryAsync(portal, field, valid, variant, text);
                    if (complaint is not null)
                    {
                        wrong.Add($"{field.OwnKey} ({variant}) given {JsonSerializer.Serialize(text.Length < 80 ? text : text[..80])}: {complaint}");
                    }
                }
            }
        }

        Assert.False(File.Exists("/tmp/canary"));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <returns>What is wrong, or null.</returns>
    private static async Task<string?> TryAsync(Instance portal, Field field, Valid valid, int variant, string text)
    {
        var decision = Find(field)!;
        var arguments = field.Method.GetParameters().Select(p => p == field.Parameter ? field.Put(valid.Of(p, Ct)[variant], text) : valid.Of(p, Ct)[0]).ToArray();
        var (_, error) = await Calls.TryAsync(portal, field.Method, arguments, Ct);
        switch (error)
        {
            case NotFoundException when decision.Outcome is Outcome.Existing or Outcome.Sought:
            case RuleViolationException when decision.Outcome is Outcome.Existing or Outcome.Sought:
                return null;
            case RuleViolationException { Code: "Node.TypeNotThere" } when field.Method.Name == "OrderAsync" && decision.Outcome == Outcome.Chosen:
                return null; // Type and place are refused together.
            case RuleViolationException refusal:
                return string.Equals(refusal.Field, field.Input, StringComparison.OrdinalIgnoreCase) ? null : $"{refusal.Code} does not name the field but {refusal.Field ?? "none"}";
            case not null:
                return error.GetType().Name + " " + error.Message.Split('\n')[0];
        }

        return decision.Outcome switch
        {
            Outcome.Sought => null,
            Outcome.Taken => await KeptAsync(portal, decision, text),
            _ => "was accepted",
        };
    }

    private static async Task<string?> KeptAsync(Instance portal, Decision decision, string text)
    {
        if (text.Trim().Length == 0)
        {
            return null; // As good as left out.
        }

        if (!Domain.Text.IsPrintable(text.Trim()))
        {
            return "was accepted";
        }

        var kept = text.Trim().Normalize(NormalizationForm.FormC);
        if (decision.Grammar is not null && !Regex.IsMatch(kept, decision.Grammar))
        {
            return "was accepted";
        }

        if (decision.Stored is null)
        {
            return null;
        }

        var (table, column) = (decision.Stored.Split('.')[0], decision.Stored.Split('.')[1]);
        await using var db = portal.World.Database.CreateDbContext();
        var count = $"SELECT COUNT(*) AS Value FROM {table} WHERE BINARY {column} = {{0}}"; // Both from the table of decisions.
        var found = await db.Database.SqlQueryRaw<int>(count, kept).SingleAsync(Ct);
        await db.ApiTokens.ExecuteDeleteAsync(Ct); // A person may have a few only.
        return found > 0 ? null : $"was not kept as it is in {decision.Stored}";
    }

    private static Decision? Find(Field field) => Decision.Of.GetValueOrDefault(field.OwnKey) ?? Decision.Of.GetValueOrDefault(field.Key);
}
