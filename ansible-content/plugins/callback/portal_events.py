"""Ansible's events as compact JSON lines; fields and kinds are listed in the content's README.md."""
from __future__ import annotations

import difflib
import functools
import json
import os
import threading
import time

from ansible.plugins.callback import CallbackBase
from ansible.release import __version__ as ansible_version

DOCUMENTATION = """
name: portal_events
type: stdout
short_description: Events as compact JSON lines
description:
  - One JSON object a line, flushed, appended to the file named by the environment variable PORTAL_EVENTS, else to standard output.
"""

LIMIT = 256 << 10
CUT = "… [cut: {} more characters]"
CENSORED = ("censored", "_ansible_no_log")


def text_of(value):
    """`value` as text of at most LIMIT characters; None and "" stay what they are."""
    if value is None or value == "":
        return value
    if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
        value = "\n".join(value)
    text = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= LIMIT else text[:LIMIT] + CUT.format(len(text) - LIMIT)


def diff_of(value):
    """Ansible's `diff` (one or a list of before/after or prepared) as unified text, None if nothing differs."""
    parts = []
    for entry in value if isinstance(value, list) else [value]:
        if not isinstance(entry, dict):
            continue
        if entry.get("prepared"):
            parts.append(str(entry["prepared"]))
        elif "before" in entry and "after" in entry:
            before, after = ((side if isinstance(side, str) else json.dumps(side, indent=1, sort_keys=True, default=str)) for side in (entry["before"], entry["after"]))
            names = (str(entry.get("before_header") or "before"), str(entry.get("after_header") or "after"))
            parts += difflib.unified_diff(before.splitlines(), after.splitlines(), *names, lineterm="")
    return text_of("\n".join(part.rstrip("\n") for part in parts)) or None


def message_of(result, failed):
    """One readable line: the module's own message first; for a failure the last line that tells something."""
    found = result.get("msg") or (result.get("reason") if failed else "") or result.get("skip_reason")
    items = [item for item in result.get("results") or [] if isinstance(item, dict) and item.get("failed")]
    if failed and items and (not found or "items completed" in str(found)):
        found = f"{len(items)} of {len(result['results'])} items failed: {message_of(items[0], True)}"
    if failed and (not found or found == "non-zero return code"):
        lines = [line for key in ("stderr", "module_stderr", "stdout", "module_stdout", "exception") for line in str(result.get(key) or "").strip().splitlines()[-1:]]
        found = f"exit code {result['rc']}: {lines[0]}" if lines and "rc" in result else lines[0] if lines else found or "failed"
    text = text_of(found)
    return " ".join(text.split()) if failed and text else text


