/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A gateway with its PSTN on a pipe; the clock moves only when told. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <osmocom/core/select.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "tests/flow/fake_media.h"
#include "tests/flow/fake_sip.h"
#include "config/match.h"
#include "gw/audit.h"
#include "gw/trunk.h"
#include "isup/dialect.h"
#include "tests/flow/lab.h"
#include "tests/isup_log.h"

static void pstn_rx(void *ctx, const struct mtp_label *l, const uint8_t *sdu, size_t len)
{
	struct lab *lab = ctx;

	isup_log(lab_dialect()->name, sdu, len);
	if (lab->far.transfer_ind) {
		lab->far.transfer_ind(lab->far.ctx, l, sdu, len);
		return;
	}
	if (lab->n_pstn == LAB_MAX_PSTN || len > sizeof(lab->from_gw[0].octets)) {
		fprintf(stderr, "too many ISUP messages not looked at\n");
		exit(1);
	}
	lab->from_gw[lab->n_pstn].dpc = l->dpc;
	lab->from_gw[lab->n_pstn].len = len;
	memcpy(lab->from_gw[lab->n_pstn++].octets, sdu, len);
}

static void pstn_pause(void *ctx, uint32_t pc)
{
	struct lab *lab = ctx;

	if (lab->far.pause_ind)
		lab->far.pause_ind(lab->far.ctx, pc);
}

static void pstn_resume(void *ctx, uint32_t pc)
{
	struct lab *lab = ctx;

	if (lab->far.resume_ind)
		lab->far.resume_ind(lab->far.ctx, pc);
}

const struct isup_dialect *lab_dialect(void)
{
	const char *name = getenv("FLOW_DIALECT");
	const struct isup_dialect *d = isup_dialect_find(name ? name : "itu");

	if (!d) {
		fprintf(stderr, "no dialect %s\n", name);
		exit(1);
	}
	return d;
}

/* FLOW_STANDARD: the column of the mapping tables, of which nothing is provisioned otherwise. As
 * the configuration has it, 0: none was set. */
static unsigned int standard(void)
{
	const char *name = getenv("FLOW_STANDARD");
	enum map_standard s;

	if (!name)
		return 0;
	s = map_standard_find(name);

	if (s == MAP_STANDARDS) {
		fprintf(stderr, "no standard %s\n", name);
		exit(1);
	}
	return s + 1;
}

/* LAB_OPC, LAB_DPC and LAB_DPC_2 (1, 2, 3) as the configuration writes them. */
static char *point_code(unsigned int n)
{
	static const char *const international[] = { "1.1.1", "1.1.2", "1.1.3" };
	static const char *const ansi[] = { "0.8.9", "0.8.10", "0.8.11" };

	return (char *)(lab_dialect()->point_code_bits == 24 ? ansi : international)[n - 1];
}

static struct config_trunk *trunk(struct config *c, const char *name, enum config_trunk_type type)
{
	struct config_trunk *t = talloc_zero(c, struct config_trunk);

	t->name = talloc_strdup(t, name);
	t->type = type;
	t->interworking = standard();
	t->country_code = "49";
	t->route_table = "all";
	t->category = 10;
	t->tmr = 3;
	t->early_media = true;
	t->isup_all_the_way = !t->interworking;
	t->location = t->interworking ? CONFIG_DEFAULT_LOCATION : 2;
	t->announcement_s = 20;
	llist_add_tail(&t->list, &c->trunks);
	return t;
}

static struct config_trunk *trunk_isup(struct config *c, const char *name, uint16_t first,
				       uint16_t last)
{
	struct config_trunk *t = trunk(c, name, CONFIG_TRUNK_ISUP);

	t->mtp = CONFIG_MTP_LOCAL;
	t->mtp_path = "pipe";
	t->dialect = talloc_strdup(t, lab_dialect()->name);
	t->opc = point_code(1);
	t->dpc = point_code(2);
	t->ni = 2;
	t->n_ranges = 1;
	t->ranges[0] = (struct config_range){
		.first = first, .last = last, .termination = -1,
	};
	t->hunt = CONFIG_HUNT_LOWEST;
	t->media = "none";
	return t;
}

static void target(struct config_trunk *t, const char *host)
{
	struct config_target *g = &t->targets[t->n_targets++];

	config_target_set_host(g, talloc_strdup(t, host));
	g->port = 5060;
}

