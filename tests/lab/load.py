# SPDX-License-Identifier: GPL-3.0-or-later
"""Many calls at a time over real SCTP, first one way, then the other."""
import time

import sipp
from calls import Call
from errors import Failed

CALLS, RATE = 300, 25


def place(lab, n, rate):
    """Orders n calls of the exchange, evenly; the octet of its log where they begin."""
    at, t0 = len(lab.log_text("exchange")), time.time()
    for i in range(n):
        time.sleep(max(0.0, t0 + i / rate - time.time()))
        lab.exchange.stdin.write(b"call +4989%06d +4930765432 load\n" % i)
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


def pstn_to_sip(lab):
    uas = lab.uas("uas-load", sipp.uas(["180", "200sdp", "BYE"]), calls=CALLS)
    t0 = time.time()
    at = place(lab, CALLS, RATE)
    lab.finished(uas)
    took = time.time() - t0
    lab.idle()
    passed, wrong = ends(lab, at)
    if passed < CALLS or wrong:
        raise Failed(f"exchange: {passed} of {CALLS} passed; {wrong[:3]}")
    return all_recorded(lab, took, CALLS)


def sip_to_pstn(lab):
    t0 = time.time()
    lab.finished(lab.uac("uac-load", sipp.uac(["INVITE", "180?", "200", "ACK", "wait 200", "BYE"]), "+4930730000", calls=CALLS,
                         rate=RATE))
    took = time.time() - t0
    lab.idle()
    return all_recorded(lab, took, CALLS)


LOAD = [
    Call("load-pstn-sip", f"{CALLS} calls from PSTN to SIP", pstn_to_sip, [], {}, CALLS),
    Call("load-sip-pstn", f"{CALLS} calls from SIP to PSTN", sip_to_pstn, [], {}, CALLS),
]
