/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of value that parameters have, and the verbs each of them has. */
#ifndef TOLLGATE_ISUP_KIND_H
#define TOLLGATE_ISUP_KIND_H

#include "isup/octets.h"

struct isup_par_row;
struct isup_explain;

/* Where print verbs put a value. */
struct isup_sink {
	void (*num)(struct isup_sink *s, const char *name, uint32_t value);
	void (*text)(struct isup_sink *s, const char *name, const char *text);
	void (*hex)(struct isup_sink *s, const char *name, const uint8_t *octets, size_t n);
};

/* One word of the text form: name=value, or a value alone (name_len 0). */
struct isup_word {
	const char *name, *value;
	size_t name_len, value_len;
};

/* Numbers that look like chance but come again from the same seed. Gives 0 .. n-1. */
struct isup_rnd { uint64_t state; };
uint32_t isup_rnd(struct isup_rnd *r, uint32_t n);

/* What all parameters of one kind have in common. val points to a struct of row->size octets, which
 * decode, parse and generate find zeroed. */
struct isup_kind {
	const char *name;
	/* Is the form right, the length being so? NULL: nothing more to check. */
	bool (*form)(const struct isup_par_row *row, const uint8_t *octets, size_t len);
	bool (*decode)(const struct isup_par_row *row, void *val, const uint8_t *octets,
		       size_t len);
	/* 0, or -EINVAL: a field is out of its range. w tells when there is no room. */
	int (*encode)(const struct isup_par_row *row, const void *val, struct wr *w);
	void (*print)(const struct isup_par_row *row, const void *val, struct isup_sink *s);
	bool (*parse)(const struct isup_par_row *row, void *val, const struct isup_word *word);
	void (*generate)(const struct isup_par_row *row, void *val, struct isup_rnd *rnd);
	/* What the names of fields do not tell; NULL: nothing. Octets of a length that the row
	 * allows, of any form. */
	void (*explain)(struct isup_explain *x, const struct isup_par_row *row,
			const uint8_t *octets, size_t len);
};

extern const struct isup_kind isup_kind_bits;		/* fields only */
extern const struct isup_kind isup_kind_octets;		/* fields, then struct isup_octets */
/* octets of which more is known: instructions (3.41), Q.931 elements (3.3, 3.57, 3.59), circuit
 * states (3.14), service codes (3.49), characters, the form of 3.82 */
extern const struct isup_kind isup_kind_compat, isup_kind_elements, isup_kind_bearer, isup_kind_hlc,
	isup_kind_states, isup_kind_services, isup_kind_text, isup_kind_apm;
/* fields and such octets: a name, 3.61, 3.24 */
extern const struct isup_kind isup_kind_name, isup_kind_uui, isup_kind_digits;
extern const struct isup_kind isup_kind_number;		/* fields, then digits */
extern const struct isup_kind isup_kind_bcd;		/* fields and a fixed number of digits */
extern const struct isup_kind isup_kind_cause;		/* struct isup_cause */
extern const struct isup_kind isup_kind_range;		/* struct isup_range */

#endif
