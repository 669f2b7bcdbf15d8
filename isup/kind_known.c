/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds of value: octets of which we know more than their number, and say it in words. */
#include "isup/explain.h"
#include "isup/fields.h"

#define OCTETS_KIND(n, make, say) { \
	.name = n, .decode = isup_octets_decode, .encode = isup_octets_encode, \
	.print = isup_octets_print, .parse = isup_octets_parse, .generate = make, .explain = say }

/* Three groups of octets, each going on while bit H is 0: context, instructions, segmentation. */
static bool apm_form(const struct isup_par_row *row, const uint8_t *octets, size_t len)
{
	struct rd r = rd_init(octets, len);

	for (int group = 0; group < 3; group++)
		while (!(rd_u8(&r) & 0x80) && !r.bad)
			;
	return !r.bad;
}

/* No segments, no addresses. */
static void apm_generate(const struct isup_par_row *row, void *val, struct isup_rnd *rnd)
{
	const uint8_t head[] = { 0x80 | isup_rnd(rnd, 5), 0x80 | isup_rnd(rnd, 4), 0xc0, 0, 0 };
	struct isup_octets *data = val;

	isup_octets_fill(data, sizeof(head), row->max, rnd);
	memcpy(data->octet, head, sizeof(head));
}

static const struct isup_name contexts[] = {
	{ 0, "unidentified context and error handling" }, { 1, "PSS1 (private networks)" },
	{ 3, "charging" }, { 4, "GAT" }, { 5, "BAT (bearer association)" },
	{ 6, "enhanced unidentified context and error handling" }, { 0, NULL },
};

static void apm_explain(struct isup_explain *x, const struct isup_par_row *row,
			const uint8_t *octets, size_t len)
{
	struct rd r = rd_init(octets, len);
	uint8_t first[3];

	for (int group = 0; group < 3; group++) {
		uint8_t octet = first[group] = rd_u8(&r);

		while (!(octet & 0x80) && !r.bad)
			octet = rd_u8(&r);
	}
	if (r.bad)
		return;
	isup_explain_line(x, "context %u: %s", first[0] & 0x7f,
			  isup_name_of(contexts, first[0] & 0x7f) ?: "spare or non-standardized");
	isup_explain_line(x, "instructions: %s, %s",
			  isup_name_of(isup_names_release_call, first[1] & 1),
			  isup_name_of(isup_names_notify, first[1] >> 1 & 1));
	isup_explain_line(x, "segments to come: %u, %s", first[2] & 0x3f,
			  first[2] & 0x40 ? "new sequence" : "a sequence goes on");
	isup_explain_hex(x, "addresses and data", r.p, rd_left(&r));
}

const struct isup_kind isup_kind_apm = {
	.name = "application transport",
	.form = apm_form,
	.decode = isup_octets_decode,
	.encode = isup_octets_encode,
	.print = isup_octets_print,
	.parse = isup_octets_parse,
	.generate = apm_generate,
	.explain = apm_explain,
};

/* One progress indicator, and perhaps a high layer compatibility: telephony. */
static void elements_generate(const struct isup_par_row *row, void *val, struct isup_rnd *rnd)
{
	const uint8_t elements[] = {
		0x1e, 2, 0x80 | isup_rnd(rnd, 6), 0x81 + isup_rnd(rnd, 3), 0x7d, 2, 0x91, 0x81,
	};
	struct isup_octets *data = val;

	data->n = isup_rnd(rnd, 2) ? sizeof(elements) : 4;
	memcpy(data->octet, elements, data->n);
}

static void elements_explain(struct isup_explain *x, const struct isup_par_row *row,
			     const uint8_t *octets, size_t len)
{
	isup_explain_elements(x, octets, len);
}

const struct isup_kind isup_kind_elements =
	OCTETS_KIND("information elements", elements_generate, elements_explain);

/* Speech or audio, or data of some rate. */
static void bearer_generate(const struct isup_par_row *row, void *val, struct isup_rnd *rnd)
{
	static const uint8_t capability[] = { 0x80, 0x88, 0x90, 0x91 }, rate[] = { 0x90, 0x93 };
	struct isup_octets *data = val;

	data->octet[0] = capability[isup_rnd(rnd, sizeof(capability))];
	data->octet[1] = rate[isup_rnd(rnd, sizeof(rate))];
	data->octet[2] = 0xa1 + isup_rnd(rnd, 5);
	data->n = 2 + isup_rnd(rnd, 2);
	data->octet[2] *= data->n == 3;
}

