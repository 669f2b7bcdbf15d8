/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user part as a whole: distribution of messages (MDSC), destinations, counters, life. */
#include <errno.h>

#include <osmocom/core/utils.h>

#include "isup/dialect.h"
#include "isup/maintenance.h"
#include "isup/ranged.h"
#include "isup/timers.h"

static enum isup_counter rx_upt(struct isup_peer *p, const struct isup_msg *m)
{
	struct isup_msg upa;

	isup_init(&upa, m->dialect, ISUP_MT_UPA, m->cic);
	isup_peer_send(p, &upa);
	return ISUP_CTR_RX_HANDLED;
}

static enum isup_counter rx_nothing(struct isup_peer *p, const struct isup_msg *m)
{
	LOG_PEER(p, LOGL_INFO, "%s received\n", isup_mt_name(m->dialect, m->type));
	return ISUP_CTR_RX_HANDLED;
}

/* Confusion on a circuit without a call answers one of our maintenance messages; its timers look
 * after that. */
static enum isup_counter rx_cfn(struct isup_circuit *c, const struct isup_msg *m)
{
	struct isup_cause cause = {};

	if (c->call)
		return isup_call_rx(c, m);
	if (c->cot)
		isup_cot_rx_cfn(c);
	isup_get(m, ISUP_P_CAUSE, &cause);
	LOG_BAD(c, m->type, "CFN received, cause %u", cause.value);
	return ISUP_CTR_RX_HANDLED;
}

/* Messages that are not simply a call's: to a circuit, or to a range of them or the exchange. */
static const struct {
	enum isup_counter (*circuit)(struct isup_circuit *c, const struct isup_msg *m);
	enum isup_counter (*peer)(struct isup_peer *p, const struct isup_msg *m);
	bool twice;			/* where the dialect wants it so */
} rows[256] = {
	[ISUP_MT_IAM]  = { .circuit = isup_cpci_rx_iam },
	[ISUP_MT_REL]  = { .circuit = isup_release_rx_rel },
	[ISUP_MT_RLC]  = { .circuit = isup_release_rx_rlc },
	[ISUP_MT_RSC]  = { .circuit = isup_crr_rx_rsc },
	[ISUP_MT_BLO]  = { .circuit = isup_blr_rx_blo },
	[ISUP_MT_UBL]  = { .circuit = isup_blr_rx_ubl },
	[ISUP_MT_BLA]  = { .circuit = isup_bls_rx_bla },
	[ISUP_MT_UBA]  = { .circuit = isup_bls_rx_uba },
	[ISUP_MT_CVT]  = { .circuit = isup_cvr_rx_cvt },
	[ISUP_MT_CVR]  = { .circuit = isup_cvs_rx_cvr },
	[ISUP_MT_CRM]  = { .circuit = isup_crri_rx_crm },
	[ISUP_MT_CRA]  = { .circuit = isup_crro_rx_cra },
	[ISUP_MT_UCIC] = { .circuit = isup_circuit_rx_ucic },
	[ISUP_MT_CFN]  = { .circuit = rx_cfn },
	[ISUP_MT_COT]  = { .circuit = isup_cot_rx_cot },
	[ISUP_MT_CCR]  = { .circuit = isup_cot_rx_ccr },
	[ISUP_MT_LPA]  = { .circuit = isup_cot_rx_lpa },
	[ISUP_MT_GRS]  = { .peer = isup_cgrr_rx_grs, .twice = true },
	[ISUP_MT_GRA]  = { .peer = isup_cgrs_rx_gra },
	[ISUP_MT_CGB]  = { .peer = isup_gbr_rx, .twice = true },
	[ISUP_MT_CGU]  = { .peer = isup_gbr_rx, .twice = true },
	[ISUP_MT_CGBA] = { .peer = isup_gbs_rx },
	[ISUP_MT_CGUA] = { .peer = isup_gbs_rx },
	[ISUP_MT_CQM]  = { .peer = isup_cqr_rx_cqm },
	[ISUP_MT_CQR]  = { .peer = isup_cqs_rx_cqr },
	[ISUP_MT_UPT]  = { .peer = rx_upt },
	[ISUP_MT_UPA]  = { .peer = rx_nothing },	/* isup_user_heard() has seen it */
	[ISUP_MT_OLM]  = { .circuit = isup_congestion_rx_olm },
};

static enum isup_counter distribute(struct isup_peer *p, struct isup_msg *m)
{
	enum isup_counter result = ISUP_CTR_RX_UNEQUIPPED;
	struct isup_circuit *c;

