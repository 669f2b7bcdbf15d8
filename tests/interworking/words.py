# SPDX-License-Identifier: GPL-3.0-or-later
"""What a ladder's line says of a message, held against the message: ISUP as text, SIP, records."""
import re


class Mismatch(Exception):
    """The ladder says something else; the text is for people."""


def glob(pattern, text):
    """"*" is wild, blanks are alike."""
    parts = [re.escape(" ".join(p.split())) if p.strip() else "" for p in pattern.split("*")]
    return re.fullmatch(".*".join(parts), " ".join(text.split()), re.S | re.I) is not None


# --- ISUP: the text form of tollgate-isup and of the exchange's traces ---

class Isup:
    def __init__(self, text):
        self.text = text
        head, *parameters = [p.strip() for p in text.split(";")]
        words = head.split()
        self.name = words[0] if words else ""
        self.cic = next((int(w[4:]) for w in words if w.startswith("cic=")), None)
        self.parameters = {}
        for p in parameters:
            name, _, rest = p.partition(" ")
            self.parameters.setdefault(name, []).append(rest)

    def field(self, parameter, name):
        """The values of a field in all parameters of that name; of their digits or text when it is None."""
        for text in self.parameters.get(parameter, []):
            words = text.split()
            if name:
                yield from (w[len(name) + 1:] for w in words if w.startswith(name + "="))
            else:
                yield next((w.rstrip("F") for w in reversed(words) if "=" not in w), "")

    def fits(self, condition):
        """CAI.value=17, CdPN=4989*, HOP, !HOP, CgPN!=30*, cic=5: as in the scenarios of tollgate-exchange."""
        left, sign, want = condition.partition("=")
        wrong = left.endswith("!") or (condition.startswith("!") and not sign)
        left = left.strip("!")
        if left == "cic":
            return (str(self.cic) == want) != wrong
        parameter, _, field = left.partition(".")
        if not sign:
            return (parameter in self.parameters) != wrong
        return any(glob(want, v) for v in self.field(parameter, field)) != wrong

    def expect(self, name, conditions):
        if self.name != name:
            raise Mismatch(f"{name} was expected, {self.text} came")
        for c in conditions:
            if not self.fits(c):
                raise Mismatch(f"{c} does not hold of {self.text}")


# --- SIP ---

SHORT = {"v": "via", "f": "from", "t": "to", "i": "call-id", "m": "contact", "l": "content-length", "c": "content-type", "k": "supported"}


class Sip:
    """A message as received: first line, fields by their name in lower case, body."""
    def __init__(self, octets):
        self.octets = octets
        head, _, self.body = octets.partition(b"\r\n\r\n")
        lines = re.sub("\r\n[ \t]+", " ", head.decode("latin-1")).split("\r\n")
        self.first, self.fields = lines[0], {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            name = name.strip().lower()
            self.fields.setdefault(SHORT.get(name, name), []).append(value.strip())
        words = self.first.split()
        self.status = int(words[1]) if words[0] == "SIP/2.0" else 0
        self.uri = "" if self.status else words[1]
        number, self.method = self.get("cseq").split()
        self.cseq = int(number)
        if not self.status:
            self.method = words[0]
        self.parts = parts(self.get("content-type"), self.body)

    def get(self, name):
        return ", ".join(self.fields.get(name.lower(), []))

    def tag(self, name):
        m = re.search(r";\s*tag=([^;>\s]+)", self.get(name))
        return m.group(1) if m else ""

    def part(self, kind):
        """The octets of the first body part of this type, or None."""
        return next((octets for t, octets in self.parts if t.split(";")[0].strip().lower() == kind), None)

    def sdp(self):
        octets = self.part("application/sdp")
        return None if octets is None else octets.decode("latin-1").splitlines()

    def direction(self):
        lines = self.sdp() or []
        return next((x[2:] for x in lines if x[2:] in ("sendonly", "recvonly", "inactive")), "sendrecv")

    def title(self):
        """For people, in one word or two."""
        name = str(self.status) + (f" {self.method}" if self.method != "INVITE" else "") if self.status else self.method
        return name + (" sdp" if self.sdp() else "") + (" isup" if self.part("application/isup") is not None else "")


def parts(content_type, body):
    """[(Content-Type, octets)]: binary-safe, one for a body that is not multipart, none without a body."""
    if not body:
        return []
    m = re.match(r"multipart/.*boundary=\"?([^\";]+)\"?", content_type, re.I)
    if not m:
        return [(content_type, body)]
    mark, found = b"\r\n--" + m.group(1).encode(), []
    for piece in (b"\r\n" + body).split(mark)[1:]:
        if piece.startswith(b"--"):
            return found
        head, _, octets = piece.partition(b"\r\n\r\n")
        kind = re.search(rb"^content-type:\s*(.*?)\s*$", head, re.I | re.M)
        found.append((kind.group(1).decode("latin-1") if kind else "text/plain", octets))
    raise Mismatch("the multipart body has no end")


def sip_fits(m, words, headers, isup_text):
    """words: sdp, sdp=inactive, !sdp, isup, !isup. headers: (name, pattern), pattern None: it must not be there. isup_text: octets to
    text. Raises Mismatch."""
    for w in words:
        name, sign, value = w.partition("=")
        wrong, name = name.startswith("!"), name.lstrip("!")
        there = {"sdp": m.sdp() is not None, "isup": m.part("application/isup") is not None}.get(name)
        if there is None:
            raise Mismatch(f"what is {w}?")
        if there == wrong or (sign and m.direction() != value):
            raise Mismatch(f"{w} does not hold: {m.title()} {m.direction() if name == 'sdp' else ''}")
    for name, pattern in headers:
        header_fits(m, name, pattern, isup_text)


def header_fits(m, name, pattern, isup_text):
    if name == "ISUP":
        octets = m.part("application/isup")
        if octets is None:
            raise Mismatch("there is no ISUP body")
        want, *conditions = pattern.split()
        return Isup(isup_text(octets)).expect(want, conditions)
    if name == "SDP":
        if not any(glob(pattern, line) for line in m.sdp() or []):
            raise Mismatch(f"no line of the SDP is {pattern}: {m.sdp()}")
        return None
    have = m.uri if name == "URI" else m.get(name)
    if pattern is None and have:
        raise Mismatch(f"{name} should not be there: {have}")
    if pattern is not None and not glob(pattern, have):
        raise Mismatch(f"{name} is \"{have}\", not \"{pattern}\"")
    return None


# --- records ---

def record_fits(record, conditions):
    """cause=16, released_by=calling, answer (is not null), !answer, in.called=+49*."""
    for c in conditions:
        left, sign, want = c.partition("=")
        wrong, value = left.startswith("!") or left.endswith("!"), record
        for step in left.strip("!").split("."):
            value = (value or {}).get(step)
        good = glob(want, str(value)) if sign else bool(value)
        if good == wrong:
            raise Mismatch(f"the record does not say {c}: {record}")
