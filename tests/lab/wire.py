# SPDX-License-Identifier: GPL-3.0-or-later
"""What tshark has seen at the gateway: each message with its side, its way and what a network engineer wants to know of it."""
import peers

GATEWAY = "127.0.0.1"
ISUP = {1: "IAM", 2: "SAM", 3: "INR", 4: "INF", 5: "COT", 6: "ACM", 7: "CON", 8: "FOT", 9: "ANM", 12: "REL", 13: "SUS", 14: "RES",
        16: "RLC", 17: "CCR", 18: "RSC", 19: "BLO", 20: "UBL", 21: "BLA", 22: "UBA", 23: "GRS", 24: "CGB", 25: "CGU", 26: "CGBA",
        27: "CGUA", 41: "GRA", 44: "CPG", 45: "USR", 46: "UCIC", 47: "CFN", 51: "FAC"}
CAUSES = {1: "unallocated number", 3: "no route to destination", 16: "normal call clearing", 17: "user busy",
          18: "no user responding", 19: "no answer from user", 21: "call rejected", 27: "destination out of order",
          28: "invalid number format", 31: "normal, unspecified", 34: "no circuit available", 38: "network out of order",
          41: "temporary failure", 42: "switching equipment congestion", 44: "requested circuit not available",
          47: "resource unavailable", 88: "incompatible destination", 102: "recovery on timer expiry", 111: "protocol error",
          127: "interworking"}
PARAMETERS = {3: "ATP", 8: "OFCI", 11: "RgPN", 12: "RnN", 18: "CAI", 19: "RdI", 29: "USI", 32: "UUI", 33: "ConN", 36: "EvI", 40: "OCN",
              41: "OBCI", 42: "UUInd", 44: "GNI", 49: "PDC", 54: "CDI", 61: "HOP", 64: "RnRI", 192: "GenN"}
USUAL = {0, 2, 4, 5, 6, 7, 9, 10, 17, 18, 34, 36, 41}  # what is told in words, or in every message of its type
REASONS = {1: "busy", 2: "no reply", 3: "unconditional", 4: "deflection, alerting", 5: "deflection", 6: "not reachable"}
EVENTS = {1: "alerting", 2: "progress", 3: "in-band information", 4: "forwarded on busy", 5: "forwarded on no reply",
          6: "forwarded"}
# tshark's fields; a packet may carry several ISUP messages, and its values of a field come in their order
FIELDS = {
    "time": "frame.time_epoch", "src": "ip.src", "dst": "ip.dst", "malformed": "_ws.malformed",
    "type": "isup.message_type", "cic": "isup.cic", "cause": "isup.cause_indicator", "called": "isup.called",
    "calling": "isup.calling", "called_nai": "isup.called_party_nature_of_address_indicator",
    "calling_nai": "isup.calling_party_nature_of_address_indicator", "event": "isup.event_ind", "range": "isup.range_indicator",
    "free": "isup.called_partys_status_indicator", "inband": "isup.inband_information_ind", "subsequent": "isup.subsequent_number",
    "parameter": "isup.parameter_type", "original": "isup.original_called_number", "redirecting": "isup.redirecting",
    "counter": "isup.redirection_counter", "first_reason": "isup.original_redirection_reason", "reason": "isup.redirection_reason",
    "redirection": "isup.redirection_number", "connected": "isup.connected_number", "uui": "isup.user_to_user_info",
    "hops": "isup.hop_counter",
    "method": "sip.Method", "status": "sip.Status-Code", "status_line": "sip.Status-Line", "cseq": "sip.CSeq.method",
    "uri": "sip.r-uri", "sdp": "sdp.media.port", "address": "sdp.connection_info.address",
    "P-Asserted-Identity": "sip.P-Asserted-Identity", "Privacy": "sip.Privacy", "Contact": "sip.Contact",
    "Diversion": "sip.Diversion", "History-Info": "sip.History-Info", "P-Early-Media": "sip.P-Early-Media",
    "User-to-User": "sip.uui", "Reason": "sip.Reason",
    "verb": "mgcp.req.verb", "endpoint": "mgcp.req.endpoint", "mode": "mgcp.param.connectionmode", "rsp": "mgcp.rsp.rspcode",
    "rspstring": "mgcp.rsp.rspstring", "specific": "mgcp.param.specificendpointid",
}


def split(text):
    return [x for x in text.split(peers.BETWEEN) if x]


def said(text):
    """The first value; 0 when there is none."""
    values = split(text)
    return int(values[0].replace("True", "1").replace("False", "0"), 0) if values else 0


def number(row, name):
    """As dialled: + for an international number, ST marked."""
    digits = (split(row[name]) or [""])[0]
    text = ("+" if said(row[name + "_nai"]) == 4 else "") + digits.rstrip("F")
    return text + " ST" if digits.endswith("F") else text


def cause_text(cause):
    return f"cause {cause} {CAUSES.get(cause, '')}".rstrip()


class Message:
    """side: isup, sip or mgcp. out: sent by the gateway. key: what the ladders of calls.py name; label stands on the arrow, detail
    beside it, more in lines below."""

    def __init__(self, row, side, key, label, detail, more=()):
        self.when, self.side, self.key, self.label, self.detail, self.more = float(row["time"]), side, key, label, detail, more
        self.out = row["src"] == GATEWAY
        self.peer = row["dst"] if self.out else row["src"]

    def token(self):
        return f"{self.side}{'<' if self.out else '>'} {self.key}"


