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
EVENTS = {1: "alerting", 2: "progress", 3: "in-band information", 4: "forwarded on busy", 5: "forwarded on no reply",
          6: "forwarded"}
# tshark's fields; a packet may carry several ISUP messages, and its values of a field come in their order
FIELDS = {
    "time": "frame.time_epoch", "src": "ip.src", "dst": "ip.dst", "malformed": "_ws.malformed",
    "type": "isup.message_type", "cic": "isup.cic", "cause": "isup.cause_indicator", "called": "isup.called",
    "calling": "isup.calling", "called_nai": "isup.called_party_nature_of_address_indicator",
    "calling_nai": "isup.calling_party_nature_of_address_indicator", "event": "isup.event_ind", "range": "isup.range_indicator",
    "free": "isup.called_partys_status_indicator", "inband": "isup.inband_information_ind",
    "method": "sip.Method", "status": "sip.Status-Code", "status_line": "sip.Status-Line", "cseq": "sip.CSeq.method",
    "uri": "sip.r-uri", "sdp": "sdp.media.port", "address": "sdp.connection_info.address",
    "verb": "mgcp.req.verb", "endpoint": "mgcp.req.endpoint", "mode": "mgcp.param.connectionmode", "rsp": "mgcp.rsp.rspcode",
    "rspstring": "mgcp.rsp.rspstring", "specific": "mgcp.param.specificendpointid",
}


def split(text):
    return [x for x in text.split(",") if x]


def said(text):
    """The first value; 0 when there is none."""
    values = split(text)
    return int(values[0].replace("True", "1").replace("False", "0"), 0) if values else 0


def number(row, name):
    """As dialled: + for an international number, ST marked."""
    digits = row[name]
    text = ("+" if said(row[name + "_nai"]) == 4 else "") + digits.rstrip("F")
    return text + " ST" if digits.endswith("F") else text


def cause_text(cause):
    return f"cause {cause} {CAUSES.get(cause, '')}".rstrip()


class Message:
    """side: isup, sip or mgcp. out: sent by the gateway. key: what the ladders of calls.py name; label stands on the arrow, detail
    beside it."""

    def __init__(self, row, side, key, label, detail):
        self.when, self.side, self.key, self.label, self.detail = float(row["time"]), side, key, label, detail
        self.out = row["src"] == GATEWAY
        self.peer = row["dst"] if self.out else row["src"]

    def token(self):
        return f"{self.side}{'<' if self.out else '>'} {self.key}"


def isup_detail(row, name, causes):
    if name == "IAM":
        return f"{number(row, 'calling') or 'unknown'} calls {number(row, 'called')}"
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


def isup_messages(row):
    cics, causes = split(row["cic"]), split(row["cause"])
    for i, t in enumerate(split(row["type"])):
        name = ISUP.get(int(t, 0), t)
        detail = isup_detail(row, name, causes)
        key = " ".join(["REL"] + detail.split()[1:2]) if name == "REL" else name
        yield Message(row, "isup", key, name, f"CIC {cics[i] if i < len(cics) else '?'}" + (", " if detail else "") + detail)


def sip_message(row):
    label = row["status"] or row["method"]
    detail = f"{row['status_line'].partition(' ')[2].partition(' ')[2]} ({row['cseq']})" if row["status"] else row["uri"]
    key = label
    if row["type"]:
        isup = ISUP.get(int(split(row["type"])[0], 0), "?")
        key += "+" + isup
        label += f" [{isup}]"
        detail += f", SIP-T body {isup}"
    if row["sdp"]:
        detail += f", SDP {split(row['address'])[0]}:{split(row['sdp'])[0]}" if row["address"] else ", SDP"
    return Message(row, "sip", key, label, detail)


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
