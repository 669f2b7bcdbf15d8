/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two exchanges against each other: whatever users, losses and outages do, both ends must come to
 * agree again. And one exchange against noise. The numbers that look like chance come again from
 * the same seed. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "isup/maintenance.h"
#include "tests/proc_bed.h"

enum { PAIRS = 20, CONTINUITY_PAIRS = 10 };
enum { PATH_FREE, PATH_LOOP, PATH_LOOPED, PATH_TONE };
enum { CICS = 40, QUEUE = 4096, SDU = 96, STEPS = 3000, ROUNDS = 1000, NOISE = 100000 };

struct side {
	struct pair *pair;
	struct side *peer;
	struct isup_stack *stack;
	struct isup_group *group;
	uint32_t pc;
	struct isup_call *call[CICS + 1];
	struct user *user[CICS + 1];
	bool incoming[CICS + 1];
	uint8_t path[CICS + 1];
	struct { uint8_t sdu[SDU]; size_t len; } queue[QUEUE];	/* to the peer */
	unsigned int head, tail;
	unsigned int offered, ended, alarms;
};

struct user { struct side *side; unsigned int cic; };

struct pair {
	struct side a, b;
	uint64_t rnd;
	bool rough, lossy, down;	/* rough: messages are lost, the network fails */
	bool continuity;		/* is checked */
	unsigned int passed, failed;
};

static unsigned int chance(struct pair *p, unsigned int n)
{
	p->rnd = p->rnd * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (p->rnd >> 33) % n;
}

static int transfer(void *ctx, const struct isup_group *g, uint8_t sls, const uint8_t *sdu,
		    size_t len)
{
	struct side *s = ctx;

	if (s->pair->down)
		return -1;
	if (s->pair->lossy && chance(s->pair, 20) == 0)
		return 0;
	ck_assert_uint_le(len, SDU);
	memcpy(s->queue[s->tail % QUEUE].sdu, sdu, len);
	s->queue[s->tail++ % QUEUE].len = len;
	ck_assert_uint_lt(s->tail - s->head, QUEUE);
	return 0;
}

static bool deliver(struct side *s)
{
	if (s->head == s->tail)
		return false;
	isup_transfer_ind(s->peer->stack, NULL, s->pc, s->peer->pc, 0,
			  s->queue[s->head % QUEUE].sdu, s->queue[s->head % QUEUE].len);
	s->head++;
	return true;
}

static void msg_ind(void *ctx, const struct isup_msg *m)
{
}

static void over(struct user *u)
{
	if (u->side->user[u->cic] == u) {
		u->side->user[u->cic] = NULL;
		u->side->call[u->cic] = NULL;
	}
	u->side->ended++;
	talloc_free(u);
}

static void release_ind(void *ctx, const struct isup_msg *rel, const struct isup_cause *cause)
{
	over(ctx);
}

static void repeat_ind(void *ctx, const struct isup_cause *cause)
{
	over(ctx);
}

static const struct isup_call_ops call_ops = {
	.msg_ind = msg_ind, .release_ind = release_ind, .repeat_ind = repeat_ind,
};

static struct user *user_new(struct side *s, unsigned int cic)
{
	struct user *u = talloc_zero(s->pair, struct user);

	u->side = s;
	u->cic = cic;
	s->user[cic] = u;
	s->offered++;
	return u;
}

static void setup_ind(void *ctx, struct isup_call *call, const struct isup_msg *iam)
{
	struct side *s = ctx;
	unsigned int cic = isup_circuit_cic(isup_call_circuit(call));

	if (chance(s->pair, 10) == 0) {
		isup_call_release_cause(call, 17, 2);
		return;
	}
	s->call[cic] = call;
	s->incoming[cic] = true;
	isup_call_bind(call, &call_ops, user_new(s, cic));
}

static void alarm_ind(void *ctx, const struct isup_circuit *c, const char *what)
{
	((struct side *)ctx)->alarms++;
}

/* --- the circuits' path --- */

static int path_loop(void *ctx, struct isup_circuit *c)
{
	((struct side *)ctx)->path[isup_circuit_cic(c)] = PATH_LOOP;
	return 0;
}

