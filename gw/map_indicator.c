/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: the indicators of messages that we make ourselves - nature of connection, forward and
 * backward call indicators, category, medium, location of causes (RFC 3398 8.2.1.1, 8.2.3;
 * Q.1912.5). Settings of the trunk group (`satellites', `isup all-the-way' ...) win. The columns of
 * the profiles: satellite, interworking, preference and ACM as other gateways in the field have
 * them, the rest is not verified against the text of Q.1912.5. */
#include "gw/map_bearer.h"
#include "gw/map_ident.h"
#include "isup/names.h"

enum { MAX_SATELLITES = 2, BY_NUMBER = 2 };

static const struct isup_name satellites[] = {
	{ 0, "none" }, { 1, "one" }, { 2, "two" }, { 0, NULL },
};
static const struct isup_name scopes[] = {
	{ 0, "national call" }, { 1, "international call" },
	{ BY_NUMBER, "as the called number is" }, { 0, NULL },
};

#define I(key, token, what, rfc, abc, names, clause) \
	{ key, token, what, { rfc, abc, abc, abc }, clause, names }

static const struct map_row rows[] = {
	I(MAP_I_SATELLITES, "nci-satellite", "IAM: satellite circuits in the connection",
	  0, 1, satellites, "RFC 3398 8.2.1.1: provisioned; Q.1912.5: one"),
	I(MAP_I_ECHO, "nci-echo", "IAM: outgoing echo control device",
	  0, 1, isup_names_outgoing_echo, "RFC 3398 8.2.1.1: provisioned; Q.1912.5: included"),
	I(MAP_I_FCI_INTERNATIONAL, "fci-international", "IAM: national or international call",
	  BY_NUMBER, BY_NUMBER, scopes, "RFC 3398 8.2.1.1, Q.1912.5"),
	I(MAP_I_FCI_E2E_METHOD, "fci-end-to-end", "IAM: end-to-end method",
	  0, 0, isup_names_e2e_method, "RFC 3398 8.2.1.1: link by link only"),
	I(MAP_I_FCI_INTERWORKING, "fci-interworking", "IAM: interworking",
	  0, 1, isup_names_interworking, "RFC 3398 8.2.1.1: 0 is advised; Q.1912.5: encountered"),
	I(MAP_I_FCI_E2E_INFO, "fci-end-to-end-info", "IAM: end-to-end information",
	  0, 0, isup_names_e2e_info, "RFC 3398 8.2.1.1: not available"),
	I(MAP_I_FCI_ALL_THE_WAY, "fci-isup", "IAM: ISUP used all the way",
	  1, 0, isup_names_isup_used, "RFC 3398 8.2.1.1: 1 is advised; Q.1912.5: not used"),
	I(MAP_I_FCI_PREFERENCE, "fci-preference", "IAM: ISUP preference",
	  0, 1, isup_names_isup_preference, "RFC 3398 8.2.1.1; Q.1912.5: not required"),
	I(MAP_I_FCI_ACCESS, "fci-access", "IAM: ISDN access",
	  0, 0, isup_names_access, "RFC 3398 8.2.1.1, Q.1912.5: non-ISDN without an IAM"),
	I(MAP_I_FCI_SCCP_METHOD, "fci-sccp", "IAM: SCCP method",
	  0, 0, isup_names_sccp_method, "RFC 3398 8.2.1.1: no indication"),
	I(MAP_I_CATEGORY, "category", "IAM: calling party's category",
	  10, 10, NULL, "RFC 3398 8.2.1.1: provisioned; Q.1912.5: ordinary subscriber"),
	I(MAP_I_MEDIUM, "medium", "IAM: transmission medium requirement",
	  3, 3, isup_names_tmr, "RFC 3398 8.2.1.1: provisioned; Q.1912.5: 3.1 kHz audio"),
	I(MAP_I_BCI_CHARGE, "bci-charge", "ACM, CON: charge",
	  2, 0, isup_names_charge, "RFC 3398 8.2.3: charge; Q.1912.5: no indication"),
	I(MAP_I_BCI_CATEGORY, "bci-category", "ACM, CON: called party's category",
	  1, 0, isup_names_called_category, "RFC 3398 8.2.3: ordinary; Q.1912.5: no indication"),
	I(MAP_I_BCI_INTERWORKING, "bci-interworking", "ACM, CON: interworking",
	  0, 1, isup_names_interworking, "RFC 3398 8.2.3; Q.1912.5: encountered"),
	I(MAP_I_BCI_ALL_THE_WAY, "bci-isup", "ACM, CON: ISUP used all the way",
	  1, 0, isup_names_isup_used, "RFC 3398 8.2.3; Q.1912.5: not used"),
	I(MAP_I_BCI_HOLDING, "bci-holding", "ACM, CON: holding",
	  0, 0, isup_names_requested, "RFC 3398 8.2.3"),
	I(MAP_I_BCI_ACCESS, "bci-access", "ACM, CON: ISDN access",
	  0, 0, isup_names_access, "RFC 3398 8.2.3, Q.1912.5: non-ISDN"),
	I(MAP_I_BCI_ECHO, "bci-echo", "ACM, CON: incoming echo control device",
	  0, 0, isup_names_incoming_echo, "RFC 3398 8.2.3: as there is one"),
	I(MAP_I_SCREENING_ASSERTED, "screening-asserted",
	  "IAM: screening of a number from P-Asserted-Identity",
	  3, 3, isup_names_si, "RFC 3398 8.2.1.3, Q.1912.5: network provided"),
	I(MAP_I_SCREENING_FROM, "screening-from", "IAM: screening of a number from From",
	  3, 3, isup_names_si, "RFC 3398 8.2.1.3: network provided"),
	I(MAP_I_LOCATION, "location", "location of the causes that the gateway makes",
	  10, 10, isup_names_location, "Q.850 2.2.3, Q.1912.5: beyond the interworking point"),
	I(MAP_I_LOCATION_SIP, "location-sip", "location of causes made of SIP responses below 600",
	  2, 10, isup_names_location, "RFC 3398 8.2.6.1: a network; Q.1912.5"),
};

const struct map_table map_table_indicator = {
	.name = "indicator",
	.title = "what an IAM, ACM or CON says where nothing before it says otherwise "
		 "(RFC 3398 8.2.1.1, 8.2.3)",
	.key_title = "indicator", .value_title = "value",
	.rows = rows, .n_rows = ARRAY_SIZE(rows), .max = UINT8_MAX,
};

static uint16_t rule(const struct map_profile *p, enum map_indicator key)
{
	return map_rule(p, MAP_T_INDICATOR, key);
}

struct isup_fci map_make_fci(const struct cc_setup *s, const struct isup_number *called,
			     const struct map_profile *p)
{
	uint16_t scope = rule(p, MAP_I_FCI_INTERNATIONAL);
	struct isup_fci fci = {
		.international = scope == BY_NUMBER ? called->nai == NAI_INTERNATIONAL : scope,
		.e2e_method = rule(p, MAP_I_FCI_E2E_METHOD),
		.interworking = rule(p, MAP_I_FCI_INTERWORKING),
		.e2e_info = rule(p, MAP_I_FCI_E2E_INFO),
		.isup_all_the_way = rule(p, MAP_I_FCI_ALL_THE_WAY),
		.isup_preference = rule(p, MAP_I_FCI_PREFERENCE),
		.isdn_access = rule(p, MAP_I_FCI_ACCESS),
		.sccp_method = rule(p, MAP_I_FCI_SCCP_METHOD),
		.ported_translated = s->fci.ported_translated || s->party.routing.digits[0],
	};

	if (p->isup_all_the_way) {
		fci.isup_all_the_way = 1;
		fci.interworking = fci.isup_preference = 0;
	}
	return fci;
}

/* Continuity is a matter of each circuit (RFC 3398 8.2.1.1); data want no echo control. */
struct isup_nci map_make_nci(const struct cc_setup *s, bool from_isup, const struct map_profile *p)
{
	unsigned int all = s->nci.satellite + p->nci_satellite;
	bool voice = !map_is_data(map_medium_wanted(s, p));

	if (!from_isup && !all)
		all = rule(p, MAP_I_SATELLITES);
	return (struct isup_nci){
		.satellite = all < MAX_SATELLITES ? all : MAX_SATELLITES,
		.echo = s->nci.echo || (voice && (p->nci_echo ||
						  (!from_isup && rule(p, MAP_I_ECHO)))),
	};
}

struct isup_bci map_make_bci(uint8_t status, const struct map_profile *p)
{
	struct isup_bci bci = {
		.charge = rule(p, MAP_I_BCI_CHARGE),
		.called_status = status,
		.called_category = rule(p, MAP_I_BCI_CATEGORY),
		.interworking = rule(p, MAP_I_BCI_INTERWORKING),
		.isup_all_the_way = rule(p, MAP_I_BCI_ALL_THE_WAY),
		.holding = rule(p, MAP_I_BCI_HOLDING),
		.isdn_access = rule(p, MAP_I_BCI_ACCESS),
		.echo = p->nci_echo || rule(p, MAP_I_BCI_ECHO),
	};

	if (p->isup_all_the_way) {
		bci.isup_all_the_way = 1;
		bci.interworking = 0;
	}
	return bci;
}