static struct config_trunk *trunk_sip(struct config *c, const char *name, const char *host,
				      bool sipt)
{
	struct config_trunk *t = trunk(c, name, CONFIG_TRUNK_SIP);

	target(t, host);
	t->isup_body = sipt ? CONFIG_ISUP_SIP_T : CONFIG_ISUP_NONE;
	t->send_pai = t->trust_pai = true;
	t->retry_after = 1;
	t->rel100 = CONFIG_100REL_SUPPORTED;
	return t;
}

/* Trunk groups that speak overlap in SIP. */
static void overlap(struct config *c)
{
	struct config_trunk *t;

	trunk_sip(c, "invites", "192.0.2.30", false)->overlap = CONFIG_OVERLAP_INVITES;
	trunk_sip(c, "info", "192.0.2.31", false)->overlap = CONFIG_OVERLAP_INFO;
	trunk_sip(c, "t-invites", "192.0.2.32", true)->overlap = CONFIG_OVERLAP_INVITES;
	trunk_sip(c, "t-info", "192.0.2.33", true)->overlap = CONFIG_OVERLAP_INFO;
	t = trunk_sip(c, "i-two", "192.0.2.34", false);
	t->overlap = CONFIG_OVERLAP_INVITES;
	target(t, "192.0.2.35");
	t = trunk_sip(c, "i-few", "192.0.2.36", false);
	t->overlap = CONFIG_OVERLAP_INVITES;
	t->overlap_minimum = 6;
	t->overlap_maximum = 10;
	t = trunk_sip(c, "info-few", "192.0.2.37", false);
	t->overlap = CONFIG_OVERLAP_INFO;
	t->overlap_minimum = 6;
	t->overlap_maximum = 10;
}

static void route(struct config *c, struct config_table *table, const char *prefix, const char *to,
		  unsigned int priority)
{
	struct config_route *r = talloc_zero(table, struct config_route);

	r->prefix = talloc_strdup(r, prefix);
	r->trunk = talloc_strdup(r, to);
	r->priority = priority;
	llist_add_tail(&r->list, &table->routes);
}

