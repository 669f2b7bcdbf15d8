#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tollgate as a program: exit status, what is written of it (written.py), the command line, calls by SIP over TCP
both ways, reliable provisional responses by configuration, and records that a kill leaves whole."""
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

import explain
import written

BUILD = os.environ.get("top_builddir", ".")
SOURCE = os.environ.get("top_srcdir", ".")
TOLLGATE = os.path.join(BUILD, "tollgate")
EXCHANGE = os.path.join(BUILD, "tollgate-exchange")
CRLF = "\r\n"
LIMIT = 20

CONFIG = """log stderr
 logging filter all 1
 logging color 0
 logging level set-all notice
cs7 instance 0
 network-indicator national
 point-code 1.1.1
sip
 listen tcp 127.0.0.1 {off}
 listen tcp 127.0.0.1 {supported}
 listen tcp 127.0.0.1 {required}
 host 127.0.0.1
isup
 timer T7 21
media-gateway plain
 type none
 rtp 127.0.0.9 20000
trunk-group pstn isup
 mtp local {dir}/mtp listen
 point-code local 1.1.1
 point-code remote 1.1.2
 circuits 1-31
 country-code 49
 media-gateway plain
 route-table all
 no reset-at-start
trunk-group off sip
 target 127.0.0.1 {peer} tcp
 local-port {off}
 country-code 49
 route-table all
 100rel off
trunk-group supported sip
 target 127.0.0.1 {peer} tcp
 local-port {supported}
 country-code 49
 route-table all
trunk-group required sip
 target 127.0.0.1 {peer} tcp
 local-port {required}
 country-code 49
 route-table all
 100rel required
route-table all
 prefix 4930 trunk-group pstn
 prefix 49891 trunk-group off
 prefix 49892 trunk-group supported
 prefix 49893 trunk-group required
cdr
 file {dir}/calls.jsonl
