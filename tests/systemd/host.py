# SPDX-License-Identifier: GPL-3.0-or-later
"""What check.py says to systemd, to the gateway's ports, and to its peers."""
import re
import socket
import subprocess
import threading
import time

UNIT = "tollgate.service"
TEST = "/opt/test/"


class Failed(Exception):
    """Something is not as it should be; the text says what."""


def run(*argv):
    return subprocess.run(argv, capture_output=True, text=True, errors="replace", check=False)


def systemctl(*args):
    return run("systemctl", *args)


def show(name, unit=UNIT):
    return systemctl("show", "--value", "-p", name, unit).stdout.strip()


def journal(unit=UNIT):
    """All that the unit said and that was said of it."""
    run("journalctl", "--sync")
    return run("journalctl", "--no-pager", "-o", "cat", "-u", unit).stdout


def until(what, test, timeout=20.0):
    """Waits for test() to give something, and gives that."""
    end = time.monotonic() + timeout
    while True:
        try:
            got = test()
        except OSError:
            got = None
        if got:
            return got
        if time.monotonic() > end:
            raise Failed(f"{what}: not within {timeout:.0f} s")
        time.sleep(0.1)


def expect(good, what):
    if not good:
        raise Failed(what)


def vty(*commands):
    """Runs commands on the telnet command line; all it said."""
    with socket.create_connection(("127.0.0.1", 4240), 5) as s:
        said = b""
        for line in commands + ("",):
            while not re.search(rb"[>#] $", said):
                part = s.recv(65536)
                if not part:
                    return said.decode(errors="replace")
                said += part
            s.sendall(line.encode() + b"\r\n")
            said = said[:-1] + b"\n"
        return said.decode(errors="replace").replace("\r", "")


def options(kind):
    """An OPTIONS over UDP or TCP; the status line of its answer."""
    with socket.socket(socket.AF_INET, kind) as s:
        s.settimeout(5)
        s.bind(("127.0.0.11", 0))
        s.connect(("127.0.0.1", 5060))
        name = "UDP" if kind == socket.SOCK_DGRAM else "TCP"
        s.sendall((f"OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/{name} 127.0.0.11:{s.getsockname()[1]};branch=z9hG4bK{name}\r\n"
                   f"From: <sip:a@127.0.0.11>;tag=1\r\nTo: <sip:127.0.0.1>\r\nCall-ID: {name}@127.0.0.11\r\nCSeq: 1 OPTIONS\r\n"
                   "Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n").encode())
        return s.recv(4096).decode().split("\r\n")[0]


class Phone(threading.Thread):
    """A SIP user agent that answers every INVITE at once and, unless it is deaf, every BYE."""

    def __init__(self):
        super().__init__(daemon=True)
        self.deaf, self.seen = False, []
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.11", 5060))

    def run(self):
        while True:
            data, peer = self.socket.recvfrom(65535)
            head, _, body = data.decode(errors="replace").partition("\r\n\r\n")
            lines = head.split("\r\n")
            method = lines[0].split()[0]
            self.seen.append(method)
            if method == "ACK" or method.startswith("SIP/") or (self.deaf and method != "INVITE"):
                continue
            keep = [x for x in lines[1:] if re.match("(Via|From|Call-ID|CSeq|Record-Route):", x, re.I)]
            keep += [x + ("" if "tag=" in x else ";tag=phone") for x in lines[1:] if re.match("To:", x, re.I)]
            keep.append("Contact: <sip:phone@127.0.0.11:5060>")
            if body and method == "INVITE":
                keep.append("Content-Type: application/sdp")
            else:
                body = ""
            keep.append(f"Content-Length: {len(body)}")
            self.socket.sendto(("SIP/2.0 200 OK\r\n" + "\r\n".join(keep) + "\r\n\r\n" + body).encode(), peer)


class Exchange:
    """An STP and an exchange behind it; places calls that stay up until somebody clears them."""

    def __init__(self):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.stp = subprocess.Popen(["osmo-stp", "-c", TEST + "stp.cfg"], stdin=subprocess.DEVNULL, **quiet)
        self.exchange = subprocess.Popen(
            ["tollgate-exchange", "--mtp", f"sigtran:{TEST}exchange.cfg", "--opc", "1.1.2", "--dpc", "1.1.1", "--cics", "1-4",
             "--control", "stdin", "--scenario", "answer", "--hold", "10min"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        # its resets come to nobody but do not make the gateway's wait for an exchange that is not there yet
        while "available" not in self.exchange.stdout.readline():
            expect(self.exchange.poll() is None, "the exchange has ended")

    def call(self):
        """A call from the exchange by way of the gateway to the phone; it is answered and stays up."""
        until("circuits in service", lambda: " idle" in vty("show circuits") and "resetting" not in vty("show circuits"), 30)
        self.exchange.stdin.write("call +4989123456 +4930765432 call-answer\n")
        self.exchange.stdin.flush()
        until("an answered call", lambda: re.search(r"Answered .* exchange/\d+ +sip ", vty("show calls")), 10)
