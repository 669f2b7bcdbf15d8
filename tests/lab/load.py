# SPDX-License-Identifier: GPL-3.0-or-later
"""Many calls at a time, both ways at once: circuits are hunted at both ends, and sometimes both seize the same."""
import time

import sipp
from calls import Call
from errors import Failed

CALLS_EACH_WAY, RATE = 300, 20


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


def both_ways(lab):
    n = CALLS_EACH_WAY
    uas = lab.uas("uas-load", sipp.uas(["180", "200sdp", "BYE"]), calls=n)
    uac = lab.uac("uac-load", sipp.uac(["INVITE", "180?", "200", "ACK", "wait 200", "BYE"]), "+4930730000", calls=n, rate=RATE)
    t0 = time.time()
    at = place(lab, n, RATE)
    lab.finished(uac)
    lab.finished(uas)
    took = time.time() - t0
    lab.idle()
    passed, wrong = ends(lab, at)
    if passed < n or wrong:
        raise Failed(f"exchange: {passed} of {n} passed; {wrong[:3]}")
    bad = [r for r in lab.records()[-2 * n:] if r["cause"] != 16 or not r["answered"]]
    if bad:
        raise Failed(f"{len(bad)} call records tell of failures, such as {bad[0]}")
    return f"{2 * n} calls in {took:.1f} s, none failed, all recorded"


LOAD = [Call("load", f"{CALLS_EACH_WAY} calls each way at once", both_ways, [], {}, 2 * CALLS_EACH_WAY)]
