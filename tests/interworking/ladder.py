# SPDX-License-Identifier: GPL-3.0-or-later
"""A ladder: a file read, and played between the PSTN (tollgate-exchange) and SIP peers, through the gateway.

  # ...                      the first lines: what the ladder shows
  config NODE: LINE          a line of the configuration (nodes: log stack isup media pstn sip other routes cdr); "no LINE" takes away ours
                             $peer is the address of the SIP peer, here and in headers; $gw the gateway's, $tag its tag in the dialog
  dialect ansi, country 1    of the PSTN; with country 1 the numbers of RFC 3666 are routed
  point-codes OWN FAR        of the gateway and of the exchange
  media tones                a media gateway that can loop circuits, by MGCP
  note: TEXT                 where the ladder goes another way than its source, and why
  pstn> WORDS                the exchange sends this; words of its scenarios, "cic=N" before them; "IAM CALLED CALLING; ..." is short
  pstn< NAME CONDITIONS      the gateway must have sent this next (with "cic=N" first: on that circuit); conditions of the scenarios
  far> WORDS, far< NAME ...  of the exchange behind a second gateway: then the two gateways call one another, and there is no SIP peer;
                             "same": the message is the one that the other exchange sent last, but for its circuit; "same!HOP": and this
  sip> INVITE +49... WORDS   a new call; "sdp", "sdp=inactive" put a description in; more headers on lines below, "Name: value";
                             "ISUP: TEXT" makes a body, "BODY: TYPE N" one of N octets; once more before an answer: overlap. "other>": from the second peer
  sip> METHOD, STATUS        in the call; a status answers the last request, or "180 INVITE/1"; "ACK/1": of that INVITE
  sip< METHOD, STATUS        the gateway must have sent this next; "200 BYE" when not to INVITE; lines below: "Name: pattern" ("*"),
                             "!Name", "URI: ", "ISUP: NAME CONDITIONS", "SDP: line"; "sip2<": of the second call
  wait S; none S             nothing is looked at for so long; nothing may have come, nor come in this time
  vty COMMAND [-> TEXT]      typed at the gateway
  record [far] CONDITIONS    of the next call record
Words of both "<": "after=S": not earlier, after the line before; "within=S": not later; "again": a repetition; "maybe": or not at all."""
import re
import threading
import time

from peer import Call
from words import Isup, Mismatch, record_fits, sip_fits
from world import LIMIT, isup_tool


class Line:
    def __init__(self, number, text):
        self.number, self.text, self.more = number, text, []

    def headers(self):
        """(name, value) of the lines below; value None: it is not to be there."""
        for text in self.more:
            name, _, value = text.partition(":")
            yield (name[1:].strip(), None) if name.startswith("!") else (name.strip(), value.strip())


class Ladder:
    def __init__(self, path, text):
        self.path, self.config, self.lines, self.title, self.dialect, self.country, self.why = path, [], [], "", "itu", "49", []
        self.media, self.points = "none", None
        for n, line in enumerate(text.splitlines(), 1):
            self.line(n, line.rstrip())
        first = next((x.text for x in self.lines if re.match("sip> INVITE|pstn> (cic=[0-9]+ )?IAM", x.text)), "pstn")
        self.called = "sip" if first.startswith("pstn") else "pstn"
        self.points = self.points or (["0.8.9", "0.8.10"] if self.dialect == "ansi" else ["1.1.1", "1.1.2"])
        self.far = any(x.text.startswith("far") for x in self.lines)
        self.peers = ["sip"] + (["other"] if any(x.text.startswith("other") for x in self.lines) else [])

    def line(self, number, text):
        word, _, rest = text.partition(" ")
        if not text or word == "#" and self.title:
            return
        if word == "#":
            self.title = rest
        elif text[0] == " ":
            self.lines[-1].more.append(text.strip())
        elif word == "config":
            node, _, line = rest.partition(": ")
            self.config.append((node, line))
        elif word in ("dialect", "country", "media"):
            setattr(self, word, rest)
        elif word == "point-codes":
            self.points = rest.split()
        elif word == "note:":
            self.why.append(rest)
        else:
            self.lines.append(Line(number, text))


