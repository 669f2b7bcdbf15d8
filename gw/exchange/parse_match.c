/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "ANM or CON where CAI.value=17 !HOP": what a scenario says of a message, read. */
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>
#include <talloc.h>

#include "gw/exchange/parse.h"

static const char *const stop_words[] = {
	"once", "within", "after", "else", "do", "done", "fail", "ignore", "goto"
};

static const struct { const char *message; uint32_t bit; } autos[] = {
	{ "REL", AUTO_REL }, { "RSC", AUTO_RSC }, { "GRS", AUTO_GRS }, { "BLO", AUTO_BLO },
	{ "UBL", AUTO_UBL }, { "CGB", AUTO_CGB }, { "CGU", AUTO_CGU }, { "UPT", AUTO_UPT },
	{ "IAM", AUTO_IAM }, { "CQM", AUTO_CQM }, { "CCR", AUTO_CCR }, { "all", AUTO_ALL },
};

uint32_t scn_parse_auto(char *words, const struct scn_at *at)
{
	char *save = NULL, *word;
	uint32_t bits = 0;
	unsigned int i;

	for (word = strtok_r(words, " \t", &save); word; word = strtok_r(NULL, " \t", &save)) {
		for (i = 0; i < ARRAY_SIZE(autos) && strcmp(autos[i].message, word); i++)
			;
		if (i < ARRAY_SIZE(autos))
			bits |= autos[i].bit;
		else
			scn_complain(at, "%s is not answered automatically (REL RSC GRS BLO UBL "
				     "CGB CGU UPT CQM CCR IAM all)",
				     word);
	}
	if (!bits)
		scn_complain(at, "manual wants the messages that shall not be answered "
				 "automatically, or all");
	return bits;
}

static bool stops(const char *words)
{
	size_t n = strcspn(words, " \t");
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(stop_words); i++)
		if (strlen(stop_words[i]) == n && !strncmp(words, stop_words[i], n))
			return true;
	return false;
}

/* The next word, cut out; *words goes behind it. */
static char *next_word(char **words)
{
	char *word = *words + strspn(*words, " \t");

	*words = word + strcspn(word, " \t");
	if (**words)
		*(*words)++ = '\0';
	*words += strspn(*words, " \t");
	return word;
}

/* The built-in scenarios are for all dialects: what one lacks (ANSI: CON, SAM) never comes. */
static bool never_comes(const char *word, const struct scn_at *at)
{
	return !strncmp(at->file, "built-in ", 9) && isup_mt_find(&isup_itu, word) >= 0;
}

static void add_type(struct scn_match *match, const char *word, const struct scn_at *at)
{
	int type = isup_mt_find(at->s->dialect, word);

	if (type < 0 && never_comes(word, at))
		return;
	if (type < 0)
		scn_complain(at, "no message '%s'", word);
	else if (match->n_types == SCN_MAX_TYPES)
		scn_complain(at, "more than %d messages", SCN_MAX_TYPES);
	else
		match->types[match->n_types++] = type;
}

/* cic=PATTERN, PAR, !PAR, PAR=PATTERN, PAR!=PATTERN, PAR.FIELD=PATTERN; PAR: a name, or 0xee */
static void add_condition(struct scn_match *match, const char *word, const struct scn_at *at)
{
	struct scn_condition c = { .text = talloc_strdup(at->s, word) };
	char name[64], *value, *field;
	int code;

	c.negate = *word == '!';
	osmo_strlcpy(name, word + c.negate, sizeof(name));
	value = strchr(name, '=');
	if (value) {
		if (value > name && value[-1] == '!') {
			c.negate = true;
			value[-1] = '\0';
		}
		*value++ = '\0';
		c.pattern = strchr(c.text, '=') + 1;
	}
	field = strchr(name, '.');
	if (field) {
		*field++ = '\0';
		c.field = talloc_strdup(at->s, field);
	}
	c.circuit = !strcmp(name, "cic") && value && *value && !field;
	if (c.circuit)
		code = 0;
	else if (!strncmp(name, "0x", 2))
		code = strtoul(name, NULL, 16) & 0xff;
	else
		code = isup_par_find(at->s->dialect, name);
	if (code < 0 || (field && !value) || (value && !*value)) {
		scn_complain(at,
			     code < 0 ? "no parameter '%s'"
				      : "'%s' is not PAR, PAR=PATTERN or PAR.FIELD=PATTERN",
			     code < 0 ? name : word);
		return;
	}
	c.code = code;
	match->conditions = talloc_realloc(at->s, match->conditions, struct scn_condition,
					   match->n_conditions + 1);
	match->conditions[match->n_conditions++] = c;
}

char *scn_parse_match(struct scn_match *match, char *words, const struct scn_at *at)
{
	char *word;

	/* expect calls again for what stands behind a later "where": then the types are there */
	if (match->n_types == 0) {
		if (!*words) {
			scn_complain(at, "wants a message");
			return words;
		}
		add_type(match, next_word(&words), at);
		while (!strncmp(words, "or ", 3)) {
			next_word(&words);
			add_type(match, next_word(&words), at);
		}
	}
	while (*words && !stops(words)) {
		word = next_word(&words);
		if (strcmp(word, "where") && strcmp(word, "and"))
			add_condition(match, word, at);
	}
	return words;
}
