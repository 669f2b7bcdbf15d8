/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenario files: lines to blocks, scripts by name, the checked whole. */
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include <osmocom/core/utils.h>
#include <talloc.h>

#include "gw/exchange/parse.h"

enum { MAX_FILE = 1024 * 1024, MAX_LINES = 10000, MAX_SCRIPTS = 500 };

static const struct { const char *word; enum scn_kind kind; } heads[] = {
	{ "on", SCN_ON }, { "call", SCN_CALL }, { "script", SCN_SCRIPT },
};

void scn_complain(const struct scn_at *at, const char *fmt, ...)
{
	va_list ap;

	if (at->s->complaints++ >= SCN_MAX_COMPLAINTS)
		return;
	fprintf(at->s->err, "%s:%u: ", at->file, at->line);
	va_start(ap, fmt);
	vfprintf(at->s->err, fmt, ap);
	va_end(ap);
	fputc('\n', at->s->err);
}

struct scenario *scenario_new(void *ctx, const struct isup_dialect *d,
			      const struct scn_settings *settings, FILE *err)
{
	struct scenario *s = talloc_zero(ctx, struct scenario);

	s->dialect = d;
	s->settings = *settings;
	s->err = err;
	INIT_LLIST_HEAD(&s->sources);
	INIT_LLIST_HEAD(&s->compiled);
	return s;
}

static bool blank_or_end(char c)
{
	return !c || isspace((unsigned char)c);
}

/* Blanks at both ends away, and the comment: a # at the beginning, or alone between blanks and not
 * in quotes (the text form writes octets as #0a0b). */
static char *clean(char *line)
{
	bool quoted = false;
	char *p;

	while (isspace((unsigned char)*line))
		line++;
	for (p = line; *p; p++) {
		if (*p == '"')
			quoted = !quoted;
		if (*p == '#' && !quoted &&
		    (p == line || (blank_or_end(p[-1]) && blank_or_end(p[1]))))
			break;
	}
	while (p > line && isspace((unsigned char)p[-1]))
		p--;
	*p = '\0';
	return line;
}

/* "on IAM ..." opens a block; true when it did. */
static bool open_block(struct scn_source **ret_src, char *text, const struct scn_at *at)
{
	size_t n = strcspn(text, " \t");
	struct scn_source *src;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(heads); i++)
		if (strlen(heads[i].word) == n && !strncmp(text, heads[i].word, n))
			break;
	if (i == ARRAY_SIZE(heads))
		return false;
	src = talloc_zero(at->s, struct scn_source);
	src->kind = heads[i].kind;
	src->file = talloc_strdup(src, at->file);
	src->line = at->line;
	text += n;
	src->head = talloc_strdup(src, text + strspn(text, " \t"));
	if (!*src->head)
		scn_complain(at, "'%s' wants %s", heads[i].word,
			     i == 0 ? "a message, as in: on IAM" : "a name");
	llist_add_tail(&src->entry, &at->s->sources);
	*ret_src = src;
	return true;
}

static void add_line(struct scn_source *src, const char *text, unsigned int number)
{
	src->lines = talloc_realloc(src, src->lines, struct scn_line, src->n_lines + 1);
	src->lines[src->n_lines++] = (struct scn_line){ number, talloc_strdup(src, text) };
}

/* "lose in REL" before the first block: true when it was one of these. */
static bool add_mischief(struct scenario *s, char *line, const struct scn_at *at)
{
	static const char *const verbs[] = {
		[MISCHIEF_LOSE] = "lose ", [MISCHIEF_TWICE] = "twice ", [MISCHIEF_DELAY] = "delay ",
	};
	struct scn_mischief *mi;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(verbs); i++)
		if (!strncmp(line, verbs[i], strlen(verbs[i])))
			break;
	if (i == ARRAY_SIZE(verbs))
		return false;
	s->mischief = talloc_realloc(s, s->mischief, struct scn_mischief, s->n_mischief + 1);
	mi = &s->mischief[s->n_mischief++];
	*mi = (struct scn_mischief){ .verb = i };
	scn_parse_mischief(mi, line + strlen(verbs[i]), at);
	return true;
}

