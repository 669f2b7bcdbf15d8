/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signalling congestion (Q.764 2.10, T29 and T30), automatic congestion control (2.11) and overload
 * messages (OLM, T3; national). */
#include <errno.h>

#include <osmocom/core/utils.h>

#include "isup/congestion.h"
#include "isup/dialect.h"
#include "isup/processes.h"
#include "isup/timers.h"

enum { T29_DEFAULT_MS = 400, T30_DEFAULT_MS = 8000, TACC_DEFAULT_S = 5 };
enum { FULL = 100, ACL_MAX = 2 };

/* Calls of a hundred that are let through, at each step (2.10) and at each level (2.11); the
 * figures are left to the implementation. */
static const uint8_t by_step[] = { FULL, 75, 50, 25, 10, 0 };
static const uint8_t by_level[ACL_MAX + 1] = { FULL, 50, 10 };

/* Calling party's categories (Q.763 3.11; from 0xe0: T1.113) that are never refused. */
static const uint8_t priority[] = { 11, 14, 0xe0, 0xe1, 0xe2 };
enum { MLPP_ROUTINE = 4 };		/* Q.763 3.34: lower is more urgent */

static unsigned int share_of(const struct isup_peer *p)
{
	return OSMO_MIN(by_step[p->load.step], by_level[p->load.level]);
}

unsigned int isup_group_share(const struct isup_group *g)
{
	return share_of(g->peer);
}

static bool has_priority(const struct isup_msg *iam)
{
	struct isup_octet category = {};
	const uint8_t *mlpp;
	size_t len = 0;

	isup_get(iam, ISUP_P_CPC, &category);
	for (unsigned int i = 0; i < ARRAY_SIZE(priority); i++) {
		if (category.value == priority[i])
			return true;
	}
	mlpp = isup_raw(iam, ISUP_P_MLPP, &len);
	return mlpp && len && (mlpp[0] & 0x0f) < MLPP_ROUTINE;
}

int isup_group_admit(struct isup_group *g, const struct isup_msg *iam)
{
	struct isup_peer *p = g->peer;
	unsigned int share = share_of(p);

	if (share == FULL || has_priority(iam))
		return 0;
	p->load.turn += share;
	if (p->load.turn >= FULL) {
		p->load.turn -= FULL;
		return 0;
	}
	g->stack->counters[ISUP_CTR_REFUSED]++;
	return -EAGAIN;
}

static void say_share(const struct isup_peer *p, const char *why)
{
	LOG_PEER(p, LOGL_NOTICE, "peer %u: %s, %u%% of new calls go there\n", p->dpc, why,
		 share_of(p));
}

static unsigned long ms_of(const struct isup_peer *p, int T, unsigned long def)
{
	return osmo_tdef_get(isup_peer_group(p)->tdefs, T, OSMO_TDEF_MS, def);
}

static void schedule_ms(struct osmo_timer_list *t, unsigned long ms)
{
	osmo_timer_schedule(t, ms / 1000, ms % 1000 * 1000);
}

/* It only stands in the way of further indications. */
static void on_t29(void *data)
{
}

static void on_t30(void *data)
{
	struct isup_peer *p = data;

	p->load.step--;
	if (p->load.step)
		schedule_ms(&p->load.t30, ms_of(p, 30, T30_DEFAULT_MS));
	say_share(p, "T30 expired");
}

static void on_tacc(void *data)
{
	struct isup_peer *p = data;

	p->load.level = 0;
	say_share(p, "congestion there is over");
}

void isup_load_init(struct isup_peer *p)
{
	osmo_timer_setup(&p->load.t29, on_t29, p);
	osmo_timer_setup(&p->load.t30, on_t30, p);
	osmo_timer_setup(&p->load.tacc, on_tacc, p);
}

void isup_load_forget(struct isup_peer *p)
{
	osmo_timer_del(&p->load.t29);
	osmo_timer_del(&p->load.t30);
	osmo_timer_del(&p->load.tacc);
}

static void congested(struct isup_peer *p)
{
	if (osmo_timer_pending(&p->load.t29))
		return;
	p->load.step = OSMO_MIN(p->load.step + 1u, ARRAY_SIZE(by_step) - 1);
	schedule_ms(&p->load.t29, ms_of(p, 29, T29_DEFAULT_MS));
	schedule_ms(&p->load.t30, ms_of(p, 30, T30_DEFAULT_MS));
	say_share(p, "congestion on the way there");
}

void isup_congestion_ind(struct isup_stack *s, const void *mtp, uint32_t pc, unsigned int level)
{
	struct isup_peer *p = NULL;

	while (level && (p = isup_peer_of(s, mtp, pc, p)))
		congested(p);
}

/* A REL may say that the exchange that sent it is congested. */
void isup_congestion_rx_rel(struct isup_circuit *c, const struct isup_msg *rel)
{
	struct isup_peer *p = c->group->peer;
	struct isup_octet level = {};
	uint8_t before = p->load.level;

	if (c->group->cfg.acl == ISUP_ACL_OFF || c->group->cfg.acl == ISUP_ACL_SEND ||
	    !isup_get(rel, ISUP_P_CONGESTION_LEVEL, &level) || !level.value)
		return;
	p->load.level = OSMO_MIN(level.value, ACL_MAX);
	osmo_timer_schedule(&p->load.tacc,
			    osmo_tdef_get(c->group->tdefs, ISUP_TACC, OSMO_TDEF_S, TACC_DEFAULT_S),
			    0);
	if (before != p->load.level)
		say_share(p, p->load.level == 1 ? "automatic congestion level 1" :
						  "automatic congestion level 2");
}

/* The level is between neighbours: what another exchange has said goes no further. */
void isup_congestion_mark(const struct isup_circuit *c, struct isup_msg *rel)
{
	const struct isup_group *g = c->group;
	const struct isup_octet level = { .value = g->stack->overload };

	isup_del(rel, ISUP_P_CONGESTION_LEVEL);
	if (level.value && (g->cfg.acl == ISUP_ACL_BOTH || g->cfg.acl == ISUP_ACL_SEND))
		isup_set(rel, ISUP_P_CONGESTION_LEVEL, &level);
}

void isup_overload_set(struct isup_stack *s, unsigned int level)
{
	s->overload = OSMO_MIN(level, ACL_MAX);
}

unsigned int isup_overload(const struct isup_stack *s)
{
	return s->overload;
}

/* OLM answers an IAM: the exchange wants this call, and this circuit for a while, not to be
 * (temporary trunk blocking). The circuit is released when T3 has expired. */
enum isup_counter isup_congestion_rx_olm(struct isup_circuit *c, const struct isup_msg *m)
{
	struct isup_farewell bye;
	struct isup_cause cause;

	if (!c->call || c->call->incoming || c->call->backward) {
		LOG_CIRCUIT(c, LOGL_INFO, "OLM that answers no IAM: ignored\n");
		return ISUP_CTR_RX_UNEXPECTED;
	}
	LOG_CIRCUIT(c, LOGL_NOTICE, "OLM: the exchange is overloaded\n");
	isup_cause_init(&cause, c->group, ISUP_CAUSE_CONGESTION);
	bye = isup_call_end(c->call);
	bye.repeat = false;
	isup_release_later(c, &cause);
	isup_farewell_say(&bye, NULL, &cause);
	return ISUP_CTR_RX_HANDLED;
}
