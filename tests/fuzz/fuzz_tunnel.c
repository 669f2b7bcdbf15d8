/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: bodies with ISUP through the mapper, as INVITE, as responses, BYE and INFO, and what
 * they become on both sides again. What is made of them can be read; an untrusted peer is told and
 * believed what is listed only; what is refused is noted. The first octet chooses the trunk groups,
 * the second the message; then come lines with Content-Type and Content-Disposition, and the
 * body. */
#include <stdlib.h>
#include <string.h>

#include "gw/map_tunnel.h"
#include "isup/compat.h"
#include "isup/dialect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

enum { MAX_LINE = 200 };

static struct map_profile sip, isup_side;
static struct sip_out out;

static void must(bool ok)
{
	if (!ok)
		abort();
}

static void choose(uint8_t bits)
{
	static const struct isup_dialect *const dialects[] = {
		&isup_itu, &isup_ansi, &isup_etsi, &isup_china,
	};

	map_profile_default(&sip);
	memcpy(sip.country_code, "49", 3);
	memcpy(sip.host, "peer", 5);
	memcpy(sip.local_host, "gw", 3);
	isup_side = sip;
	sip.isup_body = bits & 1 ? MAP_ISUP_SIP_T : MAP_ISUP_SIP_I;
	sip.standard = bits & 1 ? MAP_RFC3398 : MAP_PROFILE_C;
	sip.isup_trust = (bits >> 1 & 3) % 3;
	sip.isup_required = bits & 8;
	sip.trust_pai = sip.send_pai = bits & 16;
	sip.dialect = dialects[bits >> 5 & 3];
	isup_side.dialect = dialects[bits >> 6 & 3];
	memcpy(sip.isup_version, sipt_token_of(sip.dialect->name),
	       strlen(sipt_token_of(sip.dialect->name)) + 1);
	memcpy(sip.isup_base, sip.isup_version, sizeof(sip.isup_base));
}

static bool take_line(char *buf, const uint8_t **data, size_t *len)
{
	const uint8_t *nl = *len ? memchr(*data, '\n', *len) : NULL;
	size_t n = nl ? (size_t)(nl - *data) : 0;

	if (!nl || n >= MAX_LINE || memchr(*data, '\0', n))
		return false;
	memcpy(buf, *data, n);
	buf[n] = '\0';
	*data += n + 1;
	*len -= n + 1;
	return true;
}

/* An ISUP message that we made: what can be encoded can be read by its dialect. */
static void check_isup(const struct isup_msg *m)
{
	uint8_t octets[ISUP_MAX_OCTETS];	/* more can neither be sent nor read */
	struct isup_msg again;
	ssize_t n = isup_encode_unknown(octets, sizeof(octets), m);

	if (n >= 0)
		must(isup_decode_unknown(&again, m->dialect, octets, n, NULL) == 0 &&
		     again.type == m->type);
}

/* A body that we made: taken apart, its ISUP is in the dialect that it says, and nothing in it
 * that an untrusted peer must not be told. */
static void check_body(void)
{
	const struct sipt_part *part;
	struct sipt_body b;
	struct isup_msg m;

	must(sipt_parse(&b, out.content_type, out.body, out.body_len) == 0);
	part = sipt_find(&b, "application/isup", NULL);
	if (!part)
		return;
	must(isup_decode_body_unknown(&m, sip.dialect, part->octets, part->len, NULL) == 0);
	must(map_place_of(&sip, &m) != MAP_PLACE_NEVER);
	if (sip.isup_trust != MAP_TRUST_ALL)
		must(!isup_has(&m, ISUP_P_CHARGED_PARTY) && m.type != ISUP_MT_FAC &&
		     m.type != ISUP_MT_CRG);
}

static void check_prim(const struct cc_prim *prim)
{
	struct isup_msg m;

	for (int acm = 0; acm < 2; acm++) {
		if (map_prim_to_isup(&m, prim, acm, &isup_side) == 0)
			check_isup(&m);
		if (map_prim_to_response(&out, prim, NULL, 1 + acm, &sip) > 0)
			check_body();
	}
	if (map_prim_to_info(&out, prim, &sip) == 0)
		check_body();
}

