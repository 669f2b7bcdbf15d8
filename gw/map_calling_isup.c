/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: the calling party in an IAM - number, additional number, name (T1.113 generic name,
 * RFC 3398 7.2.1.1, 8.2.1.3) - and an encapsulated IAM whose caller the headers hide. */
#include <errno.h>
#include <string.h>

#include "gw/map_caller.h"
#include "isup/dialect.h"

enum { QUALIFIER_NOT_SCREENED = 3 };		/* T1.113 generic address */
enum { TYPE_CALLING_NAME = 1, MAX_NAME = 15 };
enum { NAME_ALLOWED, NAME_RESTRICTED, NAME_TOGGLE, NAME_NO_INDICATION };

uint8_t map_additional_qualifier(const struct isup_dialect *d)
{
	return map_has_address(d) ? QUALIFIER_NOT_SCREENED : QUALIFIER_ADDITIONAL_CALLING;
}

/* Q.763 3.10: with "not available" every other field is 0 and screening is "network provided". */
static int set_calling(struct isup_msg *iam, const struct cc_setup *s,
		       const struct map_plan plan[2])
{
	static const struct isup_number unavailable = { .apri = APRI_UNAVAILABLE,
							.si = SI_NETWORK };
	struct isup_number n = s->calling;

	if (s->has_calling && (n.apri == APRI_UNAVAILABLE || !n.digits[0]))
		return isup_set(iam, ISUP_P_CALLING, &unavailable);
	if (s->has_calling && map_number_replan(&n, plan[0], plan[1])) {
		n.qualifier = 0;
		return isup_set(iam, ISUP_P_CALLING, &n);
	}
	isup_del(iam, ISUP_P_CALLING);
	return 0;
}

/* The IAM has the additional calling number already, or none as it shall: its octets stay. */
static bool says_additional(const struct isup_msg *iam, const struct isup_number *want)
{
	uint8_t qualifier = map_additional_qualifier(iam->dialect);
	struct isup_number n;
	unsigned int i, found = 0;

	for (i = 0; i < iam->n_pars; i++) {
		if (iam->par[i].code != ISUP_P_GENERIC_NUMBER ||
		    !isup_par_value(iam, &iam->par[i], &n, sizeof(n)) || n.qualifier != qualifier)
			continue;
		if (!want || memcmp(&n, want, sizeof(n)) || found++)
			return false;
	}
	return want ? found == 1 : true;
}

/* The additional calling number among the generic numbers, of which there may be others. */
static int set_additional(struct isup_msg *iam, const struct cc_setup *s,
			  const struct map_plan plan[2])
{
	struct isup_msg old = *iam;
	uint8_t qualifier = map_additional_qualifier(iam->dialect);
	struct isup_number n, number = s->additional;
	bool has = s->has_additional && !s->party.from_only &&
		   map_number_replan(&number, plan[0], plan[1]);
	struct isup_msg one;
	const uint8_t *octets;
	size_t len;
	unsigned int i;

	number.qualifier = qualifier;
	if (says_additional(iam, has ? &number : NULL))
		return 0;
	isup_del(iam, ISUP_P_GENERIC_NUMBER);
	for (i = 0; i < old.n_pars; i++) {
		if (old.par[i].code != ISUP_P_GENERIC_NUMBER)
			continue;
		if (isup_par_value(&old, &old.par[i], &n, sizeof(n)) &&
		    n.qualifier == qualifier)
			continue;
		isup_add_raw(iam, ISUP_P_GENERIC_NUMBER, old.octets + old.par[i].off,
			     old.par[i].len);
	}
	if (!has)
		return 0;
	isup_init(&one, iam->dialect, ISUP_MT_IAM, 0);
	if (isup_set(&one, ISUP_P_GENERIC_NUMBER, &number) < 0)
		return -EINVAL;
	octets = isup_raw(&one, ISUP_P_GENERIC_NUMBER, &len);
	return isup_add_raw(iam, ISUP_P_GENERIC_NUMBER, octets, len);
}

/* IA5 only; what it does not have becomes a question mark, octets that go on with a character are
 * left out. */
static void to_ia5(struct isup_octets *data, const char *name)
{
	for (; *name && data->n < MAX_NAME; name++) {
		unsigned char c = *name;

		if (c >= ' ' && c < 0x7f)
			data->octet[data->n++] = c;
		else if (c >= 0xc0)
			data->octet[data->n++] = '?';
	}
}

