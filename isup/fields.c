/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bit fields: the only place where octets of parameters are shifted and masked. */
#include <errno.h>

#include "isup/fields.h"

static uint32_t mask_of(const struct isup_bits *b)
{
	return b->width == 32 ? UINT32_MAX : (1u << b->width) - 1;
}

static unsigned int octets_of(const struct isup_bits *b)
{
	return (b->lsb + b->width + 7) / 8;
}

uint32_t isup_field_value(const struct isup_bits *b, const void *val)
{
	const uint8_t *at = (const uint8_t *)val + b->off;
	uint32_t v32;
	uint16_t v16;

	switch (b->size) {
	case 1:
		return *at;
	case 2:
		memcpy(&v16, at, sizeof(v16));
		return v16;
	default:
		memcpy(&v32, at, sizeof(v32));
		return v32;
	}
}

static void store(void *val, const struct isup_bits *b, uint32_t v)
{
	uint8_t *at = (uint8_t *)val + b->off;
	uint16_t v16 = v;

	switch (b->size) {
	case 1:
		*at = v;
		break;
	case 2:
		memcpy(at, &v16, sizeof(v16));
		break;
	default:
		memcpy(at, &v, sizeof(v));
	}
}

/* Place of the field's i-th octet in the number it makes, in bits. */
static unsigned int shift_of(const struct isup_bits *b, unsigned int i)
{
	return 8 * (b->low_first ? i : octets_of(b) - 1 - i);
}

static uint32_t joined(const struct isup_bits *b, const uint8_t *octets, size_t len)
{
	uint32_t v = 0;

	for (unsigned int i = 0; i < octets_of(b) && b->octet + i < len; i++)
		v |= (uint32_t)octets[b->octet + i] << shift_of(b, i);
	return v;
}

void isup_fields_decode(const struct isup_par_row *row, void *val, const uint8_t *octets,
			size_t len)
{
	for (unsigned int n = 0; n < row->n_bits; n++) {
		const struct isup_bits *b = &row->bits[n];

		if (b->mask)		/* nearly all */
			((uint8_t *)val)[b->off] =
				b->octet < len ? octets[b->octet] >> b->lsb & b->mask : 0;
		else if (b->name && !b->width)
			store(val, b, b->octet < len);
		else if (b->name)
			store(val, b, joined(b, octets, len) >> b->lsb & mask_of(b));
	}
}

int isup_fields_encode(const struct isup_par_row *row, const void *val, struct wr *w)
{
	uint8_t octets[16] = { 0 };
	unsigned int len = row->head;

	for (unsigned int n = 0; n < row->n_bits; n++) {
		const struct isup_bits *b = &row->bits[n];
		uint32_t v = b->name ? isup_field_value(b, val) : mask_of(b);

		if (!b->width) {
			if (!v && b->octet < len)
				len = b->octet;
			continue;
		}
		if (v & ~mask_of(b))
			return -EINVAL;
		if (v && b->name && b->octet >= len)
			return -EINVAL;		/* a value for an octet that is said to be absent */
		if (b->lsb + b->width <= 8) {
			octets[b->octet] |= v << b->lsb;
			continue;
		}
		for (unsigned int i = 0; i < octets_of(b); i++)
			octets[b->octet + i] |= v << b->lsb >> shift_of(b, i);
	}
	wr_octets(w, octets, len);
	return 0;
}

void isup_fields_print(const struct isup_par_row *row, const void *val, struct isup_sink *s)
{
	unsigned int len = row->head;

	for (unsigned int n = 0; n < row->n_bits; n++) {
		const struct isup_bits *b = &row->bits[n];

		if (b->name && !b->width && !isup_field_value(b, val) && b->octet < len)
			len = b->octet;
		if (b->name && b->width && b->octet < len)
			s->num(s, b->name, isup_field_value(b, val));
	}
}

bool isup_word_is(const struct isup_word *word, const char *name)
{
	return name && strlen(name) == word->name_len && !memcmp(name, word->name, word->name_len);
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool isup_word_num(const struct isup_word *word, uint32_t *ret_value)
{
	const char *p = word->value, *end = p + word->value_len;
	unsigned int base = 10;
	uint64_t v = 0;

	if (end - p > 2 && p[0] == '0' && p[1] == 'x') {
		base = 16;
		p += 2;
	}
	if (p == end)
		return false;
	for (; p < end; p++) {
		int digit = hex_digit(*p);

		if (digit < 0 || digit >= (int)base)
			return false;
		v = v * base + digit;
		if (v > UINT32_MAX)
			return false;
	}
	*ret_value = v;
	return true;
}

int isup_hex_octets(uint8_t *octets, size_t size, const char *hex, size_t len)
{
	if (len % 2 || len / 2 > size)
		return -1;
	for (size_t i = 0; i < len / 2; i++) {
		int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);

		if (high < 0 || low < 0)
			return -1;
		octets[i] = high << 4 | low;
	}
	return len / 2;
}

/* A field was given: the octets up to it are there. */
static void mark_present(const struct isup_par_row *row, void *val, unsigned int octet)
{
	for (unsigned int n = 0; n < row->n_bits; n++)
		if (row->bits[n].name && !row->bits[n].width && row->bits[n].octet <= octet)
			store(val, &row->bits[n], 1);
}

bool isup_fields_parse(const struct isup_par_row *row, void *val, const struct isup_word *word)
{
	uint32_t v;

	for (unsigned int n = 0; n < row->n_bits; n++) {
		const struct isup_bits *b = &row->bits[n];

		if (!b->width || !isup_word_is(word, b->name))
			continue;
		if (!isup_word_num(word, &v) || v & ~mask_of(b))
			return false;
		store(val, b, v);
		mark_present(row, val, b->octet);
		return true;
	}
	return false;
}

void isup_fields_generate(const struct isup_par_row *row, void *val, struct isup_rnd *rnd)
{
	unsigned int len = row->head;

	for (unsigned int n = 0; n < row->n_bits; n++) {
		const struct isup_bits *b = &row->bits[n];

		if (!b->name || b->octet >= len)
			continue;
		if (b->width) {
			store(val, b, isup_rnd(rnd, 65536) * 65536 + isup_rnd(rnd, 65536));
			store(val, b, isup_field_value(b, val) & mask_of(b));
		} else if (isup_rnd(rnd, 2)) {
			store(val, b, 1);
		} else {
			len = b->octet;
		}
	}
}