static int path_check(void *ctx, struct isup_circuit *c)
{
	((struct side *)ctx)->path[isup_circuit_cic(c)] = PATH_TONE;
	return 0;
}

static void path_stop(void *ctx, struct isup_circuit *c)
{
	((struct side *)ctx)->path[isup_circuit_cic(c)] = PATH_FREE;
}

static const struct isup_continuity_ops path_ops = { path_loop, path_check, path_stop };

/* A tone comes back from a loop at the other end. lenient: what would fail is not said. */
static void path_says(struct side *s, unsigned int cic, bool lenient)
{
	struct isup_circuit *c = isup_circuit_find(s->group, cic);
	bool comes_back = s->peer->path[cic] == PATH_LOOPED;

	if (s->path[cic] == PATH_LOOP) {
		s->path[cic] = PATH_LOOPED;
		isup_continuity_ind(c, ISUP_CONTINUITY_LOOPED);
	} else if (s->path[cic] == PATH_TONE && (comes_back || !lenient)) {
		s->path[cic] = PATH_FREE;
		*(comes_back ? &s->pair->passed : &s->pair->failed) += 1;
		isup_continuity_ind(c, comes_back ? ISUP_CONTINUITY_PASSED :
						    ISUP_CONTINUITY_FAILED);
	}
}

static void paths_say(struct pair *p, bool lenient)
{
	for (unsigned int cic = 1; cic <= CICS; cic++) {
		path_says(&p->a, cic, lenient);
		path_says(&p->b, cic, lenient);
	}
}

static const struct isup_stack_ops ops = {
	.transfer = transfer, .setup_ind = setup_ind, .alarm_ind = alarm_ind,
};

static void message(struct isup_msg *m, const char *word)
{
	uint8_t buf[SDU] = {};
	int n = bed_word_octets(word, buf + 2, sizeof(buf) - 2);

	ck_assert_int_eq(isup_decode(m, &isup_itu, buf, n + 2, NULL), 0);
}

static void call_out(struct side *s)
{
	struct isup_circuit *c;
	struct isup_call *call;
	struct isup_msg iam;
	struct user *u;
	unsigned int cic;

	if (isup_group_hunt(&c, s->group) < 0)
		return;
	message(&iam, s->pair->continuity && chance(s->pair, 4) == 0 ? "IAMC" : "IAM");
	cic = isup_circuit_cic(c);
	u = user_new(s, cic);
	if (isup_call_setup(&call, c, &iam, &call_ops, u) < 0) {
		isup_circuit_unseize(c);
		over(u);
		return;
	}
	s->call[cic] = call;
	s->incoming[cic] = false;
}

static void hang_up(struct side *s, unsigned int cic)
{
	struct isup_call *call = s->call[cic];

	over(s->user[cic]);
	isup_call_release_cause(call, 16, 2);
}

static void in_call(struct side *s, unsigned int cic)
{
	static const char *const in[] = { "ACM:1", "CPG:2", "ANM", "CON", "FAC", "SUS:0", "RES:0" };
	static const char *const out[] = { "SAM", "FAC", "SUS:0", "RES:0", "CPG:2" };
	struct isup_msg m;

	if (!s->call[cic])
		return;
	if (chance(s->pair, 4) == 0) {
		hang_up(s, cic);
		return;
	}
	message(&m, s->incoming[cic] ? in[chance(s->pair, ARRAY_SIZE(in))]
				     : out[chance(s->pair, ARRAY_SIZE(out))]);
	isup_call_send(s->call[cic], &m);	/* refused where the state says so */
}

