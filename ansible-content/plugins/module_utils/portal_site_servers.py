"""nginx and PHP-FPM around a generation of files: test the changed ones, name the broken, switch, see that it is live."""
from __future__ import annotations

import os
import re
import resource
import signal
import socket
import subprocess
import tempfile
import time

NGINX_SOCKET, NGINX_PID = "/run/nginx-portal.sock", "/run/nginx.pid"
NGINX_TEST = """pid {scratch}/nginx.pid;
error_log stderr;
events {{}}
http {{
    server_names_hash_max_size 16384;
    server_names_hash_bucket_size 256;
    include /etc/nginx/portal-tls.conf;
{includes}}}
"""
FPM_TEST = "[global]\nerror_log = /dev/null\n{includes}"


def raise_open_files():
    """Two logs for each site are opened by a test too."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def run(*argv):
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False)
    return done.returncode, (done.stderr + done.stdout).strip()


def reason_in(output):
    """The one line of a test's output that tells what is wrong."""
    lines = [line for line in output.splitlines() if re.search(r"\[emerg\]|ERROR|ALERT", line)] or output.splitlines() or ["failed"]
    return re.sub(r"^(nginx: |[0-9/]+ [0-9:]+ )?\[\w+\] ([0-9#]+: )?|^\[[^\]]*\] \w+: ", "", lines[0])[:500]


def tester(folder, server):
    """A function that tests the files of some sites together: list of paths in, "" or the reason out. `server`: nginx or php-8.4."""
    def test(paths):
        form, prefix, end = (NGINX_TEST, "    include ", ";\n") if server == "nginx" else (FPM_TEST, "include = ", "\n")
        with tempfile.TemporaryDirectory(prefix="portal-test-", dir="/run") as scratch:
            path = f"{scratch}/{server}.conf"
            with open(path, "w", encoding="utf-8") as file:
                file.write(form.format(scratch=scratch, includes="".join(f"{prefix}{folder}/{item}{end}" for item in paths)))
            argv = ("nginx", "-t", "-c", path) if server == "nginx" else (server.replace("php-", "php-fpm"), "-t", "-y", path)
            rc, output = run(*argv)
        return reason_in(output.replace(f"{folder}/", "")) if rc else ""
    return test


def broken(paths, test):
    """Path → reason for the files that don't work; the rest works together."""
    if not paths:
        return {}
    reason = test(paths)
    if not reason:
        return {}
    if len(paths) == 1:
        return {paths[0]: reason}
    named = [path for path in paths if path in reason]
    if named:
        return {named[0]: reason, **broken([path for path in paths if path != named[0]], test)}
    half = len(paths) // 2
    found = {**broken(paths[:half], test), **broken(paths[half:], test)}
    rest = [path for path in paths if path not in found]
    again = test(rest) if rest else ""
    return {**found, rest[-1]: again, **broken(rest[:-1], test)} if again else found


def reload_fpm(version, sockets):
    """Reloads one FPM; requests under way finish. Returns "" once the sockets of its pools are there."""
    try:
        with open(f"/run/php/php{version}-fpm.pid", encoding="ascii") as file:
            os.kill(int(file.read()), signal.SIGUSR2)
    except (OSError, ValueError):
        rc, output = run("systemctl", "start", f"php{version}-fpm")
        if rc:
            return output
    return "" if wait_until(lambda: all(os.path.exists(path) for path in sockets), 20) else f"PHP-FPM {version} did not come back with all pools"


def live_generation():
    """What the running nginx says it serves."""
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(2)
            client.connect(NGINX_SOCKET)
            client.sendall(b"GET / HTTP/1.0\r\n\r\n")
            answer = b""
            while chunk := client.recv(4096):
                answer += chunk
        return answer.rsplit(b"\r\n\r\n", 1)[-1].decode("ascii", "replace").strip()
    except OSError:
        return ""


def reload_nginx(generation):
    """Makes nginx read its files again; "" once it serves that generation."""
    try:
        with open(NGINX_PID, encoding="ascii") as file:
            os.kill(int(file.read()), signal.SIGHUP)
    except (OSError, ValueError):
        run("systemctl", "start", "nginx")
    if wait_until(lambda: live_generation() == generation, 15):
        return ""
    rc, output = run("nginx", "-t", "-q")
    return reason_in(output) if rc else "nginx did not take the new files"


def wait_until(condition, seconds):
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            return False
        time.sleep(0.02)
    return True