int scenario_add_text(struct scenario *s, const char *name, const char *text)
{
	struct scn_at at = { .s = s, .file = name };
	unsigned int before = s->complaints;
	struct scn_source *src = NULL;
	char line[SCN_MAX_TEXT], *p;
	const char *end;

	for (at.line = 1; *text && at.line <= MAX_LINES; at.line++) {
		end = strchrnul(text, '\n');
		if (osmo_strlcpy(line, text, OSMO_MIN(sizeof(line), (size_t)(end - text) + 1)) >=
			    sizeof(line) &&
		    (size_t)(end - text) >= sizeof(line))
			scn_complain(&at, "line too long");
		text = *end ? end + 1 : end;
		p = clean(line);
		if (!*p || open_block(&src, p, &at))
			continue;
		if (src)
			add_line(src, p, at.line);
		else if (!strncmp(p, "manual ", 7))
			s->no_auto |= scn_parse_auto(p + 7, &at);
		else if (add_mischief(s, p, &at))
			continue;
		else
			scn_complain(&at, "'%s' stands in no block (on, call, script)", p);
	}
	return s->complaints == before ? 0 : -EINVAL;
}

static int add_file(struct scenario *s, const char *path)
{
	char *text;
	size_t n;
	FILE *f;
	int rc;

	f = fopen(path, "r");
	if (!f)
		return -errno;
	text = talloc_zero_size(s, MAX_FILE);
	n = fread(text, 1, MAX_FILE - 1, f);
	rc = ferror(f) || !feof(f) ? -EFBIG
	     : strlen(text) != n   ? -EINVAL
				   : scenario_add_text(s, path, text);
	fclose(f);
	talloc_free(text);
	return rc;
}

int scenario_add(struct scenario *s, const char *what)
{
	struct scn_at at = { .s = s, .file = what };
	const struct scn_builtin *b;
	char name[64], text[SCN_MAX_TEXT];
	int rc;

	osmo_strlcpy(name, what, OSMO_MIN(sizeof(name), strcspn(what, " ") + 1));
	b = scn_builtin_find(name);
	if (b && !b->originates) {
		snprintf(text, sizeof(text), "on IAM\n do %s", what);
		return scenario_add_text(s, what, text);
	}
	if (b) {
		snprintf(text, sizeof(text), "call %s\n do %s", name, what);
		return scenario_add_text(s, what, text);
	}
	rc = add_file(s, what);
	if (rc < 0 && rc != -EINVAL)
		scn_complain(&at, "neither a built-in scenario nor a readable file: %s",
			     strerror(-rc));
	else if (rc < 0 && !s->complaints)
		scn_complain(&at, "not a text file");
	return rc;
}

/* The text of a script: one of the files, else a built-in one (read in when first asked for). */
static struct scn_source *find_script(struct scenario *s, const char *name)
{
	const struct scn_builtin *b;
	struct scn_source *src;
	char file[64];

	llist_for_each_entry(src, &s->sources, entry)
		if (src->kind == SCN_SCRIPT && !strcmp(src->head, name))
			return src;
	b = scn_builtin_find(name);
	if (!b)
		return NULL;
	snprintf(file, sizeof(file), "built-in %s", name);
	scenario_add_text(s, file, b->text);
	return llist_last_entry(&s->sources, struct scn_source, entry);
}

static struct scn_compiled *compile(struct scn_source *src, const char *key,
				    const struct scn_at *args)
{
	struct scenario *s = args->s;
	struct scn_compiled *c = talloc_zero(s, struct scn_compiled);
	struct scn_at at = *args;

	at.file = src->file;
	at.line = src->line;
	c->key = talloc_strdup(c, key);
	c->block.kind = src->kind;
	c->block.name = src->kind == SCN_ON ? talloc_asprintf(c, "on %s", src->head) : c->key;
	c->block.file = src->file;
	c->block.line = src->line;
	src->used = true;
	llist_add_tail(&c->entry, &s->compiled); /* before its steps: a script may do itself */
	scn_compile(&c->block, src, &at);
	at.line = src->line;
	if (*key && at.n_args > at.used)
		scn_complain(&at, "'%s' gives more arguments than are used ($1 ...)", key);
	return c;
}

