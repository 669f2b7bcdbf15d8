/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: user-to-user information, service 1 implicit (Q.737.1) - the parameter and the
 * User-to-User header (RFC 7433, 7434). */
#include <errno.h>
#include <string.h>

#include "gw/map_services.h"

enum { UUS_ESSENTIAL = 3 };

/* --- ISUP --- */

void map_uui_from_isup(struct cc_uui *u, const struct isup_msg *m)
{
	size_t len = 0;
	const uint8_t *octets = isup_raw(m, ISUP_P_UUI, &len);

	if (!octets || !len || len > sizeof(u->octet))
		return;
	u->n = len;
	memcpy(u->octet, octets, len);
}

int map_uui_to_isup(struct isup_msg *m, const struct cc_uui *u)
{
	if (!u->n || !map_may_carry(m, ISUP_P_UUI))
		return 0;
	return isup_set_raw(m, ISUP_P_UUI, u->octet, u->n);
}

/* Q.737.1 to 3: an explicit request is for a side that can answer it. Toward SIP nobody can. */
uint8_t map_uus_refused(const struct isup_msg *iam, const struct map_profile *p)
{
	struct isup_uui_indicators u;

	if (!isup_get(iam, ISUP_P_UUI_INDICATORS, &u) || u.response)
		return 0;
	if (u.service1 == UUS_ESSENTIAL || u.service2 == UUS_ESSENTIAL ||
	    u.service3 == UUS_ESSENTIAL)
		return map_rule(p, MAP_T_REFUSAL, MAP_R_UUS_ESSENTIAL);
	if (u.service1 || u.service2 || u.service3)
		return map_rule(p, MAP_T_REFUSAL, MAP_R_UUS_OPTIONAL);
	return 0;
}

/* --- SIP --- */

/* RFC 7434 12: more than 128 octets behind the discriminator are no user information of ISDN, and
 * nothing is cut. */
static bool decode(struct cc_uui *u, struct span data)
{
	size_t i;

	if (data.len >= 2 && data.p[0] == '"' && data.p[data.len - 1] == '"')
		data = (struct span){ .p = data.p + 1, .len = data.len - 2 };
	if (!data.len || data.len % 2 || data.len / 2 > sizeof(u->octet))
		return false;
	for (i = 0; i < data.len; i += 2) {
		int high = hex_value(data.p[i]), low = hex_value(data.p[i + 1]);

		if (high < 0 || low < 0)
			return false;
		u->octet[i / 2] = high << 4 | low;
	}
	u->n = data.len / 2;
	return true;
}

/* Absent parameters mean this package (RFC 7433 4.2, RFC 7434 6); "isdn-interwork" is the name of
 * older drafts. */
static bool says(struct span params, const char *name, const char *word, const char *old)
{
	struct span value;

	if (!param_find(&value, params, name))
		return true;
	return span_is(value, word) || (old && span_is(value, old));
}

void map_uui_from_sip(struct cc_uui *u, const struct sip_msg *msg, const struct map_profile *p)
{
	struct span rest = span_of(msg->user_to_user), item, data;
	struct cc_uui found = { 0 };
	unsigned int n = 0;

	if (!map_header_taken(p, MAP_H_USER_TO_USER))
		return;
	while (span_element(&item, &rest, ',')) {
		data = span_trim(span_until(&item, ';'));
		if (!says(item, "purpose", "isdn-uui", "isdn-interwork"))
			continue;	/* of another package */
		n++;
		if (!says(item, "content", "isdn-uui", NULL) ||
		    !says(item, "encoding", "hex", NULL) || !decode(&found, data))
			found.n = 0;
	}
	/* RFC 7434 7: of several none counts */
	if (n == 1 && found.n)
		*u = found;
}

int map_uui_to_sip(struct sip_out *out, const struct cc_uui *u, const struct map_profile *p)
{
	struct out o;

	if (!u->n || !map_header_sent(p, MAP_H_USER_TO_USER))
		return 0;
	o = map_begin_header(out, "User-to-User");
	out_hex(&o, u->octet, u->n);
	out_str(&o, ";purpose=isdn-uui;content=isdn-uui;encoding=hex");
	return map_end_header(&o);
}
