/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Message and parameter compatibility information (Q.763 3.33, 3.41), and messages in another
 * dialect. Parameters: code, instructions, code, instructions ... */
#include <errno.h>

#include "isup/compat.h"
#include "isup/fields.h"

#define B(f, oct, lsb, width) \
	{ #f, oct, lsb, width, false, 1, (1u << (width)) - 1, offsetof(struct isup_par_compat, f) }

static const struct isup_bits instructions[] = {
	B(end_node, 0, 0, 1), B(release, 0, 1, 1), B(notify, 0, 2, 1), B(discard_message, 0, 3, 1),
	B(discard, 0, 4, 1), B(pass_on, 0, 5, 2), B(broadband, 1, 0, 2),
};
static const struct isup_par_row row = { .bits = instructions, .n_bits = 7, .head = 2 };

bool isup_par_compat_read(const uint8_t *octets, size_t len, size_t *at, uint8_t *ret_code,
			  struct isup_par_compat *ret)
{
	struct rd r = rd_init(octets + *at, len - *at);
	const uint8_t *first;

	if (rd_left(&r) < 2)
		return false;		/* the end, or a code without instructions */
	*ret_code = rd_u8(&r);
	first = r.p;
	while (!(rd_u8(&r) & 0x80) && !r.bad)
		;
	*ret = (struct isup_par_compat){ 0 };
	isup_fields_decode(&row, ret, first, r.p - first);
	*at = r.p - octets;
	return true;
}

bool isup_par_compat_next(const struct isup_msg *m, size_t *at, uint8_t *ret_code,
			  struct isup_par_compat *ret)
{
	size_t len = 0;
	const uint8_t *octets = isup_raw(m, ISUP_P_PARAMETER_COMPAT, &len);

	return octets && isup_par_compat_read(octets, len, at, ret_code, ret);
}

bool isup_par_compat(const struct isup_msg *m, uint8_t code, struct isup_par_compat *ret)
{
	size_t at = 0;
	uint8_t of;

	while (isup_par_compat_next(m, &at, &of, ret))
		if (of == code)
			return true;
	return false;
}

bool isup_msg_compat(const struct isup_msg *m, struct isup_message_compat *ret)
{
	return isup_get(m, ISUP_P_MESSAGE_COMPAT, ret);
}

int isup_par_compat_add(struct isup_msg *m, uint8_t code, const struct isup_par_compat *todo)
{
	uint8_t all[UINT8_MAX];
	size_t len = 0;
	const uint8_t *octets = isup_raw(m, ISUP_P_PARAMETER_COMPAT, &len);
	struct wr w = wr_init(all, sizeof(all));
	uint8_t *first;

	if (len)
		wr_octets(&w, octets, len);
	wr_u8(&w, code);
	first = w.p;
	if (isup_fields_encode(&row, todo, &w) < 0)
		return -EINVAL;
	if (w.bad)
		return -EMSGSIZE;
	if (!todo->broadband)
		w.p--;
	first[w.p - first - 1] |= 0x80;
	return isup_set_raw(m, ISUP_P_PARAMETER_COMPAT, all, w.p - all);
}

static bool same_bits(const struct isup_bits *a, const struct isup_bits *b)
{
	return a->octet == b->octet && a->lsb == b->lsb && a->width == b->width &&
	       a->low_first == b->low_first && a->off == b->off && !a->name == !b->name;
}

/* Do two rows lay out the same value in the same octets? */
static bool same_layout(const struct isup_par_row *a, const struct isup_par_row *b)
{
	bool same = a && b && a->kind == b->kind && a->min == b->min && a->max == b->max &&
		    a->size == b->size && a->n_bits == b->n_bits && a->head == b->head;

	for (int i = 0; same && i < a->n_bits; i++)
		same = same_bits(&a->bits[i], &b->bits[i]);
	return same || a == b;
}

unsigned int isup_to_dialect(struct isup_msg *m, const struct isup_dialect *d)
{
	const struct isup_dialect *from = m->dialect;
	unsigned int i = 0, gone = 0;

	if (from == d)
		return 0;
	m->dialect = d;
	while (i < m->n_pars) {
		uint8_t code = m->par[i].code, n = m->n_pars;

		if (same_layout(isup_par_row(d, code), isup_par_row(from, code)))
			i++;
		else
			isup_del(m, code);
		gone += n - m->n_pars;
	}
	return gone;
}
