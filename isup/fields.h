/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bit fields at the beginning of a parameter; a kind of value is fields and what follows. */
#ifndef TOLLGATE_ISUP_FIELDS_H
#define TOLLGATE_ISUP_FIELDS_H

#include "isup/dialect.h"

/* Fields from row->head octets, or fewer: what is not there is 0. */
void isup_fields_decode(const struct isup_par_row *row, void *val, const uint8_t *octets,
			size_t len);
/* row->head octets, or fewer when a presence field says so. 0 or -EINVAL. */
int isup_fields_encode(const struct isup_par_row *row, const void *val, struct wr *w);
void isup_fields_print(const struct isup_par_row *row, const void *val, struct isup_sink *s);
/* false: no such field, or no such value. */
bool isup_fields_parse(const struct isup_par_row *row, void *val, const struct isup_word *word);
void isup_fields_generate(const struct isup_par_row *row, void *val, struct isup_rnd *rnd);

/* The value of one field. */
uint32_t isup_field_value(const struct isup_bits *b, const void *val);

/* Octets after the fields, as struct isup_octets at row->rest. */
bool isup_octets_decode(const struct isup_par_row *row, void *val, const uint8_t *octets,
			size_t len);
int isup_octets_encode(const struct isup_par_row *row, const void *val, struct wr *w);
void isup_octets_print(const struct isup_par_row *row, const void *val, struct isup_sink *s);
bool isup_octets_parse(const struct isup_par_row *row, void *val, const struct isup_word *word);
void isup_octets_generate(const struct isup_par_row *row, void *val, struct isup_rnd *rnd);
/* min to max of them, but not many */
void isup_octets_fill(struct isup_octets *data, unsigned int min, unsigned int max,
		      struct isup_rnd *rnd);

/* Words of the text form. */
bool isup_word_is(const struct isup_word *word, const char *name);
/* decimal, or hexadecimal after 0x */
bool isup_word_num(const struct isup_word *word, uint32_t *ret_value);
/* Pairs of hexadecimal digits to octets: how many, or -1. */
int isup_hex_octets(uint8_t *octets, size_t size, const char *hex, size_t len);

#endif
