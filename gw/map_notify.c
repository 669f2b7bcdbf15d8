/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: notifications of ISUP (Q.763 3.25), what is done with them beside passing them to those
 * who understand ISUP; and the one that SIP has a word for (RFC 7462). */
#include <string.h>

#include "gw/map_services.h"

enum { NOTIFY_WAITING = 0xe0 };

#define N(code, token, what, value, clause) \
	{ code, token, what, { value, value, value, value }, clause }

static const struct map_row rows[] = {
	N(0x00, "user-suspended", "user suspended", MAP_N_NONE, "Q.733.1"),
	N(0x01, "user-resumed", "user resumed", MAP_N_NONE, "Q.733.1"),
	N(0x02, "bearer-change", "bearer service change", MAP_N_NONE, "Q.763 3.25"),
	N(0x04, "completion-delay", "call completion delay", MAP_N_NONE, "Q.763 3.25"),
	N(0x42, "conference-established", "conference established", MAP_N_NONE, "Q.734.1"),
	N(0x43, "conference-disconnected", "conference disconnected", MAP_N_NONE, "Q.734.1"),
	N(0x44, "other-added", "other party added", MAP_N_NONE, "Q.734.1"),
	N(0x45, "isolated", "isolated", MAP_N_NONE, "Q.734.1"),
	N(0x46, "reattached", "reattached", MAP_N_NONE, "Q.734.1"),
	N(0x47, "other-isolated", "other party isolated", MAP_N_NONE, "Q.734.1"),
	N(0x48, "other-reattached", "other party reattached", MAP_N_NONE, "Q.734.1"),
	N(0x49, "other-split", "other party split", MAP_N_NONE, "Q.734.1"),
	N(0x4a, "other-disconnected", "other party disconnected", MAP_N_NONE, "Q.734.1"),
	N(0x4b, "conference-floating", "conference floating", MAP_N_NONE, "Q.734.1"),
	N(0x60, "waiting", "call is a waiting call", MAP_N_WAITING, "Q.733.1, RFC 7462"),
	N(0x68, "diversion-activated", "diversion activated", MAP_N_DIVERTING, "Q.732.2 (DSS1)"),
	N(0x69, "transfer-alerting", "call transfer, alerting", MAP_N_NONE, "Q.732.7"),
	N(0x6a, "transfer-active", "call transfer, active", MAP_N_NONE, "Q.732.7"),
	N(0x79, "remote-hold", "remote hold", MAP_N_HOLD, "Q.733.2, RFC 3398 9.2"),
	N(0x7a, "remote-retrieval", "remote retrieval", MAP_N_RETRIEVE, "Q.733.2, RFC 3398 9.2"),
	N(0x7b, "diverting", "call is diverting", MAP_N_DIVERTING, "Q.732.2"),
};

static const struct map_choice choices[] = {
	{ MAP_N_NONE, "none", "nothing but passing it on where ISUP is understood" },
	{ MAP_N_HOLD, "hold", "the other side is put on hold" },
	{ MAP_N_RETRIEVE, "retrieve", "and taken out of it" },
	{ MAP_N_DIVERTING, "diverting", "the call was sent on: History-Info in responses" },
	{ MAP_N_WAITING, "waiting", "Alert-Info with the URN of call waiting in a 180" },
	{ 0 }
};

const struct map_table map_table_notification = {
	.name = "notification",
	.title = "generic notifications of ISUP, what is done with them (Q.763 3.25)",
	.key_title = "notification", .value_title = "done",
	.rows = rows, .n_rows = ARRAY_SIZE(rows), .choices = choices,
	.key_min = 0, .key_max = 127, .otherwise_clause = "Q.763 3.25: spare",
};

bool map_is_notified(const struct isup_msg *m, enum map_notification done,
		     const struct map_profile *p)
{
	uint8_t code = map_notification_code(m->dialect);
	unsigned int i, k;

	for (i = 0; i < m->n_pars; i++)
		for (k = 0; m->par[i].code == code && k < m->par[i].len; k++)
			if (map_rule(p, MAP_T_NOTIFICATION,
				     m->octets[m->par[i].off + k] & 0x7f) == done)
				return true;
	return false;
}

int map_notify(struct isup_msg *m, uint8_t indicator)
{
	uint8_t code = map_notification_code(m->dialect);
	unsigned int i, k;

	for (i = 0; i < m->n_pars; i++)
		for (k = 0; m->par[i].code == code && k < m->par[i].len; k++)
			if ((m->octets[m->par[i].off + k] | 0x80) == indicator)
				return 0;
	return isup_add_raw(m, code, &indicator, 1);
}

void map_notified_from_isup(struct cc_prim *prim, const struct isup_msg *m,
			    const struct map_profile *p)
{
	bool hold, retrieve;

	prim->waiting = map_is_notified(m, MAP_N_WAITING, p);
	/* of a response the status says what it is */
	if (m->type != ISUP_MT_CPG || prim->sip)
		return;
	hold = map_is_notified(m, MAP_N_HOLD, p);
	retrieve = map_is_notified(m, MAP_N_RETRIEVE, p);
	if (hold || retrieve) {
		prim->type = CC_HOLD;
		prim->u.held = hold;
	} else if (prim->type == CC_HOLD) {
		prim->type = CC_INFO;	/* a rule of the trunk's own */
	}
}

int map_notified_to_isup(struct isup_msg *m, const struct cc_prim *prim)
{
	return prim->waiting && prim->type == CC_ALERT ? map_notify(m, NOTIFY_WAITING) : 0;
}

/* RFC 7462 9.1 */
void map_notified_from_sip(struct cc_prim *prim, const struct sip_msg *rsp,
			   const struct map_profile *p)
{
	struct span rest = span_of(rsp->alert_info), item;

	if (!map_header_taken(p, MAP_H_ALERT))
		return;
	while (span_element(&item, &rest, ',')) {
		span_until(&item, '<');
		if (span_is(span_until(&item, '>'), "urn:alert:service:call-waiting"))
			prim->waiting = true;
	}
}

int map_notified_to_sip(struct sip_out *out, const struct cc_prim *prim,
			const struct map_profile *p)
{
	if (!prim->waiting || prim->type != CC_ALERT || !map_header_sent(p, MAP_H_ALERT))
		return 0;
	return map_put_header(out, "Alert-Info", "<urn:alert:service:call-waiting>");
}
