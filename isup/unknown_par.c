/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parameters that the dialect does not know, and what the peer asks to be done with them
 * (Q.764 2.9.5.3).
 *
 * Until the user says that a call ends here, this is an exchange in transit: what lies behind us
 * (SIP-T, another trunk) may know them. */
#include "isup/compat.h"
#include "isup/dialect.h"
#include "isup/processes.h"

/* What is left to be done when all unknown parameters of a message have been looked at. */
struct rest {
	bool release, drop;		/* the call, the message */
	bool report;
	uint8_t cause, code;		/* of that, the last one */
};

/* Confusion is not reported about a release, nor about confusion itself. */
static bool may_report(uint8_t type)
{
	return type != ISUP_MT_REL && type != ISUP_MT_RLC && type != ISUP_MT_CFN;
}

static void log_verdict(const struct isup_circuit *c, const struct isup_msg *m, uint8_t code,
			const struct isup_unknown *u)
{
	static const char *const words[] = {
		[ISUP_VERDICT_PASS_ON] = "kept", [ISUP_VERDICT_DISCARD] = "discarded",
		[ISUP_VERDICT_DISCARD_MESSAGE] = "message discarded",
		[ISUP_VERDICT_RELEASE] = "call released",
	};

	LOG_BAD(c, m->type, "%s has the unknown parameter 0x%02x: %s",
		isup_mt_name(m->dialect, m->type), code, words[u->verdict]);
}

/* One parameter; true: it stays in the message. A release goes on whatever it carries. */
static bool one(struct isup_circuit *c, struct isup_msg *m, uint8_t code, bool type_a,
		struct rest *rest)
{
	struct isup_par_compat todo;
	bool has = isup_par_compat(m, code, &todo);
	struct isup_unknown u = isup_judge_parameter(has ? &todo : NULL, type_a);

	log_verdict(c, m, code, &u);
	rest->release = u.verdict == ISUP_VERDICT_RELEASE;
	rest->drop = rest->release || u.verdict == ISUP_VERDICT_DISCARD_MESSAGE;
	rest->report = rest->report || u.notify;
	if (u.notify || rest->drop) {
		rest->cause = u.cause;
		rest->code = code;
	}
	if (u.notify && !rest->release && may_report(m->type))
		isup_confusion_cfn(c, u.cause, code);
	return u.verdict == ISUP_VERDICT_PASS_ON;
}

/* The contents of a message without parameters are no parameter. */
static bool is_known(const struct isup_msg *m, uint8_t code)
{
	return code == ISUP_P_BODY || isup_par_row(m->dialect, code);
}

static struct rest each(struct isup_circuit *c, struct isup_msg *m, bool type_a)
{
	struct rest rest = {};
	unsigned int i = 0;

	while (i < m->n_pars && !(rest.drop && may_report(m->type))) {
		uint8_t code = m->par[i].code;

		if (is_known(m, code) || one(c, m, code, type_a, &rest))
			i++;
		else
			isup_del(m, code);	/* the next one takes its place */
	}
	return rest;
}

static bool all_known(const struct isup_msg *m)
{
	for (unsigned int i = 0; i < m->n_pars; i++)
		if (!is_known(m, m->par[i].code))
			return false;
	return true;
}

/* false: nothing is left to be done with this message. REL is looked at where it is answered. */
bool isup_unknown_par_rx(struct isup_circuit *c, struct isup_msg *m)
{
	struct rest rest;

	if (m->type == ISUP_MT_REL || all_known(m))
		return true;
	rest = each(c, m, c->call && c->call->type_a);
	if (rest.release && may_report(m->type))
		isup_confusion_release(c, m->type, rest.cause, rest.code);
	return !rest.drop || !may_report(m->type);
}

/* REL is always answered; what it had that we do not know is told in RLC. */
void isup_unknown_par_rel(struct isup_circuit *c, struct isup_msg *rel, bool type_a)
{
	struct rest rest = {};
	struct isup_cause cause;

	if (!all_known(rel))
		rest = each(c, rel, type_a);
	if (!rest.report) {
		isup_circuit_send(c, ISUP_MT_RLC);
		return;
	}
	isup_cause_init(&cause, c->group, rest.cause);
	cause.n_diag = 1;
	cause.diag[0] = rest.code;
	isup_peer_send_cause(c->group->peer, ISUP_MT_RLC, c->cic, &cause);
}

uint8_t isup_call_ends_here(struct isup_call *call, struct isup_msg *iam)
{
	struct rest rest = {};

	call->type_a = true;
	if (iam && !call->ended && !all_known(iam))
		rest = each(call->circuit, iam, true);
	return rest.drop ? rest.cause : 0;
}
