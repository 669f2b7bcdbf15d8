/* SPDX-License-Identifier: GPL-3.0-or-later */
/* M3UA back end: our layer manager. It brings ASPs up and keeps them so, and puts an association
 * right that the library lost track of. (With the library's own manager a NOTIFY other than
 * AS-ACTIVE ends the association.) */
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/netif/stream.h>
#include <osmocom/sigtran/protocol/mtp.h>
#include <osmocom/sigtran/sigtran_sap.h>

#include "gw/mtp_sigtran.h"

enum {
	STEP_MS = 1,		/* out of the library's callback, then the next step */
	RETRY_MS = 1000,	/* after the peer took us down */
	REPAIR_MS = 1000,	/* an association that failed is tried again; at once would spin */
	RECONNECT_SECONDS = 1,
	CONNECT_SECONDS = 5,
};

static void schedule_ms(struct osmo_timer_list *timer, unsigned int ms)
{
	osmo_timer_schedule(timer, ms / 1000, ms % 1000 * 1000);
}

/* The numbers of the ASP machine's events are not public, their names are. */
static void dispatch(struct osmo_ss7_asp *asp, const char *event)
{
	int ev = get_string_value(asp->fi->fsm->event_names, event);

	if (ev < 0)
		LOGP(DMTP, LOGL_ERROR, "asp %s: libosmo-sigtran knows no event %s\n", asp->cfg.name,
		     event);
	else
		osmo_fsm_inst_dispatch(asp->fi, ev, NULL);
}

static bool in_state(const struct osmo_ss7_asp *asp, const char *state)
{
	return asp->fi && strcmp(osmo_fsm_inst_state_name(asp->fi), state) == 0;
}

/* Who sends ASPUP and ASPAC: the ASP, or of two IPSPs the one that made the association (single
 * exchange). */
static bool we_ask(const struct osmo_ss7_asp *asp)
{
	return asp->cfg.role == OSMO_SS7_ASP_ROLE_ASP ||
	       (asp->cfg.role == OSMO_SS7_ASP_ROLE_IPSP && !asp->cfg.is_server);
}

static void lm_timer_cb(void *data)
{
	struct st_link *link = data;
	struct osmo_ss7_asp *asp = link->asp;

	if (!link->ofd || !asp->fi || !we_ask(asp) || link->asked == (int)asp->fi->state)
		return;
	if (in_state(asp, "ASP_DOWN")) {
		link->asked = asp->fi->state;
		dispatch(asp, "M-ASP_UP.req");
	} else if (in_state(asp, "ASP_INACTIVE")) {
		link->asked = asp->fi->state;
		dispatch(asp, "M-ASP_ACTIVE.req");
	}
}

void st_link_renew(struct st_link *link)
{
	if (!we_ask(link->asp) || !osmo_ss7_asp_active(link->asp))
		return;
	link->renewing = true;
	dispatch(link->asp, "M-ASP_INACTIVE.req");
}

/* The library adds an ASP to its server's list at each accept and never takes it out: made anew
 * here. */
static void siblings_renew(struct osmo_xua_server *xs, const struct osmo_ss7_asp *leaving)
{
	struct osmo_ss7_instance *inst;
	struct osmo_ss7_asp *asp;

	INIT_LLIST_HEAD(&xs->asp_list);
	llist_for_each_entry(inst, &osmo_ss7_instances, list) {
		llist_for_each_entry(asp, &inst->asp_list, list) {
			if (asp->xua_server != xs)
				continue;
			INIT_LLIST_HEAD(&asp->siblings);
			if (asp->server && asp != leaving)
				llist_add_tail(&asp->siblings, &xs->asp_list);
		}
	}
}

/* A second connection for an ASP: the library has destroyed the first (and our hook's descriptor
 * with it) without a word to the ASP's machine, which would go on as if it were active. */
static void server_replaced(struct st_link *link)
{
	LOGP(DMTP, LOGL_NOTICE, "asp %s: connected anew, the old association is dropped\n",
	     link->asp->cfg.name);
	link->ofd = NULL;
	link->losses++;
	st_link_lost(link);
	if (!in_state(link->asp, "ASP_DOWN"))
		dispatch(link->asp, "SCTP-COMM_DOWN.ind");
}