void map_name_from_iam(struct cc_setup *s, const struct isup_msg *iam)
{
	struct isup_generic_name name;
	size_t n = 0;

	if (!isup_get(iam, ISUP_P_GENERIC_NAME, &name) || name.type != TYPE_CALLING_NAME ||
	    name.unavailable)
		return;
	for (unsigned int i = 0; i < name.data.n && n + 1 < sizeof(s->calling_name); i++)
		if (name.data.octet[i] >= ' ' && name.data.octet[i] < 0x7f)
			s->calling_name[n++] = name.data.octet[i];
	while (n && s->calling_name[n - 1] == ' ')
		n--;
	s->calling_name[n] = '\0';
	s->party.name_restricted = name.presentation == NAME_RESTRICTED ||
				   name.presentation == NAME_TOGGLE ||
				   (name.presentation == NAME_NO_INDICATION && s->has_calling &&
				    s->calling.apri != APRI_ALLOWED);
}

static int set_name(struct isup_msg *iam, const struct cc_setup *s)
{
	struct isup_generic_name name = { .type = TYPE_CALLING_NAME };
	struct cc_setup have = { .has_calling = s->has_calling, .calling = s->calling };

	if (!isup_par_row(iam->dialect, ISUP_P_GENERIC_NAME) || !s->calling_name[0])
		return 0;
	map_name_from_iam(&have, iam);
	if (strcmp(have.calling_name, s->calling_name) == 0 &&
	    have.party.name_restricted == s->party.name_restricted)
		return 0;	/* it says so already */
	name.presentation = s->party.name_restricted ? NAME_RESTRICTED : NAME_ALLOWED;
	to_ia5(&name.data, s->calling_name);
	return name.data.n ? isup_set(iam, ISUP_P_GENERIC_NAME, &name) : 0;
}

/* --- hiding --- */

/* Generic numbers that tell of the caller: supplemental (2, 3) and additional (6) calling ones. */
static bool tells_of_caller(uint8_t qualifier)
{
	return qualifier == 2 || qualifier == 3 || qualifier == QUALIFIER_ADDITIONAL_CALLING;
}

static void hide_generic(struct isup_msg *iam)
{
	struct isup_msg old = *iam, one;
	struct isup_number n;
	const uint8_t *octets;
	unsigned int i;
	size_t len;

	isup_del(iam, ISUP_P_GENERIC_NUMBER);
	for (i = 0; i < old.n_pars; i++) {
		if (old.par[i].code != ISUP_P_GENERIC_NUMBER)
			continue;
		octets = old.octets + old.par[i].off;
		len = old.par[i].len;
		isup_init(&one, iam->dialect, ISUP_MT_IAM, 0);
		if (isup_par_value(&old, &old.par[i], &n, sizeof(n)) &&
		    tells_of_caller(n.qualifier) && n.apri == APRI_ALLOWED) {
			n.apri = APRI_RESTRICTED;
			if (isup_set(&one, ISUP_P_GENERIC_NUMBER, &n) < 0)
				continue;
			octets = isup_raw(&one, ISUP_P_GENERIC_NUMBER, &len);
		}
		isup_add_raw(iam, ISUP_P_GENERIC_NUMBER, octets, len);
	}
}

static void hide_number(struct isup_msg *iam, uint8_t code)
{
	struct isup_number n;

	if (!isup_get(iam, code, &n) || n.apri != APRI_ALLOWED)
		return;
	n.apri = APRI_RESTRICTED;
	if (isup_set(iam, code, &n) < 0)
		isup_del(iam, code);
}

void map_hide_caller(struct isup_msg *iam, const struct cc_setup *s)
{
	struct isup_generic_name name;

	if (!(s->party.privacy & CC_PRIVACY_HIDES))
		return;
	hide_number(iam, ISUP_P_CALLING);
	hide_number(iam, ISUP_P_LOCATION_NUMBER);
	if (isup_has(iam, ISUP_P_GENERIC_NUMBER))
		hide_generic(iam);
	if (isup_get(iam, ISUP_P_GENERIC_NAME, &name) && name.presentation != NAME_RESTRICTED) {
		name.presentation = NAME_RESTRICTED;
		isup_set(iam, ISUP_P_GENERIC_NAME, &name);
	}
}

int map_calling_to_iam(struct isup_msg *iam, const struct cc_setup *s,
		       const struct map_plan plan[2])
{
	int rc;

	map_hide_caller(iam, s);	/* what of a template is not set now */
	rc = set_calling(iam, s, plan);
	if (rc == 0)
		rc = set_additional(iam, s, plan);
	return rc < 0 ? rc : set_name(iam, s);
}
