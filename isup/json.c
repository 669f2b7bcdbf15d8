/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages as JSON objects. Names and texts are ours, digits, or made plain: nothing needs to be
 * escaped. */
#include "isup/explain.h"
#include "isup/out.h"

struct json_sink {
	struct isup_sink sink;		/* first: verbs get a pointer to it */
	struct out *out;
	bool more;			/* a member stands before */
};

static struct out *member(struct isup_sink *s, const char *name)
{
	struct json_sink *j = (struct json_sink *)s;

	out_str(j->out, j->more ? ",\"" : "\"");
	out_str(j->out, name);
	out_str(j->out, "\":");
	j->more = true;
	return j->out;
}

static void put_num(struct isup_sink *s, const char *name, uint32_t value)
{
	out_num(member(s, name), value);
}

static void put_text(struct isup_sink *s, const char *name, const char *text)
{
	struct out *o = member(s, name);

	out_str(o, "\"");
	out_str(o, text);
	out_str(o, "\"");
}

static void put_hex(struct isup_sink *s, const char *name, const uint8_t *octets, size_t n)
{
	struct out *o = member(s, name);

	out_str(o, "\"");
	out_hex(o, octets, n);
	out_str(o, "\"");
}

static struct json_sink json(struct out *o)
{
	return (struct json_sink){ .sink = { put_num, put_text, put_hex }, .out = o };
}

struct json_explain {
	struct isup_explain explain;	/* first */
	struct out *out;
	bool more;
};

static void put_line(struct isup_explain *x, const char *text)
{
	struct json_explain *j = (struct json_explain *)x;

	out_str(j->out, j->more ? ",\"" : "\"");
	out_str(j->out, text);
	out_str(j->out, "\"");
	j->more = true;
}

static void put_meaning(struct out *o, const struct isup_msg *m, const struct isup_par *par)
{
	struct json_explain x = { { .line = put_line }, o, false };

	out_str(o, "[");
	isup_explain_par(&x.explain, m, par);
	out_str(o, "]");
}

static void put_par(struct out *o, const struct isup_msg *m, const struct isup_par *par)
{
	const struct isup_par_row *row = isup_par_row(m->dialect, par->code);
	_Alignas(max_align_t) uint8_t val[ISUP_MAX_VALUE];
	struct json_sink j = json(o), value = json(o);

	out_str(o, "{");
	if (par->code != ISUP_P_BODY)
		put_num(&j.sink, "code", par->code);
	if (row) {
		put_text(&j.sink, "parameter", row->abbr);
		put_text(&j.sink, "name", row->name);
	}
	put_hex(&j.sink, "octets", m->octets + par->off, par->len);
	if (row && isup_par_value(m, par, val, row->size)) {
		member(&j.sink, "value");
		out_str(o, "{");
		row->kind->print(row, val, &value.sink);
		out_str(o, "}");
		member(&j.sink, "meaning");
		put_meaning(o, m, par);
	}
	out_str(o, "}");
}

static int print(struct out *o, const struct isup_msg *m, bool cic)
{
	const struct isup_mt_row *row = isup_mt_row(m->dialect, m->type);
	struct json_sink j = json(o);

	out_str(o, "{");
	put_text(&j.sink, "message", row ? row->abbr : "?");
	put_text(&j.sink, "name", row ? row->name : "?");
	put_num(&j.sink, "type", m->type);
	if (cic)
		put_num(&j.sink, "cic", m->cic);
	put_text(&j.sink, "dialect", m->dialect->name);
	member(&j.sink, "parameters");
	out_str(o, "[");
	for (int i = 0; i < m->n_pars; i++) {
		if (i)
			out_str(o, ",");
		put_par(o, m, &m->par[i]);
	}
	out_str(o, "]}");
	return out_end(o);
}

int isup_print_json(char *buf, size_t size, const struct isup_msg *m)
{
	struct out o = { buf, size, 0 };

	return print(&o, m, true);
}

int isup_print_body_json(char *buf, size_t size, const struct isup_msg *m)
{
	struct out o = { buf, size, 0 };

	return print(&o, m, false);
}
