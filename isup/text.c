/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages as text for traces, tests and the command line; parse.c reads it back. */
#include "isup/explain.h"
#include "isup/out.h"

struct text_sink {
	struct isup_sink sink;		/* first: verbs get a pointer to it */
	struct out *out;
};

static void put_num(struct isup_sink *s, const char *name, uint32_t value)
{
	struct out *o = ((struct text_sink *)s)->out;

	out_str(o, " ");
	out_str(o, name);
	out_str(o, "=");
	out_num(o, value);
}

static void put_text(struct isup_sink *s, const char *name, const char *text)
{
	struct out *o = ((struct text_sink *)s)->out;

	if (*text)
		out_str(o, " ");
	out_str(o, text);
}

static void put_hex(struct isup_sink *s, const char *name, const uint8_t *octets, size_t n)
{
	struct out *o = ((struct text_sink *)s)->out;

	if (n)
		out_str(o, " ");
	out_hex(o, octets, n);
}

/* Does the value say all that the octets say? Spare bits, fillers and extensions may say more. */
static bool says_all(const struct isup_par_row *row, const void *val, const uint8_t *octets,
		     size_t len)
{
	uint8_t again[UINT8_MAX];
	int n = isup_value_octets(again, sizeof(again), row, val);

	return n == (int)len && !memcmp(again, octets, len);
}

static void put_par(struct out *o, const struct isup_msg *m, const struct isup_par *par)
{
	const struct isup_par_row *row = isup_par_row(m->dialect, par->code);
	const uint8_t *octets = m->octets + par->off;
	_Alignas(max_align_t) uint8_t val[ISUP_MAX_VALUE];
	struct text_sink s = { { put_num, put_text, put_hex }, o };

	if (par->code == ISUP_P_BODY) {
		out_str(o, "body");
		put_hex(&s.sink, NULL, octets, par->len);
	} else if (!row) {
		out_str(o, "0x");
		out_hex(o, &par->code, 1);
		put_hex(&s.sink, NULL, octets, par->len);
	} else if (isup_par_value(m, par, val, row->size) && says_all(row, val, octets, par->len)) {
		out_str(o, row->abbr);
		row->kind->print(row, val, &s.sink);
	} else {
		out_str(o, row->abbr);
		out_str(o, " #");
		out_hex(o, octets, par->len);
	}
}

struct style {
	const char *before, *after;	/* of a parameter */
	bool cic, explain;
};

/* A line of meaning is a comment, so that the whole can be read back. */
struct text_explain {
	struct isup_explain explain;	/* first */
	struct out *out;
};

static void put_line(struct isup_explain *x, const char *text)
{
	struct out *o = ((struct text_explain *)x)->out;

	out_str(o, "    # ");
	out_str(o, text);
	out_str(o, "\n");
}

static void explain(struct out *o, const struct isup_msg *m, const struct isup_par *par)
{
	const struct isup_par_row *row = isup_par_row(m->dialect, par->code);
	struct text_explain x = { { .line = put_line }, o };

	if (row)
		isup_explain_line(&x.explain, "%s (%s)", row->name, row->clause);
	isup_explain_par(&x.explain, m, par);
}

static void put_head(struct out *o, const struct isup_msg *m, bool cic)
{
	if (isup_mt_row(m->dialect, m->type)) {
		out_str(o, isup_mt_name(m->dialect, m->type));
	} else {
		out_str(o, "0x");
		out_hex(o, &m->type, 1);
	}
	if (cic) {
		out_str(o, " cic=");
		out_num(o, m->cic);
	}
}

static int print(struct out *o, const struct isup_msg *m, const struct style *style)
{
	const struct isup_mt_row *row = isup_mt_row(m->dialect, m->type);

	put_head(o, m, style->cic);
	out_str(o, style->after);
	if (style->explain && row) {
		out_str(o, "  # ");
		out_str(o, row->name);
		out_str(o, "\n");
	}
	for (const struct isup_par *p = m->par; p < m->par + m->n_pars; p++) {
		out_str(o, style->before);
		put_par(o, m, p);
		out_str(o, style->after);
		if (style->explain)
			explain(o, m, p);
	}
	return out_end(o);
}

int isup_print(char *buf, size_t size, const struct isup_msg *m)
{
	struct out o = { buf, size, 0 };

	return print(&o, m, &(struct style){ "  ", "\n", .cic = true });
}

int isup_print_line(char *buf, size_t size, const struct isup_msg *m)
{
	struct out o = { buf, size, 0 };

	return print(&o, m, &(struct style){ "; ", "", .cic = true });
}

int isup_print_body(char *buf, size_t size, const struct isup_msg *m)
{
	struct out o = { buf, size, 0 };

	return print(&o, m, &(struct style){ "  ", "\n" });
}

int isup_print_meaning(char *buf, size_t size, const struct isup_msg *m)
{
	struct out o = { buf, size, 0 };

	return print(&o, m, &(struct style){ "  ", "\n", .cic = true, .explain = true });
}

int isup_print_body_meaning(char *buf, size_t size, const struct isup_msg *m)
{
	struct out o = { buf, size, 0 };

	return print(&o, m, &(struct style){ "  ", "\n", .explain = true });
}
