#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway at its bounds: many half-open calls, descriptors that run out, a full disk, signals under load, odd files.

    bounds.py --build DIR [NAME...]

Loopback must be its own (tests/lab/own-net.sh).
"""
import argparse
import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback

import gateway
import pstn
import sip
import siptext
import storm
from loop import Loop

BIG = gateway.CONFIG.replace("circuits 1-31", "circuits 1-4095")


class Bench:
    """A gateway, an exchange that says nothing of its own, and a SIP peer that does not either."""
    def __init__(self, build, where, **kw):
        self.loop, self.rng = Loop(), random.Random(1)
        self.gw = gateway.Gateway(build, where, **kw)
        self.pstn = pstn.Pstn(self.loop, self.rng, os.path.join(where, "mtp"))
        self.pstn.quiet = True
        self.pstn.gone = lambda: self.gw.p.poll() is not None
        self.iams = []
        self.pstn.answer_iam = lambda pc, cic: self.iams.append((pc, cic))
        self.peer = sip.Peer(self.loop, self.rng, "127.0.0.11")
        self.invites = []
        self.peer.invited = lambda m, conn: self.invites.append(m) if m.get("call-id") not in {x.get("call-id") for x in self.invites} else None
        self.peer.wild = self.pstn.wild = 1e-9
        self.peer.quiet = True
        self.loop.run(15, until=lambda: not self.gw.busy())       # the resets at start are over

    def invite(self, n, user="+4930111222"):
        d = sip.Dialog(f"b{n}@x", f"<sip:+4989{n}@127.0.0.11>;tag=t{n}", f"<sip:{user}@127.0.0.1>", 1)
        d.target, d.invite = f"sip:{user}@127.0.0.1", ("", ("application/sdp", siptext.SDP.format(v=1, ip="127.0.0.11", port=4000, extra="").encode()))
        d.branch, d.icseq = self.peer.request(d, "INVITE", *d.invite)
        self.peer.dialogs[(d.call_id, siptext.tag_of(d.own))] = d
        return d

    def cpu(self):
        with open(f"/proc/{self.gw.p.pid}/stat") as f:
            fields = f.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def idle(self, seconds=30):
        end, bad = time.time() + seconds, ["?"]
        while bad and time.time() < end:
            self.loop.run(0.5)
            bad = self.gw.busy()
        return bad


def plain_iam(b):
    """A call that nothing holds back: no continuity check, no segmentation, nothing unknown; random parameters that are known."""
    more = pstn.some_optional(b.rng, [(0x3d, b"\x1f"), (0x20, b.rng.randbytes(b.rng.randrange(1, 130))), (0x03, b"\x1e\x02\x81\x83")])
    return pstn.build(pstn.IAM, bytes([0, 0x60, 1, 0x0a, 3]), [pstn.number("8955512f")], [(0x0a, pstn.number("301112233", 3, 0x11))] + more)


def half_open(build, where):
    """5000 calls that nobody answers (a few are refused), in both directions; they are refused, or end when their callers give up."""
    b = Bench(build, where, config=BIG)
    base, t = b.gw.blocks(), time.time()
    for cic in range(1, 2501):
        b.pstn.put(pstn.OWN + 1 + cic % 2, cic, plain_iam(b))
        if cic % 50 == 0:
            b.loop.run(0.02)
    dialogs = []
    for n in range(2500):
        dialogs.append(b.invite(n, f"+493{n % 2}111222"))
        if n % 20 == 0:
            b.loop.run(0.02)
    b.loop.run(1)
    held = int(b.gw.vty("show calls").splitlines()[-1].split()[0])
    bad = [] if held > 4500 else [f"only {held} calls are held"]
    b.gw.vty.longest = 0
    b.gw.vty("show trunk-groups")
    if b.gw.vty.longest > 1:
        bad.append(f"a command took {b.gw.vty.longest:.1f} s")
    print(f"  {held} half-open calls in {time.time() - t:.1f} s", flush=True)
    for d in dialogs:
        b.peer.cancel(d)
        if len(b.iams) % 50 == 0:
            b.loop.run(0.005)
    for cic in range(1, 4096):
        for pc in b.pstn.PCS:
            b.pstn.put(pc, cic, pstn.build(pstn.REL, b"", [b"\x80\x90"], []))
        if cic % 50 == 0:
            b.loop.run(0.02)
    bad += b.idle() + b.gw.sums()
    b.loop.run(45 if not bad else 0, until=lambda: b.gw.blocks() <= base + 20)
    if b.gw.blocks() > base + 20:
        bad.append(f"{b.gw.blocks()} blocks, {base} before")
    return bad + b.gw.stop(40)


def descriptors(build, where):
    """More TCP connections than descriptors: no death, no endless loop, and service again when they are closed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (300, hard))
    try:
        b = Bench(build, where)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    conns = []
    for n in range(2000):
        s = socket.socket()
        s.setblocking(False)
        s.bind((f"127.0.0.{(11, 12, 66)[n % 3]}", 0))
        s.connect_ex(sip.GATEWAY)
        conns.append(s)
    b.loop.run(2)
    cpu, t = b.cpu(), time.time()
    b.loop.run(4)
    used = (b.cpu() - cpu) / (time.time() - t)
    print(f"  {used * 100:.0f} % of a processor with all descriptors in use", flush=True)
    bad = [f"{used * 100:.0f} % of a processor while nothing happens"] if used > 0.5 else []
    b.gw.vty("show calls")
    if b.gw.vty.longest > 1:
        bad.append(f"a command took {b.gw.vty.longest:.1f} s")
    d = b.invite(1)
    b.loop.run(1)
    if not b.iams:
        bad.append("no call by UDP while descriptors are all in use")
    b.peer.cancel(d)
    for s in conns:
        s.close()
    b.loop.run(3)
    try:
        gateway.Vty(3)("show calls")
        with socket.create_connection(sip.GATEWAY, 2):
            pass
    except OSError as e:
        bad.append(f"no new connection afterwards: {e}")
    return bad + b.idle() + b.gw.sums() + b.gw.stop()


