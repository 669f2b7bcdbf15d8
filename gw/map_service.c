/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: what is done about supplementary services, and which of them a call may fail for. */
#include <string.h>

#include "gw/map_services.h"
#include "gw/map_tunnel.h"
#include "isup/dialect.h"

enum { NO, YES, MAX_CAUSE = 127, CUG_ACCESS = 2, CUG_NO_ACCESS = 3 };

static const struct map_row services[] = {
	{ MAP_S_HISTORY_FIRST, "history-first",
	  "where History-Info and Diversion are there, History-Info counts", { NO, YES, YES, YES },
	  "RFC 7544; RFC 3398 is older than either" },
	{ MAP_S_HISTORY_MP, "history-mp",
	  "an entry of History-Info with mp and no cause is a diversion, too", { NO, NO, NO, NO },
	  "RFC 7044 has mp for all changes of the target" },
	{ MAP_S_HISTORY_KEPT, "history-kept",
	  "History-Info goes from SIP to SIP as it came, the new target behind it",
	  { YES, YES, YES, YES }, "RFC 7044 9.1; else it is made of what ISUP can say" },
	{ MAP_S_REDIRECTION_EARLY, "redirection-early",
	  "a redirection number is told where nothing says whether it may be shown",
	  { YES, YES, YES, YES }, "Q.732.2: the notification option alone then says it" },
	{ MAP_S_CONNECTED_ASK, "connected-ask",
	  "an IAM for a SIP caller asks for the connected number", { NO, YES, YES, YES },
	  "Q.731.5 5.2.1; TS 29.163 7.4, recalled" },
	{ MAP_S_CONNECTED_UNASKED, "connected-unasked",
	  "a SIP answer's connected number goes to an exchange that did not ask for it",
	  { NO, NO, NO, NO }, "Q.731.5 5.2.5" },
	{ MAP_S_CONNECTED_UNKNOWN, "connected-unknown",
	  "a SIP answer without an identity is a connected number that is not available",
	  { NO, YES, YES, YES }, "Q.731.5 5.2.5; Q.763 3.16" },
	{ MAP_S_HOLD_TOLD, "hold-told",
	  "hold and retrieval by the PSTN are re-INVITEs to a peer without ISUP bodies",
	  { YES, YES, YES, YES }, "RFC 3398 9.2, Q.733.2" },
};

static const struct map_choice choices[] = {
	{ NO, "no", "no" },
	{ YES, "yes", "yes" },
	{ 0 }
};

const struct map_table map_table_service = {
	.name = "service",
	.title = "supplementary services: what is done (Q.730 to Q.737)",
	.key_title = "rule", .value_title = "done",
	.rows = services, .n_rows = ARRAY_SIZE(services), .choices = choices,
};

/* Cause with which the call ends; 0: it goes on without. */
static const struct map_row refusals[] = {
	{ MAP_R_MANY_DIVERSIONS, "many-diversions",
	  "more than five diversions (0: the counter stays at five)", { 0, 0, 0, 0 },
	  "Q.763 3.45; whether such a call is refused (25, 31) is an option" },
	{ MAP_R_CUG_NO_ACCESS, "cug-no-access",
	  "closed user group without outgoing access, to a peer that knows none",
	  { 29, 29, 29, 29 }, "Q.735.1: 29, by other books 87" },
	{ MAP_R_CUG_ACCESS, "cug-access",
	  "closed user group with outgoing access, to a peer that knows none", { 0, 0, 0, 0 },
	  "Q.735.1: an ordinary call" },
	{ MAP_R_UUS_ESSENTIAL, "uus-essential",
	  "a user-to-user service is requested explicitly, essential, by a call to SIP",
	  { 29, 29, 29, 29 }, "Q.737.1-3: rejected; RFC 7434 has service 1 implicit only" },
	{ MAP_R_UUS_OPTIONAL, "uus-optional",
	  "a user-to-user service is requested explicitly, not essential, by a call to SIP",
	  { 0, 0, 0, 0 }, "Q.737.1-3: the call goes on without" },
};

const struct map_table map_table_refusal = {
	.name = "refusal",
	.title = "supplementary services: cause with which a call ends, 0: it goes on "
		 "(Q.735.1, Q.737.1, Q.763 3.45)",
	.key_title = "case", .value_title = "cause",
	.rows = refusals, .n_rows = ARRAY_SIZE(refusals), .min = 0, .max = MAX_CAUSE,
};

bool map_service(const struct map_profile *p, enum map_service row)
{
	return map_rule(p, MAP_T_SERVICE, row) == YES;
}

bool map_may_carry(const struct isup_msg *m, uint8_t code)
{
	const struct isup_mt_row *row = isup_mt_row(m->dialect, m->type);
	unsigned int i;

	if (!row || !isup_par_row(m->dialect, code))
		return false;
	for (i = 0; row->opt && i < row->n_opt; i++)
		if (row->opt[i] == code)
			return true;
	return !row->opt && row->optional;
}

