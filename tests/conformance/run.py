#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the test purposes of the tables here and writes docs/conformance-isup.md.

run.py            run all, write the page
run.py --check    run all; fail when a row has failed, a number has no row, or the page says something else
run.py NUMBER ... run these and say what happened
"""
import os
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
src = os.environ.get("top_srcdir") or os.path.join(here, "..", "..")
build = os.environ.get("top_builddir") or src
page = os.path.join(src, "docs", "conformance-isup.md")
player = os.path.join(build, "tests", "flow", "flow")
tables = (("q784", "Q.784.1, basic call"), ("q785", "Q.785, supplementary services"), ("ansi", "ANSI T1.113"),
          ("misbehave", "A far end that misbehaves"))
columns = ("number", "purpose", "clause", "dialects", "flows", "source", "note")
names = {"itu": "ITU-T", "ansi": "ANSI"}


class Row:
    def __init__(self, line, where):
        cells = line.rstrip("\n").split("\t")
        if len(cells) != len(columns):
            sys.exit(f"{where}: {len(cells)} columns, not {len(columns)}")
        self.__dict__.update(zip(columns, cells))
        self.flows = [] if self.flows == "-" else self.flows.split()
        self.dialects = self.dialects.split()
        self.why = {}
        if not self.flows and not self.note:
            sys.exit(f"{where}: neither a flow nor a reason why there is none")

    def run(self):
        """The verdict of each dialect; the first complaint of a flow is kept."""
        self.why = {d: next(filter(None, (play(f, d) for f in self.flows)), "") for d in self.dialects if self.flows}

    def verdict(self, dialect):
        if not self.flows:
            return "N/A" if dialect == "itu" else ""
        if dialect not in self.why:
            return ""
        return "FAIL" if self.why[dialect] else "PASS"


played = {}


def play(flow, dialect):
    """"" when it passed."""
    if (flow, dialect) not in played:
        path = os.path.join(here, flow)
        env = dict(os.environ, FLOW_DIALECT=dialect)
        try:
            done = subprocess.run([player, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env, timeout=120, text=True,
                                  errors="replace")
            said = done.stdout.replace(path, os.path.basename(path)).splitlines() or ["nothing said"]
            played[flow, dialect] = "" if done.returncode == 0 else said[0]
        except subprocess.TimeoutExpired:
            played[flow, dialect] = "did not end within 120 s"
    return played[flow, dialect]


def read(name):
    path = os.path.join(here, name + ".tsv")
    with open(path, encoding="utf-8") as f:
        rows = [Row(line, f"{path}:{n}") for n, line in enumerate(f, 1) if line.strip() and not line.startswith("#")]
    return rows


def complete(name, rows):
    """Complaints about numbers without a row, rows without a number, flows without a row."""
    with open(os.path.join(here, name + ".numbers"), encoding="utf-8") as f:
        wanted = [line.strip() for line in f if line.strip() and not line.startswith("#")]
    have = [r.number for r in rows]
    said = [f"{name}: {n} has no row" for n in wanted if n not in have]
    said += [f"{name}: {n} is not in the list of numbers" for n in have if n not in wanted]
    said += [f"{name}: {n} has two rows" for n in sorted(set(have)) if have.count(n) > 1]
    used = {f for r in rows for f in r.flows}
    there = {f"{name}/{f}" for f in os.listdir(os.path.join(here, name)) if f.endswith(".flow")}
    said += [f"{f} is not there" for f in sorted(used - there) if f.startswith(name + "/")]
    said += [f"{f} is in no row" for f in sorted(there - used)]
    return said


def totals(rows):
    out = []
    for d in ("itu", "ansi"):
        verdicts = [r.verdict(d) for r in rows]
        some = [f"{verdicts.count(v)} {v}" for v in ("PASS", "FAIL", "N/A") if verdicts.count(v)]
        if some:
            out.append(f"{names[d]}: " + ", ".join(some))
    return "; ".join(out) + f" ({len(rows)} purposes)"


def table(rows):
    out = ["| No. | purpose | Q.764 | flow | ITU-T | ANSI | number | note |", "|---|---|---|---|---|---|---|---|"]
    for r in rows:
        flows = " ".join(os.path.basename(f)[:-5] for f in r.flows) or "-"
        out.append(f"| {r.number} | {r.purpose} | {r.clause} | {flows} | {r.verdict('itu')} | {r.verdict('ansi')} | {r.source} | {r.note} |")
    return out


def markdown(done):
    with open(os.path.join(here, "page.md"), encoding="utf-8") as f:
        out = f.read().splitlines()
    for name, title in tables:
        out += ["", f"## {title}", "", totals(done[name]), ""] + table(done[name])
    return "\n".join(out) + "\n"


def run_all():
    done = {name: read(name) for name, _ in tables}
    for rows in done.values():
        for r in rows:
            r.run()
    return done


def check(done, text):
    bad = [c for name in done for c in complete(name, done[name])]
    bad += [f"{name} {r.number} ({d}) failed: {why}" for name in done for r in done[name] for d, why in r.why.items() if why]
    with open(page, encoding="utf-8") as f:
        if f.read() != text:
            bad.append("docs/conformance-isup.md is not up to date: make conformance")
    return bad


def some(numbers):
    failed = 0
    for name, _ in tables:
        for r in read(name):
            if r.number in numbers or any(n.endswith(".") and r.number.startswith(n) for n in numbers):
                r.run()
                for d in r.dialects:
                    print(f"{'FAIL' if r.why.get(d) else r.verdict(d)} {name} {r.number} {names[d]} {r.purpose}" + (f": {r.why[d]}" if r.why.get(d) else ""))
                    failed += bool(r.why.get(d))
    return failed


def main():
    args = sys.argv[1:]
    if args and args != ["--check"]:
        return 1 if some(args) else 0
    done = run_all()
    text = markdown(done)
    if not args:
        with open(page, "w", encoding="utf-8") as f:
            f.write(text)
    bad = check(done, text)
    for line in bad:
        print(line)
    for name, title in tables:
        print(f"{title}: {totals(done[name])}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
