/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mapper: pure functions between call control primitives, ISUP messages and SIP messages
 * (RFC 3398, Q.1912.5). No I/O, log, allocation or clock. Tables print themselves for the
 * command line and the manual. */
#ifndef TOLLGATE_GW_MAP_H
#define TOLLGATE_GW_MAP_H

#include "gw/cc.h"
#include "gw/map_rule.h"
#include "gw/sip.h"
#include "isup/isup.h"

/* ISUP in bodies: none; RFC 3372: where the peer takes part in it; Q.1912.5 profile C: always */
enum map_isup_body { MAP_ISUP_NONE, MAP_ISUP_SIP_T, MAP_ISUP_SIP_I };
/* What is believed of the peer's: all, what table `trust' lets through, nothing. */
enum map_isup_trust { MAP_TRUST_ALL, MAP_TRUST_LISTED, MAP_TRUST_NONE };
/* 183 with SDP when the ISUP side has in-band; never */
enum map_early { MAP_EARLY_AUTO, MAP_EARLY_OFF };

/* Does the peer of a dialog take part in ISUP, and has it been told of progress already? */
enum map_with_isup { MAP_WITHOUT_ISUP, MAP_WITH_ISUP, MAP_WITH_ISUP_PROGRESSED };

enum { MAP_MAX_OVERRIDES = 32 };	/* rows that a trunk group has of its own */

/* What a trunk group says about itself; a value that the configuration fills. */
struct map_profile {
	/* "49": of the numbers with national nature on this trunk */
	char country_code[5];
	char area_code[9];		/* for subscriber numbers; "" none */
	/* dialled before national and international numbers: "0", "00"; "" nothing */
	char national_prefix[8], international_prefix[8];
	/* host part of URIs we make toward the peer (Request-URI, To) */
	char host[SIP_MAX_TEXT / 2];
	char local_host[SIP_MAX_TEXT / 2];	/* host part of From, P-Asserted-Identity */
	enum map_isup_body isup_body;
	enum map_isup_trust isup_trust;
	bool isup_required;		/* handling=required instead of optional */
	char isup_version[16];		/* "itu-t92+" */
	char isup_base[16];
	const struct isup_dialect *dialect;
	/* peer is trusted: P-Asserted-Identity, also with Privacy: id */
	bool send_pai;
	bool trust_pai;			/* take P-Asserted-Identity of the peer */
	/* of callers that nobody asserts: international digits; "" none */
	char default_calling[20];
	char group[41], trunk_context[64];	/* its name (RFC 4904); context "": local_host */
	uint32_t mlpp_domain;		/* of precedences that SIP gives (Q.763 3.34) */
	enum map_early early;
	/* provisioned defaults of IAM (RFC 3398 8.2.1.1); 0: as MAP_T_INDICATOR says */
	uint8_t nci_satellite;
	uint8_t nci_echo;
	uint8_t category;		/* 10 */
	uint8_t tmr;			/* 3 */
	/* FCI, BCI: F=1, D=0 in any case; false: as MAP_T_INDICATOR says */
	bool isup_all_the_way;
	bool send_st;			/* append ST to the called number */
	/* digits of the routing numbers that stand before called numbers; 0: not known */
	uint8_t routing_length;
	char own_carrier[9];		/* its carrier code, which it is not told; "" none */
	/* location in causes we make: 2 network, 10 beyond interworking point ... */
	uint8_t location;
	uint8_t max_forwards_factor;	/* Max-Forwards = factor * hop counter; 0: not mapped */
	/* seconds told in a 503 for causes 34 38 41 42 47; 0: not told */
	uint16_t retry_after;
	enum map_standard standard;	/* the column of the tables of rules */
	unsigned int n_overrides;
	struct map_override overrides[MAP_MAX_OVERRIDES];
};
/* RFC's and provisioned defaults: ITU-T dialect, no ISUP in bodies, category 10, 3.1 kHz. */
void map_profile_default(struct map_profile *p);
/* When standard and overrides are known: category, tmr and location by MAP_T_INDICATOR; isup: of
 * an ISUP trunk group. */
