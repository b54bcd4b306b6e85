namespace HostingPortal.Testing;

/// <summary>What people who mean harm type into fields, one or more of each class; held literal or refused everywhere.</summary>
internal static class Corpus
{
    public static IReadOnlyList<string> Templates { get; } =
    [
        "{{ lookup('pipe','touch /tmp/canary') }}", "{{ {} | string ~ lookup('env','HOME') }}", "{{ 7*7 }}p4ss", "{% for x in [] %}", "{# c #}",
        "#jinja2: variable_start_string:'[%'\n{{x}}", "{{omit}}", "{{ hostvars }}",
    ];

    public static IReadOnlyList<string> VariableNames { get; } =
        ["ansible_connection", "ansible_python_interpreter", "ansible_ssh_common_args", "ansible_become_exe", "vars", "environment", "omit", "hostvars"];

    public static IReadOnlyList<string> HostPatterns { get; } =
        ["web[1:2000000]", "all", "ungrouped", "localhost", "implicit", "*", "!web", "~.*", "@/etc/shadow", "web:&db", "a b=c"];

    public static IReadOnlyList<string> Yaml { get; } =
    [
        "yes", "no", "on", "off", "NO", "~", "null", "true", "012", "0x1F", "1_000", "1e3", "12:30:45", "2026-11-22", ".inf", "=", "<<", "x: y", "- a", "# c", "&a b", "*a",
        "!!python/object/apply:os.system ['id']", "!vault |", "%YAML 1.1", "---", "...", "> x", "| x", "@x", "`x`", "\"", "'", "\\", "\\n",
    ];

    public static IReadOnlyList<string> Invisible { get; } =
    [
        "a\0b", "a\u0007", "a\u001b[2Jb", "a\u007f", "a\u0081", "a\ufeffb", "a\u202eb", "a\u200bb", "a\u2028b", "a\u0085b", "\ud800", "a\udfffb",
        "line\nSecond: line", "line\r\nSet-Cookie: b=c", "\n", " ", "", "a\tb", "\u00a0",
    ];

    public static IReadOnlyList<string> Shells { get; } =
    [
        "x; touch /tmp/canary", "$(touch /tmp/canary)", "`id`", "x|id", "x&&id", "x'", "x\"", "-rf", "--upload-pack=touch /tmp/canary", "--checkpoint-action=exec=sh", "-oProxyCommand=id",
        "../../etc/passwd", "/etc/passwd", ".git/hooks", "a/../../b", "* * * * * root touch /tmp/canary", "@reboot", "*/0 * * * *", "60 24 32 13 8", "* * * * *\n* * * * * root id",
    ];

    public static IReadOnlyList<string> Servers { get; } =
    [
        "a.com; return 200 pwn; #", "*.com", "*.co.uk", "_", "default_server", "~^(a+)+$", ".a.com", "a..b.com", "-a.com", "EXAMPLE.com.", "\u0430pple.com", "b\u00fccher.de", "a.com/..", "a.com:80",
        "http://user%0areturn 200 \"pwned\";%0a@evil.com/", "X\" always; return 200;", "8.4; rm", "../7.4", "latest", "8.4\n", "localhost' IDENTIFIED BY 'x", "10.0.0.0/0",
    ];

    public static IReadOnlyList<string> Requests { get; } =
    [
        "http://127.0.0.1", "https://127.1/", "https://0x7f000001/", "https://2130706433/", "https://[::1]/", "https://[::ffff:169.254.169.254]/", "https://169.254.169.254/hetzner/v1/userdata",
        "https://localhost./", "https://10.0.0.2:3306/", "https://user:pw@hooks.example/", "file:///etc/passwd", "javascript:alert(1)", "|touch x@y", "a'$(id)@b.c", "-oX@y.z", "a@[169.254.169.254]", "a b@c.example",
        "a@b.example\nBcc: c@d.example",
    ];

    public static IReadOnlyList<string> Markup { get; } =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg/onload=alert(1)>", "x'; DROP TABLE sites; --", "' OR '1'='1", "%", "%%_", "=cmd|'/c calc'!A1", "+1+1", "-1+1", "@SUM(1)",
        "TenantId", "token__startswith=a",
    ];

    public static IReadOnlyList<string> Long { get; } = [new('a', 300), new('x', 70_000), string.Concat(Enumerable.Repeat("a.", 200)) + "example", new('{', 5_000)];

    public static IReadOnlyList<string> All { get; } =
        [.. Templates, .. VariableNames, .. HostPatterns, .. Yaml, .. Invisible, .. Shells, .. Servers, .. Requests, .. Markup, .. Long];

    /// <summary>One or two of each class, for the many fields that only name what exists.</summary>
    public static IReadOnlyList<string> Few { get; } =
        [.. new[] { Templates, HostPatterns, Yaml, Invisible, Shells, Servers, Requests, Markup }.SelectMany(some => some.Take(1)), "\ud800", "%", "' OR '1'='1", "", .. Long];
}