static void maintain(struct side *s, unsigned int cic)
{
	struct isup_circuit *c = isup_circuit_find(s->group, cic);

	switch (chance(s->pair, 20)) {
	case 0:
		isup_group_reset(s->group);
		break;
	case 1:
	case 2:
		isup_circuit_reset(c);
		break;
	case 3:
	case 4:
		isup_circuit_block(c);
		break;
	case 5:
		isup_range_block(s->group, cic, cic + 1 + chance(s->pair, CICS),
				 chance(s->pair, 2));
		break;
	case 6:
	case 7:
	case 8:
		isup_range_unblock(s->group, cic, cic + 1 + chance(s->pair, CICS),
				   chance(s->pair, 2));
		break;
	case 9:
		isup_group_unblock(s->group, chance(s->pair, 2));
		break;
	case 10:
	case 11:
		isup_range_query(s->group, cic, cic + 1 + chance(s->pair, CICS));
		break;
	default:
		isup_circuit_unblock(c);
		break;
	}
}

static void outage(struct pair *p, bool down)
{
	void (*tell)(struct isup_stack *s, const void *mtp, uint32_t pc) =
		down ? isup_pause_ind : isup_resume_ind;

	p->down = down;
	tell(p->a.stack, NULL, p->b.pc);
	tell(p->b.stack, NULL, p->a.pc);
}

/* In the calm no message is so late that a timer repeats what is on its way. */
static void pass_time(struct pair *p)
{
	while (!p->rough && (deliver(&p->a) || deliver(&p->b)))
		;
	bed_wait(chance(p, 40));
}

static void random_step(struct pair *p)
{
	struct side *s = chance(p, 2) ? &p->a : &p->b;
	unsigned int cic = 1 + chance(p, CICS), what = chance(p, 100), n;

	if (what < 25)
		call_out(s);
	else if (what < 60)
		in_call(s, cic);
	else if (what < 65)
		maintain(s, cic);
	else if (what < 67 && p->rough)
		outage(p, !p->down);
	else if (what < 70)
		pass_time(p);
	else if (p->continuity && what < 71)
		isup_continuity_test(isup_circuit_find(s->group, cic));
	else if (p->continuity)
		paths_say(p, what > 72);
	for (n = chance(p, 4); n; n--)
		deliver(chance(p, 2) ? &p->a : &p->b);
}

static void settle(struct pair *p, unsigned int seconds)
{
	do {
		while (deliver(&p->a) || deliver(&p->b))
			;
		paths_say(p, true);
		bed_wait(1);
	} while (seconds--);
}

static void check_idle(struct side *s)
{
	struct isup_circuit_status st;
	struct isup_circuit *c;

	for (c = isup_circuit_next(s->group, NULL); c; c = isup_circuit_next(s->group, c)) {
		isup_circuit_status(&st, c);
		ck_assert_msg(st.use == ISUP_CCT_IDLE, "circuit %u %s", isup_circuit_cic(c),
			      isup_circuit_use_name(st.use));
		ck_assert(!st.local_blocked && !st.remote_blocked);
		ck_assert(!st.local_failed && !st.remote_failed);
		ck_assert(!st.blocking_pending && !st.out_of_service);
	}
	ck_assert_uint_eq(s->offered, s->ended);
	ck_assert_uint_eq(isup_counter(s->stack, ISUP_CTR_RX),
			  isup_counter(s->stack, ISUP_CTR_RX_HANDLED) +
				  isup_counter(s->stack, ISUP_CTR_RX_UNEXPECTED));
}

static void side_new(struct pair *p, struct side *s, struct side *peer, uint32_t pc,
		     uint32_t peer_pc, enum isup_hunt hunt)
{
	struct isup_group_cfg cfg = {
		.name = "pair", .dialect = &isup_itu, .opc = pc, .dpc = peer_pc,
		.hunt = hunt, .reset_at_start = true,
	};

	s->pair = p;
	s->peer = peer;
	s->pc = pc;
	s->stack = isup_stack_new(p, &ops, s, isup_tdefs_new(p), DLGLOBAL);
	if (p->continuity)
		isup_continuity_use(s->stack, &path_ops, s);
	ck_assert_int_eq(isup_group_new(&s->group, s->stack, &cfg), 0);
	ck_assert_int_eq(isup_group_add_range(s->group, 1, CICS), 0);
}

