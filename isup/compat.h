/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compatibility information as values (Q.763 3.33, 3.41): what a peer asks to be done with what we
 * do not know. The procedures that follow it (Q.764 2.9.5) are not here. */
#ifndef TOLLGATE_ISUP_COMPAT_H
#define TOLLGATE_ISUP_COMPAT_H

#include "isup/isup.h"

/* A message of a type that the dialect does not know: such a one has an optional part and nothing
 * else (Q.764 2.9.5.1). 0, or -EBADMSG as isup_decode(). The texts name it by its type, "0xf8". */
int isup_decode_unknown(struct isup_msg *m, const struct isup_dialect *d, const uint8_t *buf,
			size_t len, struct isup_fault *f);
/* Such a message again; others as isup_encode(), which refuses it: nobody sends by accident what
 * his dialect does not have. */
ssize_t isup_encode_unknown(uint8_t *buf, size_t size, const struct isup_msg *m);
/* The same two for a message that begins with its type octet (application/ISUP, RFC 3204). */
int isup_decode_body_unknown(struct isup_msg *m, const struct isup_dialect *d, const uint8_t *buf,
			     size_t len, struct isup_fault *f);
ssize_t isup_encode_body_unknown(uint8_t *buf, size_t size, const struct isup_msg *m);

/* The instructions for the message itself; false: it carries none. */
bool isup_msg_compat(const struct isup_msg *m, struct isup_message_compat *ret);
/* isup_par_compat() in isup/isup.h: the instructions for one parameter. */

/* One after the other: *at is 0 at first, and false is returned at the end. code may be NULL. */
bool isup_par_compat_next(const struct isup_msg *m, size_t *at, uint8_t *ret_code,
			  struct isup_par_compat *ret);

/* The same on the contents of the parameter. */
bool isup_par_compat_read(const uint8_t *octets, size_t len, size_t *at, uint8_t *ret_code,
			  struct isup_par_compat *ret);

/* Instructions for one parameter of our own are added to those that are there: 0, -EINVAL (a value
 * out of its range), -EMSGSIZE. The second octet is written when broadband is not 0. */
int isup_par_compat_add(struct isup_msg *m, uint8_t code, const struct isup_par_compat *todo);

/* The message in another dialect: what that one does not have or lays out otherwise (point codes,
 * ANSI's generic address) cannot go there and is deleted; what neither knows stays. How many are
 * gone. */
unsigned int isup_to_dialect(struct isup_msg *m, const struct isup_dialect *d);

#endif
