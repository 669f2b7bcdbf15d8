/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parameter compatibility information (Q.763 3.41): code, instructions, code, instructions ... */
#include "isup/fields.h"

#define B(f, oct, lsb, width) { #f, oct, lsb, width, false, 1, offsetof(struct isup_par_compat, f) }

static const struct isup_bits instructions[] = {
	B(end_node, 0, 0, 1), B(release, 0, 1, 1), B(notify, 0, 2, 1), B(discard_message, 0, 3, 1),
	B(discard, 0, 4, 1), B(pass_on, 0, 5, 2), B(broadband, 1, 0, 2),
};
static const struct isup_par_row row = { .bits = instructions, .n_bits = 7, .head = 2 };

bool isup_par_compat(const struct isup_msg *m, uint8_t code, struct isup_par_compat *ret)
{
	size_t len = 0;
	const uint8_t *octets = isup_raw(m, ISUP_P_PARAMETER_COMPAT, &len);
	struct rd r = rd_init(octets, len);

	while (octets && rd_left(&r) > 1) {
		bool found = rd_u8(&r) == code;
		const uint8_t *first = r.p;

		while (!(rd_u8(&r) & 0x80) && !r.bad)
			;
		if (found) {
			*ret = (struct isup_par_compat){ 0 };
			isup_fields_decode(&row, ret, first, r.p - first);
			return true;
		}
	}
	return false;
}
