#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway under load, signalling only: tollgate-exchange on a local MTP socket on one side, SIPp on the other.

    bench.py --build DIR [--quick]       one line a figure: bench NAME VALUE UNIT

CPU is user and system time of the gateway's process alone. Run it where loopback is its own (own-net.sh); the peers share the
two processors with the gateway, so calls per second is what the whole bench manages, CPU per call is the gateway's own.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lab"))
import peers  # noqa: E402
import sipp  # noqa: E402

CONFIG = """log stderr
 logging filter all 1
 logging color 0
 logging level set-all error
line vty
 no login
 bind 127.0.0.1 4240
sip
 listen udp 127.0.0.1 5060
 host 127.0.0.1
 t1 {t1}
media-gateway none
 type none
 rtp 127.0.0.9 20000
trunk-group pstn isup
 mtp local {dir}/mtp listen
 point-code local 1.1.1
 point-code remote 1.1.2
 circuits 1-4095
 country-code 49
 media-gateway none
 route-table all
 no reset-at-start
trunk-group sip sip
 target 127.0.0.11 5060 udp
 country-code 49
 route-table all
route-table all
 prefix 4930 trunk-group pstn
 prefix 4989 trunk-group sip
cdr
 file {dir}/calls.jsonl
"""


class Bench:
    def __init__(self, build, where, t1=500):
        self.build, self.dir, self.procs = os.path.abspath(build), where, []
        with open(os.path.join(where, "tollgate.cfg"), "w") as f:
            f.write(CONFIG.format(dir=where, t1=t1))
        self.gateway = self.start("tollgate", [self.tool("tollgate"), "-c", "tollgate.cfg"])
        peers.wait_udp("127.0.0.1", 5060)

    def tool(self, name):
        return os.path.join(self.build, name)

    def start(self, name, argv):
        out = open(os.path.join(self.dir, name + ".out"), "wb")
        p = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, cwd=self.dir)
        self.procs.append(p)
        return p

    def text(self, name):
        with open(os.path.join(self.dir, name + ".out"), errors="replace") as f:
            return f.read()

    def stop(self):
        for p in self.procs:
            if p.poll() is None:
                p.terminate()
        for p in self.procs:
            try:
                p.wait(8)
            except subprocess.TimeoutExpired:
                p.kill()
                p.wait()

    def cpu(self):
        with open(f"/proc/{self.gateway.pid}/stat") as f:
            fields = f.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def rss_kib(self):
        with open(f"/proc/{self.gateway.pid}/status") as f:
            return next(int(x.split()[1]) for x in f if x.startswith("VmRSS"))

    def exchange(self, name, *args):
        return self.start(name, [self.tool("tollgate-exchange"), "--mtp", f"local:{self.dir}/mtp", "--opc", "1.1.2", "--dpc",
                                 "1.1.1", "--cics", "1-4095", "--json", "--quiet", *args])

    def uas(self, hold_ms):
        scenario = sipp.uas(["180", "200sdp", "BYE"])
        with open(os.path.join(self.dir, "uas.xml"), "w") as f:
            f.write(scenario)
        p = self.start("uas", ["sipp", "-sf", "uas.xml", "-nostdin", "-i", "127.0.0.11", "-p", "5060", "-mi", "127.0.0.11"])
        peers.wait_udp("127.0.0.11", 5060)
        return p

    def records(self):
        with open(os.path.join(self.dir, "calls.jsonl")) as f:
            return sum(1 for _ in f)


def with_bench(build, play, **kw):
    with tempfile.TemporaryDirectory(prefix="tollgate-bench-") as where:
        b = Bench(build, where, **kw)
        try:
            return play(b)
        finally:
            b.stop()


def summary(b, name):
    line = next((x for x in reversed(b.text(name).splitlines()) if x.startswith("{")), None)
    if line is None:
        raise RuntimeError(f"{name} gave no summary: {b.text(name)[-500:]}")
    return json.loads(line)


