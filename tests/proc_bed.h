/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Test bed of the ISUP processes: a script and its result, a line each, on a clock moved by hand.
 *
 * Two groups to one peer: berlin has circuits 1-4, hamburg 6-8; there is no circuit 5. Words of a
 * script, for circuit 1 unless @CIC is added:
 *	>IAM >REL:17 ...	a message comes from the peer, see proc_words.c for the arguments
 *	x06160400		the octets of a message after its CIC come from the peer
 *	setup			outgoing call on this circuit; after "hunt" only the IAM of it
 *	setup-uui setup-cgpn	its IAM has user-to-user information, a calling party number
 *	hunt unseize		seize this circuit, give it back
 *	<ACM:1 <REL:16 ...	the user sends this message of the call; REL ends it
 *	ends			the other leg is no ISUP; what becomes of the last IAM offered
 *	few maybe enough	what the user thinks of the digits
 *	+20			20 seconds pass
 *	transit			the other leg is ISUP, too
 *	controls international	who this exchange is when the call is suspended
 *	pause resume		the peer is unreachable, reachable; pauseother: another one is
 *	nomtp mtp		MTP takes nothing, takes again
 *	nopath path		the user can do no checks any more, can again
 *	block unblock reset greset start
 *	setupc test		outgoing call with continuity check; test of the circuit by CCR
 *	looped passed failed unable	the user says what became of the circuit's path
 *	mblock munblock		block this circuit by CGB, unblock it by CGU
 *	fail unfail		the same for a hardware failure
 *	gblock gunblock gfail gunfail	all of the group berlin
 *	query gquery		ask for the state of this circuit, of berlin's
 *	validate reserve	CVT for this circuit; CRM, after seizing it
 *	? state			say what the circuit is doing, the state of its process
 *	told			the octet that the peer has told of it, or -1
 *	in:WORD			the user does WORD inside the next primitive it is given
 * With BED_PATH the user does continuity checks, and is asked by the words loop, tone, stop.
 * Words of a result: <REL:16 what the stack sent, setup, ind:ACM, release:16, repeat:44 what the
 * user was told, alarm, EBUSY ... errors of requests, and the answers to "?": use, then +L local
 * blocked, +R remote blocked, +LF +RF the same for a hardware failure, +P pending,
 * +O out of service, +U unreachable. A word that comes several times in a row is WORD*TIMES. */
#ifndef TOLLGATE_TESTS_PROC_BED_H
#define TOLLGATE_TESTS_PROC_BED_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "isup/circuit.h"
#include "isup/continuity.h"

enum { BED_HIGHER = 1, BED_RESET = 2, BED_NO_UCIC = 4, BED_UNBOUND = 8 };
enum { BED_ANSI = 0x1000 };		/* the peer speaks T1.113 */
/* continuity: the user does checks; LPA is used; he never can, he cannot now */
enum { BED_PATH = 0x100, BED_LPA = 0x200, BED_NO_PATH = 0x400, BED_PATH_LOST = 0x800 };
enum { BED_SHORT = 1 << 16 };	/* MTP carries BED_SHORT_SDU octets only */
/* which circuits are ours in a dual seizure: enum isup_control */
#define BED_CONTROL(which) (ISUP_CONTROL_##which << 17)
enum { BED_SHORT_SDU = 24, BED_LOWER_PC = 100, BED_HIGHER_PC = 200, BED_CICS = 9 };

struct bed_user {			/* of one call */
	struct bed *bed;
	unsigned int cic;
};

struct bed {
	struct isup_stack *stack;
	size_t blocks;				/* of the idle stack */
	struct isup_group *berlin;
	uint32_t opc, dpc;
	unsigned int flags;
	const struct isup_dialect *dialect;
	struct isup_call *call[BED_CICS];	/* by CIC */
	struct bed_user *user[BED_CICS];	/* who has that call */
	struct isup_circuit *seized[BED_CICS];
	struct bed_user users[32];
	unsigned int n_users;
	bool no_mtp;
	struct isup_msg iam;			/* offered last */
	char inside[32];			/* what the user does in the next primitive */
	char out[1024], last[96];		/* the result, its last word ... */
	size_t len, last_at;
	unsigned int times;			/* ... which came so often */
};

struct bed_row {
	const char *name;
	unsigned int flags;
	const char *script;
	const char *expect;
};

/* Run one row in a new bed; the result, the counters' sum and the memory must be right. */
void bed_check(const struct bed_row *row);
/* A table of rows as a test, to be added to its case. */
#define BED_TABLE(t) START_TEST(t##_row) { bed_check(&t[_i]); } END_TEST
#define BED_ADD(tc, t) tcase_add_loop_test(tc, t##_row, 0, ARRAY_SIZE(t))

/* The end of main(): runs the case, with bed_init(), as a suite; the exit status. */
int bed_run(const char *suite, TCase *tc);

/* A bed in which a script has been played, and its end, by whatever way. */
struct bed *bed_play(unsigned int flags, const char *script);
void bed_end(struct bed *b);

/* Between the files of the bed. */
extern const struct isup_call_ops bed_call_ops;
void bed_note(struct bed *b, unsigned int cic, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void bed_result(struct bed *b, unsigned int cic, int rc);
struct bed_user *bed_user(struct bed *b, unsigned int cic);
struct isup_circuit *bed_circuit(struct bed *b, unsigned int cic);
void bed_step(struct bed *b, const char *text);
void bed_receive(struct bed *b, unsigned int cic, const uint8_t *octets, size_t len);

/* Once in a process: log, FSM classes, clock. */
void bed_init(void);
void bed_wait(unsigned int seconds);	/* virtual; timers run */

/* A message from its word: octets without CIC. name may be followed by arguments. Length, or -1. */
int bed_word_octets(const char *word, uint8_t *buf, size_t size);
/* A message to its word, without the sign before it. */
void bed_word(char *buf, size_t size, const struct isup_msg *m);

#endif
