/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the SIP edge: what its files do for each other. */
#ifndef TOLLGATE_GW_SIP_DIALOG_H
#define TOLLGATE_GW_SIP_DIALOG_H

#include "gw/sip_priv.h"

struct refusal { int status; const char *phrase; sip_header_t *extra; };

#define SIP_METHODS_ALLOWED "INVITE, ACK, CANCEL, BYE, PRACK, UPDATE, INFO, OPTIONS"
#define SIP_TYPES_ACCEPTED "application/sdp, application/isup, multipart/mixed"
#define SIP_INVITE_SUPPORTS(rel) ((rel) == SIP_100REL_SUPPORTED ? "100rel, 199" : "199")

/* sip_loop.c: loop and clock */
int sip_loop_prepare(void);
int sip_loop_open(struct sip *sip);
void sip_loop_close(struct sip *sip);
void sip_kick(struct sip *sip);
uint64_t sip_now_us(void);

/* sip_stack.c: sockets */
const struct listener *sip_listener_for(const struct sip *sip, const struct sip_target *target);
unsigned int sip_listener_of(struct sip *sip, nta_incoming_t *irq, msg_t *msg);

/* sip_tick.c: once a second */
int sip_tick_start(struct sip *sip);
void sip_tick_stop(struct sip *sip);
void sip_tick_relieve(struct sip *sip);

/* sip_dns.c: can a name server of this resolv.conf be sent to? */
const char *sip_dns_file(void);
bool sip_dns_reachable(const char *path);

/* sip_admit.c: before the stack */
struct mclass_hook *sip_hook_new(struct sip *sip);
const msg_mclass_t *sip_hook_mclass(const struct mclass_hook *hook);
bool sip_admit_call(struct sip *sip);

/* sip_trace.c: messages as octets */
void sip_trace_received(struct sip *sip, msg_t *msg);
void sip_trace_sent(struct sip *sip, msg_t *msg);	/* gives up the reference */
void sip_trace_request(struct sip *sip, nta_outgoing_t *orq);
void sip_trace_response(struct sip *sip, nta_incoming_t *irq);
void sip_trace_ack(struct sip *sip, nta_outgoing_t *invite, const sip_t *response);
void sip_trace_cancel_ok(struct sip *sip, msg_t *cancel, const char *tag);

/* sip_msg.c: received. msg may be NULL when the source does not matter. */
void sip_msg_read(struct sip *sip, struct sip_msg *m, msg_t *msg, const sip_t *s);
void sip_addr_text(char *buf, size_t size, const struct sockaddr_storage *a);
uint16_t sip_options_of(const sip_t *s);
/* User and host of a From or To, as one number that is not 0. */
uint32_t sip_identity_of(const sip_addr_t *a);
bool sip_option_in(uint16_t bits, const char *option_tag);

/* sip_out.c: to send */
struct sip_content *sip_content_new(void *ctx, const struct sip_out *out);
void sip_random_token(char *buf, size_t size);
uint32_t sip_random_u32(void);

/* Our Contact in messages of the leg: with a user part of its own, or the listener's. */
#define SIP_LEG_CONTACT(wanted, leg, li)                                              \
	TAG_IF((wanted) && !(leg)->contact, SIPTAG_CONTACT((li)->contact)),           \
		TAG_IF((wanted) && (leg)->contact, SIPTAG_CONTACT_STR((leg)->contact))

/* sip_send.c: messages of a leg */
nta_outgoing_t *sip_send(struct sip_leg *leg, sip_method_t method, const char *name,
			 const struct sip_content *c, nta_response_f *answer);
void sip_send_ack(struct sip_leg *leg, nta_outgoing_t *invite, const struct sip_content *c);
void sip_send_bye(struct sip_leg *leg, const struct sip_content *c);
int sip_answer(struct sip_leg *leg, nta_incoming_t *irq, int status, const char *phrase,
	       const struct sip_content *c);
void sip_answer_plain(struct sip *sip, nta_incoming_t *irq, int status, const char *phrase);
void sip_answer_refusal(struct sip *sip, nta_incoming_t *irq, const struct refusal *r);
void sip_answer_stateless(struct sip *sip, msg_t *msg, int status, const char *phrase,
			  sip_header_t const *extra);

/* sip_leg.c: life of a leg */
struct sip_leg *sip_leg_new(struct sip *sip, const char *call_id, const char *peer);
void sip_leg_free(struct sip_leg *leg);
void sip_leg_enter(struct sip_leg *leg);
void sip_leg_exit(struct sip_leg *leg);
const struct sip_leg_ops *sip_leg_detach(struct sip_leg *leg, enum leg_state state);
void sip_leg_end(struct sip_leg *leg, msg_t *msg, const sip_t *s, const char *why);
void sip_leg_broken(struct sip_leg *leg, const char *why);
int sip_queue_add(struct sip_leg *leg, struct queued **queue, const char *phrase,
		  const struct queued *what);
struct queued *sip_queue_take(struct queued **queue);
void sip_queue_drop(struct queued **queue);

/* sip_uac.c */
int sip_uac_response(struct sip_leg *leg, nta_outgoing_t *orq, const sip_t *s);
void sip_uac_silence(struct sip_leg *leg);
/* 481 to a request of ours ends its early dialog. false: it is the only one, and the call's end. */
bool sip_uac_lose_fork(struct sip_leg *leg, msg_t *msg, const sip_t *s);
void sip_uac_release(struct sip_leg *leg, const struct sip_content *c);

/* sip_uas.c */
int sip_stateless(struct sip *sip, nta_agent_t *agent, msg_t *msg, sip_t *s);
void sip_uas_release(struct sip_leg *leg, int status, const struct sip_content *c);
int sip_uas_event(struct sip_leg *leg, nta_incoming_t *irq, const sip_t *s);

/* sip_reply.c: responses to an INVITE */
void sip_reply_again(struct sip_leg *leg);

/* sip_check.c: what is refused before anybody sees it */
bool sip_refuse_request(struct refusal *r, su_home_t *home, const sip_t *s);
bool sip_refuse_method(struct refusal *r, struct sip *sip, const sip_t *s);
bool sip_has_body(const sip_t *s);
bool sip_has_sdp(const sip_t *s);
bool sip_is_session(const char *type, const char *body, size_t len);

/* sip_indialog.c: requests within a dialog */
int sip_indialog(struct sip_leg *leg, nta_leg_t *dialog, nta_incoming_t *irq, const sip_t *s);

/* sip_offer.c: re-INVITE and UPDATE */
int sip_offer_received(struct sip_leg *leg, nta_incoming_t *irq, const sip_t *s);
void sip_reinvite_drop(struct sip_leg *leg);
void sip_reinvite_chosen(struct sip_leg *leg);	/* one of several early dialogs is the call */

#endif
