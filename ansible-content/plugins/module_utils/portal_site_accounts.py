"""Unix accounts and homes of sites: made in one batch, never touched again, moved to the trash in one batch."""
from __future__ import annotations

import contextlib
import fcntl
import glob
import grp
import os
import pwd
import shutil
import signal
import subprocess
import time

from ansible.module_utils.portal_site_files import first_page

FIRST_UID, NEXT_UID = 20000, "/var/lib/hostingportal/next-site-uid"
SYSUSERS, TRASH = "/etc/sysusers.d/hostingportal-sites.conf", "/var/lib/hostingportal/trash"


def accounts():
    """User name → (uid, home), for all accounts of the node."""
    return {entry.pw_name: (entry.pw_uid, entry.pw_dir) for entry in pwd.getpwall()}


def belongs(site, known):
    """Whether an account of that name, if there is one, is this kind of account."""
    uid, home = known.get(site["user"], (FIRST_UID, f"/home/{site['user']}"))
    return uid >= FIRST_UID and home == f"/home/{site['user']}"


def add_accounts(sites, known):
    """Makes the missing accounts; user ids are never used twice, not even after a removal."""
    uid = max([FIRST_UID] + [number + 1 for number, _ in known.values() if FIRST_UID <= number < 60000])
    with contextlib.suppress(OSError, ValueError), open(NEXT_UID, encoding="utf-8") as file:
        uid = max(uid, int(file.read()))
    lines = []
    for site in sites:
        lines.append(f'u {site["user"]} {uid} "{site["id"]}" /home/{site["user"]} /usr/sbin/nologin\n')
        uid += 1
    with open(f"{NEXT_UID}.new", "w", encoding="utf-8") as file:
        file.write(f"{uid}\n")
    os.replace(f"{NEXT_UID}.new", NEXT_UID)
    os.makedirs(os.path.dirname(SYSUSERS), exist_ok=True)
    with open(SYSUSERS, "w", encoding="utf-8") as file:
        file.writelines(lines)
    done = subprocess.run(["systemd-sysusers", SYSUSERS], capture_output=True, text=True, check=False)
    os.unlink(SYSUSERS)
    return done.stderr.strip() if done.returncode else ""


def add_home(site, known):
    """Builds a home beside its place and moves it there: nothing is ever written below a folder its user owns."""
    home, staging = f"/home/{site['user']}", f"/home/.new-{site['user']}"
    uid, _ = known[site["user"]]
    web = grp.getgrnam("www-data").gr_gid
    shutil.rmtree(staging, ignore_errors=True)
    os.mkdir(staging)
    for name, mode in (("public", 0o755), ("tmp", 0o700), ("logs", 0o750)):
        os.mkdir(f"{staging}/{name}")
        os.chmod(f"{staging}/{name}", mode)
        os.chown(f"{staging}/{name}", uid, uid)
    name, text = first_page(site)
    with open(f"{staging}/public/{name}", "w", encoding="utf-8") as file:
        file.write(text)
        os.fchown(file.fileno(), uid, uid)
        os.fchmod(file.fileno(), 0o644)
    os.chown(staging, uid, web)
    os.chmod(staging, 0o710)
    os.rename(staging, home)


def kill_all_of(uids):
    for _ in range(50):
        found = []
        for entry in os.scandir("/proc"):
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    if entry.stat().st_uid in uids:
                        os.kill(int(entry.name), signal.SIGKILL)
                        found.append(entry.name)
        if not found:
            return
        time.sleep(0.05)


def remove(sites, known):
    """Moves homes and logs of removed sites to the trash and takes their accounts out, all in one pass."""
    mine = [site for site in sites if site["user"] in known and belongs(site, known)]
    kill_all_of({known[site["user"]][0] for site in mine})
    for site in mine:
        folder = f"{TRASH}/{time.strftime('%Y%m%d', time.gmtime())}-{site['id']}"
        number = 0
        while os.path.lexists(folder + (f"-{number}" if number else "")):
            number += 1
        folder += f"-{number}" if number else ""
        os.makedirs(folder, 0o700)
        if os.path.isdir(f"/home/{site['user']}") and not os.path.islink(f"/home/{site['user']}"):
            shutil.move(f"/home/{site['user']}", f"{folder}/home")
        for log in glob.glob(f"/var/log/nginx/{site['id']}.*.log*"):
            shutil.move(log, folder)
    drop_accounts({site["user"] for site in mine})


def drop_accounts(names):
    """One pass over each account file under the lock that useradd and friends take too."""
    if not names:
        return
    with open("/etc/.pwd.lock", "w", encoding="ascii") as guard:
        fcntl.lockf(guard, fcntl.LOCK_EX)
        for path in ("/etc/passwd", "/etc/shadow", "/etc/group", "/etc/gshadow"):
            with open(path, encoding="utf-8") as file:
                lines = file.readlines()
            kept = [line for line in lines if line.split(":", 1)[0] not in names]
            status = os.stat(path)
            with open(os.open(f"{path}.portal-new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                file.writelines(kept)
                os.fchown(file.fileno(), status.st_uid, status.st_gid)
                os.fchmod(file.fileno(), status.st_mode & 0o7777)
                file.flush()
                os.fsync(file.fileno())
            os.replace(f"{path}.portal-new", path)
