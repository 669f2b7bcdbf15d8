#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ladders between real programs: tollgate, tollgate-exchange as the PSTN, a SIP peer, all on loopback addresses of this run's own.

run.py                plays all ladders of this folder, several at a time
run.py [-v] NAME ...  plays those whose names begin so; -v: shows them as they happened

LADDER_JOBS: so many at a time; LADDER_LIMIT: seconds that a message may be late. FLOWS is compared with the files that are there."""
import concurrent.futures
import os
import signal
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[0:0] = [HERE, os.path.dirname(HERE)]
from check_tollgate import free_ports  # noqa: E402
from continuity import Mgw  # noqa: E402
from ladder import End, Ladder, Play  # noqa: E402
from peer import Peer  # noqa: E402
from tables import TABLES  # noqa: E402
from words import Mismatch  # noqa: E402
from world import RUNNING, Exchange, Gateway  # noqa: E402

AT_ONCE = int(os.environ.get("LADDER_JOBS", "10"))
FLOWS = ([f"rfc3666_2_{n}" for n in range(1, 8)] + [f"rfc3666_3_{n}" for n in range(1, 10)] +
         [f"x{n:02}" for n in range(1, 24)])
slots, slots_lock = list(range(60)), threading.Lock()


def addresses(slot):
    """Loopback addresses that no other run or ladder has: gateway, its peers."""
    pid = os.getpid()
    return {name: f"127.{64 + (pid >> 8) % 128}.{pid % 256}.{slot * 4 + i}" for i, name in enumerate(("gateway", "sip", "other", "far"), 1)}


class Run:
    """Programs and peers of a ladder, while it is played."""
    def __init__(self, ladder, slot, where):
        self.ladder, self.address, self.play, self.where = ladder, addresses(slot), None, where
        self.ends, self.peers = [], {}

    def trace(self, side):
        return lambda direction, m: self.play and self.play.event(side, direction, m)

    def begin(self, side, name, peers, mgcp):
        end = End(Gateway(self.where, name, self.address[name], peers, self.ladder, mgcp))
        self.ends.append(end)
        end.exchange = Exchange(end.gateway, self.trace(side))

    def start(self):
        x, a, mgcp = self.ladder, self.address, None
        if x.media == "tones":
            mgcp, = free_ports(1)
            Mgw(mgcp).start()
        if x.far:
            self.begin("pstn", "gateway", {"sip": a["far"]}, mgcp)
            self.begin("far", "far", {"sip": a["gateway"]}, mgcp)
        else:
            self.peers = {n: Peer(a[n], 5060, (a["gateway"], 5060)) for n in x.peers}
            self.begin("pstn", "gateway", {n: a[n] for n in x.peers}, mgcp)
        self.play = Play(x, self.ends, self.peers)
        for n, p in self.peers.items():
            p.trace = self.trace(n)

    def run(self):
        """Complaints."""
        bad = []
        try:
            self.start()
            self.play.play()
            bad += self.play.idle()
        except (Mismatch, RuntimeError, OSError) as e:
            bad.append(str(e))
        for end in self.ends:
            if end.exchange:
                bad += end.exchange.stop() if not bad else (end.exchange.kill() or [])
        for end in self.ends:
            bad += end.gateway.stop()
        for p in self.peers.values():
            p.close()
        return bad

    def logs(self):
        return "".join(f"log of {end.gateway.name}: {x}\n" for end in self.ends for x in end.gateway.log().splitlines()[-15:])


def source(name):
    """The ladder's file and its text: read, or made of a table."""
    path = os.path.join(HERE, name + ".ladder")
    if name in TABLES:
        return name, TABLES[name]()
    with open(path, encoding="utf-8") as f:
        return path, f.read()


def play(name, verbose):
    begun = time.monotonic()
    with slots_lock:
        slot = slots.pop(0)
    with tempfile.TemporaryDirectory(prefix="ladder-") as where:
        run = Run(Ladder(*source(name)), slot, where)
        bad = run.run()
        text = ""
        if (bad or verbose) and run.play:
            text = run.play.drawn() + "\n"
        if bad:
            text += "\n".join(bad) + "\n" + run.logs()
    with slots_lock:
        slots.append(slot)
    return bad, text, time.monotonic() - begun, run.ladder.title


def complete(names):
    """Flows without a ladder."""
    return [f"{flow} has no ladder" for flow in FLOWS if not any(n == flow or n.startswith(flow + "_") for n in names)]


def stopped(_signal, _frame):
    """Somebody has had enough: nothing is left running."""
    for p in RUNNING:
        if p.poll() is None:
            p.kill()
    os._exit(1)


def main():
    signal.signal(signal.SIGTERM, stopped)
    signal.signal(signal.SIGINT, stopped)
    args = sys.argv[1:]
    verbose = "-v" in args
    wanted = [a for a in args if a != "-v"]
    names = list(TABLES) + sorted(n.removesuffix(".ladder") for n in os.listdir(HERE) if n.endswith(".ladder"))
    failed = [] if wanted else complete(names)
    names = [n for n in names if not wanted or any(n.startswith(w) for w in wanted)]
    for line in failed:
        print(f"FAILED {line}")
    begun = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        for name, (bad, text, seconds, title) in zip(names, pool.map(lambda n: play(n, verbose), names)):
            print(f"{'FAILED' if bad else 'ok'} {name} ({seconds:.1f} s): {title}\n{text}", end="", flush=True)
            failed += bad
    if not names:
        failed.append("there is no such ladder")
    print(f"{len(names)} ladders in {time.monotonic() - begun:.1f} s, {len(failed)} complaints")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
