/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ISUP messages as values (ITU-T Q.763): decode, encode, look, change, print.
 *
 * A message is its type and the list of its parameters in the order of the wire, each with its
 * octets. That list is the only truth: what is not known or not changed leaves exactly as it came.
 * A parameter's meaning is had by isup_get() and given by isup_set() as a plain struct; the tables
 * in this folder say how. No function here allocates, logs or reads a clock. */
#ifndef TOLLGATE_ISUP_ISUP_H
#define TOLLGATE_ISUP_ISUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "isup/isup_codes.h"	/* enum isup_mt, enum isup_par_code: one name a row of the tables */
/* struct isup_number, isup_cause, isup_fci ...: what isup_get() and isup_set() speak */
#include "isup/isup_values.h"
#include "isup/ansi_values.h"

enum {
	/* parameter octets of one message (a narrowband SIF has 272 in all) */
	ISUP_MAX_OCTETS = 512,
	ISUP_MAX_PARS = 64,		/* parameters of one message */
	ISUP_MAX_TEXT = 16384,		/* isup_print() of the longest message */
	ISUP_MAX_JSON = 131072,		/* and in JSON, or with its meaning */
};

struct isup_dialect;			/* a table of messages and parameters; see isup/dialect.h */
extern const struct isup_dialect isup_itu;	/* ITU-T Q.763 (1999) */
extern const struct isup_dialect isup_itu92;	/* before 1997: Q.763 (1993), Q.767 */
extern const struct isup_dialect isup_etsi;	/* EN 300 356 */
extern const struct isup_dialect isup_ansi;	/* T1.113 */
extern const struct isup_dialect isup_china;	/* GF 001-9001 */
extern const struct isup_dialect isup_russia;	/* ISUP-R */

/* The dialect of this name ("itu", "ansi" ...), or NULL. */
const struct isup_dialect *isup_dialect_find(const char *name);

/* One parameter where it stands in the message. */
struct isup_par {
	/* enum isup_par_code, or any octet the dialect does not know */
	uint8_t code;
	uint8_t len;
	uint16_t off;			/* into isup_msg.octets */
};

struct isup_msg {
	const struct isup_dialect *dialect;
	uint16_t cic;			/* 0 in a message without circuit (SIP-T body) */
	uint8_t type;			/* enum isup_mt */
	uint8_t n_pars;
	uint16_t used;			/* octets in use */
	/* mandatory ones first, in table order, then the optional part as received */
	struct isup_par par[ISUP_MAX_PARS];
	uint8_t octets[ISUP_MAX_OCTETS];
};

/* Why a message was refused. cause is the Q.850 value for a CFN or REL: 97 unknown message, 96
 * mandatory parameter missing, 100 contents invalid, 111 protocol error. */
struct isup_fault {
	const char *why;		/* constant text */
	const char *par;		/* abbreviation of the parameter, or NULL */
	size_t at;			/* octet position in the buffer given */
	uint8_t cause;
	uint8_t type;			/* message type octet when it was read, else 0 */
	uint16_t cic;			/* when it was read */
	bool has_cic;
};

/* Decode CIC and message. 0, or -EBADMSG with *f filled in (f may be NULL). Unknown optional
 * parameters are kept; known parameters are checked for length and form. An unknown message type is
 * a fault with cause 97. */
int isup_decode(struct isup_msg *m, const struct isup_dialect *d, const uint8_t *buf, size_t len,
		struct isup_fault *f);

/* The same for a message that begins with its type octet (application/ISUP, RFC 3204). */
int isup_decode_body(struct isup_msg *m, const struct isup_dialect *d, const uint8_t *buf,
		     size_t len, struct isup_fault *f);

/* Octets written to buf, or -EMSGSIZE (does not fit buf or a pointer octet), -EINVAL (a mandatory
 * parameter is missing). */
ssize_t isup_encode(uint8_t *buf, size_t size, const struct isup_msg *m);
ssize_t isup_encode_body(uint8_t *buf, size_t size, const struct isup_msg *m);

/* An empty message of this type. Mandatory parameters are the caller's to set before encoding. */
void isup_init(struct isup_msg *m, const struct isup_dialect *d, uint8_t type, uint16_t cic);