	if (rows[m->type].twice && isup_twice_is_first(p, m))
		return ISUP_CTR_RX_HANDLED;
	if (rows[m->type].peer) {
		result = rows[m->type].peer(p, m);
	} else {
		c = isup_peer_circuit(p, m->cic);
		if (c && !isup_unknown_par_rx(c, m))
			result = ISUP_CTR_RX_HANDLED;
		else if (c && rows[m->type].circuit)
			result = rows[m->type].circuit(c, m);
		else if (c)
			result = isup_call_rx(c, m);
	}
	if (result == ISUP_CTR_RX_UNEQUIPPED)
		isup_confusion_unequipped(p, m->type, m->cic);
	return result;
}

static void trace(struct isup_peer *p, const struct isup_msg *m, const uint8_t *sdu, size_t len,
		  const struct isup_fault *f)
{
	struct isup_stack *s = p->stack;
	struct isup_circuit *c = isup_peer_circuit(p, m ? m->cic : f->cic);

	if (s->ops.trace)
		s->ops.trace(s->ops_ctx, c ? c->group : isup_peer_group(p), false, m, sdu, len, f);
}

static void rx_stranger(struct isup_stack *s, uint32_t opc, uint32_t dpc, uint8_t ni)
{
	static const char what[] = "no such peer";
	char more[ISUP_LIMIT_TEXT];

	if (isup_limit_pass(&s->strangers, what, 0, ISUP_LIMIT_BAD, more))
		LOGP(s->log_cat, LOGL_NOTICE, "message from %u to %u, network %u: %s%s\n", opc, dpc,
		     ni, what, more);
}

static enum isup_counter kind_of(const struct isup_fault *f)
{
	switch (f->cause) {
	case ISUP_CAUSE_MESSAGE:
		return ISUP_CTR_BAD_TYPE;
	case ISUP_CAUSE_MISSING:
		return ISUP_CTR_BAD_MISSING;
	default:
		return ISUP_CTR_BAD_CONTENT;
	}
}

void isup_transfer_ind(struct isup_stack *s, const void *mtp, uint32_t opc, uint32_t dpc,
		       uint8_t ni, const uint8_t *sdu, size_t len)
{
	struct isup_peer *p = isup_peer_find(s, mtp, dpc, opc, ni);
	struct isup_fault f = {};
	struct isup_msg m;

	s->counters[ISUP_CTR_RX]++;
	if (!p) {
		rx_stranger(s, opc, dpc, ni);
		s->counters[ISUP_CTR_RX_UNEQUIPPED]++;
		return;
	}
	isup_user_heard(p);
	if (isup_decode(&m, isup_peer_group(p)->cfg.dialect, sdu, len, &f) < 0) {
		s->counters[ISUP_CTR_RX_MALFORMED]++;
		s->counters[kind_of(&f)]++;
		trace(p, NULL, sdu, len, &f);
		isup_confusion_rx(p, sdu, len, &f);
		return;
	}
	trace(p, &m, sdu, len, NULL);
	s->counters[distribute(p, &m)]++;
}

/* Circuits are not hunted while the peer is away; calls that are not yet answered end. */
static void pause_peer(struct isup_peer *p)
{
	struct isup_circuit *c;

	if (p->paused)
		return;
	LOG_PEER(p, LOGL_NOTICE, "peer %u unreachable\n", p->dpc);
	p->paused = true;
	p->paused_since = isup_now();
	isup_user_forget(p);
	isup_resume_stop(p);
	for (c = isup_peer_next(p, 0); c; c = isup_peer_next(p, c->cic + 1u)) {
		if (c->call)
			isup_call_event(c, CPC_EV_PAUSE, NULL);
		else if (c->cot)
			isup_cot_pause(c);
	}
}

/* Much may have happened there meanwhile: what we know of the circuits is compared with what the
 * peer knows, and put right. */
static void audit_peer(struct isup_peer *p)
{
	const struct isup_group *first = isup_peer_group(p);
	unsigned long limit = osmo_tdef_get(first->tdefs, ISUP_T_AWAY, OSMO_TDEF_S, 0);
	uint32_t away = isup_now() - p->paused_since;
	struct isup_group *g;

	if (!limit || away < limit || !isup_mt_row(first->cfg.dialect, ISUP_MT_CQM))
		return;
	LOG_PEER(p, LOGL_NOTICE, "peer %u was unreachable for %u s: circuits are queried\n", p->dpc,
		 away);
	llist_for_each_entry(g, &p->groups, peer_entry)
		isup_group_query(g);
}

/* What was said into the void is said again. */
static void resume_peer(struct isup_peer *p)
{
	if (!p->paused)
		return;
	LOG_PEER(p, LOGL_NOTICE, "peer %u reachable\n", p->dpc);
	p->paused = false;
	isup_resume_start(p);
	isup_ranged_again(p);
	audit_peer(p);
	isup_pump(p);
}