void map_profile_indicators(struct map_profile *p, bool isup);

/* The digits by which a called number is routed: in international form without '+' where nature
 * and profile allow it, else as they are. 0, or -EINVAL (no digits, or not of the E.164 plan),
 * -EMSGSIZE. */
int map_routing_digits(char *buf, size_t size, const struct isup_number *n,
		       const struct map_profile *p);
/* The digits by which the call is routed: of the routing number or the called one, as MAP_T_NUMBER
 * says. The same errors. */
int map_route_digits(char *buf, size_t size, const struct cc_setup *s,
		     const struct map_profile *p);
/* A call may ask for a trunk group (RFC 4904) that is not there: is it routed all the same? */
bool map_group_ignored(const struct map_profile *p);
/* The status that says that it is full, or 0: its cause does. */
uint16_t map_group_busy(const struct map_profile *p);
/* map_routing_digits() with '+' before a number that is international: for records and logs. n's
 * plan is that of the call (s) it belongs to. */
int map_print_number(char *buf, size_t size, const struct isup_number *n,
		     const struct map_profile *p);

/* --- supplementary services, told by legs (gw/map_services.h is the mapper's own side) --- */
/* Of a primitive made of an ISUP message: numbers and information that need the trunk's plan. */
void map_services_from_isup(struct cc_prim *prim, const struct isup_msg *m,
			    const struct map_profile *p);
/* The IAM asks who answers (Q.731.5). If not, what SIP says of that is taken out again, by rule. */
bool map_asks_connected(const struct isup_msg *iam);
void map_connected_unasked(struct isup_msg *m, const struct cc_prim *prim,
			   const struct map_profile *p);
/* A call with this IAM cannot go to the SIP trunk: the cause (closed user group, explicit
 * user-to-user services), else 0. */
uint8_t map_iam_refused(const struct isup_msg *iam, const struct map_profile *p);
/* HOLD, SUSPEND, RESUME: is the description that rides in it told to a SIP peer by re-INVITE? */
bool map_pause_told(const struct cc_prim *prim, const struct map_profile *p);
/* The History-Info that responses of this dialog continue: of the INVITE, or of its Request-URI.
 * Length, 0: the peer does not want it, or it cannot be kept. */
int map_history_of_invite(char *buf, size_t size, const struct sip_msg *inv,
			  const struct map_profile *p);
/* Continued in a response, when the call was sent on; what does not fit is left out. */
void map_history_to_response(struct sip_out *out, const struct cc_prim *prim, const char *received,
			     const struct map_profile *p);
/* Diversions that our INVITE told of; a response that tells of more says that there was one. */
unsigned int map_diversions_told(const struct cc_setup *s, const struct map_profile *p);
void map_history_from_response(struct cc_prim *prim, const struct sip_msg *rsp, unsigned int told,
			       const struct map_profile *p);

/* --- ISUP -> primitives. 0, or the Q.850 cause with which to refuse. --- */
uint8_t map_iam_to_setup(struct cc_setup *s, const struct isup_msg *iam,
			 const struct map_profile *p);
/* Message of a call in progress -> primitive (type and its union member; p->isup is set). false:
 * nothing to tell the other side (ISUP-internal). ACM CPG ANM CON SUS RES FAC USR SAM ...
 * answered tells whether ANM/CON has been seen. CC_ADDRESS comes with u.digits NULL:
 * map_sam_to_digits() fetches them into the caller's number. */
bool map_isup_to_prim(struct cc_prim *prim, const struct isup_msg *m, bool answered);
/* SAM: its digits, without ST; *ret_complete: ST was there. false: no digits in it. */
bool map_sam_to_digits(struct isup_number *digits, bool *ret_complete, const struct isup_msg *sam);
/* REL (or the cause of whatever else ends a call) -> release. retry by the table of that name. */
void map_rel_to_release(struct cc_release *r, const struct isup_msg *rel,
			const struct map_profile *p);

