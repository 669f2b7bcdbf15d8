#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows each call of the lab as a ladder, from tshark's decoding of what was on the wire, and judges it.

    ladder.py OUT [--quiet]       reads OUT/lab.pcapng, OUT/results.json and OUT/calls.jsonl; exit status 1 when a call was not as it
                                  should be
"""
import json
import os
import sys

from wire import cause_text, messages

PEERS = {"127.0.0.2": "STP", "127.0.0.4": "libss7", "127.0.0.5": "media gw", "127.0.0.11": "SIPp", "127.0.0.12": "SIPp, SIP-T",
         "127.0.0.13": "baresip"}
LINE, STEP, FIRST = 112, 14, 14  # width; columns between lifelines; column of the first


def rule(text=""):
    print(f"\n=== {text} ".ljust(LINE, "="))


# --- ladders ---

def lifelines(part):
    """Who stands where: ISUP left of the gateway, media gateway and SIP right of it."""
    order = [m.peer for side in ("isup", "gateway", "mgcp", "sip") for m in part if m.side == side]
    left = list(dict.fromkeys(p for p, m in ((m.peer, m) for m in part) if m.side == "isup"))
    right = [p for p in dict.fromkeys(order) if p not in left]
    return left + ["tollgate"] + right


def arrow(width, label, to_right):
    """What stands between two lifelines."""
    return f"{' ' + label + ' ':-^{width - 1}}>" if to_right else f"<{' ' + label + ' ':-^{width - 1}}"


def rung(lines, m):
    """The lifelines with the message's arrow across."""
    columns = {p: i * STEP for i, p in enumerate(lines)}
    text = list(" " * ((len(lines) - 1) * STEP + 1))
    for c in columns.values():
        text[c] = "|"
    own, far = columns["tollgate"], columns[m.peer]
    start, end = min(own, far), max(own, far)
    text[start + 1:end] = arrow(end - start - 1, m.label, (far > own) == m.out)
    return "".join(text)


def draw(part):
    lines = lifelines(part)
    head = [" "] * (FIRST + len(lines) * STEP)
    for i, p in enumerate(lines):
        name = PEERS.get(p, p)
        at = FIRST + i * STEP - len(name) // 2
        head[at:at + len(name)] = name
    print("".join(head).rstrip())
    for m in part:
        print(f"{m.when - part[0].when:{FIRST - 3}.3f} s {rung(lines, m)}  {m.detail}".rstrip())


# --- judgement ---

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


def judge(call, part):
    if call["problem"]:
        return call["problem"].splitlines()[0]
    for side in ("isup", "sip", "mgcp"):  # which side comes first where is the gateway's choice
        missing = in_order([m.token() for m in part if m.side == side], [x for x in call["ladder"] if x.startswith(side)])
        if missing:
            return f"tshark does not see {missing} where it should be"
    return None


# --- tables ---

def leg(record, name):
    of = record[name]
    return "-" if not of else of["trunk_group"] + (f"/{of['cic']}" if of["protocol"] == "isup" else "")


def show_records(path):
    row = "{:14} {:14} {:12} {:12} {:>8} {:>4}  {:9} {}"
    rule("call records")
    print(row.format("CALLING", "CALLED", "IN", "OUT", "ANSWERED", "SIP", "RELEASED", "CAUSE"))
    with open(path) as f:
        for r in map(json.loads, f):
            answered = f"{r['duration']:.1f} s" if r["answer"] else "-"
            print(row.format(r["in"]["calling"] or "-", r["in"]["called"], leg(r, "in"), leg(r, "out"), answered,
                             r["sip_status"] or "-", r["released_by"], cause_text(r["cause"])))


def show_results(rows):
    rule("results")
    for title, problem, n, note in rows:
        print(f"{'FAILED' if problem else 'ok':7} {title:50} {n:5} messages  {problem or note or ''}".rstrip())


def main():
    out, quiet = sys.argv[1], "--quiet" in sys.argv
    with open(os.path.join(out, "results.json")) as f:
        calls = json.load(f)
    seen, bad = messages(os.path.join(out, "lab.pcapng"))
    rows = []
    for i, call in enumerate(calls, 1):
        part = [m for m in seen if call["from"] <= m.when <= call["to"]]
        if call.get("malformed"):
            bad = [t for t in bad if not call["from"] <= t <= call["to"]]
        problem = judge(call, part)
        if part and not quiet:
            rule(f"{i}. {call['title']}")
            draw(part)
        rows.append((call["title"], problem, len(part), call.get("note")))
    records = os.path.join(out, "calls.jsonl")
    if os.path.exists(records) and not quiet:
        show_records(records)
    show_results(rows)
    failed = sum(bool(problem) for _, problem, _, _ in rows) + bool(bad)
    if bad:
        print(f"tshark calls {len(bad)} packets malformed")
    print(f"{len(rows) - sum(bool(r[1]) for r in rows)} passed, {failed} failed")
    return 1 if failed or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
