# SPDX-License-Identifier: GPL-3.0-or-later
"""Test purposes made of the cause tables (tests/golden/map/*.csv, RFC 3398): a row of the page and a flow for each of theirs."""
import os
import re

here = os.path.dirname(os.path.abspath(__file__))


def rows(name):
    with open(os.path.join(here, "..", "golden", "map", name), encoding="utf-8") as f:
        return [line.strip().split(";") for line in f if line.strip() and line[0] != "#"]


def words(table):
    """What docs/mapping.md calls the keys of a table."""
    with open(os.path.join(here, "..", "..", "docs", "mapping.md"), encoding="utf-8") as f:
        text = f.read().split(f"\n### {table}\n")[1].split("\n##")[0]
    return {k: w.strip() for k, w in re.findall(r"^\| (\S+) \| ([^|]*) \|", text, re.M)}


def from_isup(cause, status, by_user):
    """REL before ACM, after ACM, and from the user."""
    text = f"# REL with cause {cause}: {status}, from the user {by_user}\n"
    for acm, location, want in (("", 2, status), ("pstn> ACM free\nsip<  180\n", 3, status), ("", 0, by_user)):
        text += (f"sip>  INVITE ruri=sip:+4930112233@192.0.2.1 sdp\npstn< IAM\n{acm}"
                 f"pstn> REL ; CAI coding=0 location={location} value={cause}\npstn< RLC\n"
                 f"sip<  {want} reason=Q.850;cause={cause};\n"
                 f"cdr   \"cause\":{cause}, {want}\n")
    return text


def all_circuits_taken(status):
    """Cause 44: another circuit each time; only when there is none left the caller hears of it, and then as 34."""
    text = "# REL with cause 44: another circuit\nsip>  INVITE ruri=sip:+4930112233@192.0.2.1 sdp\npstn< IAM cic=1\n"
    for cic in range(1, 5):
        text += f"pstn> REL cic={cic} cause=44\npstn< RLC\n" + (f"pstn< IAM cic={cic + 1}\n" if cic < 4 else "")
    return text + f"sip<  {status} reason=Q.850;cause=34\ncdr   \"cause\":34\n"


def from_sip(status, cause, warned, user):
    """The response before ACM and after it; with a Warning; with a Reason."""
    location = 0 if user == "1" else 2
    text = f"# {status}: REL with cause {cause}\n"
    for acm, header, want, where in (("", "", cause, location), ("sip>  180\npstn< ACM\n", "", cause, location),
                                     ("", " reason=Q.850;cause=47;location=INTL", "47", 7)):
        text += (f"pstn> IAM called=3:8912345\nsip<  INVITE\n{acm}sip>  {status}{header}\n"
                 f"pstn< REL value={want} location={where}\npstn> RLC\ncdr   \"cause\":{want}, {status}\n")
    return text


def build():
    named, stated = words("cause"), words("status")
    for cause, status, by_user in rows("cause_to_status.csv"):
        flow = f"cause-{cause}.flow"
        flows[flow] = all_circuits_taken(status) if cause == "44" else from_isup(cause, status, by_user)
        becomes = status if status == by_user else f"{status}, from the user {by_user}"
        listed = "listed" if cause in named else "500 where the table has no row"
        tables["causes"].append((f"8.{cause}", f"cause {cause} {named.get(cause, '')}".strip() + f": {becomes}", "RFC 3398 7.2.4.1", "rfc3398", flow,
                                 "of the cause", "" if cause in named else listed))
    for status, cause, warned, user in rows("status_to_cause.csv"):
        flow = f"status-{status}.flow"
        flows[flow] = from_sip(status, cause, warned, user)
        tables["statuses"].append((f"9.{status}", f"{status} {stated.get(status, '')}".strip() + f": cause {cause}", "RFC 3398 8.2.6.1", "rfc3398",
                                   flow, "of the status", "" if status in stated else "a class's default"))


flows = {}
tables = {"causes": [], "statuses": []}
build()
