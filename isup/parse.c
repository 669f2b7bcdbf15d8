/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages from the text that text.c prints. */
#include <errno.h>

#include "isup/fields.h"

enum { MAX_NAME = 16 };

/* A stretch of text. Statements end with a line or a semicolon, words with a blank. */
struct text {
	const char *p, *end;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static void skip_blanks(struct text *t)
{
	while (t->p < t->end && is_blank(*t->p))
		t->p++;
}

/* The next statement without blanks around it; an empty one for a comment. false at the end. */
static bool next_statement(struct text *ret, struct text *t, int *line)
{
	if (t->p == t->end)
		return false;
	skip_blanks(t);
	if (t->p < t->end && *t->p == '#')
		while (t->p < t->end && *t->p != '\n')
			t->p++;
	ret->p = t->p;
	while (t->p < t->end && *t->p != '\n' && *t->p != ';')
		t->p++;
	ret->end = t->p;
	if (t->p < t->end && *t->p++ == '\n')
		++*line;
	return true;
}

static bool next_word(struct isup_word *ret, struct text *t)
{
	const char *start, *equals = NULL;

	skip_blanks(t);
	start = t->p;
	for (; t->p < t->end && !is_blank(*t->p); t->p++)
		if (*t->p == '=' && !equals)
			equals = t->p;
	ret->name = start;
	ret->name_len = equals ? equals - start : 0;
	ret->value = equals ? equals + 1 : start;
	ret->value_len = t->p - ret->value;
	return t->p > start;
}

static bool next_name(char ret[MAX_NAME], struct text *t)
{
	struct isup_word word;

	if (!next_word(&word, t) || word.name_len || word.value_len >= MAX_NAME)
		return false;
	memcpy(ret, word.value, word.value_len);
	ret[word.value_len] = '\0';
	return true;
}

/* A code where a name might stand: 0xfe. */
static bool name_is_code(const char *name, uint32_t *ret_code)
{
	struct isup_word word = { .value = name, .value_len = strlen(name) };

	return !strncmp(name, "0x", 2) && isup_word_num(&word, ret_code) &&
	       *ret_code < ISUP_N_CODES;
}

static const char *parse_head(struct isup_msg *m, const struct isup_dialect *d, struct text *t)
{
	char name[MAX_NAME];
	struct isup_word word;
	uint32_t cic, code;
	int type;

	if (!next_name(name, t))
		return "unknown message";
	type = name_is_code(name, &code) ? (int)code : isup_mt_find(d, name);
	if (type < 0)
		return "unknown message";
	isup_init(m, d, type, 0);
	while (next_word(&word, t)) {
		if (!isup_word_is(&word, "cic") || !isup_word_num(&word, &cic)
		    || cic >> d->cic_bits)
			return "not a circuit identification code";
		m->cic = cic;
	}
	return NULL;
}

/* Octets as they are: the rest of the statement is one word of hex digits, or nothing. */
static const char *parse_raw(struct isup_msg *m, uint8_t code, struct text *t)
{
	uint8_t octets[UINT8_MAX];
	struct isup_word word = { 0 }, more;
	int n = 0;

	if (next_word(&word, t)) {
		if (word.value_len && *word.value == '#') {
			word.value++;
			word.value_len--;
		}
		n = isup_hex_octets(octets, sizeof(octets), word.value, word.value_len);
	}
	if (n < 0 || word.name_len || next_word(&more, t))
		return "not octets in hexadecimal digits";
	return isup_add_raw(m, code, octets, n) < 0 ? "too much for one message" : NULL;
}

static const char *parse_value(struct isup_msg *m, uint8_t code, struct text *t)
{
	const struct isup_par_row *row = isup_par_row(m->dialect, code);
	_Alignas(max_align_t) uint8_t val[ISUP_MAX_VALUE] = { 0 };
	uint8_t octets[UINT8_MAX];
	struct isup_word word;
	int n;

	while (next_word(&word, t))
		if (!row->kind->parse(row, val, &word))
			return "no such field or value";
	n = isup_value_octets(octets, sizeof(octets), row, val);
	if (n < 0)
		return "value or length not allowed";
	return isup_add_raw(m, code, octets, n) < 0 ? "too much for one message" : NULL;
}

static const char *parse_par(struct isup_msg *m, struct text *t)
{
	char name[MAX_NAME];
	uint32_t code;
	int known;

	if (!next_name(name, t))
		return "unknown parameter";
	if (!strcmp(name, "body"))
		return parse_raw(m, ISUP_P_BODY, t);
	if (name_is_code(name, &code) && code)
		return parse_raw(m, code, t);
	known = isup_par_find(m->dialect, name);
	if (known < 0)
		return "unknown parameter";
	skip_blanks(t);
	return t->p < t->end && *t->p == '#' ? parse_raw(m, known, t) : parse_value(m, known, t);
}

int isup_parse(struct isup_msg *m, const struct isup_dialect *d, const char *text,
	       const char **ret_why, int *ret_line)
{
	struct text t = { text, text + strlen(text) }, statement;
	const char *why = NULL;
	bool head = true;
	int line = 1, at = 1;

	for (; !why && next_statement(&statement, &t, &line); at = line) {
		*ret_line = at;
		if (statement.p == statement.end)
			continue;
		why = head ? parse_head(m, d, &statement) : parse_par(m, &statement);
		head = false;
	}
	if (!why && head) {
		*ret_line = at;
		why = "no message";
	}
	if (!why)
		return 0;
	*ret_why = why;
	return -EINVAL;
}
