"""Certificates on a real node: obtained through the broker, kept, failing without harm, renewed, removed."""
import json
import os
import unittest

from authority import Authority, Broker
from lab import LabTest, on_node
from nodes import T, Nodes, site


@unittest.skipUnless(os.environ.get("LAB_GATEWAY"), "LAB_GATEWAY is this machine's address as the nodes see it")
class CertificateTest(LabTest):
    @classmethod
    def setUpClass(cls):
        cls.nodes = Nodes()
        cls.authority = Authority(os.environ["LAB_GATEWAY"])
        cls.addClassCleanup(cls.authority.stop)
        cls.nodes.acme = cls.authority.acme

    def converge(self, *certificates, tags=("certificates", "sites"), sites=()):
        wanted = [{"state": "present", **certificate} for certificate in certificates]
        events = self.nodes.run(list(sites), wanted, tags=list(tags))
        self.assertEqual([], [event for event in events if event.get("st") in ("failed", "unreachable")])
        self.assertNotIn("canary", json.dumps(events))
        data = {name: value for event in events for name, value in event.get("data", {}).items()}
        return {entry["id"]: entry for entry in data["portal_certificates"]}, data

    def test_certificates_come_stay_fail_and_go(self):
        one, two = ({"id": f"c-{T}-{number}", "names": site(number)["names"]} for number in (51, 52))
        wild = {"id": f"c-{T}-53", "names": [f"s53-{T}.test", f"*.s53-{T}.test"]}
        sites = [site(51, kind="static", php="")]
        found, data = self.converge(one, wild, sites=sites)
        self.assertEqual(["obtained", "obtained"], [entry["state"] for entry in found.values()], found)
        self.assertEqual([sites[0]["id"]], data["portal_sites"]["applied"])
        issuer = on_node(f"echo | openssl s_client -connect 127.0.0.1:443 -servername {sites[0]['canonical']} 2>/dev/null | openssl x509 -noout -issuer -ext subjectAltName")
        self.assertIn("Pebble", issuer)
        self.assertIn(sites[0]["canonical"], issuer)

        calls = len(Broker.calls)
        found, _ = self.converge(one, wild, sites=sites)
        self.assertEqual({"ok"}, {entry["state"] for entry in found.values()})
        self.assertEqual(calls, len(Broker.calls))

        # The broker refuses: the certificate with new names stays as it was, the next try waits.
        Broker.refuse = True
        self.addCleanup(setattr, Broker, "refuse", False)
        more = {**one, "names": [*one["names"], f"more.{T}.test"]}
        found, data = self.converge(more, two, sites=sites)
        self.assertEqual({"failed"}, {entry["state"] for entry in found.values()})
        self.assertIn("next try", found[one["id"]]["error"])
        self.assertNotEqual("", found[one["id"]]["not_after"])
        self.assertEqual([sites[0]["id"]], data["portal_sites"]["applied"])
        calls = len(Broker.calls)
        self.converge(more, sites=sites)
        self.assertEqual(calls, len(Broker.calls))

        # With other names the waiting begins anew, and the certificate changes.
        Broker.refuse = False
        more["names"].append(f"again.{T}.test")
        found, _ = self.converge(more, sites=sites)
        self.assertEqual("obtained", found[one["id"]]["state"])
        self.assertIn(f"again.{T}.test", on_node(f"echo | openssl s_client -connect 127.0.0.1:443 -servername {sites[0]['canonical']} 2>/dev/null | openssl x509 -noout -ext subjectAltName"))

        # What is unwanted goes once no site uses it; a site that still does keeps it.
        absent = {**more, "state": "absent"}
        _, data = self.converge(absent, sites=sites)
        self.assertEqual([], data.get("portal_certificates_removed"))
        _, data = self.converge(absent, {**wild, "state": "absent"}, sites=[{**sites[0], "state": "absent"}])
        self.assertEqual([one["id"], wild["id"]], sorted(data["portal_certificates_removed"]))
        self.assertEqual("", on_node(f"sudo sh -c 'ls -A /etc/hostingportal/certificates | grep {T}-51 || true'"))

    def test_timer_renews_what_gets_old(self):
        one = {"id": f"c-{T}-61", "names": site(61)["names"]}
        self.converge(one)
        before = on_node(f"sudo sha256sum /etc/hostingportal/certificates/{one['id']}/fullchain.pem")
        on_node(f"sudo sed -i 's/\"not_after\": [0-9]*/\"not_after\": 1/' /etc/hostingportal/certificates/{one['id']}/meta.json")
        on_node("sudo systemctl start portal-certificates.service")
        self.assertNotEqual(before, on_node(f"sudo sha256sum /etc/hostingportal/certificates/{one['id']}/fullchain.pem"))
        self.converge({**one, "state": "absent"})
