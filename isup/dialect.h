/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dialect of ISUP: a table of messages and a table of parameters.
 *
 * A new message, parameter or field is one row; a new dialect is the rows it has apart from those
 * of the dialect that it is based on. */
#ifndef TOLLGATE_ISUP_DIALECT_H
#define TOLLGATE_ISUP_DIALECT_H

#include "isup/isup.h"
#include "isup/kind.h"

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
	uint8_t mask;			/* of a field within its octet, in a member of 1; else 0 */
	uint16_t off;			/* of the member in the value struct */
	const struct isup_name *names;	/* of its values, when they have any; isup/names.h */
};

struct isup_timers;
struct isup_name;

/* A parameter (Q.763 clause 3); its code is the index. No abbr: the base's row holds; no kind:
 * there is no such parameter here. */
struct isup_par_row {
	const char *abbr, *name, *clause;
	uint8_t min, max;		/* octets of contents, without code and length */
	const struct isup_kind *kind;
	uint16_t size;			/* of the value struct */
	const struct isup_bits *bits;	/* fields at its beginning ... */
	uint8_t n_bits;
	uint8_t head;			/* ... and the octets they take */
	/* offset of what follows; numbers: octet of odd/even; a fixed number of digits: theirs */
	uint16_t rest;
	uint8_t n_digits;
};

/* A message (Q.763 clause 4); its type is the index. No abbr: the base's row holds; no name: there
 * is no such message here. */
struct isup_mt_row {
	const char *abbr, *name;
	bool opaque;			/* contents without parameters: one or more ISUP_P_BODY */
	bool optional;			/* has an optional part and its pointer */
	uint8_t n_fixed, n_var;
	uint8_t fixed[ISUP_MAX_FIXED];	/* mandatory parameters, in wire order */
	uint8_t var[ISUP_MAX_VAR];
	uint8_t n_opt;
	const uint8_t *opt;		/* foreseen in the optional part, if there is such a row */
};

/* What the processes must know of a dialect stands here, too: they ask this, never the name. */
struct isup_dialect {
	const char *name, *standard;
	const struct isup_dialect *base;	/* its rows hold where this one has none; or NULL */
	uint8_t cic_bits, point_code_bits;
	uint8_t group_range;		/* circuits that one message for a group may name */
	bool loop_ack;			/* CCR is acknowledged by LPA (T1.113.4) */
	bool group_twice;		/* GRS, CGB, CGU act when repeated within 5 s (T1.113.4) */
	uint8_t cause_coding;		/* coding standard of its own causes (Q.850 2.2.2) */
	const struct isup_timers *timers;	/* NULL: those of Q.764 */
	const struct isup_mt_row *messages;	/* ISUP_N_CODES rows; NULL: the base's are all */
	const struct isup_par_row *params;	/* the same */
};

/* Rows, or NULL when the dialect has none. */
const struct isup_mt_row *isup_mt_row(const struct isup_dialect *d, uint8_t type);
const struct isup_par_row *isup_par_row(const struct isup_dialect *d, uint8_t code);

/* The highest circuit identification code and point code of a dialect. */
static inline uint16_t isup_max_cic(const struct isup_dialect *d)
{
	return (1u << d->cic_bits) - 1;
}
static inline uint32_t isup_max_point_code(const struct isup_dialect *d)
{
	return (1u << d->point_code_bits) - 1;
}

/* Dialects one after the other; NULL for the first, and after the last. */
const struct isup_dialect *isup_dialect_next(const struct isup_dialect *d);

/* The form of a message that a dialect does not know: an optional part (Q.764 2.9.5.1). */
extern const struct isup_mt_row isup_unknown_message;

/* The mandatory parameter's place in the message's table, or -1. */
int isup_mandatory_rank(const struct isup_mt_row *row, uint8_t code);

/* Octets of a value written to buf, or -EINVAL, -EMSGSIZE. The length limits of the row hold. */
int isup_value_octets(uint8_t *buf, size_t size, const struct isup_par_row *row, const void *val);

/* A random legal message with n_opt optional parameters: 0, or -EMSGSIZE when they do not fit. */
int isup_generate(struct isup_msg *m, const struct isup_dialect *d, uint8_t type,
		  unsigned int n_opt, struct isup_rnd *rnd);

#endif