static int disconnected_cb(struct osmo_stream_cli *cli)
{
	struct osmo_ss7_asp *asp = osmo_stream_cli_get_data(cli);
	struct st_link *link = asp->lm_priv;

	if (link && !link->repaired)
		schedule_ms(&link->repair_timer, 0);
	return 0;
}

static void established(struct st_link *link)
{
	struct osmo_ss7_asp *asp = link->asp;

	if (asp->server && link->ofd && link->ofd != osmo_stream_srv_get_ofd(asp->server))
		server_replaced(link);
	if (asp->server && asp->xua_server)
		siblings_renew(asp->xua_server, NULL);
	if (asp->client) {
		osmo_stream_cli_set_disconnect_cb(asp->client, disconnected_cb);
		osmo_stream_cli_set_reconnect_timeout(asp->client, RECONNECT_SECONDS);
	}
	st_hook(link);
	if (!link->ofd)
		return;
	link->asked = -1;
	link->skipping = link->standby = false;
	st_sctp_tune(link, link->ofd->fd);
	LOGP(DMTP, LOGL_NOTICE, "asp %s: association established %s\n", asp->cfg.name,
	     asp->sock_name ? asp->sock_name : "");
	schedule_ms(&link->lm_timer, STEP_MS);
}

static void released(struct st_link *link)
{
	struct osmo_ss7_asp *asp = link->asp;

	LOGP(DMTP, LOGL_NOTICE, "asp %s: association lost\n", asp->cfg.name);
	link->losses++;
	link->asked = -1;
	if (asp->server) {
		st_unhook(link);
		if (asp->xua_server)
			siblings_renew(asp->xua_server, asp);
	}
	st_link_lost(link);
	st_changed(link->st);
}

static void state_changed(struct st_link *link, enum osmo_xlm_prim_type what)
{
	LOGP(DMTP, LOGL_NOTICE, "asp %s: %s\n", link->asp->cfg.name,
	     osmo_fsm_inst_state_name(link->asp->fi));
	link->asked = -1;
	link->standby = false;
	if (osmo_ss7_asp_active(link->asp))
		st_dests_link_up(link);
	else if (in_state(link->asp, "ASP_DOWN"))
		st_dests_link_down(link);
	schedule_ms(&link->lm_timer, what == OSMO_XLM_PRIM_M_ASP_UP || link->renewing ?
		    STEP_MS : RETRY_MS);
	link->renewing = false;
	st_changed(link->st);
}

/* The peer began its association anew (SCTP restart): what it knew of us is gone. */
static void restarted(struct st_link *link)
{
	if (!in_state(link->asp, "ASP_DOWN"))
		dispatch(link->asp, "SCTP-COMM_DOWN.ind");
	link->asked = -1;
	schedule_ms(&link->lm_timer, STEP_MS);
}

/* The library frees the primitive. */
static int lm_prim_cb(struct osmo_prim_hdr *oph, void *ctx)
{
	struct osmo_ss7_asp *asp = ctx;
	struct st_link *link = asp->lm_priv;

	if (!link)
		return 0;
	switch (oph->primitive) {
	case OSMO_XLM_PRIM_M_SCTP_ESTABLISH:
		established(link);
		break;
	case OSMO_XLM_PRIM_M_SCTP_RELEASE:
		released(link);
		break;
	case OSMO_XLM_PRIM_M_SCTP_RESTART:
		restarted(link);
		break;
	case OSMO_XLM_PRIM_M_ASP_UP:
	case OSMO_XLM_PRIM_M_ASP_DOWN:
	case OSMO_XLM_PRIM_M_ASP_ACTIVE:
	case OSMO_XLM_PRIM_M_ASP_INACTIVE:
		state_changed(link, oph->primitive);
		break;
	}
	return 0;
}

static const struct osmo_xua_layer_manager layer_manager = { .prim_cb = lm_prim_cb };

/* First the client goes, with all that waits in it: the library, had it seen a write fail, would
 * send that to the next association before ASPUP, or believe itself active still. A second later
 * there is a new client. */
