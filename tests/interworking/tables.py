# SPDX-License-Identifier: GPL-3.0-or-later
"""Ladders made of tables: every row of both cause tables of RFC 3398 (tests/golden/map/*.csv), every cause in Reason, both ways."""
import os

HERE = os.path.dirname(os.path.abspath(__file__))
LOCATIONS = {"user": 0, "transit": 3}  # words of the exchange's scenarios
NAMES = {0: "U", 3: "TN"}              # as Reason has them (RFC 8606)


def rows(name):
    with open(os.path.join(HERE, "..", "golden", "map", name), encoding="utf-8") as f:
        return [[int(x) for x in line.split(";")] for line in f if line.strip() and line[0] != "#"]


def failed_from_pstn():
    """A REL of each cause, from the network and from the user, becomes the status of its row, with Reason. Cause 44 never does: other
    circuits are tried, and then there is none (34)."""
    text, n = "# RFC 3398 7.2.4.1: every REL before the answer becomes its status\n", 0
    for cause, status, by_user in rows("cause_to_status.csv"):
        for where, want in (("transit", status), ("user", by_user)):
            n += 1
            again, told = f"pstn> REL 44 {where}\npstn< RLC\npstn< IAM\n" * 3 if cause == 44 else "", cause
            reason, record = f"location={NAMES[LOCATIONS[where]]}", f"location={LOCATIONS[where]} released_by=called"
            if cause == 44:
                reason, record, told = "", "released_by=gateway", 34
            text += (f"sip{n}> INVITE +4930112233 sdp\npstn< IAM\n{again}pstn> REL {cause} {where}\npstn< RLC\nsip{n}< {want}\n"
                     f" Reason: Q.850;cause={told};*{reason}*\nsip{n}> ACK\nrecord cause={told} {record} sip_status={want} !answer\n")
    return text


def failed_from_sip():
    """Each status becomes the cause of its row; with a Warning about the bearer; with a Reason, whose cause is taken."""
    text, n = "# RFC 3398 8.2.6.1: every failure of SIP becomes its REL\nconfig sip: retry-after 0\n", 0
    for status, cause, warned, user in rows("status_to_cause.csv"):
        location = 0 if user else 2
        for header, want, where in (("", cause, location), (' Warning: 304 peer "no such media"\n', warned, location),
                                    (" Reason: SIP;cause=200, Q.850;cause=47;location=INTL\n", 47, 7),
                                    (" Reason: Q.850;cause=128\n", cause, location)):
            n += 1
            text += (f"pstn> IAM 8912345\nsip{n}< INVITE\nsip{n}> {status}\n{header}sip{n}< ACK\npstn< REL CAI.value={want} CAI.location={where}\n"
                     f"pstn> RLC\nrecord cause={want} sip_status={status} !answer released_by=called\n")
    return text


def ended_by_sip():
    """BYE and CANCEL with each cause in Reason: the REL has it."""
    text = "# RFC 3398 7.2.3, 7.2.9: the cause in the Reason of a BYE or CANCEL goes into the REL\n"
    for cause in range(1, 128):
        call, other = f"sip{cause}", f"sip{cause + 200}"
        text += (f"{call}> INVITE +4930112233 sdp\npstn< IAM\npstn> CON\n{call}< 200\n{call}> ACK\n{call}> BYE\n Reason: Q.850;cause={cause};location=RLN\n"
                 f"pstn< REL CAI.value={cause} CAI.location=4\n{call}< 200 BYE\npstn> RLC\nrecord cause={cause} answer released_by=calling\n"
                 f"{other}> INVITE +4930112233 sdp\npstn< IAM\n{other}> CANCEL\n Reason: Q.850;cause={cause}\n{other}< 200 CANCEL\n{other}< 487\n"
                 f"{other}> ACK\npstn< REL CAI.value={cause}\npstn> RLC\nrecord cause={cause} !answer released_by=calling\n")
    return text


def ended_by_pstn():
    """REL of each cause after the answer is BYE with Reason, before it CANCEL with Reason."""
    text = "# RFC 3398 8.2.7, 8.2.8: the cause of a REL goes into the Reason of BYE or CANCEL\n"
    for cause in range(1, 128):
        call, other = f"sip{cause}", f"sip{cause + 200}"
        text += (f"pstn> IAM 8912345\n{call}< INVITE\n{call}> 200 sdp\n{call}< ACK\npstn< CON\npstn> REL {cause} user\npstn< RLC\n{call}< BYE\n"
                 f" Reason: Q.850;cause={cause};*location=U\n{call}> 200\nrecord cause={cause} answer released_by=calling\n"
                 f"pstn> IAM 8912345\n{other}< INVITE\n{other}> 180\npstn< ACM\npstn> REL {cause}\npstn< RLC\n{other}< CANCEL\n"
                 f" Reason: Q.850;cause={cause}*\n{other}> 200 CANCEL\n{other}> 487 INVITE\n{other}< ACK\nrecord cause={cause} !answer released_by=calling\n")
    return text


TABLES = {"table_failed_from_pstn": failed_from_pstn, "table_failed_from_sip": failed_from_sip, "table_ended_by_sip": ended_by_sip,
          "table_ended_by_pstn": ended_by_pstn}
