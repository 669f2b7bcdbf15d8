# SPDX-License-Identifier: GPL-3.0-or-later
"""What SIP peers say beside the call itself: headers of services, Contacts of redirections, bodies of many parts, digits; right, odd,
far too long or damaged."""
import pstn
from loop import mutate

HOSTS = ("h", "127.0.0.1", "127.0.0.12:5060", "[::1]:5061", "x.invalid", "127.0.0.99;transport=tcp")
TAILS = ("", "", ";cpc=payphone", ";rn=+4999;npdi", ";tgrp=a;trunk-context=b", ";isub=12;isub-encoding=nsap-bcd", ";ext=1", ";cic=+1288",
         ";isup-oli=27", ";phone-context=+49")
ISUP = ("application/ISUP;version=itu-t92+;base=itu-t92+", "application/isup;version=itu-t92+", "application/ISUP",
        "application/ISUP;version=ansi88;base=ansi88", 'application/ISUP;version="x-y";base=nobody')


def number(rng):
    return rng.choice(("+49", "+49", "+1", "0049", "", "+")) + str(rng.randrange(10 ** rng.choice((3, 9, 9, 20))))


def uri(rng):
    n = number(rng)
    return rng.choice((f"sip:{n}{rng.choice(TAILS)}@{rng.choice(HOSTS)};user=phone", f"sip:{n}@{rng.choice(HOSTS)}", f"tel:{n}{rng.choice(TAILS)}",
                       "sip:anonymous@anonymous.invalid", "sips:a%20b%zz@h", "urn:service:sos", "", "sip:" + "9" * rng.choice((40, 300))))


def listed(rng, one, most=600):
    return ", ".join(one(i) for i in range(rng.choice((1, 1, 2, 3, 7, 60, most))))


def history(rng):
    def one(i):
        more = rng.choice(("", "", "?Privacy=history", "?Reason=SIP%3Bcause%3D302", "?Reason=Q.850%3Bcause%3D17&Privacy=none"))
        cause = rng.choice(("", "", ";cause=302", ";cause=486", ";cause=999999"))
        return f"<{uri(rng)}{cause}{more}>;index={rng.choice((f'1.{i}', '1' + '.1' * i, '1', '', '0'))}" + rng.choice(("", ";mp=1", ";rc=1", ";np=1"))
    return listed(rng, one)


def diversion(rng):
    return listed(rng, lambda i: f"<{uri(rng)}>;reason={rng.choice(('user-busy', 'no-answer', 'deflection', 'x', chr(34) + 'unconditional' + chr(34)))}"
                  f";counter={rng.choice((1, 2, 5, 99, 10 ** 12))};privacy={rng.choice(('off', 'full', 'name'))}", 100)


def reason(rng):
    return listed(rng, lambda i: f"{rng.choice(('Q.850', 'SIP', 'Q.850', 'preemption'))};cause={rng.choice((1, 16, 17, 44, 127, 128, 486, 0, 10 ** 9))}"
                  + rng.choice(("", ';text="a, b"', ';text="', ";location=LN")), 40)


def contacts(rng):
    return listed(rng, lambda i: rng.choice(("", '"a, b" ')) + f"<{uri(rng)}>" + rng.choice(("", ";q=0.5", ";q=1.000", ";q=7", ";expires=0", ";q=.x")), 100)


def uui(rng):
    return f"{rng.randbytes(rng.choice((1, 3, 33, 129, 130, 3000))).hex()};encoding=hex" + rng.choice(("", ";purpose=isdn-uui", ";content=x"))


