# SPDX-License-Identifier: GPL-3.0-or-later
"""A SIP peer that says what the ladder says and nothing else: transport, dialogs as a caller and as the called, bodies."""
import re
import secrets
import selectors
import socket
import threading

from words import Mismatch, Sip

PHRASES = {100: "Trying", 180: "Ringing", 181: "Call Is Being Forwarded", 182: "Queued", 183: "Session Progress", 200: "OK",
           302: "Moved Temporarily", 404: "Not Found", 480: "Temporarily Unavailable", 484: "Address Incomplete", 486: "Busy Here",
           487: "Request Terminated", 503: "Service Unavailable", 600: "Busy Everywhere", 603: "Decline",
           604: "Does Not Exist Anywhere"}
SDP = ("v=0\r\no=- {n} {n} IN IP4 {ip}\r\ns=-\r\nc=IN IP4 {ip}\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8 0 101\r\na=rtpmap:8 PCMA/8000\r\n"
       "a=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na={direction}\r\n")
ISUP_TYPE = "application/ISUP;version=itu-t92+;base=itu-t92+"


class Wire(threading.Thread):
    """UDP and TCP of one address; what comes is given to a function, what comes a second time to another."""
    def __init__(self, address, port, received, again):
        super().__init__(daemon=True)
        self.received, self.again, self.seen, self.buffers = received, again, set(), {}
        self.selector = selectors.DefaultSelector()
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind((address, port))
        self.tcp = socket.create_server((address, port))
        self.wake, self.waker = socket.socketpair()
        for s in (self.udp, self.tcp, self.wake):
            self.selector.register(s, selectors.EVENT_READ)
        self.start()

    def run(self):
        while True:
            for key, _ in self.selector.select():
                if key.fileobj is self.wake:
                    return
                self.readable(key.fileobj)

    def readable(self, s):
        if s is self.udp:
            octets, source = s.recvfrom(65536)
            self.take(octets, source)
        elif s is self.tcp:
            conn, _ = s.accept()
            self.buffers[conn] = b""
            self.selector.register(conn, selectors.EVENT_READ)
        else:
            self.stream(s)

    def stream(self, s):
        try:
            octets = s.recv(65536)
        except OSError:
            octets = b""
        if not octets:
            self.selector.unregister(s)
            self.buffers.pop(s)
            s.close()
            return
        buf = self.buffers[s] + octets
        while True:
            buf = buf.lstrip(b"\r\n")
            end = buf.find(b"\r\n\r\n")
            m = re.search(rb"\r\n(?:l|content-length) *: *(\d+)", buf[:end + 2], re.I)
            total = end + 4 + (int(m.group(1)) if m else 0)
            if end < 0 or len(buf) < total:
                break
            self.take(buf[:total], s)
            buf = buf[total:]
        self.buffers[s] = buf

    def take(self, octets, way):
        if not octets.strip():
            return
        m = Sip(octets)
        m.way = way
        if octets in self.seen:
            self.again(m)
            return
        self.seen.add(octets)
        self.received(m)

    def send(self, octets, way):
        if isinstance(way, tuple):
            self.udp.sendto(octets, way)
        else:
            way.sendall(octets)

    def close(self):
        self.waker.send(b"x")
        self.join(5)
        for s in (self.udp, self.tcp, self.wake, self.waker, *self.buffers):
            s.close()
        self.selector.close()


class Peer:
    """One SIP trunk group's far end. Its calls are dialogs (and, with overlap, several INVITEs of one Call-ID)."""
    def __init__(self, address, port, gateway):
        self.address, self.port, self.gateway = address, port, gateway
        self.calls, self.inbox, self.repeated, self.news = {}, [], [], threading.Condition()
        self.trace = lambda direction, message: None
        self.wire = Wire(address, port, self.received, self.again)

    def received(self, m):
        self.trace("<", m)
        self.put(self.inbox, m)

    def again(self, m):
        self.put(self.repeated, m)

    def put(self, where, m):
        with self.news:
            where.append(m)
            self.news.notify_all()

    def take(self, where, call, timeout, fits=lambda m: True):
        """The first message for the call that fits, or None. A call without Call-ID takes an INVITE that no call has."""
        def find():
            return next((m for m in where if fits(m) and (m.get("call-id") == call.call_id if call.call_id else
                                                           m.method == "INVITE" and m.get("call-id") not in self.calls)), None)
        with self.news:
            m = self.news.wait_for(find, timeout)
            if m:
                where.remove(m)
        return m

    def close(self):
        self.wire.close()


