/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The media gateway as a leg sees it: one context joins one circuit with one RTP stream. */
#ifndef TOLLGATE_GW_MEDIA_H
#define TOLLGATE_GW_MEDIA_H

#include <stdbool.h>
#include <stdint.h>

struct media_gw;		/* one media gateway */
struct media_ctx;		/* one circuit's context in it */

/* Directions as the gateway sees them: RECVONLY plays packets to the circuit, SENDONLY sends the
 * circuit's audio as packets. LOOPBACK gives the circuit its own audio back, TRANSPONDER answers a
 * check tone with the other one; both are for opening only, if media_gw_can() says so, and have no
 * remote side. */
enum media_mode {
	MEDIA_INACTIVE, MEDIA_RECVONLY, MEDIA_SENDONLY, MEDIA_SENDRECV,
	MEDIA_LOOPBACK, MEDIA_TRANSPONDER,
};

enum { MEDIA_MAX_SDP = 2048 };

struct media_ops {
	/* Each request is answered by exactly one of these, never from inside the request itself.
	 * local_sdp is ours to keep no longer than the callback; it has an o= line of our own whose
	 * version rises when the text changes. */
	void (*opened)(void *ctx, const char *local_sdp);
	void (*modified)(void *ctx, const char *local_sdp);
	/* The open or modify failed, or the context was lost later (gateway restarted or died):
	 * cause is Q.850 (47, 41, 42, 38, 88 ...). The context is gone. */
	void (*failed)(void *ctx, uint8_t cause, const char *why);
};

struct media_open {
	const char *trunk_group;	/* for logs */
	/* the circuit's number in the gateway (its CIC, if the configuration gives no other):
	 * names the endpoint by the gateway's pattern */
	uint16_t cic;
	uint8_t tmr;			/* transmission medium: codecs to ask for */
	enum media_mode mode;		/* with remote_sdp NULL: not SENDONLY, SENDRECV */
	const char *remote_sdp;		/* the offer of the other side, or NULL */
	const char *call_id;		/* hex, unique a call: MGCP's C */
};

/* NULL when the gateway is away (media_gw_available() is false) or memory is out; else opened or
 * failed follows. */
struct media_ctx *media_open(struct media_gw *gw, const struct media_open *o,
			     const struct media_ops *ops, void *ctx);
/* remote_sdp NULL: mode only. Requests are queued behind one that runs. 0, or -errno when the
 * request cannot be taken (no codec in common, no description, too many waiting): the context is
 * as it was, and no answer follows. */
int media_modify(struct media_ctx *mc, enum media_mode mode, const char *remote_sdp);
/* What the gateway plays to the circuit itself, in any mode, until it is told NONE, the first
 * packet arrives (where it can tell), or the context is closed. */
enum media_tone { MEDIA_TONE_NONE, MEDIA_TONE_RING };
/* 0: it was asked to; -EOPNOTSUPP: this gateway cannot, as far as is known; -errno. A refusal is
 * logged, and not told. */
int media_tone(struct media_ctx *mc, enum media_tone tone);
/* Delete. The context is invalid at once; the gateway is told reliably in the background, before a
 * later open of the same circuit. */
void media_close(struct media_ctx *mc);

/* Contexts of a gateway: mc NULL for the first; NULL after the last. */
struct media_ctx *media_next(const struct media_gw *gw, const struct media_ctx *mc);
/* The ctx of the one who opened it with these ops; NULL: others did. */
void *media_user(const struct media_ctx *mc, const struct media_ops *ops);

bool media_gw_available(const struct media_gw *gw);
const char *media_gw_name(const struct media_gw *gw);
void media_gw_show(const struct media_gw *gw, void (*line)(void *ctx, const char *text), void *ctx);
void media_gw_close(struct media_gw *gw);

/* Called when a gateway goes away or comes back (contexts lost have had failed() before). */
typedef void media_gw_state_cb(void *ctx, struct media_gw *gw, bool available);

/* AUTO: osmo-mgw when the endpoint pattern begins with "rtpbridge/". osmo-mgw knows neither AUCX
 * nor inactive, takes one codec name only, and relays payload types it did not name. */
enum media_mgcp_quirks { MEDIA_MGCP_AUTO, MEDIA_MGCP_STANDARD, MEDIA_MGCP_OSMO };

struct media_mgcp_cfg {
	const char *name;
	const char *remote_host;	/* numeric */
	uint16_t remote_port;		/* 2427 */
	const char *local_host;		/* NULL: any */
	uint16_t local_port;		/* 0: any */
	const char *domain;		/* part after @ */
	/* Endpoint pattern, e.g. "ds/e1-%p/%t" or "rtpbridge/" + "*". %c CIC, %p PCM number
	 * (cic / 32), %t time slot (cic % 32). A term "$" asks the gateway for any free endpoint,
	 * "*" does it in the way of osmo-mgw. The domain is put behind unless there is one. */
	const char *endpoint;
	/* "MGCP 1.0" when NULL; "MGCP 1.0 TGCP 1.0" names a profile */
	const char *version;
	unsigned int keepalive_s;	/* AUEP when idle for so long; 0: 30 */
	int log_cat;
	/* The circuit side of a gateway without circuits (osmo-mgw): its audio is RTP at address,
	 * base + 2 * cic. NULL: none. */
	const char *circuit_rtp_address;
	uint16_t circuit_rtp_base_port;
	const char *codecs;		/* in order; NULL: "PCMA;PCMU;telephone-event" */
	enum media_mgcp_quirks quirks;
	unsigned int lost_after_s;	/* away for so long: its contexts are lost; 0: 30 */
	bool keep_stale;		/* no DLCX with a wildcard, at start and on return */
	bool acknowledge;		/* confirm answers by K; osmo-mgw refuses it */
	unsigned int max_contexts;	/* 0: 8192 */
	unsigned int rto_ms, max_retransmissions;	/* 0: 200, 5 */
};
struct media_gw *media_mgcp_open(void *ctx, const struct media_mgcp_cfg *cfg,
				 media_gw_state_cb *state, void *state_ctx);

/* No gateway to control: circuits' RTP is found by rule (address, first port + 2 * cic), or there
 * is no SDP at all (address NULL). */
struct media_none_cfg { const char *name; const char *rtp_address; uint16_t rtp_base_port; };
struct media_gw *media_none_open(void *ctx, const struct media_none_cfg *cfg);

#endif
