/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Return codes of RFC 3435 2.4, with their class after RFC 3661. */
#include "mgcp/mgcp.h"

static const struct mgcp_code codes[] = {
	{   0, MGCP_OK,	       "response acknowledgement" },
	{ 100, MGCP_OK,	       "in progress" },
	{ 101, MGCP_OK,	       "queued" },
	{ 200, MGCP_OK,	       "done" },
	{ 250, MGCP_OK,	       "connection deleted" },
	{ 400, MGCP_TRANSIENT, "transient error" },
	{ 401, MGCP_STATE,     "already off hook" },
	{ 402, MGCP_STATE,     "already on hook" },
	{ 403, MGCP_TRANSIENT, "no resources now" },
	{ 404, MGCP_TRANSIENT, "no bandwidth now" },
	{ 405, MGCP_TRANSIENT, "endpoint restarting" },
	{ 406, MGCP_TRANSIENT, "transaction timed out" },
	{ 407, MGCP_NEUTRAL,   "transaction aborted" },
	{ 409, MGCP_TRANSIENT, "overload" },
	{ 410, MGCP_NEUTRAL,   "no endpoint available" },
	{ 500, MGCP_MISMATCH,  "unknown endpoint" },
	{ 501, MGCP_SERVICE,   "endpoint not ready" },
	{ 502, MGCP_SERVICE,   "no resources" },
	{ 503, MGCP_MISMATCH,  "wildcard too complicated" },
	{ 504, MGCP_MISMATCH,  "unknown command" },
	{ 505, MGCP_REMOTE,    "remote description not supported" },
	{ 506, MGCP_REMOTE,    "options contradict the remote description" },
	{ 507, MGCP_MISMATCH,  "function not supported" },
	{ 508, MGCP_MISMATCH,  "quarantine handling not supported" },
	{ 509, MGCP_REMOTE,    "error in the remote description" },
	{ 510, MGCP_MISMATCH,  "protocol error" },
	{ 511, MGCP_MISMATCH,  "unknown extension" },
	{ 512, MGCP_MISMATCH,  "cannot detect an event" },
	{ 513, MGCP_MISMATCH,  "cannot make a signal" },
	{ 514, MGCP_MISMATCH,  "announcement not available" },
	{ 515, MGCP_STATE,     "unknown connection" },
	{ 516, MGCP_STATE,     "unknown call" },
	{ 517, MGCP_MISMATCH,  "mode not supported" },
	{ 518, MGCP_MISMATCH,  "package not supported" },
	{ 519, MGCP_STATE,     "no digit map" },
	{ 520, MGCP_SERVICE,   "endpoint restarting (old form)" },
	{ 521, MGCP_NEUTRAL,   "redirected" },
	{ 522, MGCP_MISMATCH,  "unknown event or signal" },
	{ 523, MGCP_MISMATCH,  "unknown action" },
	{ 524, MGCP_MISMATCH,  "inconsistent connection options" },
	{ 525, MGCP_MISMATCH,  "unknown connection option extension" },
	{ 526, MGCP_MISMATCH,  "no bandwidth" },
	{ 527, MGCP_REMOTE,    "remote description missing" },
	{ 528, MGCP_MISMATCH,  "version not supported" },
	{ 529, MGCP_SERVICE,   "hardware failure" },
	{ 530, MGCP_NEUTRAL,   "CAS protocol error" },
	{ 531, MGCP_SERVICE,   "trunk group failure" },
	{ 532, MGCP_MISMATCH,  "connection option value not supported" },
	{ 533, MGCP_NEUTRAL,   "response too large" },
	{ 534, MGCP_REMOTE,    "no common codec" },
	{ 535, MGCP_MISMATCH,  "packet time not supported" },
	{ 536, MGCP_MISMATCH,  "restart method not supported" },
	{ 537, MGCP_MISMATCH,  "digit map extension not supported" },
	{ 538, MGCP_MISMATCH,  "event parameter error" },
	{ 539, MGCP_MISMATCH,  "parameter not supported" },
	{ 540, MGCP_STATE,     "too many connections on the endpoint" },
	{ 541, MGCP_MISMATCH,  "connection option not supported" },
};

enum { N_CODES = sizeof(codes) / sizeof(codes[0]) };

static const struct mgcp_code *find(uint16_t code)
{
	unsigned int low = 0, high = N_CODES;

	while (low < high) {
		unsigned int mid = (low + high) / 2;

		if (codes[mid].code == code)
			return &codes[mid];
		if (codes[mid].code < code)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

const struct mgcp_code *mgcp_code(uint16_t code)
{
	static const uint16_t class_of[10] = { 0, 100, 200, 521, 400, 510, 510, 510, 510, 510 };
	const struct mgcp_code *row = find(code);

	return row ? row : find(class_of[code / 100 % 10]);
}

const struct mgcp_code *mgcp_code_row(unsigned int i)
{
	return i < N_CODES ? &codes[i] : NULL;
}
