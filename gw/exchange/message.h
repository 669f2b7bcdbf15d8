/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages as a scenario says them: short forms, changes, variables. */
#ifndef TOLLGATE_EXCHANGE_MESSAGE_H
#define TOLLGATE_EXCHANGE_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "isup/isup.h"

enum { SCN_MAX_TEXT = 1024 };		/* one line, also after variables are put in */

#define SCN_FOREVER UINT32_MAX

/* A message to send: encoded when the file is read, or text to be filled in for each call when it
 * has $variables. */
struct scn_message {
	uint8_t type;
	bool own_cic;			/* cic= was written: do not put the call's circuit in */
	uint16_t len;			/* of octets; 0: text has variables */
	const uint8_t *octets;
	const char *text;
};

/* The values of $variables at run time. */
struct scn_values {
	const char *called, *calling;
	unsigned int called_nai, calling_nai, cic;
	unsigned long long n;
};

/* The message as one line of isup_parse()'s text form: short forms and changes worked in, variables
 * kept. text: what stands behind "send". 0 or -EINVAL with *ret_why. */
int scn_message_text(char *out, size_t size, const struct isup_dialect *d, const char *text,
		     const char **ret_why);
/* Put values in. A parameter of which a variable is empty is left out. 0 or -EMSGSIZE, -EINVAL (no
 * such variable). */
int scn_fill(char *out, size_t size, const char *text, const struct scn_values *v);
/* Compile a message. NULL with *ret_why when it cannot be sent. Owned by ctx. */
struct scn_message *scn_message_new(void *ctx, const struct isup_dialect *d, const char *text,
				    const char **ret_why);
/* "500ms", "5s", "2min", "250", "forever". false when it is none of these. */
bool scn_duration(const char *word, uint32_t *ret_ms);

#endif
