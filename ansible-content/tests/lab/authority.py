"""A certificate authority, DNS and DNS broker on the machine that runs the tests, for the nodes to talk to: Pebble and a broker of a few lines."""
import base64
import http.server
import json
import os
import signal
import subprocess
import threading
import time
import urllib.request

from lab import SCRATCH

USER, PASSWORD = "n-lab-1", "canary-broker"


class Broker(http.server.BaseHTTPRequestHandler):
    """The portal's side of lego's httpreq provider: POST /present and /cleanup with {"fqdn", "value"}."""
    calls, refuse = [], False

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        expected = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        good = self.headers.get("Authorization") == expected and not Broker.refuse
        Broker.calls.append((self.path, body["fqdn"], good))
        if good:
            verb = "set-txt" if self.path.endswith("/present") else "clear-txt"
            data = json.dumps({"host": body["fqdn"], "value": body["value"]}).encode()
            urllib.request.urlopen("http://127.0.0.1:18055/" + verb, data).read()
        self.send_response(200 if good else 403)
        self.end_headers()

    def log_message(self, *_):
        pass


class Authority:
    """Started and stopped around a test class; `acme` is what portal_node.acme shall be."""

    def __init__(self, address):
        self.address, self.processes = address, []
        folder = f"{SCRATCH}/authority"
        os.makedirs(folder)
        self.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30", "-subj", "/CN=lab", "-addext", f"subjectAltName=IP:{address}",
                 "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem")
        config = {"pebble": {"listenAddress": f"{address}:14100", "managementListenAddress": "127.0.0.1:15100", "certificate": f"{folder}/cert.pem", "privateKey": f"{folder}/key.pem",
                             "httpPort": 5002, "tlsPort": 5001, "ocspResponderURL": "", "externalAccountBindingRequired": False}}
        with open(f"{folder}/pebble.json", "w", encoding="utf-8") as file:
            json.dump(config, file)
        self.start("pebble-challtestsrv", "-management", "127.0.0.1:18055", "-dns01", "127.0.0.1:18053", "-http01", "", "-https01", "", "-tlsalpn01", "")
        self.start("pebble", "-config", f"{folder}/pebble.json", "-dnsserver", "127.0.0.1:18053", PEBBLE_VA_NOSLEEP="1", PEBBLE_WFE_NONCEREJECT="0")
        self.server = http.server.ThreadingHTTPServer((address, 18090), Broker)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        with open(f"{folder}/cert.pem", encoding="utf-8") as file:
            self.acme = {"directory": f"https://{address}:14100/dir", "email": "lab@example.test", "ca_pem": file.read(), "broker_url": f"http://{address}:18090", "broker_user": USER}
        self.wait(folder)

    def wait(self, folder):
        for _ in range(100):
            if subprocess.run(["curl", "-sf", "--cacert", f"{folder}/cert.pem", self.acme["directory"]], capture_output=True, check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise AssertionError("Pebble does not answer")

    @staticmethod
    def run(*argv):
        subprocess.run(argv, check=True, capture_output=True)

    def start(self, *argv, **environment):
        with open(f"{SCRATCH}/authority/{argv[0]}.log", "wb") as log:
            self.processes.append(subprocess.Popen(argv, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=log, stderr=log))

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
            process.wait()
