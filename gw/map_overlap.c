/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: the rules of overlap in SIP; which of several failures counts; numbers that grow. The
 * column of RFC 3398 is RFC 3578, its companion; those of the profiles, where they differ, are what
 * Q.1912.5 and TS 29.163 are remembered to say, not verified against their text. */
#include <errno.h>
#include <string.h>

#include "gw/map_overlap.h"
#include "gw/map_parts.h"

enum { RINGING_OR_NOT = 183, ADDRESS_INCOMPLETE = 484, LOOP = 482 };

static const struct map_choice all[] = {
	{ MAP_OV_WAIT, "wait", "the call is kept for further digits" },
	{ MAP_OV_RELEASE, "release", "the call is released" },
	{ MAP_OV_DIALOG, "dialog", "makes a dialog, and is not told" },
	{ MAP_OV_TELL, "tell", "is told, after which ISUP takes no digits" },
	{ MAP_OV_INVITE, "invite", "an INVITE with all digits, as with `overlap invites'" },
	{ MAP_OV_X_SESSION_INFO, "x-session-info", "application/x-session-info" },
	{ MAP_OV_SESSION_INFO, "session-info",
	  "application/session-info, with Info-Package infoDtmf" },
	{ MAP_OV_EACH, "each", "the IAM as it was, and a part for each SAM" },
	{ MAP_OV_MERGED, "merged", "one IAM with all digits" },
	{ MAP_OV_NEW_CALL, "new-call", "a new call; the first one is released" },
	{ ADDRESS_INCOMPLETE, "484", "refused; the call goes on" },
	{ LOOP, "482", "refused as a merged request; the call goes on" },
	{ 0 }
};
static const struct map_choice failure[] = {
	{ MAP_OV_WAIT, "wait" }, { MAP_OV_RELEASE, "release" }, { 0 }
};
static const struct map_choice dialog[] = {
	{ MAP_OV_DIALOG, "dialog" }, { MAP_OV_TELL, "tell" }, { 0 }
};
static const struct map_choice refused[] = {
	{ MAP_OV_RELEASE, "release" }, { MAP_OV_INVITE, "invite" }, { 0 }
};
static const struct map_choice info[] = {
	{ MAP_OV_X_SESSION_INFO, "x-session-info" }, { MAP_OV_SESSION_INFO, "session-info" }, { 0 }
};
static const struct map_choice sam[] = {
	{ MAP_OV_EACH, "each" }, { MAP_OV_MERGED, "merged" }, { 0 }
};
static const struct map_choice late[] = {
	{ ADDRESS_INCOMPLETE, "484" }, { LOOP, "482" }, { 0 }
};
static const struct map_choice other[] = {
	{ MAP_OV_NEW_CALL, "new-call" }, { ADDRESS_INCOMPLETE, "484" }, { LOOP, "482" }, { 0 }
};

#define O(key, token, what, rfc, abc, choices, clause) \
	{ key, token, what, { rfc, abc, abc, abc }, clause, NULL, choices }

