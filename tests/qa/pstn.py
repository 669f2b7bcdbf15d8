# SPDX-License-Identifier: GPL-3.0-or-later
"""Exchanges that misbehave: ISUP on the gateway's local MTP socket."""
import errno
import socket
import struct

from loop import mutate

NI, OWN = 2, (1 << 11) | (1 << 3) | 1
IAM, SAM, INR, INF, COT, ACM, CON, FOT, ANM, REL = 1, 2, 3, 4, 5, 6, 7, 8, 9, 12
SUS, RES, RLC, CCR, RSC, BLO, UBL, BLA, UBA = 13, 14, 16, 17, 18, 19, 20, 21, 22
GRS, CGB, CGU, CGBA, CGUA, GRA, CQM, CPG = 23, 24, 25, 26, 27, 41, 42, 44
USR, UCIC, CFN, FAC, UPT, UPA = 45, 46, 47, 51, 52, 53
CAUSES = (1, 16, 17, 18, 19, 21, 27, 28, 31, 34, 38, 41, 42, 47, 102, 111, 127)


def bcd(digits):
    d = digits + ("0" if len(digits) % 2 else "")
    return bytes(int(d[i + 1], 16) << 4 | int(d[i], 16) for i in range(0, len(d), 2))


def number(digits, nai=3, second=0x10):
    return bytes([nai | (0x80 if len(digits) % 2 else 0), second]) + bcd(digits)


def build(mt, fixed=b"", variable=None, optional=None):
    """variable, optional: parameters of variable length, optional ones as (code, contents); None: the part does not exist."""
    variable = [] if variable is None else [bytes([len(v)]) + v for v in variable]
    n = len(variable) + (optional is not None)
    at, pointers = n, bytearray()
    for i, v in enumerate(variable):
        pointers.append(at - i)
        at += len(v)
    tail = b"".join(variable)
    if optional is not None:
        pointers.append(at - len(variable) if optional else 0)
        tail += b"".join(bytes([c, len(v)]) + v for c, v in optional) + (b"\0" if optional else b"")
    return bytes([mt]) + fixed + bytes(pointers) + tail


