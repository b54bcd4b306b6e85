"""Runs by this machine's own timer while the portal is away: what is wanted, doing it, and what there is to fetch.

They are runs like any other, with keys that begin with `t-`; the portal finds them in `timed`, follows their events and cleans them.
"""
import contextlib
import fcntl
import json
import os
import secrets
import time

from portal_executor.common import BASE, NODE_LOCKS, Refusal, command, folder_of, lock, read_json, repository_of, write_atomically
from portal_executor.starting import checked_spec, launch
from portal_executor.watching import status

WATCHES, CONTACT, PREFIX = f"{BASE}/watches", f"{BASE}/contact", "t-"
AWAY_SECONDS = 600
MODES = ("check", "converge", "off")


def note_contact():
    """The portal called: while it does, the timer leaves the nodes to it."""
    with contextlib.suppress(OSError):
        with open(CONTACT, "a", encoding="ascii"):
            os.utime(CONTACT)


def away_seconds():
    with contextlib.suppress(OSError):
        return time.time() - os.stat(CONTACT).st_mtime
    return 0  # nobody ever called: there is nothing to stand in for


def watch(project):
    """Stores what the timer shall do with a project's nodes, until the next call."""
    body = {"mode": "off", "content": "", "playbook": "", "limit": [], "known_hosts": "", **read_json()}
    if set(body) != {"mode", "content", "playbook", "limit", "known_hosts"} or body["mode"] not in MODES:
        raise Refusal("usage", "the watch has an unknown member, or its mode is none of check, converge and off")
    path = f"{WATCHES}/{project}.json"
    with lock(f"watch-{project}"):
        if body["mode"] == "off" or not body["limit"]:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)
            return {"project": project, "mode": "off"}
        checked_spec("t-0", specification("t-0", project, body, "0" * 40, body["limit"]))
        os.makedirs(WATCHES, 0o700, exist_ok=True)
        write_atomically(path, json.dumps(body), 0o600)
    return {"project": project, "mode": body["mode"]}


def specification(run, project, body, commit, limit):
    return {"run": run, "project": project, "commit": commit, "content": body["content"], "playbook": body["playbook"], "limit": limit,
            "known_hosts": body["known_hosts"], "check": body["mode"] == "check"}


def timed():
    """Runs of the timer that have ended and wait to be fetched, the oldest first."""
    found = []
    for entry in os.scandir(f"{BASE}/runs"):
        if not entry.name.startswith(PREFIX) or status(entry.name)["state"] != "ended":
            continue
        with open(f"{entry.path}/spec.json", encoding="utf-8") as file:
            spec = json.load(file)
        times = [int(os.stat(f"{entry.path}/{name}").st_mtime * 1000) for name in ("started", "ended.json")]
        found.append({**{name: spec[name] for name in ("run", "project", "commit", "content", "playbook", "limit", "check")}, "started": times[0], "ended": times[1]})
    return {"runs": sorted(found, key=lambda run: run["run"])}


def busy(node):
    """Whether a run holds the node's lock: whoever works on it knows better than the timer."""
    with contextlib.suppress(FileNotFoundError):
        fd = os.open(f"{NODE_LOCKS}/{node}.lock", os.O_RDWR | os.O_NOFOLLOW)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(fd)
    return False


def stand_in():
    """For the timer: once the portal has been away for a while, starts what is wanted of each project at its newest commit."""
    if not os.path.isdir(WATCHES) or away_seconds() < AWAY_SECONDS:
        return {"started": [], "away": int(away_seconds())}
    started = []
    for name in sorted(os.listdir(WATCHES)):
        project = name.removesuffix(".json")
        with open(f"{WATCHES}/{name}", encoding="utf-8") as file:
            body = json.load(file)
        limit = [node for node in body["limit"] if not busy(node)]
        commit = (command("git", f"--git-dir={repository_of(project)}", "rev-parse", "--verify", "--quiet", "refs/heads/main", user="portal", check=False) or b"").decode().strip()
        if not limit or not commit:
            continue
        run = f"{PREFIX}{int(time.time() * 1000):012x}-{secrets.token_hex(4)}"
        launch(run, specification(run, project, body, commit, limit))
        started.append(run)
    return {"started": started, "away": int(away_seconds())}


def health():
    """How this machine is: what a page about it shows."""
    load, space = os.getloadavg(), os.statvfs("/")
    with open("/proc/meminfo", encoding="ascii") as file:
        memory = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in file if line.split()[1:]}
    with open("/proc/uptime", encoding="ascii") as file:
        uptime = int(float(file.read().split()[0]))
    failed = (command("systemctl", "list-units", "--failed", "--plain", "--no-legend", "--no-pager", check=False) or b"").decode().splitlines()
    runs = [entry.name for entry in os.scandir(f"{BASE}/runs") if not entry.name.startswith(".") and os.path.isdir(folder_of(entry.name))]
    return {"uptime_seconds": uptime, "load": round(load[1], 2), "cores": os.cpu_count(), "memory_total": memory["MemTotal"], "memory_available": memory["MemAvailable"],
            "disk_total": space.f_blocks * space.f_frsize, "disk_free": space.f_bavail * space.f_frsize, "failed_units": [line.split()[0] for line in failed if line.split()],
            "runs_kept": len(runs), "last_timed": max((int(name.split("-")[1], 16) for name in runs if name.startswith(PREFIX)), default=None)}
