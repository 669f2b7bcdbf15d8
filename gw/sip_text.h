/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SIP messages as text, without a stack or a socket: for whoever only wants to look. */
#ifndef TOLLGATE_GW_SIP_TEXT_H
#define TOLLGATE_GW_SIP_TEXT_H

#include "gw/sip.h"

enum { SIP_TEXT_MAX = 24 * 1024 };	/* octets of a message, as of one that is received */

struct sip_text;			/* a request that was read */

/* Reads a request as the stack would. Lines may end with LF alone: they are taken for CR LF then,
 * and the body is what follows, whatever Content-Length says. 0 and *ret, which belongs to ctx;
 * -EBADMSG with *why (constant text): the stack would not take it; -E2BIG; -ENOMEM. */
int sip_text_parse(struct sip_text **ret, void *ctx, const char *octets, size_t len,
		   const char **why);
/* As long as t is. Its source is the address that the topmost Via names, if that is a number. */
const struct sip_msg *sip_text_msg(const struct sip_text *t);
/* The status with which the stack refuses it before anybody sees it (413, 415, 420); 0: it does
 * not. */
int sip_text_refused(const struct sip_text *t);
/* By Supported, Require and Allow. */
bool sip_text_supports(const struct sip_text *t, const char *option_tag);

/* What goes out, and how the leg would treat reliable provisionals. */
struct sip_text_out { const struct sip_out *out; enum sip_100rel rel100; };

/* The head of an INVITE that would begin a call: its lines, CR LF after each and no empty line.
 * What is made up for each call stands there as "...". cfg: the listening addresses, of which one
 * is in Via and Contact. Length (snprintf's rule), -EINVAL: it cannot be sent, -ENETUNREACH: not
 * from these addresses. */
int sip_text_invite(char *buf, size_t size, const struct sip_cfg *cfg,
		    const struct sip_target *target, const struct sip_text_out *out);

#endif