HEADERS = {
    "History-Info": history, "Diversion": diversion, "Reason": reason, "User-to-User": uui,
    "P-Asserted-Identity": lambda rng: listed(rng, lambda i: f"<{uri(rng)}>", 20),
    "Privacy": lambda rng: rng.choice(("id", "history", "id;user;header", "none", "critical", ";;")),
    "P-Charge-Info": lambda rng: f"<{uri(rng)}>;npi=ISDN;noa={rng.randrange(9)}",
    "Resource-Priority": lambda rng: listed(rng, lambda i: rng.choice(("q735.0", "q735.9", "dsn.flash", "ets.0", "wps.1", "x", "."))),
    "Geolocation": lambda rng: listed(rng, lambda i: rng.choice(("<cid:a@b>", f"<{uri(rng)}>", "<")), 60),
    "P-Early-Media": lambda rng: listed(rng, lambda i: rng.choice(("supported", "sendrecv", "inactive", "recvonly", "gated", ""))),
    "Alert-Info": lambda rng: rng.choice(("<urn:alert:service:call-waiting>", "<http://x/y.wav>", "<")),
    "Warning": lambda rng: rng.choice(('304 h "m"', '305 h "a \\" b"', "399", '304 h "', "x")),
    "Accept": lambda rng: rng.choice(("application/sdp", "*/*", "application/isup, multipart/mixed;q=0", "text/plain")),
    "Accept-Language": lambda rng: rng.choice(("de", "fr-CH;q=0.3, *", "-")),
    "Supported": lambda rng: rng.choice(("100rel", "199, histinfo", "timer, 100rel, 199, from-change", "x" * 500)),
    "Retry-After": lambda rng: rng.choice(("1", "3600", "x", "5 (soon);duration=1")),
    "Contact": contacts,
}


def headers(rng, share=0.12):
    """Lines; share: how many of those there are."""
    lines = ""
    for name, value in HEADERS.items():
        while rng.random() < share:
            text = value(rng).encode("latin-1")
            if rng.random() < 0.1:
                text = mutate(rng, text)
            lines += f"{name}: " + text.decode("latin-1").replace("\r", "").replace("\n", " ") + "\r\n"
    return lines


def digits(rng):
    """The body of an INFO with further digits, or of what is none."""
    sam = pstn.odd_message(rng, pstn.SAM)
    return rng.choice((("application/x-session-info", b"SubsequentDigit: %d\r\n" % rng.randrange(10 ** rng.choice((1, 2, 9)))),
                       ("application/session-info", b"SubsequentDigit: 1#\r\nX: y\r\n"), (ISUP[0], sam), (ISUP[0], mutate(rng, sam)),
                       ("application/x-session-info", mutate(rng, b"SubsequentDigit: 12345\r\n")), ("application/dtmf-relay", b"Signal=1\r\nDuration=1\r\n"),
                       ("application/x-session-info", b"SubsequentDigit: " + b"1" * 3000)))


def part(rng, sdp, depth=0):
    head = rng.choice(("", "", "Content-Disposition: signal;handling=required\r\n", "Content-Disposition: session;handling=optional\r\n",
                       "Content-Disposition: signal;handling=\r\n", "Content-Transfer-Encoding: base64\r\n", "X-" + "y" * 2000 + ": z\r\n", ":\r\n"))
    r = rng.random()
    if r < 0.25:
        return "application/sdp", head, sdp
    if r < 0.75:
        return rng.choice(ISUP), head, pstn.odd_message(rng, rng.choice((pstn.IAM, pstn.SAM, pstn.ACM, pstn.CPG, pstn.ANM, pstn.REL) + pstn.ANY))
    if r < 0.85 and depth < 4:
        ctype, octets = mixed(rng, sdp, depth + 1)
        return ctype, head, octets
    return rng.choice(("text/plain", "image/png", "", "multipart/mixed", "x")), head, rng.randbytes(rng.choice((0, 1, 40, 3000)))


def mixed(rng, sdp, depth=0):
    """Content-Type and body: parts, several of them ISUP; the boundary may be a wrong one, the end may be missing."""
    boundary = rng.choice(("x1", "x1", "unique-boundary-1", "a" * 70, "a" * 71, "-", "a b"))
    said = rng.choice((boundary, boundary, boundary, boundary, f'"{boundary}"', "other", "", '"x'))
    body = rng.choice((b"", b"", b"preamble\r\n"))
    for _ in range(rng.choice((0, 1, 2, 2, 3, 3, 7, 40))):
        ctype, head, octets = part(rng, sdp, depth)
        body += f"--{boundary}\r\n".encode() + (f"Content-Type: {ctype}\r\n" if ctype else "").encode() + head.encode() + b"\r\n" + octets + b"\r\n"
    body += rng.choice((f"--{boundary}--\r\n", f"--{boundary}--\r\n", f"--{boundary}--", "", f"--{boundary}")).encode()
    if not depth and rng.random() < 0.03:
        body += b"\0" * rng.choice((8000, 64000))
    return rng.choice(("multipart/mixed;boundary=", "multipart/mixed; Boundary = ", "multipart/related;boundary=")) + said, body
