# SPDX-License-Identifier: GPL-3.0-or-later
"""SIPp scenarios written from short lists of steps, so that a call can be read at a glance."""

SDP = """v=0
o=sipp 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [local_ip]
t=0 0
m=audio [media_port] RTP/AVP 8
a=rtpmap:8 PCMA/8000
a=ptime:20
"""

PHRASES = {"180": "Ringing", "181": "Call Is Being Forwarded", "183": "Session Progress", "200": "OK", "302": "Moved Temporarily",
           "484": "Address Incomplete", "486": "Busy Here", "487": "Request Terminated"}
ISUP_TYPE = "application/ISUP;version=itu-t92+;base=itu-t92+"


def digits(number):
    """BCD octets of a number, first digit in the low nibble; and whether there is a filler."""
    odd = len(number) & 1
    n = number + "0" * odd
    return odd, bytes(int(n[i + 1], 16) << 4 | int(n[i], 16) for i in range(0, len(n), 2))


def iam(called, calling):
    """An IAM without CIC: national numbers, hop counter 20, user-to-user information (so that there is something to lose)."""
    o1, d1 = digits(called)
    o2, d2 = digits(calling)
    cdpn = bytes([o1 << 7 | 3, 0x10]) + d1
    cgpn = bytes([o2 << 7 | 3, 0x13]) + d2
    fixed = bytes([1, 0x00, 0x20, 0x01, 0x0a, 0x03])
    optional = bytes([0x0a, len(cgpn)]) + cgpn + bytes([0x3d, 1, 20]) + bytes([0x20, 3, 4, 0x68, 0x69]) + b"\0"
    return fixed + bytes([2, 1 + 1 + len(cdpn)]) + bytes([len(cdpn)]) + cdpn + optional


def escaped(octets):
    return "".join("\\x%02x" % o for o in octets)


def body(sdp, isup):
    """Header lines and body."""
    if sdp and isup:
        text = ("--lab\nContent-Type: application/sdp\n\n" + SDP + "\n--lab\nContent-Type: " + ISUP_TYPE +
                "\nContent-Disposition: signal;handling=optional\n\n" + escaped(isup) + "\n--lab--")
        return "Content-Type: multipart/mixed;boundary=lab\n", text
    if sdp:
        return "Content-Type: application/sdp\n", SDP
    if isup:
        return "Content-Type: " + ISUP_TYPE + "\n", escaped(isup)
    return "", ""


def message(lines, sdp=False, isup=None):
    header, text = body(sdp, isup)
    return "<send{}><![CDATA[\n" + lines + header + "Content-Length: [len]\n\n" + text + "]]></send>\n"


def reply(status, phrase, sdp=False, to=";tag=[pid]uas[call_number]", headers=""):
    contact = "" if "Contact:" in headers else "Contact: <sip:[local_ip]:[local_port]>\n"
    return message(f"SIP/2.0 {status} {phrase}\n[last_Via:]\n[last_Record-Route:]\n[last_From:]\n[last_To:]{to}\n[last_Call-ID:]\n"
                   f"[last_CSeq:]\n{contact}Allow: INVITE, ACK, BYE, CANCEL, INFO, PRACK, UPDATE\n{headers}", sdp)


def request(method, cseq, extra="", isup=None):
    return message(f"{method} [next_url] SIP/2.0\nVia: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]\n[routes]\n"
                   "From: <sip:[$caller]@[local_ip]>;tag=[pid]uac[call_number]\nTo: <sip:[service]@[remote_ip]>[peer_tag_param]\n"
                   f"Call-ID: [call_id]\nCSeq: {cseq} {method}\nMax-Forwards: 70\nContact: <sip:[local_ip]:[local_port]>\n{extra}",
                   False, isup).replace("[$caller]", "[field0]")


def expect(what, optional=False, rrs=False, crlf=""):
    kind = "response" if what.isdigit() else "request"
    return f'<recv {kind}="{what}"{" optional=" + chr(34) + "true" + chr(34) if optional else ""}' \
           f'{" rrs=" + chr(34) + "true" + chr(34) if rrs else ""} timeout="20000"/>\n{crlf}'


def pause(ms):
    return f'<pause milliseconds="{ms}"/>\n'


