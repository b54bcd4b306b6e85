"""What a site is made of: its description tested by strict patterns, its nginx and PHP-FPM files, its first page.

Every value that reaches a file passed a pattern here that leaves no character of nginx's or FPM's own syntax.
"""
from __future__ import annotations

import re

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
NAME = re.compile(rf"(?=.{{1,253}}\Z)(?:\*\.)?(?:{LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?")
ID, USER, PHP = re.compile(r"[a-z][a-z0-9-]{0,62}"), re.compile(r"s[a-z0-9]{1,30}"), re.compile(r"[0-9]\.[0-9]{1,2}")
CERTIFICATES = "/etc/hostingportal/certificates"
MEMBERS = {"id", "user", "kind", "state", "names", "canonical", "certificate", "php"}
FORBIDDEN_FUNCTIONS = "dl,exec,passthru,pcntl_exec,popen,posix_kill,posix_setuid,proc_open,shell_exec,system"


def is_text(value, pattern):
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def problem_of(site, php_versions):
    """Why this description can't be served, "" if it can. Never repeats a value that is not clean."""
    if not isinstance(site, dict) or set(site) != MEMBERS:
        return "the description has missing or unknown members"
    if not is_text(site["id"], ID) or not is_text(site["user"], USER):
        return "id or user is not valid"
    if site["state"] not in ("present", "suspended", "absent") or site["kind"] not in ("static", "php"):
        return "state or kind is not known"
    if site["state"] == "absent":
        return ""
    names = site["names"]
    if not isinstance(names, list) or not 1 <= len(names) <= 100 or not all(is_text(name, NAME) for name in names):
        return "names are not 1 to 100 domain names in lower case"
    if site["canonical"] not in names or site["canonical"].startswith("*"):
        return "the canonical name is not one of the names"
    if site["certificate"] != "" and not is_text(site["certificate"], ID):
        return "certificate is not valid"
    if site["kind"] == "php" and (not is_text(site["php"], PHP) or site["php"] not in php_versions):
        return "this PHP version is not on the node"
    return ""


def nginx_file(site):
    """The vhosts of a site: HTTP and other names redirect to https://canonical/."""
    names, canonical = site["names"], site["canonical"]
    others = [name for name in names if name != canonical]
    folder = f"{CERTIFICATES}/{site['certificate']}"
    tls = f"""    listen 443 ssl;
    listen [::]:443 ssl;
    ssl_certificate {folder}/fullchain.pem;
    ssl_certificate_key {folder}/privkey.pem;
"""
    redirect = f"    return 301 https://{canonical}$request_uri;\n"
    text = f"server {{\n    listen 80;\n    listen [::]:80;\n    server_name {' '.join(names)};\n{redirect}}}\n"
    if others:
        text += f"server {{\n{tls}    server_name {' '.join(others)};\n{redirect}}}\n"
    text += f"server {{\n{tls}    server_name {canonical};\n    root /home/{site['user']}/public;\n    disable_symlinks if_not_owner from=/home/{site['user']};\n"
    text += f"    access_log /var/log/nginx/{site['id']}.access.log combined buffer=4k flush=2s;\n    error_log /var/log/nginx/{site['id']}.error.log;\n"
    if site["state"] == "suspended":
        return text + "    return 503;\n}\n"
    text += "    location ~ /\\.(?!well-known/) { return 404; }\n"
    if site["kind"] == "static":
        return text + "    index index.html;\n    location / { try_files $uri $uri/ =404; }\n}\n"
    return text + f"""    index index.php index.html;
    location / {{ try_files $uri $uri/ /index.php?$args; }}
    location ~ \\.php$ {{
        try_files $uri =404;
        include /etc/nginx/fastcgi.conf;
        fastcgi_pass unix:{socket_of(site)};
        fastcgi_read_timeout 75s;
    }}
}}
"""


def socket_of(site):
    return f"/run/php/portal-{site['id']}.sock"


def pool_file(site):
    """The FPM pool of a site: own user, nothing readable outside its home."""
    home = f"/home/{site['user']}"
    return f"""[{site['id']}]
user = {site['user']}
group = {site['user']}
listen = {socket_of(site)}
listen.owner = www-data
listen.group = www-data
listen.mode = 0600
pm = ondemand
pm.max_children = 8
pm.process_idle_timeout = 60s
pm.max_requests = 500
request_terminate_timeout = 75s
catch_workers_output = yes
security.limit_extensions = .php
env[HOME] = {home}
env[TMPDIR] = {home}/tmp
php_admin_value[open_basedir] = {home}:/usr/share/php
php_admin_value[disable_functions] = {FORBIDDEN_FUNCTIONS}
php_admin_value[upload_tmp_dir] = {home}/tmp
php_admin_value[sys_temp_dir] = {home}/tmp
php_admin_value[session.save_path] = {home}/tmp
php_admin_value[error_log] = {home}/logs/php.log
"""


def files_of(site):
    """Relative path → text of everything in a generation that belongs to a site with a certificate."""
    files = {f"nginx/{site['id']}.conf": nginx_file(site)} if site["certificate"] else {}
    if site["kind"] == "php":
        files[f"php-{site['php']}/{site['id']}.conf"] = pool_file(site)
    return files


PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>@NAME@</title>
<style>
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1.05rem/1.6 system-ui, sans-serif; background: #f6f7f9; color: #1d2530 }
main { max-width: 34rem; padding: 2rem; text-align: center }
h1 { font-size: 1.7rem; margin: 0 0 .5rem }
p { margin: .3rem 0; color: #566172 }
@media (prefers-color-scheme: dark) { body { background: #12161c; color: #e7ebf0 } p { color: #9aa6b6 } }
</style>
</head>
<body>
<main>
<h1>@NAME@</h1>
<p>This site is ready. Put its files into the folder <code>public</code>.</p>
@MORE@</main>
</body>
</html>
"""


def first_page(site):
    """(file name, text) of the page a new site shows until its owner brings files."""
    page = PAGE.replace("@NAME@", site["canonical"])
    if site["kind"] == "static":
        return "index.html", page.replace("@MORE@", "")
    return "index.php", page.replace("@MORE@", "<p>PHP <?= htmlspecialchars(PHP_VERSION) ?></p>\n")
