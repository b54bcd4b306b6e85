"""portal-certificates: how long orders may hold a converge. lego is a function here; nothing needs root or a network."""
import fcntl
import importlib.machinery
import importlib.util
import json
import os
import tempfile
import threading
import time
import unittest
from unittest import mock

from content import ROOT

PATH = f"{ROOT}/roles/certificates/files/portal-certificates"
ACME = {"directory": "https://127.0.0.1:14000/dir", "email": "a@example.test", "broker_url": "http://127.0.0.1:1", "broker_user": "n-1"}


def load():
    loader = importlib.machinery.SourceFileLoader("portal_certificates_program", PATH)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


class OrderTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.base, self.program, self.calls = folder.name, load(), []
        for name, value in (("WANTED", f"{self.base}/wanted.json"), ("STORE", f"{self.base}/store"), ("STATE", f"{self.base}/state"), ("RELOAD", f"{self.base}/reload"),
                            ("register", lambda acme: True), ("lego", self.lego)):
            patch = mock.patch.object(self.program, name, value)
            patch.start()
            self.addCleanup(patch.stop)

    def lego(self, acme, names, path, *verb, seconds):
        """An authority that never answers: lego stops after the time it was given."""
        self.calls.append(seconds)
        time.sleep(seconds)
        return f"no certificate within {seconds} s"

    def test_bundle_of_an_authority_without_a_last_line_feed_keeps_certificates_apart(self):
        for name in ("AUTHORITY", "SYSTEM_ROOTS"):
            path = f"{self.base}/{name}.pem"
            with open(path, "w", encoding="utf-8") as file:
                file.write("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")
            patch = mock.patch.object(self.program, name, path)
            patch.start()
            self.addCleanup(patch.stop)
        os.makedirs(self.program.STATE)
        with open(self.program.bundle(), encoding="utf-8") as file:
            self.assertEqual(2, file.read().splitlines().count("-----BEGIN CERTIFICATE-----"))

    def converge(self, count, verb="converge"):
        with open(self.program.WANTED, "w", encoding="utf-8") as file:
            json.dump({"acme": ACME, "certificates": [{"id": f"c-{number}", "names": [f"n{number}.test"], "state": "present"} for number in range(count)]}, file)
        began = time.monotonic()
        return self.program.main(verb), time.monotonic() - began

    def test_status_tells_a_failed_renewal_and_orders_nothing(self):
        self.converge(0)
        now = int(time.time())
        for name, not_after in (("c-0", now + 10), ("c-1", now + 80)):
            os.makedirs(f"{self.program.STORE}/{name}")
            self.program.write_json(f"{self.program.STORE}/{name}/meta.json", {"names": [f"n{name[-1]}.test"], "not_before": now - 90, "not_after": not_after})
        for name, names in (("c-0", ["n0.test"]), ("c-1", ["n1.test"]), ("c-2", ["other.test"])):
            os.makedirs(f"{self.program.STATE}/{name}")
            self.program.write_json(f"{self.program.STATE}/{name}/tries.json", {"names": names, "acme": ACME, "count": 1, "next": now + 60, "error": "the DNS does not answer"})
        answers, _ = self.converge(3, "status")
        self.assertEqual(["failed", "ok", "ok"], [answer["state"] for answer in answers])
        self.assertTrue(answers[0]["error"].startswith("the DNS does not answer (next try 2"))
        self.assertEqual(["", ""], [answer["error"] for answer in answers[1:]])
        self.assertEqual([], self.calls)

    def test_silent_authority_holds_a_converge_only_so_long(self):
        with mock.patch.object(self.program, "ORDER_SECONDS", {"converge": 1}), mock.patch.object(self.program, "CONVERGE_SECONDS", 2):
            answers, took = self.converge(40)
        self.assertLess(took, 5)
        self.assertEqual(40, len(answers))
        self.assertEqual({"failed"}, {answer["state"] for answer in answers})
        self.assertLess(len(self.calls), 40)
        self.assertIn("took too long", answers[-1]["error"])
        self.assertIn("next try", answers[0]["error"])
        self.assertTrue(all(seconds <= 1 for seconds in self.calls), self.calls)

    def test_limits_are_those_of_a_converge(self):
        self.assertLessEqual(self.program.CONVERGE_SECONDS + self.program.LOCK_SECONDS, 100)
        self.assertLess(self.program.ORDER_SECONDS["converge"], self.program.ORDER_SECONDS["renew"])

    def test_converge_does_not_wait_for_the_timer(self):
        os.makedirs(self.program.STATE)
        with open(f"{self.program.STATE}/lock", "w", encoding="ascii") as guard, mock.patch.object(self.program, "LOCK_SECONDS", 0.5):
            fcntl.flock(guard, fcntl.LOCK_EX)
            answers, took = self.converge(2)
        self.assertLess(took, 3)
        self.assertIn("the timer is ordering", answers[0]["error"])
        self.assertEqual([], self.calls)

    def test_orders_run_side_by_side(self):
        gate = threading.Barrier(8, timeout=5)
        with mock.patch.object(self.program, "lego", lambda *_, **__: gate.wait() and "" or "no"):
            answers, _ = self.converge(8)
        self.assertFalse(gate.broken)
        self.assertEqual(8, len(answers))


if __name__ == "__main__":
    unittest.main()
