/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: parts lie inside the body, and two of them put together again come out as they
 * went in. The first line is the Content-Type. */
#include <stdlib.h>
#include <string.h>

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
	free(text);
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
	for (i = 0; i < b.n_parts; i++)
		isup_decode_body(&m, &isup_itu, b.parts[i].octets, b.parts[i].len, NULL);
	if (b.n_parts >= 2)
		check_again(&b.parts[0], &b.parts[1]);
	return 0;
}
