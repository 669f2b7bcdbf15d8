/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: what the M3UA guard lets pass can be decoded, and said again with the same
 * meaning. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/bit32gen.h>
#include <osmocom/sigtran/protocol/m3ua.h>

#include "gw/m3ua_check.h"
#include "gw/m3ua_msg.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned int seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t len, size_t max);	/* the fuzzer's */

static void must(bool cond)
{
	if (!cond)
		abort();
}

static void data_again(const uint8_t *msg, size_t len)
{
	struct m3ua_data a, b;
	uint8_t buf[M3UA_MAX_MSG];
	ssize_t n;

	if (m3ua_data_decode(&a, msg, len) < 0)
		return;		/* point codes of more than 24 bits, several routing contexts */
	n = m3ua_data_encode(buf, sizeof(buf), &a);
	must(n > 0 && m3ua_check(buf, n) == M3UA_GOOD && m3ua_data_decode(&b, buf, n) == 0);
	must(a.opc == b.opc && a.dpc == b.dpc && a.si == b.si && a.ni == b.ni && a.mp == b.mp &&
	     a.sls == b.sls);
	must(a.has_rc == b.has_rc && a.rc == b.rc && a.has_na == b.has_na && a.na == b.na);
	must(a.len == b.len && memcmp(a.sdu, b.sdu, a.len) == 0);
}

static void ssnm(const uint8_t *msg, size_t len)
{
	struct m3ua_ssnm s;
	uint8_t mask;

	must(m3ua_ssnm_decode(&s, msg, len) == 0 && s.n_pcs > 0);
	for (unsigned int i = 0; i < s.n_pcs; i++)
		must(m3ua_ssnm_match(&s, i, m3ua_ssnm_pc(&s, i, &mask)));
}

/* Most messages have their length right again, or they would be refused for it. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned int seed)
{
	len = LLVMFuzzerMutate(data, len, max);
	if (seed % 8 && len >= 8)
		osmo_store32be(len, data + 4);
	return len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct m3ua_data d;
	struct m3ua_ssnm s;
	struct m3ua_mgmt m;
	enum m3ua_fault fault = m3ua_check(data, len);

	must(fault < M3UA_FAULTS && m3ua_fault_name(fault));
	if (fault != M3UA_GOOD) {	/* decoders are safe without the guard, too */
		m3ua_data_decode(&d, data, len);
		m3ua_ssnm_decode(&s, data, len);
		m3ua_mgmt_decode(&m, data, len);
		return 0;
	}
	if (data[2] == M3UA_MSGC_XFER)
		data_again(data, len);
	else if (data[2] == M3UA_MSGC_SNM)
		ssnm(data, len);
	else if (data[2] == M3UA_MSGC_MGMT)
		must(m3ua_mgmt_decode(&m, data, len) == 0);
	return 0;
}