def connections(build, where):
    """2000 idle TCP connections of a peer."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    b = Bench(build, where)
    conns = []
    for n in range(2200):
        s = socket.socket()
        s.setblocking(False)
        s.bind(("127.0.0.12", 0))
        s.connect_ex(sip.GATEWAY)
        conns.append(s)
        if n % 100 == 0:
            b.loop.run(0.05)
    b.loop.run(2)
    cpu, t = b.cpu(), time.time()
    b.loop.run(3)
    used = (b.cpu() - cpu) / (time.time() - t)
    fds = len(os.listdir(f"/proc/{b.gw.p.pid}/fd"))
    print(f"  {fds} descriptors, {used * 100:.0f} % of a processor", flush=True)
    bad = [f"{used * 100:.0f} % of a processor while nothing happens"] if used > 0.5 else []
    if fds > 2100:
        bad.append(f"{fds} descriptors")
    d = b.invite(1)
    b.loop.run(1)
    if not b.iams:
        bad.append("no call while there are many connections")
    b.peer.cancel(d)
    for s in conns:
        s.close()
    return bad + b.idle() + b.gw.sums() + b.gw.stop()


def few_calls(b, n, first=0):
    for i in range(first, first + n):
        d = b.invite(i)
        b.loop.run(0.05)
        b.peer.cancel(d)
    b.loop.run(1)


def full_disk(build, where):
    """Records cannot be written: calls go on; they are written later."""
    path = os.path.join(where, "calls.jsonl")
    os.symlink("/dev/full", path)
    b = Bench(build, where)
    few_calls(b, 20)
    bad = b.idle()
    os.unlink(path)
    b.gw.p.send_signal(signal.SIGHUP)
    b.loop.run(0.5)
    few_calls(b, 5, 100)
    bad += b.idle() + b.gw.sums()
    if len(b.gw.records()) != 25:
        bad.append(f"{len(b.gw.records())} records of 25 calls")
    return bad + b.gw.stop()


def strangers(build, where):
    """TCP connections from where nobody may talk to us are closed, however many peers are connected."""
    b = Bench(build, where)
    conns = []
    for n in range(60):
        s = socket.create_connection(sip.GATEWAY, 5, (f"127.0.0.{(66, 12)[n % 2]}", 0))
        s.setblocking(False)
        conns.append(s)
    b.loop.run(2.5)
    closed = [0, 0]
    for n, s in enumerate(conns):
        try:
            closed[n % 2] += s.recv(10) == b""
        except BlockingIOError:
            pass
    return ([f"closed: {closed[0]} of 30 strangers, {closed[1]} of 30 peers"] if closed != [30, 0] else []) + b.gw.stop()


def names(build, where):
    """A host name from a peer while no name server can be reached (the loopback of the test leads nowhere else)."""
    b = Bench(build, where)
    b.peer.reply = lambda m, *_: b.peer.put(("SIP/2.0 200 OK\r\nVia: {}\r\nFrom: {}\r\nTo: {};tag=1\r\nCall-ID: {}\r\nCSeq: {}\r\n"
        "Contact: <sip:x@nowhere.example.org>\r\nContent-Length: 0\r\n\r\n").format(*(m.get(x) for x in ("via", "from", "to", "call-id", "cseq"))).encode())
    b.peer.invited = lambda m, conn: b.peer.reply(m)
    for cic in range(1, 6):
        b.pstn.put(pstn.OWN + 1, cic, plain_iam(b))
        b.loop.run(0.2)
    b.invite(1)
    b.loop.run(0.5)
    b.gw.vty.s.settimeout(3)
    try:
        b.gw.vty("show calls")
    except OSError:
        b.gw.p.kill()
        return ["the gateway stands still"]
    return ([] if b.iams else ["no call"]) + b.gw.stop()


def stop(build, where):
    """SIGTERM while calls are being set up both ways and are up: REL, CANCEL, BYE, a final response and a record for each."""
    b = Bench(build, where)
    got, finals, rels = [], [], set()

    def response(m):
        if m.cseq_method() == "INVITE" and m.status >= 200:
            finals.append(m.status)
            d = b.peer.dialogs[(m.get("call-id"), siptext.tag_of(m.get("from")))]
            d.theirs = m.get("to")
            b.peer.request(d, "ACK", branch=d.branch if m.status >= 300 else None, cseq=d.icseq)

    invited = b.peer.invited
    b.peer.response = response
    b.peer.invited = lambda m, conn: (invited(m, conn), b.peer.reply(m, 180, "u", conn))
    for cic in range(1, 16):
        b.pstn.put(pstn.OWN + 1, cic, plain_iam(b))
    b.loop.run(0.5)
    for n in range(30):
        b.invite(n)
    b.loop.run(1)
    up = b.iams[:15]
    for pc, cic in up:
        b.pstn.put(pc, cic, pstn.build(pstn.CON, b"\x16\x14", [], []))
    b.loop.run(1)
    calls = int(b.gw.vty("show calls").splitlines()[-1].split()[0])
    if calls != 15 + len(b.iams) or len(b.iams) != 16 or len(b.invites) != 15:
        return [f"{calls} calls, {len(b.iams)} IAMs {b.iams}, {len(b.invites)} INVITEs"]
    b.peer.requested = lambda m, conn: (got.append(m.method), b.peer.reply(m, 200, "r", conn),
                                        m.method == "CANCEL" and b.peer.reply(next(x for x in b.invites if x.get("call-id") == m.get("call-id")), 487, "u", conn))
    receive = b.pstn.receive
    b.pstn.receive = lambda pc, cic, m: (rels.add((pc, cic)) if m[0] == pstn.REL else None, receive(pc, cic, m))
    b.gw.p.terminate()
    t = time.time()
    b.loop.run(8, until=lambda: b.gw.p.poll() is not None)
    took, bad = time.time() - t, b.gw.stop()
    if took > 4:
        bad.append(f"ended after {took:.1f} s")
    said = (len(rels), got.count("BYE"), got.count("CANCEL"), len(b.gw.records()), len(finals))
    if said != (31, 15, 15, 45, 30):
        bad.append(f"REL, BYE, CANCEL, records, final responses: {said}")
    return bad


def files(build, where):
    """Configurations that cannot be: a complaint and exit status 1 or 78, nothing else."""
    good = gateway.CONFIG.format(dir=where, mgcp="", media="none", level="error")
    texts = {"none": None, "noise": os.urandom(5000), "long": b"sip\n" + b"x" * 100000 + b"\n", "nul": good.encode().replace(b"49", b"\0"),
             "cut": good.encode()[:700], "record": good.replace(where + "/calls", "/nowhere/calls").encode(),
             "socket": good.replace(where + "/mtp", "/nowhere/mtp").encode(), "path": good.replace(where + "/mtp", "/" + "x" * 200).encode()}
    bad = []
    for name, text in texts.items():
        path = os.path.join(where, name)
        if text is not None:
            with open(path, "wb") as f:
                f.write(text)
        p = subprocess.run([os.path.join(build, "tollgate"), "-c", path], capture_output=True, timeout=20, stdin=subprocess.DEVNULL)
        if p.returncode not in (1, 78) or not p.stderr or b"Sanitizer" in p.stderr or b"runtime error" in p.stderr:
            bad.append(f"{name}: exit status {p.returncode}, {p.stderr[-800:].decode('latin-1')}")
    p = subprocess.run([os.path.join(build, "tollgate"), "-c", where], capture_output=True, timeout=20)
    if p.returncode not in (1, 78):
        bad.append(f"directory: exit status {p.returncode}")
    return bad


def command_line(build, where):
    """Long lines, noise and many sessions."""
    b = Bench(build, where)
    many = []
    for n in range(150):
        s = socket.create_connection(("127.0.0.1", 4240), 5)
        s.setblocking(False)
        many.append(s)
    for n, s in enumerate(many):
        data = (b"x" * 100000, b"show calls\n" * 500, os.urandom(3000), b"\xff\xfb\x01\xff\xfd\xff" * 300, b"enable\nconfigure terminal\nsip\nlisten udp 1 2\n",
                b"?" * 300, b"\t" * 300, b"show " + b"a " * 3000 + b"\n", b"\x1b[A" * 400, b"enable\nshow running-config\nwrite terminal\n")[n % 10]
        try:
            s.send(data)
        except OSError:
            pass
        if n % 10 == 9:
            b.loop.run(0.05)
    b.loop.run(1)
    d = b.invite(1)
    b.loop.run(1)
    bad = [] if b.iams else ["no call meanwhile"]
    b.peer.cancel(d)
    for s in many:
        s.close()
    b.loop.run(1)
    b.gw.vty("show calls")
    if b.gw.vty.longest > 1:
        bad.append(f"a command took {b.gw.vty.longest:.1f} s")
    return bad + b.idle() + b.gw.sums() + b.gw.stop()


def signals(build, where):
    """SIGHUP again and again, then SIGTERM, in a storm: every call has its record, every circuit its REL."""
    s = storm.Storm(build, where, 7, False)
    for a in set(s.actors):
        a.quiet = False
    s.play(300)
    path = os.path.join(where, "calls.jsonl")
    s.loop.run(2)
    os.rename(path, path + ".1")
    for _ in range(20):
        s.gw.p.send_signal(signal.SIGHUP)
        s.loop.run(0.1)
    begun = sum(x["in"] for x in s.gw.groups().values())
    if not begun:
        return ["no calls"]
    s.loop.run(1)
    s.gw.p.terminate()
    t = time.time()
    s.loop.run(6, until=lambda: s.gw.p.poll() is not None)
    took, bad = time.time() - t, s.gw.stop()
    if took > 4:
        bad.append(f"ended after {took:.1f} s")
    rows = s.gw.records()
    if len(rows) < begun or len({r["id"] for r in rows}) != len(rows):
        bad.append(f"{begun} calls began before SIGTERM, {len(rows)} records")
    numbers = sorted(int(r["id"].split("-")[1]) for r in rows)
    if numbers != list(range(1, len(rows) + 1)):
        bad.append(f"records {sorted(set(range(1, numbers[-1] + 1)) - set(numbers))} are missing")
    return bad


ALL = (half_open, descriptors, connections, strangers, full_disk, files, command_line, signals, names, stop)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--build", required=True)
    ap.add_argument("names", nargs="*")
    a = ap.parse_args()
    failed = 0
    for f in ALL:
        if a.names and f.__name__ not in a.names:
            continue
        pid = os.fork()                 # each with descriptors and sockets of its own
        if pid == 0:
            where, t = tempfile.mkdtemp(prefix="tollgate-qa-"), time.time()
            try:
                bad = f(os.path.abspath(a.build), where)
            except Exception:           # noqa: B902 - told as any other failure
                bad = [traceback.format_exc()]
            for p in gateway.Gateway.all:
                if p.poll() is None:
                    p.kill()
            print(f"{f.__name__} {time.time() - t:.0f} s: {'ok' if not bad else 'FAILED ' + where}", flush=True)
            for x in bad:
                print("  " + x[:2000].replace("\n", "\n  "), flush=True)
            if not bad:
                shutil.rmtree(where)
            os._exit(bool(bad))
        failed += os.waitpid(pid, 0)[1] != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
