/* SPDX-License-Identifier: GPL-3.0-or-later */
/* M3UA back end: mtp.h over a cs7 instance of libosmo-sigtran. */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/netif/stream.h>
#include <osmocom/sigtran/protocol/mtp.h>

#include "gw/mtp_sigtran.h"

enum { SCAN_SECONDS = 1 };

static inline struct st *st_of_mtp(const struct mtp *mtp)
{
	return (struct st *)mtp;
}

bool st_is_own_pc(const struct st *st, uint32_t pc)
{
	for (unsigned int i = 0; i < st->n_pcs; i++) {
		if (st->pcs[i] == pc)
			return true;
	}
	return osmo_ss7_pc_is_local(st->inst, pc);
}

bool st_own_pc_in(const struct st *st, const struct m3ua_ssnm *s, unsigned int i, uint32_t *ret_pc)
{
	uint32_t primary = st->inst->cfg.primary_pc;

	for (unsigned int j = 0; j < st->n_pcs; j++) {
		if (m3ua_ssnm_match(s, i, st->pcs[j])) {
			*ret_pc = st->pcs[j];
			return true;
		}
	}
	*ret_pc = primary;
	return osmo_ss7_pc_is_valid(primary) && m3ua_ssnm_match(s, i, primary);
}

static void tell_timer_cb(void *data)
{
	struct st *st = data;
	struct st_dest *d;
	int bucket;

	st_close_unused();
	hash_for_each(st->dests, bucket, d, node)
		st_dest_tell(d);
}

void st_changed(struct st *st)
{
	st->gen++;
	if (!osmo_timer_pending(&st->tell_timer))
		osmo_timer_schedule(&st->tell_timer, 0, 0);
}

/* ASPs, AS and routes may be changed on the command line: seen here. */
static void scan_timer_cb(void *data)
{
	struct st *st = data;

	st_second(st);
	st_changed(st);
	osmo_timer_schedule(&st->scan_timer, SCAN_SECONDS, 0);
}

static int sigtran_transfer(struct mtp *mtp, const struct mtp_label *l, const uint8_t *sdu,
			    size_t len)
{
	struct st *st = st_of_mtp(mtp);
	struct st_dest *d = st_dest_get(st, l->dpc);

	return d ? st_transmit(st, d, l, sdu, len) : -ENETUNREACH;
}

static int sigtran_watch(struct mtp *mtp, uint32_t pc)
{
	struct st_dest *d = st_dest_get(st_of_mtp(mtp), pc);

	if (!d)
		return -ENOSPC;
	st_dest_watch(d);
	return 0;
}

static bool sigtran_reachable(const struct mtp *mtp, uint32_t pc)
{
	struct st *st = st_of_mtp(mtp);
	struct st_dest *d = st_dest_get(st, pc);

	if (!d)
		return false;
	st_dest_refresh(st, d);
	return d->n_set > 0;
}

static const char *role_name(enum osmo_ss7_asp_role role)
{
	return get_value_string(osmo_ss7_asp_role_names, role);
}

static void show_link(const struct st_link *link, void (*line)(void *ctx, const char *text),
		      void *ctx)
{
	const struct osmo_ss7_asp *asp = link->asp;
	char text[640];
	size_t at;

	at = snprintf(text, sizeof(text), "asp %s %s %s%s %s sent=%lu received=%lu waiting=%u "
		      "congestion=%u/%lu losses=%lu refused:", asp->cfg.name,
		      role_name(asp->cfg.role), asp->fi ? osmo_fsm_inst_state_name(asp->fi) : "-",
		      link->standby ? " standby" : "",
		      link->ofd && asp->sock_name ? asp->sock_name : "no association",
		      link->sent, link->received, link->queued, link->level, link->congestions,
		      link->losses);
	for (unsigned int i = 0; i < M3UA_FAULTS && at < sizeof(text); i++) {
		if (link->refused[i])
			at += snprintf(text + at, sizeof(text) - at, " %s=%lu", m3ua_fault_name(i),
				       link->refused[i]);
	}
	line(ctx, text);
}

static void show_as(const struct osmo_ss7_as *as, void (*line)(void *ctx, const char *text),
		    void *ctx)
{
	char text[256];

	snprintf(text, sizeof(text), "as %s %s %s routing-context=%" PRIu32, as->cfg.name,
		 osmo_fsm_inst_state_name(as->fi), osmo_ss7_as_traffic_mode_name(as->cfg.mode),
		 as->cfg.routing_key.context);
	line(ctx, text);
}

static void show_dest(struct st_dest *d, void (*line)(void *ctx, const char *text), void *ctx)
{
	char text[256];

	st_dest_refresh(d->st, d);
	snprintf(text, sizeof(text), "point-code %s %s%s links=%u/%u as=%s",
		 osmo_ss7_pointcode_print(d->st->inst, d->pc),
		 d->n_set ? "available" : "not-available", d->restricted ? " restricted" : "",
		 d->n_set, d->n_home, d->as ? d->as->cfg.name : "-");
	line(ctx, text);
}

static void sigtran_show(const struct mtp *mtp, void (*line)(void *ctx, const char *text),
			 void *ctx)
{
	struct st *st = st_of_mtp(mtp);
	const struct osmo_ss7_as *as;
	struct st_dest *d;
	int bucket;

	llist_for_each_entry(as, &st->inst->as_list, list)
		show_as(as, line, ctx);
	for (unsigned int i = 0; i < ST_MAX_LINKS; i++) {
		if (st->at[i])
			show_link(st->at[i], line, ctx);
	}
	hash_for_each(st->dests, bucket, d, node) {
		if (d->watched)
			show_dest(d, line, ctx);
	}
}

