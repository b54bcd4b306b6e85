"""What sites are made of, hostile descriptions, and how a broken one is found among good ones."""
import unittest

from content import load, load_util

files = load_util("portal_site_files")
servers = load_util("portal_site_servers")
SITE = {"id": "s-1", "user": "s1", "kind": "php", "state": "present", "names": ["www.a.test", "a.test"], "canonical": "www.a.test", "certificate": "c-1", "php": "8.4"}

HOSTILE = ["a.com; return 200 pwn; #", "a.test\nb.test", "a.test\n", "*", "*.", "_", "default_server", "~^(a+)+$", "", ".a.com", "A.test", "bücher.de", "аpple.com", "a..b", "-a.test", "a-.test",
           "a.test ", "{{ 7*7 }}", "a" * 64 + ".test", "a." * 127 + "test", "a.test/../x", "$host", "a.1", "localhost", "\u212aelvin.test", "a.test\0", None, 5, ["a.test"], True]


class DescriptionTest(unittest.TestCase):
    def problem(self, **members):
        return files.problem_of({**SITE, **members}, ["8.4"])

    def test_good_ones_pass(self):
        self.assertEqual("", self.problem())
        self.assertEqual("", self.problem(kind="static", php=""))
        self.assertEqual("", self.problem(names=["*.a.test", "a.test"], canonical="a.test", certificate=""))
        self.assertEqual("", self.problem(names=["xn--bcher-kva.de"], canonical="xn--bcher-kva.de"))
        self.assertEqual("", self.problem(state="absent", names=[], canonical=""))

    def test_hostile_values_are_refused_and_never_repeated(self):
        for value in HOSTILE:
            for member in ({"names": [value], "canonical": value}, {"names": ["a.test", value], "canonical": "a.test"}, {"id": value}, {"user": value}, {"certificate": value or 0}, {"php": value}):
                if value == "localhost" and "names" not in member:  # a fine id
                    continue
                reason = self.problem(**member)
                self.assertNotEqual("", reason, member)
                if isinstance(value, str) and len(value) > 3:
                    self.assertNotIn(value.strip(), reason)
        for site in ({}, [], "x", None, {**SITE, "extra": 1}, {key: SITE[key] for key in SITE if key != "php"}):
            self.assertNotEqual("", files.problem_of(site, ["8.4"]))
        for member in ({"php": "8.3"}, {"canonical": "b.test"}, {"names": []}, {"names": "a.test"}, {"kind": "node"}, {"state": "gone"}, {"canonical": "*.a.test", "names": ["*.a.test"]}):
            self.assertNotEqual("", self.problem(**member), member)

    def test_files_of_a_php_site(self):
        made = files.files_of(SITE)
        self.assertEqual(["nginx/s-1.conf", "php-8.4/s-1.conf"], sorted(made))
        vhost, pool = made["nginx/s-1.conf"], made["php-8.4/s-1.conf"]
        self.assertEqual(vhost.count("{"), vhost.count("}"))
        self.assertEqual(2, vhost.count("return 301 https://www.a.test$request_uri;"))
        self.assertEqual(3, vhost.count("listen [::]:"))
        self.assertIn("fastcgi_pass unix:/run/php/portal-s-1.sock;", vhost)
        self.assertIn("listen = /run/php/portal-s-1.sock", pool)
        self.assertIn("open_basedir] = /home/s1:", pool)

    def test_suspended_answers_nothing_but_503(self):
        self.assertEqual("", self.problem(state="suspended"))
        vhost = files.files_of({**SITE, "state": "suspended"})["nginx/s-1.conf"]
        self.assertEqual(vhost.count("{"), vhost.count("}"))
        self.assertIn("return 503;", vhost)
        self.assertNotIn("fastcgi_pass", vhost)

    def test_without_certificate_nothing_is_public(self):
        self.assertEqual(["php-8.4/s-1.conf"], list(files.files_of({**SITE, "certificate": ""})))
        self.assertEqual({}, files.files_of({**SITE, "certificate": "", "kind": "static"}))

    def test_first_page_tells_the_php_version_only(self):
        name, text = files.first_page(SITE)
        self.assertEqual("index.php", name)
        self.assertIn("PHP_VERSION", text)
        self.assertNotIn("phpinfo", text)


class BrokenTest(unittest.TestCase):
    def test_named_and_unnamed_faults_are_found(self):
        paths = [f"nginx/s-{number}.conf" for number in range(64)]
        calls = []

        def test(some):
            calls.append(len(some))
            if "nginx/s-7.conf" in some:
                return "unknown directive in nginx/s-7.conf:3"
            return "cannot load certificate" if {"nginx/s-20.conf", "nginx/s-41.conf"} & set(some) else ""

        self.assertEqual(["nginx/s-20.conf", "nginx/s-41.conf", "nginx/s-7.conf"], sorted(servers.broken(paths, test)))
        self.assertLess(len(calls), 40)

    def test_all_good_costs_one_test(self):
        calls = []
        self.assertEqual({}, servers.broken(["a", "b"], lambda some: calls.append(some) or ""))
        self.assertEqual(1, len(calls))

    def test_two_that_fail_only_together_leave_one(self):
        paths = ["nginx/s-1.conf", "nginx/s-2.conf"]
        self.assertEqual({paths[1]: "duplicate"}, servers.broken(paths, lambda some: "duplicate" if len(some) == 2 else ""))

    def test_reason_is_the_line_that_tells(self):
        output = "nginx: the configuration file\n2026/11/22 22:59:48 [emerg] 14185#14185: cannot load certificate \"x\"\nnginx: test failed"
        self.assertEqual('cannot load certificate "x"', servers.reason_in(output))
        self.assertEqual("[pool x] no user", servers.reason_in("[22-Nov-2026 22:55:01] ALERT: [pool x] no user\n[22-Nov-2026 22:55:01] ERROR: failed"))


class CertificateTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.program = load("roles/certificates/files/portal-certificates")

    def test_due_when_missing_other_names_or_old(self):
        day = 86400
        meta = {"names": ["a.test", "b.test"], "not_before": 0, "not_after": 90 * day}
        self.assertFalse(self.program.due(meta, ["b.test", "a.test"], 59 * day))
        self.assertTrue(self.program.due(meta, ["a.test", "b.test"], 61 * day))
        self.assertTrue(self.program.due(meta, ["a.test"], 0))
        self.assertTrue(self.program.due(None, ["a.test"], 0))

    def test_tries_wait_longer_each_time(self):
        self.assertEqual(sorted(self.program.BACKOFF_SECONDS), list(self.program.BACKOFF_SECONDS))
        self.assertEqual(24 * 3600, self.program.BACKOFF_SECONDS[-1])


class FilterTest(unittest.TestCase):
    def test_checked_values_pass_whole(self):
        checked = load("plugins/filter/portal_checked.py").portal_checked
        self.assertEqual("10.0.0.0/8", checked("10.0.0.0/8", "cidr"))
        for value, kind in (("10.0.0.0/8; x", "cidr"), ("::/129", "cidr"), ("8.4\n", "php"), ("8.4; rm", "php"), ("a b", "hostname"), ("N-1", "id")):
            with self.assertRaises(Exception, msg=value):
                checked(value, kind)


if __name__ == "__main__":
    unittest.main()
