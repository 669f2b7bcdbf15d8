/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: what goes across a border where the peer is not trusted (isup-trust). RFC 3398 15 wants a
 * list of what may, not of what may not; the choice is ours: what a subscriber's own exchange could
 * say, and nothing that costs money, takes precedence or tells where somebody is. */
#include "gw/map_services.h"
#include "gw/map_tunnel.h"
#include "isup/dialect.h"

enum { DROP, PASS, PARAMETER = 256 };

#define V(v) { v, v, v, v }
#define M(abbr, what) { ISUP_MT_##abbr, #abbr, what, V(PASS), "RFC 3398 15: basic call" }
#define P(code, token, what) \
	{ PARAMETER + ISUP_P_##code, token, what, V(PASS), "RFC 3398 15: basic call" }
#define CHARGE(code, token, what) \
	{ PARAMETER + ISUP_P_##code, token, what, V(DROP), "RFC 3398 15: charging" }

static const struct map_row rows[] = {
	M(IAM, "initial address"), M(SAM, "subsequent address"), M(ACM, "address complete"),
	M(CPG, "call progress"), M(ANM, "answer"), M(CON, "connect"), M(REL, "release"),
	M(SUS, "suspend"), M(RES, "resume"), M(USR, "user-to-user information"),
	{ ISUP_MT_CRG, "CRG", "charge information", V(DROP), "RFC 3398 15: charging" },
	P(NCI, "NCI", "nature of connection"), P(FCI, "FCI", "forward call indicators"),
	P(TMR, "TMR", "transmission medium requirement"), P(CALLED, "CdPN", "called number"),
	P(SUBSEQUENT, "SubN", "subsequent number"), P(CALLING, "CgPN", "calling number"),
	P(GENERIC_NUMBER, "GenN", "generic number"), P(CONNECTED, "ConN", "connected number"),
	P(ORIGINAL_CALLED, "OCN", "original called number"),
	P(REDIRECTING, "RgPN", "redirecting number"),
	P(REDIRECTION_INFO, "RdI", "redirection information"),
	P(USI, "USI", "user service information"),
	P(USI_PRIME, "USIp", "user service information prime"),
	P(TELESERVICE, "UTS", "user teleservice information"),
	P(ACCESS_TRANSPORT, "ATP", "access transport"), P(BCI, "BCI", "backward call indicators"),
	P(OBCI, "OBCI", "optional backward call indicators"), P(CAUSE, "CAI", "cause"),
	P(EVENT, "EvI", "event"), P(SUSPEND, "SRI", "suspend or resume"),
	P(NOTIFICATION, "GNI", "generic notification"),
	P(TM_USED, "TMU", "transmission medium used"),
	P(ACCESS_DELIVERY, "ADI", "access delivery information"),
	P(UUI, "UUI", "user-to-user information"),
	P(UUI_INDICATORS, "UUInd", "user-to-user indicators"),
	P(HOP_COUNTER, "HOP", "hop counter"),
	P(PROPAGATION_DELAY, "PDC", "propagation delay counter"),
	P(MESSAGE_COMPAT, "MCI", "message compatibility"),
	P(PARAMETER_COMPAT, "PCI", "parameter compatibility"),
	{ PARAMETER + ISUP_P_CPC, "CPC", "calling party's category", V(DROP),
	  "RFC 3398 15: an operator or a call with priority must be trusted to be one" },
	CHARGE(OLI, "OLI", "originating line information (ANSI)"),
	CHARGE(CHARGE_NUMBER, "ChN", "charge number (ANSI)"),
	CHARGE(CHARGED_PARTY, "ChPI", "charged party identification"),
	CHARGE(CHARGE_INFO, "ChI", "charge information (China)"),
};

static const struct map_choice choices[] = {
	{ DROP, "drop", "left out" },
	{ PASS, "pass", "let through" },
	{ 0 }
};

const struct map_table map_table_trust = {
	.name = "trust",
	.title = "messages and parameters that pass where isup-trust is not `all', both ways "
		 "(RFC 3398 15)",
	.key_title = "message or parameter", .value_title = "what becomes of it",
	.rows = rows, .n_rows = ARRAY_SIZE(rows), .choices = choices,
	.key_min = 1, .key_max = PARAMETER + UINT8_MAX, .otherwise = V(DROP),
	.otherwise_clause = "RFC 3398 15; parameters: 256 and their code",
};

static bool passes(const struct map_profile *p, uint16_t key)
{
	return map_rule(p, MAP_T_TRUST, key) == PASS;
}

bool map_trusts_message(const struct map_profile *p, uint8_t type)
{
	return p->isup_trust == MAP_TRUST_ALL || passes(p, type);
}

/* What other parameters of a message hide: they may be gone when it is asked. */
struct hidden { bool redirection, subaddress; };

static struct hidden hidden_by(const struct isup_msg *m)
{
	struct isup_redirection r = { 0 };

	isup_get(m, ISUP_P_REDIRECTION_INFO, &r);
	return (struct hidden){ .redirection = map_indicator_private(r.indicator),
				.subaddress = map_subaddress_hidden(m) };
}

/* RFC 3398 15, RFC 3325: what shall not be shown stays on this side of the border. */
static bool is_hidden(const struct isup_msg *m, const struct isup_par *par, struct hidden by)
{
	struct isup_number n;

	switch (par->code) {
	case ISUP_P_ORIGINAL_CALLED:
	case ISUP_P_REDIRECTING:
		if (by.redirection)
			return true;
		/* fall through */
	case ISUP_P_CALLING:
	case ISUP_P_CONNECTED:
	case ISUP_P_GENERIC_NUMBER:
		return isup_par_value(m, par, &n, sizeof(n)) && n.apri == APRI_RESTRICTED;
	case ISUP_P_ACCESS_TRANSPORT:
		return by.subaddress;
	}
	return false;
}

void map_trust_filter(struct isup_msg *m, const struct map_profile *p, bool out)
{
	const struct isup_mt_row *row = isup_mt_row(m->dialect, m->type);
	struct hidden by;
	unsigned int i = 0;

	if (p->isup_trust == MAP_TRUST_ALL)
		return;
	by = hidden_by(m);
	while (i < m->n_pars) {
		uint8_t code = m->par[i].code;

		if (out && row && isup_mandatory_rank(row, code) >= 0)
			i++;
		else if (passes(p, PARAMETER + code) &&
			 !(out && !p->send_pai && is_hidden(m, &m->par[i], by)))
			i++;
		else
			isup_del(m, code);
	}
}