/* Parameters by code. Where one may repeat (generic number), these mean the first; walk m->par for
 * the others. */
bool isup_has(const struct isup_msg *m, uint8_t code);
/* NULL when absent */
const uint8_t *isup_raw(const struct isup_msg *m, uint8_t code, size_t *ret_len);
/* replaces; 0 or -EMSGSIZE */
int isup_set_raw(struct isup_msg *m, uint8_t code, const uint8_t *octets, size_t len);
/* appends one more */
int isup_add_raw(struct isup_msg *m, uint8_t code, const uint8_t *octets, size_t len);
/* all of that code */
void isup_del(struct isup_msg *m, uint8_t code);

/* Value of a parameter as the struct its table row names. get: true when present and well formed.
 * set: 0, -EMSGSIZE, or -EINVAL when a field is out of its range; a value that is there already
 * stays as it came (filler, spare bits). The size of *val is checked against the row. */
#define isup_get(m, code, val) isup_get_value((m), (code), (val), sizeof(*(val)))
#define isup_set(m, code, val) isup_set_value((m), (code), (val), sizeof(*(val)))
bool isup_get_value(const struct isup_msg *m, uint8_t code, void *val, size_t size);
int isup_set_value(struct isup_msg *m, uint8_t code, const void *val, size_t size);
/* The same on one parameter found by walking m->par. */
bool isup_par_value(const struct isup_msg *m, const struct isup_par *par, void *val, size_t size);

/* Names: "IAM" from a type, "CdPN" from a code; a constant "?" when the dialect has none. */
const char *isup_mt_name(const struct isup_dialect *d, uint8_t type);
const char *isup_par_name(const struct isup_dialect *d, uint8_t code);
int isup_mt_find(const struct isup_dialect *d, const char *name);	/* type octet, or -ENOENT */
int isup_par_find(const struct isup_dialect *d, const char *name);	/* code octet, or -ENOENT */

/* Text form, one line for the message and one, indented by two blanks, for each parameter:
 *   IAM cic=5
 *     NCI satellite=0 continuity=0 echo=1
 *     CdPN nai=3 npi=1 inn=0 442071234567F
 *     0xfe 00
 * isup_print() writes at most size octets with the final NUL and returns the length it wants
 * (snprintf's rule). isup_print_line() is the same on one line, "; " between parameters.
 * isup_parse() reads either form back: 0, or -EINVAL with *why (constant text) and *line. print,
 * parse and encode give the octets that came in. */
int isup_print(char *buf, size_t size, const struct isup_msg *m);
int isup_print_line(char *buf, size_t size, const struct isup_msg *m);
/* The same as isup_print(), and what everything means, in lines of comment: isup_parse() reads
 * this, too. */
int isup_print_meaning(char *buf, size_t size, const struct isup_msg *m);
/* One JSON object on one line: type, name, cic, and for each parameter code, names, octets, value
 * and meaning (a list of sentences). The same rule. */
int isup_print_json(char *buf, size_t size, const struct isup_msg *m);
/* The same forms for a message that has no circuit (a SIP-T body): cic is not said. */
int isup_print_body(char *buf, size_t size, const struct isup_msg *m);
int isup_print_body_meaning(char *buf, size_t size, const struct isup_msg *m);
int isup_print_body_json(char *buf, size_t size, const struct isup_msg *m);
int isup_parse(struct isup_msg *m, const struct isup_dialect *d, const char *text,
	       const char **ret_why, int *ret_line);

/* What the peer asks to be done with a parameter that we do not know (parameter compatibility
 * information, 3.41). */
bool isup_par_compat(const struct isup_msg *m, uint8_t code, struct isup_par_compat *ret);

/* A message with one cause (REL, RLC with cause, CFN, FRJ's cause): coding ITU-T. */
void isup_init_cause(struct isup_msg *m, const struct isup_dialect *d, uint8_t type, uint16_t cic,
		     uint8_t cause, uint8_t location);

/* "3 no route to destination"-style name of a Q.850 cause; "?" when not known. */
const char *isup_cause_name(uint8_t cause);

#endif
