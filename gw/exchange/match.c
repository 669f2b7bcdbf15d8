/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does a message fit? Types, digit patterns and fields of the text form. */
#include <stdio.h>
#include <string.h>

#include "gw/exchange/scenario.h"

/* '*' any characters, '?' any one. Goes back to the last star only. */
bool scn_glob(const char *pattern, const char *text)
{
	const char *star = NULL, *mark = NULL;

	while (*text) {
		if (*pattern == '*') {
			star = pattern++;
			mark = text;
		} else if (*pattern == '?' || *pattern == *text) {
			pattern++;
			text++;
		} else if (star) {
			pattern = star + 1;
			text = ++mark;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}

static bool is_number(uint8_t code)
{
	return code == ISUP_P_CALLED || code == ISUP_P_CALLING || code == ISUP_P_SUBSEQUENT ||
	       code == ISUP_P_CONNECTED || code == ISUP_P_REDIRECTING ||
	       code == ISUP_P_ORIGINAL_CALLED || code == ISUP_P_REDIRECTION_NUMBER ||
	       code == ISUP_P_LOCATION_NUMBER || code == ISUP_P_GENERIC_NUMBER;
}

/* The signals of a number without the end-of-pulsing signal. */
static bool digits_fit(const struct scn_condition *c, const struct isup_msg *m)
{
	struct isup_number n;
	size_t len;

	if (!isup_get(m, c->code, &n))
		return false;
	len = strlen(n.digits);
	if (len > 0 && n.digits[len - 1] == 'F')
		n.digits[len - 1] = '\0';
	return scn_glob(c->pattern, n.digits);
}

/* One parameter's text, "value=17 location=0": does the named field, any word without a name, or
 * all of it fit? */
static bool text_fits(const struct scn_condition *c, char *text)
{
	size_t n = c->field ? strlen(c->field) : 0;
	char *save = NULL, *word;

	if (!c->field && scn_glob(c->pattern, text))
		return true;
	for (word = strtok_r(text, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		if (!c->field && !strchr(word, '=') && scn_glob(c->pattern, word))
			return true;
		if (c->field && !strncmp(word, c->field, n) && word[n] == '=' &&
		    scn_glob(c->pattern, word + n + 1))
			return true;
	}
	return false;
}

/* By way of the text form, so that every field the codec can print can be asked for. */
static bool field_fits(const struct scn_condition *c, const struct isup_msg *m)
{
	const char *name = isup_par_name(m->dialect, c->code);
	size_t n;
	char text[ISUP_MAX_TEXT];
	char *par, *next, code[8];

	if (isup_par_find(m->dialect, name) < 0) {
		snprintf(code, sizeof(code), "0x%02x", c->code);
		name = code;
	}
	n = strlen(name);
	isup_print_line(text, sizeof(text), m);
	for (par = strstr(text, "; "); par; par = next) {
		par += 2;
		next = strstr(par, "; ");
		if (next)
			*next = '\0';
		if (!strncmp(par, name, n) && (par[n] == ' ' || par[n] == '\0') &&
		    text_fits(c, par + n + (par[n] == ' ')))
			return true;
	}
	return false;
}

static bool condition_holds(const struct scn_condition *c, const struct isup_msg *m)
{
	char cic[8];
	bool fits;

	snprintf(cic, sizeof(cic), "%u", m->cic);
	if (c->circuit)
		fits = scn_glob(c->pattern, cic);
	else if (!c->pattern)
		fits = isup_has(m, c->code);
	else if (!c->field && is_number(c->code))
		fits = digits_fit(c, m);
	else
		fits = isup_has(m, c->code) && field_fits(c, m);
	return fits != c->negate;
}

bool scn_matches(const struct scn_match *match, const struct isup_msg *m, const char **ret_why)
{
	unsigned int i;

	if (ret_why)
		*ret_why = NULL;
	if (!memchr(match->types, m->type, match->n_types))
		return false;
	for (i = 0; i < match->n_conditions; i++) {
		if (condition_holds(&match->conditions[i], m))
			continue;
		if (ret_why)
			*ret_why = match->conditions[i].text;
		return false;
	}
	return true;
}