/* --- primitives -> ISUP. tmpl is the ISUP message to start from (riding in the primitive), or
 * NULL. 0 or -errno. CIC is the caller's to set. Parameters of one link only are left out,
 * unknown ones pass where their compatibility information allows it. */
/* -ELOOP: the hop counter is used up (release with 25); -EINVAL: the called side is not a number
 * (28); -EOPNOTSUPP: the trunk group does not take the bearer (65). */
int map_setup_to_iam(struct isup_msg *iam, const struct cc_setup *s, const struct isup_msg *tmpl,
		     const struct map_profile *p);
/* Backward and mid-call: PROGRESS, ALERT, CONNECT, SUSPEND, RESUME, INFO, HOLD, ADDRESS
 * (forward: SAM). acm_sent: address complete was sent before, so the next is CPG; for CONNECT it
 * chooses ANM instead of CON. type of the message made is in m->type; -ENOMSG: nothing to send. */
int map_prim_to_isup(struct isup_msg *m, const struct cc_prim *prim, bool acm_sent,
		     const struct map_profile *p);
/* The primitive says more than an ACM can (call forwarded): after the ACM call
 * map_prim_to_isup() again, with acm_sent. */
bool map_prim_needs_cpg(const struct cc_prim *prim);
int map_release_to_rel(struct isup_msg *rel, const struct cc_release *r,
		       const struct isup_msg *tmpl, const struct map_profile *p);

/* --- SIP -> primitives. --- */
/* INVITE: 0, or the SIP status with which to refuse (484, 404, 416, 415 ...). isup receives the
 * encapsulated IAM, if any is usable (ret_has_isup). Headers win over the body as RFC 3398 8.2.1
 * says. */
int map_invite_to_setup(struct cc_setup *s, struct isup_msg *isup, bool *ret_has_isup,
			const struct sip_msg *inv, const struct map_profile *p);
/* Provisional or 2xx response to our INVITE. false: nothing to tell (100). isup as above (ACM,
 * CPG, ANM, CON). heard: a response before it has brought early media that are heard. */
bool map_response_to_prim(struct cc_prim *prim, struct isup_msg *isup, const struct sip_msg *rsp,
			  bool heard, const struct map_profile *p);
/* Failure response (msg NULL: status stands for time-out 408 / transport 503), BYE or CANCEL ->
 * release, by Reason, encapsulated REL, table (RFC 3398 8.2.6.1, RFC 3326, RFC 6432). */
void map_failure_to_release(struct cc_release *r, struct isup_msg *isup, bool *ret_has_isup,
			    int status, const struct sip_msg *msg, const struct map_profile *p);
void map_bye_to_release(struct cc_release *r, struct isup_msg *isup, bool *ret_has_isup,
			const struct sip_msg *msg, const struct map_profile *p);
/* INFO with an ISUP body -> SUSPEND, RESUME, INFO, ADDRESS ..., RELEASE where an unknown message
 * asks for it. false: nothing in it for the other side. */
bool map_info_to_prim(struct cc_prim *prim, struct isup_msg *isup, const struct sip_msg *info,
		      const struct map_profile *p);
/* The CFN for an unknown message in it whose sender wants to hear of that (Q.764 2.9.5.2); false:
 * none is due. */
bool map_info_to_confusion(struct isup_msg *cfn, const struct sip_msg *info,
			   const struct map_profile *p);

/* --- primitives -> SIP. isup bodies go in when p->isup_body and with_isup (the peer takes
 * part in it). --- */
/* What a refusal by status (of map_invite_to_setup) says beside: Accept in a 415. */
void map_invite_refused(struct sip_out *out, int status, const struct map_profile *p);
/* INVITE. sdp may be NULL. 0 or -errno: -EMSGSIZE (a body or header too large), -ELOOP (hops
 * used up: release with 25), -EINVAL (no called number or user: 28), -EPERM (closed user group
 * without outgoing access to a peer that knows none: 29), -EOPNOTSUPP (the circuit's medium is not
 * offered there: map_medium_cause(), or 65). */