static void bearer_explain(struct isup_explain *x, const struct isup_par_row *row,
			   const uint8_t *octets, size_t len)
{
	isup_explain_bearer(x, octets, len);
}

const struct isup_kind isup_kind_bearer =
	OCTETS_KIND("bearer capability", bearer_generate, bearer_explain);

static void hlc_explain(struct isup_explain *x, const struct isup_par_row *row,
			const uint8_t *octets, size_t len)
{
	isup_explain_hlc(x, octets, len);
}

const struct isup_kind isup_kind_hlc =
	OCTETS_KIND("high layer compatibility", isup_octets_generate, hlc_explain);

/* 3.14: one octet a circuit. */
static void states_explain(struct isup_explain *x, const struct isup_par_row *row,
			   const uint8_t *octets, size_t len)
{
	static const char *const blocked[] = {
		"", ", locally blocked", ", remotely blocked", ", locally and remotely blocked",
	};
	static const char *const use[] = { NULL, "incoming busy", "outgoing busy", "idle" };
	static const char *const none[] = { "transient", "spare", "spare", "unequipped" };

	for (size_t i = 0; i < len; i++) {
		uint8_t maintenance = octets[i] & 3, call = octets[i] >> 2 & 3;
		uint8_t hardware = octets[i] >> 4 & 3;

		isup_explain_line(x, "circuit %zu: %s%s%s%s", i,
				  call ? use[call] : none[maintenance],
				  call ? blocked[maintenance] : "",
				  blocked[hardware], hardware ? " (hardware)" : "");
	}
}

const struct isup_kind isup_kind_states =
	OCTETS_KIND("circuit states", isup_octets_generate, states_explain);

static void services_explain(struct isup_explain *x, const struct isup_par_row *row,
			     const uint8_t *octets, size_t len)
{
	static const struct isup_name services[] = { { 1, "call transfer" }, { 0, NULL } };

	for (size_t i = 0; i < len; i++)
		isup_explain_line(x, "service %u: %s", octets[i],
				  isup_name_of(services, octets[i]) ?: "spare or national");
}

const struct isup_kind isup_kind_services =
	OCTETS_KIND("service codes", isup_octets_generate, services_explain);

static void text_explain(struct isup_explain *x, const struct isup_par_row *row,
			 const uint8_t *octets, size_t len)
{
	isup_explain_text(x, "text", octets, len);
}

const struct isup_kind isup_kind_text =
	OCTETS_KIND("characters", isup_octets_generate, text_explain);

static void name_explain(struct isup_explain *x, const struct isup_par_row *row,
			 const uint8_t *octets, size_t len)
{
	if (len > 1)
		isup_explain_text(x, "name", octets + 1, len - 1);
}

const struct isup_kind isup_kind_name =
	OCTETS_KIND("name", isup_octets_generate, name_explain);

static void uui_explain(struct isup_explain *x, const struct isup_par_row *row,
			const uint8_t *octets, size_t len)
{
	enum { IA5 = 4 };

	if (len > 1 && octets[0] == IA5)
		isup_explain_text(x, "text", octets + 1, len - 1);
}

const struct isup_kind isup_kind_uui =
	OCTETS_KIND("user information", isup_octets_generate, uui_explain);

/* 3.24: digits in half octets or in characters. */
static void digits_explain(struct isup_explain *x, const struct isup_par_row *row,
			   const uint8_t *octets, size_t len)
{
	enum { ODD = 1, IA5 = 2 };
	uint8_t text[2 * UINT8_MAX];
	size_t n = 0;

	if (octets[0] >> 5 == IA5)
		isup_explain_text(x, "digits", octets + 1, len - 1);
	if (octets[0] >> 5 > ODD)
		return;
	for (size_t i = 1; i < len; i++) {
		text[n++] = "0123456789ABCDEF"[octets[i] & 15];
		text[n++] = "0123456789ABCDEF"[octets[i] >> 4];
	}
	isup_explain_text(x, "digits", text, n - (octets[0] >> 5 == ODD && n));
}

const struct isup_kind isup_kind_digits =
	OCTETS_KIND("generic digits", isup_octets_generate, digits_explain);
