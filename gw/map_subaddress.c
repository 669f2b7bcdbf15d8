/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: subaddresses - information elements in access transport (Q.931 4.5.8, 4.5.11) and the
 * isub parameter of telephone numbers (RFC 3966 5.1.2, RFC 4715); and progress indicators. */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "gw/map_caller.h"
#include "gw/map_services.h"
#include "isup/dialect.h"
#include "isup/elements.h"

enum { SHIFT = 0x90, SHIFT_MASK = 0xf0 };
/* Octet 3: extension bit, type in bits 7-5 */
enum { TYPE_NSAP = 0x80, TYPE_USER = 0xa0, TYPE_MASK = 0xf0 };
/* Authority and format identifiers of X.213: local, IA5 characters or digits */
enum { AFI_IA5 = 0x50, AFI_BCD = 0x48 };
enum { MAX_INFO = CC_MAX_SUBADDRESS - 1, MAX_ATP = 255, MAX_ISUB = 128 };

/* --- access transport: information elements one after the other --- */

/* Length of the element at p with its header; 0: there is none that can be read. */
static size_t element(const uint8_t *p, size_t left)
{
	if (!left)
		return 0;
	if (p[0] & 0x80)		/* of a single octet */
		return 1;
	return left >= 2 && left >= 2u + p[1] ? 2u + p[1] : 0;
}

static bool find(struct isup_element *ret, const struct isup_msg *m, uint8_t id)
{
	size_t len = 0;
	const uint8_t *p = isup_raw(m, ISUP_P_ACCESS_TRANSPORT, &len);

	return p && isup_element_find(ret, p, len, id);
}

bool map_progress_indicator(const struct isup_msg *m, uint8_t description)
{
	struct isup_element_walk w = {};
	struct isup_element e;

	w.octets = isup_raw(m, ISUP_P_ACCESS_TRANSPORT, &w.len);
	while (w.octets && isup_element_next(&e, &w)) {
		/* 4.5.23: location, then the description; coding standard ITU-T */
		if (!e.codeset && e.id == ISUP_IE_PROGRESS && e.len >= 2 &&
		    !(e.octets[0] & 0x60) && (e.octets[1] & 0x7f) == description)
			return true;
	}
	return false;
}

static void get_sub(struct cc_subaddress *s, const struct isup_msg *m, uint8_t id)
{
	struct isup_element e;

	if (!find(&e, m, id) || e.len < 2 || e.len > sizeof(s->octet))
		return;
	s->n = e.len;
	memcpy(s->octet, e.octets, e.len);
}

void map_subaddress_from_iam(struct cc_setup *s, const struct isup_msg *iam)
{
	get_sub(&s->called_sub, iam, ISUP_IE_CALLED_SUBADDRESS);
	get_sub(&s->calling_sub, iam, ISUP_IE_CALLING_SUBADDRESS);
}

static bool is_hidden(const struct isup_msg *m, uint8_t number, uint8_t sub)
{
	struct isup_element e;
	struct isup_number n;

	return isup_get(m, number, &n) && n.apri == APRI_RESTRICTED && find(&e, m, sub);
}

bool map_subaddress_hidden(const struct isup_msg *m)
{
	return is_hidden(m, ISUP_P_CALLING, ISUP_IE_CALLING_SUBADDRESS) ||
	       is_hidden(m, ISUP_P_CONNECTED, ISUP_IE_CONNECTED_SUBADDRESS);
}

/* The element in front, its like taken out; what cannot be read, or is behind a shift, stays. */
static int put_sub(struct isup_msg *m, uint8_t id, const struct cc_subaddress *s)
{
	uint8_t octets[MAX_ATP];
	size_t len = 0, n, at, used = 2u + s->n;
	const uint8_t *p = isup_raw(m, ISUP_P_ACCESS_TRANSPORT, &len);

	octets[0] = id;
	octets[1] = s->n;
	memcpy(octets + 2, s->octet, s->n);
	for (at = 0; at < len; at += n) {
		n = (p[at] & SHIFT_MASK) == SHIFT ? 0 : element(p + at, len - at);
		if (n && p[at] == id)
			continue;
		n = n ? n : len - at;
		if (used + n > sizeof(octets))
			return -EMSGSIZE;
		memcpy(octets + used, p + at, n);
		used += n;
	}
	return isup_set_raw(m, ISUP_P_ACCESS_TRANSPORT, octets, used);
}