int map_setup_to_invite(struct sip_out *out, const struct cc_setup *s, const struct isup_msg *isup,
			const char *sdp, const struct map_profile *p);
/* 18x and 2xx: returns the status (180 181 183 200 ...), 0: nothing to send, or -errno. sdp is
 * put in where the rules say. */
int map_prim_to_response(struct sip_out *out, const struct cc_prim *prim, const char *sdp,
			 enum map_with_isup with, const struct map_profile *p);
/* Final failure: the status by table (21 with location user -> 603, 22 with number -> 301 ...);
 * Reason header; REL in the body. */
int map_release_to_response(struct sip_out *out, const struct cc_release *r,
			    const struct isup_msg *rel, bool with_isup,
			    const struct map_profile *p);
/* BYE or CANCEL (no body in CANCEL: is_cancel). */
int map_release_to_bye(struct sip_out *out, const struct cc_release *r, const struct isup_msg *rel,
		       bool with_isup, bool is_cancel, const struct map_profile *p);
/* INFO carrying the primitive's ISUP message (SUS, RES, FAC, USR ...). -ENOMSG: nothing to
 * tunnel. */
int map_prim_to_info(struct sip_out *out, const struct cc_prim *prim, const struct map_profile *p);
/* Is this a message to go by INFO, where the peer takes part? */
bool map_tunnels(const struct isup_msg *m, const struct map_profile *p);
/* Is the peer's INR passed on? */
bool map_passes_inr(const struct map_profile *p);
/* Only SDP (re-INVITE, answers, ACK). sdp NULL: no body. */
int map_sdp_body(struct sip_out *out, const char *sdp);
/* There is ISUP in the body that was made. */
bool map_out_has_isup(const struct sip_out *out);
/* Why an ISUP body is not used: constant text; par and at: of the message in it. */
struct map_body_note { const char *why, *par; size_t at; bool required; };
/* true: the message has such a body, and *note says why. */
bool map_body_unused(struct map_body_note *note, const struct sip_msg *msg,
		     const struct map_profile *p);
/* Of a message for this peer's bodies, in another dialect: the parameters that cannot be said
 * there; one more than all: neither can the message. */
unsigned int map_body_lost(const struct isup_msg *isup, const struct map_profile *p);
/* The SDP in a message's body (single part or multipart), copied with a final NUL: length, 0
 * when none, -errno. */
int map_body_sdp(char *buf, size_t size, const struct sip_msg *msg);

/* The cause for which no IAM or INVITE could be made: rc is what the mapper gave instead. */
uint8_t map_setup_cause(int rc, const struct cc_setup *s, const struct isup_msg *iam,
			const struct map_profile *p);

/* --- bearers (map_bearer.c) --- */
/* The cause with which calls of this medium are released, 0: none. */
uint8_t map_medium_cause(uint8_t tmr, const struct map_profile *p);
/* Is this answer one to a call of the medium? Data take CLEARMODE only. */
bool map_answer_fits(const char *sdp, uint8_t tmr);
/* A call with 64 kbit/s preferred ends at SIP, which has answered with speech: m says so, by the
 * transmission medium used. */
void map_tell_fallback(struct isup_msg *m, uint8_t prime, const char *answer);
/* A backward message says that speech was taken in the place of 64 kbit/s. */
bool map_fell_back(const struct isup_msg *m);
/* A call of data has no echo control of ours and no tones. */
void map_tell_data(struct isup_msg *m);
bool map_is_data(uint8_t tmr);
/* What an IAM says: s->tmr (the trunk group's own when it says nothing) and s->bearer. */
void map_medium_from_iam(struct cc_setup *s, const struct isup_msg *iam,
			 const struct map_profile *p);

/* --- tables (gw/map_rule.h) --- */
/* p may be NULL: RFC 3398. location: "user" makes some a refusal by the user himself. */
uint16_t map_cause_to_status(uint8_t cause, uint8_t location, const struct map_profile *p);
uint8_t map_status_to_cause(int status, const struct map_profile *p);

#endif
