/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: what an operator decides about who calls, and what a caller wants hidden (RFC 3323,
 * 3325). The columns of Q.1912.5 are recalled, and in their main lines those of other gateways in
 * the field; its text was not at hand. */
#include "gw/map_caller.h"

static const struct map_choice choices[] = {
	{ MAP_IDENTITY_ASSERTED, "asserted", "P-Asserted-Identity alone" },
	{ MAP_IDENTITY_ASSERTED_OR_FROM, "asserted-or-from", "P-Asserted-Identity, then From" },
	{ MAP_IDENTITY_GENERIC, "generic-number", "additional calling party number" },
	{ MAP_IDENTITY_DROPPED, "dropped", "left out" },
	{ MAP_IDENTITY_ALL, "all", "what From says, too" },
	{ MAP_IDENTITY_ADDITIONAL, "additional", "the additional number, where there is one" },
	{ MAP_IDENTITY_CALLING, "calling", "the calling party number" },
	{ MAP_IDENTITY_HOST, "host", "the gateway's host without a user" },
	{ MAP_IDENTITY_ANONYMOUS, "anonymous", "anonymous@anonymous.invalid" },
	{ MAP_IDENTITY_UNAVAILABLE, "unavailable", "unavailable@unknown.invalid" },
	{ MAP_IDENTITY_ID, "id", "Privacy: id" },
	{ MAP_IDENTITY_ID_HEADER, "id-header", "Privacy: id;header" },
	{ MAP_IDENTITY_ID_USER, "id-user", "Privacy: id;user" },
	{ MAP_IDENTITY_ID_HEADER_USER, "id-header-user", "Privacy: id;header;user" },
	{ MAP_IDENTITY_SIP, "sip", "a sip URI" },
	{ MAP_IDENTITY_TEL, "tel", "a tel URI" },
	{ MAP_IDENTITY_BOTH, "both", "a sip URI and a tel URI" },
	{ 0 }
};

#define C(choice) (1u << MAP_IDENTITY_ ## choice)
#define I(key, token, what, rfc, a, bc, allowed, clause) \
	{ key, token, what, { MAP_IDENTITY_ ## rfc, MAP_IDENTITY_ ## a, MAP_IDENTITY_ ## bc, \
	  MAP_IDENTITY_ ## bc }, clause, NULL, NULL, allowed }

static const struct map_row rows[] = {
	I(MAP_ID_CALLER, "caller", "the calling party number of a call from SIP",
	  ASSERTED_OR_FROM, ASSERTED, ASSERTED, C(ASSERTED) | C(ASSERTED_OR_FROM),
	  "RFC 3398 8.2.1.3, RFC 3325; Q.1912.5"),
	I(MAP_ID_FROM_NUMBER, "from-number", "another number in From",
	  GENERIC, GENERIC, GENERIC, C(GENERIC) | C(DROPPED), "Q.1912.5"),
	I(MAP_ID_PRIVACY_ID, "privacy-id", "what Privacy: id hides, and a restricted number",
	  ALL, ASSERTED, ASSERTED, C(ALL) | C(ASSERTED), "RFC 3398 7.2.1.1; RFC 3325 9.3"),
	I(MAP_ID_SHOWN, "shown", "number in From",
	  ADDITIONAL, ADDITIONAL, ADDITIONAL, C(ADDITIONAL) | C(CALLING), "Q.1912.5"),
	I(MAP_ID_UNAVAILABLE, "unavailable", "From of a caller who is not known",
	  HOST, UNAVAILABLE, HOST, C(HOST) | C(ANONYMOUS) | C(UNAVAILABLE),
	  "RFC 3398 7.2.1.1; TS 23.003 13.7"),
	I(MAP_ID_RESTRICTED, "restricted", "Privacy of a restricted number, to trusted peers",
	  ID, ID, ID, C(ID) | C(ID_HEADER) | C(ID_USER) | C(ID_HEADER_USER), "RFC 3325 9.3"),
	I(MAP_ID_ASSERTED_FORM, "asserted-form", "the number in P-Asserted-Identity",
	  SIP, SIP, SIP, C(SIP) | C(TEL) | C(BOTH), "RFC 3325 9.1"),
};

const struct map_table map_table_identity = {
	.name = "identity",
	.title = "who calls, and what is told of it (RFC 3398 7.2.1.1, 8.2.1.3, RFC 3325)",
	.key_title = "identity", .value_title = "what is done",
	.rows = rows, .n_rows = ARRAY_SIZE(rows), .choices = choices,
};

uint16_t map_identity(const struct map_profile *p, enum map_identity row)
{
	return map_rule(p, MAP_T_IDENTITY, row);
}

static const struct { const char *word; uint8_t bit; } words[] = {
	{ "id", CC_PRIVACY_ID }, { "header", CC_PRIVACY_HEADER }, { "user", CC_PRIVACY_USER },
	{ "session", CC_PRIVACY_SESSION }, { "critical", CC_PRIVACY_CRITICAL },
	{ "none", 0 }, { "history", 0 },	/* what the latter hides is not the caller */
};

static bool add_word(uint8_t *privacy, struct span word)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (span_is(word, words[i].word)) {
			*privacy |= words[i].bit;
			return true;
		}
	return !word.len;
}

uint8_t map_privacy_of(bool *ret_unknown, const char *privacy)
{
	struct span rest = span_of(privacy), list;
	uint8_t bits = 0;

	*ret_unknown = false;
	while (rest.len) {
		list = span_until(&rest, ';');
		while (list.len)
			if (!add_word(&bits, span_trim(span_until(&list, ','))))
				*ret_unknown = true;
	}
	return bits;
}

void map_privacy_text(char *buf, size_t size, uint8_t privacy)
{
	struct out o = out_to(buf, size);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (privacy & words[i].bit) {
			out_str(&o, o.len ? ";" : "");
			out_str(&o, words[i].word);
		}
	out_end(&o);
}
