/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Versions of ISUP in bodies: which dialect reads them, and what ours are marked with. */
#include <string.h>

#include "gw/sipt.h"
#include "gw/uri.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* Tokens of version= and base= (RFC 3204 2.1). The first of a dialect is what it is marked with.
 * What the Japanese ISUP has beyond Q.763 is unknown to us, and is treated as that. */
static const struct sipt_version versions[] = {
	{ "itu-t92+", "itu" },		/* Q.761-Q.764 of 1992 and later */
	{ "itu-t88", "itu92" },		/* of 1988 */
	{ "etsi356", "etsi" },		/* EN 300 356 */
	{ "etsi121", "itu92" },		/* ETS 300 121, made of Q.767 */
	{ "ansi00", "ansi" },		/* T1.113-2000 */
	{ "ansi88", "ansi" },		/* T1.113-1988 */
	{ "gr317", "ansi" },		/* Bellcore GR-317 */
	{ "ttc87", "itu92" },		/* JT-Q761-4 (1987-1992) */
	{ "ttc93+", "itu" },		/* JT-Q761-4 (1993 on) */
};

const struct sipt_version *sipt_version_row(unsigned int i)
{
	return i < ARRAY_SIZE(versions) ? &versions[i] : NULL;
}

const char *sipt_token_of(const char *dialect)
{
	if (!strcmp(dialect, "etsi"))
		return "etsi356";
	return !strcmp(dialect, "ansi") ? "ansi00" : "itu-t92+";
}

/* A token that is our own stands for our dialect, which may be a national one of that base. */
static const char *dialect_of(struct span token, const struct sipt_version *own)
{
	size_t i;

	if (own->token[0] && span_is(token, own->token))
		return own->dialect;
	for (i = 0; i < ARRAY_SIZE(versions); i++)
		if (span_is(token, versions[i].token))
			return versions[i].dialect;
	return NULL;
}

const char *sipt_dialect(const struct sipt_part *part, const struct sipt_version *own)
{
	struct span token;
	bool version = param_find(&token, part->params, "version");
	const char *dialect = version ? dialect_of(span_trim(token), own) : NULL;

	if (dialect)
		return dialect;
	if (param_find(&token, part->params, "base"))
		return dialect_of(span_trim(token), own);
	return version ? NULL : own->dialect;
}
