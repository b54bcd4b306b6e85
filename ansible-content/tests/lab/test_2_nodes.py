"""All roles on a real node, through the executor: converge twice, check mode, sites coming, changing, breaking and going."""
import json
import time
import unittest

import hostile
from lab import LabTest, Run, on_executor, on_node, verb
from nodes import CONTENT, NODE, PHP, T, Nodes, ids, site

class NodeTest(LabTest):
    @classmethod
    def setUpClass(cls):
        cls.nodes = Nodes()
        cls.first = cls.nodes.run([])

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
        events = self.nodes.run([])
        self.assert_ok(events)
        changed = [event for event in events if event.get("st") == "changed"]
        self.assertEqual([], changed)
        print(f" (full converge of an unchanged node: {time.monotonic() - began:.1f} s)", end="")

    def test_3_check_mode_is_clean_and_shows_what_would_change(self):
        events = self.nodes.run([site(1, kind="static", php="", certificate="")], check=True)
        self.assert_ok(events)
        self.assertEqual([1], [event["data"]["portal_sites"]["changed"] for event in events if "portal_sites" in event.get("data", {})])
        self.assertEqual("", on_node(f"ls /home | grep -x {site(1)['user']} || true"))

    def apply(self, sites, **members):
        """Applies sites with certificates made on the node; returns the module's report."""
        events = self.nodes.run(sites, tags=["sites"], **members)
        self.assert_ok(events)
        self.steps = sum(event["e"] in ("task", "item") for event in events)
        return next(event["data"]["portal_sites"] for event in events if "portal_sites" in event.get("data", {}))

    def certificate(self, *numbers, text=""):
        for one in map(site, numbers):
            folder, names = f"/etc/hostingportal/certificates/{one['certificate']}", ",".join(f"DNS:{name}" for name in one["names"])
            make = f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=lab -addext subjectAltName={names} -keyout {folder}/privkey.pem"
            on_node(f"sudo sh -c 'mkdir -p {folder} && " + (f"echo {text} | tee {folder}/fullchain.pem >{folder}/privkey.pem'" if text else f"{make} -out {folder}/fullchain.pem 2>/dev/null'"))

    def get(self, path, name, scheme="https"):
        """Body, status, HTTP version and where it redirects to, asked on the node itself."""
        return on_node(f"curl -sk --resolve '{name}:443:127.0.0.1' --resolve '{name}:80:127.0.0.1' --max-time 10 "
                       f"-w '\\n%{{http_code}} %{{http_version}} %{{redirect_url}}' '{scheme}://{name}{path}' || true")

    def test_4_sites_come_change_break_and_go(self):
        static = {"kind": "static", "php": ""}
        name = [site(number)["canonical"] for number in range(8)]
        self.assertEqual(ids(1, 2), self.apply([site(1), site(2, **static)])["waiting"])
        self.assertNotIn("This site is ready", self.get("/", name[1]))
        self.certificate(1, 2, 3)
        began = time.monotonic()
        report = self.apply([site(1), site(2, **static)])
        print(f" (two sites published: {time.monotonic() - began:.1f} s)", end="")
        self.assertEqual((ids(1, 2), [], []), (report["applied"], report["waiting"], report["failed"]))
        self.assertIn(f"PHP {PHP}", self.get("/", name[1]))
        self.assertEqual(site(1)["user"], on_node(f"ps -o user:32= -C php-fpm{PHP} | sort -u | grep -x {site(1)['user']} || true").strip())
        self.assertIn("\n200 2", self.get("/", name[2]))
        self.assertIn(f"301 2 https://{name[1]}/a?b=c", self.get("/a?b=c", name[1][4:]))
        self.assertIn(f"301 1.1 https://{name[1]}/", self.get("/", name[1][4:], "http"))
        self.assertIn("421", self.get("/", "unknown.test"))
        self.assertIn("000", self.get("/", "unknown.test", "http"))
        self.assertEqual(0, self.apply([site(1), site(2, **static)])["changed"])

        # A broken certificate, a hostile name, a PHP version the node lacks, a name that is taken: the good change goes live.
        self.certificate(4, text="broken")
        bad = [site(4), site(5, names=["x.test; return 200 pwn; #"], canonical="x.test; return 200 pwn; #"), site(6, php="7.4"), site(7, names=[name[1]], canonical=name[1])]
        report = self.apply([site(1), site(2, names=[*site(2)["names"], f"new.{T}.test"], **static), site(3), *bad])
        self.assertEqual(ids(1, 2, 3), report["applied"])
        reasons = {entry["id"]: entry["reason"] for entry in report["failed"]}
        self.assertEqual(ids(4, 5, 6, 7), sorted(reasons))
        self.assertRegex(reasons[ids(4)[0]], "^cannot load certificate")
        self.assertNotIn("pwn", json.dumps(report))
        self.assertIn("301", self.get("/", f"new.{T}.test"))
        self.assertIn(f"PHP {PHP}", self.get("/", name[3]))

        # A site that worked breaks: it stays as it was.
        self.certificate(8, text="broken")
        report = self.apply([{**site(1), "certificate": site(8)["certificate"]}, site(2, **static), site(3)])
        self.assertEqual(ids(1), [entry["id"] for entry in report["failed"]])
        self.assertIn(f"PHP {PHP}", self.get("/", name[1]))

        # Sites can't read each other.
        reading = f"<?php echo @file_get_contents(\\\"/home/{site(3)['user']}/public/index.php\\\") === false ? \\\"closed\\\" : \\\"open\\\";"
        on_node(f"sudo sh -c 'echo \"{reading}\" >/home/{site(1)['user']}/public/peek.php'")
        self.assertIn("closed", self.get("/peek.php", name[1]))
        self.assertIn("Permission denied", on_node(f"sudo -u {site(1)['user']} cat /home/{site(3)['user']}/public/index.php 2>&1 || true"))

        gone = [site(1, state="absent", names=[], canonical=""), site(2, **static), site(3)]
        report = self.apply(gone)
        self.assertEqual((ids(1), ids(2, 3)), (report["removed"], report["applied"]))
        self.assertNotIn("closed", self.get("/peek.php", name[1]))
        self.assertIn("index.php", on_node(f"sudo sh -c 'ls /var/lib/hostingportal/trash/*-{ids(1)[0]}/home/public'"))
        self.assertEqual("", on_node(f"getent passwd {site(1)['user']} || true"))
        self.assertEqual(0, self.apply(gone)["changed"])
        self.assertEqual("running", on_node("systemctl is-system-running || true").strip())

    def test_5_hostile_text_stays_text(self):
        hostile = [site(8, names=["{{ lookup('pipe','touch /tmp/canary') }}"]), site(9, user="root"), site(10, id="../x"), {"id": "s-11"}, "{{ 7*7 }}", site(12, canonical="other.test"),
                   site(13, php="{{ lookup('pipe','touch /tmp/canary') }}"), site(14, names=["a.test\nb.test"], canonical="a.test\nb.test")]
        report = self.apply([site(2, kind="static", php=""), site(3), *hostile])
        self.assertEqual(len(hostile), len(report["failed"]), report)
        self.assertNotIn("lookup", json.dumps(report))
        self.assertEqual("", self.canaries())

    def test_5b_hostile_text_in_any_field_of_a_site_is_named_and_runs_nowhere(self):
        good = [site(2, kind="static", php=""), site(3)]
        bad = list(hostile.sites(site, 1000))
        report = self.apply([*good, *bad])
        self.assertEqual([], report["removed"])
        self.assertEqual(([], ids(2, 3)), (report["waiting"], report["applied"]))
        self.assertEqual(len(bad), len(report["failed"]))
        self.assertNotIn("lookup", json.dumps([entry["reason"] for entry in report["failed"]]))
        self.assertEqual("", self.canaries())
        self.assertIn(f"PHP {PHP}", self.get("/", site(3)["canonical"]))
        self.assertEqual("", on_node("sudo nginx -t 2>&1 | grep -vE 'syntax is ok|test is successful' || true"))
        print(f" ({len(bad)} hostile sites)", end="")

    def test_5c_hostile_text_in_the_node_itself_runs_nowhere(self):
        texts = [text for text in hostile.TEXTS if "canary" in text]
        for field in ("id", "name", "template", "public_ipv4", "public_ipv6", "ssh_sources", "php_versions", "acme"):
            node = {field: texts if field in ("ssh_sources", "php_versions") else {name: texts[0] for name in self.nodes.acme} if field == "acme" else texts[0]}
            events = self.nodes.run([site(2, kind="static", php=""), site(3)], node=node, check=True)
            self.assertIn("rc", events[-1], events[-3:])
            self.assertEqual("", self.canaries(), field)
        self.assertIn(f"PHP {PHP}", self.get("/", site(3)["canonical"]))

    def canaries(self):
        return on_node("ls /tmp/canary 2>/dev/null || true") + on_executor("ls /tmp/canary 2>/dev/null || true").stdout.decode()

    def test_6_firewall_and_access(self):
        rules = on_node("sudo nft list ruleset")
        self.assertIn("169.254.169.254", rules)
        self.assertIn("policy drop", rules)
        self.assertEqual("active\nactive\nactive", on_node("systemctl is-active portal-certificates.timer portal-trash.timer mariadb").strip())
        self.assertIn("49", on_node("MYSQL_PWD=\"canary {{ 7*7 }} p4ss'\\\"\" mariadb -u portal_admin -N -e 'select 49'"))

    def test_7_many_sites_in_one_round_trip(self):
        many = [{**site(number), "certificate": site(3)["certificate"]} for number in range(100, 300)]
        keep = [site(2, kind="static", php=""), site(3)]
        self.certificate(3)
        self.apply(keep)
        few = self.steps
        began = time.monotonic()
        self.assertEqual(200, self.apply([*keep, *many])["changed"])
        self.assertEqual(few, self.steps, "as many tasks for 202 sites as for 2")
        first = time.monotonic() - began
        began = time.monotonic()
        report = self.apply([*keep, *many])
        self.assertEqual((0, []), (report["changed"], report["failed"]))
        print(f" (200 PHP sites: {first:.1f} s, unchanged {time.monotonic() - began:.1f} s)", end="")
        self.assertEqual(200, len(self.apply([*keep, *[{**one, "state": "absent"} for one in many]])["removed"]))

    def test_8_cancel_leaves_nothing_on_the_node(self):
        commit = self.nodes.project.commit(self.nodes.files([]))
        run = Run(self.nodes.project.name, commit, CONTENT, "exercise", NODE, vars={"portal_exercise_seconds": 600})
        self.wait_for_sleep(True)
        self.assertEqual("ended", verb("cancel", run.name)[1]["state"])
        self.assertEqual("canceled", run.events()[-1]["reason"])
        self.wait_for_sleep(False)


if __name__ == "__main__":
    unittest.main()
