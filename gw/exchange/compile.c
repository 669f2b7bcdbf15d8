/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of a block to steps: one function a keyword, labels put in at the end. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>
#include <talloc.h>

#include "gw/exchange/parse.h"
#include "gw/mtp.h"

enum { MAX_LABELS = 32, MAX_STEPS = 400, MAX_HANDLERS = 16 };

struct compiler {
	struct scn_at *at;
	struct scn_block *blk;
	const struct scn_source *src;
	const char *text; /* the line as it stands, arguments put in; lives with the block */
	unsigned int n_labels, n_repeats;
	struct { const char *name; uint16_t target; } labels[MAX_LABELS];
	const char *wanted[MAX_STEPS];	/* label of a step's target */
	struct {
		const char *name;
		unsigned int line;
	} at_wanted[MAX_HANDLERS]; /* of a handler's */
};

static struct scn_step *add_step(struct compiler *c, enum scn_op op)
{
	struct scn_block *blk = c->blk;
	struct scn_step *step;

	if (blk->n_steps == MAX_STEPS - 1) {		/* the last is kept for the end */
		scn_complain(c->at, "too many steps");
		blk->n_steps--;
	}
	blk->steps = talloc_realloc(c->at->s, blk->steps, struct scn_step, blk->n_steps + 1);
	step = &blk->steps[blk->n_steps++];
	*step = (struct scn_step){
		.op = op, .line = c->at->line, .text = c->text, .ms = SCN_FOREVER
	};
	return step;
}

static void want_label(struct compiler *c, const char *name)
{
	c->wanted[c->blk->n_steps - 1] = talloc_strdup(c->at->s, name);
	c->blk->steps[c->blk->n_steps - 1].has_target = true;
}

static void cmd_send(struct compiler *c, char *rest)
{
	struct scn_step *step = add_step(c, SCN_SEND);
	const char *why = NULL;

	step->message = scn_message_new(c->at->s, c->at->s->dialect, rest, &why);
	if (!step->message)
		scn_complain(c->at, "cannot send '%s': %s", rest, why ? why : "?");
}

static void cmd_send_bad(struct compiler *c, char *rest)
{
	add_step(c, SCN_SEND)->message = scn_parse_bad(rest, c->at);
}

static void cmd_send_raw(struct compiler *c, char *rest)
{
	add_step(c, SCN_SEND_RAW)->message = scn_parse_raw(rest, c->at);
}

static void wait_step(struct compiler *c, enum scn_op op, const char *rest)
{
	struct scn_step *step = add_step(c, op);

	if (*rest && !scn_duration(rest, &step->ms))
		scn_complain(c->at, "'%s' is not a duration (500ms, 5s, 2min, forever)", rest);
}

static void cmd_wait(struct compiler *c, char *rest)
{
	wait_step(c, SCN_WAIT, rest);
}

static void cmd_silence(struct compiler *c, char *rest)
{
	wait_step(c, SCN_SILENCE, rest);
}

static struct scn_match *new_match(struct compiler *c, char **rest)
{
	struct scn_match *match = talloc_zero(c->at->s, struct scn_match);

	*rest = scn_parse_match(match, *rest, c->at);
	return match;
}

/* expect ANM or CON [where ...] [after 1s] [within 5s] [else LABEL], the parts in any order */
static void cmd_expect(struct compiler *c, char *rest)
{
	struct scn_match *match = new_match(c, &rest);
	struct scn_step *step = add_step(c, SCN_EXPECT);
	char *save = NULL, *word, *value;

	step->match = match;
	step->ms = c->at->s->settings.expect_ms;
	for (word = strtok_r(rest, " \t", &save); word; word = strtok_r(rest, " \t", &save)) {
		rest = NULL;
		if (!strcmp(word, "where")) {
			rest = scn_parse_match(match, save, c->at);
			continue;
		}
		value = strtok_r(NULL, " \t", &save);
		if (!strcmp(word, "else") && value)
			want_label(c, value);
		else if (!value || !scn_duration(value, !strcmp(word, "within") ? &step->ms
								      : &step->min_ms) ||
			 (strcmp(word, "within") && strcmp(word, "after")))
			scn_complain(c->at,
				     "'%s %s' is not 'after DURATION', 'within DURATION' or "
				     "'else LABEL'",
				     word, value ? value : "");
	}
}

static void cmd_optional(struct compiler *c, char *rest)
{
	struct scn_match *match = new_match(c, &rest);

	add_step(c, SCN_OPTIONAL)->match = match;
	if (*rest)
		scn_complain(c->at, "'%s' means nothing in an optional message", rest);
}

