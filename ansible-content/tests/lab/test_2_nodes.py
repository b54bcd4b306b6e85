"""All roles on a real node, through the executor: converge twice, check mode, sites coming, changing, breaking and going."""
import json
import time
import unittest

from lab import NODES, LabTest, Project, Run, archive, on_executor, on_node, verb

CONTENT = f"roles-{int(time.time()):x}"
NODE = {"n-lab-1": NODES[0]} if NODES else {}
SOURCES = ["198.18.0.0/15", "2001:db8::/32", "127.0.0.0/8"]


def site(number, **members):
    return {"id": f"s-{number}", "user": f"s{number}", "kind": "php", "state": "present", "names": [f"www.s{number}.test", f"s{number}.test"],
            "canonical": f"www.s{number}.test", "certificate": f"c-{number}", "php": "8.4", **members}


class NodeTest(LabTest):
    @classmethod
    def setUpClass(cls):
        done = verb("content", CONTENT, check=False, raw=archive())
        assert done[0] == 0, done
        cls.project = Project("p-nodes")
        cls.first = cls.run_with(cls, [])

    def files(self, sites, certificates=()):
        acme = {"directory": "https://198.18.200.1:14000/dir", "email": "lab@example.test", "ca_pem": "", "broker_url": "http://198.18.200.1:8090", "broker_user": "n-lab-1"}
        node = {"id": "n-lab-1", "name": "lab-1", "template": "lemp", "debian": 13, "public_ipv4": NODES[0], "public_ipv6": "2001:db8:200:11::1", "ssh_sources": SOURCES,
                "php_versions": ["8.4"], "acme": acme}
        return {"hosts.yml": {"all": {"children": {"lemp": {"hosts": {name: {"ansible_host": address, "ansible_port": 22} for name, address in NODE.items()}}}}},
                "group_vars/all/portal.yml": {"ansible_user": "deploy", "ansible_become": True, "ansible_python_interpreter": "/usr/bin/python3", "portal_project": "p-nodes"},
                "host_vars/n-lab-1/node.yml": {"portal_node": node},
                "host_vars/n-lab-1/sites.yml": {"portal_sites": sites},
                "host_vars/n-lab-1/certificates.yml": {"portal_certificates": list(certificates)},
                "host_vars/n-lab-1/vault.yml": self.project.encrypted({"portal_secrets": {"mariadb_admin_password": "canary {{ 7*7 }} p4ss'\"", "broker_password": "canary-broker"}})}

    def run_with(self, sites, certificates=(), **members):
        commit = self.project.commit(self.files(self, sites, certificates) if isinstance(self, type) else self.files(sites, certificates))
        run = Run(self.project.name, commit, CONTENT, "converge-nodes", NODE, **members)
        return run.events()

    def stats(self, events):
        found = next((event["h"]["n-lab-1"] for event in events if event["e"] == "stats"), None)
        self.assertIsNotNone(found, json.dumps(events[-3:]))
        return found

    def assert_ok(self, events):
        failures = [event for event in events if event.get("st") in ("failed", "unreachable")]
        self.assertEqual([], failures)
        self.assertEqual(0, events[-1]["rc"], json.dumps(events[-3:]))

    def test_1_first_converge_of_a_bare_node(self):
        self.assert_ok(self.first)
        self.assertLessEqual(sum(event["e"] == "task" for event in self.first), 60)
        self.assertNotIn("canary", json.dumps(self.first))
        key = [event["data"]["portal_host_key"] for event in self.first if "portal_host_key" in event.get("data", {})]
        self.assertTrue(key and key[0].startswith("ssh-ed25519 "))

    def test_2_second_converge_changes_nothing(self):
        began = time.monotonic()
        events = self.run_with([])
        self.assert_ok(events)
        changed = [event for event in events if event.get("st") == "changed"]
        self.assertEqual([], changed)
        print(f" (full converge of an unchanged node: {time.monotonic() - began:.1f} s)", end="")

    def test_3_check_mode_is_clean_and_shows_what_would_change(self):
        events = self.run_with([site(1, kind="static", php="", certificate="")], check=True)
        self.assert_ok(events)
        self.assertEqual([1], [event["data"]["portal_sites"]["changed"] for event in events if "portal_sites" in event.get("data", {})])
        self.assertEqual("", on_node("ls /home | grep -x s1 || true"))

    def apply(self, sites, **members):
        """Applies sites with certificates made on the node; returns the module's report."""
        events = self.run_with(sites, tags=["sites"], **members)
        self.assert_ok(events)
        return next(event["data"]["portal_sites"] for event in events if "portal_sites" in event.get("data", {}))

    def certificate(self, name, *names):
        folder = f"/etc/hostingportal/certificates/{name}"
        alternatives = ",".join(f"DNS:{item}" for item in names)
        on_node(f"sudo sh -c 'mkdir -p {folder} && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=lab "
                f"-addext subjectAltName={alternatives} -keyout {folder}/privkey.pem -out {folder}/fullchain.pem 2>/dev/null'")

    def get(self, url, name):
        return on_node(f"curl -sk --resolve '{name}:443:127.0.0.1' --resolve '{name}:80:127.0.0.1' --max-time 10 -w '\\n%{{http_code}} %{{http_version}} %{{redirect_url}}' {url} || true")

    def test_4_sites_come_change_break_and_go(self):
        self.assertEqual(["s-1", "s-2"], self.apply([site(1), site(2, kind="static", php="")])["waiting"])
        self.assertNotIn("This site is ready", self.get("https://www.s1.test/", "www.s1.test"))
        for number in (1, 2, 3):
            self.certificate(f"c-{number}", f"www.s{number}.test", f"s{number}.test")
        began = time.monotonic()
        report = self.apply([site(1), site(2, kind="static", php="")])
        print(f" (two sites published: {time.monotonic() - began:.1f} s)", end="")
        self.assertEqual((["s-1", "s-2"], [], []), (report["applied"], report["waiting"], report["failed"]))
        self.assertIn("PHP 8.4", self.get("https://www.s1.test/", "www.s1.test"))
        self.assertTrue(self.get("https://www.s2.test/", "www.s2.test").strip().endswith("200 2"))
        self.assertIn("301 2 https://www.s1.test/a?b=c", self.get("'https://s1.test/a?b=c'", "s1.test"))
        self.assertIn("301 1.1 https://www.s1.test/", self.get("http://s1.test/", "s1.test"))
        self.assertIn("421", self.get("https://unknown.test/", "unknown.test"))
        self.assertIn("000", self.get("http://unknown.test/", "unknown.test"))
        self.assertEqual(0, self.apply([site(1), site(2, kind="static", php="")])["changed"])

        # One certificate is broken, one description hostile, one PHP version missing: the good change goes live.
        on_node("sudo sh -c 'mkdir -p /etc/hostingportal/certificates/c-4 && echo broken | tee /etc/hostingportal/certificates/c-4/fullchain.pem >/etc/hostingportal/certificates/c-4/privkey.pem'")
        bad = [site(4), site(5, names=["x.test; return 200 pwn; #"], canonical="x.test; return 200 pwn; #"), site(6, php="7.4"), site(7, names=["www.s1.test"], canonical="www.s1.test", certificate="c-1")]
        report = self.apply([site(1), site(2, names=["www.s2.test", "s2.test", "new.s2.test"], kind="static", php=""), site(3), *bad])
        self.assertEqual(["s-1", "s-2", "s-3"], report["applied"])
        reasons = {entry["id"]: entry["reason"] for entry in report["failed"]}
        self.assertEqual(["s-4", "s-5", "s-6", "s-7"], sorted(reasons))
        self.assertRegex(reasons["s-4"], "^cannot load certificate")
        self.assertNotIn("pwn", json.dumps(report))
        self.assertIn("301", self.get("https://new.s2.test/", "new.s2.test"))
        self.assertIn("PHP 8.4", self.get("https://www.s3.test/", "www.s3.test"))

        # Sites can't read each other; the home is never written to again.
        on_node("sudo sh -c 'echo \"<?php echo @file_get_contents(\\\"/home/s3/public/index.php\\\") === false ? \\\"closed\\\" : \\\"open\\\"; echo get_current_user();\" >/home/s1/public/index.php'")
        self.assertIn("closed", self.get("https://www.s1.test/", "www.s1.test"))
        self.assertNotEqual("", on_node("sudo -u www-data cat /home/s3/tmp/x 2>&1 || true"))

        report = self.apply([site(1, state="absent"), site(2, kind="static", php=""), site(3)])
        self.assertEqual((["s-1"], ["s-2", "s-3"]), (report["removed"], report["applied"]))
        self.assertNotIn("closed", self.get("https://www.s1.test/", "www.s1.test"))
        self.assertIn("index.php", on_node("sudo sh -c 'ls /var/lib/hostingportal/trash/*-s-1/home/public'"))
        self.assertEqual("", on_node("getent passwd s1 || true"))
        self.assertEqual(0, self.apply([site(1, state="absent"), site(2, kind="static", php=""), site(3)])["changed"])
        self.assertEqual("running", on_node("systemctl is-system-running || true").strip())

    def test_5_hostile_text_stays_text(self):
        hostile = [site(8, names=["{{ lookup('pipe','touch /tmp/canary') }}"]), site(9, user="root"), site(10, id="../x"), {"id": "s-11"}, "text", site(12, canonical="other.test")]
        report = self.apply([site(2, kind="static", php=""), site(3), *hostile])
        self.assertEqual(6, len(report["failed"]))
        self.assertEqual("", on_node("ls /tmp/canary 2>/dev/null || true") + on_executor("ls /tmp/canary 2>/dev/null || true").stdout.decode())

    def test_6_firewall_and_access(self):
        rules = on_node("sudo nft list ruleset")
        self.assertIn("169.254.169.254", rules)
        self.assertIn("policy drop", rules)
        self.assertEqual("active\nactive\nactive", on_node("systemctl is-active portal-certificates.timer portal-trash.timer mariadb").strip())
        self.assertIn("49", on_node("MYSQL_PWD=\"canary {{ 7*7 }} p4ss'\\\"\" mariadb -u portal_admin -N -e 'select 49'"))

    def test_7_many_sites_in_one_round_trip(self):
        many = [site(number, names=[f"m{number}.test"], canonical=f"m{number}.test", certificate="c-2") for number in range(100, 300)]
        keep = [site(2, kind="static", php=""), site(3)]
        began = time.monotonic()
        self.assertEqual(200, self.apply([*keep, *many])["changed"])
        first = time.monotonic() - began
        began = time.monotonic()
        self.assertEqual(0, self.apply([*keep, *many])["changed"])
        print(f" (200 PHP sites: {first:.1f} s, unchanged {time.monotonic() - began:.1f} s)", end="")
        self.assertEqual(200, len(self.apply([*keep, *[{**one, "state": "absent"} for one in many]])["removed"]))


if __name__ == "__main__":
    unittest.main()
