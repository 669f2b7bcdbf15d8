# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway's process, its command line and what must hold when all is quiet."""
import json
import os
import re
import socket
import subprocess
import threading
import time

CONFIG = """log stderr
 logging filter all 1
 logging color 0
 logging timestamp 1
 logging level set-all {level}
line vty
 no login
 bind 127.0.0.1 4240
sip
 listen udp 127.0.0.1 5060
 listen tcp 127.0.0.1 5060
 host 127.0.0.1
 t1 100
media-gateway none
 type none
 rtp 127.0.0.9 20000
{mgcp}
trunk-group pstn isup
 mtp local {dir}/mtp listen
 point-code local 1.1.1
 point-code remote 1.1.2
 circuits 1-31
 country-code 49
 media-gateway {media}
 route-table all
trunk-group tandem isup
 mtp local {dir}/mtp listen
 point-code local 1.1.1
 point-code remote 1.1.3
 circuits 1-31 termination 5001
 country-code 49
 media-gateway none
 route-table all
 hunt highest
trunk-group plain sip
 target 127.0.0.11 5060 udp
 country-code 49
 route-table all
trunk-group tunnel sip
 target 127.0.0.12 5060 udp
 target 127.0.0.13 5060 tcp
 country-code 49
 route-table all
 isup-body sip-t
trunk-group strict sip
 target 127.0.0.14 5060 tcp
 accept-from 127.0.0.15
 country-code 49
 route-table all
 isup-body sip-t
 isup-handling required
 100rel required
 no early-media
 max-calls 30
route-table all
 prefix 4930 trunk-group pstn
 prefix 4931 trunk-group tandem
 prefix 4989 trunk-group plain
 prefix 4988 trunk-group tunnel
 prefix 4987 trunk-group strict priority 0
 prefix 4987 trunk-group tunnel priority 1
 prefix 4987 trunk-group pstn priority 2
 prefix 4986 trunk-group tandem priority 0
 prefix 4986 trunk-group plain priority 1
cdr
 file {dir}/calls.jsonl
"""
MGCP = """media-gateway mgw
 type mgcp
 remote 127.0.0.5 2427
 local 127.0.0.1 2727
 domain mgw
 endpoint ds/e1-%p/%t
 keepalive 2
"""
# what a storm has beside: digits one after the other, redirections, ISUP in all bodies, all headers
STORM = CONFIG
for _group, _lines in (
        ("plain sip", " interworking profile-a\n redirect follow\n overlap info\n overlap minimum-digits 4\n overlap timer 4\n"
                      " trust-p-asserted-identity\n send-p-asserted-identity\n"),
        ("tunnel sip", " redirect any\n overlap invites\n overlap minimum-digits 3\n trust-p-asserted-identity\n"),
        ("strict sip", " interworking profile-c\n overlap info\n overlap timer 4\n isup-trust listed\n"),
        ("pstn isup", " overlap minimum-digits 3\n"), ("tandem isup", " interworking profile-c\n")):
    _rows = "" if "isup" in _group else "".join(f" mapping header {h} both\n" for h in (
        "diversion", "history-info", "p-charge-info", "isup-oli", "cic", "tgrp", "p-early-media", "resource-priority", "geolocation", "isub"))
    STORM = STORM.replace(f"trunk-group {_group}\n", f"trunk-group {_group}\n{_lines}{_rows}")
STORM = STORM.replace(" isup-body sip-t\n isup-handling required\n", " isup-body sip-i\n isup-handling required\n")


class Vty:
    def __init__(self, timeout=10):
        self.s = socket.create_connection(("127.0.0.1", 4240), timeout)
        self.s.settimeout(timeout)
        self.until(b">")
        self.longest = 0
        self.s.sendall(b"enable\n")
        self.until(b"#")

    def until(self, prompt):
        got = b""
        while not got.rstrip(b" ").endswith(prompt):
            part = self.s.recv(65536)
            if not part:
                raise ConnectionError("command line closed")
            got += part
        return got

    def __call__(self, command):
        t = time.monotonic()
        self.s.sendall(command.encode() + b"\n")
        got = self.until(b"#").decode("latin-1").replace("\r", "")
        self.longest = max(self.longest, time.monotonic() - t)
        return "\n".join(got.split("\n")[1:-1])


