/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of circuits, calls and media contexts. */
#include <errno.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/audit.h"
#include "gw/leg_isup.h"
#include "isup/audit.h"
#include "isup/maintenance.h"

enum { PERIOD_S = 1 };

/* Where the pass in the background is. Circuits and trunk groups stay; calls go, see
 * audit_forget(). */
struct audit {
	struct gw *gw;
	struct osmo_timer_list timer;
	struct trunk *trunk;		/* NULL: circuits are done */
	struct isup_circuit *circuit;	/* the last one seen */
	struct call *call;		/* the next one */
	struct audit_result pass;
	uint64_t counters[AUDIT_COUNT];
};

static void count(struct gw *gw, enum audit_finding f, struct audit_result *r)
{
	gw->audit->counters[f]++;
	r->found++;
}

/* --- calls --- */

static const struct leg_isup *isup_leg(const struct call *c, bool out)
{
	struct leg *leg = call_leg(c, out);

	return leg && trunk_is_isup(leg->trunk) ? (const struct leg_isup *)leg : NULL;
}

static bool has_circuit(const struct leg_isup *l)
{
	if (l->ic)
		return l->at && isup_circuit_call(l->at) == l->ic;
	return l->circuit != NULL;
}

/* The finding of one leg, or AUDIT_COUNT. */
static enum audit_finding look_at_leg(const struct leg_isup *l)
{
	if (l && !has_circuit(l))
		return AUDIT_CALL_CIRCUIT;
	if (l && !l->media && !l->collecting)
		return AUDIT_CALL_MEDIA;
	return AUDIT_COUNT;
}

static enum audit_finding look_at_call(const struct call *c, const struct gw *gw)
{
	unsigned int longest = gw->cfg->audit_longest_call_s;
	enum audit_finding f = look_at_leg(isup_leg(c, false));

	if (f == AUDIT_COUNT)
		f = look_at_leg(isup_leg(c, true));
	if (f == AUDIT_COUNT && longest && call_seconds(c) > longest)
		f = AUDIT_CALL_LONG;
	return f;
}

/* An isup_call that the circuit does not have any more must not be touched. */
static void forget_circuits(struct call *c)
{
	for (int out = 0; out < 2; out++) {
		struct leg_isup *l = (struct leg_isup *)isup_leg(c, out);

		if (l && l->ic && !has_circuit(l))
			l->ic = NULL;
	}
}

static void audit_call(struct gw *gw, struct call *c, struct audit_result *r)
{
	static const char *const why[] = {
		[AUDIT_CALL_CIRCUIT] = "the call has lost its circuit",
		[AUDIT_CALL_MEDIA] = "the circuit has no media context",
		[AUDIT_CALL_LONG] = "the call lasts too long",
	};
	enum audit_finding f = look_at_call(c, gw);
	char in[160], out[160];

	r->calls++;
	if (f == AUDIT_COUNT)
		return;
	count(gw, f, r);
	call_leg_text(in, sizeof(in), call_leg(c, false));
	call_leg_text(out, sizeof(out), call_leg(c, true));
	LOGP(DCALL, LOGL_ERROR, "audit: call %s, %s for %u s, in %s, out %s: %s: released\n",
	     call_id(c), call_state(c), call_seconds(c), in, out, why[f]);
	forget_circuits(c);
	call_clear(c, why[f]);
}

static bool is_of(const struct call *c, const struct trunk *only)
{
	const struct leg *in = call_leg(c, false), *out = call_leg(c, true);

	return !only || (in && in->trunk == only) || (out && out->trunk == only);
}

/* --- media contexts --- */

static void audit_context(struct gw *gw, struct media_gw *media, struct media_ctx *mc,
			  struct audit_result *r)
{
	const struct leg_isup *l = media_user(mc, &leg_isup_media_ops);

	r->contexts++;
	if (!l || (leg_isup_is_here(gw, l) && l->media == mc))
		return;
	count(gw, AUDIT_MEDIA_CALL, r);
	LOGP(DCALL, LOGL_ERROR, "audit: media-gateway %s: a context that no call has: closed\n",
	     media_gw_name(media));
	media_close(mc);
}

static void audit_media(struct gw *gw, struct audit_result *r)
{
	struct gw_media *m;

	llist_for_each_entry(m, &gw->medias, list) {
		struct media_ctx *mc = media_next(m->media, NULL), *next;

		for (; mc; mc = next) {
			next = media_next(m->media, mc);
			audit_context(gw, m->media, mc, r);
		}
	}
}

/* --- a pass at once --- */

static void audit_circuits_of(const struct trunk *t, struct audit_result *r)
{
	struct isup_circuit *c = NULL;

	while ((c = trunk_circuit_next(t, c))) {
		r->circuits++;
		r->found += isup_audit_circuit(c) != ISUP_FINDING_NONE;
	}
}

