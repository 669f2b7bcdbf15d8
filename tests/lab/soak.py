#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls in a row, both directions through one gateway process, signalling only over a local MTP socket: none may fail, stay behind,
leak or miss its record; and the time a message spends in the gateway is measured.

    soak.py --build DIR [--calls N] [--rate N]      N calls each way
"""
import argparse
import os
import re
import signal
import statistics
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "bench"))
import bench  # noqa: E402
import peers  # noqa: E402
import sipp  # noqa: E402

T1_MS = 100  # finished SIP transactions go after 64 * T1
# Growth that is no leak (leaks are for the sanitizer): heap fragments; the telnet session that asks.
RSS_KIB, BLOCKS = 4096, 8
RSS_SHARE = 3  # in a run too short for the heap to reach its high-water mark it may grow by a third
DELAY_CALLS, DELAY_RATE, DELAY_MS = 200, 100, 1.0


class Soak:
    def __init__(self, b, rate):
        self.b, self.rate, self.made, self.wrong = b, rate, 0, []

    def check(self, ok, text):
        if not ok:
            self.wrong.append(text)
            print("FAILED " + text, flush=True)

    def from_isup(self, calls, *more, rate=None):
        uas = self.b.uas(0)
        p = self.b.exchange("place", "--called", "+4989%6d", "--calling", "+4930111", "--rate", str(rate or self.rate), "--calls",
                            str(calls), "--place", "call-answer", "--hold", "200ms", *more)
        p.wait(calls / (rate or self.rate) * 4 + 60)
        self.stop(uas)
        ok = bench.summary(self.b, "place")["outgoing"]["ok"]
        self.made += calls
        self.check(ok == calls and p.returncode == 0, f"{calls - ok} of {calls} calls from ISUP to SIP failed")

    def from_sip(self, calls):
        answering = self.b.exchange("answer", "--scenario", "answer")
        until(lambda: " up " in peers.vty("show mtp", 4240), 10)
        with open(os.path.join(self.b.dir, "uac.xml"), "w") as f:
            f.write(sipp.uac(["INVITE", "180?", "200", "ACK", "wait 200", "BYE"]))
        with open(os.path.join(self.b.dir, "uac.csv"), "w") as f:
            f.write("SEQUENTIAL\n+4989111\n")
        p = self.b.start("uac", ["sipp", "-sf", "uac.xml", "-nostdin", "-i", "127.0.0.11", "-p", "5060", "-mi", "127.0.0.11", "-inf",
                                 "uac.csv", "-s", "+4930222", "-r", str(self.rate), "-m", str(calls), "-l", "2000", "127.0.0.1:5060"])
        p.wait(calls / self.rate * 4 + 60)
        self.made += calls
        self.check(p.returncode == 0, f"calls from SIP to ISUP failed (SIPp ended with {p.returncode})")
        self.stop(answering)

    def stop(self, p):
        p.send_signal(signal.SIGTERM)
        p.wait(20)
        self.b.procs.remove(p)

    def at_rest(self):
        """No call, no circuit in use, no transaction left; (resident KiB, talloc blocks)."""
        idle = until(lambda: "0 calls" in peers.vty("show calls", 4240) and not busy_circuits(), 10)
        self.check(idle, f"left behind: {peers.vty('show calls', 4240)} {busy_circuits()}")
        time.sleep(64 * T1_MS / 1000 + 1)
        report = peers.vty("show talloc-context application brief", 4240, True)
        return self.b.rss_kib(), int(re.search(r"in +(\d+) blocks", report).group(1))

    def delays(self):
        """Milliseconds from a message to the one it causes, IAM to INVITE and 180 to ACM: the exchange's clock and a capture's."""
        pcap = os.path.join(self.b.dir, "delay.pcapng")
        dumpcap = self.b.start("dumpcap", ["dumpcap", "-q", "-i", "lo", "-f", "udp port 5060", "-w", pcap])
        until(lambda: "File:" in self.b.text("dumpcap"), 10)
        self.from_isup(DELAY_CALLS, "--trace", rate=DELAY_RATE)
        time.sleep(0.3)
        dumpcap.send_signal(signal.SIGINT)
        dumpcap.wait(10)
        self.b.procs.remove(dumpcap)
        iam, acm = traced(self.b.text("place"))
        invite, ringing = captured(pcap)
        both = [invite[n] - iam[n] for n in iam if n in invite] + [acm[n] - ringing[n] for n in acm if n in ringing]
        self.check(len(both) == 2 * DELAY_CALLS, f"{len(both)} delays were measured, not {2 * DELAY_CALLS}")
        return [d * 1000 for d in both]


def until(what, timeout):
    end = time.time() + timeout
    while not what():
        if time.time() > end:
            return False
        time.sleep(0.05)
    return True


def busy_circuits():
    rows = [x.split() for x in peers.vty("show circuits", 4240).splitlines()]
    return [r for r in rows if r[2:3] and r[1].replace("-", "").isdigit() and r[2] != "idle"]


def traced(text):
    """When the exchange sent IAM and took ACM, by called number; seconds of the day."""
    iam, acm, called = {}, {}, {}
    for line in text.splitlines():
        m = re.match(r"(\d\d):(\d\d):([\d.]+) ([<>]) (IAM|ACM) cic=(\d+)(?:.*CdPN [^;]* (\d+);)?", line)
        if m:
            when = int(m[1]) * 3600 + int(m[2]) * 60 + float(m[3])
            if m[5] == "IAM":
                called[m[6]] = m[7]
                iam[m[7]] = when
            else:
                acm[called[m[6]]] = when
    return iam, acm


def captured(pcap):
    """When the INVITE left and the 180 came, by called number; seconds of the day."""
    invite, ringing = {}, {}
    for when, method, status, user in peers.fields(pcap, ["frame.time_epoch", "sip.Method", "sip.Status-Code", "sip.to.user"], "sip"):
        second = float(when) % 86400
        if method == "INVITE":
            invite.setdefault(user.lstrip("+"), second)
        elif status == "180":
            ringing.setdefault(user.lstrip("+"), second)
    return invite, ringing


def sanitized(pid):
    """Memory and time of a build with ASan are its own."""
    with open(f"/proc/{pid}/maps") as f:
        return "libasan" in f.read()


def soak(b, calls, rate):
    """One gateway process for all. The first half brings memory to its high-water mark; growth counts from there."""
    asan = sanitized(b.gateway.pid)
    s = Soak(b, rate // 4 if asan else rate)
    delays = s.delays()
    s.from_isup(calls // 2)
    s.from_sip(calls // 2)
    rss, blocks = s.at_rest()
    s.from_isup(calls // 2)
    s.from_sip(calls // 2)
    rss2, blocks2 = s.at_rest()
    short = calls / rate < 2 * 64 * T1_MS / 1000
    median = statistics.median(delays)
    if not asan:
        s.check(rss2 - rss <= (rss // RSS_SHARE if short else RSS_KIB), f"resident memory grew from {rss} to {rss2} KiB")
        s.check(median < DELAY_MS, f"a message is delayed by {median:.3f} ms (median)")
    s.check(blocks2 - blocks <= BLOCKS, f"talloc blocks grew from {blocks} to {blocks2}")
    s.check(b.records() == s.made, f"{b.records()} call records for {s.made} calls")
    s.stop(b.gateway)
    s.check(b.gateway.returncode == 0, f"tollgate ended with status {b.gateway.returncode}: {b.text('tollgate')[-2000:]}")
    print(f"bench added-delay-ms-median {median:.3f} ms")
    print(f"bench added-delay-ms-p99 {sorted(delays)[len(delays) * 99 // 100]:.3f} ms")
    print(f"{s.made} calls, memory {rss} -> {rss2} KiB, talloc blocks {blocks} -> {blocks2}, {b.records()} records: "
          + ("FAILED" if s.wrong else "none failed, leaked or unrecorded"))
    return 1 if s.wrong else 0


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--build", required=True)
    ap.add_argument("--calls", type=int, default=1500, help="each way")
    ap.add_argument("--rate", type=int, default=400)
    o = ap.parse_args()
    return bench.with_bench(o.build, lambda b: soak(b, o.calls, o.rate), t1=T1_MS)


if __name__ == "__main__":
    sys.exit(main())
