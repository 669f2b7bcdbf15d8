/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: causes and statuses, both ways. The column of RFC 3398 is as the RFC prints it; those of
 * Q.1912.5's profiles are what TS 29.163 and Q.1912.5 are known to say (status -> cause as other
 * gateways in the field do it); what a book leaves open is the value of its class. */
#include "gw/map_parts.h"

enum { CAUSE_REJECTED = 21, STATUS_REDIRECTION = 300 };

#define R(cause, rfc, a, bc, clause) { cause, NULL, NULL, { rfc, a, bc, bc }, clause }
#define W(cause, token, what, rfc, a, bc, clause) { cause, token, what, { rfc, a, bc, bc }, clause }
#define S(status, phrase, rfc, a, bc, clause) \
	{ status, NULL, phrase, { rfc, a, bc, bc }, clause }

/* Q.850 cause of a REL -> status of our final response. */
static const struct map_row causes[] = {
	/* normal events */
	R(  1, 404, 404, 404, "7.2.4.1"),
	R(  2, 404, 500, 500, "7.2.4.1"),
	R(  3, 404, 500, 500, "7.2.4.1"),
	R(  5, 500, 404, 404, "7.2.4.1, not listed: 500"),
	R( 16, 480, 480, 480, "7.2.4.1 has BYE or CANCEL only; where a response must be"),
	R( 17, 486, 486, 486, "7.2.4.1"),
	R( 18, 408, 480, 480, "7.2.4.1"),
	R( 19, 480, 480, 480, "7.2.4.1"),
	R( 20, 480, 480, 480, "7.2.4.1"),
	R( 21, 403, 480, 480, "7.2.4.1"),
	W(MAP_CAUSE_REJECTED_BY_USER, "21-user", "call rejected by the user", 603, 480, 480,
	  "7.2.4.1: the location is user"),
	R( 22, 410, 410, 410, "7.2.4.1"),
	{ MAP_CAUSE_NUMBER_CHANGED_TO, "22-number", "number changed, the new one is told",
	  { 301, 410, 410, 410 }, "7.2.4.1: a number in the diagnostic; may be a 3xx", .min = 300 },
	R( 23, 410, 410, 410, "7.2.4.1"),
	R( 24, 500, 433, 500, "7.2.4.1, not listed: 500"),
	R( 25, 500, 480, 480, "7.2.4.1, not listed: 500"),
	R( 26, 404, 500, 500, "7.2.4.1 (ANSI)"),
	R( 27, 502, 502, 502, "7.2.4.1"),
	R( 28, 484, 484, 484, "7.2.4.1"),
	R( 29, 501, 500, 500, "7.2.4.1"),
	R( 31, 480, 480, 480, "7.2.4.1"),
	/* resource unavailable */
	R( 34, 503, 480, 480, "7.2.4.1"),
	R( 38, 503, 500, 500, "7.2.4.1"),
	R( 41, 503, 500, 500, "7.2.4.1"),
	R( 42, 503, 500, 500, "7.2.4.1"),
	R( 44, 503, 500, 500, "7.2.4.1 has another circuit instead; when there is none left"),
	R( 47, 503, 500, 500, "7.2.4.1"),
	/* service or option not available */
	R( 55, 403, 500, 500, "7.2.4.1"),
	R( 57, 403, 500, 500, "7.2.4.1"),
	R( 58, 503, 500, 500, "7.2.4.1"),
	/* service or option not implemented */
	R( 65, 488, 500, 500, "7.2.4.1"),
	R( 70, 488, 500, 500, "7.2.4.1"),
	R( 79, 501, 500, 500, "7.2.4.1"),
	/* invalid message */
	R( 87, 403, 500, 500, "7.2.4.1"),
	R( 88, 503, 500, 500, "7.2.4.1"),
	R( 91, 500, 404, 404, "7.2.4.1, not listed: 500"),
	/* protocol error, interworking */
	R(102, 504, 480, 480, "7.2.4.1"),
	R(111, 500, 500, 500, "7.2.4.1"),
	R(127, 500, 480, 480, "7.2.4.1"),
};