void audit_now(struct audit_result *ret, struct gw *gw, const struct trunk *only)
{
	struct audit_result r = {};
	struct call *c, *next;
	const struct trunk *t;

	llist_for_each_entry(t, &gw->trunks, list)
		if (!only || t == only)
			audit_circuits_of(t, &r);
	for (c = call_next(gw, NULL); c; c = next) {
		next = call_next(gw, c);
		if (is_of(c, only))
			audit_call(gw, c, &r);
	}
	if (!only)
		audit_media(gw, &r);
	*ret = r;
}

/* --- in the background --- */

static struct trunk *trunk_after(const struct gw *gw, const struct trunk *t)
{
	struct llist_head *next = t ? t->list.next : gw->trunks.next;

	return next == &gw->trunks ? NULL : llist_entry(next, struct trunk, list);
}

/* What differs is found by isup/mismatch.h, counted in its rows. */
static void query_all(const struct gw *gw)
{
	struct isup_group *g;
	const struct trunk *t;

	llist_for_each_entry(t, &gw->trunks, list)
		for (g = trunk_group_next(t, NULL); g; g = trunk_group_next(t, g))
			isup_group_query(g);
}

static void end_of_pass(struct audit *a)
{
	audit_media(a->gw, &a->pass);
	LOGP(DCALL, a->pass.found ? LOGL_ERROR : LOGL_DEBUG,
	     "audit: %u circuits, %u calls, %u media contexts looked at, %u found hanging\n",
	     a->pass.circuits, a->pass.calls, a->pass.contexts, a->pass.found);
	if (a->gw->cfg->audit_query)
		query_all(a->gw);
	a->pass = (struct audit_result){};
	a->trunk = trunk_after(a->gw, NULL);
	a->circuit = NULL;
	a->call = NULL;
}

/* The next circuit or call. false: the pass is over. */
static bool step(struct audit *a)
{
	struct call *call;

	while (a->trunk && !(a->circuit = trunk_circuit_next(a->trunk, a->circuit))) {
		a->trunk = trunk_after(a->gw, a->trunk);
		if (!a->trunk)
			a->call = call_next(a->gw, NULL);
	}
	if (a->circuit) {
		a->pass.circuits++;
		a->pass.found += isup_audit_circuit(a->circuit) != ISUP_FINDING_NONE;
		return true;
	}
	call = a->call;
	if (!call)
		return false;
	a->call = call_next(a->gw, call);
	audit_call(a->gw, call, &a->pass);
	return true;
}

static unsigned int n_circuits(const struct gw *gw)
{
	const struct isup_group *g;
	const struct trunk *t;
	unsigned int n = 0;

	llist_for_each_entry(t, &gw->trunks, list)
		for (g = trunk_group_next(t, NULL); g; g = trunk_group_next(t, g))
			n += isup_group_size(g);
	return n;
}

static void on_timer(void *data)
{
	struct audit *a = data;
	unsigned int interval = a->gw->cfg->audit_interval_s, n;

	osmo_timer_schedule(&a->timer, PERIOD_S, 0);
	if (!interval)
		return;
	n = (n_circuits(a->gw) + a->gw->n_calls) / interval + 1;
	for (n = OSMO_MIN(n, AUDIT_MAX_SLICE); n; n--) {
		if (step(a))
			continue;
		end_of_pass(a);
		break;
	}
}

int audit_start(struct gw *gw)
{
	gw->audit = talloc_zero(gw, struct audit);
	if (!gw->audit)
		return -ENOMEM;
	gw->audit->gw = gw;
	gw->audit->trunk = trunk_after(gw, NULL);
	osmo_timer_setup(&gw->audit->timer, on_timer, gw->audit);
	osmo_timer_schedule(&gw->audit->timer, PERIOD_S, 0);
	return 0;
}

void audit_stop(struct gw *gw)
{
	if (gw->audit)
		osmo_timer_del(&gw->audit->timer);
}

void audit_forget(struct gw *gw, const struct call *call)
{
	if (gw->audit && gw->audit->call == call)
		gw->audit->call = call_next(gw, gw->audit->call);
}

uint64_t audit_counter(const struct gw *gw, enum audit_finding f)
{
	return gw->audit && f < AUDIT_COUNT ? gw->audit->counters[f] : 0;
}

const char *audit_counter_name(enum audit_finding f)
{
	static const char *const names[] = {
#define X(id, name, desc) [AUDIT_##id] = name,
		AUDIT_FINDINGS(X)
#undef X
	};

	return f < AUDIT_COUNT ? names[f] : "?";
}