"""
SDP = CRLF.join(["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0", "m=audio 30000 RTP/AVP 8", ""])
failed = []


def check(good, what, more=""):
    if not good:
        failed.append(what)
        print(f"FAIL: {what}\n{more}", flush=True)


def free_ports(n):
    socks = [socket.socket() for _ in range(n)]
    for s in socks:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in socks]
    for s in socks:
        s.close()
    return ports


def run(*argv):
    p = subprocess.run([TOLLGATE, *argv], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT)
    return p.returncode, p.stdout, p.stderr


def until(fn, what):
    end = time.time() + LIMIT
    while time.time() < end:
        got = fn()
        if got:
            return got
        time.sleep(0.02)
    raise AssertionError("waited in vain: " + what)


class Vty:
    """A telnet session; commands give their output."""

    def __init__(self, port):
        self.sock = until(lambda: self.connect(port), "command line")
        self.sock.settimeout(LIMIT)
        self.answer()

    @staticmethod
    def connect(port):
        try:
            return socket.create_connection(("127.0.0.1", port))
        except ConnectionRefusedError:
            return None

    def answer(self):
        text = b""
        while not re.search(rb"Tollgate(\(\S+\))?[>#] $", text):
            got = self.sock.recv(65536)
            if not got:
                break
            text += got
        return re.sub(rb"\xff[\xfb-\xfe].", b"", text).decode(errors="replace").replace("\r", "")

    def __call__(self, command):
        self.sock.sendall(command.encode() + b"\r")
        lines = self.answer().strip("\n").split("\n")
        return "\n".join(lines[1:-1])


class Sip:
    """One TCP connection of a SIP peer."""

    def __init__(self, sock):
        self.sock, self.text, self.port = sock, "", sock.getsockname()[1]
        sock.settimeout(LIMIT)

    def message(self):
        """The next message: first line, headers (names in lower case), body."""
        while True:
            self.text = self.text.lstrip(CRLF)
            head, end, rest = self.text.partition(CRLF + CRLF)
            if end:
                lines = head.split(CRLF)
                fields = {}
                for line in lines[1:]:
                    name, _, value = line.partition(":")
                    fields.setdefault(name.strip().lower(), []).append(value.strip())
                length = int(fields["content-length"][0])
                if len(rest) >= length:
                    self.text = rest[length:]
                    return lines[0], fields, rest[:length]
            got = self.sock.recv(65536)
            if not got:
                raise AssertionError("the connection was closed")
            self.text += got.decode()

    def expect(self, start):
        while True:
            first, fields, body = self.message()
            if first.startswith(start):
                return first, fields, body
            if not first.startswith("SIP/2.0 1"):
                raise AssertionError(f"{start} expected, not {first}")

    def send(self, first, fields, body=""):
        lines = [first] + [f"{name}: {value}" for name, values in fields.items() for value in values]
        if body:
            lines.append("Content-Type: application/sdp")
        lines += [f"Content-Length: {len(body)}", "", body]
        self.sock.sendall(CRLF.join(lines).encode())

    def request(self, method, uri, call, seq, to="", more=None, body=""):
        fields = {
            "Via": [f"SIP/2.0/TCP 127.0.0.1:{self.port};branch=z9hG4bK{call}{seq}{method}"], "Max-Forwards": ["70"],
            "From": [f"<sip:+49891234567@127.0.0.1>;tag={call}"], "To": [to or f"<{uri}>"], "Call-ID": [call],
            "CSeq": [f"{seq} {method}"], "Contact": [f"<sip:me@127.0.0.1:{self.port};transport=tcp>"], **(more or {})}
        self.send(f"{method} {uri} SIP/2.0", fields, body)

    def reply(self, status, request, body=""):
        fields = {x: request[x] for x in ("via", "from", "to", "call-id", "cseq")}
        if "tag=" not in fields["to"][0]:
            fields["to"] = [fields["to"][0] + ";tag=peer"]
        fields["contact"] = [f"<sip:me@127.0.0.1:{self.port};transport=tcp>"]
        self.send(f"SIP/2.0 {status}", fields, body)


class Gateway:
    def __init__(self, where):
        self.dir, self.procs = where, []
        names = ("off", "supported", "required", "peer", "vty")
        self.ports = dict(zip(names, free_ports(len(names))))
        self.config = os.path.join(where, "tollgate.cfg")
        with open(self.config, "w") as f:
            f.write(CONFIG.format(dir=where, **self.ports))

    def start(self):
        with open(os.path.join(self.dir, "log"), "w") as log:
            self.proc = subprocess.Popen([TOLLGATE, "-c", self.config, "-p", str(self.ports["vty"])],
                                         stdin=subprocess.DEVNULL, stderr=log)
        self.procs.append(self.proc)
        self.vty = Vty(self.ports["vty"])

    def log(self):
        with open(os.path.join(self.dir, "log")) as f:
            return f.read()

    def linked(self):
        return re.search(r"^ +local .* up sent=", self.vty("show mtp"), re.M)

    def exchange(self, *argv):
        # a second one is refused until the end of the first has been noticed
        until(lambda: not self.linked(), "the end of the last exchange")
        p = subprocess.Popen([EXCHANGE, "--mtp", f"local:{self.dir}/mtp", "--opc", "1.1.2", "--dpc", "1.1.1", *argv],
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.procs.append(p)
        return p

    def records(self):
        with open(os.path.join(self.dir, "calls.jsonl")) as f:
            return [json.loads(line) for line in f]

    def stop(self):
        for p in self.procs:
            if p.poll() is None:
                p.kill()
            p.wait()


def command_line_options(where):
    for argv, status, stream, text in (
            (["--help"], 0, 1, "--check-config FILE"), (["--version"], 0, 1, "tollgate "), (["--bogus"], 2, 2, "Usage"),
            (["stray"], 2, 2, ""), (["-p", "70000"], 2, 2, "70000"), (["-p", "x"], 2, 2, "x"),
            (["--check-config", where + "/none"], 1, 2, "none"), (["-c", where + "/none"], 78, 2, "none")):
        got = run(*argv)
        check(got[0] == status and text in got[stream], f"tollgate {' '.join(argv)}", got)
    bad = os.path.join(where, "bad.cfg")
    with open(bad, "w") as f:
        f.write("sip\n listen udp 127.0.0.1 0\n nonsense\ntrunk-group a sip\n country-code x\n")
    status, _, said = run("--check-config", bad)
    check(status == 1 and "bad.cfg:3: " in said and "bad.cfg:5: " in said, "all complaints at once, with line", said)


def shows(gw):
    for command, *wanted in (
            ("show circuits", r"^pstn +1-31  idle +U +- "), ("show circuits trunk-group pstn 5", r"^pstn +5 "),
            ("show circuits trunk-group none", "no ISUP trunk group"), ("show calls", r"^0 calls"),
            ("show trunk-groups", r"^pstn +isup", r"^required +sip"), ("show media-gateways", "plain: in service"),
            ("show mtp", r"^local .*/mtp$"), ("show counters", "isup:received", r"^  sip:dialogs +0$", "cdr:written", r"^  cdr:waiting +0$"),
            ("show timer", r"^T7 +21 .*default 25, 20-30", r"^T4 +300 "),
            ("show mapping", r"^  17 +user busy +486 +Busy Here +7\.2\.4\.1$", r"^  404 +Not Found +1 +unallocated"),
            ("show mapping trunk-group none", "no trunk group"), ("show mapping table none", "no mapping table"),
            ("show mapping trunk-group required table cause", r"^cause: .* rfc3398"),
            ("show cs7 instance 0 asp", "ASP Name"), ("show cs7 instance 0 as all", "AS Name"),
            ("show version", "Tollgate")):
        said = gw.vty(command)
        for text in wanted:
            check(re.search(text, said, re.M), f"{command}: {text}", said)


def listens_on_loopback_alone(gw):
    with open("/proc/net/tcp") as f:
        local = [line.split()[1] for line in f if line.split()[3] == "0A"]
    mine = [x for x in local if x.endswith(f":{gw.ports['vty']:04X}")]
    check(mine == [f"0100007F:{gw.ports['vty']:04X}"], "the command line listens on 127.0.0.1 alone", mine)


def explains(gw):
    """Nothing is seized, sent or counted, before or after a refusal."""
    path = os.path.join(gw.dir, "invite.sip")
    with open(os.path.join(SOURCE, "tests/golden/explain/paris.sip")) as f:
        text = f.read()
    with open(path, "w") as f:
        f.write(text)
    before = [gw.vty(x) for x in ("show counters", "show circuits", "show trunk-groups")]
    iam = "IAM; NCI; FCI; CPC value=10; TMR value=3; CdPN nai=3 npi=1 inn=1 "
    said = gw.vty("explain trunk-group pstn iam " + iam + "8924567")
    check(re.search(r"^route 1: trunk-group supported$", said, re.M), "explain: the way of an IAM", said)
    check(re.search(r"^  486 Busy Here +REL 17 user busy", said, re.M), "explain: what becomes of 486", said)
    check("Contact: <sip:127.0.0.1:" in said and " CSeq: ... INVITE" in said, "explain: the INVITE", said)
    said = gw.vty("explain trunk-group pstn iam " + iam + "111")
    check("cause 3 no route to destination" in said, "explain: an IAM that is refused", said)
    check("no trunk group" in gw.vty("explain trunk-group none iam 00"), "explain: an unknown trunk group")
    check("cannot be decoded" in gw.vty("explain trunk-group pstn iam 00"), "explain: no IAM")
    check("Unknown command" in gw.vty("explain trunk-group required invite " + path), "explain: files with `enable' only")
    gw.vty("enable")
    said = gw.vty("explain trunk-group supported invite " + path)
    check(re.search(r"^route 1: trunk-group pstn$", said, re.M) and "CgPN nai=4" in said, "explain: an INVITE", said)
    check(" 421 " in gw.vty("explain trunk-group required invite " + path), "explain: an INVITE that is refused")
    check("No such file" in gw.vty("explain trunk-group off invite /nonexistent"), "explain: no file")
    gw.vty("disable")
    after = [gw.vty(x) for x in ("show counters", "show circuits", "show trunk-groups")]
    check(before == after, "explain: nothing happened", (before, after))


def writes_its_configuration(gw):
    gw.vty("enable")
    written = gw.vty("write terminal")
    path = os.path.join(gw.dir, "written.cfg")
    text = written[written.index("!"):] + "\n"
    with open(path, "w") as f:
        f.write(text)
    status, out, err = run("--check-config", path)
    check(status == 0, "what `write terminal' gives is accepted", out + err + text)
    have = {x.rstrip() for x in text.splitlines()}
    for line in (" point-code 1.1.1", " timer T7 21", " circuits 1-31", " 100rel required", " mtp local"):
        check(any(x.startswith(line) for x in have), f"`write terminal' gives {line}", text)


def call_from_sip(gw, trunk, number, more=None):
    """A call over TCP to the exchange, which answers; gives the provisional responses' fields."""
    peer = Sip(socket.create_connection(("127.0.0.1", gw.ports[trunk])))
    uri, call = f"sip:+{number}@127.0.0.1", f"{trunk}{number}{len(more or ())}"
    peer.request("INVITE", uri, call, 1, more=more, body=SDP)
    provisional, seq = [], 1
    while True:
        first, fields, body = peer.message()
        status = int(first.split()[1])
        if " PRACK" in fields["cseq"][0]:
            check(status == 200, f"{trunk}: PRACK", first)
        elif status >= 200:
            break
        elif status > 100:
            provisional.append(fields)
            if "rseq" in fields:
                seq += 1
                peer.request("PRACK", uri, call, seq, fields["to"][0], {"RAck": [fields["rseq"][0] + " 1 INVITE"]})
    if status != 200:
        return status, provisional
    check("m=audio" in body or any("rseq" in x for x in provisional), f"{trunk}: an answer to the offer", body)
    peer.request("ACK", uri, call, 1, fields["to"][0])
    peer.request("BYE", uri, call, seq + 1, fields["to"][0])
    peer.expect("SIP/2.0 200")
    return status, provisional