static void repair_timer_cb(void *data)
{
	struct st_link *link = data;
	struct osmo_ss7_asp *asp = link->asp;

	if (!link->repaired) {
		link->repaired = true;
		st_unhook(link);
		st_link_lost(link);
		if (asp->fi && !in_state(asp, "ASP_DOWN")) {
			link->losses++;
			dispatch(asp, "SCTP-COMM_DOWN.ind");
		}
		if (asp->client) {
			osmo_stream_cli_set_disconnect_cb(asp->client, NULL);
			osmo_stream_cli_destroy(asp->client);
			asp->client = NULL;
		}
		schedule_ms(&link->repair_timer, REPAIR_MS);
		st_changed(link->st);
		return;
	}
	link->repaired = false;
	if (!asp->client)
		osmo_ss7_asp_restart(asp);
	if (asp->client)
		osmo_stream_cli_set_reconnect_timeout(asp->client, RECONNECT_SECONDS);
}

static int link_destructor(struct st_link *link)
{
	osmo_timer_del(&link->lm_timer);
	osmo_timer_del(&link->repair_timer);
	link->st->at[link->index] = NULL;
	st_changed(link->st);
	return 0;
}

static void attach(struct st *st, struct osmo_ss7_asp *asp)
{
	struct st_link *link;
	unsigned int index = 0;

	while (index < ST_MAX_LINKS && st->at[index])
		index++;
	if (index == ST_MAX_LINKS || !(link = talloc_zero(asp, struct st_link))) {
		LOGP(DMTP, LOGL_ERROR, "asp %s: more than %u ASPs, not used\n", asp->cfg.name,
		     ST_MAX_LINKS);
		osmo_ss7_asp_disconnect(asp);
		return;
	}
	link->st = st;
	link->asp = asp;
	link->index = index;
	link->asked = -1;
	link->streams = 2;
	st->at[index] = link;
	osmo_timer_setup(&link->lm_timer, lm_timer_cb, link);
	osmo_timer_setup(&link->repair_timer, repair_timer_cb, link);
	talloc_set_destructor(link, link_destructor);
	asp->lm = &layer_manager;
	asp->lm_priv = link;
	if (asp->client)
		osmo_stream_cli_set_reconnect_timeout(asp->client, RECONNECT_SECONDS);
	if (asp->server || (asp->client && osmo_stream_cli_is_connected(asp->client)))
		established(link);
}

void st_link_detach(struct st_link *link)
{
	struct osmo_ss7_asp *asp = link->asp;

	st_unhook(link);
	asp->lm = NULL;
	asp->lm_priv = NULL;
	if (asp->client)
		osmo_stream_cli_set_disconnect_cb(asp->client, NULL);
	talloc_free(link);
}

/* INIT is repeated after 3, 6, 12 ... up to 60 seconds, and that cannot be set for a client. A new
 * attempt is as good as an INIT, so that a peer that comes back is not kept waiting. */
static void hurry(struct st_link *link)
{
	const struct osmo_ss7_asp *asp = link->asp;

	if (!asp->client || link->repaired || osmo_stream_cli_is_connected(asp->client)) {
		link->connecting = 0;
	} else if (++link->connecting >= CONNECT_SECONDS) {
		link->connecting = 0;
		schedule_ms(&link->repair_timer, 0);
	}
}

/* ASPs come by configuration, by the command line of the running gateway, or by accept (dynamic
 * ones). */
void st_scan(struct st *st)
{
	struct osmo_ss7_asp *asp, *next;
	struct osmo_xua_server *xs;

	llist_for_each_entry_safe(asp, next, &st->inst->asp_list, list) {
		if (asp->cfg.proto == OSMO_SS7_ASP_PROT_M3UA && asp->lm != &layer_manager)
			attach(st, asp);
	}
	llist_for_each_entry(xs, &st->inst->xua_servers, list)
		st_listener_hook(st, xs);
}

void st_second(struct st *st)
{
	st_scan(st);
	for (unsigned int i = 0; i < ST_MAX_LINKS; i++) {
		if (!st->at[i])
			continue;
		st->at[i]->answers = st->at[i]->logs = 0;
		hurry(st->at[i]);
	}
}

void st_close_unused(void)
{
	struct osmo_ss7_instance *inst;
	struct osmo_ss7_asp *asp;

	llist_for_each_entry(inst, &osmo_ss7_instances, list) {
		if (st_of_instance(inst))
			continue;
		llist_for_each_entry(asp, &inst->asp_list, list) {
			if (!asp->client || asp->lm)
				continue;
			LOGP(DMTP, LOGL_ERROR,
			     "asp %s: nobody uses cs7 instance %u, not connected\n", asp->cfg.name,
			     inst->cfg.id);
			osmo_stream_cli_destroy(asp->client);
			asp->client = NULL;
		}
	}
}