/* Status of a final response -> Q.850 cause of our REL. */
static const struct map_row statuses[] = {
	W(STATUS_REDIRECTION, "3xx", "redirection that is not followed", 23, 23, 23, "8.1.6"),
	S(400, "Bad Request", 41, 127, 127, "8.2.6.1"),
	S(401, "Unauthorized", 21, 127, 127, "8.2.6.1"),
	S(402, "Payment Required", 21, 127, 127, "8.2.6.1"),
	S(403, "Forbidden", 21, 127, 127, "8.2.6.1"),
	S(404, "Not Found", 1, 1, 1, "8.2.6.1"),
	S(405, "Method Not Allowed", 63, 127, 127, "8.2.6.1"),
	S(406, "Not Acceptable", 79, 127, 127, "8.2.6.1"),
	S(407, "Proxy Authentication Required", 21, 127, 127, "8.2.6.1"),
	S(408, "Request Timeout", 102, 127, 127, "8.2.6.1"),
	S(410, "Gone", 22, 22, 22, "8.2.6.1"),
	S(412, "Conditional Request Failed", 31, 127, 127, "8.2.6.1, not listed: 31"),
	S(413, "Request Entity Too Large", 127, 127, 127, "8.2.6.1"),
	S(414, "Request-URI Too Long", 127, 127, 127, "8.2.6.1"),
	S(415, "Unsupported Media Type", 79, 127, 127, "8.2.6.1"),
	S(416, "Unsupported URI Scheme", 127, 127, 127, "8.2.6.1"),
	S(417, "Unknown Resource-Priority", 31, 127, 127, "8.2.6.1, not listed: 31"),
	S(420, "Bad Extension", 127, 127, 127, "8.2.6.1"),
	S(421, "Extension Required", 127, 127, 127, "8.2.6.1"),
	S(422, "Session Interval Too Small", 31, 127, 127, "8.2.6.1, not listed: 31"),
	S(423, "Interval Too Brief", 127, 127, 127, "8.2.6.1"),
	S(433, "Anonymity Disallowed", 31, 24, 127, "8.2.6.1, not listed: 31"),
	S(480, "Temporarily Unavailable", 18, 20, 20, "8.2.6.1"),
	S(481, "Call/Transaction Does Not Exist", 41, 127, 127, "8.2.6.1"),
	S(482, "Loop Detected", 25, 127, 127, "8.2.6.1"),
	S(483, "Too Many Hops", 25, 127, 127, "8.2.6.1"),
	S(484, "Address Incomplete", 28, 28, 28, "8.2.6.1"),
	S(485, "Ambiguous", 1, 127, 127, "8.2.6.1"),
	S(486, "Busy Here", 17, 17, 17, "8.2.6.1"),
	S(487, "Request Terminated", 31, 127, 127, "8.2.6.1, not listed: 31"),
	S(488, "Not Acceptable Here", 31, 127, 127, "8.2.6.1"),
	W(MAP_STATUS_488_BEARER, "488-bearer", "with a Warning that speaks of the bearer",
	  65, 127, 127, "8.2.6.1"),
	S(489, "Bad Event", 31, 127, 127, "8.2.6.1, not listed: 31"),
	S(491, "Request Pending", 31, 127, 127, "8.2.6.1, not listed: 31"),
	S(493, "Undecipherable", 31, 127, 127, "8.2.6.1, not listed: 31"),
	S(500, "Server Internal Error", 41, 127, 127, "8.2.6.1"),
	S(501, "Not Implemented", 79, 127, 127, "8.2.6.1"),
	S(502, "Bad Gateway", 38, 127, 127, "8.2.6.1"),
	S(503, "Service Unavailable", 41, 127, 127, "8.2.6.1"),
	S(504, "Server Time-out", 102, 127, 127, "8.2.6.1"),
	S(505, "Version Not Supported", 127, 127, 127, "8.2.6.1, printed there as a second 504"),
	S(513, "Message Too Large", 127, 127, 127, "8.2.6.1"),
	S(580, "Precondition Failure", 31, 127, 127, "8.2.6.1, not listed: 31"),
	S(600, "Busy Everywhere", 17, 17, 17, "8.2.6.1"),
	S(603, "Decline", 21, 21, 21, "8.2.6.1"),
	S(604, "Does Not Exist Anywhere", 1, 1, 1, "8.2.6.1"),
	S(606, "Not Acceptable", 31, 127, 127, "8.2.6.1"),
	W(MAP_STATUS_606_BEARER, "606-bearer", "with a Warning that speaks of the bearer",
	  65, 127, 127, "8.2.6.1"),
	W(MAP_STATUS_NO_RESPONSE, "no-response", "no response at all", 18, 102, 102, "8.1.3"),
	W(MAP_STATUS_BYE, "bye", "BYE without a Reason", 16, 16, 16, "7.2.3, 8.2.6"),
	W(MAP_STATUS_CANCEL, "cancel", "CANCEL without a Reason", 16, 31, 31, "7.2.3"),
};

