#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is written exists: README's configurations, settings, tables, files, options and make targets; the commands of a session in
tollgate(8); the files of ARCHITECTURE.md; manual pages that groff has nothing to say about."""
import fnmatch
import glob
import os
import re
import subprocess
import tempfile

BUILD = os.environ.get("top_builddir", ".")
SOURCE = os.environ.get("top_srcdir", ".")
TOLLGATE = os.path.join(BUILD, "tollgate")
# words in the columns "tables" that are settings of a trunk group, not tables
NO_TABLES = {"isup-trust listed", "mapping isup make-iam yes", "mapping isup suspend-hold yes"}


def slurp(name):
    with open(os.path.join(SOURCE, name), encoding="utf-8") as f:
        return f.read()


def accepted(text):
    """None, or what is wrong with the configuration."""
    with tempfile.NamedTemporaryFile("w", suffix=".cfg") as f:
        f.write(text)
        f.flush()
        p = subprocess.run([TOLLGATE, "--check-config", f.name], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20)
    return None if p.returncode == 0 and "good" in p.stdout else p.stdout + p.stderr


def with_more(first, block):
    """The first configuration with the block's lines in the nodes that it has already."""
    for head, lines in re.findall(r"^(\S.*\n)((?: .*\n)*)", block, re.M):
        first = first.replace("\n" + head, "\n" + head + lines) if "\n" + head in first else first + head + lines
    return first


def configurations(check, readme):
    """The first one is whole; each of the others is that one and some lines more."""
    blocks = [re.sub(r"^    | +#.*$", "", b, flags=re.M) for b in re.findall(r"^\n((?:    .*\n)+)", readme, re.M)]
    blocks = [b for b in blocks if re.match(r"cs7 instance|trunk-group", b)]
    check(blocks and blocks[0].startswith("cs7 instance 0\n"), "README has a first configuration")
    check(len(blocks) >= 6, "README shows settings", len(blocks))
    for i, block in enumerate(blocks):
        text = with_more(blocks[0], block) if i else block
        check(accepted(text) is None, f"README's configuration {i} is accepted", f"{block}{accepted(text)}")
    check(accepted(slurp("config/tollgate.cfg")) is None, "config/tollgate.cfg is accepted", accepted(slurp("config/tollgate.cfg")))


def mapping_tables(check, readme):
    there = set(re.findall(r"^### (\S+)$", slurp("docs/mapping.md"), re.M))
    named, column = set(re.findall(r"[Tt]ables? `([\w-]+)`", readme)), False
    for line in readme.splitlines():
        cells = [c.strip() for c in line.strip("|").split("|")]
        column = line.startswith("|") and (column or cells[-1] == "tables")
        if column:
            named |= set(re.findall(r"`([^`]+)`", cells[-1])) - NO_TABLES
    check(len(named) > 20, "README names tables of the mapping", named)
    check(named <= there, "README names tables that exist", named - there)


def manual_of_settings(check, readme):
    """tollgate.cfg(5): its example, with README's SS7; its list of tables."""
    text = slurp("docs/tollgate.cfg.5")
    ss7 = re.search(r"^    cs7 instance 0\n(?:     .*\n)*", readme, re.M)[0].replace("\n    ", "\n").lstrip()
    example = re.search(r"^\.EX\n(.*?)^\.EE", text, re.M | re.S)[1].replace("\\-", "-")
    check(accepted(ss7 + example) is None, "the example of tollgate.cfg(5) is accepted", ss7 + example)
    listed = re.findall(r"[\w-]+", re.sub(r"^\.IP.*|\\", "", re.search(r"in which a call meets them:\n\.nh\n\.RS\n(.*?)\.RE", text, re.S)[1],
                                          flags=re.M))
    there = re.findall(r"^### (\S+)$", slurp("docs/mapping.md"), re.M)
    check(sorted(listed) == sorted(there), "tollgate.cfg(5) lists all tables of the mapping", set(listed) ^ set(there))


def explained(check, readme):
    """The example of --explain is what the program says, lines left out where `...' stands."""
    argv, shown = re.search(r"^    \$ tollgate (.*)\n((?:    .*\n)+)", readme, re.M).groups()
    argv = [os.path.join(SOURCE, x) if x.startswith("tests/") else x for x in argv.split()]
    said = subprocess.run([TOLLGATE, *argv], stdin=subprocess.DEVNULL, capture_output=True, text=True).stdout.splitlines()
    shown = [line[4:] for line in shown.splitlines()]
    check(len(shown) > 10, "README shows what --explain says", shown)
    for line in shown:
        if line.strip() != "...":
            check(line in said, f"README's --explain has `{line}'", said)
            said = said[said.index(line) + 1:] if line in said else said