uint8_t map_iam_refused(const struct isup_msg *iam, const struct map_profile *p)
{
	struct isup_ofci ofci = { 0 };
	uint8_t cause = 0;

	/* who gets the IAM itself finds it all there */
	if (!iam || iam->type != ISUP_MT_IAM || p->isup_body != MAP_ISUP_NONE)
		return 0;
	isup_get(iam, ISUP_P_OFCI, &ofci);
	if (ofci.cug == CUG_NO_ACCESS)
		cause = map_rule(p, MAP_T_REFUSAL, MAP_R_CUG_NO_ACCESS);
	else if (ofci.cug == CUG_ACCESS)
		cause = map_rule(p, MAP_T_REFUSAL, MAP_R_CUG_ACCESS);
	return cause ? cause : map_uus_refused(iam, p);
}

/* --- message by message --- */

bool map_same_services(const struct cc_setup *a, const struct cc_setup *b)
{
	return a->uui.n == b->uui.n && !memcmp(a->uui.octet, b->uui.octet, a->uui.n) &&
	       a->called_sub.n == b->called_sub.n && a->calling_sub.n == b->calling_sub.n &&
	       !memcmp(a->called_sub.octet, b->called_sub.octet, a->called_sub.n) &&
	       !memcmp(a->calling_sub.octet, b->calling_sub.octet, a->calling_sub.n);
}

void map_services_from_iam(struct cc_setup *s, const struct isup_msg *iam)
{
	map_uui_from_isup(&s->uui, iam);
	map_subaddress_from_iam(s, iam);
}

int map_services_to_iam(struct isup_msg *iam, const struct cc_setup *s, bool from_isup,
			const struct map_profile *p)
{
	int rc = map_uui_to_isup(iam, &s->uui);

	if (rc == 0)
		rc = map_subaddress_to_iam(iam, s);
	return rc < 0 || from_isup ? rc : map_ask_connected(iam, p);
}

void map_services_from_invite(struct cc_setup *s, const struct sip_msg *inv,
			      const struct map_profile *p)
{
	map_uui_from_sip(&s->uui, inv, p);
	map_subaddress_from_invite(s, inv, p);
}

int map_services_to_invite(struct sip_out *out, const struct cc_setup *s,
			   const struct map_profile *p)
{
	int rc = map_subaddress_to_invite(out, s, p);

	if (rc == 0)
		rc = map_history_ask(out, p);
	return rc < 0 ? rc : map_uui_to_sip(out, &s->uui, p);
}

static void set_plan(struct cc_prim *prim, const struct map_profile *p)
{
	span_copy(prim->country_code, sizeof(prim->country_code), span_of(p->country_code));
	span_copy(prim->area_code, sizeof(prim->area_code), span_of(p->area_code));
}

void map_services_from_isup(struct cc_prim *prim, const struct isup_msg *m,
			    const struct map_profile *p)
{
	map_notified_from_isup(prim, m, p);
	if (prim->type != CC_PROGRESS && prim->type != CC_ALERT && prim->type != CC_CONNECT)
		return;
	set_plan(prim, p);
	map_forwarded_from_isup(&prim->redirection, m, p);
	map_uui_from_isup(&prim->uui, m);
	if (prim->type == CC_CONNECT)
		map_connected_from_isup(&prim->u.connect, m);
}

/* The first of two messages that one primitive is: what there is to tell is in the second. */
static bool is_forerunner(const struct isup_msg *m, const struct cc_prim *prim)
{
	return m->type == ISUP_MT_ACM &&
	       (prim->type == CC_CONNECT || map_prim_needs_cpg(prim));
}

int map_services_to_isup(struct isup_msg *m, const struct cc_prim *prim,
			 const struct map_profile *p)
{
	int rc;

	if (is_forerunner(m, prim))
		return 0;
	rc = map_uui_to_isup(m, &prim->uui);
	if (rc == 0)
		rc = map_forwarded_to_isup(m, prim, p);
	if (rc == 0)
		rc = map_notified_to_isup(m, prim);
	return rc < 0 || prim->type != CC_CONNECT ? rc : map_connected_to_isup(m, prim, p);
}

void map_services_from_response(struct cc_prim *prim, const struct sip_msg *rsp,
				const struct map_profile *p)
{
	if (prim->isup)
		map_services_from_isup(prim, prim->isup, p);
	set_plan(prim, p);
	map_notified_from_sip(prim, rsp, p);
	map_uui_from_sip(&prim->uui, rsp, p);
	if (prim->type == CC_CONNECT)
		map_connected_from_sip(&prim->u.connect, rsp, p);
}

int map_services_to_response(struct sip_out *out, const struct cc_prim *prim,
			     const struct map_profile *p)
{
	int rc = map_uui_to_sip(out, &prim->uui, p);

	if (rc == 0)
		rc = map_notified_to_sip(out, prim, p);
	return rc < 0 || prim->type != CC_CONNECT ? rc : map_connected_to_sip(out, prim, p);
}

void map_services_of_release(struct cc_release *r, const struct isup_msg *rel,
			     const struct sip_msg *msg, const struct map_profile *p)
{
	if (rel)
		map_uui_from_isup(&r->uui, rel);
	/* RFC 7433 4: not in CANCEL */
	if (msg && !(msg->is_request && msg->method == SIP_CANCEL))
		map_uui_from_sip(&r->uui, msg, p);
}

bool map_pause_told(const struct cc_prim *prim, const struct map_profile *p)
{
	return prim->sdp && (prim->type == CC_HOLD ? map_service(p, MAP_S_HOLD_TOLD)
						   : map_isup_rule(p, MAP_B_SUSPEND_HOLD));
}
