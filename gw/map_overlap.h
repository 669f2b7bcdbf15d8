/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: called numbers whose digits come one after the other, in SIP (RFC 3578; TS 24.229 annex
 * N). Pure. */
#ifndef TOLLGATE_GW_MAP_OVERLAP_H
#define TOLLGATE_GW_MAP_OVERLAP_H

#include "gw/map.h"

extern const struct map_table map_table_overlap;

/* Rows of "overlap" and their values. */
enum map_overlap {
	/* MAP_OV_WAIT, _RELEASE */
	MAP_OV_484, MAP_OV_404, MAP_OV_3XX, MAP_OV_6XX, MAP_OV_FAILURE,
	MAP_OV_183,			/* MAP_OV_DIALOG, _TELL */
	MAP_OV_INFO_REFUSED,		/* MAP_OV_RELEASE, _INVITE */
	MAP_OV_INFO_BODY,		/* MAP_OV_X_SESSION_INFO, _SESSION_INFO */
	MAP_OV_SAM,			/* MAP_OV_EACH, _MERGED */
	MAP_OV_LATE,			/* the status */
	MAP_OV_OTHER_NUMBER,		/* MAP_OV_NEW_CALL, or a status */
};
enum {
	MAP_OV_WAIT, MAP_OV_RELEASE, MAP_OV_DIALOG, MAP_OV_TELL, MAP_OV_INVITE,
	MAP_OV_X_SESSION_INFO, MAP_OV_SESSION_INFO, MAP_OV_EACH, MAP_OV_MERGED, MAP_OV_NEW_CALL,
};

/* Is the call kept when the INVITE with all digits so far gets this final failure, and more digits
 * may come? */
bool map_overlap_waits(int status, const struct map_profile *p);
/* A response that only makes the dialog in which digits will go. */
bool map_overlap_only_dialog(const struct sip_msg *rsp, const struct map_profile *p);

/* --- several INVITEs, and all have failed --- */
struct map_failure {
	int status;
	size_t digits;			/* of the number in its INVITE */
};
/* Is a better than b, as a forking proxy would choose (RFC 3261 16.7 6)? */
bool map_failure_better(const struct map_failure *a, const struct map_failure *b);

/* --- INVITEs with more and more digits --- */
/* The number in a Request-URI. */
struct map_dialled {
	char digits[ISUP_MAX_DIGITS + 1];
	bool global;
};
enum map_grown { MAP_GROWN, MAP_SAME, MAP_OTHER };

bool map_dialled(struct map_dialled *d, const char *ruri);	/* false: it is no number */
/* What the number has become. MAP_GROWN: *more are the digits behind those of old. */
enum map_grown map_dialled_grown(struct isup_number *more, const struct map_dialled *old,
				 const struct map_dialled *now);
/* An ISUP message in the body says by ST that the number is whole. */
bool map_body_has_st(const struct sip_msg *msg, const struct map_profile *p);

/* --- further digits, toward the called side --- */
enum { MAP_MAX_SAMS = 5 };		/* parts of one body beside IAM and SDP */

struct map_more {
	struct isup_number digits;	/* "" with ST alone */
	bool complete;
	bool has_sam;			/* it came as this SAM */
	struct isup_msg sam;
};
/* The digits of an INFO, from SubsequentDigit or SAM. false: there are none. */
bool map_info_to_digits(struct map_more *m, const struct sip_msg *info,
			const struct map_profile *p);
/* 0 or -errno; -ENOMSG: nothing to say (ST, to a peer without ISUP). */
int map_digits_to_info(struct sip_out *out, const struct map_more *m, const struct map_profile *p);

/* What the INVITEs of a call have told: the IAM of its bodies has the first digits, each SAM some
 * more. */
struct map_told {
	size_t first;
	unsigned int n_sams;
	struct map_sam { uint8_t len, digits, octets[60]; } sams[MAP_MAX_SAMS];
};
/* One more SAM; the oldest becomes digits of the IAM when there is no room. One that cannot be
 * kept, and digits without one, become so with all before them. */
void map_told_more(struct map_told *t, const struct cc_prim *address, size_t all,
		   const struct map_profile *p);
/* As map_setup_to_invite(), which makes the first INVITE. */
struct map_next {
	const struct cc_setup *setup;	/* with all digits */
	const struct isup_msg *iam;	/* or NULL */
	const char *sdp;		/* or NULL */
	const struct map_told *told;
};
int map_setup_to_next_invite(struct sip_out *out, const struct map_next *n,
			     const struct map_profile *p);

#endif
