/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests within a call: information (INR, INF, T33, Q.764 2.1.6) and identification of a
 * malicious caller (IDR, IRS, T39, Q.731.7). An end of the call answers from its IAM; in transit
 * the other circuit's exchange does. */
#include <string.h>

#include "isup/dialect.h"
#include "isup/processes.h"

enum { NOT_AVAILABLE = 1, INCLUDED_ADDRESS = 3, INCLUDED = 1 };

/* Kept of an IAM we send, for the exchange that may ask. */
void isup_inform_keep(struct isup_call *call, const struct isup_msg *iam)
{
	struct isup_known *k = &call->known;
	struct isup_octet category;
	const uint8_t *octets;
	size_t len;

	if (isup_get(iam, ISUP_P_CPC, &category)) {
		k->has_category = true;
		k->category = category.value;
	}
	octets = isup_raw(iam, ISUP_P_CALLING, &len);
	if (!octets || len > sizeof(k->calling))
		return;
	k->n_calling = len;
	memcpy(k->calling, octets, len);
}

static void inf(struct isup_msg *m, const struct isup_call *call, const struct isup_msg *inr)
{
	const struct isup_known *k = &call->known;
	struct isup_info_request wanted = {};
	struct isup_info info = {};
	struct isup_octet category = { .value = k->category };

	isup_get(inr, ISUP_P_INFO_REQUEST, &wanted);
	if (wanted.calling)
		info.calling = k->n_calling ? INCLUDED_ADDRESS : NOT_AVAILABLE;
	if (wanted.category && k->has_category)
		info.category = INCLUDED;
	isup_set(m, ISUP_P_INFO, &info);
	if (info.calling == INCLUDED_ADDRESS)
		isup_set_raw(m, ISUP_P_CALLING, k->calling, k->n_calling);
	if (info.category)
		isup_set(m, ISUP_P_CPC, &category);
}

static void irs(struct isup_msg *m, const struct isup_call *call, const struct isup_msg *idr)
{
	const struct isup_known *k = &call->known;
	struct isup_mcid wanted = {}, given = {};

	isup_get(idr, ISUP_P_MCID_REQUEST, &wanted);
	given.mcid = wanted.mcid && k->n_calling;
	isup_set(m, ISUP_P_MCID_RESPONSE, &given);
	if (given.mcid)
		isup_set_raw(m, ISUP_P_CALLING, k->calling, k->n_calling);
}

static const struct {
	uint8_t request, answer;
	void (*fill)(struct isup_msg *m, const struct isup_call *call, const struct isup_msg *ask);
	enum isup_call_timers timer;
	int T;
} rows[] = {
	{ ISUP_MT_INR, ISUP_MT_INF, inf, ISUP_CALL_TIMER_INR, 33 },
	{ ISUP_MT_IDR, ISUP_MT_IRS, irs, ISUP_CALL_TIMER_IDR, 39 },
};

/* A message of the call has come or goes: our own requests are watched. */
void isup_inform_watch(struct isup_call *call, const struct isup_msg *m, bool ours)
{
	unsigned int i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]) && !call->passes; i++) {
		if (ours && m->type == rows[i].request)
			isup_call_timer_start(call, rows[i].timer, rows[i].T);
		else if (!ours && m->type == rows[i].answer)
			isup_call_timer_stop(call, rows[i].timer);
	}
}

/* true: it was a request, and it is answered. */
bool isup_inform_answer(struct isup_call *call, const struct isup_msg *m)
{
	struct isup_msg answer;
	unsigned int i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]) && !call->passes; i++) {
		if (m->type != rows[i].request || !isup_mt_row(m->dialect, rows[i].answer))
			continue;
		isup_init(&answer, m->dialect, rows[i].answer, call->circuit->cic);
		rows[i].fill(&answer, call, m);
		isup_peer_send(call->circuit->group->peer, &answer);
		return true;
	}
	return false;
}

void isup_inform_t33(struct isup_call *call, int T)
{
	struct isup_circuit *c = call->circuit;

	isup_call_timeout(call, T, ISUP_CAUSE_UNSPECIFIED);
	isup_circuit_alarm(c, "T33 expired: no INF");
}

void isup_inform_t39(struct isup_call *call, int T)
{
	LOG_CIRCUIT(call->circuit, LOGL_NOTICE, "T%d expired: no IRS, the call goes on\n", T);
}
