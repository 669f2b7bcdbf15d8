#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows each call of the lab as a ladder, from tshark's decoding of what was on the wire, and judges it.

    ladder.py OUT [--quiet] [--explain TOLLGATE]

Reads OUT/lab.pcapng, OUT/results.json and OUT/calls.jsonl; exit status 1 when a call was not as it should be. --explain: the program that
tells what would become of one more call, with OUT/tollgate.cfg.
"""
import argparse
import json
import os
import subprocess
import sys

from wire import cause_text, messages

PEERS = {"127.0.0.2": "STP", "127.0.0.4": "libss7", "127.0.0.5": "media gw", "127.0.0.11": "SIPp", "127.0.0.12": "SIPp, SIP-T",
         "127.0.0.13": "baresip", "127.0.0.15": "SIPp", "127.0.0.16": "SIPp, 3GPP", "127.0.0.21": "bridge-in"}
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


def rails(lines):
    """The lifelines alone."""
    return ("|" + " " * (STEP - 1)) * (len(lines) - 1) + "|"


def rung(lines, m):
    """The lifelines with the message's arrow across."""
    columns = {p: i * STEP for i, p in enumerate(lines)}
    text = list(rails(lines))
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
        for line in m.more:
            print(f"{'':{FIRST}}{rails(lines)}    {line}")


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
    said = "\n".join(line for m in part for line in (m.detail, *m.more))
    return next((f"tshark does not see '{text}'" for text in call.get("shows", ()) if text not in said), None)


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


# A restricted caller, a call that was diverted twice.
IAM = ("IAM; NCI; FCI isup_all_the_way=1 isdn_access=1; CPC value=10; TMR value=3; CdPN nai=4 npi=1 498312345F; "
       "CgPN nai=4 npi=1 apri=1 si=3 4930765432; OCN nai=3 npi=1 apri=0 3077001; RgPN nai=3 npi=1 apri=0 3077002; "
       "RdI indicator=3 original_reason=1 count=2 reason=2")
FAILURES_SHOWN = 8


def show_explained(tollgate, config):
    """Without the comments of the decoder; of what failures become the first lines."""
    rule("what would become of one more call")
    print(f"tollgate --config {os.path.basename(config)} --explain exchange \\\n  --iam '{IAM}'\n")
    text = subprocess.run([tollgate, "--config", config, "--explain", "exchange", "--iam", IAM], capture_output=True, text=True,
                          check=True).stdout
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    end = next(i for i, line in enumerate(lines) if line.startswith("failure of route 1")) + 1 + FAILURES_SHOWN
    print("\n".join(lines[:end] + (["  ..."] if len(lines) > end else [])))


def show_results(rows):
    rule("results")
    for title, problem, n, note in rows:
        print(f"{'FAILED' if problem else 'ok':7} {title:58} {n:5} messages  {problem or note or ''}".rstrip())


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("out")
    ap.add_argument("--quiet", action="store_true")
    ap.add_argument("--explain", metavar="TOLLGATE")
    opts = ap.parse_args()
    out, quiet = opts.out, opts.quiet
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
    if opts.explain and not quiet:
        show_explained(opts.explain, os.path.join(out, "tollgate.cfg"))
    show_results(rows)
    failed = sum(bool(problem) for _, problem, _, _ in rows) + bool(bad)
    if bad:
        print(f"tshark calls {len(bad)} packets malformed")
    print(f"{len(rows) - sum(bool(r[1]) for r in rows)} passed, {failed} failed")
    return 1 if failed or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
