/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exchanges at the other end: messages right and wrong, answers late or never; see world.h. */
#include <string.h>

#include <osmocom/core/utils.h>

#include "tests/random/world.h"

/* Those that make something happen come more often than the rest of the dialect. */
static const uint8_t likely[] = {
	ISUP_MT_IAM, ISUP_MT_IAM, ISUP_MT_IAM, ISUP_MT_IAM, ISUP_MT_ACM, ISUP_MT_ACM, ISUP_MT_ANM,
	ISUP_MT_CON, ISUP_MT_REL, ISUP_MT_REL, ISUP_MT_RLC, ISUP_MT_RSC, ISUP_MT_BLO, ISUP_MT_UBL,
	ISUP_MT_GRS, ISUP_MT_CGB, ISUP_MT_CGU, ISUP_MT_COT, ISUP_MT_SUS, ISUP_MT_RES, ISUP_MT_SAM,
	ISUP_MT_CPG, ISUP_MT_CCR, ISUP_MT_CCR, ISUP_MT_CQM, ISUP_MT_UCIC, ISUP_MT_CRM,
	ISUP_MT_CRM, ISUP_MT_CVT,
};

static const uint8_t answers[][2] = {
	{ ISUP_MT_REL, ISUP_MT_RLC }, { ISUP_MT_RSC, ISUP_MT_RLC }, { ISUP_MT_BLO, ISUP_MT_BLA },
	{ ISUP_MT_UBL, ISUP_MT_UBA }, { ISUP_MT_GRS, ISUP_MT_GRA }, { ISUP_MT_CGB, ISUP_MT_CGBA },
	{ ISUP_MT_CGU, ISUP_MT_CGUA }, { ISUP_MT_UPT, ISUP_MT_UPA }, { ISUP_MT_CQM, ISUP_MT_CQR },
	{ ISUP_MT_IAM, ISUP_MT_ACM }, { ISUP_MT_CCR, ISUP_MT_LPA }, { ISUP_MT_INR, ISUP_MT_INF },
	{ ISUP_MT_IDR, ISUP_MT_IRS }, { ISUP_MT_CRM, ISUP_MT_CRA }, { ISUP_MT_CVT, ISUP_MT_CVR },
};

static void receive(struct world *w, unsigned int peer, const uint8_t *sdu, size_t len)
{
	if (w->verbose) {
		struct isup_msg m;
		char text[512] = "malformed";

		if (isup_decode(&m, w->dialect[peer], sdu, len, NULL) == 0)
			isup_print_line(text, sizeof(text), &m);
		world_trace(w, "> %u: %s", peer, text);
		world_trace(w, "> %s", osmo_hexdump_nospc(sdu, len));
	}
	isup_transfer_ind(w->stack, NULL, w->dpc[peer], w->opc[peer], 2, sdu, len);
}

static void receive_msg(struct world *w, unsigned int peer, const struct isup_msg *m)
{
	uint8_t sdu[ISUP_MAX_OCTETS];
	ssize_t len = isup_encode(sdu, sizeof(sdu), m);

	if (len > 0)
		receive(w, peer, sdu, len);
}

void world_peer_says(struct world *w, unsigned int peer, uint8_t type, uint16_t cic)
{
	struct isup_msg m;

	isup_init(&m, w->dialect[peer], type, cic);
	receive_msg(w, peer, &m);
}

/* Circuits 1-8 and 33-49 are thought of, and sometimes one that nobody has. */
static uint16_t any_cic(struct world *w)
{
	if (world_any(w, 24) == 0)
		return world_any(w, 5000);
	return world_any(w, 3) ? 1 + world_any(w, 8) : 33 + world_any(w, 17);
}

/* Ranges that a real exchange might send. */
static void tame(struct world *w, struct isup_msg *m)
{
	struct isup_range r = { .range = 1 + world_any(w, 12) };

	if (!isup_has(m, ISUP_P_RANGE) || world_any(w, 4) == 0)
		return;
	if (m->type != ISUP_MT_GRS && m->type != ISUP_MT_CQM && m->type != ISUP_MT_CQR) {
		r.n_status = r.range / 8 + 1;
		r.status[0] = world_any(w, 256);
		r.status[1] = r.n_status > 1 ? world_any(w, 32) : 0;
	}
	isup_set(m, ISUP_P_RANGE, &r);
}