def calls_from_sip(gw):
    exchange = gw.exchange("--scenario", "ring-answer", "--answer-delay", "200ms", "--calls", "4")
    until(lambda: gw.linked() and re.search(r"^pstn +1-31  idle +- ", gw.vty("show circuits"), re.M), "the exchange")
    rel = {"Supported": ["100rel"]}
    for trunk, more, status, reliable in (
            ("off", rel, 200, False), ("supported", rel, 200, True), ("supported", None, 200, False),
            ("required", rel, 200, True), ("required", None, 421, False)):
        got, provisional = call_from_sip(gw, trunk, "4930555123", more)
        check(got == status, f"SIP over TCP to ISUP, 100rel {trunk}: {status}", got)
        check(all(("rseq" in x) == reliable for x in provisional) and (status != 200 or provisional),
              f"100rel {trunk}, peer {more}: reliable is {reliable}", provisional)
    check(exchange.wait(LIMIT) == 0, "the exchange's calls were good", exchange.stdout.read())


def maintains_circuits(gw):
    """Blocking, reset and query of one circuit, of a range and of the trunk group, against the exchange."""
    exchange = gw.exchange("--scenario", "ring-answer", "--calls", "1")

    def becomes(cics, pattern, what):
        def so():
            lines = {}
            for x in gw.vty("show circuits").splitlines():
                m = re.match(r"pstn +(\d+)(?:-(\d+))? +(.*)", x)
                lines.update((cic, m[3]) for cic in (range(int(m[1]), int(m[2] or m[1]) + 1) if m else ()))
            return len(lines) == 31 and all(re.match(pattern, lines[cic]) for cic in cics)
        check(until(so, what), what)

    every = range(1, 32)
    becomes(every, "idle +- ", "the exchange resets the circuits")
    for command, said, cics, pattern in (
            ("trunk-group pstn block", "", every, "idle +L "),
            ("trunk-group pstn block", "it is so already", every, "idle +L "),
            ("trunk-group pstn circuits 3-5 unblock", "", (3, 4, 5), "idle +- "),
            ("trunk-group pstn circuits 3-5 block hardware", "", (3, 4, 5), "idle +l "),
            ("trunk-group pstn unblock maintenance", "", (1, 2, 6, 31), "idle +- "),
            ("trunk-group pstn unblock hardware", "", every, "idle +- "),
            ("trunk-group pstn circuits 7 block", "", (7,), "idle +L "),
            ("circuit pstn 7 block", "it is so already", (7,), "idle +L "),
            ("circuit pstn 7 unb", "", (7,), "idle +- "),
            ("circuit pstn 7 val", "not done: Operation not supported", (7,), "idle +- "),
            ("circuit pstn 40 reset", "no circuit 40 in trunk group pstn", every, "idle +- "),
            ("trunk-group pstn circuits 40-50 block", "no such circuits", every, "idle +- "),
            ("trunk-group pstn circuits 5-3 reset", "FIRST-LAST", every, "idle +- "),
            ("trunk-group none query", "no ISUP trunk group", every, "idle +- "),
            ("trunk-group off query", "no ISUP trunk group", every, "idle +- "),
            ("circuit pstn 9 query", "", (9,), "idle +- +- .*  peer: idle"),
            ("trunk-group pstn circuits 1-4 query", "", (1, 2, 3, 4), "idle +- +- .*  peer: idle"),
            ("trunk-group pstn query", "", every, "idle +- +- .*  peer: idle"),
            ("trunk-group pstn circuits 1-4 reset", "", every, "idle +- "),
            ("trunk-group pstn reset", "", every, "idle +- ")):
        got = gw.vty(command)
        check(said in got if said else "%" not in got, command, got)
        becomes(cics, pattern, f"after {command}: {pattern}")
    exchange.kill()
    exchange.wait()


