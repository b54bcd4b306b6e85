"""The event stream: through a real ansible-playbook on this machine, and its text functions alone."""
import json
import os
import subprocess
import tempfile
import unittest

from content import ROOT, load

PLAYBOOK = """
- hosts: all
  gather_facts: false
  tasks:
    - name: Say something
      ansible.builtin.debug: {msg: "hello"}
    - name: Turn
      ansible.builtin.command: {cmd: "echo {{ item.secret }}"}
      loop: [{name: one, secret: canary-1}, {name: two, secret: canary-2}]
      loop_control: {label: "{{ item.name }}"}
      no_log: true
      changed_when: false
    - name: Label
      ansible.builtin.debug: {msg: "x"}
      loop: [{name: one, secret: canary-3}]
      loop_control: {label: "{{ item.name }}"}
    - name: Leave out
      ansible.builtin.debug: {msg: "never"}
      when: false
    - name: Ignore
      ansible.builtin.command: {cmd: "sh -c 'echo first; echo why >&2; exit 4'"}
      ignore_errors: true
      changed_when: false
    - name: Write
      ansible.builtin.copy: {dest: "{{ target }}", content: "new\\n", mode: "0644"}
      notify: Handle
    - name: Fail
      ansible.builtin.fail: {msg: "two\\nlines"}
  handlers:
    - name: Handle
      ansible.builtin.debug: {msg: "handled"}
"""


class StreamTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            with open(f"{folder}/play.yml", "w", encoding="utf-8") as file:
                file.write(PLAYBOOK)
            with open(f"{folder}/target", "w", encoding="utf-8") as file:
                file.write("old\n")
            environment = {**os.environ, "ANSIBLE_CONFIG": f"{ROOT}/ansible.cfg", "ANSIBLE_STDOUT_CALLBACK": "portal_events", "PORTAL_EVENTS": f"{folder}/events", "PORTAL_SEQ": "2",
                           "ANSIBLE_HOME": f"{folder}/home", "ANSIBLE_LOCAL_TEMP": f"{folder}/tmp", "ANSIBLE_REMOTE_TEMP": f"{folder}/tmp", "ANSIBLE_FORCE_HANDLERS": "1",
                           "ANSIBLE_DISPLAY_FAILED_STDERR": "0"}
            done = subprocess.run(["ansible-playbook", "--diff", "-c", "local", "-i", "localhost,", "-e", f"target={folder}/target", "-e", "ansible_python_interpreter=/usr/bin/python3",
                                   f"{folder}/play.yml"], env=environment, capture_output=True, text=True, check=False)
            cls.rc = done.returncode
            with open(f"{folder}/events", encoding="utf-8") as file:
                cls.text = file.read()
        cls.events = [json.loads(line) for line in cls.text.splitlines()]

    def result(self, name):
        number = next(event["n"] for event in self.events if event["e"] == "task" and event["name"] == name)
        return next(event for event in self.events if event["e"] == "result" and event["n"] == number)

    def test_numbers_go_on_without_a_gap(self):
        self.assertEqual(list(range(3, 3 + len(self.events))), [event["s"] for event in self.events])

    def test_every_task_has_one_result_and_the_counts_agree(self):
        self.assertEqual(2, self.rc)
        states = [event["st"] for event in self.events if event["e"] == "result"]
        self.assertEqual(["ok", "ok", "ok", "skipped", "ignored", "changed", "failed", "ok"], states)
        counts = self.events[-1]["h"]["localhost"]
        self.assertEqual((1, 1, 1, 1), tuple(counts[name] for name in ("changed", "failed", "skipped", "ignored")))
        self.assertEqual(7, next(event for event in self.events if event["e"] == "play")["tasks"])

    def test_secrets_of_hidden_tasks_stay_hidden(self):
        self.assertNotIn("canary", self.text)
        self.assertTrue(self.result("Turn")["censored"])
        self.assertEqual(["one"], [event["label"] for event in self.events if event["e"] == "item" and "label" in event])

    def test_messages_are_one_line(self):
        self.assertEqual("two lines", self.result("Fail")["msg"])
        self.assertEqual("exit code 4: why", self.result("Ignore")["msg"])

    def test_difference_is_unified_text(self):
        self.assertIn("-old\n+new", self.result("Write")["diff"])

    def test_handler_is_named_as_one(self):
        self.assertEqual([True], [event["handler"] for event in self.events if event["e"] == "task" and event["name"] == "Handle"])


class TextTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.plugin = load("plugins/callback/portal_events.py")

    def test_long_text_is_cut_with_a_mark(self):
        text = self.plugin.text_of("x" * (300 << 10))
        self.assertEqual((256 << 10) + len("… [cut: 45056 more characters]"), len(text))

    def test_lost_event_becomes_a_warning(self):
        told = []

        class Broken:
            def emit(self, kind, **fields):
                told.append((kind, fields))

            @self.plugin.guarded
            def method(self):
                raise ValueError("boom")

        Broken().method()
        self.assertEqual([("warn", {"msg": "method: ValueError: boom"})], told)

    def test_failed_items_are_counted_and_the_first_is_told(self):
        result = {"results": [{"failed": True, "msg": "no such disk"}, {"changed": True}, {"failed": True, "msg": "x"}], "msg": "All items completed"}
        self.assertEqual("2 of 3 items failed: no such disk", self.plugin.message_of(result, True))


if __name__ == "__main__":
    unittest.main()