static void cmd_label(struct compiler *c, char *rest)
{
	unsigned int i;

	for (i = 0; i < c->n_labels; i++)
		if (!strcmp(c->labels[i].name, rest))
			scn_complain(c->at, "label '%s' was there before", rest);
	if (!*rest || strpbrk(rest, " \t") || c->n_labels == MAX_LABELS) {
		scn_complain(c->at, "label wants one word, and there may be %d", MAX_LABELS);
		return;
	}
	c->labels[c->n_labels].name = talloc_strdup(c->at->s, rest);
	c->labels[c->n_labels++].target = c->blk->n_steps;
}

static void cmd_goto(struct compiler *c, char *rest)
{
	add_step(c, SCN_GOTO);
	want_label(c, rest);
}

/* repeat 3 goto LABEL: three times back, then on */
static void cmd_repeat(struct compiler *c, char *rest)
{
	struct scn_step *step = add_step(c, SCN_REPEAT);
	unsigned int count = 0;
	char label[64] = "", more;

	if (sscanf(rest, "%5u goto %63s %c", &count, label, &more) != 2 || count == 0 ||
	    count > UINT16_MAX)
		scn_complain(c->at, "repeat wants: repeat NUMBER goto LABEL");
	if (c->n_repeats == SCN_MAX_REPEATS)
		scn_complain(c->at, "more than %d repeats in one block", SCN_MAX_REPEATS);
	else
		step->slot = c->n_repeats++;
	step->count = count;
	want_label(c, label);
}

static void cmd_do(struct compiler *c, char *rest)
{
	const struct scn_block *block = scn_script(rest, c->at);

	add_step(c, SCN_DO)->block = block;
}

static void mischief(struct compiler *c, int verb, char *rest)
{
	struct scn_mischief *mi = talloc_zero(c->at->s, struct scn_mischief);

	mi->verb = verb;
	add_step(c, SCN_MISCHIEF)->mischief = mi;
	scn_parse_mischief(mi, rest, c->at);
}

static void cmd_lose(struct compiler *c, char *rest)
{
	mischief(c, MISCHIEF_LOSE, rest);
}

static void cmd_twice(struct compiler *c, char *rest)
{
	mischief(c, MISCHIEF_TWICE, rest);
}

static void cmd_delay(struct compiler *c, char *rest)
{
	mischief(c, MISCHIEF_DELAY, rest);
}

static void cmd_fail(struct compiler *c, char *rest)
{
	size_t n = strlen(rest);

	if (n >= 2 && rest[0] == '"' && rest[n - 1] == '"') {
		rest[n - 1] = '\0';
		rest++;
	}
	add_step(c, SCN_FAIL)->text = talloc_strdup(c->at->s,
						    *rest ? rest : "failed by the scenario");
}

static void cmd_done(struct compiler *c, char *rest)
{
	add_step(c, SCN_DONE);
	if (*rest)
		scn_complain(c->at, "done stands alone");
}

static void cmd_manual(struct compiler *c, char *rest)
{
	c->blk->no_auto |= scn_parse_auto(rest, c->at);
}

/* at REL [where ...] done|fail|ignore|goto LABEL */
static void cmd_at(struct compiler *c, char *rest)
{
	static const char *const actions[] = { "done", "fail", "ignore", "goto" };
	struct scn_block *blk = c->blk;
	struct scn_handler h = { 0 };
	unsigned int i;
	size_t n;

	rest = scn_parse_match(&h.match, rest, c->at);
	n = strcspn(rest, " \t");
	for (i = 0; i < ARRAY_SIZE(actions); i++)
		if (strlen(actions[i]) == n && !strncmp(rest, actions[i], n))
			break;
	if (i == ARRAY_SIZE(actions) || blk->n_handlers == MAX_HANDLERS ||
	    (i < AT_GOTO) != !rest[n]) {
		scn_complain(c->at, "at wants: at MESSAGE done|fail|ignore|goto LABEL (up to %d)",
			     MAX_HANDLERS);
		return;
	}
	h.action = i;
	if (h.action == AT_GOTO) {
		c->at_wanted[blk->n_handlers].name = talloc_strdup(
			c->at->s, rest + n + strspn(rest + n, " \t"));
		c->at_wanted[blk->n_handlers].line = c->at->line;
	}
	blk->handlers = talloc_realloc(c->at->s, blk->handlers, struct scn_handler,
				       blk->n_handlers + 1);
	blk->handlers[blk->n_handlers++] = h;
}

