# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs of a ladder: gateways with their configuration, and tollgate-exchange as the PSTN, which does what it is told."""
import json
import os
import re
import socket
import subprocess
import threading
import time

BUILD = os.environ.get("top_builddir") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
LIMIT = float(os.environ.get("LADDER_LIMIT", "10"))  # seconds that a message may be late
RUNNING = []  # processes, to be ended however the run ends
NODES = {"log": "log stderr", "stack": "sip", "isup": "isup", "media": "media-gateway plain", "pstn": "trunk-group pstn isup",
         "sip": "trunk-group sip sip", "other": "trunk-group other sip", "routes": "route-table all", "cdr": "cdr"}


def base(gw):
    """What every gateway has, node by node; a ladder adds lines and takes some out ("no ...")."""
    own, far = gw.points
    return {
        "log": ["logging filter all 1", "logging color 0", "logging timestamp 0", "logging level set-all notice"],
        "stack": [f"listen udp {gw.address} 5060", f"listen tcp {gw.address} 5060", f"host {gw.address}"],
        "isup": ["no timer-limits"],
        "media": ["type none", f"rtp {gw.address} 20000"] if not gw.mgcp else
                 [f"remote 127.0.0.1 {gw.mgcp}", "local 127.0.0.1", "domain gw", "endpoint ds/e1-%p/%t"],
        "pstn": [f"mtp local {gw.mtp} listen", f"dialect {gw.dialect}", f"point-code local {own}", f"point-code remote {far}", "circuits 1-8",
                 "hunt lowest", f"country-code {gw.country}", "media-gateway plain", "route-table all", "no reset-at-start"],
        "sip": [f"target {gw.peers['sip']} 5060 udp", f"country-code {gw.country}", "route-table all"],
        "other": [f"target {gw.peers['other']} 5060 udp", f"country-code {gw.country}", "route-table all"] if "other" in gw.peers else [],
        # in RFC 3666 +1972... is the called side, wherever it is
        "routes": [f"prefix 4930 trunk-group {'pstn' if gw.near else 'sip'}", f"prefix 4989 trunk-group {'sip' if gw.near else 'pstn'}"]
                  if gw.country == "49" else
                  ["prefix 1972 trunk-group " + gw.called],
        "cdr": [f"file {gw.records_path}"]}


class Vty:
    """The command line over telnet."""
    def __init__(self, address, process):
        end = time.monotonic() + LIMIT
        while True:
            try:
                self.sock = socket.create_connection((address, 4240), LIMIT)
                break
            except ConnectionRefusedError:
                if time.monotonic() > end or process.poll() is not None:
                    raise
                time.sleep(0.01)
        self.answer()
        self("enable")

    def answer(self):
        text = b""
        while not re.search(rb"Tollgate(\(\S+\))?[>#] $", text):
            got = self.sock.recv(65536)
            if not got:
                raise ConnectionError("the command line was closed")
            text += got
        return re.sub(rb"\xff[\xfb-\xfe].", b"", text).decode(errors="replace").replace("\r", "")

    def __call__(self, command):
        self.sock.sendall(command.encode() + b"\r")
        return "\n".join(self.answer().strip("\n").split("\n")[1:-1])


