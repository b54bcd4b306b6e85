using Bunit;
using HostingPortal.Web.Components.Shared;

namespace HostingPortal.Web.Tests.Shared;

public sealed class UnifiedDiffTests : Pages
{
    private const string Sample =
        "diff --git a/host_vars/n-01/sites.yml b/host_vars/n-01/sites.yml\n--- a/host_vars/n-01/sites.yml\n+++ b/host_vars/n-01/sites.yml\n@@ -1,2 +1,3 @@\n portal_sites:\n-  - id: a\n+  - id: b\n+--- looks like a header\n";

    [Fact]
    public void Parse_ChangedFile_NumbersBothSides()
    {
        var lines = UnifiedDiff.Parse(Sample);

        Assert.Equal([DiffLineKind.File, DiffLineKind.Place, DiffLineKind.Same, DiffLineKind.Removed, DiffLineKind.Added, DiffLineKind.Added], lines.Select(l => l.Kind));
        Assert.Equal(new DiffLine(DiffLineKind.Removed, 2, null, "  - id: a"), lines[3]);
        Assert.Equal(new DiffLine(DiffLineKind.Added, null, 3, "--- looks like a header"), lines[5]);
    }

    [Fact]
    public void Render_Markup_StaysText()
    {
        var view = Render<DiffView>(p => p.Add(c => c.Diff, "@@ -1 +1 @@\n+<script>x</script>").Add(c => c.Label, "diff"));

        Assert.Empty(view.FindAll("script"));
        Assert.Contains("+", view.Find("td.sign").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AVaultFile_ShowsItsKeysWithoutNumbers()
    {
        var lines = UnifiedDiff.Parse("diff --git a/host_vars/n/vault.yml b/host_vars/n/vault.yml\n--- /dev/null\n+++ b/host_vars/n/vault.yml\n@@ encrypted @@\n+portal_secrets.broker_password: •••\n-portal_secrets.old: •••\n");
        Assert.Equal(
            [
                new(DiffLineKind.File, null, null, "host_vars/n/vault.yml"), new(DiffLineKind.Added, null, null, "portal_secrets.broker_password: •••"),
                new DiffLine(DiffLineKind.Removed, null, null, "portal_secrets.old: •••"),
            ], lines);
    }
}
