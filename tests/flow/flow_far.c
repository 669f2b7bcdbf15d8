/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The far exchange of a flow played by tollgate-exchange, in the same process and on the same
 * clock, and the gateway's command line. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>
#include <osmocom/vty/buffer.h>
#include <osmocom/vty/command.h>
#include <osmocom/vty/telnet_interface.h>
#include <osmocom/vty/vty.h>

#include "gw/exchange/circuit.h"
#include "gw/exchange/options.h"
#include "gw/show.h"
#include "gw/trunk.h"
#include "tests/flow/flow.h"

struct far {
	struct exchange *x;
	struct scenario *scn;
	char *err, *out;
	size_t err_size, out_size;
	FILE *err_file, *out_file;
};

static const char far_cics[] = "1-4,11-12,21-22,51-52,99"; /* the gateway has no 99 */

static struct exchange_cfg config(struct flow *f)
{
	struct far *far = f->far;
	struct exchange_cfg cfg = {
		.dialect = lab_dialect(), .opc = LAB_DPC, .dpc = LAB_OPC, .ni = 2, .nai = 3,
		.called = "8912345", .calling = "30765", .rate = 1, .seed = 1,
		.out = far->out_file, .err = far->err_file,
		.trace = getenv("FLOW_TRACE") ? stdout : NULL,
	};

	cic_list_parse(far_cics, cfg.cics);
	if (strstr(f->far_options, "dual=keep"))
		cfg.dual = DUAL_KEEP;
	if (strstr(f->far_options, "dual=yield"))
		cfg.dual = DUAL_YIELD;
	return cfg;
}

void flow_far_open(struct flow *f, const char *text)
{
	const struct scn_settings settings = { .expect_ms = 30000 };
	struct far *far = f->far = talloc_zero(f, struct far);
	struct exchange_cfg cfg;
	bool good;

	far->err_file = open_memstream(&far->err, &far->err_size);
	far->out_file = open_memstream(&far->out, &far->out_size);
	cfg = config(f);
	far->scn = scenario_new(far, cfg.dialect, &settings, far->err_file);
	good = scenario_add_text(far->scn, f->file, text) == 0;
	good = scenario_finish(far->scn) == 0 && good;
	fflush(far->err_file);
	if (!good) {
		flow_bad(f, "the far exchange cannot be", far->err);
		return;
	}
	far->x = exchange_new(far, &cfg, far->scn);
	f->lab.far = exchange_mtp_user(far->x);
	exchange_attach(far->x, f->lab.pstn);
	lab_settle(&f->lab);
}

void flow_far_close(struct flow *f)
{
	struct far *far = f->far;

	if (!far)
		return;
	if (far->x)
		exchange_free(far->x);
	fclose(far->err_file);
	fclose(far->out_file);
	free(far->err);
	free(far->out);
	talloc_free(far);
	f->far = NULL;
}

/* "NAME [on CIC] [CALLED [CALLING]]" */
void flow_far_place(struct flow *f, const char *text)
{
	char name[64] = "", called[40] = "8912345", calling[40] = "30765";
	struct attempt a = { .called_nai = 3, .calling_nai = 3 };
	unsigned int cic = 0;
	struct exchange *x;
	int n = 0, rc;

	if (!f->far || !f->far->x) {
		flow_bad(f, "there is no far exchange", text);
		return;
	}
	x = f->far->x;
	sscanf(text, "%63s on %u%n", name, &cic, &n);
	sscanf(text + (n ? n : (int)strlen(name)), "%39s %39s", called, calling);
	a.block = scenario_find_call(f->far->scn, name);
	if (!a.block || (cic && !x->by_cic[cic])) {
		flow_bad(f, "no such call block or circuit", text);
		return;
	}
	a.id = x->next_id++;
	OSMO_STRLCPY_ARRAY(a.called, called);
	OSMO_STRLCPY_ARRAY(a.calling, calling);
	rc = cic ? call_place_on(x->by_cic[cic], &a) : call_place(x, &a, NULL);
	if (rc < 0)
		flow_bad(f, "not placed", strerror(-rc));
	lab_settle(&f->lab);
}

/* Calls that have ended so far, both ways. */
void flow_far_passed(struct flow *f, unsigned int want)
{
	const struct stats *s = &f->far->x->stats;
	char text[64];

	snprintf(text, sizeof(text), "%" PRIu64, s->out.ok + s->in.ok);
	if (s->out.ok + s->in.ok != want)
		flow_bad(f, "blocks of the far exchange that have passed", text);
}

