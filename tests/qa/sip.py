# SPDX-License-Identifier: GPL-3.0-or-later
"""SIP peers that misbehave, over UDP and TCP, as callers and as called."""
import re
import socket

import pstn
import sipwords
from loop import mutate
from siptext import Message, body, sdp, tag_of

GATEWAY = ("127.0.0.1", 5060)


class Dialog:
    """What the peer knows of a call, as its caller or as the called."""
    def __init__(self, call_id, own, theirs, cseq):
        self.call_id, self.own, self.theirs, self.cseq = call_id, own, theirs, cseq
        self.target, self.invite, self.branch, self.rseq, self.answered, self.over = "sip:gw@127.0.0.1:5060", None, "", 0, False, False
        self.user = ""


class Peer:
    wild = 1

    def __init__(self, loop, rng, ip, transport="udp", port=5060):
        self.loop, self.rng, self.ip, self.port, self.transport = loop, rng, ip, port, transport
        self.quiet, self.dialogs, self.serial, self.sent, self.got, self.pending = False, {}, 0, 0, 0, {}
        self.stubborn = set()           # Call-IDs all of whose INVITEs are refused for their body
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self.udp.bind((ip, port))
        self.udp.setblocking(False)
        loop.watch(self.udp, self.readable_udp)
        self.tcp = socket.create_server((ip, port), backlog=64)
        self.tcp.setblocking(False)
        loop.watch(self.tcp, self.readable_accept)
        self.out, self.buffers = None, {}

    # --- transport ---

    def readable_udp(self):
        for _ in range(64):
            try:
                d = self.udp.recv(65536)
            except BlockingIOError:
                return
            self.received(d, None)

    def readable_accept(self):
        try:
            s, _ = self.tcp.accept()
        except BlockingIOError:
            return
        self.adopt(s)

    def adopt(self, s):
        s.setblocking(False)
        self.buffers[s] = b""
        self.loop.watch(s, lambda: self.readable_tcp(s))

    def shut(self, s):
        self.loop.unwatch(s)
        self.buffers.pop(s, None)
        if self.out is s:
            self.out = None
        s.close()

    def readable_tcp(self, s):
        try:
            d = s.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            d = b""
        if not d:
            self.shut(s)
            return
        buf = self.buffers[s] + d
        while b"\r\n\r\n" in buf:
            buf = buf.lstrip(b"\r\n")
            end = buf.find(b"\r\n\r\n")
            if end < 0:
                break
            m = re.search(rb"\r\n(?:l|content-length) *: *(\d+)", buf[:end + 2], re.I)
            total = end + 4 + (int(m.group(1)) if m else 0)
            if len(buf) < total:
                break
            self.received(buf[:total], s)
            buf = buf[total:]
        if s in self.buffers:
            self.buffers[s] = buf

    def connection(self):
        if not self.out:
            s = socket.socket()
            s.bind((self.ip, 0))
            s.settimeout(1)
            try:
                s.connect(GATEWAY)
            except OSError:
                s.close()
                return None
            self.out = s
            self.adopt(s)
        return self.out

    def put(self, data, conn=None, tcp=False):
        self.sent += 1
        if conn is None and not tcp:
            self.udp.sendto(data[:65000], GATEWAY)
            return
        s = conn if conn in self.buffers else self.connection()
        if not s:
            return
        try:
            if not self.quiet and self.rng.random() < 0.05 and len(data) > 2:   # in two pieces, the second late or never
                cut = self.rng.randrange(1, len(data))
                s.send(data[:cut])
                self.loop.after(self.rng.choice((0.01, 0.3)), self.rest, s, data[cut:])
            else:
                s.send(data)
        except OSError:
            self.shut(s)

    def rest(self, s, data):
        if s not in self.buffers:
            return
        try:
            if self.rng.random() < 0.8:
                s.send(data)
            elif self.rng.random() < 0.5:
                s.shutdown(socket.SHUT_WR)
            else:
                self.shut(s)
        except OSError:
            self.shut(s)

    def send(self, text, payload=b"", conn=None):
        data, r = text.encode("latin-1") + payload, self.rng.random() / self.wild
        tcp = self.transport == "tcp"
        if not self.quiet and r < 0.05:
            data = mutate(self.rng, data)
        self.put(data, conn, tcp)
        if not self.quiet and 0.05 < r < 0.1:
            self.put(data, conn, tcp)
        elif not self.quiet and 0.1 < r < 0.13:
            self.loop.after(self.rng.choice((0.2, 2)), self.put, data, conn, tcp)

    # --- requests ---

    def via(self, branch):
        return f"Via: SIP/2.0/{self.transport.upper()} {self.ip}:{self.port};branch={branch};rport\r\n"

    def branch(self):
        self.serial += 1
        return f"z9hG4bK{self.ip[-2:]}-{self.serial}-{self.rng.getrandbits(24):x}"

    def request(self, d, method, more="", content=(None, b""), branch=None, cseq=None, wrong=False):
        ctype, payload = content
        if cseq is None:
            d.cseq += 1
            cseq = d.cseq
        branch = branch or self.branch()
        theirs = re.sub(r";tag=[^;]*", ";tag=wrong", d.theirs) if wrong else d.theirs
        text = (f"{method} {d.target} SIP/2.0\r\n{self.via(branch)}Max-Forwards: {self.rng.choice((70, 70, 1, 20))}\r\nFrom: {d.own}\r\n"
                f"To: {theirs}\r\nCall-ID: {d.call_id}\r\nCSeq: {cseq} {method}\r\nContact: <sip:p@{self.ip}:{self.port};transport={self.transport}>\r\n"
                f"{more}" + (f"Content-Type: {ctype}\r\n" if ctype else "") + f"Content-Length: {len(payload)}\r\n\r\n")
        self.send(text, payload)
        return branch, cseq

    def call(self):
        rng = self.rng
        self.serial += 1
        call_id = f"c{self.serial}-{rng.getrandbits(32):x}@{self.ip}"
        if self.dialogs and rng.random() < 0.03:
            call_id = rng.choice(list(self.dialogs.values())).call_id
        user = rng.choice(("+4930", "+493", "+498811", "+4931", "+4989", "+4988", "+4986", "+4987", "+1", "030", "")) + str(rng.randrange(10 ** rng.choice((3, 6, 9))))
        d = Dialog(call_id, f"<sip:+4989{self.serial}@{self.ip}>;tag={rng.getrandbits(32):x}", f"<sip:{user}@127.0.0.1>", rng.randrange(1, 1000))
        tame = rng.random() < 0.3       # nothing is wrong at first
        if tame:
            user = rng.choice(("+4930", "+4931", "+4989", "+4988")) + "12345"
            d.theirs = f"<sip:{user}@127.0.0.1>"
        d.user = user
        d.target = f"sip:{user}@127.0.0.1" + rng.choice(("", "", ";user=phone", ":5060;transport=udp"))
        more = "" if tame else sipwords.headers(rng) if rng.random() < 0.5 else rng.choice((
                           "", "", "Supported: 100rel\r\n", "Require: 100rel\r\n", "Supported: 100rel, timer\r\nSession-Expires: 90\r\n",
                           "Require: foo\r\n", f"Subject: {'x' * rng.choice((10, 3000, 20000))}\r\n",
                           "Privacy: id\r\nP-Asserted-Identity: <sip:+4989777@h>\r\n", "History-Info: <sip:+4930@h>;index=1\r\n" * 20,
                           "Expires: 1\r\n", "Record-Route: <sip:127.0.0.66;lr>\r\n"))
        content = body(rng, self.ip, pstn.iam(rng, "3012345") if rng.random() < 0.7 else None)
        d.invite = (more, ("application/sdp", sdp(rng, self.ip)) if tame else content)
        d.branch, d.icseq = self.request(d, "INVITE", *d.invite)
        self.dialogs[(call_id, tag_of(d.own))] = d
        for _ in range(rng.choice((0, 1, 1, 2, 4))):
            self.loop.after(rng.choice((0, 0.01, 0.1, 0.5, 1.5)), self.act, d)
        self.loop.after(rng.choice((0.5, 2, 4)), self.give_up, d)

    def more_digits(self, d):
        """The INVITE again, for the same or a longer number or another one (RFC 3578 3.2)."""
        if not d.invite or d.answered or len(d.user) > 40:
            return
        r = self.rng.random()
        if r < 0.8:
            d.user += str(self.rng.randrange(10 ** self.rng.choice((1, 1, 2, 4))))
        elif r < 0.9:
            d.user = d.user[:-2]
        d.target, d.theirs = f"sip:{d.user}@127.0.0.1", f"<sip:{d.user}@127.0.0.1>"
        d.over = False
        d.branch, d.icseq = self.request(d, "INVITE", *d.invite, cseq=d.cseq if self.rng.random() < 0.05 else None)

    def cancel(self, d):
        text = (f"CANCEL {d.target} SIP/2.0\r\n{self.via(d.branch)}Max-Forwards: 70\r\nFrom: {d.own}\r\nTo: {re.sub(';tag=.*', '', d.theirs)}\r\n"
                f"Call-ID: {d.call_id}\r\nCSeq: {d.icseq} CANCEL\r\nContent-Length: 0\r\n\r\n")
        self.send(text)

    def ack(self, d, own_branch, m=None, content=(None, b"")):
        if not d.invite:
            return
        self.request(d, "ACK", content=content, branch=d.branch if not own_branch else None, cseq=d.icseq)

    def act(self, d):
        """Something that may or may not fit the dialog's state."""
        rng = self.rng
        if self.quiet:
            return
        kind = rng.choice(("CANCEL", "CANCEL", "BYE", "INVITE", "UPDATE", "INFO", "PRACK", "OPTIONS", "wrong", "again", "ACK", "merged", "MESSAGE", "REFER",
                           "burst", "digits", "digits", "more", "more"))
        if kind == "CANCEL":
            if d.invite:
                self.cancel(d)
        elif kind == "digits":
            self.request(d, "INFO", rng.choice(("", "", "Info-Package: infoDtmf\r\n", "Info-Package: x\r\n")), sipwords.digits(rng))
        elif kind == "more":
            for i in range(rng.choice((1, 1, 3, 9))):
                self.loop.after(i * rng.choice((0, 0.01, 0.2)), self.more_digits, d)
        elif kind in ("INVITE", "UPDATE", "INFO", "BYE"):
            self.request(d, kind, sipwords.headers(rng, 0.03), content=body(rng, self.ip))
        elif kind == "PRACK":
            self.request(d, kind, f"RAck: {d.rseq + rng.randrange(2)} {getattr(d, 'icseq', 1)} INVITE\r\n", body(rng, self.ip) if rng.random() < 0.3 else (None, b""))
        elif kind == "wrong":
            self.request(d, rng.choice(("BYE", "INVITE", "INFO")), wrong=True)
        elif kind in ("again", "merged"):
            if d.invite:
                self.request(d, "INVITE", *d.invite, branch=d.branch if kind == "again" else None, cseq=d.icseq)
        elif kind == "ACK":
            self.ack(d, rng.random() < 0.5)
        elif kind == "burst":
            for _ in range(rng.randrange(20)):
                self.request(d, rng.choice(("CANCEL", "BYE", "INFO", "UPDATE", "INVITE")))
        else:
            self.request(d, kind)

    def give_up(self, d):
        if d.over or self.quiet or self.rng.random() < 0.1:
            return
        if d.answered or not d.invite:
            self.request(d, "BYE")
            d.over = True
        else:
            self.cancel(d)
            if self.rng.random() < 0.2:
                self.loop.after(0, self.request, d, "BYE")

    # --- what comes ---

    def received(self, octets, conn):
        self.got += 1
        m = Message(octets)
        if not self.quiet and self.rng.random() < 0.03 * self.wild:
            if m.method == "INVITE" and not tag_of(m.get("to")):
                self.pending.setdefault(self.key(m), m)
            return
        if m.status:
            self.response(m)
        elif m.method == "INVITE":
            self.invited(m, conn)
        elif m.method:
            self.requested(m, conn)

    def response(self, m):
        d = self.dialogs.get((m.get("call-id"), tag_of(m.get("from"))))
        branch = re.search(r"branch=([^;\s]+)", m.get("via"))
        if not d or m.cseq_method() != "INVITE" or not d.invite or not branch or not m.get("cseq").split()[0].isdigit():
            return                      # also when it answers what was damaged
        if tag_of(m.get("to")):
            d.theirs = m.get("to")
        t = re.search(r"<([^>]+)>", m.get("contact"))
        reinvite = not m.get("cseq").startswith(f"{d.icseq} ")
        if t:
            d.target = t.group(1)
        if 100 < m.status < 200 and m.get("rseq").isdigit():
            d.rseq = int(m.get("rseq"))
            if self.quiet or self.rng.random() < 0.8:
                self.request(d, "PRACK", f"RAck: {d.rseq} {d.icseq} INVITE\r\n")
        elif 200 <= m.status < 300:
            d.answered = True
            if self.quiet or self.rng.random() < 0.85:
                self.request(d, "ACK", content=body(self.rng, self.ip) if self.rng.random() < 0.3 else (None, b""), cseq=int(m.get("cseq").split()[0]))
            if self.quiet:
                self.request(d, "BYE")
        elif m.status >= 300:
            if not self.quiet and m.status in (415, 484, 488, 302) and self.rng.random() < 0.4:
                self.loop.after(self.rng.choice((0, 0.1)), self.more_digits, d)
            if self.quiet or self.rng.random() < 0.9:
                self.request(d, "ACK", branch=branch.group(1) if reinvite else d.branch,
                             cseq=int(m.get("cseq").split()[0]))
            if not reinvite:
                d.over = True

    def reply(self, m, status, tag, conn, content=(None, b""), more=""):
        ctype, payload = content
        to = m.get("to")
        if status > 100 and not tag_of(to):
            to += f";tag={tag}"
        head = "".join(f"Via: {v}\r\n" for v in m.h.get("via", [])) + "".join(f"Record-Route: {v}\r\n" for v in m.h.get("record-route", []))
        self.send(f"SIP/2.0 {status} X\r\n{head}From: {m.get('from')}\r\nTo: {to}\r\nCall-ID: {m.get('call-id')}\r\nCSeq: {m.get('cseq')}\r\n"
                  + ("" if 300 <= status < 400 else f"Contact: <sip:p@{self.ip}:{self.port};transport={self.transport}>\r\n") + more
                  + (f"Content-Type: {ctype}\r\n" if ctype else "") + f"Content-Length: {len(payload)}\r\n\r\n", payload, conn)

    def invited(self, m, conn):
        rng, cid = self.rng, m.get("call-id")
        if tag_of(m.get("to")):
            if self.quiet or rng.random() < 0.7:
                status = 200 if self.quiet else rng.choice((200, 200, 200, 488, 491, 500, 481, 408))
                self.reply(m, status, None, conn, ("application/sdp", sdp(rng, self.ip)) if status == 200 else (None, b""))
            return
        if self.quiet:
            self.reply(m, 486, "q", conn)
            return
        if self.key(m) in self.pending:
            return
        self.pending[self.key(m)] = m
        if cid in self.stubborn or rng.random() < 0.02:
            self.stubborn.add(cid)
            self.reply(m, 415, "s", conn, more=rng.choice(("", "Accept: application/sdp\r\n", "Accept: x/y\r\n")))
            return
        if rng.random() < 0.03:
            self.fork(m, conn)
        tame = rng.random() < 0.3
        tag = f"{'t' if tame else 'u'}{rng.getrandbits(24):x}"
        plan = (180, 200) if tame else rng.choice(((100, 180, 200), (100, 183, 200), (180, 486), (200,), (100, 503), (404,), (302,), (180,), (100,), (), (183, 183, 180, 200, 200),
                           (180, 200, 486), (180, 487), (503,), (600,), (200, 200, 200), (183, 603), (199, 181, 182, 200), (180, 200), (180, 200), (484,), (484,), (183, 484),
                           (404, 200), (300,), (301,), (181, 302), (302,), (305,), (380,), (180, 199), (183, 199, 183, 200), (415,), (488,), (422,)))
        t = 0
        for status in plan:
            t += rng.choice((0, 0.01, 0.1, 0.6))
            forked = tag if tame or rng.random() < 0.8 else f"f{rng.getrandbits(24):x}"
            self.loop.after(t, self.say, m, status, forked, conn)
        d = Dialog(cid, m.get("to") + f";tag={tag}", m.get("from"), rng.randrange(1000))
        c = re.search(r"<([^>]+)>", m.get("contact"))
        d.target = c.group(1) if c else d.target
        for _ in range(rng.choice((0, 0, 1, 3))):
            self.loop.after(t + rng.choice((-0.5, 0, 0.1, 1)), self.act, d)
        self.loop.after(t + rng.choice((0.3, 1, 3)), self.give_up, d)

    def key(self, m):
        return m.get("call-id"), m.get("cseq").split(" ")[0]

    def fork(self, m, conn):
        """Many early dialogs at once, some of which end, some of which answer."""
        rng = self.rng
        tags = [f"k{i}" for i in range(rng.choice((5, 20, 60)))]
        for i in range(2 * len(tags)):
            self.loop.after(i * rng.choice((0, 0.005)), self.say, m, rng.choice((180, 183, 183, 181, 199)), rng.choice(tags), conn)
        for tag in rng.sample(tags, rng.randrange(4)):
            self.loop.after(rng.choice((0.05, 0.3)), self.say, m, 200, tag, conn)

    def say(self, m, status, tag, conn):
        if self.quiet:
            return
        rng = self.rng
        content = body(rng, self.ip) if status in (183, 200) or rng.random() < 0.2 else (None, b"")
        if tag[0] == "t" and status == 200:
            content = "application/sdp", sdp(rng, self.ip)
        more = sipwords.headers(rng, 0.05) if rng.random() < 0.3 else ""
        more += f"Require: 100rel\r\nRSeq: {rng.randrange(1, 5)}\r\n" if 100 < status < 200 and rng.random() < 0.3 else ""
        if 300 <= status < 400:
            more += f"Contact: {rng.choice(('<sip:x@127.0.0.99>', sipwords.contacts(rng), sipwords.contacts(rng)))}\r\n"
        if status in (302, 404, 486):
            more += "Reason: Q.850;cause=17\r\n"
        if status == 503 and rng.random() < 0.5:
            more += "Retry-After: 1\r\n"
        self.reply(m, status, tag, conn, content, more)

    def requested(self, m, conn):
        if m.method == "ACK":
            return
        if not self.quiet and self.rng.random() < 0.15 * self.wild:
            return
        status = 200 if self.quiet else self.rng.choice((200, 200, 200, 200, 481, 500, 408, 200))
        self.reply(m, status, "r", conn)
        first = self.pending.get(self.key(m))
        if m.method == "CANCEL" and first and (self.quiet or self.rng.random() < 0.8):
            self.reply(first, 487, "u", conn)

    def play(self):
        r, rng = self.rng.random(), self.rng
        if r < 0.5:
            self.call()
        elif r < 0.75 and self.dialogs:
            self.act(rng.choice(list(self.dialogs.values())[-50:]))
        elif r < 0.80:
            self.put(rng.choice((b"\r\n\r\n", b"\r\n", b"\0" * 50, rng.randbytes(400), b"OPTIONS sip:127.0.0.1 SIP/2.0\r\n\r\n", b"INVITE\r\n\r\n",
                                 b"SIP/2.0 200 OK\r\n\r\n")), None, rng.random() < 0.3)
        elif r < 0.84:
            self.odd_connection()
        while len(self.pending) > 2000:
            self.pending.pop(next(iter(self.pending)))
        while len(self.dialogs) > 500:
            self.dialogs.pop(next(iter(self.dialogs)))

    def odd_connection(self):
        """A connection that is half closed, reset, or says nothing."""
        s = socket.socket()
        s.bind((self.ip, 0))
        s.settimeout(1)
        try:
            s.connect(GATEWAY)
            if self.rng.random() < 0.6:
                s.send(b"INVITE sip:+49301@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1\r\nContent-Length: 99999\r\n"[:self.rng.randrange(100)])
            if self.rng.random() < 0.5:
                s.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        self.loop.after(self.rng.choice((0, 0.1, 2)), s.close)

    def calm(self):
        self.quiet = True
        for m in self.pending.values():
            self.reply(m, 480, "u", None)
        for d in self.dialogs.values():
            if not d.over and d.answered:
                self.request(d, "BYE")
            elif not d.over and d.invite:
                self.cancel(d)
