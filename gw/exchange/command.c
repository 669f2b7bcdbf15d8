/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of a running exchange; each is answered by one line, "ok" or "error" first. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>
#include <talloc.h>

#include "gw/exchange/circuit.h"
#include "gw/exchange/control.h"

static struct circuit *circuit_arg(struct exchange *x, const char *word)
{
	char *end;
	unsigned long cic = word ? strtoul(word, &end, 10) : XCH_CICS;

	if (cic >= XCH_CICS || *end || !x->by_cic[cic]) {
		control_reply(x, "error no circuit %s", word ? word : "given");
		return NULL;
	}
	return x->by_cic[cic];
}

static bool number_arg(const char *word)
{
	return word && *word && strlen(word) <= ISUP_MAX_DIGITS &&
	       word[strspn(word, "+0123456789ABCDEF%rd")] == '\0';
}

/* call CALLED CALLING [SCENARIO] */
static void cmd_call(struct exchange *x, char *args)
{
	const char *called = strtok_r(args, " ", &args), *calling = strtok_r(NULL, " ", &args);
	struct attempt a = { .id = x->next_id, .block = x->cfg.place };
	struct circuit *c;

	if (!number_arg(called) || !number_arg(calling)) {
		control_reply(x, "error call wants: call CALLED CALLING [SCENARIO]");
		return;
	}
	if (*args || !a.block)
		a.block = scenario_find_call(x->scn, *args ? args : "call-answer");
	if (!a.block) {
		control_reply(x, "error no call scenario %s", args);
		return;
	}
	if (!x->reachable || !circuit_pick(x)) {
		control_reply(x, "error %s",
			      x->reachable ? "no free circuit" : "destination unavailable");
		return;
	}
	load_number(a.called, &a.called_nai, called, a.id, x);
	load_number(a.calling, &a.calling_nai, calling, a.id, x);
	x->next_id++;
	/* told before the first message goes, so that the line of its end is always behind it */
	c = circuit_pick(x);
	control_reply(x, "ok call %" PRIu64 " cic %u", a.id, c->cic);
	call_place(x, &a, NULL);
}

/* rel CIC CAUSE: the call on the circuit goes on with REL and the expectation of RLC */
static void cmd_rel(struct exchange *x, char *args)
{
	struct circuit *c = circuit_arg(x, strtok_r(args, " ", &args));
	const struct scn_block *block;
	char *cause = strtok_r(NULL, " ", &args);
	char words[32];

	if (!c)
		return;
	if (c->state != CCT_OUT && c->state != CCT_IN) {
		control_reply(x, "error no call on circuit %u", c->cic);
		return;
	}
	snprintf(words, sizeof(words), "release %.3s", cause ? cause : "16");
	block = scenario_find_script(x->scn, words);
	if (!block) {
		control_reply(x, "error not a cause");
		return;
	}
	control_reply(x, "ok rel %u", c->cic);
	call_do(c, block);
}

/* send CIC MESSAGE-TEXT */
static void cmd_send(struct exchange *x, char *args)
{
	struct circuit *c = circuit_arg(x, strtok_r(args, " ", &args));
	struct scn_message *msg;
	const char *why = "?";
	int rc;

	if (!c)
		return;
	msg = scn_message_new(x, x->cfg.dialect, args, &why);
	if (!msg) {
		control_reply(x, "error %s", why);
		return;
	}
	rc = exchange_send_message(c, msg);
	talloc_free(msg);
	control_reply(x, rc < 0 ? "error send %u: %s" : "ok send %u", c->cic, strerror(-rc));
}

static void cmd_send_raw(struct exchange *x, char *args)
{
	uint8_t octets[MTP_MAX_SDU];
	int len = osmo_hexparse(args, octets, sizeof(octets)), rc;

	if (len <= 0) {
		control_reply(x, "error send-raw wants octets in hexadecimal");
		return;
	}
	rc = exchange_send(x, NULL, octets, len);
	control_reply(x, rc < 0 ? "error send-raw: %s" : "ok send-raw", strerror(-rc));
}

/* A call on a circuit that this end resets is over. */
static void drop_call(struct circuit *c)
{
	c->busy = false;
	if (c->state == CCT_OUT || c->state == CCT_IN)
		call_failed(c, FAIL_RESET, "circuit reset by command");
	else
		circuit_cleared(c);
}

static void drop_calls(struct circuit *first, unsigned int range)
{
	unsigned int i;

	for (i = 0; i <= range && first->cic + i < XCH_CICS; i++)
		if (first->x->by_cic[first->cic + i])
			drop_call(first->x->by_cic[first->cic + i]);
}

