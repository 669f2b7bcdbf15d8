/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How rows of messages, parameters and fields are written in the tables of the dialects. */
#ifndef TOLLGATE_ISUP_ROWS_H
#define TOLLGATE_ISUP_ROWS_H

#include "isup/dialect.h"
#include "isup/names.h"

#define COUNT(list)	(sizeof(list) / sizeof((list)[0]))

/* Messages: mandatory parameters of fixed and of variable length, what may be optional */
#define PARS(...)	COUNT(((const uint8_t[]){ __VA_ARGS__ }))
#define FIXED(...)	.n_fixed = PARS(__VA_ARGS__), .fixed = { __VA_ARGS__ }
#define VAR(...)	.n_var = PARS(__VA_ARGS__), .var = { __VA_ARGS__ }
#define OPT(list)	.optional = true, .opt = list, .n_opt = COUNT(list)

/* A message or parameter of the base that this dialect does not have */
#define NOT_HERE	{ .abbr = "" }

/* B: member f of struct isup_s. E: its values have names. N, EN: under another name. LOW: low octet
 * first. HAS: presence. LAST: the extension bit of a last octet. */
#define SIZE(s, f)	sizeof(((struct isup_##s *)0)->f)
#define MASK(s, f, lsb, width) \
	(SIZE(s, f) == 1 && (lsb) + (width) <= 8 ? (1u << (width)) - 1 : 0)
#define MEMBER(s, f, lsb, width) \
	SIZE(s, f), MASK(s, f, lsb, width), offsetof(struct isup_##s, f)
#define B(s, f, oct, lsb, width)	N(#f, s, f, oct, lsb, width)
#define N(n, s, f, oct, lsb, width) \
	{ n, oct, lsb, width, false, MEMBER(s, f, lsb, width) }
#define E(s, f, oct, lsb, width, names)	EN(#f, s, f, oct, lsb, width, names)
#define EN(n, s, f, oct, lsb, width, names) \
	{ n, oct, lsb, width, false, MEMBER(s, f, lsb, width), isup_names_##names }
#define LOW(s, f, oct, lsb, width) \
	{ #f, oct, lsb, width, true, MEMBER(s, f, lsb, width) }
#define HAS(s, f, oct)	N(#f, s, f, oct, 0, 0)
#define LAST(oct)	{ NULL, oct, 7, 1 }

/* Headers of numbers; bit H before the nature of address is odd/even and belongs to the digits */
#define NAI(oct)	E(number, nai, oct, 0, 7, nai)
#define NPI(oct)	E(number, npi, oct, 4, 3, npi)
#define INN(oct)	E(number, inn, oct, 7, 1, inn)
#define NI(oct)		E(number, inn, oct, 7, 1, ni)
#define APRI(oct)	E(number, apri, oct, 2, 2, apri)
#define SI(oct)		E(number, si, oct, 0, 2, si)

/* Kind, size of the value, fields, octets they take, and the place of what follows */
#define HEAD(bits, octets)	bits, COUNT(bits), octets
#define BITS(s, octets)		&isup_kind_bits, sizeof(struct isup_##s), HEAD(s##_bits, octets)
#define OCTET(bits)		&isup_kind_bits, sizeof(struct isup_octet), HEAD(bits, 1)
/* one value in the lowest bits of an octet; LAST_VALUE: with the extension bit */
#define VALUE(width, names)	&isup_kind_bits, sizeof(struct isup_octet), \
	((const struct isup_bits[]){ E(octet, value, 0, 0, width, names) }), 1, 1
#define LAST_VALUE(width, names)	&isup_kind_bits, sizeof(struct isup_octet), \
	((const struct isup_bits[]){ E(octet, value, 0, 0, width, names), LAST(0) }), 2, 1
#define U16			&isup_kind_bits, sizeof(struct isup_u16), HEAD(u16_bits, 2)
#define OCTETS			&isup_kind_octets, sizeof(struct isup_octets)
#define KNOWN(kind)		&isup_kind_##kind, sizeof(struct isup_octets)
#define FIELDS(s, n)		FIELDS_OF(octets, s, n)
#define FIELDS_OF(kind, s, n)	&isup_kind_##kind, sizeof(struct isup_##s), \
				HEAD(s##_bits, n), offsetof(struct isup_##s, data)
#define NUMBER(bits, octets)	&isup_kind_number, sizeof(struct isup_number), HEAD(bits, octets)
#define GENERIC_NUMBER		NUMBER(generic_bits, 3), 1
#define DIGITS			&isup_kind_number, sizeof(struct isup_number), NULL, 0, 1
#define CAUSE			&isup_kind_cause, sizeof(struct isup_cause)
#define RANGE			&isup_kind_range, sizeof(struct isup_range)

enum { ANY = 255 };	/* no upper limit but the message's */

extern const struct isup_par_row isup_itu_params[ISUP_N_CODES];
extern const struct isup_par_row isup_ansi_params[ISUP_N_CODES];

#endif