def call_to_sip(gw, listener, number, options, sdp=SDP):
    """A call from the exchange, which the peer over TCP answers."""
    exchange = gw.exchange("--scenario", "call-answer", "--rate", "10", "--calls", "1", "--called", number)
    sock, _ = listener.accept()
    peer = Sip(sock)
    first, invite, body = peer.expect("INVITE sip:+" + "49" + number)
    check(invite["via"][0].startswith("SIP/2.0/TCP"), "INVITE goes by TCP", invite["via"])
    for header, present in options:
        check(("100rel" in ",".join(invite.get(header, []))) == present, f"{number}: 100rel in {header}: {present}", invite)
    peer.reply("180 Ringing", invite)
    peer.reply("200 OK", invite, sdp)
    peer.expect("ACK")
    first, bye, _ = peer.expect("BYE")
    check("Q.850;cause=16" in bye.get("reason", [""])[0].replace(" ", ""), "BYE tells the cause", bye)
    peer.reply("200 OK", bye)
    check(exchange.wait(LIMIT) == 0, f"ISUP to SIP over TCP, {number}", exchange.stdout.read())
    sock.close()


def calls_to_sip(gw):
    with socket.create_server(("127.0.0.1", gw.ports["peer"])) as listener:
        listener.settimeout(LIMIT)
        call_to_sip(gw, listener, "8911", (("supported", False), ("require", False)))
        call_to_sip(gw, listener, "8922", (("supported", True), ("require", False)))
        call_to_sip(gw, listener, "8933", (("require", True),))
        said = "the answer does not fit our offer"
        check(said not in gw.log(), "answers that fit are not logged", gw.log())
        call_to_sip(gw, listener, "8933", (), SDP.replace("AVP 8", "AVP 18"))
        check(said + ": no codec in common" in gw.log(), "an answer without a codec of ours is logged", gw.log())


def records_survive(gw, n):
    records = until(lambda: len(gw.records()) >= n and gw.records(), "records")
    check(len(records) == n, f"{n} attempts, {n} records", records)
    gw.proc.send_signal(signal.SIGKILL)
    gw.proc.wait()
    check(len(gw.records()) == n, "the records stay when tollgate is killed")
    return records


def main():
    with tempfile.TemporaryDirectory(prefix="tollgate-program-") as where:
        command_line_options(where)
        written.all_tests(check)
        explain.all_tests(check)
        gw = Gateway(where)
        try:
            gw.start()
            shows(gw)
            explains(gw)
            listens_on_loopback_alone(gw)
            writes_its_configuration(gw)
            maintains_circuits(gw)
            calls_from_sip(gw)
            calls_to_sip(gw)
            records = records_survive(gw, 9)
            if "-v" in sys.argv:
                print(json.dumps(records[0], indent=1))
        except (AssertionError, OSError) as e:
            with open(os.path.join(where, "log")) as f:
                check(False, repr(e), f.read())
        finally:
            gw.stop()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