def uas(steps, headers=None):
    """One call taken: steps are statuses ("180", "183sdp", "200sdp", "486"), "wait MS", requests expected ("BYE"; "INVITE": one more, of
    the same call). headers: lines for the responses of a status."""
    out, headers = expect("INVITE", rrs=True), headers or {}
    for s in steps:
        if s.startswith("wait "):
            out += pause(int(s[5:]))
        elif s[:3].isdigit():
            final = int(s[:3]) >= 200
            out += reply(s[:3], PHRASES[s[:3]], s.endswith("sdp"), headers=headers.get(s[:3], "")).replace(
                "{}", ' retrans="500"' if final else "")
            if final:
                out += expect("ACK")
        elif s == "INVITE":
            out += expect("INVITE", rrs=True)
        elif s == "CANCEL":
            out += expect("CANCEL")
            out += reply("200", "OK").replace("{}", "")
            out += ("<send retrans=\"500\"><![CDATA[\nSIP/2.0 487 Request Terminated\nVia: SIP/2.0/UDP [remote_ip]:[remote_port];branch=[$branch]\n"
                    "[last_From:]\n[last_To:]\n[last_Call-ID:]\nCSeq: [$cseq] INVITE\nContent-Length: 0\n\n]]></send>\n")
            out += expect("ACK")
        else:
            out += expect(s)
            out += reply("200", "OK", to="").replace("{}", "")
    return wrap("uas", out)


CANCEL_UAS = """<recv request="INVITE"><action>
<ereg regexp="branch=([^;]*)" search_in="hdr" header="Via:" check_it="true" assign_to="x,branch"/>
<ereg regexp="[0-9]+" search_in="hdr" header="CSeq:" check_it="true" assign_to="cseq"/>
<ereg regexp="SIP/2.0/UDP .*" search_in="hdr" header="Via:" check_it="true" assign_to="via"/></action></recv>
"""


def uas_cancelled():
    """Rings until CANCEL; the 487 answers the INVITE, whose Via is kept."""
    out = CANCEL_UAS + reply("180", "Ringing").replace("{}", "")
    out += expect("CANCEL") + reply("200", "OK").replace("{}", "")
    out += ('<send retrans="500"><![CDATA[\nSIP/2.0 487 Request Terminated\nVia: [$via]\n[last_From:]\n'
            "[last_To:];tag=[pid]uas[call_number]\n[last_Call-ID:]\nCSeq: [$cseq] INVITE\nContent-Length: 0\n\n]]></send>\n")
    out += expect("ACK") + '<Reference variables="x,branch"/>\n'
    return wrap("uas-cancelled", out)


def uac(steps, isup=None, headers="", uri=""):
    """One call made: "INVITE", statuses expected ("183", "180?" optional), "ACK", "wait MS", "INFO" (expected, answered), "BYE",
    "CANCEL". headers: more lines for the INVITE; uri: parameters of its Request-URI."""
    out, cseq = "", 1
    for s in steps:
        if s == "INVITE":
            out += message(f"INVITE sip:[service]@[remote_ip]:[remote_port]{uri} SIP/2.0\nVia: SIP/2.0/UDP [local_ip]:[local_port];"
                           "branch=[branch]\nFrom: <sip:[field0]@[local_ip]>;tag=[pid]uac[call_number]\n"
                           "To: <sip:[service]@[remote_ip]>\nCall-ID: [call_id]\nCSeq: 1 INVITE\nMax-Forwards: 70\n"
                           "P-Asserted-Identity: <sip:[field0]@[local_ip]>\nContact: <sip:[local_ip]:[local_port]>\n"
                           "Allow: INVITE, ACK, BYE, CANCEL, INFO, PRACK, UPDATE\n" + headers,
                           True, isup).replace("{}", ' retrans="500"')
            out += expect("100", optional=True)
        elif s.rstrip("?").isdigit():
            out += expect(s.rstrip("?"), s.endswith("?"), rrs=True)
        elif s == "ACK":
            out += request("ACK", 1).replace("{}", "")
        elif s == "ACKFAIL":
            out += ("<send><![CDATA[\nACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0\n[last_Via:]\n[last_From:]\n[last_To:]\n"
                    "[last_Call-ID:]\nCSeq: 1 ACK\nMax-Forwards: 70\nContent-Length: 0\n\n]]></send>\n")
        elif s == "CANCEL":
            out += ("<send retrans=\"500\"><![CDATA[\nCANCEL sip:[service]@[remote_ip]:[remote_port] SIP/2.0\n[last_Via:]\n"
                    "[last_From:]\nTo: <sip:[service]@[remote_ip]>\n[last_Call-ID:]\nCSeq: 1 CANCEL\nMax-Forwards: 70\n"
                    "Content-Length: 0\n\n]]></send>\n")
            out += expect("200")
        elif s == "INFO":
            out += expect("INFO") + reply("200", "OK", to="").replace("{}", "")
        elif s == "BYE":
            cseq += 1
            out += request("BYE", cseq).replace("{}", ' retrans="500"') + expect("200")
        elif s == "EXPECT-BYE":
            out += expect("BYE") + reply("200", "OK", to="").replace("{}", "")
        elif s.startswith("wait "):
            out += pause(int(s[5:]))
        else:
            raise ValueError(s)
    return wrap("uac", out)


def wrap(name, steps):
    return f'<?xml version="1.0" encoding="ISO-8859-1" ?>\n<scenario name="{name}">\n{steps}</scenario>\n'
