/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers to what cannot be understood: malformed and unknown messages (Q.764 2.9.5), circuits we
 * do not have (2.12). Answers are never answered: none of this can go back and forth. */
#include "isup/compat.h"
#include "isup/processes.h"

/* Messages that are answers themselves, or that the standard leaves without a report. */
static bool is_answer(uint8_t type)
{
	switch (type) {
	case ISUP_MT_CFN:
	case ISUP_MT_UCIC:
	case ISUP_MT_RLC:
	case ISUP_MT_BLA:
	case ISUP_MT_UBA:
	case ISUP_MT_GRA:
	case ISUP_MT_CGBA:
	case ISUP_MT_CGUA:
	case ISUP_MT_CQR:
	case ISUP_MT_LPA:
	case ISUP_MT_UPA:
	case ISUP_MT_CVR:
	case ISUP_MT_CRA:
		return true;
	}
	return false;
}

static void cause_with_diag(struct isup_cause *cause, const struct isup_circuit *c, uint8_t value,
			    uint8_t diag)
{
	isup_cause_init(cause, c->group, value);
	cause->n_diag = 1;
	cause->diag[0] = diag;
}

/* diag: the type of the message, or the code of the parameter, that is not understood. */
void isup_confusion_cfn(struct isup_circuit *c, uint8_t value, uint8_t diag)
{
	struct isup_cause cause;

	cause_with_diag(&cause, c, value, diag);
	isup_peer_send_cause(c->group->peer, ISUP_MT_CFN, c->cic, &cause);
}

/* A refused IAM gets its REL, so that the caller is not left waiting; what is going on here is not
 * disturbed by it. */
static void refuse_iam(struct isup_circuit *c, const struct isup_cause *cause)
{
	if (c->release || c->cot || isup_circuit_resetting(c) || !c->in_service)
		return;
	if (c->local_blocked || c->local_failed || c->remote_failed)
		return;
	isup_release_start(c, NULL, cause);
}

/* End the call that a message of this type belongs to, or would begin. */
void isup_confusion_release(struct isup_circuit *c, uint8_t type, uint8_t value, uint8_t diag)
{
	struct isup_cause cause;

	cause_with_diag(&cause, c, value, diag);
	if (type == ISUP_MT_IAM && !c->call)
		refuse_iam(c, &cause);
	else if (type != ISUP_MT_IAM && c->call)
		isup_call_fail(c->call, &cause, false);
}

/* A message of a type that we do not know, or do not implement; m NULL: it is not even of the form
 * that unknown messages have. In transit it may go on. */
static void unknown(struct isup_circuit *c, uint8_t type, const struct isup_msg *m, bool transit)
{
	bool can_pass = m && transit && isup_process_takes(c->call->fi, CPC_EV_INFO);
	struct isup_message_compat todo;
	bool has = m && isup_msg_compat(m, &todo);
	struct isup_unknown u = isup_judge_message(has ? &todo : NULL, !transit, can_pass);

	switch (u.verdict) {
	case ISUP_VERDICT_RELEASE:
		isup_confusion_release(c, type, u.cause, type);
		return;
	case ISUP_VERDICT_PASS_ON:
		isup_call_event(c, CPC_EV_INFO, m);
		break;
	case ISUP_VERDICT_DISCARD:
	case ISUP_VERDICT_DISCARD_MESSAGE:
		break;
	}
	if (u.notify)
		isup_confusion_cfn(c, u.cause, type);
}

static void rx_unknown(struct isup_circuit *c, const uint8_t *sdu, size_t len, uint8_t type)
{
	struct isup_msg m;
	bool formed;

	formed = isup_decode_unknown(&m, c->group->cfg.dialect, sdu, len, NULL) == 0;
	unknown(c, type, formed ? &m : NULL, c->call && c->call->passes);
}

static void malformed(struct isup_circuit *c, const struct isup_fault *f)
{
	struct isup_cause cause;

	switch (f->type) {
	case ISUP_MT_IAM:
		isup_cause_init(&cause, c->group, f->cause);
		if (!c->call)
			refuse_iam(c, &cause);
		break;
	case ISUP_MT_REL:
		isup_cause_init(&cause, c->group, f->cause);
		isup_release_rx_bad_rel(c, &cause);
		break;
	case ISUP_MT_RLC:
		isup_release_rx_rlc(c, NULL);	/* all it has to say is its name */
		break;
	default:
		if (!is_answer(f->type))
			isup_confusion_cfn(c, f->cause, f->type);
		break;
	}
}

void isup_confusion_unequipped(struct isup_peer *p, uint8_t type, uint16_t cic)
{
	const struct isup_group *g = isup_peer_group(p);
	struct isup_msg m;

	LOG_BAD_CIC(p, cic, type, "%s for a circuit that does not exist",
		isup_mt_name(g->cfg.dialect, type));
	if (g->cfg.no_ucic || is_answer(type) || cic >= p->n_cics)
		return;
	isup_init(&m, g->cfg.dialect, ISUP_MT_UCIC, cic);
	isup_peer_send(p, &m);
}

/* A message that the decoder refused. */
void isup_confusion_rx(struct isup_peer *p, const uint8_t *sdu, size_t len,
		       const struct isup_fault *f)
{
	struct isup_circuit *c = f->has_cic ? isup_peer_circuit(p, f->cic) : NULL;
	char more[ISUP_LIMIT_TEXT];

	if (isup_limit_pass(&p->limit, f->why, f->type, ISUP_LIMIT_BAD, more))
		LOG_CIC(p, f->cic, LOGL_NOTICE, "%s (0x%02x) refused: %s %s at octet %zu%s\n",
			isup_mt_name(isup_peer_group(p)->cfg.dialect, f->type), f->type,
			f->par ? f->par : "message", f->why, f->at, more);
	if (!f->has_cic || len < 3)
		return;
	if (!c)
		isup_confusion_unequipped(p, f->type, f->cic);
	else if (f->cause == ISUP_CAUSE_MESSAGE)
		rx_unknown(c, sdu, len, f->type);
	else
		malformed(c, f);
}

/* A message that the dialect knows and we do not implement. */
enum isup_counter isup_confusion_unknown(struct isup_circuit *c, const struct isup_msg *m)
{
	LOG_BAD(c, m->type, "%s is not implemented", isup_mt_name(m->dialect, m->type));
	if (!is_answer(m->type))
		unknown(c, m->type, m, false);
	return ISUP_CTR_RX_UNEXPECTED;
}
