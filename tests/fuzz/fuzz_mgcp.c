/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: what the MGCP decoder accepts can be written, is read as the same again, and has
 * values inside the octets. */
#include <stdlib.h>
#include <string.h>

#include "mgcp/mgcp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void use_values(const struct mgcp_msg *m)
{
	uint32_t first, last;

	for (unsigned int i = 0; i < m->n_params; i++) {
		struct mgcp_text rest = m->params[i].value;

		mgcp_stats(&rest);
		mgcp_restart(&rest);
		mgcp_name_covers(&rest, "ds/e1-3/17@gw");
		while (mgcp_ack_next(&rest, &first, &last))
			;
	}
}

static void again(const struct mgcp_msg *m)
{
	static char out[4 * MGCP_MAX_DATAGRAM], back[4 * MGCP_MAX_DATAGRAM];
	int len = mgcp_encode(out, sizeof(out), m), len2;
	struct mgcp_rd rd = mgcp_rd(out, len < 0 ? 0 : len);
	struct mgcp_fault f;
	struct mgcp_msg m2;

	if (len < 0)
		abort();
	if (len > MGCP_MAX_DATAGRAM)
		return;		/* LF became CRLF */
	if (mgcp_decode(&m2, &rd, &f) != 1 || m2.n_params != m->n_params || m2.n_sdp != m->n_sdp ||
	    rd.p != rd.end)
		abort();
	len2 = mgcp_encode(back, sizeof(back), &m2);
	if (len2 != len || memcmp(out, back, len))
		abort();
	if (mgcp_print(back, sizeof(back), m) < 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct mgcp_rd rd = mgcp_rd((const char *)data, len);
	struct mgcp_fault f;
	struct mgcp_msg m;
	int rc;

	while ((rc = mgcp_decode(&m, &rd, &f)) != 0) {
		if (rc < 0 ? !f.why || f.at > len : rd.p > rd.end)
			abort();
		if (rc < 0)
			continue;
		use_values(&m);
		again(&m);
	}
	return 0;
}
