# SPDX-License-Identifier: GPL-3.0-or-later
"""A media gateway that misbehaves: answers MGCP late, twice, damaged or not at all, and restarts."""
import socket

from loop import mutate

SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.5\r\ns=-\r\nc=IN IP4 127.0.0.5\r\nt=0 0\r\nm=audio {} RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\n"


class Mgw:
    wild = 1

    def __init__(self, loop, rng, own=("127.0.0.5", 2427), gateway=("127.0.0.1", 2727)):
        self.loop, self.rng, self.gateway = loop, rng, gateway
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sock.bind(own)
        self.sock.setblocking(False)
        self.quiet, self.connections, self.last, self.tid, self.away = False, {}, {}, 1000, False
        loop.watch(self.sock, self.readable)

    def put(self, data):
        self.sock.sendto(data, self.gateway)

    def send(self, text):
        data, r = text.encode(), self.rng.random() / self.wild
        if self.quiet:
            self.put(data)
        elif r < 0.05:
            self.put(mutate(self.rng, data))
        elif r < 0.10:
            self.put(data)
            self.put(data)
        elif r < 0.25:
            self.loop.after(self.rng.choice((0.05, 0.5, 2)), self.put, data)
        elif r > 0.03:
            self.put(data)

    def readable(self):
        for _ in range(64):
            try:
                d = self.sock.recv(65536)
            except BlockingIOError:
                return
            if not self.away:
                for text in d.decode("latin-1").split("\n.\n"):
                    self.command(text)

    def command(self, text):
        lines = text.replace("\r", "").split("\n")
        words = lines[0].split()
        if len(words) < 3 or not words[1].isdigit():
            return                              # a response to our RSIP
        verb, tid, endpoint = words[0].upper(), words[1], words[2]
        if tid not in self.last:
            self.last[tid] = self.answer(verb, tid, endpoint, dict(x.split(":", 1) for x in lines[1:] if x[1:2] == ":"))
        self.send(self.last[tid])

    def answer(self, verb, tid, endpoint, p):
        code = 200
        if not self.quiet and self.rng.random() < 0.05:
            code = self.rng.choice((400, 401, 403, 500, 502, 510, 515, 520, 524, 540, 541, 999, 250))
        if code != 200:
            return f"{code} {tid} no\r\n"
        i = p.get("I", "").strip()
        if verb == "CRCX":
            i = f"{self.rng.getrandbits(32):X}"
            self.connections[i] = endpoint
            return f"200 {tid} OK\r\nI: {i}\r\nZ: {endpoint}\r\n\r\n" + SDP.format(20000 + 2 * self.rng.randrange(1000))
        if verb == "MDCX":
            if i not in self.connections:
                return f"515 {tid} no such\r\n"
            return f"200 {tid} OK\r\n\r\n" + SDP.format(20000 + 2 * self.rng.randrange(1000))
        if verb == "DLCX":
            known = self.connections.pop(i, None) if i else True
            return f"250 {tid} OK\r\nP: PS=1, OS=2\r\n" if known else f"515 {tid} no such\r\n"
        if verb == "AUCX":
            return f"200 {tid} OK\r\n" if i in self.connections else f"515 {tid} no such\r\n"
        return f"200 {tid} OK\r\n"

    def play(self):
        r, self.tid = self.rng.random(), self.tid + 1
        if r < 0.004:
            self.connections = {}
            self.put(f"RSIP {self.tid} *@mgw MGCP 1.0\r\nRM: {self.rng.choice(('restart', 'forced', 'graceful', 'disconnected'))}\r\n".encode())
            self.tid += 1
            self.loop.after(0.1, self.put, f"RSIP {self.tid} *@mgw MGCP 1.0\r\nRM: restart\r\n".encode())
        elif r < 0.01:
            verb = self.rng.choice(("NTFY", "RSIP", "DLCX", "CRCX", "RQNT"))
            self.put(mutate(self.rng, f"{verb} {self.tid} ds/e1-0/{self.rng.randrange(40)}@mgw MGCP 1.0\r\nX: 1\r\nO: L/hd\r\n".encode()))
        elif r < 0.0105:
            self.away = True
            self.loop.after(self.rng.choice((1, 4)), self.back)

    def back(self):
        self.away = False

    def calm(self):
        self.quiet, self.away = True, False
        self.put(f"RSIP {self.tid + 1} *@mgw MGCP 1.0\r\nRM: restart\r\n".encode())
