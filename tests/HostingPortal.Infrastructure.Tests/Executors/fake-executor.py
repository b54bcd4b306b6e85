"""Answers like the executor's program, from plain files in the folder beside it. Tests reach it through a real sshd."""
import json
import os
import sys
import time

home = os.path.dirname(os.path.realpath(__file__))
path = lambda *parts: os.path.join(home, *parts)
verb, *rest = sys.argv[1:]
keep = lambda name: open(path(name), "wb").write(sys.stdin.buffer.read())
say = lambda answer: print(json.dumps(answer))


def follow(run, offset):
    if not os.path.exists(path(run + ".events")):
        say({"error": "unknown", "message": f"there is no run {run}"})
        sys.exit(3)
    with open(path(run + ".events"), "rb") as events:
        events.seek(int(offset))
        while True:
            ended = os.path.exists(path(run + ".ended"))
            data = events.read()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            if ended and not data:
                return
            time.sleep(0.02)


if verb == "version":
    if not os.path.exists(path("content")):
        sys.stderr.write("sudo: /usr/local/sbin/portal-executor: command not found\n")
        sys.exit(1)
    say({"content": open(path("content")).read(), "contents": [], "ansible": "2.19.11", "program": 1})
elif verb == "content":
    keep("content.tar.gz")
    say({"content": rest[0], "state": "installed"})
elif verb == "install":
    open(path("content"), "w").write(rest[0])
    say({"content": rest[0], "contents": [rest[0]], "ansible": "2.19.11", "changed": 1})
elif verb == "project":
    keep("project.json")
    say({"project": rest[0], "key": True, "vault": True, "changed": True})
elif verb == "start":
    keep("start.json")
    state = "ended" if os.path.exists(path(rest[0] + ".ended")) else "already" if os.path.exists(path(rest[0] + ".events")) else "started"
    open(path(rest[0] + ".events"), "ab").close()
    say({"state": state})
elif verb == "status":
    say({"state": "ended", "exit_code": 4, "signal": None, "reason": "finished", "bytes": 12})
elif verb == "follow":
    follow(*rest)
elif verb == "clean":
    say({"error": "running", "message": "the run still goes on"})
    sys.exit(5)
else:
    say({"error": "usage", "message": verb})
    sys.exit(2)
