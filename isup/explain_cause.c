/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The meaning of cause indicators and of the diagnostics that belong to each cause (Q.850). */
#include <stdio.h>

#include "isup/explain.h"
#include "isup/fields.h"

static const struct isup_name conditions[] = {
	{ 0, "unknown" }, { 1, "permanent" }, { 2, "transient" }, { 0, NULL },
};
static const struct isup_name rejections[] = {
	{ 0, "user specific" }, { 1, "information element missing" },
	{ 2, "information element contents not sufficient" }, { 0, NULL },
};
static const struct isup_name ccbs[] = {
	{ 1, "CCBS possible" }, { 2, "CCBS not possible" }, { 0, NULL },
};

static const char *named(const struct isup_name *names, uint32_t value)
{
	return isup_name_of(names, value) ?: "spare";
}

static void condition(struct isup_explain *x, const struct isup_cause *c)
{
	isup_explain_line(x, "condition: %s", named(conditions, c->diag[0] & 3));
}

static void rejection(struct isup_explain *x, const struct isup_cause *c)
{
	isup_explain_line(x, "reason: %s", named(rejections, c->diag[0] >> 2 & 31));
	condition(x, c);
}

static void busy(struct isup_explain *x, const struct isup_cause *c)
{
	isup_explain_line(x, "CCBS: %s", named(ccbs, c->diag[0] & 0x7f));
}

/* Codes of parameters that were missing, unknown or wrong. */
static void parameters(struct isup_explain *x, const struct isup_cause *c)
{
	for (int i = 0; i < c->n_diag; i++)
		isup_explain_line(x, "parameter 0x%02x: %s", c->diag[i],
				  isup_par_name(x->dialect, c->diag[i]));
}

static void message(struct isup_explain *x, const struct isup_cause *c)
{
	isup_explain_line(x, "message 0x%02x: %s", c->diag[0],
			  isup_mt_name(x->dialect, c->diag[0]));
}

static void timer(struct isup_explain *x, const struct isup_cause *c)
{
	isup_explain_text(x, "timer", c->diag, c->n_diag);
}

/* Laid out as a called party number. */
static void number(struct isup_explain *x, const struct isup_cause *c)
{
	const struct isup_par_row *row = isup_par_row(x->dialect, ISUP_P_CALLED);
	struct isup_number n = { 0 };

	if (c->n_diag >= row->min && row->kind->decode(row, &n, c->diag, c->n_diag))
		isup_explain_line(x, "new number: %s", n.digits);
}

static const struct {
	uint8_t cause;
	void (*explain)(struct isup_explain *x, const struct isup_cause *c);
} diagnostics[] = {
	{ 1, condition }, { 3, condition }, { 16, condition }, { 49, condition },
	{ 17, busy }, { 21, rejection }, { 22, number },
	{ 43, parameters }, { 88, parameters }, { 96, parameters }, { 99, parameters },
	{ 100, parameters }, { 103, parameters }, { 110, parameters },
	{ 97, message }, { 98, message }, { 101, message }, { 102, timer },
};

static const char *cause_text(const struct isup_cause *c)
{
	const char *name = NULL;

	if (c->coding == 2)
		name = isup_name_of(isup_names_ansi_cause, c->value);
	/* ISO's, and what only its location knows, are not Q.850's */
	if (!name && (c->coding == 0 || c->coding == 2))
		name = isup_cause_name(c->value);
	return name ?: "not by Q.850";
}

void isup_explain_cause(struct isup_explain *x, const struct isup_par_row *row,
			const uint8_t *octets, size_t len)
{
	struct isup_cause c = { 0 };

	if (!row->kind->decode(row, &c, octets, len))
		return;
	isup_explain_line(x, "coding: %s", named(isup_names_coding, c.coding));
	isup_explain_line(x, "location: %s", named(isup_names_location, c.location));
	isup_explain_line(x, "cause: %u %s", c.value, cause_text(&c));
	for (size_t i = 0; i < sizeof(diagnostics) / sizeof(diagnostics[0]); i++)
		if (diagnostics[i].cause == c.value && c.n_diag && c.coding == 0)
			diagnostics[i].explain(x, &c);
}
