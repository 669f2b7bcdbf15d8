#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tshark's reading of ISUP messages, dialect by dialect. As a program: every message of the files
given, lines of "dialect hexadecimal-octets" as TOLLGATE_ISUP_LOG makes the test beds write them,
must be read without malformed marks; what tshark cannot do is in EXCEPTIONS with its reason."""
import json
import os
import subprocess
import sys
import tempfile

BUILD = os.environ.get("top_builddir", ".")
ERROR = 0x800000  # severity of an expert item

# How a dialect is given to tshark: link type, octets before a message, preferences. ANSI and China
# are known by their MTP3 only: service indicator 5 and a label of seven octets.
ITU = ("isup", b"", ())
FRAMES = {
    "itu": ITU,
    "itu92": ITU,
    "etsi": ITU,
    "ansi": (141, bytes((0x85, 1, 1, 1, 2, 1, 1, 0)), ("mtp3.standard:ANSI",)),
    "china": (141, bytes((0x85, 1, 1, 1, 2, 1, 1, 0)), ("mtp3.standard:Chinese ITU",)),
    "russia": ("isup", b"", ("isup.variant:Russian National Standard",)),
}
COLUMNS = ["isup.message_type", "isup.cic", "isup.parameter_type", "_ws.expert.severity",
           "_ws.expert.message"]


def run(*command, **more):
    return subprocess.run(command, check=True, capture_output=True, text=True, **more).stdout


def read(dialect, messages, columns=()):
    """For each message in hexadecimal digits a list of values for each column."""
    link, before, preferences = FRAMES[dialect]
    columns = COLUMNS + list(columns)
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/text", "w", encoding="ascii") as out:
            for octets in messages:
                out.write("000000 " + (before + bytes.fromhex(octets)).hex(" ") + "\n")
        how = ("-l", str(link)) if before else ("-P", link)
        run("text2pcap", "-q", *how, folder + "/text", folder + "/pcap")
        more = [x for p in preferences for x in ("-o", p)]
        more += [x for column in columns for x in ("-e", column)]
        said = run("tshark", "-r", folder + "/pcap", "-T", "fields", "-E", "aggregator=|", *more)
    return [dict(zip(columns, ([v for v in value.split("|") if v] for value in line.split("\t"))))
            for line in said.splitlines()]


def marks(said):
    """The malformed marks of one message."""
    severe = [s for s in said["_ws.expert.severity"] if int(s, 0) >= ERROR]
    return " ".join(said["_ws.expert.message"]) if severe else ""


# What tshark 4.0 cannot read though it is right: reason, and how it is known. m is our reading.
def has(m, name, octets=None):
    return any(p.get("parameter") == name and (octets is None or len(p["octets"]) == 2 * octets)
               for p in m["parameters"])


EXCEPTIONS = (
    ("a connection request may lack its last octets, tshark wants them",
     lambda m: has(m, "CReq")),
    ("tshark reads an octet behind a circuit assignment map",
     lambda m: has(m, "CAM")),
    ("tshark does not read the optional part of an EXM",
     lambda m: m["message"] == "EXM"),
    ("the body of a PAM is a message of its own, ours in tests are not",
     lambda m: m["message"] == "PAM"),
    ("CRG and SDN have national contents for tshark",
     lambda m: m["message"] in ("CRG", "SDN")),
    ("tshark has no table of China's ISUP and cannot know its messages",
     lambda m: m["dialect"] == "china" and m["message"] in ("CCL", "MPM", "OPR")),
    ("in China a point code in a parameter has three octets, tshark reads two",
     lambda m: m["dialect"] == "china" and any(has(m, n) for n in ("CRef", "SPC", "OISC"))),
)


def excuse(m):
    return next((why for why, known in EXCEPTIONS if known(m)), None)


def ours(dialect, messages):
    said = run(BUILD + "/tollgate-isup", "decode", "-d", dialect, "--json", "-",
               input="".join(octets + "\n" for octets in messages))
    return [json.loads(line) for line in said.splitlines()]


def known_types(dialect):
    """Type octets of the messages that the dialect has."""
    said = run(BUILD + "/tollgate-isup", "names", "-d", dialect)
    return {int(line.split()[1], 16) for line in said.splitlines() if line.startswith("message")}


def collect(files):
    """The different messages of the logs, by dialect."""
    found = {}
    for name in files:
        with open(name, encoding="ascii") as log:
            for line in log:
                dialect, octets = line.split()
                found.setdefault(dialect, {})[octets] = None
    return {dialect: list(messages) for dialect, messages in found.items()}


def main():
    total, failed, excused = 0, 0, {}
    for dialect, logged in collect(sys.argv[1:]).items():
        types = known_types(dialect)
        messages = [octets for octets in logged if int(octets[4:6], 16) in types]
        if len(messages) < len(logged):
            excused["a message that nobody knows is passed on as it came"] = len(logged) - len(messages)
        for octets, m, said in zip(messages, ours(dialect, messages), read(dialect, messages),
                                   strict=True):
            total += 1
            wrong = marks(said)
            if [str(m["type"])] != said["isup.message_type"]:
                wrong = wrong or "another type"
            if wrong and excuse(m):
                excused[excuse(m)] = excused.get(excuse(m), 0) + 1
            elif wrong:
                print("%s %s %s: %s" % (dialect, m["message"], octets, wrong))
                failed += 1
    print("%d different messages read, %d wrong; explained: %s" % (total, failed, excused))
    return 1 if failed or not total else 0


if __name__ == "__main__":
    sys.exit(main())