static void routes(struct config *c, struct config_table *table)
{
	static const struct {
		const char *prefix, *to[3];
	} rows[] = {
		{ "49301", { "pstn" } },       { "49302", { "pstn2", "pstn" } },
		{ "49303", { "multi" } },      { "49304", { "checked" } },
		{ "49305", { "checked", "pstn" } },
		{ "44207", { "pstn" } },
		{ "4989", { "sip" } },	       { "4940", { "sipt" } },
		{ "4941", { "strict" } },      { "4942", { "two", "sipt" } },
		{ "4943", { "few", "sipt" } }, { "4970", { "sip", "sipt" } },
		{ "4971", { "sip", "pstn" } }, { "4972", { "pstn2", "sip" } },
		{ "4931", { "whole" } },       { "4932", { "whole", "pstn" } },
		{ "4950", { "invites" } },     { "4951", { "info" } },
		{ "4952", { "t-invites" } },   { "4953", { "t-info" } },
		{ "4954", { "invites", "sip" } },
		{ "4955", { "i-two", "pstn" } },
		{ "4956", { "invites" } },     { "49563", { "pstn" } },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (unsigned int k = 0; k < ARRAY_SIZE(rows[i].to) && rows[i].to[k]; k++)
			route(c, table, rows[i].prefix, rows[i].to[k], k + 1);
}

static void table_to(struct config *c, const char *name, const char *to)
{
	struct config_table *table = talloc_zero(c, struct config_table);

	table->name = (char *)name;
	INIT_LLIST_HEAD(&table->routes);
	route(c, table, "", to, 1);
	llist_add_tail(&table->list, &c->tables);
}

/* A gateway like this one at the other end of a SIP-T trunk group: what comes from one exchange
 * goes to the other. */
static void round_trip(struct config *c)
{
	struct config_trunk *t = trunk_isup(c, "far", 81, 82);

	t->route_table = "to-gateway";
	t->acl = ISUP_ACL_OFF;
	trunk_sip(c, "gateway", "192.0.2.40", true)->route_table = "to-exchange";
	table_to(c, "to-gateway", "gateway");
	table_to(c, "to-exchange", "far");
}

static struct config *configure(struct lab *lab, void *ctx)
{
	struct config *c = config_new(ctx);
	struct config_table *table = talloc_zero(c, struct config_table);
	struct config_media *m = talloc_zero(c, struct config_media);
	struct config_trunk *t;

	m->name = "none";
	m->type = CONFIG_MEDIA_NONE;
	m->rtp_address = "192.0.2.50";
	m->rtp_base_port = 20000;
	llist_add_tail(&m->list, &c->medias);
	trunk_isup(c, "pstn", 1, 4);
	trunk_isup(c, "pstn2", 11, 12);
	t = trunk_isup(c, "multi", 31, 32);
	t->hunt = CONFIG_HUNT_ROUND_ROBIN;
	t->ranges[t->n_ranges++] = (struct config_range){
		.first = 31, .last = 32, .dpc = point_code(3), .termination = 131,
	};
	t = trunk_isup(c, "digits", 21, 24);
	t->overlap_minimum = 4;
	t->overlap_maximum = 8;
	t = trunk_isup(c, "checked", 51, 52);
	t->continuity_every = 1;
	t->loop_ack = true;
	trunk_isup(c, "whole", 61, 62)->en_bloc_only = true;
	trunk_isup(c, "long", 71, 72)->overlap_minimum = 4;
	trunk_sip(c, "sip", "192.0.2.9", false);
	trunk_sip(c, "sipt", "192.0.2.10", true);
	trunk_sip(c, "strict", "192.0.2.11", true)->isup_required = true;
	t = trunk_sip(c, "two", "192.0.2.12", false);
	target(t, "192.0.2.99");
	target(t, "192.0.2.13");
	trunk_sip(c, "few", "192.0.2.14", false)->max_calls = 1;
	trunk_sip(c, "twin-a", "192.0.2.20", false)->local_port = 5060;
	trunk_sip(c, "twin-b", "192.0.2.20", true)->local_port = 5070;
	overlap(c);
	round_trip(c);
	table->name = "all";
	INIT_LLIST_HEAD(&table->routes);
	routes(c, table);
	llist_add_tail(&table->list, &c->tables);
	c->n_listen = 1;
	c->listen[0].address = "192.0.2.1";
	c->listen[0].port = 5060;
	c->isup_tdefs = isup_tdefs_new(c);
	c->cdr_file = lab->cdr_path;
	return c;
}

bool lab_set(struct config_trunk *t, const char *setting, const char *value)
{
	static const struct { const char *setting, *value; int n; } rows[] = {
		{ "ringback", "gateway", CONFIG_RINGBACK_GATEWAY },
		{ "ringback", "network", CONFIG_RINGBACK_NETWORK },
		{ "ringback", "none", CONFIG_RINGBACK_NONE },
		{ "redirect", "refuse", CONFIG_REDIRECT_REFUSE },
		{ "redirect", "follow", CONFIG_REDIRECT_FOLLOW },
		{ "redirect", "any", CONFIG_REDIRECT_ANY },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		if (strcmp(rows[i].setting, setting) || strcmp(rows[i].value, value))
			continue;
		if (!strcmp(setting, "ringback"))
			t->ringback = rows[i].n;
		else
			t->redirect = rows[i].n;
		return true;
	}
	return false;
}

static void link_up(struct lab *lab)
{
	const struct config_trunk *first =
		llist_first_entry(&lab->cfg->trunks, struct config_trunk, list);
	struct gw_link *link = gw_link_new(lab->gw, first);
	const struct mtp_user pstn = { .transfer_ind = pstn_rx, .pause_ind = pstn_pause,
				       .resume_ind = pstn_resume, .ctx = lab };
	struct mtp_user user;

	gw_link_user(&user, link);
	if (mtp_pipe_pair(lab->gw, &link->mtp, &user, &lab->pstn, &pstn) < 0)
		exit(1);
}

void lab_open(struct lab *lab, void *ctx)
{
	int fd;

	memset(lab, 0, sizeof(*lab));
	OSMO_STRLCPY_ARRAY(lab->cdr_path, "/tmp/tollgate-flow-XXXXXX");
	fd = mkstemp(lab->cdr_path);
	if (fd >= 0)
		close(fd);
	fake_sip_reset();
	lab->cfg = configure(lab, ctx);
	lab->gw = gw_new(ctx, lab->cfg);
	if (!lab->gw)
		exit(1);
	link_up(lab);
	if (gw_start(lab->gw) < 0)
		exit(1);
	lab_settle(lab);
	lab->idle_size = talloc_total_size(lab->gw);
}

struct media_gw *lab_media(struct lab *lab)
{
	struct gw_media *m;
	struct trunk *t;

	if (lab->media)
		return lab->media;
	m = talloc_zero(lab->gw, struct gw_media);
	m->name = "paper";
	lab->media = m->media = fake_media_new(m);
	llist_add_tail(&m->list, &lab->gw->medias);
	llist_for_each_entry(t, &lab->gw->trunks, list)
		t->media = trunk_is_isup(t) ? m->media : NULL;
	lab->idle_size = talloc_total_size(lab->gw);
	return lab->media;
}

void lab_mtp(struct lab *lab, bool up)
{
	mtp_pipe_set_up(lab->pstn, up);
	lab_settle(lab);
}

void lab_mtp_to(struct lab *lab, uint32_t pc, bool up)
{
	struct mtp_user user;

	gw_link_user(&user, llist_first_entry(&lab->gw->links, struct gw_link, list));
	(up ? user.resume_ind : user.pause_ind)(user.ctx, pc);
	lab_settle(lab);
}

static void tell_status(struct lab *lab, enum mtp_status status, unsigned int level)
{
	struct mtp_user user;

	gw_link_user(&user, llist_first_entry(&lab->gw->links, struct gw_link, list));
	user.status_ind(user.ctx, LAB_DPC, status, level);
	lab_settle(lab);
}

void lab_mtp_no_user(struct lab *lab)
{
	tell_status(lab, MTP_STATUS_USER_INACCESSIBLE, 0);
}

void lab_mtp_congested(struct lab *lab)
{
	tell_status(lab, MTP_STATUS_CONGESTED, 1);
}

void lab_close(struct lab *lab)
{
	mtp_close(lab->pstn);
	gw_free(lab->gw);
	unlink(lab->cdr_path);
	talloc_free(lab->cfg);
}

void lab_settle(struct lab *lab)
{
	struct audit_result r;

	for (int idle = 0; idle < 3;) {
		unsigned int n = mtp_pipe_run(lab->pstn);

		osmo_timers_prepare();
		n += osmo_timers_update();
		osmo_select_main_ctx(1);
		idle = n ? 0 : idle + 1;
	}
	if (lab->unaudited)
		return;
	audit_now(&r, lab->gw, NULL);
	lab->found += r.found;
}

void lab_wait(struct lab *lab, double seconds)
{
	const struct timespec step = { .tv_nsec = 100000000 };

	for (int i = 0; i < seconds * 10; i++) {
		osmo_clock_override_add(CLOCK_MONOTONIC, step.tv_sec, step.tv_nsec);
		osmo_gettimeofday_override_add(step.tv_sec, step.tv_nsec / 1000);
		lab_settle(lab);
	}
}

void lab_pstn_send_octets(struct lab *lab, uint32_t opc, const uint8_t *octets, size_t len)
{
	const struct mtp_label l = { .opc = opc, .dpc = LAB_OPC, .ni = 2 };

	mtp_transfer(lab->pstn, &l, octets, len);
	lab_settle(lab);
}

void lab_pstn_send(struct lab *lab, uint32_t opc, const struct isup_msg *m)
{
	uint8_t octets[300];
	ssize_t n = isup_encode(octets, sizeof(octets), m);

	if (n < 0) {
		fprintf(stderr, "message of the flow cannot be encoded\n");
		exit(1);
	}
	lab_pstn_send_octets(lab, opc, octets, n);
}

const char *lab_busy_circuits(struct lab *lab)
{
	static char text[1024];		/* of more circuits the first ones */
	const struct trunk *t;
	size_t at = 0;

	text[0] = '\0';
	llist_for_each_entry(t, &lab->gw->trunks, list) {
		struct isup_circuit_status st;
		struct isup_circuit *c = NULL;

		while ((c = trunk_circuit_next(t, c))) {
			isup_circuit_status(&st, c);
			if (st.use != ISUP_CCT_IDLE && at < sizeof(text))
				at += snprintf(text + at, sizeof(text) - at, " %s/%u:%s",
					       isup_group_name(isup_circuit_group(c)),
					       isup_circuit_cic(c), isup_circuit_use_name(st.use));
		}
	}
	return text;
}
