/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an exchange answers by itself, one row a message; a scenario can switch it off. */
#include <string.h>

#include <osmocom/core/utils.h>

#include "gw/exchange/circuit.h"

/* GRA says which circuits this end has blocked (Q.763 3.43). */
static void answer_grs(struct circuit *first, const struct isup_msg *m, struct isup_msg *out)
{
	struct circuit *c;
	struct isup_range r;
	unsigned int i;

	if (!isup_get(m, ISUP_P_RANGE, &r))
		return;
	memset(r.status, 0, sizeof(r.status));
	r.n_status = OSMO_MIN(r.range / 8 + 1, ISUP_MAX_STATUS);
	for (i = 0; i <= r.range && first->cic + i < XCH_CICS; i++) {
		c = first->x->by_cic[first->cic + i];
		if (c && c->blocked_here)
			r.status[i / 8] |= 1 << i % 8;
	}
	isup_set(out, ISUP_P_RANGE, &r);
}

/* The acknowledgement says what the message said (Q.764 2.8.2). */
static void answer_group(struct circuit *c, const struct isup_msg *m, struct isup_msg *out)
{
	static const uint8_t copied[] = { ISUP_P_SUPERVISION, ISUP_P_RANGE };
	const uint8_t *octets;
	unsigned int i;
	size_t len;

	for (i = 0; i < ARRAY_SIZE(copied); i++) {
		octets = isup_raw(m, copied[i], &len);
		if (octets)
			isup_set_raw(out, copied[i], octets, len);
	}
}

/* A circuit that this end has blocked is blocked again before the reset is acknowledged (Q.764
 * 2.9.3.1). */
static void answer_rsc(struct circuit *c, const struct isup_msg *m, struct isup_msg *out)
{
	struct isup_msg blo;

	if (!c || !c->blocked_here)
		return;
	isup_init(&blo, m->dialect, ISUP_MT_BLO, m->cic);
	exchange_send_msg(c->x, c, &blo);
}

/* Circuit state indicator (Q.763 3.14): call state in bits DC, blocking in bits BA. */
static uint8_t circuit_state(const struct circuit *c)
{
	enum { UNEQUIPPED = 3, INCOMING = 1 << 2, OUTGOING = 2 << 2, IDLE = 3 << 2 };
	uint8_t blocked;

	if (!c)
		return UNEQUIPPED;
	blocked = c->blocked_here | c->blocked_there << 1;
	if (c->state == CCT_IDLE)
		return IDLE | blocked;
	return (c->state == CCT_IN ? INCOMING : OUTGOING) | blocked;
}

static void answer_cqm(struct circuit *first, const struct isup_msg *m, struct isup_msg *out)
{
	uint8_t states[32];
	struct isup_range r;
	unsigned int i, cic;

	if (!isup_get(m, ISUP_P_RANGE, &r))
		return;
	r.range = OSMO_MIN(r.range, sizeof(states) - 1);
	for (i = 0; i <= r.range; i++) {
		cic = first->cic + i;
		states[i] = circuit_state(cic < XCH_CICS ? first->x->by_cic[cic] : NULL);
	}
	isup_set(out, ISUP_P_RANGE, &r);
	isup_set_raw(out, ISUP_P_CIRCUIT_STATE, states, r.range + 1);
}

static const struct {
	uint8_t type, answer;
	uint32_t bit;
	void (*fill)(struct circuit *c, const struct isup_msg *m, struct isup_msg *out);
} rows[] = {
	{ ISUP_MT_REL, ISUP_MT_RLC, AUTO_REL, NULL },
	{ ISUP_MT_RSC, ISUP_MT_RLC, AUTO_RSC, answer_rsc },
	{ ISUP_MT_GRS, ISUP_MT_GRA, AUTO_GRS, answer_grs },
	{ ISUP_MT_BLO, ISUP_MT_BLA, AUTO_BLO, NULL },
	{ ISUP_MT_UBL, ISUP_MT_UBA, AUTO_UBL, NULL },
	{ ISUP_MT_CGB, ISUP_MT_CGBA, AUTO_CGB, answer_group },
	{ ISUP_MT_CGU, ISUP_MT_CGUA, AUTO_CGU, answer_group },
	{ ISUP_MT_UPT, ISUP_MT_UPA, AUTO_UPT, NULL },
	{ ISUP_MT_CQM, ISUP_MT_CQR, AUTO_CQM, answer_cqm },
	{ ISUP_MT_CCR, ISUP_MT_LPA, AUTO_CCR, NULL },
};

bool auto_answer(struct exchange *x, struct circuit *c, const struct isup_msg *m)
{
	uint32_t off = scenario_no_auto(x->scn) | (c && c->block ? c->block->no_auto : 0);
	struct isup_msg out;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows) && rows[i].type != m->type; i++)
		;
	if (i == ARRAY_SIZE(rows) || off & rows[i].bit)
		return false;
	isup_init(&out, m->dialect, rows[i].answer, m->cic);
	if (rows[i].fill)
		rows[i].fill(c, m, &out);
	exchange_send_msg(x, c, &out);
	return true;
}
