"""What people who mean harm type into fields: some of each class. None of it is a valid value of any field of a site or a certificate."""

TEXTS = [
    # Templates of Jinja.
    "{{ lookup('pipe','touch /tmp/canary') }}", "{{ 7*7 }}p4ss", "{% for x in [] %}", "{# c #}", "#jinja2: variable_start_string:'[%'\n{{x}}", "{{omit}}",
    # Host patterns, YAML.
    "web[1:2000000]", "~.*", "@/etc/shadow", "web:&db", "!!python/object/apply:os.system ['id']", "!vault |", "%YAML 1.1", "&a b", "*a", "<<", "| x", "12:30:45", "\\n", "'", '"',
    # Shells, paths, crontabs.
    "x; touch /tmp/canary", "$(touch /tmp/canary)", "`touch /tmp/canary`", "x|touch /tmp/canary", "x&&touch /tmp/canary", "--checkpoint-action=exec=sh", "-oProxyCommand=touch /tmp/canary",
    "../../etc/passwd", "/etc/passwd", "a/../../b", "* * * * * root touch /tmp/canary",
    # nginx, FPM.
    "a.com; return 200 pwn; #", "~^(a+)+$", "a..b.com", "-a.com", "a.com/..", "a.com:80", 'X" always; return 200;', "8.4; rm", "../7.4", "8.4\n", "a.test {\n}\nserver {", "]\n[www]\nuser = root",
    "$document_root", "${IFS}touch${IFS}/tmp/canary",
    # Bytes nobody sees, nothing, and far too much.
    "a\0b", "a\u001b[2Jb", "a\u202eb", "a\u200bb", "a\u2028b", "line\nSecond: line", "line\r\nSet-Cookie: b=c", "\n", " ", "", "a" * 70_000, "{" * 5_000,
    # Markup, SQL.
    "<script>alert(1)</script>", "x'; DROP TABLE sites; --", "localhost' IDENTIFIED BY 'x", "%n%n",
]


def sites(good, first):
    """Every text field of a site, each with every text: sites that are good but for one field."""
    number = first
    for field, value in good(0).items():
        for text in TEXTS:
            if (field, text) == ("certificate", ""):
                continue  # a site that has none yet
            number += 1
            made = good(number)
            made[field] = [text] if isinstance(value, list) else text
            if field == "names":
                made["canonical"] = text
            yield made