def status(rng, cics):
    return bytes([cics - 1]) + bytes(rng.randrange(256) for _ in range((cics + 7) // 8))


def some_optional(rng, rows):
    return [r for r in rows if rng.random() < 0.25]


def iam(rng, called):
    opt = [(0x0a, number("301112233", 3, 0x11 | rng.choice((0, 4, 8))))] + some_optional(rng, [
        (0x3d, bytes([rng.randrange(32)])), (0x31, b"\0\x10"), (0x20, rng.randbytes(rng.randrange(1, 130))),
        (0x0b, number("3099", 3)), (0x13, b"\x03\x21"), (0x28, number("3098", 3)), (0xc0, b"\x06" + number("4930123", 4, 0x13)),
        (0xf3, b"\1\2\3"), (0x39, b"\xf3" + bytes([rng.randrange(128, 256)])), (0x03, rng.randbytes(9)), (0x78, rng.randbytes(20)),
        (0x2c, b"\xe0"), (0x1d, b"\x80\x90\xa3"), (0x08, bytes([rng.randrange(256)]))])
    tail = rng.choice(("f", "", "f"))
    return build(IAM, bytes([rng.choice((0, 0, 0, 4, 8, 1)), 0x60, 1, 0x0a, rng.choice((0, 3, 3, 2))]),
                 [number(called + tail)], opt)


def odd_message(rng, mt):
    """A message of that type that is right in itself."""
    cause = bytes([0x80 | rng.randrange(16), 0x80 | rng.choice(CAUSES)])
    opt = some_optional(rng, [(0x12, cause), (0x29, bytes([rng.randrange(256)])), (0x20, rng.randbytes(30)),
                              (0x2c, bytes([rng.choice((0xe0, 0xf9, 0xfa, 0xfb))])),
                              (0x21, number("4930555", 4, 0x11)), (0xf4, b"\1"), (0x39, b"\xf4\xc0")])
    if mt == IAM:
        return iam(rng, rng.choice(("8955", "8855", "8755", "3155", "30", "7", "8")) + str(rng.randrange(1000)))
    if mt == SAM:
        return build(mt, b"", [bytes([rng.choice((0, 0x80)), rng.randrange(256)])], [])
    if mt in (ACM, CON):
        return build(mt, bytes([rng.choice((0x12, 0x16, 0x00, 0x02)), rng.choice((0x14, 0x04, 0x34))]), [], opt)
    if mt == CPG:
        return build(mt, bytes([rng.choice((1, 2, 3, 4, 5, 6, 0x85))]), [], opt)
    if mt in (ANM, RLC, FOT, FAC, UPT, UPA):
        return build(mt, b"", [], opt)
    if mt == REL:
        return build(mt, b"", [cause], [])
    if mt == CFN:
        return build(mt, b"", [cause], [])
    if mt in (SUS, RES, COT):
        return build(mt, bytes([rng.randrange(2)]), [], [] if mt != COT else None)
    if mt in (INR, INF):
        return build(mt, rng.randbytes(2), [], [])
    if mt == USR:
        return build(mt, b"", [rng.randbytes(20)], [])
    if mt in (GRS, CQM):
        return build(mt, b"", [bytes([rng.randrange(1, 32)])])
    if mt in (CGB, CGU, CGBA, CGUA):
        return build(mt, bytes([rng.randrange(3)]), [status(rng, rng.choice((2, 9, 32)))])
    if mt == GRA:
        return build(mt, b"", [status(rng, rng.choice((2, 9, 32)))])
    return build(mt)


ANY = (IAM, SAM, INR, INF, COT, ACM, CON, FOT, ANM, REL, SUS, RES, RLC, CCR, RSC, BLO, UBL, BLA, UBA, GRS, CGB, CGU, CGBA, CGUA,
       GRA, CQM, CPG, USR, UCIC, CFN, FAC, UPT, UPA)


class Pstn:
    """Both exchanges: circuits 1 to 31 toward each of two point codes."""
    wild = 1
    PCS = (OWN + 1, OWN + 2)

    def __init__(self, loop, rng, path):
        self.loop, self.rng, self.path, self.sock = loop, rng, path, None
        self.quiet, self.sent, self.got = False, 0, 0
        self.use = {(pc, cic): None for pc in self.PCS for cic in range(1, 32)}
        self.gone = lambda: False
        self.connect()

    def connect(self):
        s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            s.connect(self.path)
        except OSError:                 # it is ending
            s.close()
            return
        s.setblocking(False)
        self.sock = s
        self.loop.watch(s, self.readable)

    def lose(self):
        self.loop.unwatch(self.sock)
        self.sock.close()
        self.sock = None
        if self.gone():
            return
        self.loop.after(self.rng.choice((0.01, 0.3)), self.connect)

    def put(self, pc, cic, msg):
        if not self.sock:
            return
        head = bytes([1, NI, 0, cic & 15]) + struct.pack(">II", pc, OWN)
        try:
            self.sock.send(head + struct.pack("<H", cic) + msg)
            self.sent += 1
        except OSError as e:
            if e.errno != errno.EAGAIN:
                raise

    def send(self, pc, cic, msg):
        """In a storm: sometimes damaged, twice or late."""
        r = self.rng.random() / self.wild
        if not self.quiet and r < 0.06:
            msg = mutate(self.rng, msg)
        self.put(pc, cic, msg)
        if not self.quiet and 0.06 < r < 0.10:
            self.put(pc, cic, msg)
        elif not self.quiet and 0.10 < r < 0.13:
            self.loop.after(self.rng.random(), self.put, pc, cic, msg)

    def readable(self):
        for _ in range(64):
            try:
                d = self.sock.recv(4096)
            except (BlockingIOError, AttributeError):
                return
            except OSError:
                d = b""
            if not d:
                self.lose()
                return
            self.got += 1
            self.receive(struct.unpack(">I", d[8:12])[0], struct.unpack("<H", d[12:14])[0], d[14:])

    def receive(self, pc, cic, m):
        if not self.quiet and self.rng.random() < 0.04 * self.wild:
            return                              # never arrived
        mt, key = m[0], (pc, cic)
        if mt == IAM:
            self.answer_iam(pc, cic)
        elif mt in (REL, RSC):
            self.use[key] = None
            if not self.quiet and mt == REL and self.rng.random() < 0.1:
                self.send(pc, cic, odd_message(self.rng, REL))
            self.loop.after(0 if self.quiet else self.rng.choice((0, 0, 0.2)), self.send, pc, cic, build(RLC, b"", [], []))
        elif mt == RLC:
            self.use[key] = None
        elif mt in (BLO, UBL):
            self.send(pc, cic, build(BLA if mt == BLO else UBA))
        elif mt == GRS:
            n = m[3]
            self.send(pc, cic, build(GRA, b"", [bytes([n]) + bytes((n + 8) // 8)]))
        elif mt in (CGB, CGU):
            self.send(pc, cic, bytes([CGBA if mt == CGB else CGUA]) + m[1:])

    def answer_iam(self, pc, cic):
        rng, key = self.rng, (pc, cic)
        self.use[key] = "out"
        if self.quiet:
            self.send(pc, cic, odd_message(rng, REL))
            return
        plan = (ACM, ANM, CPG, SUS, RES, CPG) if rng.random() < 0.3 else rng.choice((
                           (ACM, ANM, REL), (ACM, CPG, ANM, REL), (CON, REL), (ACM, REL), (REL,), (ACM, CPG, CPG), (ACM, ANM),
                           (RSC,), (IAM,), (ACM, ANM, SUS, RES, REL), (UCIC,), (CFN, ACM), (), (ANM, REL), (SAM, INR), (BLO, ACM),
                           (ACM, ACM, ANM, ANM, REL, RLC)))
        t = 0
        for mt in plan:
            t += rng.choice((0, 0.01, 0.1, 0.5))
            self.loop.after(t, self.if_storm, pc, cic, mt)

    def if_storm(self, pc, cic, mt):
        if not self.quiet:
            self.send(pc, cic, odd_message(self.rng, mt))

    def play(self):
        """One step of the storm."""
        rng = self.rng
        (pc, cic), r = rng.choice(list(self.use)), rng.random()
        if r < 0.5:
            if self.use[(pc, cic)] is None:
                self.use[(pc, cic)] = "in"
                called = rng.choice(("89", "88", "87", "31", "86"))
                few = rng.random() < 0.3
                self.send(pc, cic, iam(rng, called + str(rng.randrange(10 ** (1 if few else 5)))))
                for i in range(rng.randrange(8) if few else 0):
                    self.loop.after(i * rng.choice((0.005, 0.05, 0.3)), self.if_storm, pc, cic, SAM)
                self.loop.after(rng.choice((0, 0.05, 0.3, 1.5)), self.if_storm, pc, cic, rng.choice((REL, REL, REL, RSC, SAM, COT)))
            else:
                self.send(pc, cic, odd_message(rng, rng.choice((REL, SAM, COT, SUS, RES, ACM, ANM, CPG, RLC))))
        elif r < 0.9:
            if rng.random() < 0.1:
                cic = rng.choice((0, 32, 63, 4095, 0x3fff, 0xffff))
            if rng.random() < 0.03:
                pc = rng.randrange(1 << 14)
            self.send(pc, cic, odd_message(rng, rng.choice(ANY)))
        elif r < 0.96:
            mt = rng.choice((RSC, GRS, CGB, CGU, BLO, UBL, REL, RLC))
            for _ in range(rng.randrange(60)):
                self.send(pc, rng.randrange(1, 32), odd_message(rng, mt))
        elif r < 0.995:
            self.put(pc, cic, rng.randbytes(rng.randrange(0, 272)))
        elif self.sock:
            self.lose()

    def calm(self):
        """From now on all is as it should be; whatever is left on circuits is taken away."""
        self.quiet = True
        for pc in self.PCS:
            for cic in range(1, 32):
                self.put(pc, cic, build(REL, b"", [b"\x80\x90"], []))

    def tidy(self):
        for pc in self.PCS:
            for kind in (0, 1):
                self.put(pc, 1, build(CGU, bytes([kind]), [bytes([30]) + b"\xff\xff\xff\x7f"]))
            for cic in range(1, 32):
                self.put(pc, cic, build(UBL))
                self.put(pc, cic, build(RSC))