static const struct map_row rows[] = {
	O(MAP_OV_484, "484", "484 to the INVITE with all digits so far, and more may come",
	  MAP_OV_WAIT, MAP_OV_WAIT, failure, "RFC 3578 3.3"),
	O(MAP_OV_404, "404", "404 to it",
	  MAP_OV_WAIT, MAP_OV_WAIT, failure, "RFC 3578 3.3; Q.1912.5 recalled: as 484"),
	O(MAP_OV_3XX, "3xx", "300-399 to it", MAP_OV_RELEASE, MAP_OV_RELEASE, failure,
	  "ours: who redirects knows the whole number; it is followed if it may be"),
	O(MAP_OV_6XX, "6xx", "600-699 to it",
	  MAP_OV_WAIT, MAP_OV_RELEASE, failure,
	  "RFC 3578 3.3: all INVITEs are waited for; RFC 3261 16.7: no other branch matters"),
	O(MAP_OV_FAILURE, "failure", "any other failure of it",
	  MAP_OV_WAIT, MAP_OV_RELEASE, failure,
	  "RFC 3578 3.3: all INVITEs are waited for; Q.1912.5 recalled: released"),
	O(MAP_OV_183, "183", "183 without a body, of a peer that takes digits by INFO",
	  MAP_OV_DIALOG, MAP_OV_DIALOG, dialog, "TS 24.229 N.2.2.1"),
	O(MAP_OV_INFO_REFUSED, "info-refused", "INFO with digits is refused",
	  MAP_OV_RELEASE, MAP_OV_RELEASE, refused, "our own: they cannot be told otherwise"),
	O(MAP_OV_INFO_BODY, "info-body", "type of the digits in INFO, where no ISUP is carried",
	  MAP_OV_X_SESSION_INFO, MAP_OV_X_SESSION_INFO, info,
	  "TS 24.229 annex N; 7.12.2 of later releases for session-info"),
	O(MAP_OV_SAM, "sam", "ISUP in the INVITEs after the first",
	  MAP_OV_EACH, MAP_OV_EACH, sam, "RFC 3578 3.2: the IAM and the SAMs received so far"),
	O(MAP_OV_LATE, "late", "INVITE with more digits when no more are taken",
	  ADDRESS_INCOMPLETE, ADDRESS_INCOMPLETE, late, "RFC 3578 3.5 leaves it open: our own"),
	O(MAP_OV_OTHER_NUMBER, "other-number",
	  "INVITE of the same Call-ID and From tag, whose number does not begin as before",
	  MAP_OV_NEW_CALL, MAP_OV_NEW_CALL, other, "RFC 3578 3.5: REL for the first IAM"),
};

const struct map_table map_table_overlap = {
	.name = "overlap",
	.title = "called numbers whose digits come one after the other, on trunk groups with "
		 "`overlap invites' or `info' (RFC 3578)",
	.key_title = "what", .value_title = "then",
	.rows = rows, .n_rows = ARRAY_SIZE(rows), .choices = all,
};

bool map_overlap_waits(int status, const struct map_profile *p)
{
	enum map_overlap row = MAP_OV_FAILURE;

	if (status == ADDRESS_INCOMPLETE)
		row = MAP_OV_484;
	else if (status == 404)
		row = MAP_OV_404;
	else if (status < 400)
		row = MAP_OV_3XX;
	else if (status >= 600)
		row = MAP_OV_6XX;
	return map_rule(p, MAP_T_OVERLAP, row) == MAP_OV_WAIT;
}

bool map_overlap_only_dialog(const struct sip_msg *rsp, const struct map_profile *p)
{
	return rsp->status == RINGING_OR_NOT && !rsp->body_len &&
	       map_rule(p, MAP_T_OVERLAP, MAP_OV_183) == MAP_OV_DIALOG;
}

/* RFC 3261 16.7 6: 6xx before all; else the lowest class. In 4xx those that say what to do next
 * would come first; here that is 484, which only says that the number was too short: any other has
 * more to say (RFC 3578 3.3). */
static int rank(int status)
{
	if (status >= 600)
		return 0;
	return status / 100 * 10 + (status == ADDRESS_INCOMPLETE || status == 487);
}

bool map_failure_better(const struct map_failure *a, const struct map_failure *b)
{
	if (rank(a->status) != rank(b->status))
		return rank(a->status) < rank(b->status);
	return a->digits > b->digits;
}

bool map_dialled(struct map_dialled *d, const char *ruri)
{
	struct span context;
	struct uri u;

	return ruri && uri_parse(&u, span_of(ruri)) == 0 &&
	       uri_number(d->digits, sizeof(d->digits), &d->global, &context, &u) == 0;
}

enum map_grown map_dialled_grown(struct isup_number *more, const struct map_dialled *old,
				 const struct map_dialled *now)
{
	size_t n = strlen(old->digits);

	*more = (struct isup_number){ 0 };
	if (old->global != now->global || strncmp(old->digits, now->digits, n) != 0)
		return MAP_OTHER;
	if (!now->digits[n])
		return MAP_SAME;
	span_copy(more->digits, sizeof(more->digits), span_of(now->digits + n));
	return MAP_GROWN;
}
