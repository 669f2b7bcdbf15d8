#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows each call of the lab as a ladder, from tshark's decoding of what was on the wire, and judges it.

    ladder.py OUT [--quiet]       reads OUT/lab.pcapng and OUT/results.json; exit status 1 when a call was not as it should be
"""
import json
import os
import sys

import peers

GATEWAY = "127.0.0.1"
LIFELINES = {"127.0.0.2": "STP", "127.0.0.4": "libss7", "127.0.0.5": "media gw", "127.0.0.11": "SIPp", "127.0.0.12": "SIPp",
             "127.0.0.13": "baresip"}
ISUP = {1: "IAM", 2: "SAM", 3: "INR", 4: "INF", 5: "COT", 6: "ACM", 7: "CON", 8: "FOT", 9: "ANM", 12: "REL", 13: "SUS", 14: "RES",
        16: "RLC", 17: "CCR", 18: "RSC", 19: "BLO", 20: "UBL", 21: "BLA", 22: "UBA", 23: "GRS", 24: "CGB", 25: "CGU", 26: "CGBA",
        27: "CGUA", 41: "GRA", 44: "CPG", 45: "USR", 46: "UCIC", 47: "CFN", 51: "FAC"}
NAMES = ["frame.time_epoch", "ip.src", "ip.dst", "isup.message_type", "isup.cic", "isup.cause_indicator", "isup.called",
         "isup.calling", "sip.Method", "sip.Status-Code", "sip.CSeq.method", "sip.r-uri.user", "sdp.media.port", "mgcp.req.verb",
         "mgcp.rsp.rspcode", "mgcp.param.connectionmode", "_ws.malformed", "sip.Reason"]
WIDTH = 34


def split(text):
    return [x for x in text.split(",") if x]


class Message:
    """One message at the gateway: which side, which way, what."""

    def __init__(self, when, side, out, peer, key, text):
        self.when, self.side, self.out, self.peer, self.key, self.text = when, side, out, peer, key, text

    def token(self):
        return f"{self.side}{'<' if self.out else '>'} {self.key}"


def isup_messages(row, when, out, peer):
    types, cics, causes = split(row["isup.message_type"]), split(row["isup.cic"]), split(row["isup.cause_indicator"])
    for i, t in enumerate(types):
        name = ISUP.get(int(t, 0), t)
        key, text = name, f"{name} cic {cics[i] if i < len(cics) else '?'}"
        if name == "IAM":
            text += f" {row['isup.calling'] or '-'} > {row['isup.called']}"
        if name == "REL" and causes:
            cause = int(causes.pop(0), 0)
            key, text = f"REL {cause}", text + f" cause {cause}"
        yield Message(when, "isup", out, peer, key, text)


def sip_message(row, when, out, peer):
    method, status = row["sip.Method"], row["sip.Status-Code"]
    key = status or method
    text = f"{status} ({row['sip.CSeq.method']})" if status else f"{method} {row['sip.r-uri.user']}"
    if row["isup.message_type"]:
        isup = ISUP.get(int(split(row["isup.message_type"])[0], 0), "?")
        key += "+" + isup
        text += f" [{isup}]"
    if row["sdp.media.port"]:
        text += " [SDP]"
    return Message(when, "sip", out, peer, key, text)


def messages(pcap):
    """All messages from and to the gateway, in time; and when there were packets that tshark finds malformed."""
    out, bad = [], []
    for cells in peers.fields(pcap, NAMES, "isup || sip || mgcp"):
        row = dict(zip(NAMES, cells + [""] * len(NAMES)))
        src, dst = row["ip.src"], row["ip.dst"]
        if GATEWAY not in (src, dst):
            continue
        if row["_ws.malformed"]:
            bad.append(float(row["frame.time_epoch"]))
        when, sent, peer = float(row["frame.time_epoch"]), src == GATEWAY, dst if src == GATEWAY else src
        if row["sip.Method"] or row["sip.Status-Code"]:
            out.append(sip_message(row, when, sent, peer))
        elif row["mgcp.req.verb"] or row["mgcp.rsp.rspcode"]:
            key = row["mgcp.req.verb"] or row["mgcp.rsp.rspcode"]
            text = f"{key} {row['mgcp.param.connectionmode']}".strip()
            out.append(Message(when, "mgcp", sent, peer, key, text))
        else:
            out += isup_messages(row, when, sent, peer)
    return out, bad


def in_order(seen, wanted):
    """The first of wanted that does not follow, or None. "REL" stands for REL of any cause, "200" also for one with a body."""
    i = 0
    for want in wanted:
        while i < len(seen) and not (seen[i] == want or seen[i].startswith((want + " ", want + "+"))):
            i += 1
        if i == len(seen):
            return want
        i += 1
    return None


def draw(call, part):
    bar = "|"
    print(f"\n--- {call['title']} " + "-" * max(3, 96 - len(call["title"])))
    print(f"{'':9}{'ISUP':^{WIDTH}} {'tollgate':^10} {'SIP, MGCP':^{WIDTH}}")
    for m in part:
        left = m.side == "isup"
        line = m.text[:WIDTH - 4]
        if left:
            arrow = f"<-{line:-^{WIDTH - 4}}--" if m.out else f"--{line:-^{WIDTH - 4}}->"
            left_text, right_text = arrow, ""
        else:
            arrow = f"--{line:-^{WIDTH - 4}}->" if m.out else f"<-{line:-^{WIDTH - 4}}--"
            left_text, right_text = "", arrow
        print(f"{m.when - call['from']:8.3f} {left_text:{WIDTH}} {bar:^10} {right_text:{WIDTH}} {LIFELINES.get(m.peer, m.peer)}")


def judge(call, part):
    if call["problem"]:
        return call["problem"].splitlines()[0]
    for side in ("isup", "sip", "mgcp"):  # which side comes first where is the gateway's choice
        missing = in_order([m.token() for m in part if m.side == side], [x for x in call["ladder"] if x.startswith(side)])
        if missing:
            return f"tshark does not see {missing} where it should be"
    return None


def main():
    out, quiet = sys.argv[1], "--quiet" in sys.argv
    with open(os.path.join(out, "results.json")) as f:
        calls = json.load(f)
    seen, bad = messages(os.path.join(out, "lab.pcapng"))
    for call in calls:
        if call.get("malformed"):
            bad = [t for t in bad if not call["from"] <= t <= call["to"]]
    rows, failed = [], 0
    for call in calls:
        part = [m for m in seen if call["from"] <= m.when <= call["to"]]
        if not quiet:
            draw(call, part)
        problem = judge(call, part)
        failed += bool(problem)
        rows.append((call["title"], "FAILED" if problem else "ok", len(part), problem or call.get("note") or ""))
    if not quiet:
        print("\n--- call records " + "-" * 82)
        records = os.path.join(out, "calls.jsonl")
        if os.path.exists(records):
            with open(records) as f:
                print(f.read(), end="")
    print("\n--- results " + "-" * 87)
    for title, verdict, n, problem in rows:
        print(f"{verdict:7} {title:50} {n:3} messages  {problem}")
    if bad:
        print(f"tshark calls {len(bad)} packets malformed")
    print(f"{len(rows) - failed} passed, {failed + bool(bad)} failed")
    return 1 if failed or bad or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