class Gateway:
    """One tollgate, for a ladder. mgcp: port of its media gateway, or None."""
    def __init__(self, where, name, address, peers, ladder, mgcp):
        self.dir, self.name, self.address, self.peers, self.mgcp, self.near = where, name, address, peers, mgcp, name == "gateway"
        self.dialect, self.country, self.called, self.points = ladder.dialect, ladder.country, ladder.called, ladder.points
        self.mtp, self.records_path = f"{where}/{name}.mtp", f"{where}/{name}.jsonl"
        nodes = base(self)
        for node, line in ladder.config:
            line = line.replace("$peer", peers["sip"])
            less = [x for x in nodes[node] if not x.startswith(line[3:])] if line.startswith("no ") else nodes[node]
            nodes[node] = less if len(less) < len(nodes[node]) else less + [line]
        text = f"line vty\n no login\n bind {address} 4240\n"
        text += "".join(NODES[n] + "\n" + "".join(f" {x}\n" for x in lines) for n, lines in nodes.items() if lines)
        path = f"{where}/{name}.cfg"
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        with open(f"{where}/{name}.log", "w", encoding="utf-8") as log:
            self.process = subprocess.Popen([os.path.join(BUILD, "tollgate"), "-c", path], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        RUNNING.append(self.process)
        try:
            self.vty = Vty(address, self.process)
        except OSError as e:
            self.kill()
            raise RuntimeError(f"{name} did not start: {e}\n{self.log()}{text}") from e

    def log(self):
        with open(f"{self.dir}/{self.name}.log", encoding="utf-8", errors="replace") as f:
            return f.read()

    def records(self):
        if not os.path.exists(self.records_path):
            return []
        with open(self.records_path, encoding="utf-8") as f:
            return [json.loads(line) for line in f]

    def counter(self, name):
        m = re.search(rf"^ *{re.escape(name)} +(\d+)", self.vty("show counters"), re.M)
        return int(m.group(1)) if m else None

    def left(self):
        """What is not idle."""
        bad, calls = [], self.vty("show calls")
        if calls.splitlines()[-1] != "0 calls":
            bad.append(calls)
        bad += [line for line in self.vty("show circuits").splitlines()
                if re.match(r"\S+ +\d+(-\d+)? ", line) and not re.match(r"\S+ +\S+ +idle +- ", line)]
        if self.counter("sip:dialogs"):
            bad.append(f"{self.counter('sip:dialogs')} SIP dialogs are left")
        return bad

    def stop(self):
        """Complaints about its end."""
        self.vty.sock.close()
        self.process.terminate()
        try:
            status = self.process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            self.kill()
            return [f"{self.name} does not end on SIGTERM"]
        wrong = re.compile(r"ERROR|FATAL|Sanitizer|runtime error|Assert failed|backtrace|not permitted")
        return ([f"{self.name} ended with status {status}"] if status else []) + [x for x in self.log().splitlines() if wrong.search(x)]

    def kill(self):
        self.process.kill()
        self.process.wait()


class Exchange:
    """tollgate-exchange without a will of its own: messages by command, and what came as text."""
    def __init__(self, gateway, trace):
        own, far = gateway.points
        scenario = f"{gateway.dir}/manual.scn"
        with open(scenario, "w", encoding="utf-8") as f:
            f.write("manual all\n")
        self.trace, self.inbox, self.replies, self.news, self.there = trace, [], [], threading.Condition(), False
        self.sent = {}  # the last message of each name, as text
        self.process = subprocess.Popen(
            [os.path.join(BUILD, "tollgate-exchange"), "--mtp", f"local:{gateway.mtp}", "--opc", far, "--dpc", own, "--dialect", gateway.dialect,
             "--scenario", scenario, "--control", "stdin", "--trace"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1)
        RUNNING.append(self.process)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        with self.news:
            if not self.news.wait_for(lambda: self.there, LIMIT):
                raise RuntimeError(f"the exchange does not reach the gateway: {self.replies}")
        until = time.monotonic() + LIMIT
        while time.monotonic() < until and " reachable" not in gateway.log():
            time.sleep(0.01)

    def read(self):
        for line in self.process.stdout:
            with self.news:
                kind, _, text = line.rstrip("\n").partition(" ")
                if re.match(r"\d\d:\d\d:\d\d\.", kind):
                    if text.startswith("> "):
                        self.sent[text[2:].split()[0]] = text[2:]
                elif kind == "message":
                    self.trace("<", text)
                    self.inbox.append(text)
                elif kind == "available":
                    self.there = True
                elif kind != "unavailable":
                    self.replies.append(line.rstrip("\n"))
                self.news.notify_all()

    def send(self, cic, words):
        """words as in a scenario; "raw HEX": whatever octets."""
        self.trace(">", f"{words.split(';')[0]} cic={cic}{words[len(words.split(';')[0]):]}")
        command = f"send-raw {words[4:]}" if words.startswith("raw ") else f"send {cic} {words}"
        with self.news:
            n = len(self.replies)
            self.process.stdin.write(command + "\n")
            said = self.news.wait_for(lambda: next((r for r in self.replies[n:] if r.split()[0] in ("ok", "error")), None), LIMIT)
        if not said or not said.startswith("ok"):
            raise RuntimeError(f"the exchange does not send {words}: {said}")

    def take(self, fits, timeout):
        with self.news:
            text = self.news.wait_for(lambda: next((t for t in self.inbox if fits(t)), None), timeout)
            if text:
                self.inbox.remove(text)
        return text

    def stop(self):
        """Complaints about what it got."""
        self.process.stdin.write("quit\n")
        try:
            self.process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return ["the exchange does not end"]
        self.reader.join(LIMIT)
        bad = next((x for x in self.replies if x.startswith("bad ")), "no summary of the exchange")
        return [] if re.search(r"\b0 malformed, 0 for circuits not ours, 0 from or to others", bad) else [bad]

    def kill(self):
        self.process.kill()
        self.process.wait()


def isup_tool(verb, text, dialect, octets=False):
    """Octets of a text message (without circuit), and back."""
    p = subprocess.run([os.path.join(BUILD, "tollgate-isup"), verb, "--no-cic", "--dialect", dialect, text.hex() if octets else text],
                       capture_output=True, text=True, timeout=LIMIT, check=False)
    if p.returncode:
        raise RuntimeError(f"tollgate-isup {verb} {text!r}: {p.stderr.strip()}")
    return p.stdout