class Gateway:
    all = []                    # to be ended however a test ends

    def __init__(self, build, where, mgcp=False, level="error", config=None):
        self.dir, self.build = where, os.path.abspath(build)
        text = (config or CONFIG).format(dir=where, mgcp=MGCP if mgcp else "", media="mgw" if mgcp else "none", level=level)
        with open(os.path.join(where, "tollgate.cfg"), "w") as f:
            f.write(text)
        self.start()

    def start(self):
        self.out = open(os.path.join(self.dir, "tollgate.out"), "ab")
        self.p = subprocess.Popen([os.path.join(self.build, "tollgate"), "-c", "tollgate.cfg"], cwd=self.dir, stdout=self.out,
                                  stderr=self.out, stdin=subprocess.DEVNULL)
        Gateway.all.append(self.p)
        end = time.time() + 30
        while time.time() < end:
            try:
                self.vty = Vty()
                return
            except OSError:
                if self.p.poll() is not None:
                    break
                time.sleep(0.05)
        raise RuntimeError("gateway does not start: " + self.text()[-2000:])

    def text(self):
        with open(os.path.join(self.dir, "tollgate.out"), errors="replace") as f:
            return f.read()

    def stop(self, timeout=20):
        """Result: complaints."""
        if self.p.poll() is None:
            self.p.terminate()
        try:
            rc = self.p.wait(timeout)
        except subprocess.TimeoutExpired:
            self.p.kill()
            self.p.wait()
            return ["does not end on SIGTERM"]
        return ([f"exit status {rc}"] if rc else []) + self.reports()

    def reports(self):
        bad = re.compile(r"ERROR: \w+Sanitizer|runtime error:|Assert failed|backtrace|not permitted|not allowed|double free|SUMMARY: ")
        return [x for x in self.text().splitlines() if bad.search(x)][:20]

    def records(self):
        rows = []
        for name in ("calls.jsonl.1", "calls.jsonl"):
            path = os.path.join(self.dir, name)
            if os.path.exists(path):
                with open(path) as f:
                    rows += [json.loads(x) for x in f]
        return rows

    def groups(self):
        rows = [x.split() for x in self.vty("show trunk-groups").splitlines()[1:]]
        names = ("type", "pc", "calls", "circuits", "idle", "busy", "blocked", "in", "answered_in", "refused", "out", "answered_out")
        return {r[0]: dict(zip(names, [r[1], r[2]] + [int(x) for x in r[3:]])) for r in rows}

    def counters(self):
        return {x.split()[0]: int(x.split()[1]) for x in self.vty("show counters").splitlines()}

    def blocks(self):
        m = re.search(r"struct gw +contains +(\d+) bytes in +(\d+) blocks", self.vty("show talloc-context application brief"))
        return int(m.group(2)) if m else 0

    def busy(self):
        """What is not idle."""
        bad = []
        calls = self.vty("show calls").splitlines()
        if calls[-1] != "0 calls":
            bad.append("\n".join(calls))
        for name, g in self.groups().items():
            if g["calls"] or g["idle"] != g["circuits"] or g["blocked"]:
                bad.append(f"{name}: {g}")
        if any("isup" in b for b in bad):
            bad.append("\n".join(x for x in self.vty("show circuits").splitlines() if " Idle " not in x and " idle " not in x))
        for m in re.finditer(r"contexts (\d+).*|transactions ([1-9]\d*) under way", self.vty("show media-gateways")):
            if m.group(1) != "0":
                bad.append(m.group(0))
        return bad

    def sums(self):
        """What must hold of counters and records when idle."""
        bad, g, c, rows = [], self.groups(), self.counters(), self.records()
        total = sum(x["in"] for x in g.values())
        if total != len(rows):
            bad.append(f"{total} calls began, {len(rows)} records")
        if len({r["id"] for r in rows}) != len(rows):
            bad.append("two records of one call")
        if c["cdr:written"] != len(rows) or c["cdr:lost"]:
            bad.append(f"records counted {c['cdr:written']}, lost {c['cdr:lost']}, in the file {len(rows)}")
        answered = sum(1 for r in rows if r.get("answer"))
        if answered != sum(x["answered_in"] for x in g.values()) or answered != sum(x["answered_out"] for x in g.values()):
            bad.append(f"{answered} records of answered calls, counters say {g}")
        return bad


class Watcher(threading.Thread):
    """Commands all along, each of which must be answered soon."""
    SHOWS = ("show calls", "show circuits", "show trunk-groups", "show counters", "show media-gateways", "show mtp",
             "show talloc-context application brief")

    def __init__(self, rng, maintain=True):
        super().__init__(daemon=True)
        self.rng, self.maintain, self.done, self.longest, self.error, self.n = rng, maintain, False, 0, None, 0

    def run(self):
        try:
            vty = Vty()
            while not self.done:
                vty(self.rng.choice(self.SHOWS))
                if self.maintain and self.rng.random() < 0.3:
                    self.maintenance(vty)
                self.n, self.longest = self.n + 1, max(self.longest, vty.longest)
                time.sleep(0.1)
        except OSError as e:
            self.error = e

    def maintenance(self, vty):
        rng, group, cic = self.rng, self.rng.choice(("pstn", "tandem", "plain", "nobody")), self.rng.randrange(34)
        calls = [x.split()[0] for x in vty("show calls").splitlines()[1:-1]]
        vty(rng.choice((f"circuit {group} {cic} block", f"circuit {group} {cic} unblock", f"circuit {group} {cic} reset",
                        f"trunk-group {group} reset" if rng.random() < 0.2 else "show calls",
                        f"clear call {rng.choice(calls) if calls else 'x'}")))
