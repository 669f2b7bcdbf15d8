/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sip:, sips: and tel: URIs (RFC 3261 19.1, RFC 3966) and name-addr headers, as spans into the
 * text given. Pure: no I/O, log, allocation or clock; linear in the text. */
#ifndef TOLLGATE_GW_URI_H
#define TOLLGATE_GW_URI_H

#include "gw/text.h"

enum uri_scheme { URI_SIP, URI_SIPS, URI_TEL };

struct uri {
	enum uri_scheme scheme;
	/* sip: user part before its own parameters and password; tel: the number. As written */
	struct span user;
	/* sip: ";npdi" inside the user part; tel: all parameters. Without the first ';' */
	struct span user_params;
	struct span host;		/* as written, "[...]" for IPv6; tel: empty */
	uint16_t port;			/* 0: not given */
	struct span params;		/* sip: after the host, without the first ';' */
};

/* A From, To, Contact, P-Asserted-Identity, Diversion value. */
struct name_addr {
	struct span display;		/* as written, without quotes (escapes kept) */
	struct uri uri;
	struct span uri_text;
	struct span params;		/* of the header, without the first ';' */
};

/* 0, -EPROTONOSUPPORT (another scheme), -EBADMSG. */
int uri_parse(struct uri *u, struct span text);
/* Also a bare URI (addr-spec). The same errors. */
int name_addr_parse(struct name_addr *n, struct span text);

/* Find "name" or "name=value" in ";"-separated parameters, without case. The value comes without
 * quotes. */
bool param_find(struct span *ret_value, struct span params, const char *name);
/* The next one, cut off *params, likewise. false: that was all. */
bool param_next(struct span *ret_name, struct span *ret_value, struct span *params);

/* The telephone number of a URI: digits as ISUP writes them ('0'-'9', 'B' for code 11 or '*',
 * 'C' for code 12 or '#'), visual separators and percent-escapes resolved. 0; -ENOENT: the user
 * is something else (a name); -EINVAL: it says it is a number (tel:, user=phone, '+') but cannot
 * be used; -EMSGSIZE. *ret_global: it had a '+'. *ret_context: phone-context or empty. */
int uri_number(char *buf, size_t size, bool *ret_global, struct span *ret_context,
	       const struct uri *u);
/* User part, percent-escapes resolved: 0, -EMSGSIZE, -EBADMSG (bad escape, control character). */
int uri_user(char *buf, size_t size, const struct uri *u);

/* A host as it stands in a URI: an IPv6 address in brackets; cut at the size. */
void uri_host(char *buf, size_t size, const char *host);
/* Writers: what is not allowed in a user part is escaped; a display name is quoted. */
void out_user(struct out *o, const char *user);
void out_display(struct out *o, const char *name);
/* Display name as text: escapes resolved, control characters dropped, cut at the size. */
void display_text(char *buf, size_t size, struct span display);

#endif
