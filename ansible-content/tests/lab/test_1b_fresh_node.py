"""
A cancel in the middle of a package installation: dpkg finishes by itself, the next run goes on from there, and the host key of the order is gone. Needs a node
without nginx.
"""
import time

from lab import LabTest, Run, host_keys, on_node, verb
from nodes import CONTENT, NODE, Nodes


class FreshNodeTest(LabTest):
    def wait_for_installation(self):
        for _ in range(600):
            if on_node("pgrep -x apt-get || true").strip():
                return
            time.sleep(0.3)
        self.fail("no installation began")

    def test_cancelled_installation_finishes_and_converge_goes_on(self):
        if on_node("command -v nginx || ls /usr/sbin/nginx 2>/dev/null || true").strip():
            self.skipTest("the node has its packages already")
        ordered = host_keys(NODE["n-lab-1"])
        self.assertEqual(1, len(ordered))
        nodes = Nodes()
        run = Run(nodes.project.name, nodes.project.commit(nodes.files([])), CONTENT, "converge-nodes", NODE)
        self.wait_for_installation()
        self.assertEqual("canceled", verb("cancel", run.name)[1]["reason"])
        self.assertEqual("active", on_node("systemctl is-active portal-apt.service").strip())
        events = nodes.run([])
        self.assertEqual(([], 0), ([event for event in events if event.get("st") in ("failed", "unreachable")], events[-1]["rc"]))
        self.assertEqual("", on_node("sudo dpkg --audit"))
        shown = host_keys(NODE["n-lab-1"])
        self.assertEqual([event["data"]["portal_host_key"] for event in events if "portal_host_key" in event.get("data", {})][-1:], shown)
        self.assertNotEqual(ordered, shown)
        self.assertIn("true", on_node("busctl get-property org.freedesktop.login1 /org/freedesktop/login1 org.freedesktop.login1.Manager KillUserProcesses"))
        self.assertEqual([], [event for event in nodes.run([]) if event.get("st") == "changed"])