def isup_to_sip(rate, calls):
    """Result: CPU seconds a call, calls per second reached, calls failed."""
    def play(b):
        b.uas(0)
        time.sleep(1.2)
        cpu, t0 = b.cpu(), time.time()
        p = b.exchange("place", "--called", "+4989%6d", "--calling", "+4930111", "--rate", str(rate), "--calls", str(calls),
                       "--place", "call-answer", "--hold", "300ms")
        p.wait(calls / rate * 4 + 60)
        took = time.time() - t0
        cpu = b.cpu() - cpu
        s = summary(b, "place")
        failed = calls - s["outgoing"]["ok"]
        if not failed and b.records() != calls:
            failed = abs(calls - b.records())
        return cpu / calls, calls / max(took - 1.3, calls / rate), failed
    return with_bench(build_dir, play)


def sip_to_isup(rate, calls):
    def play(b):
        b.exchange("answer", "--scenario", "answer")
        time.sleep(1.5)
        with open(os.path.join(b.dir, "uac.xml"), "w") as f:
            f.write(sipp.uac(["INVITE", "180?", "200", "ACK", "wait 300", "BYE"]))
        with open(os.path.join(b.dir, "uac.csv"), "w") as f:
            f.write("SEQUENTIAL\n+4989111\n")
        cpu, t0 = b.cpu(), time.time()
        p = b.start("uac", ["sipp", "-sf", "uac.xml", "-nostdin", "-i", "127.0.0.11", "-p", "5060", "-mi", "127.0.0.11", "-inf",
                            "uac.csv", "-s", "+4930222", "-r", str(rate), "-m", str(calls), "-l", "4000", "-trace_stat", "-stf",
                            "uac.stat", "-fd", "1", "127.0.0.1:5060"])
        p.wait(calls / rate * 4 + 60)
        took = time.time() - t0
        cpu = b.cpu() - cpu
        with open(os.path.join(b.dir, "uac.stat")) as f:
            lines = f.read().splitlines()
        row = dict(zip(lines[0].split(";"), lines[-1].split(";")))
        failed = calls - int(row["SuccessfulCall(C)"])
        time.sleep(0.5)
        if not failed and b.records() != calls:
            failed = abs(calls - b.records())
        return cpu / calls, calls / max(took - 0.5, calls / rate), failed
    return with_bench(build_dir, play)


def held(calls):
    """KiB of resident memory a held call. A finished SIP transaction stays for half a minute (64 * T1), so calls are set up at an
    even rate, and the growth counts from when as many transactions end as begin."""
    def play(b):
        b.uas(0)
        time.sleep(1.2)
        rate = 60
        b.exchange("place", "--called", "+4989%6d", "--calling", "+4930111", "--rate", str(rate), "--calls", str(calls), "--place",
                   "call-answer", "--hold", "600s")
        time.sleep(40)
        first, before = b.held_calls(), b.rss_kib()
        deadline = time.time() + calls / rate
        while b.held_calls() < calls and time.time() < deadline:
            time.sleep(0.5)
        return (b.rss_kib() - before) / (b.held_calls() - first)
    return with_bench(build_dir, play)


def held_calls(_):
    rows = [x.split() for x in peers.vty("show trunk-groups", 4240).splitlines()]
    return int(next(x for x in rows if x[0] == "pstn")[3])


Bench.held_calls = held_calls


def highest(play, rates, seconds):
    """The highest of the rates without one failed call."""
    best = 0.0
    for rate in rates:
        _, reached, failed = play(rate, int(rate * seconds))
        print(f"# {rate} calls per second offered: {reached:.0f} reached, {failed} failed", flush=True)
        if failed:
            break
        best = max(best, min(reached, rate))
    return best


def line(name, value, unit, digits=3):
    print(f"bench {name} {value:.{digits}f} {unit}", flush=True)


def main():
    quick = "--quick" in sys.argv
    seconds, rates = (3, [500, 1000]) if quick else (6, [500, 1000, 1500, 2000, 2500, 3000])
    failed = 0
    for name, play in (("isup-to-sip", isup_to_sip), ("sip-to-isup", sip_to_isup)):
        cpu, _, bad = play(300, 300 * seconds)
        failed += bad
        line(f"cpu-ms-per-call-{name}", cpu * 1000, "ms")
        line(f"calls-per-second-{name}", highest(play, rates, seconds), "calls/s", 0)
    line("kib-per-held-call", held(3000 if quick else 4000), "KiB", 2)
    return 1 if failed else 0


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("--build", required=True)
    ap.add_argument("--quick", action="store_true")
    build_dir = ap.parse_args().build
    sys.exit(main())
