/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counters and times: histograms, the summary, the JSON line. */
#include <inttypes.h>

#include <osmocom/core/utils.h>

#include "gw/exchange/stats.h"
#include "isup/isup.h"

static const char *const failure_names[N_FAILURES] = {
	[FAIL_TIMEOUT] = "timeout",
	[FAIL_RELEASED] = "released",
	[FAIL_UNEXPECTED] = "unexpected message",
	[FAIL_CONDITION] = "condition not met",
	[FAIL_SCENARIO] = "failed by scenario",
	[FAIL_SEND] = "not sent",
	[FAIL_RESET] = "reset by peer",
	[FAIL_CIRCUIT] = "no circuit",
};

/* Below HIST_SUB one value a slot; above, the top five bits behind the leading one. */
static unsigned int slot_of(uint64_t us)
{
	unsigned int shift;

	if (us < HIST_SUB)
		return us;
	shift = 63 - __builtin_clzll(us) - 5;
	if (shift + 1 >= HIST_ROWS)
		return HIST_ROWS * HIST_SUB - 1;
	return (shift + 1) * HIST_SUB + ((us >> shift) - HIST_SUB);
}

/* The middle of a slot. */
static uint64_t value_of(unsigned int slot)
{
	unsigned int shift;

	if (slot < HIST_SUB)
		return slot;
	shift = slot / HIST_SUB - 1;
	return ((uint64_t)(HIST_SUB + slot % HIST_SUB) << shift) + ((1ULL << shift) >> 1);
}

void hist_add(struct histogram *h, uint64_t us)
{
	if (h->n == 0 || us < h->min)
		h->min = us;
	if (us > h->max)
		h->max = us;
	h->n++;
	h->count[slot_of(us)]++;
}

uint64_t hist_quantile(const struct histogram *h, double share)
{
	uint64_t rank = h->n * share, seen = 0, value;
	unsigned int i;

	if (h->n == 0)
		return 0;
	for (i = 0; i < HIST_ROWS * HIST_SUB; i++) {
		seen += h->count[i];
		if (seen > rank)
			break;
	}
	value = value_of(OSMO_MIN(i, (unsigned int)HIST_ROWS * HIST_SUB - 1));
	return OSMO_MAX(OSMO_MIN(value, h->max), h->min);
}

bool stats_clean(const struct stats *s)
{
	return !s->out.failed && !s->in.failed && !s->unexpected && !s->malformed &&
	       !s->unequipped && !s->stuck && !s->foreign;
}

static void print_direction(FILE *f, const char *what, const struct direction *d)
{
	fprintf(f,
		"%-9s %" PRIu64 " calls, %" PRIu64 " answered, %" PRIu64 " as expected, %" PRIu64
		" failed\n",
		what, d->attempted, d->answered, d->ok, d->failed);
}

static void print_times(FILE *f, const char *what, const struct histogram *h)
{
	if (h->n == 0)
		return;
	fprintf(f, "%-9s min %.3f median %.3f p99 %.3f max %.3f ms (%" PRIu64 ")\n", what,
		h->min / 1e3, hist_quantile(h, 0.5) / 1e3, hist_quantile(h, 0.99) / 1e3,
		h->max / 1e3, h->n);
}

void stats_print(FILE *f, const struct stats_view *v)
{
	const struct stats *s = v->s;
	unsigned int i;

	print_direction(f, "outgoing", &s->out);
	print_direction(f, "incoming", &s->in);
	if (s->refused)
		fprintf(f, "%-9s %" PRIu64 " that no block was for\n", "refused", s->refused);
	for (i = 0; i < N_FAILURES; i++)
		if (s->failures[i])
			fprintf(f, "%-9s %" PRIu64 " %s\n", "failed", s->failures[i],
				failure_names[i]);
	for (i = 0; i < ARRAY_SIZE(s->causes); i++)
		if (s->causes[i])
			fprintf(f, "%-9s %" PRIu64 " with cause %u %s\n", "released", s->causes[i],
				i, isup_cause_name(i));
	fprintf(f, "%-9s %.1f calls per second, %.3f s\n", "rate", v->rate,
		(v->now_us - s->start_us) / 1e6);
	print_times(f, "IAM-ACM", &s->iam_acm);
	print_times(f, "IAM-ANM", &s->iam_anm);
	fprintf(f, "%-9s %" PRIu64 " sent, %" PRIu64 " received, %" PRIu64 " not sent\n",
		"messages", s->sent, s->received, s->not_sent);
	if (s->lost || s->doubled || s->delayed)
		fprintf(f, "%-9s %" PRIu64 " lost, %" PRIu64 " doubled, %" PRIu64
			" delayed, as the scenario says\n", "network", s->lost, s->doubled,
			s->delayed);
	fprintf(f,
		"%-9s %" PRIu64 " unexpected, %" PRIu64 " malformed, %" PRIu64
		" for circuits not ours, %" PRIu64 " from or to others\n",
		"bad", s->unexpected, s->malformed, s->unequipped, s->foreign);
	if (s->dual_won || s->dual_lost)
		fprintf(f, "%-9s %" PRIu64 " kept, %" PRIu64 " given way\n", "dual", s->dual_won,
			s->dual_lost);
	fprintf(f, "%-9s %u busy at the end, %" PRIu64 " stuck\n", "circuits", v->busy, s->stuck);
	fprintf(f, "%-9s %s\n", "result", v->passed ? "passed" : "FAILED");
}

