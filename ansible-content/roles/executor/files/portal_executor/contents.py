"""Content versions on this machine: what is installed, unpacking a new one, bringing the machine to one."""
import fcntl
import os
import re
import shutil
import subprocess
import sys
import tarfile

from portal_executor.common import BASE, CONTENT, Refusal

PROGRAM_VERSION = 1
ARCHIVE_PATH = r"[A-Za-z0-9_][A-Za-z0-9_.+-]*|\.[a-z][a-z-]*(\.[a-z]+)?"
MAX_ARCHIVE = 64 << 20


def version():
    sys.path.insert(0, "/usr/lib/python3/dist-packages")
    try:
        from ansible.release import __version__ as ansible
    except ImportError:
        ansible = ""
    installed = f"{BASE}/content-version"
    current = ""
    if os.path.exists(installed):
        with open(installed, encoding="utf-8") as file:
            current = file.read().strip()
    contents = sorted(name for name in os.listdir(CONTENT) if not name.startswith(".")) if os.path.isdir(CONTENT) else []
    return {"content": current, "contents": contents, "ansible": ansible, "program": PROGRAM_VERSION}


def content(name):
    """Unpacks the archive on standard input into a new content folder: all of it or nothing."""
    target, staging = f"{CONTENT}/{name}", f"{CONTENT}/.{name}.{os.getpid()}"
    if os.path.isdir(target):
        while sys.stdin.buffer.read(1 << 20):
            pass
        return {"content": name, "state": "already"}
    os.makedirs(staging, 0o755)
    try:
        total = 0
        with tarfile.open(fileobj=sys.stdin.buffer, mode="r|gz") as archive:
            for entry in archive:
                parts = [part for part in entry.name.split("/") if part != "."]
                total += max(entry.size, 0) + 512
                if entry.name.startswith("/") or not all(re.fullmatch(ARCHIVE_PATH, part) and part != ".." for part in parts):
                    raise Refusal("refused", "the archive holds a path that is not allowed")
                if not (entry.isreg() or entry.isdir()) or total > MAX_ARCHIVE:
                    raise Refusal("refused", "the archive holds links or special files, or is too large")
                path = os.path.join(staging, *parts)
                os.makedirs(path if entry.isdir() else os.path.dirname(path), 0o755, exist_ok=True)
                if entry.isreg():
                    with open(path, "xb") as file:
                        shutil.copyfileobj(archive.extractfile(entry), file)
        if not os.path.isfile(f"{staging}/playbooks/catalog.json"):
            raise Refusal("refused", "the archive is no content: playbooks/catalog.json is missing")
        try:
            os.rename(staging, target)
        except OSError:
            if not os.path.isdir(target):  # somebody else may have been quicker with the same version
                raise
    except (tarfile.TarError, EOFError, OSError) as error:
        raise Refusal("refused", f"the archive can't be unpacked: {error}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return {"content": name, "state": "installed"}


def install(name):
    """Brings this machine to a content version: packages, users, this program itself. One at a time, whoever calls."""
    if not os.path.isdir(f"{CONTENT}/{name}"):
        raise Refusal("unknown", "this content is not installed")
    with open("/run/hostingportal-install.lock", "w", encoding="utf-8") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        return play(name)


def play(name):
    env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": "/root", "ANSIBLE_CONFIG": f"{CONTENT}/{name}/ansible.cfg"}
    argv = ["ansible-playbook", "-c", "local", "-i", "localhost,", "-e", f"content_version={name}", f"{CONTENT}/{name}/playbooks/install-executor.yml"]
    done = subprocess.run(argv, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    sys.stderr.write(done.stdout + done.stderr)
    if done.returncode:
        raise Refusal("failed", f"install-executor.yml ended with {done.returncode}")
    changed = re.search(r"changed=(\d+)", done.stdout)
    return {**version(), "changed": int(changed.group(1)) if changed else 0}