const struct scn_block *scn_script(const char *words, const struct scn_at *at)
{
	char copy[SCN_MAX_TEXT], *save = NULL, *word, *name;
	struct scn_at args = { .s = at->s };
	struct scn_compiled *c;
	struct scn_source *src;
	unsigned int n = 0, before;

	llist_for_each_entry(c, &at->s->compiled, entry) {
		if (c->block.kind == SCN_SCRIPT && !strcmp(c->key, words))
			return &c->block;
		n++;
	}
	osmo_strlcpy(copy, words, sizeof(copy));
	name = strtok_r(copy, " \t", &save);
	src = name ? find_script(at->s, name) : NULL;
	if (!src || n >= MAX_SCRIPTS) {
		scn_complain(at, src ? "too many scripts" : "no script '%s'", name ? name : "");
		return NULL;
	}
	while ((word = strtok_r(NULL, " \t", &save)) && args.n_args < SCN_MAX_ARGS)
		args.args[args.n_args++] = word;
	before = at->s->complaints;
	c = compile(src, words, &args);
	if (at->s->complaints != before && at->line)
		scn_complain(at, "'%s' is asked for here", words);
	return &c->block;
}

int scenario_finish(struct scenario *s)
{
	struct scn_at args = { .s = s, .file = "scenario" };
	struct scn_source *src, *next;

	llist_for_each_entry_safe(src, next, &s->sources, entry)
		if (src->kind != SCN_SCRIPT)
			compile(src, src->head, &args);
	/* a script nobody does is checked all the same, with some arguments */
	for (args.n_args = 0; args.n_args < SCN_MAX_ARGS; args.n_args++)
		args.args[args.n_args] = "1";
	llist_for_each_entry_safe(src, next, &s->sources, entry)
		if (!src->used)
			compile(src, "", &args);
	if (s->complaints > SCN_MAX_COMPLAINTS)
		fprintf(s->err, "%u complaints more\n", s->complaints - SCN_MAX_COMPLAINTS);
	return s->complaints ? -EINVAL : 0;
}

const struct scn_block *scenario_find_on(struct scenario *s, const struct isup_msg *m)
{
	struct scn_compiled *c;

	llist_for_each_entry(c, &s->compiled, entry) {
		if (c->block.kind != SCN_ON || (c->block.once && c->block.taken) ||
		    !scn_matches(&c->block.match, m, NULL))
			continue;
		c->block.taken = true;
		return &c->block;
	}
	return NULL;
}

const struct scn_block *scenario_find_call(struct scenario *s, const char *name)
{
	const struct scn_builtin *b;
	struct scn_compiled *c;
	char word[64];

	llist_for_each_entry(c, &s->compiled, entry)
		if (c->block.kind == SCN_CALL && (!name || !strcmp(c->key, name)))
			return &c->block;
	if (!name)
		return NULL;
	osmo_strlcpy(word, name, OSMO_MIN(sizeof(word), strcspn(name, " ") + 1));
	b = scn_builtin_find(word);
	return b && b->originates ? scenario_find_script(s, name) : NULL;
}

const struct scn_block *scenario_find_script(struct scenario *s, const char *words)
{
	struct scn_at at = { .s = s, .file = "script" };
	unsigned int before = s->complaints;
	const struct scn_block *block = scn_script(words, &at);

	return s->complaints == before ? block : NULL;
}

const struct scn_mischief *scenario_mischief(const struct scenario *s,
					     const struct scn_mischief *prev)
{
	const struct scn_mischief *next = prev ? prev + 1 : s->mischief;

	return next && next < s->mischief + s->n_mischief ? next : NULL;
}

uint32_t scenario_no_auto(const struct scenario *s)
{
	return s->no_auto;
}
