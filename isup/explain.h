/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the contents of parameters mean, in words: a line each. */
#ifndef TOLLGATE_ISUP_EXPLAIN_H
#define TOLLGATE_ISUP_EXPLAIN_H

#include "isup/dialect.h"
#include "isup/names.h"

struct isup_explain {
	const struct isup_dialect *dialect;
	/* text: printable, without " and \, valid during the call */
	void (*line)(struct isup_explain *x, const char *text);
};

void isup_explain_line(struct isup_explain *x, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* "name: " and octets as characters, other ones than printable as dots. */
void isup_explain_text(struct isup_explain *x, const char *name, const uint8_t *octets, size_t n);
/* "name: " and hexadecimal digits. */
void isup_explain_hex(struct isup_explain *x, const char *name, const uint8_t *octets, size_t n);
/* Fields whose values have names. */
void isup_fields_explain(struct isup_explain *x, const struct isup_par_row *row, const void *val);
/* All of one parameter: its fields, and what its kind knows. */
void isup_explain_par(struct isup_explain *x, const struct isup_msg *m, const struct isup_par *par);

/* Elements of Q.931 as access transport, user service and teleservice information have them. */
void isup_explain_elements(struct isup_explain *x, const uint8_t *octets, size_t len);
void isup_explain_bearer(struct isup_explain *x, const uint8_t *octets, size_t len);
void isup_explain_hlc(struct isup_explain *x, const uint8_t *octets, size_t len);

/* A cause with its diagnostics; the verb of its kind. */
void isup_explain_cause(struct isup_explain *x, const struct isup_par_row *row,
			const uint8_t *octets, size_t len);

#endif