def guarded(method):
    """No exception of ours ever loses an event silently: what went wrong becomes a `warn` event."""
    @functools.wraps(method)
    def wrapper(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        except Exception as error:
            self.emit("warn", msg=f"{method.__name__}: {type(error).__name__}: {error}"[:2000])
            return None
    return wrapper


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "portal_events"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        path = os.environ.get("PORTAL_EVENTS")
        self._fd = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600) if path else 1
        self._seq = int(os.environ.get("PORTAL_SEQ") or 0)
        self._write_lock, self._pid = threading.Lock(), os.getpid()
        self._tasks, self._began, self._diffs = {}, {}, {}
        self._check = False
        # Warnings have no callback of their own: take them where every one of them passes.
        self._display_here, self._display.display = self._display.display, self._displayed

    def emit(self, kind, **fields):
        """Writes one event; None members are left out."""
        with self._write_lock:
            self._seq += 1
            event = {"s": self._seq, "t": int(time.time() * 1000), "e": kind, **{name: value for name, value in fields.items() if value is not None}}
            line = json.dumps(event, separators=(",", ":"), ensure_ascii=False, default=str).encode("utf-8", "replace") + b"\n"
            while line:
                line = line[os.write(self._fd, line):]

    def _displayed(self, msg, *args, **kwargs):
        if os.getpid() != self._pid:  # a worker hands its text to the main process
            return self._display_here(msg, *args, **kwargs)
        if str(msg).strip() and not kwargs.get("log_only"):
            self.emit("warn", msg=text_of(str(msg).strip()))
        return None

    @guarded
    def v2_playbook_on_start(self, playbook):
        from ansible import context
        self._check = bool(context.CLIARGS.get("check"))
        name = os.environ.get("PORTAL_PLAYBOOK") or os.path.basename(playbook._file_name)
        self.emit("start", playbook=name, check=self._check, content=os.environ.get("PORTAL_CONTENT", ""), commit=os.environ.get("PORTAL_COMMIT", ""), ansible=ansible_version)

    @guarded
    def v2_playbook_on_play_start(self, play):
        hosts, total = [], 0
        try:
            hosts = [host.name for host in play.get_variable_manager()._inventory.get_hosts(play.hosts)]
            total = sum(self._count(block, play) for block in play.compile())
        finally:
            self.emit("play", name=play.get_name(), hosts=hosts, tasks=total)

    def _count(self, part, play):
        if hasattr(part, "block"):
            return sum(self._count(inner, play) for inner in [*part.block, *part.always])
        return 0 if getattr(part, "action", "").endswith("meta") else int(part.evaluate_tags(play.only_tags, play.skip_tags, all_vars={}))

    def _task(self, task, handler):
        number = self._tasks.get(task._uuid)
        if number is None:
            number = self._tasks[task._uuid] = len(self._tasks) + 1
            name, role = task.name or task.action, task._role.get_name() if task._role else ""
            self.emit("task", n=number, id=task._uuid, role=role, name=text_of(str(name)), action=task.action, handler=handler)
        return number

    @guarded
    def v2_playbook_on_task_start(self, task, is_conditional):
        self._task(task, False)

    @guarded
    def v2_playbook_on_handler_task_start(self, task):
        self._task(task, True)

    @guarded
    def v2_runner_on_start(self, host, task):
        number = self._task(task, False)
        self._began[number, host.name] = time.monotonic()
        self.emit("begin", n=number, h=host.name)

    @guarded
    def v2_on_file_diff(self, result):
        """The diff comes with the result itself; nothing to show on its own."""

    def _outcome(self, kind, outcome, state):
        """Emits one `result` or `item`; whatever can't be read of it, host and state are always told."""
        task, host = outcome._task, outcome._host.get_name()
        number = self._task(task, False)
        fields = {"n": number, "h": host, "st": state}
        try:
            result, failed = outcome._result, state in ("failed", "unreachable", "ignored")
            if task.no_log is True or any(result.get(mark) for mark in CENSORED):
                fields["censored"] = True
            elif kind == "item":
                label = result.get("_ansible_item_label", result.get(result.get("ansible_loop_var", "item")))
                fields.update(label=text_of(label), msg=message_of(result, failed), diff=diff_of(result.get("diff")))
            else:
                data = {name: value for name, value in result.items() if name.startswith("portal_")}
                fields.update(msg=message_of(result, failed), out=text_of(result.get("stdout") or None), err=text_of(result.get("stderr") or result.get("module_stderr") or None),
                              rc=result.get("rc"), diff=diff_of(result.get("diff")), data=data or None)
        except Exception as error:
            fields["msg"] = f"this result can't be shown: {type(error).__name__}"
        if kind == "result":
            began = self._began.pop((number, host), None)
            fields["ms"] = int((time.monotonic() - began) * 1000) if began else 0
        self.emit(kind, **fields)

    @guarded
    def v2_runner_on_ok(self, result):
        self._outcome("result", result, "changed" if result._result.get("changed") else "ok")

    @guarded
    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._outcome("result", result, "ignored" if ignore_errors else "failed")

    @guarded
    def v2_runner_on_skipped(self, result):
        self._outcome("result", result, "skipped")

    @guarded
    def v2_runner_on_unreachable(self, result):
        self._outcome("result", result, "unreachable")

    @guarded
    def v2_runner_item_on_ok(self, result):
        self._outcome("item", result, "changed" if result._result.get("changed") else "ok")

    @guarded
    def v2_runner_item_on_failed(self, result):
        self._outcome("item", result, "failed")

    @guarded
    def v2_runner_item_on_skipped(self, result):
        self._outcome("item", result, "skipped")

    @guarded
    def v2_playbook_on_no_hosts_matched(self):
        self.emit("warn", msg="no host of the inventory matches this play")

    @guarded
    def v2_playbook_on_stats(self, stats):
        names = {"ok": "ok", "changed": "changed", "failures": "failed", "unreachable": "unreachable", "skipped": "skipped", "ignored": "ignored"}
        self.emit("stats", h={host: {short: stats.summarize(host)[long] for long, short in names.items()} for host in sorted(stats.processed)})
