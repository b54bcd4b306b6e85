"""The executor's contract on real servers."""
import json
import subprocess
import threading
import time
from concurrent import futures

from lab import EXECUTOR, EXECUTOR_KEY, NODES, PROGRAM, ROOT, LabTest, Project, Run, archive, known_hosts, new_run, on_executor, on_node, ssh_command, verb

CONTENT = f"lab-{int(time.time()):x}"
NODE = {"n-lab-1": NODES[0]} if NODES else {}


def inventory():
    return {"hosts.yml": {"all": {"children": {"lemp": {"hosts": {name: {"ansible_host": address, "ansible_port": 22} for name, address in NODE.items()}}}}},
            "group_vars/all/portal.yml": {"ansible_user": "deploy", "ansible_become": True, "ansible_python_interpreter": "/usr/bin/python3"}}


def bootstrap(name):
    on_executor(f"cat > /var/tmp/content-{name}.tar.gz", archive(), user="labadmin")
    with open(f"{ROOT}/executor/bootstrap.sh", "rb") as file:
        return json.loads(on_executor(f"sudo -n bash -s {CONTENT} /var/tmp/content-{name}.tar.gz", file.read(), user="labadmin").stdout)


class ExecutorTest(LabTest):
    @classmethod
    def setUpClass(cls):
        with futures.ThreadPoolExecutor() as portals:  # two portals find the same bare machine
            cls.first = list(portals.map(bootstrap, "ab"))
        cls.project = Project("p-executor")
        cls.commit = cls.project.commit(inventory())

    def start(self, **variables):
        return Run(self.project.name, self.commit, CONTENT, "exercise", NODE, vars={f"portal_exercise_{name}": value for name, value in variables.items()})

    def test_bootstrap_twice_changes_nothing(self):
        self.assertEqual([CONTENT, CONTENT], [answer["content"] for answer in self.first])
        self.assertEqual(1, sum(answer["changed"] > 0 for answer in self.first), self.first)
        self.assertEqual(0, bootstrap("c")["changed"])
        self.assertEqual("", on_executor("ls /var/tmp/content-* 2>/dev/null || true").stdout.decode())
        self.assertEqual(0, verb("install", CONTENT)[1]["changed"])
        self.assertIn(CONTENT, verb("version")[1]["contents"])

    def test_run_finishes_events_are_contiguous(self):
        run = self.start(lines=30)
        events = run.events()
        self.assertEqual("started", run.answer["state"])
        self.assertEqual(list(range(1, len(events) + 1)), [event["s"] for event in events])
        self.assertEqual(["start", "play", "task"], [event["e"] for event in events[:3]])
        self.assertEqual({"rc": 0, "reason": "finished"}, {name: events[-1][name] for name in ("rc", "reason")})
        self.assertEqual(30, sum(event["e"] == "item" for event in events))
        self.assertNotIn("canary-4711", json.dumps(events))
        self.assertIn(f"+{run.name}", next(event["diff"] for event in events if event.get("diff")))
        self.assertEqual("ended", verb("start", run.name, body=run.spec)[1]["state"])
        self.assertEqual("ended", verb("status", run.name)[1]["state"])
        self.cleaned_run_stays_ended(run, on_executor(f"{PROGRAM} follow {run.name} 0").stdout)

    def cleaned_run_stays_ended(self, run, log):
        """A start that comes late, from a portal that slept, starts nothing and finds no bytes."""
        verb("clean", run.name)
        self.assertEqual("", on_executor(f"ls -d /var/lib/hostingportal/runs/{run.name} || true", user="labadmin").stdout.decode())
        self.assertEqual("ended", verb("start", run.name, body=run.spec)[1]["state"])
        found = verb("status", run.name)[1]
        self.assertEqual(("ended", 0, "finished", len(log)), tuple(found[name] for name in ("state", "exit_code", "reason", "bytes")))
        self.assertEqual(3, verb("follow", run.name, "0", check=False)[0])
        self.assertEqual(b"", on_executor(f"{PROGRAM} follow {run.name} {len(log)}").stdout)
        self.assertEqual("ended", verb("clean", run.name)[1]["state"])

    def test_sudo_allows_the_one_program_alone(self):
        for command in ("true", "bash -c id", "cat /etc/shadow", "-u portal-run id", "/usr/bin/python3 -c 1", "systemd-run true", "sh", "/usr/local/lib/hostingportal/portal-run x", "visudo"):
            done = on_executor(f"sudo -n {command}", check=False)
            self.assertEqual((1, b""), (done.returncode, done.stdout), command)
        rules = on_executor("sudo -n -l").stdout.decode()
        self.assertIn("/usr/local/sbin/portal-executor", rules)
        self.assertNotIn("ALL\n", rules.replace("(ALL) ", "").replace("(root) ", ""))
        for path in ("/usr/local/sbin/portal-executor", "/usr/local/lib/hostingportal/portal_executor/common.py", "/opt/hostingportal/content", "/var/lib/hostingportal/secrets"):
            self.assertEqual(1, on_executor(f"test -w {path}", check=False).returncode, path)

    def test_sweep_cleans_what_ended_long_ago_and_nothing_else(self):
        old, fresh, going = self.start(), self.start(), self.start(seconds=20)
        for run in (old, fresh):
            run.events()
        going.wait_for("begin")
        folder = "/var/lib/hostingportal/runs"
        on_executor(f"sudo -n touch -d '-20 days' {folder}/{old.name} {folder}/{old.name}/ended.json {folder}/{going.name}", user="labadmin")
        on_executor("sudo -n systemctl start portal-executor-sweep.service", user="labadmin")
        left = on_executor(f"sudo -n ls {folder}", user="labadmin").stdout.decode().split()
        self.assertEqual((False, True, True), tuple(run.name in left for run in (old, fresh, going)))
        self.assertEqual("ended", verb("start", old.name, body=old.spec)[1]["state"])
        verb("cancel", going.name)

    def test_failure_is_told_in_one_line(self):
        events = self.start(fail=1).events()
        failed = next(event for event in events if event.get("st") == "failed")
        self.assertEqual("exit code 3: no such thing", failed["msg"])
        self.assertEqual(2, events[-1]["rc"])

    def test_ten_starts_run_once(self):
        run, answers = self.start(seconds=3), []
        calls = [threading.Thread(target=lambda: answers.append(verb("start", run.name, body=run.spec)[1]["state"])) for _ in range(6)]
        for call in calls:
            call.start()
        for call in calls:
            call.join()
        self.assertEqual({"already"}, set(answers))
        self.assertEqual(1, sum(event["e"] == "start" for event in run.events()))

    def stand_in(self, hours):
        """The timer's turn after the portal has been away for so long."""
        on_executor(f"sudo -n touch -d '-{hours} hours' /var/lib/hostingportal/contact", user="labadmin")
        return json.loads(on_executor("sudo -n /usr/local/sbin/portal-executor _watch", user="labadmin").stdout)["started"]

    def test_timer_stands_in_only_while_the_portal_is_away(self):
        wish = {"mode": "check", "content": CONTENT, "playbook": "exercise", "limit": sorted(NODE), "known_hosts": known_hosts(NODE)}
        self.assertEqual("check", verb("watch", self.project.name, body=wish)[1]["mode"])
        self.assertEqual([], self.stand_in(0))
        ran = []
        for hour in (1, 2, 3):
            ran += self.stand_in(hour)
            for _ in range(200):
                if json.loads(on_executor(f"sudo -n cat /var/lib/hostingportal/runs/{ran[-1]}/ended.json || echo null", user="labadmin").stdout):
                    break
                time.sleep(0.2)
        found = verb("timed")[1]["runs"]
        self.assertEqual((3, ran), (len(ran), [run["run"] for run in found]))
        self.assertEqual({(self.project.name, self.commit, True)}, {(run["project"], run["commit"], run["check"]) for run in found})
        self.assertLess(found[0]["ended"], found[1]["started"])
        self.assertEqual([], self.stand_in(0), "the portal has just called")
        events = [json.loads(line) for line in on_executor(f"{PROGRAM} follow {ran[0]} 0").stdout.decode().splitlines()]
        self.assertEqual(("end", 0), (events[-1]["e"], events[-1]["rc"]))
        for name in ran:
            verb("clean", name)
        self.assertEqual([], verb("timed")[1]["runs"])
        held = self.start(seconds=6)
        held.wait_for("begin")
        self.assertEqual([], self.stand_in(1), "another run holds the node")
        held.events()
        self.assertEqual("off", verb("watch", self.project.name, body={"mode": "off"})[1]["mode"])
        self.assertEqual([], self.stand_in(1))
        self.assertGreater(verb("health")[1]["memory_total"], 1 << 20)

    def test_cancel_leaves_nothing(self):
        run = self.start(seconds=600)
        run.wait_for("begin")
        self.wait_for_sleep(True)
        began = time.monotonic()
        self.assertEqual("ended", verb("cancel", run.name)[1]["state"])
        self.assertLess(time.monotonic() - began, 5)
        self.assertEqual("canceled", run.events()[-1]["reason"])
        self.assertEqual("", on_executor("pgrep -u portal-run -a || true").stdout.decode())
        on_node("sudo pkill -x sleep || true")  # a node that was never converged keeps it: test_2 sees what a converged one does

    def test_two_runs_never_overlap_second_names_first(self):
        first = self.start(seconds=3)
        first.wait_for("begin")
        second = self.start()
        events = second.events()
        self.assertEqual(("waiting", first.name), (events[0]["e"], events[0]["run"]))
        end = first.events()[-1]["t"]
        self.assertGreaterEqual(next(event["t"] for event in events if event["e"] == "start"), end - 300)

    def test_reattach_by_offset_loses_and_doubles_nothing(self):
        run, received = self.start(lines=400), b""
        while b'"e":"end"' not in received:
            follower = subprocess.Popen([*ssh_command("portal", EXECUTOR, EXECUTOR_KEY), f"{PROGRAM} follow {run.name} {len(received)}"], stdout=subprocess.PIPE)
            limit = time.monotonic() + 0.7
            while time.monotonic() < limit:
                data = follower.stdout.read1(65536)
                received += data
                if not data:
                    break
            follower.kill()
            follower.communicate()
        self.assertEqual(on_executor(f"{PROGRAM} follow {run.name} 0").stdout, received)
        self.assertEqual([json.loads(line)["s"] for line in received.splitlines()], list(range(1, received.count(b"\n") + 1)))

    def test_bad_calls_are_refused(self):
        run = new_run()
        spec = {"run": run, "project": self.project.name, "commit": self.commit, "content": CONTENT, "playbook": "exercise", "limit": ["n-lab-1"], "known_hosts": known_hosts(NODE)}
        wrong = [({"playbook": "install-executor"}, 4), ({"playbook": "../x"}, 2), ({"limit": ["all:!x"]}, 2), ({"limit": []}, 2), ({"commit": "f" * 40}, 3), ({"project": "none"}, 3),
                 ({"tags": ["a,b"]}, 2), ({"vars": {"ansible_connection": "local"}}, 2), ({"vars": {"portal_exercise_lines": "1"}}, 2), ({"known_hosts": "@cert-authority * x"}, 2), ({"extra": 1}, 2)]
        for member, code in wrong:
            self.assertEqual(code, verb("start", run, body={**spec, **member}, check=False)[0], member)
        for words, code in ((["status", "../x"], 2), (["follow", "none", "0"], 3), (["cancel", "none"], 3), (["boom"], 2), (["status", "'a\nb'"], 2)):
            self.assertEqual(code, verb(*words, check=False)[0], words)

    def test_foreign_file_in_commit_is_refused(self):
        project = Project("p-hostile")
        for path in ("ansible.cfg", "host_vars/n-1/main.yaml", "library/x.py", "group_vars/all/.hidden.yml"):
            commit = project.commit({**inventory(), path: "x: 1\n"})
            self.assertEqual(4, self.refused(project.name, commit), path)
            project.git("rm", "-q", "-r", path)

    def refused(self, project, commit):
        run = new_run()
        return verb("start", run, body={"run": run, "project": project, "commit": commit, "content": CONTENT, "playbook": "exercise", "limit": ["n-lab-1"]}, check=False)[0]

    def test_secrets_are_in_no_argv_and_no_environment(self):
        run = self.start(seconds=3)
        run.wait_for("begin")
        everything = on_executor("sudo -n sh -c 'cat /proc/*/cmdline /proc/*/environ' 2>/dev/null || true", user="labadmin").stdout.decode(errors="replace")
        self.assertNotIn(self.project.vault, everything)
        self.assertIn("portal-run", on_executor("ps -eo user:20,args | grep [a]nsible-playbook").stdout.decode())
        run.events()