/* Both ends must be of one mind about blocking. */
static void compare_blocking(struct flow *f, const struct exchange *x)
{
	struct isup_circuit_status st;
	struct isup_circuit *c = NULL;
	const struct circuit *there;
	const struct trunk *t;
	char text[64];

	llist_for_each_entry(t, &f->lab.gw->trunks, list) {
		while ((c = trunk_circuit_next(t, c))) {
			there = x->by_cic[isup_circuit_cic(c)];
			isup_circuit_status(&st, c);
			if (!there || (st.local_blocked == there->blocked_there &&
				       st.remote_blocked == there->blocked_here))
				continue;
			snprintf(text, sizeof(text), "%u, gateway %d %d, exchange %d %d",
				 isup_circuit_cic(c), st.local_blocked, st.remote_blocked,
				 there->blocked_there, there->blocked_here);
			flow_bad(f, "the ends differ about the blocking of circuit", text);
		}
	}
}

/* "CIC local", "CIC local remote", "CIC none": who has blocked it, as the gateway knows it. */
void flow_blocked(struct flow *f, const char *text)
{
	struct isup_group *g = isup_group_find(f->lab.gw->isup, "pstn");
	struct isup_circuit *c = isup_circuit_find(g, strtoul(text, NULL, 10));
	struct isup_circuit_status st;

	if (!c) {
		flow_bad(f, "no such circuit", text);
		return;
	}
	isup_circuit_status(&st, c);
	if (st.local_blocked != !!strstr(text, "local") ||
	    st.remote_blocked != !!strstr(text, "remote"))
		flow_bad(f, "the circuit is blocked otherwise",
			 st.local_blocked ? (st.remote_blocked ? "local remote" : "local")
					  : (st.remote_blocked ? "remote" : "none"));
}

void flow_far_check_end(struct flow *f)
{
	struct far *far = f->far;
	const struct stats *s;

	if (!far || f->failed)
		return;
	s = &far->x->stats;
	exchange_tell_busy(far->x);
	fflush(far->err_file);
	if (!s->malformed && strstr(f->far_options, "malformed"))
		flow_bad(f, "nothing malformed came to the far exchange", NULL);
	if (far->x->n_busy || s->in.failed || s->out.failed || s->stuck)
		flow_bad(f, "the far exchange says", far->err);
	else if (!strstr(f->far_options, "malformed") && s->malformed)
		flow_bad(f, "malformed at the far exchange", far->err);
	else if (!strstr(f->far_options, "strange") &&
		 (s->unexpected || s->refused || s->unequipped || s->not_sent))
		flow_bad(f, "the far exchange got what nobody waited for", far->err);
	if (!strstr(f->far_options, "blocking"))
		compare_blocking(f, far->x);
}

/* --- the command line --- */

/* A session of it, not listening anywhere. */
static struct vty *session(struct flow *f, struct telnet_connection *conn)
{
	static bool ready;
	struct vty_app_info info = { .name = "flow", .version = "0" };
	struct vty *vty;

	if (!ready) {
		info.tall_ctx = talloc_named_const(NULL, 0, "vty");
		vty_init(talloc_memdup(info.tall_ctx, &info, sizeof(info)));
		show_vty_init();
		ready = true;
	}
	conn->priv = f->lab.gw;
	vty = vty_new();
	vty->type = VTY_TERM;
	vty->node = ENABLE_NODE;
	vty->priv = conn;
	return vty;
}

/* "COMMAND", "COMMAND -> TOKENS" (in what it prints), "COMMAND -> !" (it must be refused). */
void flow_vty(struct flow *f, const char *text)
{
	struct telnet_connection conn = { 0 };
	struct vty *vty = session(f, &conn);
	char command[256], *want, *got;
	vector words;
	bool refused;
	int rc;

	OSMO_STRLCPY_ARRAY(command, text);
	want = strstr(command, " -> ");
	if (want) {
		*want = '\0';
		want += 4;
	}
	refused = want && !strcmp(want, "!");
	words = cmd_make_strvec(command);
	rc = cmd_execute_command(words, vty, NULL, 0);
	cmd_free_strvec(words);
	got = buffer_getstr(vty->obuf);
	if ((rc != CMD_SUCCESS) != refused)
		flow_bad(f, refused ? "not refused" : "refused", *got ? got : command);
	else if (want && !refused && !flow_has_tokens(got, want))
		flow_bad(f, "the command line says", got);
	talloc_free(got);
	buffer_free(vty->obuf);
	talloc_free(vty);
	lab_settle(&f->lab);
}