/* Both ends idle and agreed, with the same memory as before the first call. */
START_TEST(both_ends_agree)
{
	struct pair *p = talloc_zero(NULL, struct pair);
	size_t blocks;
	unsigned int i;

	p->rnd = _i + 1;
	p->rough = p->lossy = _i % 2;
	p->continuity = _i >= PAIRS;
	side_new(p, &p->a, &p->b, BED_LOWER_PC, BED_HIGHER_PC, ISUP_HUNT_ROUND_ROBIN);
	side_new(p, &p->b, &p->a, BED_HIGHER_PC, BED_LOWER_PC, ISUP_HUNT_ROUND_ROBIN);
	blocks = talloc_total_blocks(p);
	isup_group_start(p->a.group);
	isup_group_start(p->b.group);
	for (i = 0; i < STEPS; i++)
		random_step(p);
	if (!p->rough) {
		ck_assert_uint_gt(isup_counter(p->a.stack, ISUP_CTR_DUAL_SEIZURE), 0);
		ck_assert_uint_gt(isup_counter(p->b.stack, ISUP_CTR_DUAL_SEIZURE), 0);
	}
	ck_assert_uint_gt(p->a.offered + p->b.offered, STEPS / 10);
	p->lossy = false;
	outage(p, false);
	settle(p, 400);			/* beyond T5 */
	for (i = 1; i <= CICS; i++) {
		if (p->a.call[i])
			hang_up(&p->a, i);
		if (p->b.call[i])
			hang_up(&p->b, i);
		isup_circuit_unblock(isup_circuit_find(p->a.group, i));
		isup_circuit_unblock(isup_circuit_find(p->b.group, i));
	}
	isup_group_unblock(p->a.group, ISUP_BLOCKING_HARDWARE);
	isup_group_unblock(p->b.group, ISUP_BLOCKING_HARDWARE);
	settle(p, 1000);
	if (p->continuity) {
		ck_assert_uint_gt(p->passed, 20);
		ck_assert_uint_gt(p->failed, 3);
	}
	if (!p->rough && !p->continuity)	/* nothing was left to the long timers */
		ck_assert_uint_eq(p->a.alarms + p->b.alarms, 0);
	check_idle(&p->a);
	check_idle(&p->b);
	ck_assert_uint_eq(talloc_total_blocks(p), blocks);
	talloc_free(p);
}
END_TEST

static void hang_up_some(struct side *s, unsigned int keep)
{
	unsigned int i, n = 0;

	for (i = 1; i <= CICS; i++)
		n += s->call[i] != NULL;
	while (n > keep) {
		i = 1 + chance(s->pair, CICS);
		if (!s->call[i])
			continue;
		hang_up(s, i);
		n--;
	}
}

/* Both ends seize a circuit at the same moment, again and again, while `load` circuits are busy:
 * how often it was the same one. */
static unsigned int collisions(enum isup_hunt a, enum isup_hunt b, unsigned int load)
{
	struct pair *p = talloc_zero(NULL, struct pair);
	unsigned int n;

	p->rnd = 99;
	side_new(p, &p->a, &p->b, BED_LOWER_PC, BED_HIGHER_PC, a);
	side_new(p, &p->b, &p->a, BED_HIGHER_PC, BED_LOWER_PC, b);
	isup_group_start(p->a.group);
	isup_group_start(p->b.group);
	settle(p, 1);
	for (unsigned int i = 0; i < ROUNDS; i++) {
		call_out(&p->a);
		call_out(&p->b);
		while (deliver(&p->a) || deliver(&p->b))
			;
		hang_up_some(&p->a, load);
		while (deliver(&p->a) || deliver(&p->b))
			;
	}
	n = isup_counter(p->a.stack, ISUP_CTR_DUAL_SEIZURE);
	talloc_free(p->a.stack);
	talloc_free(p->b.stack);
	talloc_free(p);
	return n;
}

/* What the methods are for (Q.764 2.9.1.3): the same order at both ends collides always, opposite
 * orders and parities not before the last circuits are seized. */