/* RFC 3261 21.4, RFC 4028, RFC 3329: they mean something with a header only that no cause gives. */
static const uint16_t with_headers[] = { 401, 405, 407, 420, 421, 422, 423, 494, 0 };

static const char *cause_name(uint16_t cause)
{
	return cause <= 127 ? isup_cause_name(cause) : "";
}

static const char *status_name(uint16_t status)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(statuses); i++)
		if (statuses[i].key == status)
			return statuses[i].what;
	return "";
}

const struct map_table map_table_cause = {
	.name = "cause",
	.title = "cause of a REL -> final response (RFC 3398 7.2.4.1, Q.1912.5 7.7)",
	.key_title = "cause", .value_title = "status",
	.rows = causes, .n_rows = ARRAY_SIZE(causes), .min = 400, .max = 699,
	.never = with_headers,
	.key_min = 1, .key_max = 127, .otherwise = { 500, 500, 500, 500 },
	.otherwise_clause = "7.2.4.1, not listed: 500",
	.key_name = cause_name, .value_name = status_name,
};

const struct map_table map_table_status = {
	.name = "status",
	.title = "failure of SIP -> cause of a REL (RFC 3398 8.2.6.1, Q.1912.5 6.11)",
	.key_title = "status", .value_title = "cause",
	.rows = statuses, .n_rows = ARRAY_SIZE(statuses), .min = 1, .max = 127,
	.key_min = 400, .key_max = 699, .otherwise = { 31, 127, 127, 127 },
	.otherwise_clause = "8.2.6.1, not listed: 31",
	.key_name = status_name, .value_name = cause_name,
};

uint16_t map_cause_to_status(uint8_t cause, uint8_t location, const struct map_profile *p)
{
	bool by_user = cause == CAUSE_REJECTED && location == LOCATION_USER;

	/* a value that the trunk group gives to the cause is for every location, unless it has one
	 * for this, too */
	if (by_user && (!map_rule_is_own(p, MAP_T_CAUSE, cause) ||
			map_rule_is_own(p, MAP_T_CAUSE, MAP_CAUSE_REJECTED_BY_USER)))
		return map_rule(p, MAP_T_CAUSE, MAP_CAUSE_REJECTED_BY_USER);
	return map_rule(p, MAP_T_CAUSE, cause);
}

uint8_t map_status_to_cause(int status, const struct map_profile *p)
{
	if (status >= 300 && status < 400)
		status = STATUS_REDIRECTION;
	return map_rule(p, MAP_T_STATUS, status);
}