static void check_release(const struct cc_release *r, const struct isup_msg *rel)
{
	struct isup_msg m;

	must(r->cause.value);
	if (map_release_to_rel(&m, r, rel, &isup_side) == 0)
		check_isup(&m);
	if (map_release_to_response(&out, r, rel, true, &sip) > 0)
		check_body();
	if (map_release_to_bye(&out, r, rel, true, false, &sip) == 0)
		check_body();
}

static void invite(const struct sip_msg *msg)
{
	struct isup_msg isup, iam;
	struct cc_setup s;
	bool has;

	if (map_invite_to_setup(&s, &isup, &has, msg, &sip))
		return;
	must(!has || isup.type == ISUP_MT_IAM);
	if (map_setup_to_iam(&iam, &s, has ? &isup : NULL, &isup_side) == 0)
		check_isup(&iam);
	if (map_setup_to_invite(&out, &s, has ? &isup : NULL, "v=0\r\n", &sip) == 0)
		check_body();
}

static void response(struct sip_msg *msg, uint8_t which)
{
	static const uint16_t statuses[] = { 180, 183, 200, 486, 503, 302 };
	struct isup_msg isup;
	struct cc_release r;
	struct cc_prim prim;
	bool has;

	msg->is_request = false;
	msg->status = statuses[which % 6];
	if (msg->status < 300 && map_response_to_prim(&prim, &isup, msg, which & 64, &sip) &&
	    prim.type == CC_RELEASE)
		check_release(&prim.u.release, NULL);
	else if (msg->status < 300)
		check_prim(&prim);
	if (msg->status < 300)
		return;
	map_failure_to_release(&r, &isup, &has, msg->status, msg, &sip);
	check_release(&r, has ? &isup : NULL);
}

static void request(struct sip_msg *msg)
{
	struct isup_msg isup;
	struct cc_release r;
	struct cc_prim prim;
	bool has;

	if (msg->method == SIP_BYE) {
		map_bye_to_release(&r, &isup, &has, msg, &sip);
		check_release(&r, has ? &isup : NULL);
	} else if (map_info_to_prim(&prim, &isup, msg, &sip)) {
		if (prim.type == CC_RELEASE)
			check_release(&prim.u.release, NULL);
		else
			check_prim(&prim);
	} else if (map_info_to_confusion(&isup, msg, &sip)) {
		check_prim(&(struct cc_prim){ .type = CC_INFO, .isup = &isup });
	}
}

/* What must be understood and is not is told with its reason. */
static void check_note(const struct sip_msg *msg)
{
	struct map_body_note note;
	struct isup_msg isup;
	int rc = map_body_isup(&isup, msg, &sip);
	bool unused = map_body_unused(&note, msg, &sip);

	must(rc >= 0 || (unused && note.why));
	must(rc != 1 || (map_place_fits(&sip, &isup, msg) && map_trusts_message(&sip, isup.type)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const enum sip_method methods[] = { SIP_INVITE, SIP_BYE, SIP_INFO, SIP_UPDATE };
	char type[MAX_LINE], disposition[MAX_LINE];
	struct sip_msg msg = {
		.is_request = true, .ruri = "sip:+4930123@gw;user=phone", .to = "<sip:x@gw>",
		.from = "<sip:+498955@peer;user=phone>", .max_forwards = 70, .retry_after = -1,
	};
	uint8_t which;

	if (len < 2)
		return 0;
	choose(data[0]);
	which = data[1];
	data += 2;
	len -= 2;
	if (!take_line(type, &data, &len) || !take_line(disposition, &data, &len))
		return 0;
	msg.content_type = type[0] ? type : NULL;
	msg.content_disposition = disposition[0] ? disposition : NULL;
	msg.body = data;
	msg.body_len = len;
	msg.method = methods[which % 4];
	check_note(&msg);
	if (which & 128)
		response(&msg, which);
	else if (which % 4 == 0)
		invite(&msg);
	else
		request(&msg);
	return 0;
}
