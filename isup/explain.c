/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The meaning of a parameter's contents in lines of words. */
#include <stdarg.h>
#include <stdio.h>

#include "isup/explain.h"
#include "isup/fields.h"

enum { MAX_LINE = 160 };

const char *isup_name_of(const struct isup_name *names, uint32_t value)
{
	for (; names->name; names++)
		if (names->value == value)
			return names->name;
	return NULL;
}

void isup_explain_line(struct isup_explain *x, const char *fmt, ...)
{
	char text[MAX_LINE];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	x->line(x, text);
}

void isup_explain_text(struct isup_explain *x, const char *name, const uint8_t *octets, size_t n)
{
	char text[UINT8_MAX + 1];
	size_t i;

	for (i = 0; i < n && i < sizeof(text) - 1; i++) {
		bool plain = octets[i] >= ' ' && octets[i] < 0x7f;

		text[i] = plain && octets[i] != '"' && octets[i] != '\\' ? octets[i] : '.';
	}
	text[i] = '\0';
	isup_explain_line(x, "%s: %s", name, text);
}

void isup_explain_hex(struct isup_explain *x, const char *name, const uint8_t *octets, size_t n)
{
	static const char hex[] = "0123456789abcdef";
	char text[2 * UINT8_MAX + 1];
	size_t i;

	for (i = 0; i < n && i < UINT8_MAX; i++) {
		text[2 * i] = hex[octets[i] >> 4];
		text[2 * i + 1] = hex[octets[i] & 15];
	}
	text[2 * i] = '\0';
	isup_explain_line(x, "%s: %s", name, text);
}

void isup_fields_explain(struct isup_explain *x, const struct isup_par_row *row, const void *val)
{
	unsigned int len = row->head;

	for (unsigned int n = 0; n < row->n_bits; n++) {
		const struct isup_bits *b = &row->bits[n];
		uint32_t v = b->name ? isup_field_value(b, val) : 0;
		const char *name = b->names ? isup_name_of(b->names, v) : NULL;

		if (b->name && !b->width && !v && b->octet < len)
			len = b->octet;
		if (b->names && b->octet < len)
			isup_explain_line(x, "%s: %s", b->name, name ? name : "spare or national");
	}
}

void isup_explain_par(struct isup_explain *x, const struct isup_msg *m, const struct isup_par *par)
{
	const struct isup_par_row *row = isup_par_row(m->dialect, par->code);
	_Alignas(max_align_t) uint8_t val[ISUP_MAX_VALUE];

	if (!row)
		return;
	x->dialect = m->dialect;
	if (isup_par_value(m, par, val, row->size))
		isup_fields_explain(x, row, val);
	if (row->kind->explain)
		row->kind->explain(x, row, m->octets + par->off, par->len);
}
