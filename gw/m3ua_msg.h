/* SPDX-License-Identifier: GPL-3.0-or-later */
/* M3UA messages (RFC 4666) as values: what the gateway itself reads and writes. Pure: no I/O, log,
 * allocation, clock. */
#ifndef TOLLGATE_GW_M3UA_MSG_H
#define TOLLGATE_GW_M3UA_MSG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
	M3UA_HEADER = 8,
	M3UA_MAX_SDU = 1024,		/* user data of one DATA */
	M3UA_MAX_MSG = 1400,		/* longest message taken */
	M3UA_MAX_PCS = 64,		/* point codes written into one message */
};

/* One parameter where it stands. */
struct m3ua_par {
	uint16_t tag;
	uint16_t len;			/* of the value, without padding */
	const uint8_t *val;
};

/* Cursor over the parameters of a message. */
struct m3ua_walk {
	const uint8_t *p, *end;
	bool bad;			/* a parameter is cut off or says a length below 4 */
};

/* The walk starts behind the header; the message must have one. */
void m3ua_walk_init(struct m3ua_walk *w, const uint8_t *msg, size_t len);
/* false at the end, or when bad. */
bool m3ua_walk_next(struct m3ua_walk *w, struct m3ua_par *par);

/* DATA, 3.3.1. sdu points into the message. */
struct m3ua_data {
	bool has_na, has_rc;
	uint32_t na, rc;
	uint32_t opc, dpc;
	uint8_t si, ni, mp, sls;
	const uint8_t *sdu;
	size_t len;
};

int m3ua_data_decode(struct m3ua_data *d, const uint8_t *msg, size_t len);	/* 0 or -EBADMSG */
/* Octets written, or -EMSGSIZE. */
ssize_t m3ua_data_encode(uint8_t *buf, size_t size, const struct m3ua_data *d);

/* SSNM, 3.4. pcs points at the affected point codes of the message, 4 octets each: mask, code. */
struct m3ua_ssnm {
	uint8_t type;			/* M3UA_SNM_* */
	bool has_na, has_level;
	uint32_t na;
	const uint8_t *pcs;
	unsigned int n_pcs;
	uint8_t level;			/* SCON: congestion level */
	uint16_t user, cause;		/* DUPU: MTP user identity, unavailability cause */
};

int m3ua_ssnm_decode(struct m3ua_ssnm *s, const uint8_t *msg, size_t len);	/* 0 or -EBADMSG */
/* Does the i-th affected point code stand for pc? The mask is the number of low bits that do not
 * count. */
bool m3ua_ssnm_match(const struct m3ua_ssnm *s, unsigned int i, uint32_t pc);
uint32_t m3ua_ssnm_pc(const struct m3ua_ssnm *s, unsigned int i, uint8_t *ret_mask);

/* What we say about destinations: DAUD, DUNA, DAVA, or DUPU with user and cause. */
struct m3ua_ssnm_req {
	uint8_t type;
	bool has_na, has_rc;
	uint32_t na, rc;
	uint32_t pcs[M3UA_MAX_PCS];	/* mask in the upper octet */
	unsigned int n_pcs;
	uint16_t user, cause;
};

ssize_t m3ua_ssnm_encode(uint8_t *buf, size_t size, const struct m3ua_ssnm_req *r);

/* ERROR and NOTIFY, 3.8. */
struct m3ua_mgmt {
	uint8_t type;			/* M3UA_MGMT_* */
	uint32_t code;			/* ERROR */
	uint16_t status, info;		/* NOTIFY: status type and information */
	bool has_rc;
	uint32_t rc;			/* the first one */
};

int m3ua_mgmt_decode(struct m3ua_mgmt *m, const uint8_t *msg, size_t len);	/* 0 or -EBADMSG */
ssize_t m3ua_error_encode(uint8_t *buf, size_t size, uint32_t code);

#endif