static bool has_sub(const struct isup_msg *m, uint8_t id, const struct cc_subaddress *s)
{
	struct isup_element e;

	return find(&e, m, id) && e.len == s->n && memcmp(e.octets, s->octet, e.len) == 0;
}

int map_subaddress_to_iam(struct isup_msg *iam, const struct cc_setup *s)
{
	int rc = 0;

	if (!isup_par_row(iam->dialect, ISUP_P_ACCESS_TRANSPORT))
		return 0;
	if (s->calling_sub.n && !has_sub(iam, ISUP_IE_CALLING_SUBADDRESS, &s->calling_sub))
		rc = put_sub(iam, ISUP_IE_CALLING_SUBADDRESS, &s->calling_sub);
	if (rc == 0 && s->called_sub.n && !has_sub(iam, ISUP_IE_CALLED_SUBADDRESS, &s->called_sub))
		rc = put_sub(iam, ISUP_IE_CALLED_SUBADDRESS, &s->called_sub);
	return rc;
}

/* --- the parameter --- */

/* RFC 4715: the encoding says how the characters are carried in an NSAP of the local authority;
 * without it they are IA5. Hexadecimal digits are the whole NSAP, or (ours) a subaddress that the
 * user specifies. */
enum encoding { ENC_IA5, ENC_BCD, ENC_NSAP, ENC_USER, ENC_OTHER };

static const char *const encodings[] = { "nsap-ia5", "nsap-bcd", "nsap", "user-specified" };

static enum encoding encoding_of(struct span params)
{
	struct span value;
	unsigned int i;

	if (!param_find(&value, params, "isub-encoding"))
		return ENC_IA5;
	for (i = 0; i < ENC_OTHER; i++)
		if (span_is(value, encodings[i]))
			return i;
	return ENC_OTHER;
}

/* Pairs of digits; an odd one is filled up (X.213 has F) and, where the type has a bit for it,
 * marked. */
static bool pairs(struct cc_subaddress *s, const char *text, int max)
{
	size_t i, n = strlen(text);

	if (s->n + (n + 1) / 2 > sizeof(s->octet))
		return false;
	for (i = 0; i < n; i += 2) {
		int high = hex_value(text[i]), low = text[i + 1] ? hex_value(text[i + 1]) : 0xf;

		if (high < 0 || low < 0 || high > max || (text[i + 1] && low > max))
			return false;
		s->octet[s->n++] = high << 4 | low;
	}
	return true;
}

static bool encode(struct cc_subaddress *s, enum encoding encoding, const char *text)
{
	size_t n = strlen(text);

	*s = (struct cc_subaddress){ .n = 1, .octet = { TYPE_NSAP } };
	switch (encoding) {
	case ENC_IA5:
		if (n + 2 > sizeof(s->octet))
			return false;
		s->octet[s->n++] = AFI_IA5;
		memcpy(s->octet + s->n, text, n);
		s->n += n;
		return true;
	case ENC_BCD:
		s->octet[s->n++] = AFI_BCD;
		return pairs(s, text, 9);
	case ENC_USER:
		s->octet[0] = TYPE_USER;
		return n % 2 == 0 && pairs(s, text, 15);
	case ENC_NSAP:
		return n % 2 == 0 && pairs(s, text, 15);
	default:
		return false;
	}
}

static void from_params(struct cc_subaddress *s, const struct uri *u)
{
	struct uri value = { .user = span_of("") };
	struct cc_subaddress found;
	char text[MAX_ISUB];
	struct span params = u->user_params;

	if (!param_find(&value.user, params, "isub")) {
		params = u->params;
		if (!param_find(&value.user, params, "isub"))
			return;
	}
	if (value.user.len && uri_user(text, sizeof(text), &value) == 0 &&
	    encode(&found, encoding_of(params), text))
		*s = found;
}

