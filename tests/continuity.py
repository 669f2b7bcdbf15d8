#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Continuity checks between programs: tollgate, tollgate-exchange and a media gateway with tones, which is this test's. Calls
both ways whose circuits pass, one that fails and is tested again, tests by CCR from either end."""
import os
import re
import socket
import sys
import tempfile
import threading
import time

from check_tollgate import LIMIT, SDP, Gateway, Sip, check, failed, free_ports, until

CONFIG = """log stderr
 logging filter all 1
 logging color 0
 logging level set-all notice
sip
 listen tcp 127.0.0.1 {sip}
 host 127.0.0.1
isup
 timer T25 1
media-gateway tones
 remote 127.0.0.1 {mgcp}
 local 127.0.0.1
 domain gw
 endpoint ds/e1-%p/%t
trunk-group pstn isup
 mtp local {dir}/mtp listen
 point-code local 1.1.1
 point-code remote 1.1.2
 circuits 1-4
 hunt lowest
 country-code 49
 media-gateway tones
 route-table all
 continuity-check always
 loop-back-acknowledgement
 no reset-at-start
trunk-group carrier sip
 target 127.0.0.1 {peer} tcp
 country-code 49
 route-table all
route-table all
 prefix 4930 trunk-group pstn
 prefix 49891 trunk-group carrier
cdr
 file {dir}/calls.jsonl
"""

ANSWERING = """
on IAM NCI.continuity=1
 at COT where ContI.success=0 goto failed
 expect COT where ContI.success=1 within 5s
 send ACM free
 send ANM
 expect REL
 done
 label failed
 expect CCR within 10s
 expect REL where CAI.value=16

on CCR
 expect REL where CAI.value=16

"""
CALLING = """
call checked
 send IAM; NCI satellite=0 continuity=1 echo=0
 wait 300ms
 send COT ok
 optional CPG
 expect ACM or CON
 optional CPG
 expect ANM
 send REL 16
 expect RLC

call bad
 send IAM; NCI satellite=0 continuity=1 echo=0
 wait 300ms
 send COT failed
 wait 300ms
 send CCR
 expect LPA
 send COT failed
 wait 300ms
 send CCR
 expect LPA
 send REL 16
 expect RLC

call test
 send CCR
 expect LPA
 send COT ok
 send REL 16
 expect RLC
"""


class Mgw(threading.Thread):
    """A media gateway with circuits: tones come back, but for those that are to fail."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sock.bind(("127.0.0.1", port))
        self.heard, self.connections, self.bad, self.number = [], {}, 0, 0

    def answer(self, verb, tid, endpoint, p):
        if verb == "CRCX":
            self.number += 1
            self.connections[f"{self.number:X}"] = endpoint
            return (f"200 {tid} OK\r\nI: {self.number:X}\r\n\r\nv=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\n"
                    f"t=0 0\r\nm=audio {20000 + 2 * self.number} RTP/AVP 8\r\n")
        if verb == "DLCX":
            self.connections.pop(p.get("I"), None)
            return f"250 {tid} OK\r\n"
        return f"200 {tid} OK\r\n"

    def notice(self, to, endpoint, x, event):
        self.number += 1
        time.sleep(0.1)
        self.sock.sendto(f"NTFY {self.number} {endpoint} MGCP 1.0\r\nX: {x}\r\nO: {event}\r\n".encode(), to)

    def run(self):
        while True:
            data, peer = self.sock.recvfrom(65536)
            lines = data.decode().split("\r\n\r\n")[0].split("\r\n")
            if lines[0][:1].isdigit():
                continue
            verb, tid, endpoint = lines[0].split()[:3]
            p = {n: v.strip() for n, _, v in (x.partition(":") for x in lines[1:])}
            self.heard.append(f"{verb} {endpoint.split('@')[0]} {p.get('M') or p.get('S') or ''}".strip())
            self.sock.sendto(self.answer(verb, tid, endpoint, p).encode(), peer)
            if verb == "RQNT" and p.get("S"):
                self.bad -= 1
                self.notice(peer, endpoint, p["X"], "t/oc(t/co1)" if self.bad >= 0 else "t/co1")