static void json_direction(FILE *f, const char *what, const struct direction *d)
{
	fprintf(f,
		"\"%s\":{\"attempted\":%" PRIu64 ",\"answered\":%" PRIu64 ",\"ok\":%" PRIu64
		",\"failed\":%" PRIu64 "},",
		what, d->attempted, d->answered, d->ok, d->failed);
}

static void json_times(FILE *f, const char *what, const struct histogram *h)
{
	fprintf(f,
		"\"%s\":{\"n\":%" PRIu64
		",\"min\":%.3f,\"median\":%.3f,\"p99\":%.3f,\"max\":%.3f},",
		what, h->n, h->min / 1e3, hist_quantile(h, 0.5) / 1e3, hist_quantile(h, 0.99) / 1e3,
		h->max / 1e3);
}

static void json_types(FILE *f, const char *what, const uint64_t *count)
{
	const char *comma = "";
	unsigned int i;

	fprintf(f, "\"%s\":{", what);
	for (i = 0; i < 256; i++) {
		if (!count[i])
			continue;
		fprintf(f, "%s\"%s\":%" PRIu64, comma, isup_mt_name(&isup_itu, i), count[i]);
		comma = ",";
	}
	fputs("},", f);
}

void stats_json(FILE *f, const struct stats_view *v)
{
	const struct stats *s = v->s;
	const char *comma = "";
	unsigned int i;

	fputc('{', f);
	json_direction(f, "outgoing", &s->out);
	json_direction(f, "incoming", &s->in);
	fputs("\"failures\":{", f);
	for (i = 0; i < N_FAILURES; i++)
		fprintf(f, "%s\"%s\":%" PRIu64, i ? "," : "", failure_names[i], s->failures[i]);
	fputs("},\"causes\":{", f);
	for (i = 0; i < ARRAY_SIZE(s->causes); i++) {
		if (!s->causes[i])
			continue;
		fprintf(f, "%s\"%u\":%" PRIu64, comma, i, s->causes[i]);
		comma = ",";
	}
	fputs("},", f);
	json_times(f, "iam_acm_ms", &s->iam_acm);
	json_times(f, "iam_anm_ms", &s->iam_anm);
	json_types(f, "sent_types", s->sent_type);
	json_types(f, "received_types", s->received_type);
	fprintf(f,
		"\"sent\":%" PRIu64 ",\"received\":%" PRIu64 ",\"not_sent\":%" PRIu64
		",\"unexpected\":%" PRIu64 ",\"malformed\":%" PRIu64 ",\"unequipped\":%" PRIu64
		",\"foreign\":%" PRIu64 ",\"refused\":%" PRIu64 ",",
		s->sent, s->received, s->not_sent, s->unexpected, s->malformed, s->unequipped,
		s->foreign, s->refused);
	fprintf(f,
		"\"dual_kept\":%" PRIu64 ",\"dual_given_way\":%" PRIu64 ",\"stuck\":%" PRIu64
		",\"busy\":%u,"
		"\"calls_per_second\":%.1f,\"seconds\":%.3f,\"passed\":%s}\n",
		s->dual_won, s->dual_lost, s->stuck, v->busy, v->rate,
		(v->now_us - s->start_us) / 1e6, v->passed ? "true" : "false");
}