static const struct {
	const char *word;
	void (*cmd)(struct compiler *c, char *rest);
} commands[] = {
	{ "send", cmd_send }, { "send-raw", cmd_send_raw }, { "send-bad", cmd_send_bad },
	{ "wait", cmd_wait },
	{ "silence", cmd_silence }, { "expect", cmd_expect }, { "optional", cmd_optional },
	{ "label", cmd_label }, { "goto", cmd_goto }, { "repeat", cmd_repeat }, { "do", cmd_do },
	{ "fail", cmd_fail }, { "done", cmd_done }, { "manual", cmd_manual }, { "at", cmd_at },
	{ "lose", cmd_lose }, { "twice", cmd_twice }, { "delay", cmd_delay },
};

/* $1 ... and the settings, known when the file is read; other variables stay for scn_fill(). */
static bool put_in_arguments(char *out, size_t size, const char *text, struct scn_at *at)
{
	size_t o = 0;
	int n;

	while (*text && o + 1 < size) {
		if (*text != '$') {
			out[o++] = *text++;
			continue;
		}
		if (isdigit((unsigned char)text[1])) {
			n = text[1] - '1';
			if (n < 0 || n >= (int)at->n_args)
				return false;
			at->used = OSMO_MAX(at->used, (unsigned int)n + 1);
			o += snprintf(out + o, size - o, "%s", at->args[n]);
			text += 2;
		} else if (!strncmp(text, "$hold", 5)) {
			o += snprintf(out + o, size - o, "%ums", at->s->settings.hold_ms);
			text += 5;
		} else if (!strncmp(text, "$answer_delay", 13)) {
			o += snprintf(out + o, size - o, "%ums", at->s->settings.answer_delay_ms);
			text += 13;
		} else {
			out[o++] = *text++;
		}
	}
	out[OSMO_MIN(o, size - 1)] = '\0';
	return o + 1 < size;
}

static void compile_line(struct compiler *c, const struct scn_line *line)
{
	char text[SCN_MAX_TEXT];
	unsigned int i;
	size_t n;

	c->at->line = line->number;
	if (!put_in_arguments(text, sizeof(text), line->text, c->at)) {
		scn_complain(c->at, "an argument ($1 ...) is missing, or the line is too long");
		return;
	}
	c->text = talloc_strdup(c->at->s, text);
	n = strcspn(text, " \t");
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (strlen(commands[i].word) == n && !strncmp(text, commands[i].word, n))
			break;
	if (i == ARRAY_SIZE(commands))
		scn_complain(c->at, "no step '%.*s'", (int)n, text);
	else
		commands[i].cmd(c, text + n + strspn(text + n, " \t"));
}

static uint16_t find_label(struct compiler *c, const char *name)
{
	unsigned int k;

	for (k = 0; k < c->n_labels; k++)
		if (!strcmp(c->labels[k].name, name))
			return c->labels[k].target;
	scn_complain(c->at, "no label '%s'", name);
	return 0;
}

static void put_in_labels(struct compiler *c)
{
	struct scn_step *step;
	unsigned int i;

	for (i = 0; i < c->blk->n_steps; i++) {
		step = &c->blk->steps[i];
		c->at->line = step->line;
		if (step->op == SCN_OPTIONAL && step[1].op != SCN_OPTIONAL &&
		    step[1].op != SCN_EXPECT)
			scn_complain(c->at, "optional stands before an expect");
		if (step->has_target)
			step->target = find_label(c, c->wanted[i]);
	}
	for (i = 0; i < c->blk->n_handlers; i++) {
		c->at->line = c->at_wanted[i].line;
		if (c->blk->handlers[i].action == AT_GOTO)
			c->blk->handlers[i].target = find_label(c, c->at_wanted[i].name);
	}
}

void scn_compile(struct scn_block *blk, const struct scn_source *src, struct scn_at *at)
{
	struct compiler c = { .at = at, .blk = blk, .src = src, .text = src->head };
	char head[SCN_MAX_TEXT], *rest = head;
	unsigned int i;

	osmo_strlcpy(head, src->head, sizeof(head));
	if (src->kind == SCN_ON)
		rest = scn_parse_match(&blk->match, head, at);
	else
		rest += strcspn(rest, " \t");
	rest += strspn(rest, " \t");
	if (src->kind == SCN_ON && !strncmp(rest, "once", 4) && strchr(" \t", rest[4])) {
		blk->once = true;
		rest += 4 + strspn(rest + 4, " \t");
	}
	if (src->kind != SCN_SCRIPT && !strncmp(rest, "do ", 3))
		cmd_do(&c, rest + 3);
	else if (*rest)
		scn_complain(at, "'%s' means nothing here", rest);
	for (i = 0; i < src->n_lines; i++)
		compile_line(&c, &src->lines[i]);
	if (blk->n_steps == 0)
		scn_complain(at, "nothing to do in this block");
	c.text = "end of the block";
	add_step(&c, SCN_DONE);
	put_in_labels(&c);
}
