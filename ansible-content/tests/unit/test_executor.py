"""portal-executor: arguments, archives, specifications, the end of the event file. Nothing here needs root or systemd."""
import errno
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import unittest
from unittest import mock

from content import ROOT

from portal_executor import common, contents, starting, watching

PROGRAM = f"{ROOT}/roles/executor/files/portal-executor"


class ArgumentTest(unittest.TestCase):
    def call(self, *words):
        done = subprocess.run([sys.executable, "-I", PROGRAM, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        return done.returncode, json.loads(done.stdout)

    def test_bad_calls_answer_json_and_code_2(self):
        for words in ([], ["boom"], ["status"], ["status", "a", "b"], ["status", "../x"], ["status", "a\n"], ["status", "-x"], ["follow", "r", "-1"], ["follow", "r", "1e3"],
                      ["content", "a/b"], ["content", ".."], ["content", "1..2"], ["project", "UPPER"], ["start", "r;id"], ["status", "a" * 64], ["status", "ä"]):
            code, answer = self.call(*words)
            self.assertEqual((2, "usage"), (code, answer["error"]), words)

    def test_patterns_take_whole_strings(self):
        self.assertEqual("n-1", common.require("node", "n-1"))
        for kind, value in (("node", "n-1\n"), ("node", "n-1,all"), ("node", "1n"), ("commit", "A" * 40), ("tag", "a,b"), ("var", "ansible_user"), ("node", 5), ("node", None),
                            ("known_host", "n-1 ssh-ed25519 AAAA"), ("known_host", "* ssh-ed25519 " + "A" * 68), ("known_host", "@cert-authority n ssh-rsa " + "A" * 68)):
            with self.assertRaises(common.Refusal, msg=value):
                common.require(kind, value)
        common.require("known_host", "n-1,198.18.1.10,2001:db8::1 ssh-ed25519 " + "A" * 68)


class Stdin:
    def __init__(self, data):
        self.buffer = io.BytesIO(data)


class Folder(unittest.TestCase):
    """A test with folders of its own in place of the machine's."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.base = folder.name
        os.makedirs(f"{self.base}/content")
        os.makedirs(f"{self.base}/verbs")
        for module, name, value in ((contents, "CONTENT", f"{self.base}/content"), (starting, "CONTENT", f"{self.base}/content"), (common, "BASE", self.base),
                                    (common, "VERB_LOCKS", f"{self.base}/verbs"), (watching, "VERB_LOCKS", f"{self.base}/verbs")):
            patch = mock.patch.object(module, name, value)
            patch.start()
            self.addCleanup(patch.stop)


class FollowTest(Folder):
    def test_line_of_any_length_passes_in_pieces(self):
        events, sent, asked = f"{self.base}/events.jsonl", [], []
        text = b'{"s":1}\n{"s":2,"m":"' + b"x" * (5 << 20) + b'"}\n{"s":3}\n'
        with open(events, "wb") as file:
            file.write(text)
        pread = os.pread
        with mock.patch.object(watching, "status", return_value={"state": "ended", "bytes": len(text)}), mock.patch.object(watching, "events_of", return_value=events), \
                mock.patch.object(watching, "tombstone_of", return_value=f"{self.base}/none"), mock.patch.object(watching, "folder_of", return_value=f"{self.base}/gone"), \
                mock.patch.object(os, "write", side_effect=lambda _, data: sent.append(data) or len(data)), \
                mock.patch.object(os, "pread", side_effect=lambda fd, size, at: asked.append(size) or pread(fd, size, at)):
            watching.follow("r-1", 0)
        self.assertEqual(text, b"".join(sent))
        self.assertEqual({watching.PIECE}, set(asked))
        self.assertLessEqual(max(map(len, sent)), watching.PIECE)


class ContentTest(Folder):
    def unpack(self, entries, name="v1"):
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
            for path, data, kind in entries:
                entry = tarfile.TarInfo(path)
                entry.type, entry.size, entry.linkname = kind, len(data), "/etc/passwd" if kind in (tarfile.SYMTYPE, tarfile.LNKTYPE) else ""
                tar.addfile(entry, io.BytesIO(data))
        with mock.patch.object(contents.sys, "stdin", Stdin(buffer.getvalue())):
            return contents.content(name)

    good = [("./playbooks/catalog.json", b"{}", tarfile.REGTYPE), ("./.yamllint", b"", tarfile.REGTYPE)]

    def test_good_archive_is_installed_once(self):
        self.assertEqual("installed", self.unpack(self.good)["state"])
        self.assertEqual("already", self.unpack(self.good)["state"])
        self.assertEqual(["v1"], os.listdir(f"{self.base}/content"))

    def test_hostile_archives_leave_nothing(self):
        for path, kind in (("../x", tarfile.REGTYPE), ("/etc/x", tarfile.REGTYPE), ("a/../../x", tarfile.REGTYPE), ("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE),
                           ("fifo", tarfile.FIFOTYPE), ("dev", tarfile.CHRTYPE), ("a\nb", tarfile.REGTYPE), ("-rf", tarfile.REGTYPE), ("a//b", tarfile.REGTYPE)):
            with self.assertRaises(common.Refusal, msg=path):
                self.unpack([*self.good, (path, b"", kind)])
        for data in (b"", b"no archive"):
            with self.assertRaises(common.Refusal), mock.patch.object(contents.sys, "stdin", Stdin(data)):
                contents.content("v1")
        with self.assertRaises(common.Refusal):
            self.unpack([("./x", b"", tarfile.REGTYPE)])
        self.assertEqual([], os.listdir(f"{self.base}/content"))


class SpecificationTest(Folder):
    def setUp(self):
        super().setUp()
        os.makedirs(f"{self.base}/content/v1/playbooks")
        with open(f"{self.base}/content/v1/playbooks/catalog.json", "w", encoding="utf-8") as file:
            json.dump({"converge-nodes": {"vars": {"portal_number": "int", "portal_word": "[a-z]+"}}}, file)
        self.spec = {"run": "r-1", "project": "p-1", "commit": "a" * 40, "content": "v1", "playbook": "converge-nodes", "limit": ["n-2", "n-1", "n-2"]}

    def check(self, **members):
        with mock.patch.object(common.sys, "stdin", Stdin(json.dumps({**self.spec, **members}).encode())):
            return starting.checked_spec("r-1", common.read_json())

    def test_nodes_are_sorted_and_named_once(self):
        self.assertEqual(["n-1", "n-2"], self.check()["limit"])

    def test_wrong_members_are_refused(self):
        for member in ({"run": "r-2"}, {"more": 1}, {"limit": []}, {"limit": "n-1"}, {"limit": ["all"] * 2000}, {"limit": ["@/etc/shadow"]}, {"tags": ["a b"]}, {"check": "yes"},
                       {"timeout_seconds": True}, {"timeout_seconds": 5}, {"vars": {"portal_number": True}}, {"vars": {"portal_word": "a\n"}}, {"vars": {"portal_other": 1}}, {"vars": []},
                       {"playbook": "other"}, {"playbook": "a/b"}, {"content": "v2"}, {"commit": "main"}, {"known_hosts": "x"}):
            with self.assertRaises(common.Refusal, msg=member):
                self.check(**member)
        self.assertEqual({"portal_number": 5, "portal_word": "abc"}, self.check(vars={"portal_number": 5, "portal_word": "abc"})["vars"])


class EndTest(Folder):
    def setUp(self):
        super().setUp()
        os.makedirs(f"{self.base}/runs/r-1/work")
        self.patch = mock.patch.object(common.os, "fchown", lambda *_: None)
        self.patch.start()
        self.addCleanup(self.patch.stop)

    def events(self, text):
        with open(common.events_of("r-1"), "w", encoding="utf-8") as file:
            file.write(text)

    def read(self):
        with open(common.events_of("r-1"), encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def test_end_goes_on_numbering_and_comes_once(self):
        self.events('{"s":1,"e":"start"}\n{"s":2,"e":"stats"}\n')
        watching.finish("r-1", 0, "finished")
        watching.finish("r-1", 1, "lost")
        self.assertEqual([1, 2, 3], [event["s"] for event in self.read()])
        self.assertEqual(("end", 0, "finished"), tuple(self.read()[-1][name] for name in ("e", "rc", "reason")))

    def test_half_a_line_is_cut_off(self):
        self.events('{"s":1,"e":"start"}\n{"s":2,"e":"res')
        watching.finish("r-1", None, "signal", "KILL")
        self.assertEqual([1, 2], [event["s"] for event in self.read()])
        self.assertEqual("KILL", self.read()[-1]["signal"])

    def test_last_line_may_be_longer_than_a_block(self):
        self.events('{"s":1}\n{"s":7,"out":"' + "x" * 700000 + '"}\n')
        watching.finish("r-1", 2, "finished")
        self.assertEqual(8, self.read()[-1]["s"])

    def test_output_beside_the_events_is_told(self):
        self.events("")
        with open(f"{self.base}/runs/r-1/output.log", "w", encoding="utf-8") as file:
            file.write("ERROR! the playbook could not be found\n")
        watching.finish("r-1", 1, "finished")
        self.assertEqual(["warn", "end"], [event["e"] for event in self.read()])

    def test_end_without_its_marker_is_not_told_twice(self):
        self.events('{"s":1,"e":"start"}\n{"s":2,"e":"end","rc":0,"reason":"finished"}\n')
        watching.finish("r-1", 0, "finished")
        self.assertEqual([1, 2], [event["s"] for event in self.read()])
        self.assertTrue(os.path.exists(f"{self.base}/runs/r-1/ended.json"))

    def test_end_on_a_full_disk_is_told_once_there_is_room(self):
        self.events('{"s":1,"e":"start"}\n')
        open(f"{self.base}/runs/r-1/started", "w", encoding="utf-8").close()
        with mock.patch.dict(os.environ, {"EXIT_CODE": "exited", "EXIT_STATUS": "0"}), mock.patch.object(watching, "unit_lives", lambda _: False):
            with mock.patch.object(watching, "write_atomically", side_effect=OSError(errno.ENOSPC, "full")):
                with self.assertRaises(OSError):
                    watching.end("r-1")
                self.assertEqual("running", watching.status("r-1")["state"])
            self.assertEqual(("ended", 0, "finished"), tuple(watching.status("r-1")[name] for name in ("state", "exit_code", "reason")))
        self.assertEqual(["start", "end"], [event["e"] for event in self.read()])

    def test_stop_that_took_too_long_is_no_timeout_of_the_run(self):
        self.events("")
        for name, text in (("started", ""), ("spec.json", '{"timeout_seconds": 3600}')):
            with open(f"{self.base}/runs/r-1/{name}", "w", encoding="utf-8") as file:
                file.write(text)
        with mock.patch.dict(os.environ, {"EXIT_CODE": "killed", "EXIT_STATUS": "KILL", "SERVICE_RESULT": "timeout"}):
            watching.end("r-1")
        self.assertEqual("signal", self.read()[-1]["reason"])

    def test_reason_comes_from_how_the_process_ended(self):
        for environment, canceled, expected in (({"EXIT_CODE": "exited", "EXIT_STATUS": "2"}, False, (2, "finished")), ({"EXIT_CODE": "killed", "EXIT_STATUS": "TERM"}, True, (None, "canceled")),
                                                ({"EXIT_CODE": "killed", "EXIT_STATUS": "TERM", "SERVICE_RESULT": "timeout"}, False, (None, "timeout")),
                                                ({"EXIT_CODE": "exited", "EXIT_STATUS": "75"}, False, (75, "timeout")), ({"EXIT_CODE": "killed", "EXIT_STATUS": "KILL"}, False, (None, "signal")),
                                                ({}, False, (None, "lost"))):
            for leftover in ("ended.json", "canceled"):
                if os.path.exists(f"{self.base}/runs/r-1/{leftover}"):
                    os.unlink(f"{self.base}/runs/r-1/{leftover}")
            if canceled:
                open(f"{self.base}/runs/r-1/canceled", "w", encoding="utf-8").close()
            self.events("")
            with mock.patch.dict(os.environ, environment):
                watching.end("r-1")
            self.assertEqual(expected, (self.read()[-1]["rc"], self.read()[-1]["reason"]))


if __name__ == "__main__":
    unittest.main()