class Call:
    """What one end of a call knows of it."""
    def __init__(self, peer, text_to_isup):
        self.peer, self.encode = peer, text_to_isup
        self.call_id, self.local, self.remote, self.target = None, "", "", ""
        self.route, self.cseq, self.rseq, self.way = [], 0, 0, peer.gateway
        self.sent, self.got, self.rack = [], [], None  # INVITEs and other requests; requests that came; last reliable response

    # --- requests ---

    def headers(self, method, cseq, branch, own):
        p, transport = self.peer, "UDP" if isinstance(self.way, tuple) else "TCP"
        rows = [("Via", f"SIP/2.0/{transport} {p.address}:{p.port};branch={branch}"), ("Max-Forwards", "70"), ("From", self.local),
                ("To", self.remote), ("Call-ID", self.call_id), ("CSeq", f"{cseq} {method}"),
                ("Contact", f"<sip:peer@{p.address}:{p.port}>")] + [("Route", r) for r in self.route]
        return self.replace(rows, own)

    @staticmethod
    def replace(rows, own):
        """A header of the ladder takes the place of ours of that name; several of a name are several."""
        names = {n.lower() for n, _ in own}
        return [(n, v) for n, v in rows if n.lower() not in names] + own

    def body(self, words, isup):
        sdp = next((w for w in words if w.split("=")[0] == "sdp"), None)
        parts = []
        if sdp:
            text = SDP.format(n=1 + self.cseq, ip=self.peer.address, direction=sdp[4:] or "sendrecv")
            parts.append(("application/sdp", "session;handling=required", text.encode()))
        if isup:
            kind = ISUP_TYPE
            if isup.startswith("version="):
                version, _, isup = isup.partition(" ")
                kind = f"application/ISUP;{version}"
            handling = "required" if "required" in words else "optional"
            parts.append((kind, f"signal;handling={handling}", self.encode(isup)))
        if len(parts) < 2:
            return [("Content-Type", parts[0][0])] if parts else [], parts[0][2] if parts else b""
        text = b"".join(b"--ladder\r\nContent-Type: %s\r\nContent-Disposition: %s\r\n\r\n%s\r\n" % (t.encode(), d.encode(), o)
                        for t, d, o in parts) + b"--ladder--\r\n"
        return [("Content-Type", "multipart/mixed;boundary=ladder")], text

    def send(self, first, rows, words, own):
        isup, filler = (next((v for n, v in own if n == name), None) for name in ("ISUP", "BODY"))
        kind, octets = self.body(words, isup)
        if filler:
            kind, octets = [("Content-Type", filler.split()[0])], b"x" * int(filler.split()[1])
        rows = self.replace(rows, [(n, v) for n, v in own if n not in ("ISUP", "BODY") and v is not None])
        rows = [(n, v) for n, v in rows if (n, None) not in own] + kind + [("Content-Length", len(octets))]
        text = "\r\n".join([first] + [f"{n}: {v}" for n, v in rows]) + "\r\n\r\n"
        data = text.encode("latin-1") + octets
        self.peer.trace(">", Sip(data))
        self.peer.wire.send(data, self.way)

    def invite(self, uri, words, own):
        """The first INVITE, or (the same Call-ID and From tag) one more of an overlap."""
        if not self.call_id:
            self.call_id = secrets.token_hex(8)
            self.peer.calls[self.call_id] = self
            self.local = f"<sip:+498955500@{self.peer.address};user=phone>"
        given = dict((n.lower(), v) for n, v in own)
        tag = re.search("tag=.*", self.local)
        self.local = given.get("from", self.local.split(";tag=")[0]) + ";" + (tag.group() if tag else f"tag={secrets.token_hex(4)}")
        self.remote = given.get("to", f"<{uri}>")
        self.target = uri
        self.request("INVITE", words, [(n, v) for n, v in own if n.lower() not in ("from", "to")])

    def request(self, method, words, own):
        if method == "ACK":
            return self.acknowledge(words, own)
        if method == "CANCEL":
            return self.cancel(words, own)
        self.cseq += 1
        branch = "z9hG4bK" + secrets.token_hex(8)
        if method == "PRACK":
            own = own + [("RAck", self.rack)]
        self.sent.append({"method": method, "cseq": self.cseq, "branch": branch, "uri": self.target, "to": self.remote, "final": None})
        return self.send(f"{method} {self.target} SIP/2.0", self.headers(method, self.cseq, branch, []), words, own)

    def of_sent(self, method, nth):
        rows = [t for t in self.sent if t["method"] == method]
        if not rows or (nth and nth > len(rows)):
            raise Mismatch(f"no such {method} was sent")
        return rows[nth - 1 if nth else -1]

    def acknowledge(self, words, own):
        """Of a 2xx: a request of the dialog; of a failure: part of the INVITE's transaction."""
        nth = next((int(w[1:]) for w in words if w.startswith("/")), None)
        words = [w for w in words if not w.startswith("/")]
        t = self.of_sent("INVITE", nth)
        if not t["final"]:
            raise Mismatch("there is nothing to acknowledge")
        good = t["final"].status < 300
        branch = "z9hG4bK" + secrets.token_hex(8) if good else t["branch"]
        rows = self.headers("ACK", t["cseq"], branch, [] if good else [("To", t["final"].get("to"))])
        self.send(f"ACK {self.target if good else t['uri']} SIP/2.0", rows, words, own)

    def cancel(self, words, own):
        t = self.of_sent("INVITE", None)
        rows = self.headers("CANCEL", t["cseq"], t["branch"], [("To", t["to"])])
        self.sent.append({"method": "CANCEL", "cseq": t["cseq"], "branch": t["branch"], "uri": t["uri"], "to": t["to"], "final": None})
        self.send(f"CANCEL {t['uri']} SIP/2.0", [r for r in rows if r[0] != "Contact"], words, own)

    # --- responses ---

    def respond(self, status, method, words, own):
        """method: "", "BYE", "INVITE/2"; without one to the last request that has no final response."""
        name, _, nth = method.partition("/")
        rows = [r for r in self.got if r.method == (name or r.method) and r.method != "ACK"]
        rows = [rows[int(nth) - 1]] if nth else [r for r in rows if not r.answered]
        if not rows:
            raise Mismatch(f"there is no {method or 'request'} to answer")
        r, words = rows[-1], list(words)
        r.answered = r.answered or status >= 200
        tag = next((w[4:] for w in words if w.startswith("tag=")), "peer")
        to = r.get("to")
        if status > 100 and not r.tag("to"):
            to += f";tag={tag}"
            if r.method == "INVITE":
                self.local = to
        reliable = []
        if "reliable" in words:
            self.rseq += 1
            reliable = [("Require", "100rel"), ("RSeq", self.rseq)]
        rows = ([("Via", v) for v in r.fields["via"]] + [("Record-Route", v) for v in r.fields.get("record-route", [])] +
                [("From", r.get("from")), ("To", to), ("Call-ID", r.get("call-id")),
                 ("CSeq", r.get("cseq"))] + reliable + ([] if status >= 300 else [("Contact", f"<sip:peer@{self.peer.address}:{self.peer.port}>")]))
        self.way = r.way
        self.send(f"SIP/2.0 {status} {PHRASES.get(status, 'Status')}", rows,
                  [w for w in words if w not in ("reliable",) and not w.startswith("tag=")], own)

    # --- what has come ---

    def note(self, m):
        """What a message means for the dialog."""
        if m.status:
            self.note_response(m)
            return
        m.answered = False
        self.got.append(m)
        self.way = m.way if not isinstance(m.way, tuple) else self.peer.gateway
        if not self.call_id:
            self.call_id = m.get("call-id")
            self.peer.calls[self.call_id] = self
            self.local, self.remote = m.get("to"), m.get("from")
            self.route = m.fields.get("record-route", [])
        self.note_contact(m)

    def note_response(self, m):
        for t in self.sent:
            if t["cseq"] == m.cseq and t["method"] == m.method and m.status >= 200:
                t["final"] = m
        if m.method == "INVITE" and m.tag("to"):
            self.remote = m.get("to") if m.status < 300 else self.remote
            self.route = list(reversed(m.fields.get("record-route", []))) or self.route
        if m.get("rseq"):
            self.rack = f"{m.get('rseq')} {m.get('cseq')}"
        if m.status < 300:
            self.note_contact(m)

    def note_contact(self, m):
        contact = re.search("<([^>]+)>", m.get("contact"))
        if contact and m.method in ("INVITE", "UPDATE"):
            self.target = contact.group(1)
