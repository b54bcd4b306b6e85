"""What every verb of portal-executor needs: paths, strict patterns, locks, atomic files, clean commands."""
import contextlib
import fcntl
import json
import os
import re
import subprocess
import sys

BASE, CONTENT = "/var/lib/hostingportal", "/opt/hostingportal/content"
NODE_LOCKS, VERB_LOCKS = "/run/hostingportal/locks", "/run/hostingportal/verbs"
EXIT_CODES = {"failed": 1, "usage": 2, "unknown": 3, "refused": 4, "running": 5}
MAX_INPUT = 4 << 20
PATTERNS = {
    "VERSION": r"[0-9A-Za-z][0-9A-Za-z._+-]{0,63}", "PROJECT": r"[a-z0-9][a-z0-9-]{0,62}", "RUN": r"[A-Za-z0-9][A-Za-z0-9-]{0,62}",
    "OFFSET": r"[0-9]{1,15}", "commit": r"[0-9a-f]{40}", "playbook": r"[a-z][a-z0-9-]{0,62}", "node": r"[a-z][a-z0-9-]{0,62}",
    "tag": r"[a-z][a-z_]{0,31}", "var": r"portal_[a-z_]{1,40}",
    "known_host": r"[a-z][a-z0-9-]{0,62}(,[0-9a-f.:]{2,45}){0,8} (ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/]{40,1000}={0,3}",
}


class Refusal(Exception):
    """An answer other than success; `code` is a key of EXIT_CODES."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def require(kind, value):
    """`value`, if it is a string that wholly matches the pattern of its kind."""
    if not isinstance(value, str) or not re.fullmatch(PATTERNS[kind], value) or ".." in value:
        raise Refusal("usage", f"{kind} is not valid")
    return value


def read_json(limit=MAX_INPUT):
    data = sys.stdin.buffer.read(limit + 1)
    try:
        body = json.loads(data) if len(data) <= limit else None
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refusal("usage", "standard input is not a JSON object of acceptable size")
    return body


def write_atomically(path, text, mode, group=0, sync=True):
    """Replaces a root-owned file in one step; returns whether the content changed."""
    with contextlib.suppress(FileNotFoundError), open(path, encoding="utf-8") as old:
        if old.read() == text:
            return False
    temporary = f"{path}.new-{os.getpid()}"
    fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(fd, "w", encoding="utf-8") as new:
        new.write(text)
        os.fchown(fd, 0, group)
        os.fchmod(fd, mode)
        if sync:
            new.flush()
            os.fsync(fd)
    os.replace(temporary, path)
    return True


@contextlib.contextmanager
def lock(name):
    fd = os.open(f"{VERB_LOCKS}/{name}.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


def command(*argv, user=None, check=True):
    """Runs a program with a clean environment; returns its standard output as bytes."""
    identity = {"user": user, "group": user, "extra_groups": []} if user else {}
    env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, cwd="/", env=env, check=False, **identity)
    if check and done.returncode:
        raise Refusal("failed", f"{argv[0]} failed: {done.stderr.decode(errors='replace').strip()[-500:]}")
    return done.stdout if not done.returncode else None


def folder_of(run):
    return f"{BASE}/runs/{run}"


def tombstone_of(run):
    """What is left of a run that was cleaned: its key stays taken, so that a start that comes late starts nothing."""
    return f"{BASE}/runs/.gone/{run}.json"


def events_of(run):
    return f"{BASE}/runs/{run}/work/events.jsonl"


def repository_of(project):
    return f"{BASE}/inventories/{project}.git"
