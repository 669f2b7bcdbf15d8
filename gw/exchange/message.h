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

enum { SCN_POINTER_OPTIONAL = 255, SCN_MAX_DAMAGE = 4, SCN_MAX_DAMAGE_OCTETS = 64 };

/* What is done to the octets of a message before it is sent: at counts from the circuit's first
 * octet; pointer: which of the mandatory variable part, or SCN_POINTER_OPTIONAL. */
struct scn_damage {
	enum { SCN_DAMAGE_CUT, SCN_DAMAGE_SET, SCN_DAMAGE_ADD } verb;
	uint8_t pointer, len;
	size_t at;			/* CUT: how many octets */
	uint8_t octets[SCN_MAX_DAMAGE_OCTETS];
};

/* A message to send: encoded when the file is read, or text to be filled in for each call when it
 * has $variables. */
struct scn_message {
	uint8_t type;
	bool own_cic;			/* cic= was written: do not put the call's circuit in */
	uint8_t n_damage;
	const struct scn_damage *damage;
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
/* "cut=3", "set=p1:ff", "set=5:0102", "add=00". false when it is none of these. */
bool scn_parse_damage(struct scn_damage *d, const char *word);
/* Does it; the new length. octets has room for MTP_MAX_SDU. */
size_t scn_damage(const struct scn_damage *d, const struct isup_dialect *dialect, uint8_t *octets,
		  size_t len);
/* "500ms", "5s", "2min", "250", "forever". false when it is none of these. */
bool scn_duration(const char *word, uint32_t *ret_ms);

#endif
