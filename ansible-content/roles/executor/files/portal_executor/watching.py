"""A run that was started: its end, its state, its events, cancelling and cleaning it."""
import contextlib
import errno
import json
import os
import select
import shutil
import time

from portal_executor.common import BASE, VERB_LOCKS, Refusal, command, events_of, folder_of, lock, tombstone_of, write_atomically

POLL_MS, PIECE = 25, 1 << 18
KEEP_ENDED_DAYS, KEEP_TOMBSTONES_DAYS = 14, 90


def last_event(fd):
    """Cuts a half-written last line off and returns the last event, its number 0 for an empty file."""
    size, window = os.fstat(fd).st_size, 1 << 16
    while True:
        begin = max(0, size - window)
        data = os.pread(fd, size - begin, begin)
        whole = data[:data.rfind(b"\n") + 1]
        before = whole[:-1].rfind(b"\n")
        if before >= 0 or begin == 0:
            if len(whole) != len(data):
                os.ftruncate(fd, begin + len(whole))
            try:
                event = json.loads(whole[before + 1:]) if whole else {}
                return {"s": 0, **event}
            except (ValueError, TypeError):
                return {"s": 0}
        window *= 4


def finish(run, rc, reason, signal=""):
    """Writes the end event once, then the marker that says nothing more will come."""
    folder = folder_of(run)
    with lock(f"end-{run}"):
        if os.path.exists(f"{folder}/ended.json") or not os.path.isdir(folder):
            return
        fd = os.open(events_of(run), os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        last, events = last_event(fd), []
        with contextlib.suppress(OSError), open(f"{folder}/output.log", "rb") as output:
            output.seek(max(0, os.fstat(output.fileno()).st_size - (64 << 10)))
            text = output.read().decode("utf-8", "replace").strip()
            events += [{"e": "warn", "msg": text}] if text else []
        events.append({"e": "end", "rc": rc, "reason": reason, **({"signal": signal} if signal else {})})
        if last.get("e") == "end":  # there was room for it, but not for the marker
            events = []
        with open(fd, "ab") as file:  # which writes all of it or fails
            for number, event in enumerate(events, last["s"] + 1):
                file.write(json.dumps({"s": number, "t": int(time.time() * 1000), **event}, separators=(",", ":")).encode() + b"\n")
        write_atomically(f"{folder}/ended.json", json.dumps({"exit_code": rc, "signal": signal, "reason": reason}), 0o600)


def end(run):
    """Called by systemd when the run's unit has stopped: judges by how its main process ended."""
    how, code = os.environ.get("EXIT_CODE", ""), os.environ.get("EXIT_STATUS", "")
    rc, signal = (int(code) if how == "exited" and code.isdigit() else None), (code if how in ("killed", "dumped") else "")
    canceled, timeout = os.path.exists(f"{folder_of(run)}/canceled"), (os.environ.get("SERVICE_RESULT") == "timeout" and ran_out(run)) or rc == 75
    reason = "canceled" if canceled else "timeout" if timeout else "signal" if signal else "finished" if rc is not None else "lost"
    with contextlib.suppress(OSError), open(judgement_of(run), "w", encoding="utf-8") as file:
        json.dump([rc, reason, signal], file)
    finish(run, rc, reason, signal)


def judgement_of(run):
    """How a run ended, kept in memory: a full disk has no room for it."""
    return f"{VERB_LOCKS}/ended-{run}.json"


def judged(run):
    try:
        with open(judgement_of(run), encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return [None, "lost", ""]


def ran_out(run):
    """Whether the run had all its time: systemd also says "timeout" of a unit that did not stop quickly enough when the machine went down."""
    try:
        with open(f"{folder_of(run)}/spec.json", encoding="utf-8") as file:
            return time.time() - os.stat(f"{folder_of(run)}/started").st_mtime >= json.load(file)["timeout_seconds"] - 1
    except (OSError, ValueError, KeyError):
        return True


def unit_lives(run):
    state = command("systemctl", "show", "--property=ActiveState", "--value", f"run-{run}.service", check=False)
    return (state or b"").strip() not in (b"", b"inactive", b"failed")


def status(run, locked=False):
    folder = folder_of(run)
    empty = {"state": "unknown", "exit_code": None, "signal": "", "reason": "", "bytes": 0}
    if os.path.exists(tombstone_of(run)):
        with open(tombstone_of(run), encoding="utf-8") as file:
            return {**empty, "state": "ended", **json.load(file)}
    if not os.path.exists(f"{folder}/ended.json"):
        with contextlib.nullcontext() if locked else lock(f"start-{run}"):
            if not os.path.exists(f"{folder}/started"):
                return empty
            going_on = {**empty, "state": "running", "bytes": os.path.getsize(events_of(run))}
            if unit_lives(run):
                return going_on
            try:
                finish(run, *judged(run))
            except OSError as error:
                if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                    raise
                return going_on  # it ends once there is room to say so
    with open(f"{folder}/ended.json", encoding="utf-8") as file:
        return {**empty, "state": "ended", **json.load(file), "bytes": os.path.getsize(events_of(run))}


def follow(run, offset):
    """Sends the events from a byte offset on until the run has ended and all is sent: whole lines, but of one longer than PIECE what there is, so that no line is held here."""
    found = status(run)
    if found["state"] == "unknown" or (os.path.exists(tombstone_of(run)) and int(offset) < found["bytes"]):
        raise Refusal("unknown", "there is no such run, or its events were deleted")
    if os.path.exists(tombstone_of(run)):
        return None
    fd, position, checked = os.open(events_of(run), os.O_RDONLY | os.O_NOFOLLOW), int(offset), time.monotonic()
    if position > os.fstat(fd).st_size:
        raise Refusal("refused", "the offset is behind the end")
    hangup = select.poll()
    hangup.register(1, 0)
    while True:
        ended = not os.path.isdir(folder_of(run)) or os.path.exists(f"{folder_of(run)}/ended.json")
        data = os.pread(fd, PIECE, position)
        whole = data[:data.rfind(b"\n") + 1] or (data if len(data) == PIECE else b"")
        if whole:
            position += len(whole)
            while whole:
                whole = whole[os.write(1, whole):]
        elif ended or hangup.poll(POLL_MS):
            return None
        elif time.monotonic() - checked > 5:
            checked = time.monotonic()
            status(run)


def cancel(run):
    found = status(run)
    if found["state"] == "unknown":
        raise Refusal("unknown", "there is no such run")
    if found["state"] == "running":
        write_atomically(f"{folder_of(run)}/canceled", "", 0o600)
        command("systemctl", "stop", f"run-{run}.service")
    return status(run)


def clean(run):
    """Deletes the files of a run that has ended; its key and how it ended stay known for a while."""
    found = status(run)
    if found["state"] == "running":
        raise Refusal("running", "the run still goes on")
    if found["state"] == "ended":
        os.makedirs(os.path.dirname(tombstone_of(run)), 0o700, exist_ok=True)
        write_atomically(tombstone_of(run), json.dumps({name: found[name] for name in ("exit_code", "signal", "reason", "bytes")}), 0o600)
        shutil.rmtree(folder_of(run), ignore_errors=True)
    forget_locks(run)
    return found


def forget_locks(run):
    for name in (f"start-{run}.lock", f"end-{run}.lock", f"ended-{run}.json"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{VERB_LOCKS}/{name}")


def sweep():
    """For the timer: cleans runs that ended long ago and nobody cleaned, and lets old tombstones go. A run that goes on is never touched."""
    cleaned, forgotten = 0, 0
    for entry in list(os.scandir(f"{BASE}/runs")):
        if entry.name.startswith(".") or not entry.is_dir(follow_symlinks=False) or age_days(entry.path) < KEEP_ENDED_DAYS:
            continue
        if status(entry.name)["state"] == "ended" and age_days(f"{entry.path}/ended.json") >= KEEP_ENDED_DAYS:
            clean(entry.name)
            cleaned += 1
    with contextlib.suppress(FileNotFoundError):
        for entry in list(os.scandir(f"{BASE}/runs/.gone")):
            if age_days(entry.path) >= KEEP_TOMBSTONES_DAYS:
                os.unlink(entry.path)
                forgotten += 1
    return {"cleaned": cleaned, "forgotten": forgotten}


def age_days(path):
    return (time.time() - os.stat(path).st_mtime) / 86400