static void damage(struct world *w, uint8_t *sdu, size_t *len)
{
	for (unsigned int i = world_any(w, 3); i > 0 && *len > 2; i--)
		sdu[2 + world_any(w, *len - 2)] = world_any(w, 256);
	if (world_any(w, 2))
		*len = world_any(w, *len + 1);
}

/* The octets are the fuzzer's own. */
static void raw(struct world *w)
{
	struct world_chance *ch = &w->chance;
	unsigned int peer = world_any(w, WORLD_PEERS);
	uint16_t cic = any_cic(w);
	uint8_t sdu[WORLD_SDU] = { cic & 0xff, cic >> 8 };
	size_t n = world_any(w, 256);

	n = n < ch->len ? n : ch->len;
	memcpy(sdu + 2, ch->octets, n);
	ch->octets += n;
	ch->len -= n;
	receive(w, peer, sdu, n + 2);
}

void world_message(struct world *w)
{
	unsigned int peer = world_any(w, WORLD_PEERS);
	uint8_t sdu[ISUP_MAX_OCTETS];
	struct isup_msg m;
	uint8_t type;
	ssize_t n;
	size_t len;

	if (w->chance.octets) {
		raw(w);
		return;
	}
	type = world_any(w, 3) ? likely[world_any(w, ARRAY_SIZE(likely))] : world_any(w, 256);
	if (isup_generate(&m, w->dialect[peer], type, world_any(w, 3), &w->chance.rnd) < 0)
		isup_init(&m, w->dialect[peer], type, 0);
	m.cic = any_cic(w);
	tame(w, &m);
	n = isup_encode(sdu, sizeof(sdu), &m);
	if (n < 0) {			/* a type that the dialect has not got */
		sdu[0] = m.cic & 0xff;
		sdu[1] = m.cic >> 8;
		sdu[2] = type;
		n = 3;
	}
	len = n;
	if (world_any(w, 10) == 0)
		damage(w, sdu, &len);
	receive(w, peer, sdu, len);
}

/* What belongs into the answer beside what it has of the question. */
static void complete(struct world *w, struct isup_msg *m, const struct isup_msg *question)
{
	struct isup_range range = {};
	uint8_t states[33];

	isup_get(question, ISUP_P_RANGE, &range);
	if (isup_has(question, ISUP_P_SUPERVISION)) {
		size_t len = 0;
		const uint8_t *octets = isup_raw(question, ISUP_P_SUPERVISION, &len);

		isup_set_raw(m, ISUP_P_SUPERVISION, octets, len);
	}
	if (m->type == ISUP_MT_GRA) {
		range.n_status = range.range / 8 + 1;
		if (!w->resting)
			range.status[0] = world_any(w, 8) ? 0 : world_any(w, 256);
	}
	isup_set(m, ISUP_P_RANGE, &range);
	memset(states, 0x0c, sizeof(states));		/* idle */
	if (m->type == ISUP_MT_CQR && range.range < 32)
		isup_set_raw(m, ISUP_P_CIRCUIT_STATE, states, range.range + 1u);
}

static bool is_of_range(uint8_t type)
{
	return type == ISUP_MT_GRA || type == ISUP_MT_CGBA || type == ISUP_MT_CGUA ||
	       type == ISUP_MT_CQR;
}

/* Answer the oldest message that has not been answered; false when there is none. */
bool world_answer(struct world *w)
{
	const struct world_sent *s = &w->sent[w->head % WORLD_SENT];
	struct isup_msg question, m;

	if (w->head == w->tail)
		return false;
	w->head++;
	isup_decode(&question, w->dialect[s->peer], s->sdu, s->len, NULL);
	for (unsigned int i = 0; i < ARRAY_SIZE(answers); i++) {
		if (answers[i][0] != question.type)
			continue;
		if (w->resting && question.type == ISUP_MT_IAM)
			continue;
		if (is_of_range(answers[i][1])) {
			isup_init(&m, question.dialect, answers[i][1], question.cic);
			complete(w, &m, &question);
		} else if (isup_generate(&m, question.dialect, answers[i][1], 0,
					 &w->chance.rnd) < 0) {
			continue;
		}
		m.cic = question.cic;
		receive_msg(w, s->peer, &m);
		return true;
	}
	return true;
}

void world_forget(struct world *w)
{
	w->head = w->tail;
}
