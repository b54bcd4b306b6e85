using HostingPortal.Web.Components.Runs;
using Xunit;

namespace HostingPortal.Web.Tests.Runs;

public sealed class FailureWordsTests
{
    [Theory]
    [InlineData("failed", "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 2214 (unattended-upgr)", "package-lock")]
    [InlineData("failed", "OSError: [Errno 28] No space left on device: '/srv/www'", "disk-full")]
    [InlineData("failed", "curl: (6) Could not resolve host: mirror.example", "dns")]
    [InlineData("unreachable", "Failed to connect to the host via ssh: Host key verification failed.", "host-key")]
    [InlineData("unreachable", "Failed to connect to the host via ssh: Connection refused", "unreachable")]
    [InlineData("failed", "[Errno 13] Permission denied: '/etc/nginx'", "permission")]
    [InlineData("failed", "nginx: [emerg] unknown directive \"lisen\" in /etc/nginx/sites.d/x.conf:3", "syntax")]
    [InlineData("failed", "Timeout when waiting for 127.0.0.1:9000", "timeout")]
    [InlineData("failed", "fork: Cannot allocate memory", "memory")]
    [InlineData("failed", "E: Unable to locate package php9", "mirror")]
    [InlineData("failed", "acme: error: 403 :: urn:ietf:params:acme:error:unauthorized", "certificate")]
    [InlineData("failed", "something new", "other")]
    public void KeyFor_KnownOutput_NamesThePlainSentence(string status, string output, string key) =>
        Assert.Equal("Reason.task." + key, FailureWords.KeyFor(status, output));
}
