/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: parts lie inside the body, and two of them put together again come out as they
 * went in; so do digits. The first line is the Content-Type. */
#include <stdlib.h>
#include <string.h>

#include "gw/map_overlap.h"
#include "gw/sipt.h"
#include "isup/isup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void must(bool ok)
{
	if (!ok)
		abort();
}

static void check_inside(const struct sipt_body *b, const uint8_t *p, size_t len)
{
	const struct sipt_version own = { "itu-t92+", "itu" };
	unsigned int i;

	must(b->n_parts <= SIPT_MAX_PARTS);
	for (i = 0; i < b->n_parts; i++) {
		const struct sipt_part *part = &b->parts[i];

		must(!part->len || (part->octets >= p && part->octets + part->len <= p + len));
		sipt_dialect(part, &own);
	}
}

static void check_again(const struct sipt_part *sdp, const struct sipt_part *isup)
{
	static struct sip_out out;
	char *text = malloc(sdp->len + 1);
	struct sipt_compose c = { .sdp = text, .isup = isup->octets, .isup_len = isup->len,
				  .version = "x", .base = "y" };
	struct sipt_body b;

	if (!text)
		abort();
	memcpy(text, sdp->octets, sdp->len);
	text[sdp->len] = '\0';
	memset(&out, 0, offsetof(struct sip_out, body));
	if (sipt_compose(&out, &c) == 0) {
		must(sipt_parse(&b, out.content_type, out.body, out.body_len) == 0 &&
		     b.n_parts == 2);
		must(b.parts[0].len == strlen(text) &&
		     !memcmp(b.parts[0].octets, text, strlen(text)));
		must(b.parts[1].len == isup->len &&
		     !memcmp(b.parts[1].octets, isup->octets, isup->len));
	}
	if (out.body_len && sipt_append(&out, &c) == 0)
		must(sipt_parse(&b, out.content_type, out.body, out.body_len) == 0 &&
		     b.n_parts == 3 && b.parts[2].len == isup->len &&
		     !memcmp(b.parts[2].octets, isup->octets, isup->len));
	free(text);
}

/* Digits that we take we can say again. */
static void check_digits(const char *type, const uint8_t *body, size_t len)
{
	static struct sip_out out;
	struct sip_msg info = { .content_type = type, .body = body, .body_len = len };
	struct map_profile p;
	struct map_more m, back;

	map_profile_default(&p);
	for (p.isup_body = MAP_ISUP_NONE; p.isup_body <= MAP_ISUP_SIP_T; p.isup_body++) {
		map_body_has_st(&info, &p);
		if (!map_info_to_digits(&m, &info, &p) || map_digits_to_info(&out, &m, &p) < 0)
			continue;
		info = (struct sip_msg){ .content_type = out.content_type, .body = out.body,
					 .body_len = out.body_len };
		must(map_info_to_digits(&back, &info, &p) &&
		     strcmp(back.digits.digits, m.digits.digits) == 0 &&
		     back.complete == m.complete);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const uint8_t *nl = len ? memchr(data, '\n', len) : NULL;
	char type[256];
	struct sipt_body b;
	struct isup_msg m;
	unsigned int i;
	size_t n;

	if (!nl || (size_t)(nl - data) >= sizeof(type))
		return 0;
	n = nl - data;
	memcpy(type, data, n);
	type[n] = '\0';
	if (sipt_parse(&b, type, nl + 1, len - n - 1) < 0)
		return 0;
	check_inside(&b, nl + 1, len - n - 1);
	check_digits(type, nl + 1, len - n - 1);
	for (i = 0; i < b.n_parts; i++)
		isup_decode_body(&m, &isup_itu, b.parts[i].octets, b.parts[i].len, NULL);
	if (b.n_parts >= 2)
		check_again(&b.parts[0], &b.parts[1]);
	return 0;
}
