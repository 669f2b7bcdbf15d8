/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timers of Q.764 annex A that run here, in seconds, with the standard's limits. */
#include <osmocom/core/talloc.h>
#include <osmocom/core/tdef.h>

#include "isup/circuit.h"

#define ROW(n, dflt, low, high, text) \
	{ .T = n, .default_val = dflt, .val = dflt, .min_val = low, .max_val = high, .desc = text }

struct osmo_tdef isup_tdefs_default[] = {
	ROW(1,   15,  15,  60, "REL sent, RLC awaited: REL again"),
	ROW(2,  180, 180, 180, "SUS (user) received, RES awaited: call released (102)"),
	ROW(4,  300, 300, 900, "no ISUP at the peer, UPT sent: UPT again"),
	ROW(5,  300, 300, 900, "first REL sent, RLC awaited: RSC, maintenance is alerted"),
	ROW(6,   30,  10, 120, "SUS (network) received, RES awaited: call released (16)"),
	ROW(7,   25,  20,  30, "IAM or SAM sent, ACM or CON awaited: call released (102)"),
	ROW(8,   12,  10,  15, "IAM with continuity check, COT awaited: call released (41)"),
	ROW(9,  180,  90, 240, "ACM received, ANM awaited: call released (19)"),
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
	ROW(33,  13,  12,  15, "INR sent, INF awaited: call released (31), maintenance is alerted"),
	ROW(34,   3,   2,   4, "message announces SGM: call goes on with its first part"),
	ROW(36,  12,  10,  15, "CCR received, COT or REL awaited: RSC"),
	ROW(38,  15,  15, 120, "SUS (network) passed on, RES awaited: call released (102)"),
	ROW(39,  10,   4,  15, "IDR sent, IRS awaited: call goes on without"),
	ROW(-24,  2,   1,   2, "CCR sent, LPA awaited: continuity check failed (TCCR)"),
	{}
};

struct osmo_tdef *isup_tdefs_new(void *ctx)
{
	struct osmo_tdef *t = talloc_memdup(ctx, isup_tdefs_default, sizeof(isup_tdefs_default));

	if (t)
		osmo_tdefs_reset(t);
	return t;
}