static int st_destructor(struct st *st)
{
	struct osmo_ss7_asp *asp, *next_asp;
	struct osmo_xua_server *xs, *next_xs;
	struct st_dest *d;
	int bucket;

	for (unsigned int i = 0; i < ST_MAX_LINKS; i++) {
		if (st->at[i])
			st_link_detach(st->at[i]);
	}
	/* without us in front of them associations must not stay */
	llist_for_each_entry_safe(asp, next_asp, &st->inst->asp_list, list)
		osmo_ss7_asp_destroy(asp);
	llist_for_each_entry_safe(xs, next_xs, &st->inst->xua_servers, list)
		osmo_ss7_xua_server_destroy(xs);
	hash_for_each(st->dests, bucket, d, node)
		st_sls_drop(st, d);
	osmo_timer_del(&st->scan_timer);
	osmo_timer_del(&st->tell_timer);
	osmo_ss7_user_unregister(st->inst, MTP_SI_ISUP, &st->user);
	return 0;
}

static void sigtran_close(struct mtp *mtp)
{
	talloc_free(st_of_mtp(mtp));
}

static const struct mtp_ops sigtran_ops = {
	.transfer = sigtran_transfer,
	.watch = sigtran_watch,
	.reachable = sigtran_reachable,
	.show = sigtran_show,
	.close = sigtran_close,
};

/* What the library itself would deliver: nothing, since DATA is read before it. Marks the instances
 * that are ours. */
static int user_prim_cb(struct osmo_prim_hdr *oph, void *ctx)
{
	msgb_free(oph->msg);
	return 0;
}

struct st *st_of_instance(const struct osmo_ss7_instance *inst)
{
	const struct osmo_ss7_user *user = inst->user[MTP_SI_ISUP];

	return user && user->prim_cb == user_prim_cb ? user->priv : NULL;
}

struct mtp *mtp_sigtran_open(void *ctx, const struct mtp_user *user, uint32_t cs7_instance)
{
	struct osmo_ss7_instance *inst = osmo_ss7_instance_find(cs7_instance);
	struct st *st;

	if (!inst) {
		LOGP(DMTP, LOGL_ERROR, "cs7 instance %" PRIu32 " is not configured\n",
		     cs7_instance);
		return NULL;
	}
	st = talloc_zero(ctx, struct st);
	if (!st)
		return NULL;
	st->mtp = (struct mtp){ .ops = &sigtran_ops, .user = *user };
	st->inst = inst;
	st->user = (struct osmo_ss7_user){ .name = "ISUP", .prim_cb = user_prim_cb, .priv = st };
	INIT_LLIST_HEAD(&st->listeners);
	hash_init(st->dests);
	osmo_timer_setup(&st->scan_timer, scan_timer_cb, st);
	osmo_timer_setup(&st->tell_timer, tell_timer_cb, st);
	if (osmo_ss7_user_register(inst, MTP_SI_ISUP, &st->user) < 0) {
		LOGP(DMTP, LOGL_ERROR, "cs7 instance %" PRIu32 " has an ISUP user already\n",
		     cs7_instance);
		talloc_free(st);
		return NULL;
	}
	if (st_vty_apply(st) < 0) {
		osmo_ss7_user_unregister(inst, MTP_SI_ISUP, &st->user);
		talloc_free(st);
		return NULL;
	}
	talloc_set_destructor(st, st_destructor);
	scan_timer_cb(st);
	return &st->mtp;
}

int mtp_sigtran_init(void *ctx)
{
	/* a write to an association that has ended must not end the process */
	signal(SIGPIPE, SIG_IGN);
	if (osmo_ss7_init() < 0)
		return -EIO;
	osmo_ss7_vty_init_sg(ctx);
	st_vty_init(ctx);
	return 0;
}

int mtp_sigtran_set_na(struct mtp *mtp, uint32_t na)
{
	struct st *st = st_of_mtp(mtp);

	if (mtp->ops != &sigtran_ops)
		return -EINVAL;
	st->has_na = na != MTP_NA_NONE;
	st->na = na;
	return 0;
}

int mtp_sigtran_add_pc(struct mtp *mtp, uint32_t pc)
{
	struct st *st = st_of_mtp(mtp);

	if (mtp->ops != &sigtran_ops || !osmo_ss7_pc_is_valid(pc))
		return -EINVAL;
	if (st_is_own_pc(st, pc))
		return 0;
	if (st->n_pcs == ST_MAX_PCS)
		return -ENOSPC;
	st->pcs[st->n_pcs++] = pc;
	return 0;
}

int mtp_sigtran_set_ipsp(uint32_t cs7_instance, const char *asp_name)
{
	struct osmo_ss7_instance *inst = osmo_ss7_instance_find(cs7_instance);
	struct osmo_ss7_asp *asp = inst ? osmo_ss7_asp_find_by_name(inst, asp_name) : NULL;

	if (!asp || asp->cfg.proto != OSMO_SS7_ASP_PROT_M3UA)
		return -ENOENT;
	if (asp->lm)
		return -EBUSY;
	asp->cfg.role = OSMO_SS7_ASP_ROLE_IPSP;
	asp->cfg.role_set_by_vty = false;	/* the library would write what it does not read */
	/* a restart opens once more and forgets the first */
	if (asp->client)
		osmo_stream_cli_destroy(asp->client);
	asp->client = NULL;
	return osmo_ss7_asp_restart(asp) < 0 ? -EIO : 0;
}