class End:
    """A gateway and its exchange."""
    def __init__(self, gateway):
        self.gateway, self.exchange, self.cic, self.records = gateway, None, 1, 0


class Play:
    """One run of a ladder."""
    def __init__(self, ladder, ends, peers):
        self.ladder, self.ends, self.peers = ladder, dict(zip(("pstn", "far"), ends)), peers
        self.gateway, self.calls, self.begun = ends[0].gateway, {}, time.monotonic()
        self.events, self.lock, self.last = [], threading.Lock(), time.monotonic()

    # --- what is shown when it fails ---

    def event(self, side, direction, text):
        with self.lock:
            self.events.append((time.monotonic() - self.begun, side, direction, text))

    def shown(self, m):
        """A SIP message for people: its lines that tell something, its ISUP body decoded."""
        dull = ("via", "max-forwards", "user-agent", "server", "content-length", "allow", "supported", "accept")
        lines = m.octets.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
        isup = m.part("application/isup")
        return ([m.title()] + ([m.uri] if m.method == "INVITE" and m.uri else []) + [x for x in lines if x.split(":")[0].lower() not in dull] +
                ([f"ISUP: {self.text(isup)}"] if isup is not None else []))

    def drawn(self):
        """The ladder as it happened: PSTN left of the gateway, SIP right of it."""
        rows = [f"{'':9}{'PSTN':16}{'gateway':26}SIP"]
        for t, side, direction, text in self.events:
            head, *more = [text] if isinstance(text, str) else self.shown(text)
            if side in self.ends:
                arrow = f" {head.split()[0]} ".center(14, "-")
                arrow = f"|{arrow}>|{'':25}|" if direction == ">" else f"|<{arrow}|{'':25}|"
                rows.append(f"{t:8.3f} {arrow} {side if side == 'far' else ''} {head}")
            else:
                arrow = f" {head} ".center(24, "-")
                rows.append(f"{t:8.3f} |{'':15}|{f'<{arrow}' if direction == '>' else f'{arrow}>'}| {side}")
            rows += [" " * 53 + x for x in more]
        return "\n".join(rows)

    # --- playing ---

    def play(self):
        for line in self.ladder.lines:
            try:
                self.step(line)
            except Mismatch as e:
                raise Mismatch(f"{self.ladder.path}:{line.number}: {line.text}: {e}") from e
            self.last = time.monotonic()

    def step(self, line):
        m = re.match(r"(pstn|far|sip|other)(\d*)([<>]) +(.*)", line.text)
        if m and m.group(1) in self.ends:
            end = self.ends[m.group(1)]
            self.pstn_send(end, m.group(4)) if m.group(3) == ">" else self.pstn_expect(end, m.group(4).split())
        elif m:
            call = self.call(m.group(1), m.group(2))
            act = self.sip_send if m.group(3) == ">" else self.sip_expect
            act(call, m.group(4).split(), self.filled(call, line.headers()))
        else:
            self.world(*line.text.partition(" ")[::2])

    def world(self, word, rest):
        if word == "wait":
            time.sleep(float(rest))
        elif word == "none":
            time.sleep(float(rest or "0.1"))
            self.nothing_left()
        elif word == "vty":
            command, _, want = rest.partition(" -> ")
            said = self.gateway.vty(command)
            if want not in said:
                raise Mismatch(f"the command line says {said}")
        elif word == "record":
            far, conditions = rest.startswith("far "), rest.split()
            self.record(self.ends["far" if far else "pstn"], conditions[far:])
        else:
            raise Mismatch("what is that?")

    def nothing_left(self):
        left = [t for e in self.ends.values() for t in e.exchange.inbox] + [m.title() for p in self.peers.values() for m in p.inbox
                                                                           if m.status != 100]
        if left:
            raise Mismatch(f"nobody asked for {left}")

    @staticmethod
    def record(end, conditions):
        until = time.monotonic() + LIMIT
        while len(end.gateway.records()) <= end.records:
            if time.monotonic() > until:
                raise Mismatch("there is no such record")
            time.sleep(0.01)
        record_fits(end.gateway.records()[end.records], conditions)
        end.records += 1

    @staticmethod
    def times(words):
        """The words without those of time, seconds to wait at most and at least, and the others of ours."""
        own = {"after": 0.0, "within": LIMIT, "again": False, "maybe": False}
        rest = []
        for w in words:
            name, sign, value = w.partition("=")
            if name in ("after", "within") and sign:
                own[name] = float(value)
            elif w in ("again", "maybe"):
                own[w] = True
            else:
                rest.append(w)
        return rest, own

    def came(self, own, what, seen):
        """Judges when something came."""
        if what is None:
            raise Mismatch(f"it did not come within {own['within']:g} s; {seen}")
        if time.monotonic() - self.last < own["after"]:
            raise Mismatch(f"it came after {time.monotonic() - self.last:.2f} s, which is too early")

    # --- PSTN ---

    @staticmethod
    def iam(words):
        """IAM CALLED [CALLING] [; PARAMETERS] -> words of a scenario."""
        head, sign, rest = words.partition(";")
        _, *numbers = head.split()
        text = f"IAM; CdPN nai=3 npi=1 inn=0 {numbers[0]}" if numbers else "IAM"
        if len(numbers) > 1:
            text += f"; CgPN nai=3 npi=1 inn=0 apri=0 si=3 {numbers[1]}"
        elif numbers and "CgPN" not in rest:
            text += "; no CgPN"
        return text + sign + rest

    def pstn_send(self, end, words):
        if words.startswith("cic="):
            cic, _, words = words.partition(" ")
            end.cic = int(cic[4:])
        end.exchange.send(end.cic, self.iam(words) if words.startswith("IAM") else words)

    def same(self, end, m, word):
        """The message is what the other exchange sent, but for the circuit and the parameters behind "!"."""
        other = next(e for e in self.ends.values() if e is not end)
        sent, but = Isup(other.exchange.sent.get(m.name, "")), set(word.split("!")[1:])
        changed = [p for p in set(sent.parameters) | set(m.parameters) if p not in but and sent.parameters.get(p) != m.parameters.get(p)]
        if changed or sent.name != m.name:
            raise Mismatch(f"{changed} is not as it was sent: {sent.text}, and came: {m.text}")

    def pstn_expect(self, end, words):
        words, own = self.times(words)
        cic = int(words.pop(0)[4:]) if words[0].startswith("cic=") else None
        name, conditions = words[0], [w for w in words[1:] if not w.startswith("same")]

        def fits(text):
            return (cic is None or Isup(text).cic == cic) and not (own["maybe"] and Isup(text).name != name)
        text = end.exchange.take(fits, 0.3 if own["maybe"] else own["within"])
        if text is None and own["maybe"]:
            return
        self.came(own, text, self.pending())
        m = Isup(text)
        m.expect(name, conditions)
        for w in words[1:]:
            if w.startswith("same"):
                self.same(end, m, w)
        end.cic = m.cic

    def pending(self):
        came = [t for e in self.ends.values() for t in e.exchange.inbox] + [m.title() for p in self.peers.values() for m in p.inbox]
        return "what came elsewhere: " + (", ".join(came) or "nothing")

    # --- SIP ---

    def call(self, peer, number):
        key = peer + (number or "1")
        if key not in self.calls:
            self.calls[key] = Call(self.peers[peer], lambda text: bytes.fromhex(isup_tool("encode", self.full(text), self.ladder.dialect)))
        return self.calls[key]

    def full(self, text):
        """A body's text: the short form of IAM made long."""
        if not text.startswith("IAM"):
            return text
        iam = self.iam(text).replace("; no CgPN", "").partition(";")
        return "IAM; NCI satellite=0 continuity=0 echo=0; FCI isup_all_the_way=1 isdn_access=1; CPC value=10; TMR value=3;" + iam[2]

    def text(self, octets):
        try:
            return "; ".join(x.strip() for x in isup_tool("decode", octets, self.ladder.dialect, octets=True).strip().split("\n"))
        except RuntimeError as e:
            return f"malformed {octets.hex()} ({e})"

    def filled(self, call, headers):
        """$gw and $peer are their addresses, $tag is the gateway's in the dialog."""
        m = re.search(r";tag=([^;>\s]+)", call.remote)
        names = {"$gw": self.gateway.address, "$peer": call.peer.address, "$tag": m.group(1) if m else "?"}
        return [(n, v and re.sub(r"\$\w+", lambda x: names.get(x.group(), x.group()), v)) for n, v in headers]

    def sip_send(self, call, words, headers):
        what, words = words[0], words[1:]
        if what == "INVITE" and words and re.match(r"\+|\d|sips?:|tel:", words[0]):
            uri = words[0] if ":" in words[0] else f"sip:{words[0]}@{self.gateway.address};user=phone"
            call.invite(uri.replace("@gw", "@" + self.gateway.address), words[1:], headers)
        elif what.isdigit():
            method = words.pop(0) if words and re.match("[A-Z]+(/[0-9]+)?$", words[0]) else ""
            call.respond(int(what), method, words, headers)
        else:
            method, _, nth = what.partition("/")
            call.request(method, [f"/{nth}"] * bool(nth) + words, headers)

    def sip_expect(self, call, words, headers):
        words, own = self.times(words)
        what, words = words[0], words[1:]
        status = int(what) if what.isdigit() else 0
        method = words.pop(0) if status and words and re.match("[A-Z]+(/[0-9]+)?$", words[0]) else "INVITE" if status else what
        name, _, nth = method.partition("/")

        def fits(m):
            return m.status != 100 or status == 100  # when 100 comes is a matter of time
        if own["maybe"] or own["again"]:
            def fits(m):  # noqa: F811
                return m.status == status and m.method == name
        m = call.peer.take(call.peer.repeated if own["again"] else call.peer.inbox, call, 0.3 if own["maybe"] else own["within"], fits)
        if m is None and own["maybe"]:
            return
        self.came(own, m, self.pending())
        if not own["again"]:
            call.note(m)
        if m.status != status or m.method != name:
            raise Mismatch(f"{m.title()} came")
        if nth and self.nth(call, m) != int(nth):
            raise Mismatch(f"it is of INVITE {self.nth(call, m)}")
        sip_fits(m, words, headers, self.text)

    @staticmethod
    def nth(call, m):
        """Of which INVITE of the call the message is, from 1 on."""
        rows = [t["cseq"] for t in call.sent if t["method"] == "INVITE"] if m.status else [r.cseq for r in call.got if r.method == "INVITE"]
        return rows.index(m.cseq) + 1 if m.cseq in rows else 0

    # --- the end ---

    def idle(self):
        """Waits for all to be idle; what is not, and what nobody asked for."""
        end, bad = time.monotonic() + LIMIT, ["?"]
        while bad and time.monotonic() < end:
            bad = [x for e in self.ends.values() for x in e.gateway.left()]
            if bad:
                time.sleep(0.02)
        try:
            self.nothing_left()
        except Mismatch as e:
            bad.append(str(e))
        for e in self.ends.values():
            if len(e.gateway.records()) != e.records:
                bad.append(f"{e.gateway.name}: {len(e.gateway.records())} call records, {e.records} looked at")
        return bad
