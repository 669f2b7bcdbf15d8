#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Storms against the live gateway: everything that peers can do wrong, at once; then calm, in which it must become idle.

    storm.py --build DIR [--seed N] [--seeds COUNT] [--seconds S] [--rate R] [--mgcp | --both] [--short] [--keep]

Half of the seeds of --both have a media gateway. --short does not wait for SIP dialogs that only a timer of the stack ends

Loopback must be its own (tests/lab/own-net.sh).
"""
import argparse
import os
import random
import shutil
import sys
import tempfile
import time

import gateway
import mgw
import pstn
import sip
from loop import Loop

SIP_WAIT = 64 * 0.1 + 1         # a transaction's life at the T1 of the configuration
SIP_LEFT = 40                   # the stack's timer D, whatever T1 is
IDLE_WAIT = 40                  # T1, T12 ... T22 of Q.764 are 15 seconds at least


class Storm:
    def __init__(self, build, where, seed, mgcp, short=False):
        self.short = short
        self.rng = random.Random(seed)
        wild = (1, 0.3, 0.1)[seed % 3]          # how much of what is sent is damaged, late or lost
        self.loop, self.mgcp = Loop(), None
        if mgcp:
            self.mgcp = mgw.Mgw(self.loop, self.fork())
            self.mgcp.quiet = True
        self.gw = gateway.Gateway(build, where, mgcp, config=gateway.STORM)
        self.base = self.gw.blocks()
        self.pstn = pstn.Pstn(self.loop, self.fork(), os.path.join(where, "mtp"))
        self.pstn.gone = lambda: self.gw.p.poll() is not None
        self.peers = [sip.Peer(self.loop, self.fork(), ip, transport) for ip, transport in
                      (("127.0.0.11", "udp"), ("127.0.0.12", "udp"), ("127.0.0.13", "tcp"), ("127.0.0.14", "tcp"), ("127.0.0.15", "udp"),
                       ("127.0.0.66", "udp"), ("127.0.0.67", "tcp"))]
        self.actors = [self.pstn] * 4 + self.peers + ([self.mgcp] if mgcp else [])
        for a in set(self.actors):
            a.wild = wild

    def fork(self):
        return random.Random(self.rng.getrandbits(64))

    def play(self, rate):
        if self.pstn.quiet:
            return
        self.rng.choice(self.actors).play()
        self.loop.after(self.rng.expovariate(rate), self.play, rate)

    def calm(self):
        for a in set(self.actors):
            a.calm()
        if not self.pstn.sock:
            self.loop.run(1)
            self.pstn.calm()
        self.loop.run(1)
        self.pstn.tidy()
        for group in ("pstn", "tandem"):
            for cic in range(1, 32):
                self.gw.vty(f"circuit {group} {cic} unblock")
        self.loop.run(1)
        self.pstn.tidy()

    def idle(self, seconds):
        end, bad = time.time() + seconds, ["?"]
        while bad and time.time() < end and self.gw.p.poll() is None:
            self.loop.run(0.5)
            bad = self.gw.busy()
        return bad

    def forget_sip_calls(self):
        """Between two SIP peers nobody else ends a call whose BYE was damaged."""
        n = 0
        for line in self.gw.vty("show calls").splitlines()[1:-1]:
            if "sip" in line or "plain" in line or "tunnel" in line or "strict" in line:
                self.gw.vty("clear call " + line.split()[0])
                n += 1
        return n

    def round(self, seconds, rate):
        """A storm and its calm; result: complaints."""
        watcher = gateway.Watcher(self.fork())
        watcher.start()
        for a in set(self.actors):
            a.quiet = False
        self.play(rate)
        self.loop.run(seconds, until=lambda: self.gw.p.poll() is not None)
        watcher.done = True
        watcher.join(12)
        if self.gw.p.poll() is not None:
            return ["the gateway has died"]
        bad = [f"command line: {watcher.error}"] if watcher.error else []
        if watcher.longest > 1:
            bad.append(f"a command took {watcher.longest:.1f} s")
        self.calm()
        self.loop.run(SIP_WAIT)
        self.cleared = self.forget_sip_calls()
        bad += self.idle(IDLE_WAIT)
        bad += self.gw.sums()
        return bad if self.short else bad + self.sip_left() + self.memory()

    def memory(self):
        n = self.gw.blocks()
        return [f"{n} blocks of memory, {self.base} at the start"] if n > self.base + 60 else []

    def sip_left(self):
        """SIP dialogs that no call holds any more end by their own timers."""
        end, n = time.time() + SIP_LEFT, 1
        while n and time.time() < end:
            n = self.gw.vty("show talloc-context application full filter sip_leg").count("struct sip_leg")
            self.loop.run(0.5)
        return [f"{n} SIP dialogs are left"] if n else []

    def close(self):
        if self.gw.p.poll() is None:
            self.gw.p.kill()
            self.gw.p.wait()
        for key in list(self.loop.sel.get_map().values()):
            key.fileobj.close()

    def summary(self):
        rows = self.gw.records()
        return (f"isup {self.pstn.sent}/{self.pstn.got} sip {sum(p.sent for p in self.peers)}/{sum(p.got for p in self.peers)} records {len(rows)} "
                f"answered {sum(1 for r in rows if r.get('answer'))} blocks {self.gw.blocks()} cleared {self.cleared}")


def storm(a, seed, mgcp):
    where = tempfile.mkdtemp(prefix="tollgate-qa-")
    s, bad = None, ["unfinished"]
    t = time.time()
    try:
        s = Storm(a.build, where, seed, mgcp, a.short)
        bad = s.round(a.seconds, a.rate)
        text = s.summary() if s.gw.p.poll() is None else ""
        bad += s.gw.stop()
    finally:
        for p in gateway.Gateway.all:
            if p.poll() is None:
                p.kill()
        if s:
            s.close()
        if not bad or not a.keep:
            shutil.rmtree(where)
    print(f"seed {seed} {'mgcp' if mgcp else 'none'} {time.time() - t:.0f} s: {text} {'ok' if not bad else 'FAILED ' + where}", flush=True)
    for b in bad:
        print("  " + b.replace("\n", "\n  "), flush=True)
    return not bad


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--build", required=True)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--seeds", type=int, default=1)
    ap.add_argument("--seconds", type=float, default=10)
    ap.add_argument("--rate", type=float, default=300)
    ap.add_argument("--mgcp", action="store_true")
    ap.add_argument("--both", action="store_true")
    ap.add_argument("--short", action="store_true")
    ap.add_argument("--keep", action="store_true")
    a = ap.parse_args()
    ok = True
    for seed in range(a.seed, a.seed + a.seeds):
        ok = storm(a, seed, a.mgcp or (a.both and seed // 3 % 2 == 1)) and ok
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
