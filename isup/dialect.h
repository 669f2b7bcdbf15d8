/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dialect of ISUP: a table of messages, a table of parameters, and the kinds of value these have.
 *
 * A new message, parameter or field is one row; a new dialect (ANSI, national) is two tables. */
#ifndef TOLLGATE_ISUP_DIALECT_H
#define TOLLGATE_ISUP_DIALECT_H

#include "isup/isup.h"
#include "isup/octets.h"

enum {
	ISUP_MAX_FIXED = 4,	/* mandatory parameters of fixed length in one message */
	ISUP_MAX_VAR = 2,	/* mandatory parameters of variable length */
	ISUP_MAX_VALUE = 512,	/* the largest value struct */
	ISUP_N_CODES = 256,	/* rows of a table: an octet is the index */
};

/* A bit field. width 0: the member says whether this octet and those after it are there.
 * name NULL: bits that are always 1 (the extension bit of a last octet). */
struct isup_bits {
	const char *name;
	uint8_t octet, lsb, width;	/* a field wider than its octet goes on in the next ones */
	bool low_first;			/* it goes on with its higher bits there (point codes) */
	uint8_t size;			/* of the member: 1, 2 or 4 */
	uint16_t off;			/* of the member in the value struct */
};

struct isup_kind;

/* A parameter (Q.763 clause 3); its code is the index. No abbr: there is no such parameter. */
struct isup_par_row {
	const char *abbr, *name, *clause;
	uint8_t min, max;		/* octets of contents, without code and length */
	const struct isup_kind *kind;
	uint16_t size;			/* of the value struct */
	const struct isup_bits *bits;	/* fields at its beginning ... */
	uint8_t n_bits;
	uint8_t head;			/* ... and the octets they take */
	uint16_t rest;			/* offset of what follows; numbers: octet of odd/even */
};

/* A message (Q.763 clause 4); its type is the index. No abbr: there is no such message. */
struct isup_mt_row {
	const char *abbr, *name;
	bool opaque;			/* contents without parameters: one or more ISUP_P_BODY */
	bool optional;			/* has an optional part and its pointer */
	uint8_t n_fixed, n_var;
	uint8_t fixed[ISUP_MAX_FIXED];	/* mandatory parameters, in wire order */
	uint8_t var[ISUP_MAX_VAR];
	uint8_t n_opt;
	const uint8_t *opt;		/* what the standard foresees in the optional part */
};

struct isup_dialect {
	const char *name, *standard;
	uint8_t cic_bits, point_code_bits;
	const struct isup_mt_row *messages;	/* ISUP_N_CODES rows */
	const struct isup_par_row *params;	/* ISUP_N_CODES rows */
};

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
};

extern const struct isup_kind isup_kind_bits;		/* fields only */
extern const struct isup_kind isup_kind_octets;		/* fields, then struct isup_octets */
extern const struct isup_kind isup_kind_apm;		/* octets with the form of 3.82 */
extern const struct isup_kind isup_kind_compat;		/* octets: instructions (3.41) */
extern const struct isup_kind isup_kind_elements;	/* octets: Q.931 elements (3.3) */
extern const struct isup_kind isup_kind_number;		/* fields, then digits */
extern const struct isup_kind isup_kind_cause;		/* struct isup_cause */
extern const struct isup_kind isup_kind_range;		/* struct isup_range */

/* Rows, or NULL when the dialect has none. */
const struct isup_mt_row *isup_mt_row(const struct isup_dialect *d, uint8_t type);
const struct isup_par_row *isup_par_row(const struct isup_dialect *d, uint8_t code);

/* The mandatory parameter's place in the message's table, or -1. */
int isup_mandatory_rank(const struct isup_mt_row *row, uint8_t code);

/* Octets of a value written to buf, or -EINVAL, -EMSGSIZE. The length limits of the row hold. */
int isup_value_octets(uint8_t *buf, size_t size, const struct isup_par_row *row, const void *val);

/* A random legal message with n_opt optional parameters: 0, or -EMSGSIZE when they do not fit. */
int isup_generate(struct isup_msg *m, const struct isup_dialect *d, uint8_t type,
		  unsigned int n_opt, struct isup_rnd *rnd);

#endif