/* blo, ubl, rsc CIC; grs CIC RANGE */
static void maintenance(struct exchange *x, uint8_t type, uint8_t ack, char *args)
{
	struct circuit *c = circuit_arg(x, strtok_r(args, " ", &args));
	char *word = strtok_r(NULL, " ", &args);
	struct isup_range r = { .range = word ? strtoul(word, NULL, 10) : 0 };
	struct isup_msg m;
	char what[32];
	int rc;

	if (!c)
		return;
	if (type == ISUP_MT_GRS && (!r.range || r.range > 31)) {
		control_reply(x,
			      "error grs wants: grs CIC RANGE, the range 1-31 (circuits less one)");
		return;
	}
	isup_init(&m, x->cfg.dialect, type, c->cic);
	if (type == ISUP_MT_GRS)
		isup_set(&m, ISUP_P_RANGE, &r);
	if (type == ISUP_MT_BLO || type == ISUP_MT_UBL) {
		c->blocked_here = type == ISUP_MT_BLO;
		circuit_update(c);
	} else {
		drop_calls(c, r.range);
	}
	snprintf(what, sizeof(what), "%s %u", isup_mt_name(x->cfg.dialect, type), c->cic);
	rc = exchange_send_msg(x, c, &m);
	if (rc < 0)
		control_reply(x, "error %s: %s", what, strerror(-rc));
	else
		control_await(x, c->cic, ack, what);
}

static void cmd_blo(struct exchange *x, char *args)
{
	maintenance(x, ISUP_MT_BLO, ISUP_MT_BLA, args);
}

static void cmd_ubl(struct exchange *x, char *args)
{
	maintenance(x, ISUP_MT_UBL, ISUP_MT_UBA, args);
}

static void cmd_rsc(struct exchange *x, char *args)
{
	maintenance(x, ISUP_MT_RSC, ISUP_MT_RLC, args);
}

static void cmd_grs(struct exchange *x, char *args)
{
	maintenance(x, ISUP_MT_GRS, ISUP_MT_GRA, args);
}

static void show_line(void *ctx, const char *text)
{
	control_reply(ctx, "mtp %s", text);
}

static void cmd_show(struct exchange *x, char *args)
{
	static const char *const states[] = { "idle", "outgoing", "incoming", "clearing", "stuck" };
	const struct circuit *c;
	unsigned int i;

	for (i = 0; i < x->n_circuits; i++) {
		c = &x->circuits[i];
		if (c->state == CCT_IDLE && !c->blocked_here && !c->blocked_there)
			continue;
		control_reply(x, "circuit %u %s%s%s%s%s%s%s", c->cic, states[c->state],
			      c->blocked_here ? " blocked-here" : "",
			      c->blocked_there ? " blocked-there" : "", c->block ? " called " : "",
			      c->block ? c->call.called : "", c->block ? " in " : "",
			      c->block ? c->block->name : "");
	}
	mtp_show(x->mtp, show_line, x);
	control_reply(x, "ok show destination %s, %u of %u circuits busy",
		      x->reachable ? "available" : "unavailable", x->n_busy, x->n_circuits);
}

static void cmd_stats(struct exchange *x, char *args)
{
	exchange_summary(x, true);
}

static void cmd_quit(struct exchange *x, char *args)
{
	control_reply(x, "ok quit");
	exchange_stop(x);
}

static const struct {
	const char *name;
	void (*cmd)(struct exchange *x, char *args);
} commands[] = {
	{ "call", cmd_call },	      { "rel", cmd_rel },   { "send", cmd_send },
	{ "send-raw", cmd_send_raw }, { "blo", cmd_blo },   { "ubl", cmd_ubl },
	{ "rsc", cmd_rsc },	      { "grs", cmd_grs },   { "show", cmd_show },
	{ "stats", cmd_stats },	      { "quit", cmd_quit },
};

void control_command(struct exchange *x, char *line)
{
	size_t n = strcspn(line, " ");
	unsigned int i;

	if (!*line || *line == '#')
		return;
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (strlen(commands[i].name) == n && !strncmp(commands[i].name, line, n))
			break;
	if (i == ARRAY_SIZE(commands))
		control_reply(x, "error no command %.*s (call rel send send-raw blo ubl rsc grs "
			      "show stats quit)", (int)n, line);
	else
		commands[i].cmd(x, line + n + strspn(line + n, " "));
}

