#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab: real peers around the gateway on one loopback, and calls through it.

    lab.py --build DIR --out DIR [--calls NAME,...] [--all] [--load N]

Runs where the kernel has SCTP (see with-sctp.sh) and where 127.0.0.0/8 is its own (a network namespace or a machine of its own).
Leaves in --out: lab.pcapng, results.json (each call: expectation, outcome, time window), calls.jsonl (the gateway's records), logs.

    127.0.0.1   tollgate            127.0.0.2  osmo-stp          127.0.0.3   tollgate-exchange (1.1.2)
    127.0.0.4   libss7 (1.1.3)      127.0.0.5  osmo-mgw          127.0.0.11  SIPp   .12 SIPp with SIP-T   .13 baresip
    127.0.0.15  SIPp, numbers digit by digit    .16 SIPp as a 3GPP network    .21 tollgate, the far end of its own SIP-I trunk
"""
import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import failures
import peers
from baresip import Baresip
from bearer import Bearer
from calls import CALLS
from errors import Failed
from failures import FAILURES
from load import LOAD

MEDIA_GATEWAY = "127.0.0.5"
HERE = os.path.dirname(os.path.abspath(__file__))


class Lab:
    def __init__(self, build, out):
        self.build, self.out = os.path.abspath(build), os.path.abspath(out)
        self.procs, self.results, self.ends = [], [], {}
        self.exchange = self.ss7 = self.gateway = None
        self.t0 = time.time()

    def say(self, text):
        print(f"  {time.time() - self.t0:5.1f} s  {text}", flush=True)

    def path(self, name):
        return os.path.join(self.out, name)

    def tool(self, name):
        return os.path.join(self.build, name)

    def start(self, name, argv, stdin=None):
        log = open(self.path(name + ".log"), "ab")
        p = subprocess.Popen(argv, stdin=stdin or subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, cwd=self.out)
        p.lab_name, p.lab_log = name, self.path(name + ".log")
        self.procs.append(p)
        return p

    def log_text(self, name):
        try:
            with open(self.path(name + ".log"), errors="replace") as f:
                return f.read()
        except FileNotFoundError:
            return ""

    def wait_log(self, name, text, timeout=20, after=0):
        """Until text stands in the log of name behind octet `after`; gives the log from there."""
        end = time.time() + timeout
        while time.time() < end:
            log = self.log_text(name)[after:]
            if text in log:
                return log
            time.sleep(0.03)
        raise Failed(f"{name} did not say '{text}' within {timeout} s")

    def vty(self, command, enable=False):
        return peers.vty(command, 4240, enable)

    def counters(self):
        return {x.split()[0]: int(x.split()[1]) for x in self.vty("show counters").splitlines() if len(x.split()) == 2}

    def wait_vty(self, command, text, timeout=25):
        end, got = time.time() + timeout, ""
        while time.time() < end:
            try:
                got = self.vty(command)
            except OSError:
                pass
            if text in got:
                return got
            if self.gateway.poll() is not None:
                raise Failed("tollgate has ended: " + self.log_text("tollgate")[-300:])
            time.sleep(0.2)
        raise Failed(f"'{command}' did not show '{text}' within {timeout} s, but:\n{got}")

    def stop(self):
        """Last started, first stopped: the gateway goes before its STP, and the capture is there until the end."""
        for p in reversed(self.procs):
            if p is self.procs[0]:
                time.sleep(0.5)
            if p.poll() is None:
                p.send_signal(signal.SIGINT if p is self.procs[0] else signal.SIGTERM)
            try:
                p.wait(8)
            except subprocess.TimeoutExpired:
                p.kill()
                p.wait()

    # --- the peers that calls may kill ---

    def start_stp(self):
        self.start("osmo-stp", ["osmo-stp", "-c", self.path("osmo-stp.cfg")])

    def start_mgw(self):
        self.start("osmo-mgw", ["osmo-mgw", "-c", self.path("osmo-mgw.cfg")])

    def start_gateway(self):
        self.gateway = self.start("tollgate", [self.tool("tollgate"), "-c", self.path("tollgate.cfg")])
        self.wait_vty("show trunk-groups", "exchange")

    def kill(self, name):
        p = next(p for p in reversed(self.procs) if p.lab_name == name)
        p.kill()
        p.wait()

    def circuits_reset(self, timeout=25):
        """Until the exchange is reachable and all circuits have been reset."""
        end = time.time() + timeout
        while time.time() < end:
            rows = [x.split() for x in self.vty("show circuits").splitlines()[1:-1]]
            if rows and all(r[2:5] == ["idle", "-", "-"] for r in rows):
                return
            time.sleep(0.1)
        raise Failed("circuits are not in service:\n" + self.vty("show circuits"))

    # --- what calls use ---

    def sipp(self, name, scenario, args, calls=1):
        """Starts one SIPp; finished(it) waits for its calls."""
        xml = self.path(name + ".xml")
        with open(xml, "w", encoding="latin-1") as f:
            f.write(scenario)
        return self.start(name, ["sipp", "-sf", xml, "-nostdin", "-m", str(calls), "-timeout", "60s", "-timeout_error",
                                 "-trace_err", "-error_file", self.path(name + ".err"), *args])

    def uas(self, name, scenario, address="127.0.0.11", calls=1):
        p = self.sipp(name, scenario, ["-i", address, "-p", "5060", "-mi", address], calls)
        peers.wait_udp(address, 5060)
        return p

    def uac(self, name, scenario, called, calling="+498912345", address="127.0.0.11", calls=1, rate=10):
        with open(self.path(name + ".csv"), "w") as f:
            f.write("SEQUENTIAL\n" + calling + "\n")
        return self.sipp(name, scenario, ["-i", address, "-p", "5070", "-mi", address, "-s", called, "-r", str(rate), "-l", "20",
                                          "-inf", self.path(name + ".csv"), "127.0.0.1:5060"], calls)

    def finished(self, p, timeout=40):
        try:
            rc = p.wait(timeout)
        except subprocess.TimeoutExpired:
            p.kill()
            raise Failed(f"{p.lab_name} did not end within {timeout} s") from None
        if rc:
            err = self.path(p.lab_name + ".err")
            why = open(err, errors="replace").read()[-400:] if os.path.exists(err) else ""
            raise Failed(f"{p.lab_name} ended with status {rc} {why}")

    def order(self, text):
        """A command to the exchange; its answer line."""
        at = len(self.log_text("exchange"))
        self.exchange.stdin.write((text + "\n").encode())
        self.exchange.stdin.flush()
        end = time.time() + 10
        while time.time() < end:
            for line in self.log_text("exchange")[at:].splitlines():
                if line.startswith(("ok ", "error ")):
                    if line.startswith("error"):
                        raise Failed(f"exchange: {line}")
                    return line
            time.sleep(0.03)
        raise Failed(f"exchange did not answer '{text}'")

    def place(self, called, calling, scenario, st="F"):
        """A call from the exchange, its number whole (st: "F"); wait for it by placed()."""
        line = self.order(f"call {called}{st} {calling} {scenario}")
        return line.split()[2]

    def placed(self, number, timeout=40):
        log = self.wait_log("exchange", f"end {number} ", timeout)
        line = next(x for x in log.splitlines() if x.startswith(f"end {number} "))
        if "passed" not in line:
            raise Failed("exchange: " + line)

    def idle(self):
        """Nothing left behind: no call, no circuit."""
        self.wait_vty("show calls", "0 calls", 10)
        end = time.time() + 10
        while time.time() < end:
            busy = [x for x in self.vty("show circuits").splitlines() if x.split()[2:3]
                    and x.split()[1].replace("-", "").isdigit() and x.split()[2] != "idle"]
            if not busy:
                return
            time.sleep(0.2)
        raise Failed("circuits are still busy:\n" + "\n".join(busy))

    def clean_up(self):
        """After a call that went wrong, so that the next has its chance."""
        try:
            self.baresip.command("hangup")
            for x in self.vty("show calls").splitlines()[1:-1]:
                self.vty("clear call " + x.split()[0], enable=True)
            self.idle()
        except (Failed, OSError) as e:
            self.say(f"(not clean: {str(e).splitlines()[0]})")

    def records(self):
        try:
            with open(self.path("calls.jsonl")) as f:
                return [json.loads(x) for x in f]
        except FileNotFoundError:
            return []

    # --- one call ---

    def run(self, call):
        before = len(self.records())
        window = [time.time()]
        problem = note = None
        try:
            note = call.play(self)
            self.idle()
            new = self.records()[before:]
            if len(new) != call.records:
                raise Failed(f"{len(new)} call records instead of {call.records}")
            for r in new:
                for key, want in call.record.items():
                    if r.get(key) != want:
                        raise Failed(f"call record says {key} {r.get(key)}, not {want}")
        except (Failed, OSError) as e:
            problem = str(e)
            self.clean_up()
        time.sleep(0.15)
        window.append(time.time())
        self.results.append({"name": call.name, "title": call.title, "ladder": call.ladder, "from": window[0], "to": window[1],
                             "problem": problem, "note": note, "malformed": call.malformed, "shows": call.shows})
        self.say(f"{'ok    ' if not problem else 'FAILED'} {call.title}" + (f": {problem or note}" if problem or note else ""))


PROGRAMS = {"osmo-stp": "osmo-stp", "osmo-mgw": "osmo-mgw", "sipp": "sip-tester", "baresip": "baresip-core", "sox": "sox",
            "dumpcap": "wireshark-common", "tshark": "tshark", "ip": "iproute2"}


def missing_programs(build):
    """What the lab needs and is not there, with the way to it."""
    out = [f"{p} (package {package})" for p, package in PROGRAMS.items() if not shutil.which(p)]
    return out + [f"{p} (make {p})" for p in ("tollgate", "tollgate-exchange", "tests/lab/ss7sg")
                  if not os.path.exists(os.path.join(build, p))]


def bring_up(lab, gateway):
    peers.write_configs(lab, gateway)
    lab.capture = peers.capture(lab)
    lab.start_stp()
    lab.start_mgw()
    lab.say("osmo-stp and osmo-mgw run")
    lab.ss7 = lab.start("libss7", [lab.tool("tests/lab/ss7sg"), "-g", "2057", "-e", "2059", "-l", "127.0.0.4", "-p", "2905"],
                        stdin=subprocess.PIPE)
    lab.exchange = lab.start("exchange", [lab.tool("tollgate-exchange"), "--mtp", "sigtran:" + lab.path("exchange.cfg"),
                                          "--opc", "1.1.2", "--dpc", "1.1.1", "--cics", "1-15,17-31,33-63", "--control", "stdin",
                                          "--scenario", os.path.join(HERE, "exchange.scn"), "--answer-delay", "300ms",
                                          "--hold", "500ms", "--trace"],
                             stdin=subprocess.PIPE)
    lab.wait_log("exchange", "ASP_ACTIVE")
    lab.wait_log("libss7", "link up")
    lab.start_gateway()
    lab.bearer = Bearer([*range(1, 16), *range(17, 32), *range(33, 64)], MEDIA_GATEWAY)
    lab.bearer.start()
    lab.baresip = Baresip(lab, MEDIA_GATEWAY)
    lab.say("tollgate, tollgate-exchange, libss7 and baresip run")
    lab.circuits_reset()
    lab.say("associations are up, circuits are reset")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--build", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--calls", default="", help="names; default: all of the demo")
    ap.add_argument("--all", action="store_true", help="and load, and the calls that meet something broken")
    opts = ap.parse_args()
    missing = missing_programs(opts.build)
    if missing:
        print("the lab needs: " + ", ".join(missing))
        return 1
    os.makedirs(opts.out, exist_ok=True)
    lab = Lab(opts.build, opts.out)
    chosen = [c for c in CALLS + LOAD + FAILURES if c.name in opts.calls.split(",")] if opts.calls else \
        CALLS + (LOAD + FAILURES if opts.all else [])
    try:
        bring_up(lab, failures.config(peers.GATEWAY) if set(chosen) & set(FAILURES) else peers.GATEWAY)
        for call in chosen:
            lab.run(call)
    except Failed as e:
        lab.results.append({"name": "lab", "title": "the lab comes up", "ladder": [], "from": 0, "to": 0, "problem": str(e)})
        lab.say(f"FAILED {e}")
    finally:
        with open(lab.path("show.txt"), "w") as f:
            for command in ("show trunk-groups", "show circuits", "show calls", "show media-gateways", "show mtp", "show counters"):
                try:
                    f.write(f"tollgate> {command}\n{lab.vty(command)}\n")
                except OSError as e:
                    f.write(f"{command}: {e}\n")
        lab.stop()
        with open(lab.path("results.json"), "w") as f:
            json.dump(lab.results, f, indent=1)
    rc = lab.gateway.returncode if lab.gateway else 1
    if rc:
        print(f"tollgate ended with status {rc}")
    return 1 if rc or any(r["problem"] for r in lab.results) else 0


if __name__ == "__main__":
    sys.exit(main())
