/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timers of Q.764 annex A that run here, in seconds where no unit is said, with the standard's
 * limits, and those that T1.113 has otherwise. docs/isup-timers.md lists them, and says why the
 * others are not here. */
#include "isup/timers.h"

#define ROW(n, dflt, low, high, text) \
	{ .T = n, .default_val = dflt, .val = dflt, .min_val = low, .max_val = high, .desc = text }

#define ROW_MS(n, dflt, low, high, text) \
	{ .T = n, .unit = OSMO_TDEF_MS, .default_val = dflt, .val = dflt, .min_val = low, \
	  .max_val = high, .desc = text }

struct osmo_tdef isup_tdefs_default[] = {
	ROW(1,   15,  15,  60, "REL sent, RLC awaited: REL again"),
	ROW(2,  180, 180, 180, "SUS (user) received, RES awaited: call released (102)"),
	ROW(3,  120, 120, 120, "OLM received: circuit released"),
	ROW(4,  300, 300, 900, "no ISUP at the peer, UPT sent: UPT again"),
	ROW(5,  300, 300, 900, "first REL sent, RLC awaited: RSC, maintenance is alerted"),
	ROW(6,   30,  10, 120, "SUS (network) received, RES awaited: call released (16)"),
	ROW(7,   25,  20,  30, "IAM or SAM sent, ACM or CON awaited: call released (102)"),
	ROW(8,   12,  10,  15, "IAM with continuity check, COT awaited: call released (41)"),
	ROW(9,  180,  90, 240, "ACM received, ANM awaited: call released (19)"),
	ROW(10,   5,   4,   6, "digits received, number may be complete: early ACM"),
	ROW(11,  17,  15,  20, "IAM or SAM received, user's answer awaited: early ACM"),
	ROW(12,  15,  15,  60, "BLO sent, BLA awaited: BLO again"),
	ROW(13, 300, 300, 900, "first BLO sent, BLA awaited: BLO, maintenance is alerted"),
	ROW(14,  15,  15,  60, "UBL sent, UBA awaited: UBL again"),
	ROW(15, 300, 300, 900, "first UBL sent, UBA awaited: UBL, maintenance is alerted"),
	ROW(16,  15,  15,  60, "RSC sent, RLC awaited: RSC again"),
	ROW(17, 300, 300, 900, "first RSC sent, RLC awaited: RSC, maintenance is alerted"),
	ROW(18,  15,  15,  60, "CGB sent, CGBA awaited: CGB again"),
	ROW(19, 300, 300, 900, "first CGB sent, CGBA awaited: CGB, maintenance is alerted"),
	ROW(20,  15,  15,  60, "CGU sent, CGUA awaited: CGU again"),
	ROW(21, 300, 300, 900, "first CGU sent, CGUA awaited: CGU, maintenance is alerted"),
	ROW(22,  15,  15,  60, "GRS sent, GRA awaited: GRS again"),
	ROW(23, 300, 300, 900, "first GRS sent, GRA awaited: GRS, maintenance is alerted"),
	ROW(24,   2,   1,   2, "check tone sent, its return awaited: continuity check failed"),
	ROW(25,   5,   1,  10, "first failure of a continuity check: CCR"),
	ROW(26, 120,  60, 180, "further failure of a continuity check: CCR again"),
	ROW(27, 240, 181, 600, "COT with failure received, CCR awaited: RSC"),
	ROW(28,  10,   1,  10, "CQM sent, CQR awaited: maintenance is alerted"),
	ROW_MS(29,  400,  300,   600, "peer congested: further indications are ignored"),
	ROW_MS(30, 8000, 5000, 10000, "peer congested: a step more traffic"),
	ROW(33,  13,  12,  15, "INR sent, INF awaited: call released (31), maintenance is alerted"),
	ROW(34,   3,   2,   4, "message announces SGM: call goes on with its first part"),
	ROW(35,  17,  15,  20, "digits received, more are needed: call released (28)"),
	ROW(36,  12,  10,  15, "CCR received, COT or REL awaited: RSC"),
	ROW(38,  15,  15, 120, "SUS (network) passed on, RES awaited: call released (102)"),
	ROW(39,  10,   4,  15, "IDR sent, IRS awaited: call goes on without"),
	ROW(ISUP_TACC, 5,   1,  60, "automatic congestion level received: traffic again (TACC)"),
	ROW(ISUP_T_AWAY, 300, 0, 86400,
	    "peer unreachable for so long: circuits are queried; 0: never"),
	ROW(ISUP_TCCR, 2,   1,   2, "CCR sent, LPA awaited: continuity check failed (TCCR)"),
	{}
};

/* T1.113.4 annex A: the rows that differ; the others hold there, too. Numbers are ITU's where the
 * timer is the same, below -100 where ITU has none. */
static const struct osmo_tdef ansi_rows[] = {
	ROW(1,     4,   4,  15, "REL sent, RLC awaited: REL again"),
	ROW(5,    60,  60,  60, "first REL sent, RLC awaited: RSC, maintenance is alerted"),
	ROW(6,    32,  10,  32, "SUS by the network received, RES awaited: call released (16)"),
	ROW(9,   180, 120, 240, "ACM received, ANM awaited: call released (19)"),
	ROW(12,    4,   4,  15, "BLO sent, BLA awaited: BLO again"),
	ROW(13,   60,  60,  60, "first BLO sent, BLA awaited: BLO, maintenance is alerted"),
	ROW(14,    4,   4,  15, "UBL sent, UBA awaited: UBL again"),
	ROW(15,   60,  60,  60, "first UBL sent, UBA awaited: UBL, maintenance is alerted"),
	ROW(16,    4,   4,  15, "RSC sent, RLC awaited: RSC again"),
	ROW(17,   60,  60,  60, "first RSC sent, RLC awaited: RSC, maintenance is alerted"),
	ROW(18,    4,   4,  15, "CGB sent, CGBA awaited: CGB again"),
	ROW(19,   60,  60,  60, "first CGB sent, CGBA awaited: CGB, maintenance is alerted"),
	ROW(20,    4,   4,  15, "CGU sent, CGUA awaited: CGU again"),
	ROW(21,   60,  60,  60, "first CGU sent, CGUA awaited: CGU, maintenance is alerted"),
	ROW(22,    4,   4,  15, "GRS sent, GRA awaited: GRS again"),
	ROW(23,   60,  60,  60, "first GRS sent, GRA awaited: GRS, maintenance is alerted"),
	ROW(ISUP_TCVT, 10,   1,  10, "TCVT: CVT sent, CVR awaited: once more, then an alarm"),
	ROW(ISUP_TCRM, 4,   3,   4, "TCRM: CRM sent, CRA awaited: reservation given up"),
	ROW(ISUP_TCRA, 20,   1,  20, "TCRA: CRA sent, IAM or REL awaited: circuit released"),
	ROW(ISUP_TCGB, 5,   1,   5, "TCGB: CGB or CGU received, the second is awaited"),
	ROW(ISUP_TGRS, 5,   1,   5, "TGRS: GRS received, the second is awaited"),
	{}
};

const struct isup_timers isup_timers_itu = {
	.set = ISUP_TIMERS_ITU, .name = "itu", .standard = "Q.764", .rows = isup_tdefs_default,
};

const struct isup_timers isup_timers_ansi = {
	.set = ISUP_TIMERS_ANSI, .name = "ansi", .standard = "T1.113.4", .rows = ansi_rows,
};
