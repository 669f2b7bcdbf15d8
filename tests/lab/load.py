# SPDX-License-Identifier: GPL-3.0-or-later
"""Many calls at a time over real SCTP, one way, the other way, and both at once."""
import time

import sipp
from calls import Call
from errors import Failed

CALLS, RATE = 300, 25
BOTH_CALLS, BOTH_RATE = 50, 10  # each way


def place(lab, n, rate):
    """Orders n calls of the exchange, evenly; the octet of its log where they begin."""
    at, t0 = len(lab.log_text("exchange")), time.time()
    for i in range(n):
        time.sleep(max(0.0, t0 + i / rate - time.time()))
        lab.exchange.stdin.write(b"call +4989%06dF +4930765432 load\n" % i)
        lab.exchange.stdin.flush()
    return at


def ends(lab, at):
    """(passed, what went wrong) of the calls the exchange has placed since."""
    lines = [x for x in lab.log_text("exchange")[at:].splitlines() if x.startswith("end ") or x.startswith("error ")]
    return sum(x.endswith(" passed") for x in lines), [x for x in lines if not x.endswith(" passed")]


def all_recorded(lab, took, n):
    bad = [r for r in lab.records()[-n:] if r["cause"] != 16 or not r["answer"]]
    if bad:
        raise Failed(f"{len(bad)} call records tell of failures, such as {bad[0]}")
    return f"{n} calls in {took:.1f} s, none failed, all recorded"


def uas_for(lab, n):
    return lab.uas("uas-load", sipp.uas(["180", "200sdp", "BYE"]), calls=n)


def uac_for(lab, n, rate):
    return lab.uac("uac-load", sipp.uac(["INVITE", "180?", "200", "ACK", "wait 200", "BYE"]), "+4930730000", calls=n, rate=rate)


def all_passed(lab, at, n):
    passed, wrong = ends(lab, at)
    if passed < n or wrong:
        raise Failed(f"exchange: {passed} of {n} passed; {wrong[:3]}")


def pstn_to_sip(lab):
    uas, t0 = uas_for(lab, CALLS), time.time()
    at = place(lab, CALLS, RATE)
    lab.finished(uas)
    took = time.time() - t0
    lab.idle()
    all_passed(lab, at, CALLS)
    return all_recorded(lab, took, CALLS)


def sip_to_pstn(lab):
    t0 = time.time()
    lab.finished(uac_for(lab, CALLS, RATE))
    took = time.time() - t0
    lab.idle()
    return all_recorded(lab, took, CALLS)


def both_ways(lab):
    """Circuits are hunted at both ends; now and then both seize the same."""
    uas, uac, t0 = uas_for(lab, BOTH_CALLS), uac_for(lab, BOTH_CALLS, BOTH_RATE), time.time()
    at = place(lab, BOTH_CALLS, BOTH_RATE)
    lab.finished(uas)
    lab.finished(uac)
    took = time.time() - t0
    lab.idle()
    all_passed(lab, at, BOTH_CALLS)
    return all_recorded(lab, took, 2 * BOTH_CALLS)


LOAD = [
    Call("load-pstn-sip", f"{CALLS} calls from PSTN to SIP", pstn_to_sip, [], {}, CALLS),
    Call("load-sip-pstn", f"{CALLS} calls from SIP to PSTN", sip_to_pstn, [], {}, CALLS),
    Call("load-both", f"{BOTH_CALLS} calls each way at once", both_ways, [], {}, 2 * BOTH_CALLS),
]
