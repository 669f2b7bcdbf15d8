# SPDX-License-Identifier: GPL-3.0-or-later
"""SIP messages received, and bodies to send: SDP, ISUP, both in a multipart; sometimes damaged."""
import re

import pstn
import sipwords
from loop import mutate

SDP = ("v=0\r\no=- {v} {v} IN IP4 {ip}\r\ns=-\r\nc=IN IP4 {ip}\r\nt=0 0\r\nm=audio {port} RTP/AVP 8 0 101\r\n"
       "a=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n{extra}")
COMPACT = {"v": "via", "f": "from", "t": "to", "i": "call-id", "m": "contact", "l": "content-length"}


class Message:
    def __init__(self, octets):
        head, _, self.body = octets.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.first, self.h = lines[0], {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            name = name.strip().lower()
            self.h.setdefault(COMPACT.get(name, name), []).append(value.strip())
        self.status = int(self.first[8:11]) if self.first.startswith("SIP/2.0 ") and self.first[8:11].isdigit() else 0
        self.method = "" if self.status else self.first.split(" ")[0]

    def get(self, name):
        return self.h.get(name, [""])[0]

    def cseq_method(self):
        return (self.get("cseq").split() + ["", ""])[1]


def tag_of(value):
    m = re.search(r";\s*tag=([^;\s]+)", value)
    return m.group(1) if m else None


def sdp(rng, ip):
    extra = rng.choice(("", "", "a=sendonly\r\n", "a=inactive\r\n", "a=ptime:20\r\n", "m=video 0 RTP/AVP 31\r\n"))
    text = SDP.format(v=rng.randrange(10 ** 6), ip=rng.choice((ip, ip, ip, "0.0.0.0")), port=rng.choice((4000, 4002, 0, 65535)), extra=extra)
    return text.encode()


def body(rng, ip, isup=None):
    """Content-Type and body: an offer, nothing, or a multipart with ISUP in it; sometimes damaged."""
    r, offer = rng.random(), sdp(rng, ip)
    if rng.random() < 0.1:
        offer = mutate(rng, offer)
    if r < 0.15:
        return None, b""
    if r < 0.6:
        return "application/sdp", offer
    if r > 0.9:
        ctype, octets = sipwords.mixed(rng, offer)
        return ctype, mutate(rng, octets) if rng.random() < 0.2 else octets
    inner = isup or pstn.odd_message(rng, rng.choice(pstn.ANY))
    if rng.random() < 0.2:
        inner = mutate(rng, inner)
    if r < 0.65:
        return "application/ISUP;version=itu-t92+;base=itu-t92+", inner
    b = (b"--x1\r\nContent-Type: application/sdp\r\n\r\n" + offer + b"\r\n--x1\r\nContent-Type: application/ISUP;version=itu-t92+;base=itu-t92+"
         b"\r\nContent-Disposition: signal;handling=" + rng.choice((b"required", b"optional")) + b"\r\n\r\n" + inner + b"\r\n--x1--\r\n")
    return "multipart/mixed;boundary=x1", mutate(rng, b) if rng.random() < 0.15 else b
