#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the test purposes of the tables here and writes docs/conformance-isup.md and docs/conformance-interworking.md.

run.py            run all, write the pages
run.py --check    run all; fail when a row has failed, a number has no row, or a page says something else
run.py NUMBER ... run these and say what happened
"""
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
here = os.path.dirname(os.path.abspath(__file__))
src = os.environ.get("top_srcdir") or os.path.join(here, "..", "..")
build = os.environ.get("top_builddir") or src
player = os.path.join(build, "tests", "flow", "flow")
columns = ("number", "purpose", "clause", "variants", "flows", "source", "note")


class Page:
    """A page of tables. variants: how a row was run, and what the page calls it; env: what tells the player."""
    def __init__(self, name, tables, variants, env, clause):
        self.name, self.tables, self.variants, self.env, self.clause = name, tables, variants, env, clause
        self.doc = f"docs/conformance-{name}.md"
        self.path = os.path.join(src, self.doc)
        self.head = os.path.join(here, f"{name}.md")


pages = (
    Page("isup", (("q784", "Q.784.1, basic call"), ("q785", "Q.785, supplementary services"), ("ansi", "ANSI T1.113"),
                  ("misbehave", "A far end that misbehaves")),
         {"itu": "ITU-T", "ansi": "ANSI"}, "FLOW_DIALECT", "Q.764"),
    Page("interworking", (("sip-isup", "Calls from SIP to ISUP (RFC 3398 7)"), ("isup-sip", "Calls from ISUP to SIP (RFC 3398 8)"),
                          ("overlap", "Overlap (RFC 3578)"), ("services", "Supplementary services"), ("bearer", "Bearers"),
                          ("sip-i", "ISUP in SIP bodies (RFC 3372, RFC 3398 13)"), ("rfc3666", "Flows of RFC 3666, and x01 to x23"),
                          ("causes", "Causes to statuses (RFC 3398 7.2.4.1)"),
                          ("statuses", "Statuses to causes (RFC 3398 8.2.6.1)")),
         {"rfc3398": "RFC 3398", "profile-a": "A", "profile-b": "B", "profile-c": "C"}, "FLOW_STANDARD", "basis"))


class Row:
    def __init__(self, page, cells, where):
        if len(cells) != len(columns):
            sys.exit(f"{where}: {len(cells)} columns, not {len(columns)}")
        self.__dict__.update(zip(columns, cells))
        self.page = page
        self.flows = [] if self.flows == "-" else self.flows.split()
        self.variants = list(page.variants) if self.variants == "all" else self.variants.split()
        self.why = {}
        if any(v not in page.variants for v in self.variants):
            sys.exit(f"{where}: not one of {list(page.variants)}: {self.variants}")
        if not self.flows and not self.note:
            sys.exit(f"{where}: neither a flow nor a reason why there is none")

    def run(self):
        """The verdict of each variant; the first complaint of a flow is kept."""
        self.why = {v: next(filter(None, (play(f, self.page.env, v) for f in self.flows)), "") for v in self.variants if self.flows}

    def verdict(self, variant):
        if not self.flows:
            return "N/A" if variant == next(iter(self.page.variants)) else ""
        if variant not in self.why:
            return ""
        return "FAIL" if self.why[variant] else "PASS"


played = {}


def play(flow, env, variant):
    """"" when it passed."""
    if flow.startswith("ladder:"):
        return ladders.complaint(flow[7:])
    if (flow, variant) not in played:
        path = os.path.join(here, flow)
        with tempfile.TemporaryDirectory(prefix="conformance-") as where:
            if flow in made.flows:
                path = os.path.join(where, flow)
                with open(path, "w", encoding="utf-8") as f:
                    f.write(made.flows[flow])
            played[flow, variant] = complaint(path, dict(os.environ, **{env: variant}))
    return played[flow, variant]


class Ladders:
    """Those of tests/interworking, all played once, meanwhile."""
    def __init__(self):
        self.said, self.process = {}, None

    def begin(self):
        script = os.path.join(src, "tests", "interworking", "run.py")
        self.process = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, errors="replace")

    def end(self):
        if self.process:
            for line in self.process.communicate(timeout=600)[0].splitlines():
                word, _, name = line.partition(" ")
                if word in ("ok", "FAILED"):
                    self.said[name.split()[0]] = "" if word == "ok" else f"{name.split()[0]} failed between programs"
            self.process = None

    def complaint(self, name):
        if not self.said and not self.process:
            self.begin()
        self.end()
        return self.said.get(name, f"there is no ladder {name}")


ladders = Ladders()


def complaint(path, env):
    try:
        done = subprocess.run([player, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env, timeout=120, text=True,
                              errors="replace", check=False)
        said = done.stdout.replace(path, os.path.basename(path)).splitlines() or ["nothing said"]
        return "" if done.returncode == 0 else said[0]
    except subprocess.TimeoutExpired:
        return "did not end within 120 s"


def read(page, name):
    if name in made.tables:
        return [Row(page, cells, name) for cells in made.tables[name]]
    path = os.path.join(here, name + ".tsv")
    with open(path, encoding="utf-8") as f:
        return [Row(page, line.rstrip("\n").split("\t"), f"{path}:{n}") for n, line in enumerate(f, 1)
                if line.strip() and not line.startswith("#")]


def complete(name, rows):
    """Complaints about numbers without a row, rows without a number, flows without a row."""
    if name in made.tables:
        return []
    have, wanted, numbers = [r.number for r in rows], [r.number for r in rows], os.path.join(here, name + ".numbers")
    if os.path.exists(numbers):
        with open(numbers, encoding="utf-8") as f:
            wanted = [line.strip() for line in f if line.strip() and not line.startswith("#")]
    said = [f"{name}: {n} has no row" for n in wanted if n not in have]
    said += [f"{name}: {n} is not in the list of numbers" for n in have if n not in wanted]
    said += [f"{name}: {n} has two rows" for n in sorted(set(have)) if have.count(n) > 1]
    used, folder = {f for r in rows for f in r.flows}, os.path.join(here, name)
    there = {f"{name}/{f}" for f in os.listdir(folder) if f.endswith(".flow")} if os.path.isdir(folder) else set()
    said += [f"{f} is not there" for f in sorted(used - there) if f.startswith(name + "/")]
    said += [f"{f} is in no row" for f in sorted(there - used)]
    return said


def counts(rows, variant):
    verdicts = [r.verdict(variant) for r in rows]
    return ", ".join(f"{verdicts.count(x)} {x}" for x in ("PASS", "FAIL", "N/A") if verdicts.count(x))


def totals(page, rows):
    some = [f"{title}: {counts(rows, v)}" for v, title in page.variants.items() if counts(rows, v)]
    return "; ".join(some) + f" ({len(rows)} purposes)"


def anchor(title):
    return re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-")


def contents(page, done):
    out = ["", "| | purposes | " + " | ".join(page.variants.values()) + " |", "|---|---" + "|---" * len(page.variants) + "|"]
    for name, title in page.tables:
        verdicts = " | ".join(counts(done[name], v) for v in page.variants)
        out.append(f"| [{title}](#{anchor(title)}) | {len(done[name])} | {verdicts} |")
    return out


def table(page, rows):
    """The number's source is told where some have been checked, notes where there are any."""
    own = not any("checked" in r.source for r in rows)
    noted = any(r.note for r in rows)
    heads = ["No.", "purpose", page.clause, "flow", *page.variants.values()] + ["number"] * (not own) + ["note"] * noted
    out = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for r in rows:
        flows = " ".join(os.path.basename(f).removesuffix(".flow") for f in r.flows) or "-"
        cells = [r.number, r.purpose, r.clause, flows, *(r.verdict(v) for v in page.variants)]
        out.append("| " + " | ".join(cells + [r.source] * (not own) + [r.note] * noted) + " |")
    return out