void map_subaddress_from_invite(struct cc_setup *s, const struct sip_msg *inv,
				const struct map_profile *p)
{
	struct name_addr a;
	struct uri u;

	if (!map_header_taken(p, MAP_H_SUBADDRESS))
		return;
	if (inv->ruri && uri_parse(&u, span_of(inv->ruri)) == 0)
		from_params(&s->called_sub, &u);
	if (inv->from && name_addr_parse(&a, span_of(inv->from)) == 0)
		from_params(&s->calling_sub, &a.uri);
}

/* IA5 that may stand in a parameter (RFC 3966: uric), escaped where it must be. */
static bool out_ia5(struct out *o, const uint8_t *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (p[i] < ' ' || p[i] >= 0x7f)
			return false;
		if (isalnum(p[i]) || strchr("-_.!~*'()", p[i]))
			out_char(o, p[i]);
		else
			out_fmt(o, "%%%02X", p[i]);
	}
	return n > 0;
}

static bool out_bcd(struct out *o, const uint8_t *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (p[i] >> 4 > 9 || ((p[i] & 15) > 9 && !((p[i] & 15) == 15 && i + 1 == n)))
			return false;
		out_char(o, '0' + (p[i] >> 4));
		if ((p[i] & 15) != 15)
			out_char(o, '0' + (p[i] & 15));
	}
	return n > 0;
}

/* ";isub=...;isub-encoding=..." */
static bool out_sub(struct out *o, const struct cc_subaddress *s)
{
	enum encoding encoding = (s->octet[0] & TYPE_MASK) == TYPE_NSAP ? ENC_NSAP : ENC_USER;
	struct out mark;

	if (encoding == ENC_USER && (s->octet[0] & TYPE_MASK) != TYPE_USER)
		return false;		/* a type that Q.931 reserves */
	out_str(o, ";isub=");
	mark = *o;
	if (encoding == ENC_NSAP && s->octet[1] == AFI_IA5 && out_ia5(o, s->octet + 2, s->n - 2)) {
		encoding = ENC_IA5;
	} else if (*o = mark, encoding == ENC_NSAP && s->octet[1] == AFI_BCD &&
		   out_bcd(o, s->octet + 2, s->n - 2)) {
		encoding = ENC_BCD;
	} else {
		*o = mark;
		out_hex(o, s->octet + 1, s->n - 1);
	}
	out_fmt(o, ";isub-encoding=%s", encodings[encoding]);
	return true;
}

/* RFC 3966 3: right behind the number, before its other parameters. */
static int insert(char *buf, size_t size, const struct cc_subaddress *s)
{
	char copy[SIP_MAX_TEXT];
	struct out o = out_to(buf, size);
	const char *uri;
	size_t user;

	if (!s->n || span_copy(copy, sizeof(copy), span_of(buf)) < 0)
		return 0;
	uri = strrchr(copy, '<');	/* a display name may hold anything */
	if (!strchr(uri ? uri : copy, '@'))
		return 0;
	user = (uri ? uri - copy : 0) + strcspn(uri ? uri : copy, "@;");
	out_span(&o, (struct span){ .p = copy, .len = user });
	if (!out_sub(&o, s)) {
		span_copy(buf, size, span_of(copy));
		return 0;
	}
	out_str(&o, copy + user);
	return out_end(&o) < 0 ? -EMSGSIZE : 0;
}

/* Where the number is shown, its subaddress is; a caller without number has none, nor does one who
 * is shown by another number. */
int map_subaddress_to_invite(struct sip_out *out, const struct cc_setup *s,
			     const struct map_profile *p)
{
	int rc;

	if (!map_header_sent(p, MAP_H_SUBADDRESS))
		return 0;
	rc = s->called.digits[0] ? insert(out->ruri, sizeof(out->ruri), &s->called_sub) : 0;
	if (rc < 0 || map_shown_number(s, p) != &s->calling)
		return rc;
	return insert(out->from, sizeof(out->from), &s->calling_sub);
}
