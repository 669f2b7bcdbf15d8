/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Peers and circuits as the processes use them: finding, sending, hunting state. */
#ifndef TOLLGATE_ISUP_PEER_H
#define TOLLGATE_ISUP_PEER_H

#include "isup/process.h"

/* peer.c: directory and sending */
struct isup_peer *isup_peer_find(const struct isup_stack *s, const void *mtp, uint32_t opc,
				 uint32_t dpc, uint8_t ni);
struct isup_peer *isup_peer_get(struct isup_stack *s, const struct isup_group_cfg *cfg);
struct isup_peer *isup_peer_of(struct isup_stack *s, const void *mtp, uint32_t pc,
			       struct isup_peer *after);
int isup_peer_add_circuit(struct isup_peer *p, struct isup_circuit *c);
struct isup_circuit *isup_peer_circuit(const struct isup_peer *p, unsigned int cic);
struct isup_circuit *isup_peer_next(const struct isup_peer *p, unsigned int cic);
struct isup_group *isup_peer_group(const struct isup_peer *p);
int isup_peer_send(struct isup_peer *p, const struct isup_msg *m);
int isup_circuit_transmit(struct isup_circuit *c, const struct isup_msg *m, const uint8_t *sdu,
			  size_t len);
int isup_circuit_send(struct isup_circuit *c, uint8_t type);
void isup_cause_init(struct isup_cause *cause, const struct isup_group *g, uint8_t value);
int isup_peer_send_cause(struct isup_peer *p, uint8_t type, uint16_t cic,
			 const struct isup_cause *cause);

/* circuit.c */
uint32_t isup_now(void);
void isup_circuit_update(struct isup_circuit *c);
void isup_circuit_in_service(struct isup_circuit *c);
void isup_circuit_alarm(struct isup_circuit *c, const char *what);
bool isup_circuit_is_free(const struct isup_circuit *c);
bool isup_circuit_resetting(const struct isup_circuit *c);
struct osmo_fsm_inst *isup_process_new(struct osmo_fsm *fsm, struct isup_circuit *c, size_t size);
void isup_process_free(struct osmo_fsm_inst **fi);
bool isup_process_takes(const struct osmo_fsm_inst *fi, uint32_t event);
unsigned long isup_timer(const struct isup_circuit *c, int T);

/* hunt.c */
bool isup_hunts_by_parity(const struct isup_group *g);

/* idle.c: the idle circuits of a group */
struct isup_idle *isup_idle_new(void *ctx, unsigned int n_cics);
void isup_idle_set(struct isup_circuit *c, bool idle);
int isup_idle_from(const struct isup_idle *idle, unsigned int cic);
int isup_idle_last(const struct isup_idle *idle);
int isup_idle_longest(const struct isup_group *g, unsigned int list);
int isup_idle_latest(const struct isup_group *g, unsigned int list);

#endif