def markdown(page, done):
    with open(page.head, encoding="utf-8") as f:
        out = f.read().splitlines() + contents(page, done)
    for name, title in page.tables:
        out += ["", f"## {title}", ""] + table(page, done[name])
    return "\n".join(out) + "\n"


def run_all(page):
    done = {name: read(page, name) for name, _ in page.tables}
    for r in sorted((r for rows in done.values() for r in rows), key=lambda r: any(f.startswith("ladder:") for f in r.flows)):
        r.run()
    return done


def check(page, done, text):
    bad = [c for name in done for c in complete(name, done[name])]
    bad += [f"{name} {r.number} ({v}) failed: {why}" for name in done for r in done[name] for v, why in r.why.items() if why]
    with open(page.path, encoding="utf-8") as f:
        if f.read() != text:
            bad.append(f"{page.doc} is not up to date: make conformance")
    return bad


def some(numbers):
    failed = 0
    for page in pages:
        for name, _ in page.tables:
            for r in read(page, name):
                if r.number in numbers or name in numbers or any(n.endswith(".") and r.number.startswith(n) for n in numbers):
                    r.run()
                    for v in r.variants:
                        print(f"{'FAIL' if r.why.get(v) else r.verdict(v)} {name} {r.number} {page.variants[v]} {r.purpose}" +
                              (f": {r.why[v]}" if r.why.get(v) else ""))
                        failed += bool(r.why.get(v))
    return failed


def main():
    args = sys.argv[1:]
    if args and args != ["--check"]:
        return 1 if some(args) else 0
    failed = 0
    ladders.begin()
    for page in pages:
        done = run_all(page)
        text = markdown(page, done)
        if not args:
            with open(page.path, "w", encoding="utf-8") as f:
                f.write(text)
        for line in check(page, done, text):
            print(line)
            failed += 1
        for name, title in page.tables:
            print(f"{title}: {totals(page, done[name])}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.path.insert(0, here)
    import made
    sys.exit(main())
