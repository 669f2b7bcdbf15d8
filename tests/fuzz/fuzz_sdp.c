/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: a description that we read we can print, and it means the same; what we make of
 * one can be read. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "gw/sdp_bearer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

enum { BIG = 4 * SDP_MAX_TEXT };

static void must(bool ok)
{
	if (!ok)
		abort();
}

static void check_print(const struct sdp *s)
{
	static char a[BIG], b[BIG];
	struct sdp again;
	int n = sdp_print(a, sizeof(a), s);

	must(n > 0 && n < BIG && strlen(a) == (size_t)n);
	if (n > SDP_MAX_TEXT)
		return;
	must(sdp_parse(&again, a, n) == 0);
	must(sdp_print(b, sizeof(b), &again) == n && strcmp(a, b) == 0);
}

static void check_answer(const struct sdp *offer, uint8_t tmr)
{
	const struct sdp_local l = { .address = "192.0.2.1", .port = 4000, .id = 1, .version = 1,
				     .tmr = tmr };
	static char text[BIG];
	struct sdp answer;
	int n = sdp_answer(text, sizeof(text), offer, &l);

	if (n < 0)
		return;
	must(sdp_parse(&answer, text, n) == 0 && sdp_check_answer(offer, &answer, NULL) == 0);
	sdp_is_hold(offer);
	sdp_kind(offer);
}

static void check_text(const char *text)
{
	static char a[BIG], b[BIG];
	int n = sdp_rewrite_origin(a, sizeof(a), text, 1, 2, "192.0.2.1");

	if (n < 0)
		return;
	must(strlen(a) == (size_t)n);
	n = sdp_rewrite_origin(b, sizeof(b), a, 1, 2, "192.0.2.1");
	/* once more changes nothing; only a limit may be met */
	must(n < 0 || strcmp(a, b) == 0);
	n = sdp_set_direction(a, sizeof(a), text, SDP_INACTIVE);
	must(n >= 0 && (sdp_set_direction(b, sizeof(b), a, SDP_INACTIVE) < 0 || sdp_same(a, b)));
}

/* An offer that is cut down is still one, and is not cut down again. */
static void check_keep(const char *text, enum sdp_wish wish, enum sdp_law law)
{
	static char a[BIG], b[BIG];
	int n = sdp_keep(a, sizeof(a), text, wish, law);

	must(n <= (int)strlen(text) + 2 * SDP_MAX_LINES);
	if (n <= 0)
		return;
	must(strlen(a) == (size_t)n);
	n = sdp_keep(b, sizeof(b), a, wish, law);
	must(n == 0 || n == -EBADMSG);	/* line ends may have made it too long */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char *text = malloc(len + 1);
	struct sdp s;

	if (!text)
		abort();
	memcpy(text, data, len);
	text[len] = '\0';
	check_text(text);
	for (int wish = SDP_WISH_SPEECH; wish <= SDP_WISH_CLEARMODE_G711; wish++)
		check_keep(text, wish, wish ? wish + 1 : 0);
	free(text);
	if (sdp_parse(&s, (const char *)data, len) < 0)
		return 0;
	must(s.n_media <= SDP_MAX_MEDIA);
	check_print(&s);
	check_answer(&s, 3);
	check_answer(&s, 2);
	return 0;
}