# --- ISUP, on the link or in a body of SIP ---

def isup_detail(row, name, causes):
    if name == "IAM":
        return f"{number(row, 'calling') or 'unknown'} calls {number(row, 'called')}"
    if name == "SAM":
        return f"{(split(row['subsequent']) or [''])[0].replace('F', ' ST')}"
    if name in ("REL", "CFN") and causes:
        return cause_text(int(causes.pop(0), 0))
    if name == "CPG":
        return EVENTS.get(said(row["event"]), "")
    if name in ("GRS", "GRA", "CGB", "CGU", "CGBA", "CGUA") and row["range"]:
        return f"{said(row['range']) + 1} circuits"
    if name == "ACM":
        told = ["subscriber free"] if said(row["free"]) == 1 else []
        return ", ".join(told + (["in-band information"] if said(row["inband"]) else []))
    return ""


def user_information(row):
    """Its octets behind the protocol discriminator, if they can be read."""
    text = bytes.fromhex((split(row["uui"]) or [""])[0].replace(":", ""))[1:]
    return f' "{text.decode()}"' if text.isascii() and text.decode().isprintable() else ""


def parameter(row, code):
    """A parameter as an engineer would call it, with what is in it if that is short."""
    name = PARAMETERS.get(code, f"0x{code:02x}")
    value = {"OCN": "original", "RgPN": "redirecting", "RnN": "redirection", "ConN": "connected"}.get(name)
    if value and row[value]:
        return f"{name} {split(row[value])[0]}"
    if name == "RdI" and row["counter"]:
        first = f"first {REASONS.get(said(row['first_reason']), 'unknown')}, last " if said(row["counter"]) > 1 else ""
        return f"RdI {said(row['counter'])} ({first}{REASONS.get(said(row['reason']), 'unknown')})"
    if name == "HOP" and row["hops"]:
        return f"HOP {said(row['hops'])}"
    return name + (user_information(row) if name == "UUI" and row["uui"] else "")


def isup_more(row):
    """The parameters that are not in every message of the type; of a packet with one message only: which is whose tshark does not say."""
    if len(split(row["type"])) != 1:
        return []
    told = [parameter(row, int(x, 0)) for x in split(row["parameter"]) if int(x, 0) not in USUAL]
    return ["with " + ", ".join(told)] if told else []


def isup_messages(row):
    cics, causes = split(row["cic"]), split(row["cause"])
    for i, t in enumerate(split(row["type"])):
        name = ISUP.get(int(t, 0), t)
        detail = isup_detail(row, name, causes)
        key = " ".join(["REL"] + detail.split()[1:2]) if name == "REL" else name
        yield Message(row, "isup", key, name, f"CIC {cics[i] if i < len(cics) else '?'}" + (", " if detail else "") + detail,
                      isup_more(row))


# --- SIP ---

def header_lines(row):
    """What the headers say beside the first line, an entry of a history a line."""
    names = ["P-Asserted-Identity", "Privacy", "Diversion", "History-Info", "P-Early-Media", "User-to-User", "Reason"]
    for name in ["Contact"] * row["status"].startswith("3") + names:
        for value in split(row[name]):
            for entry in value.replace(", <", "\n<").split("\n"):
                yield f"{name}: {entry}"


def sip_message(row):
    label = row["status"] or row["method"]
    detail = f"{row['status_line'].partition(' ')[2].partition(' ')[2]} ({row['cseq']})" if row["status"] else row["uri"]
    key, more = label, list(header_lines(row))
    if row["sdp"]:
        detail += f", SDP {split(row['address'])[0]}:{split(row['sdp'])[0]}" if row["address"] else ", SDP"
    if row["type"]:
        isup = ISUP.get(int(split(row["type"])[0], 0), "?")
        key += "+" + isup
        label += f" [{isup}]"
        inside = [isup_detail(row, isup, split(row["cause"]))] + isup_more(row)
        more.append(f"ISUP body: {isup} {', '.join(x for x in inside if x)}".rstrip())
    return Message(row, "sip", key, label, detail, more)


def mgcp_message(row):
    label = row["verb"] or row["rsp"]
    where = row["endpoint"] if row["verb"] else row["specific"] or row["rspstring"]
    rtp = f"RTP {split(row['address'])[0]}:{split(row['sdp'])[0]}" if row["sdp"] and row["address"] else ""
    return Message(row, "mgcp", label, label, ", ".join(x for x in (where, row["mode"], rtp) if x))


def messages(pcap):
    """All messages from and to the gateway, in time; and when there were packets that tshark finds malformed."""
    out, bad = [], []
    for cells in peers.fields(pcap, FIELDS.values(), "isup || sip || mgcp"):
        row = dict(zip(FIELDS, cells + [""] * len(FIELDS)))
        if GATEWAY not in (row["src"], row["dst"]):
            continue
        if row["malformed"]:
            bad.append(float(row["time"]))
        if row["method"] or row["status"]:
            out.append(sip_message(row))
        elif row["verb"] or row["rsp"]:
            out.append(mgcp_message(row))
        else:
            out += isup_messages(row)
    return out, bad
