/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kind of value: parameter compatibility information (Q.763 3.41), codes with instructions. */
#include <stdio.h>

#include "isup/compat.h"
#include "isup/explain.h"
#include "isup/fields.h"

/* Codes of parameters, each with one or two octets of instructions. */
static void compat_generate(const struct isup_par_row *row, void *val, struct isup_rnd *rnd)
{
	struct isup_octets *data = val;

	for (int n = 1 + isup_rnd(rnd, 3); n > 0; n--) {
		data->octet[data->n++] = 1 + isup_rnd(rnd, 254);
		if (isup_rnd(rnd, 2))
			data->octet[data->n++] = isup_rnd(rnd, 0x60);
		data->octet[data->n++] = 0x80 | isup_rnd(rnd, 4);
	}
}

static void explain_one(struct isup_explain *x, uint8_t code, const struct isup_par_compat *c)
{
	isup_explain_line(x, "0x%02x %s: %s%s%s%s%s; else %s", code,
			  isup_par_name(x->dialect, code), c->end_node ? "end node" : "transit",
			  c->release ? ", release call" : "", c->notify ? ", notify" : "",
			  c->discard_message ? ", discard message" : "",
			  c->discard ? ", discard parameter" : "",
			  isup_name_of(isup_names_no_pass_parameter, c->pass_on));
}

static void compat_explain(struct isup_explain *x, const struct isup_par_row *row,
			   const uint8_t *octets, size_t len)
{
	struct isup_par_compat c;
	size_t at = 0;
	uint8_t code;

	while (isup_par_compat_read(octets, len, &at, &code, &c))
		explain_one(x, code, &c);
}

const struct isup_kind isup_kind_compat = {
	.name = "compatibility",
	.decode = isup_octets_decode,
	.encode = isup_octets_encode,
	.print = isup_octets_print,
	.parse = isup_octets_parse,
	.generate = compat_generate,
	.explain = compat_explain,
};