/* The next peer behind this point code over this MTP; NULL for the first. A point code may be
 * reached from several of ours, and over several networks. */
struct isup_peer *isup_peer_of(struct isup_stack *s, const void *mtp, uint32_t pc,
			       struct isup_peer *after)
{
	bool passed = !after;
	struct isup_peer *p;
	int bucket;

	hash_for_each(s->peers, bucket, p, node) {
		if (passed && p->mtp == mtp && p->dpc == pc)
			return p;
		passed |= p == after;
	}
	return NULL;
}

void isup_pause_ind(struct isup_stack *s, const void *mtp, uint32_t pc)
{
	struct isup_peer *p = NULL;

	while ((p = isup_peer_of(s, mtp, pc, p)))
		pause_peer(p);
}

void isup_resume_ind(struct isup_stack *s, const void *mtp, uint32_t pc)
{
	struct isup_peer *p = NULL;

	while ((p = isup_peer_of(s, mtp, pc, p)))
		resume_peer(p);
}

void isup_user_unavailable_ind(struct isup_stack *s, const void *mtp, uint32_t pc,
			       enum isup_user_cause cause)
{
	struct isup_peer *p = NULL;

	while ((p = isup_peer_of(s, mtp, pc, p)))
		isup_user_lost(p, cause);
}

/* Processes have timers: they end before the memory goes. Nobody is told, nothing is sent. */
static void end_processes(struct isup_circuit *c)
{
	struct isup_circuit *other;
	struct osmo_fsm_inst *cgrs = c->cgrs;

	c->path_used = false;
	if (c->call)
		isup_call_free(c->call);
	isup_process_free(&c->release);
	isup_process_free(&c->crs);
	isup_process_free(&c->bls);
	isup_process_free(&c->cvs);
	isup_process_free(&c->cot);
	for (other = c; cgrs && other && other->cgrs == cgrs;
	     other = isup_peer_next(c->group->peer, other->cic + 1u))
		other->cgrs = NULL;
	isup_process_free(&cgrs);
}

static int stack_destructor(struct isup_stack *s)
{
	struct isup_circuit *c;
	struct isup_peer *p;
	int bucket;

	hash_for_each(s->peers, bucket, p, node) {
		for (c = isup_peer_next(p, 0); c; c = isup_peer_next(p, c->cic + 1u))
			end_processes(c);
		isup_ranged_end_all(p);
		isup_user_forget(p);
		isup_resume_stop(p);
		isup_load_forget(p);
	}
	return 0;
}

struct isup_stack *isup_stack_new(void *ctx, const struct isup_stack_ops *ops, void *ops_ctx,
				  struct osmo_tdef *tdefs, int log_cat)
{
	struct isup_stack *s = talloc_zero(ctx, struct isup_stack);

	if (!s)
		return NULL;
	s->ops = *ops;
	s->ops_ctx = ops_ctx;
	s->timers[ISUP_TIMERS_ITU] = tdefs;
	s->timers[ISUP_TIMERS_ANSI] = isup_timers_new(s, ISUP_TIMERS_ANSI);
	if (!s->timers[ISUP_TIMERS_ANSI]) {
		talloc_free(s);
		return NULL;
	}
	s->log_cat = log_cat;
	INIT_LLIST_HEAD(&s->groups);
	hash_init(s->peers);
	talloc_set_destructor(s, stack_destructor);
	return s;
}

struct osmo_fsm *const isup_machines[] = {
	&isup_cpci_fsm, &isup_cpco_fsm, &isup_release_fsm,
	&isup_crs_fsm,  &isup_cgrs_fsm, &isup_bls_fsm,
	&isup_cri_fsm,  &isup_cro_fsm,
	&isup_mgbs_fsm, &isup_hgbs_fsm, &isup_cqs_fsm,
	&isup_cvs_fsm,  &isup_crro_fsm, &isup_crri_fsm,
	NULL
};

int isup_fsm_init(int log_cat)
{
	unsigned int i;
	int rc;

	for (i = 0; isup_machines[i]; i++) {
		isup_machines[i]->log_subsys = log_cat;
		rc = osmo_fsm_register(isup_machines[i]);
		if (rc < 0)
			return rc;
	}
	return 0;
}

uint64_t isup_counter(const struct isup_stack *s, enum isup_counter c)
{
	return c < ISUP_CTR_COUNT ? s->counters[c] : 0;
}

const char *isup_counter_name(enum isup_counter c)
{
	static const char *const names[] = {
#define X(id, name, desc) [ISUP_CTR_##id] = name,
		ISUP_COUNTERS(X)
#undef X
	};

	return c < ISUP_CTR_COUNT ? names[c] : "?";
}
