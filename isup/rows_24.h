/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields of the parameters that hold a point code, where it has 24 bits, the member first: for the
 * tables of such dialects alone. */
#ifndef TOLLGATE_ISUP_ROWS_24_H
#define TOLLGATE_ISUP_ROWS_24_H

#include "isup/rows.h"

static const struct isup_bits call_reference_bits[] = {
	B(call_reference, identity, 0, 0, 24), LOW(call_reference, point_code, 3, 0, 24),
};
static const struct isup_bits point_code_bits[] = { LOW(point_code, point_code, 0, 0, 24) };
static const struct isup_bits connection_request_bits[] = {
	B(connection_request, reference, 0, 0, 24), LOW(connection_request, point_code, 3, 0, 24),
	HAS(connection_request, has_class, 6),
	E(connection_request, protocol_class, 6, 0, 8, protocol_class),
	HAS(connection_request, has_credit, 7), B(connection_request, credit, 7, 0, 8),
};

#endif