START_TEST(dual_seizures_by_method)
{
	static const struct { enum isup_hunt a, b; unsigned int load, least, most; } rows[] = {
		{ ISUP_HUNT_LOWEST, ISUP_HUNT_LOWEST, 10, ROUNDS * 9 / 10, ROUNDS },
		{ ISUP_HUNT_LEAST_RECENTLY_USED, ISUP_HUNT_LEAST_RECENTLY_USED, 10, ROUNDS / 2,
		  ROUNDS },
		{ ISUP_HUNT_LOWEST, ISUP_HUNT_HIGHEST, 30, 0, 0 },
		{ ISUP_HUNT_CONTROLLED, ISUP_HUNT_CONTROLLED, 10, 0, 0 },
		{ ISUP_HUNT_CONTROLLED, ISUP_HUNT_CONTROLLED, 36, 0, ROUNDS / 50 },
		{ ISUP_HUNT_ODD, ISUP_HUNT_EVEN, 10, 0, 0 },
		{ ISUP_HUNT_ODD, ISUP_HUNT_ODD, 10, ROUNDS / 2, ROUNDS },
	};
	unsigned int n = collisions(rows[_i].a, rows[_i].b, rows[_i].load);

	ck_assert_msg(n >= rows[_i].least && n <= rows[_i].most,
		      "hunt %u against %u: %u dual seizures in %u rounds", rows[_i].a, rows[_i].b,
		      n, ROUNDS);
}
END_TEST

static size_t noise(struct pair *p, uint8_t *sdu)
{
	static const char *const seeds[] = {
		"IAM", "IAMC", "SAM", "COT:1", "ACM:1", "CON", "ANM", "REL:16", "SUS:0", "RLC",
		"RSC", "BLO", "UBL", "BLA", "UBA", "GRS:3", "CGB:0:3:0f", "CGU:1:3:0f", "GRA:3:0f",
		"CQM:3", "CPG:1", "USR", "UCIC", "CFN:97", "UPT",
	};
	size_t len = 2 + bed_word_octets(seeds[chance(p, ARRAY_SIZE(seeds))], sdu + 2, SDU);
	unsigned int n;

	sdu[0] = chance(p, CICS + 4);
	sdu[1] = 0;
	for (n = chance(p, 4); n; n--)
		sdu[2 + chance(p, len - 2)] = chance(p, 256);
	return chance(p, 8) ? len : chance(p, len + 1);
}

START_TEST(noise_is_survived)
{
	struct pair *p = talloc_zero(NULL, struct pair);
	struct isup_stack *s;
	uint8_t sdu[SDU + 2];
	unsigned int i;

	p->rnd = 4711;
	side_new(p, &p->a, &p->b, BED_LOWER_PC, BED_HIGHER_PC, ISUP_HUNT_ROUND_ROBIN);
	s = p->a.stack;
	isup_group_start(p->a.group);
	for (i = 0; i < NOISE; i++) {
		size_t len = noise(p, sdu);

		isup_transfer_ind(s, NULL, BED_HIGHER_PC, BED_LOWER_PC, 0, sdu, len);
		p->a.head = p->a.tail;
		if (i % 8 == 0)
			in_call(&p->a, 1 + chance(p, CICS));
		if (i % 64 == 0)
			bed_wait(10);
	}
	ck_assert_uint_eq(isup_counter(s, ISUP_CTR_RX), NOISE);
	ck_assert_uint_eq(NOISE, isup_counter(s, ISUP_CTR_RX_HANDLED) +
					 isup_counter(s, ISUP_CTR_RX_MALFORMED) +
					 isup_counter(s, ISUP_CTR_RX_UNEQUIPPED) +
					 isup_counter(s, ISUP_CTR_RX_UNEXPECTED));
	ck_assert_uint_gt(isup_counter(s, ISUP_CTR_RX_HANDLED), NOISE / 10);
	ck_assert_uint_gt(isup_counter(s, ISUP_CTR_RX_MALFORMED), NOISE / 100);
	talloc_free(s);
	talloc_free(p);
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("pairs");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, both_ends_agree, 0, PAIRS + CONTINUITY_PAIRS);
	tcase_add_loop_test(tc, dual_seizures_by_method, 0, 7);
	tcase_add_test(tc, noise_is_survived);
	return bed_run("isup pairs", tc);
}