class World(Gateway):
    def __init__(self, where):
        self.dir, self.procs = where, []
        names = ("sip", "peer", "vty", "mgcp")
        self.ports = dict(zip(names, free_ports(len(names))))
        self.config = os.path.join(where, "tollgate.cfg")
        for path, text in ((self.config, CONFIG.format(dir=where, **self.ports)), (self.scenario("answering"), ANSWERING),
                           (self.scenario("calling"), CALLING)):
            with open(path, "w") as f:
                f.write(text)
        self.mgw = Mgw(self.ports["mgcp"])
        self.mgw.start()

    def scenario(self, name):
        return os.path.join(self.dir, name + ".scn")

    def far_end(self, scenario, *argv):
        p = self.exchange("--scenario", self.scenario(scenario), *argv)
        until(lambda: re.search("connected|up", self.vty("show mtp")) or p.poll() is not None, "the exchange")
        return p

    def is_idle(self):
        ranges = re.findall(r"^pstn +(\d+)(?:-(\d+))? +idle ", self.vty("show circuits"), re.M)
        return sum(int(last or first) - int(first) + 1 for first, last in ranges) == 4

    def ends(self, exchange, what):
        check(exchange.wait(LIMIT) == 0, what, exchange.stdout.read())
        until(self.is_idle, f"{what}: all circuits idle")
        until(lambda: not self.mgw.connections, f"{what}: no connection left")
        heard, self.mgw.heard = self.mgw.heard, []
        return [x for x in heard if not x.startswith(("AUEP", "AUCX"))]


def call_from_sip(gw):
    peer = Sip(socket.create_connection(("127.0.0.1", gw.ports["sip"])))
    uri = "sip:+4930555123@127.0.0.1"
    peer.request("INVITE", uri, f"c{time.time()}", 1, body=SDP)
    _, fields, _ = peer.expect("SIP/2.0 200")
    call = fields["call-id"][0]
    peer.request("ACK", uri, call, 1, fields["to"][0])
    peer.request("BYE", uri, call, 2, fields["to"][0])
    peer.expect("SIP/2.0 200")


def outgoing(gw):
    exchange = gw.far_end("answering", "--calls", "1")
    call_from_sip(gw)
    heard = gw.ends(exchange, "a checked call")
    heard = [x for x in heard if x != "DLCX ds/*"]
    check(heard[:4] == ["CRCX ds/e1-0/1 inactive", "RQNT ds/e1-0/1 t/co1", "RQNT ds/e1-0/1", "MDCX ds/e1-0/1 sendonly"],
          "tone before speech", heard)


def outgoing_fails(gw):
    gw.mgw.bad = 1
    exchange = gw.far_end("answering", "--calls", "2")
    call_from_sip(gw)
    heard = gw.ends(exchange, "a circuit that fails, another one, and a test that passes")
    check([x for x in heard if x.endswith("t/co1")] ==
          ["RQNT ds/e1-0/1 t/co1", "RQNT ds/e1-0/2 t/co1", "RQNT ds/e1-0/1 t/co1"], "three tones", heard)
    check(gw.records()[-1]["attempts"] == 2, "the record tells of two attempts", gw.records()[-1])


def incoming(gw):
    with socket.create_server(("127.0.0.1", gw.ports["peer"])) as listener:
        listener.settimeout(LIMIT)
        exchange = gw.far_end("calling", "--place", "checked", "--calls", "1", "--called", "8911")
        peer = Sip(listener.accept()[0])
        _, invite, _ = peer.expect("INVITE")
        peer.reply("180 Ringing", invite)
        peer.reply("200 OK", invite, SDP)
        peer.expect("ACK")
        _, bye, _ = peer.expect("BYE")
        peer.reply("200 OK", bye)
        heard = gw.ends(exchange, "an incoming call with a check")
    check([re.sub(r"ds/e1-0/\d ?", "", x) for x in heard[:3]] == ["CRCX loopback", "DLCX ", "CRCX recvonly"],
          "loop, its end, the call's context", heard)


def tests_by_ccr(gw):
    for name in ("bad", "test"):
        heard = gw.ends(gw.far_end("calling", "--place", name, "--calls", "1", "--called", "8911"), f"CCR from the exchange: {name}")
        check(all("loopback" in x for x in heard if x.startswith("CRCX")) and heard, f"loops alone: {name}", heard)
    exchange = gw.far_end("answering", "--calls", "1")
    gw.vty("enable")
    check(gw.vty("circuit pstn 3 continuity-test") == "", "a test by command is begun")
    check("not done" in gw.vty("circuit pstn 3 continuity-test"), "but not twice")
    heard = gw.ends(exchange, "CCR by command")
    check(heard and heard[0] == "RQNT ds/e1-0/3 t/co1", "a tone by command", heard)


def main():
    with tempfile.TemporaryDirectory(prefix="tollgate-continuity-") as where:
        gw = World(where)
        try:
            gw.start()
            until(lambda: "available" in gw.vty("show media-gateways"), "the media gateway")
            for test in (outgoing, outgoing_fails, incoming, tests_by_ccr):
                test(gw)
        except (AssertionError, OSError) as e:
            with open(os.path.join(where, "log")) as f:
                check(False, repr(e), f.read())
        finally:
            gw.stop()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