def commands(check, readme):
    with open(os.path.join(BUILD, "Makefile"), encoding="utf-8") as f:
        targets = set(re.findall(r"^([\w-]+):", f.read(), re.M))
    for target in set(re.findall(r"(?:`|    )make ([a-z-]+)", readme)):
        check(target in targets, f"README says `make {target}', which exists")
    for script in set(re.findall(r"`((?:tests|\.ci|\.)/[\w./]+)", readme)) | {"bootstrap.sh", "autogen.sh"}:
        check(os.path.exists(os.path.join(SOURCE, script)), f"README names {script}, which exists")
    configure = subprocess.run([os.path.join(SOURCE, "configure"), "--help"], capture_output=True, text=True).stdout
    for option in set(re.findall(r"`(--enable-[\w-]+)`", readme)):
        check(option in configure, f"README names {option}, which configure has")
    for program, option in (("tollgate", "explain"), ("tollgate", "iam"), ("tollgate", "invite"), ("tollgate", "check-config")):
        usage = subprocess.run([os.path.join(BUILD, program), "--help"], capture_output=True, text=True).stdout
        check(f"--{option}" in usage and f"--{option}" in readme, f"{program} --{option} is in README and exists")


def links(check, readme):
    for name in re.findall(r"\]\(([^)#]+)\)", readme) + re.findall(r"`((?:docs|config)/[\w./-]+)`", readme):
        check(os.path.exists(os.path.join(SOURCE, name)), f"README names {name}, which exists")


def plain(man):
    """A manual page without its markup."""
    text = re.sub(r"\\f.|^\.(?:[BI]+R?|RB|RI|IB|TP|TQ|PP|br)\b|\"|\\", lambda m: "" if m[0] != "\\" else "", man, flags=re.M)
    return re.sub(r"\s+", " ", text)


def session_commands(check):
    """Each command that gw/ adds stands in tollgate(8): its fixed words, choices one by one."""
    text = plain(slurp("docs/tollgate.8"))
    said = [s for path in glob.glob(os.path.join(SOURCE, "gw", "show*.c"))
            for s in re.findall(r'DEFUN\(\w+, \w+,\s*"([^"]+)"', slurp(os.path.relpath(path, SOURCE)))]
    check(len(said) > 20, "commands of a session are found", said)
    for command in said:
        words = re.sub(r"[(|)]", " ", re.sub(r"<[^>]*>|\.?\b[A-Z]+\b", " ", command)).split()
        check(all(re.search(rf"(?<![\w-]){re.escape(w)}(?![\w-])", text) for w in words), f"tollgate(8) has `{command}'", words)
        first = " ".join(words[:2])
        check(first in text or words[0] in ("circuit", "trunk-group"), f"tollgate(8) has `{first}'")


def record_members(check):
    text = plain(slurp("docs/tollgate.8"))
    members = re.findall(r'\((?:&?o), "([a-z_]+)"', slurp("gw/cdr_print.c"))
    check(len(members) > 20, "members of a call record are found", members)
    for name in members:
        check(re.search(rf"(?<![\w-]){name}(?![\w-])", text), f"tollgate(8) has {name} of call records")


def pages(check):
    for name in ("tollgate.8", "tollgate.cfg.5", "tollgate-isup.1", "tollgate-exchange.1"):
        p = subprocess.run(["groff", "-man", "-ww", "-z", os.path.join(SOURCE, "docs", name)], capture_output=True, text=True)
        check(p.returncode == 0 and not p.stderr, f"groff has nothing to say about {name}", p.stderr)


def architecture(check):
    names = re.findall(r"`((?:isup|mgcp|config|gw|tests|docs)/[\w./*-]*)`", slurp("docs/ARCHITECTURE.md"))
    for path in glob.glob(os.path.join(SOURCE, "gw", "map_*.c")):
        name = os.path.relpath(path, SOURCE)
        check(any(fnmatch.fnmatch(name, n) for n in names if n != "gw/map_*.c"), f"ARCHITECTURE.md says what {name} is for")
    for name in names:
        pattern = re.compile(re.escape(name).replace(r"\*", ".*"))
        folder = os.path.join(SOURCE, os.path.dirname(name))
        there = os.path.isdir(folder) and (name.endswith("/") or any(
            pattern.fullmatch(os.path.join(os.path.dirname(name), x)) for x in os.listdir(folder)))
        check(there, f"ARCHITECTURE.md names {name}, which exists")


def all_tests(check):
    readme = slurp("README.md")
    configurations(check, readme)
    mapping_tables(check, readme)
    manual_of_settings(check, readme)
    explained(check, readme)
    commands(check, readme)
    links(check, readme)
    session_commands(check)
    record_members(check)
    pages(check)
    architecture(check)


if __name__ == "__main__":
    failed = []

    def tell(good, what, more=""):
        if not good:
            failed.append(what)
            print(f"FAIL: {what}\n{more}")
    all_tests(tell)
    raise SystemExit(1 if failed else 0)
