/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MGCP 1.0 messages (RFC 3435) as values. Pure; texts are views into the caller's octets. */
#ifndef TOLLGATE_MGCP_H
#define TOLLGATE_MGCP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	MGCP_MAX_DATAGRAM = 8192,	/* taken and made; everybody takes 4000 (3.5.4) */
	MGCP_MAX_PARAMS = 64,		/* parameter lines of one message */
	MGCP_MAX_NAME = 255,		/* local part, and domain, of an endpoint name (3.2.1.3) */
	MGCP_MAX_ID = 32,		/* hex digits of C, I and X (3.2.2) */
	MGCP_MAX_TID = 999999999,
};

/* A piece of text without final NUL; p is NULL when absent. */
struct mgcp_text { const char *p; uint16_t len; };

enum mgcp_verb {
	MGCP_VERB_OTHER, MGCP_EPCF, MGCP_CRCX, MGCP_MDCX, MGCP_DLCX, MGCP_RQNT, MGCP_NTFY,
	MGCP_AUEP, MGCP_AUCX, MGCP_RSIP, MGCP_MESG, MGCP_VERBS
};

enum mgcp_param_id {
	MGCP_P_OTHER, MGCP_P_K, MGCP_P_B, MGCP_P_C, MGCP_P_I, MGCP_P_I2, MGCP_P_N, MGCP_P_X,
	MGCP_P_L, MGCP_P_M, MGCP_P_R, MGCP_P_S, MGCP_P_D, MGCP_P_O, MGCP_P_P, MGCP_P_E, MGCP_P_Z,
	MGCP_P_Z2, MGCP_P_F, MGCP_P_Q, MGCP_P_T, MGCP_P_RM, MGCP_P_RD, MGCP_P_A, MGCP_P_ES,
	MGCP_P_PL, MGCP_P_MD, MGCP_P_VENDOR, MGCP_P_PACKAGE, MGCP_PARAMS
};

struct mgcp_param {
	enum mgcp_param_id id;
	struct mgcp_text name;		/* needed for OTHER, VENDOR and PACKAGE only */
	struct mgcp_text value;
};

struct mgcp_msg {
	bool response;
	/* command */
	enum mgcp_verb verb;
	char verb_text[5];		/* upper case */
	struct mgcp_text endpoint;	/* "local@domain" */
	uint8_t major, minor;
	struct mgcp_text profile;	/* "TGCP 1.0" */
	/* response */
	uint16_t code;
	struct mgcp_text package;	/* without the slash */
	struct mgcp_text comment;
	/* both */
	uint32_t tid;
	unsigned int n_sdp;		/* two only in the answer to AUCX: local, then remote */
	struct mgcp_text sdp[2];
	unsigned int n_params;
	struct mgcp_param params[MGCP_MAX_PARAMS];
};

/* Why a message was refused, at which octet of the datagram; code: to answer the command with. */
struct mgcp_fault { const char *why; size_t at; uint16_t code; };

/* A datagram being read, message after message. */
struct mgcp_rd { const char *p, *end, *start; };
static inline struct mgcp_rd mgcp_rd(const char *buf, size_t len)
{
	return (struct mgcp_rd){ buf, buf + len, buf };
}

/* The next message of the datagram: 1, or 0 at the end, or -EINVAL with the reason in f; then the
 * cursor stands behind the bad message and m has response, tid (0: unknown) and endpoint as far as
 * they were understood. Case of keywords does not matter. */
int mgcp_decode(struct mgcp_msg *m, struct mgcp_rd *rd, struct mgcp_fault *f);
/* Canonical text with CRLF and a final NUL. Length without it, -ENOSPC, or -EINVAL (not legal). */
int mgcp_encode(char *buf, size_t size, const struct mgcp_msg *m);
/* For traces and tests: several lines, each ended by LF. Length or -ENOSPC. */
int mgcp_print(char *buf, size_t size, const struct mgcp_msg *m);

/* A command or response of our own, and a parameter more (NULL: none); encode notices too many. */
struct mgcp_msg mgcp_command(enum mgcp_verb verb, const char *endpoint);
struct mgcp_msg mgcp_response(uint16_t code, uint32_t tid, const char *comment);
void mgcp_add(struct mgcp_msg *m, enum mgcp_param_id id, const char *value);
void mgcp_add_sdp(struct mgcp_msg *m, const char *sdp);

/* First parameter of that kind, or NULL. */
const struct mgcp_text *mgcp_find(const struct mgcp_msg *m, enum mgcp_param_id id);
struct mgcp_text mgcp_text(const char *s);	/* NULL: absent; longer than 65535: cut */
bool mgcp_text_is(const struct mgcp_text *t, const char *s);	/* without regard to case */
/* With a final NUL: length or -ENOSPC. */
int mgcp_text_copy(char *buf, size_t size, const struct mgcp_text *t);

/* "term/term@domain": both parts there, visible, not too long, no empty term (3.2.1.3). */
bool mgcp_endpoint_ok(const struct mgcp_text *name);
/* Does a wildcarded name ("ds/e1-3/" + "*", "*@gw") of a gateway cover this endpoint? Domains are
 * not compared (3.2.1.3). */
bool mgcp_name_covers(const struct mgcp_text *wild, const char *endpoint);

/* K: the next range of transactions in rest; false at the end, or (rest not empty) at no range. */
bool mgcp_ack_next(struct mgcp_text *rest, uint32_t *ret_first, uint32_t *ret_last);

/* P: counters of a deleted connection; those not told are 0. */
struct mgcp_stats { uint32_t ps, os, pr, octets_rx, pl, ji, la; };
struct mgcp_stats mgcp_stats(const struct mgcp_text *p);

enum mgcp_restart {
	MGCP_RM_GRACEFUL, MGCP_RM_FORCED, MGCP_RM_RESTART, MGCP_RM_DISCONNECTED, MGCP_RM_CANCEL,
	MGCP_RM_OTHER
};
enum mgcp_restart mgcp_restart(const struct mgcp_text *rm);

/* Kinds of failure, a condensation of RFC 3661. */
enum mgcp_class {
	MGCP_OK, MGCP_TRANSIENT, MGCP_SERVICE, MGCP_MISMATCH, MGCP_STATE, MGCP_REMOTE, MGCP_NEUTRAL
};
/* Meaning of a return code; unknown ones have the row of their class (2.4); never NULL. */
struct mgcp_code { uint16_t code; enum mgcp_class class; const char *text; };
const struct mgcp_code *mgcp_code(uint16_t code);
const struct mgcp_code *mgcp_code_row(unsigned int i);	/* NULL behind the last */

#endif
