/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: after which failure a call is tried again, at the next address of a SIP trunk group and
 * then by the next route. Only before the called side took the call: the legs see to that. */
#include "gw/map_event.h"
#include "gw/map_parts.h"
#include "gw/map_services.h"

enum { END, NEXT };
enum { CONGESTED = 42 };		/* switching equipment: the gateway itself */

#define R(cause, value, clause) { cause, NULL, NULL, { value, value, value, value }, clause }
#define S(status, phrase, value, clause) \
	{ status, NULL, phrase, { value, value, value, value }, clause }
#define W(key, token, what, value, clause) \
	{ key, token, what, { value, value, value, value }, clause }

static const struct map_row rows[] = {
	R(34, NEXT, "no resource there (Q.850)"),
	R(38, NEXT, "no resource there (Q.850)"),
	R(41, NEXT, "no resource there (Q.850)"),
	R(42, NEXT, "no resource there (Q.850)"),
	R(44, NEXT, "RFC 3398 7.2.4.1: when no other circuit is left"),
	R(47, NEXT, "no resource there (Q.850)"),
	S(408, "Request Timeout", NEXT, "RFC 3261 8.1.3.1, 16.7"),
	S(500, "Server Internal Error", NEXT, "the server could not"),
	S(502, "Bad Gateway", NEXT, "the server could not"),
	S(503, "Service Unavailable", NEXT, "RFC 3261 21.5.4, RFC 3263 4.3"),
	S(504, "Server Time-out", NEXT, "the server could not"),
	W(MAP_STATUS_NO_RESPONSE, "no-response", "no response at all", NEXT, "RFC 3263 4.3"),
	W(MAP_STATUS_UNREACHABLE, "unreachable", "the INVITE could not be sent", NEXT,
	  "RFC 3263 4.3"),
};

static const struct map_choice choices[] = {
	{ END, "end", "the call has failed" },
	{ NEXT, "next", "the next address, then the next route" },
	{ 0 }
};

static const char *key_name(uint16_t key)
{
	if (key < 128)
		return isup_cause_name(key);
	return map_key_words(&map_table_status, key);
}

const struct map_table map_table_retry = {
	.name = "retry",
	.title = "failure before the called side took the call -> another attempt "
		 "(RFC 3261 16.7, RFC 3263 4.3, RFC 3398 7.2.4.1)",
	.key_title = "cause or status", .value_title = "what follows",
	.rows = rows, .n_rows = ARRAY_SIZE(rows), .choices = choices,
	.key_min = 1, .key_max = 699, .otherwise = { END, END, END, END },
	.otherwise_clause = "the called side, or the network beyond, has decided",
	.key_name = key_name,
};

bool map_retry_cause(const struct isup_cause *c, const struct map_profile *p)
{
	return !c->coding && map_rule(p, MAP_T_RETRY, c->value) == NEXT;
}

/* RFC 3261 21.5.4, RFC 3398 7.2.4.1: a gateway says so, too, when circuits behind it are lacking;
 * that is no reason to leave it alone with calls to other places. */
unsigned int map_retry_wait(const struct sip_msg *rsp, const struct map_profile *p)
{
	struct isup_cause c = { 0 };

	if (rsp->status != 503 || rsp->retry_after <= 0)
		return 0;
	return map_reason_cause(&c, rsp->reason, p) && c.value != CONGESTED ? 0 : rsp->retry_after;
}

bool map_retry_status(int status, bool received, const struct map_profile *p)
{
	if (!received)
		status = status == 408 ? MAP_STATUS_NO_RESPONSE : MAP_STATUS_UNREACHABLE;
	return map_rule(p, MAP_T_RETRY, status) == NEXT;
}
