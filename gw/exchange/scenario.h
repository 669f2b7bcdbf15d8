/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios: text in, checked steps out (docs/exchange-scenarios.md has the language). */
#ifndef TOLLGATE_EXCHANGE_SCENARIO_H
#define TOLLGATE_EXCHANGE_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "gw/exchange/message.h"
#include "isup/isup.h"

enum {
	SCN_MAX_TYPES = 8,		/* message types of one expectation */
	SCN_MAX_REPEATS = 4,		/* repeat steps in one block */
	SCN_MAX_ARGS = 4,		/* arguments of a script */
	SCN_MAX_COMPLAINTS = 20,	/* errors reported in one run */
};

/* Automatic answers; a scenario switches them off by the name of the message received. */
enum {
	AUTO_REL = 1 << 0, AUTO_RSC = 1 << 1, AUTO_GRS = 1 << 2, AUTO_BLO = 1 << 3,
	AUTO_UBL = 1 << 4, AUTO_CGB = 1 << 5, AUTO_CGU = 1 << 6, AUTO_UPT = 1 << 7,
	AUTO_IAM = 1 << 8, AUTO_CQM = 1 << 9, AUTO_CCR = 1 << 10,
	AUTO_ALL = (1 << 11) - 1,
};

/* "CdPN=4989*", "CAI.value=17", "HOP" (is there), "!HOP" (is not there). */
struct scn_condition {
	uint8_t code;			/* of the parameter */
	bool circuit;			/* not a parameter: the message's CIC */
	bool negate;
	const char *field;		/* NULL: the digits, or the whole of the parameter's text */
	const char *pattern;		/* NULL: presence is all that is asked */
	const char *text;		/* as it was written */
};

struct scn_match {
	uint8_t n_types;
	uint8_t types[SCN_MAX_TYPES];
	unsigned int n_conditions;
	struct scn_condition *conditions;
};

enum scn_op {
	SCN_SEND, SCN_SEND_RAW, SCN_WAIT, SCN_SILENCE, SCN_EXPECT, SCN_OPTIONAL,
	SCN_GOTO, SCN_REPEAT, SCN_DO, SCN_FAIL, SCN_DONE, SCN_MISCHIEF,
};

/* What the network does to messages: they are lost, come twice, come late. */
struct scn_mischief {
	enum { MISCHIEF_LOSE, MISCHIEF_TWICE, MISCHIEF_DELAY } verb;
	bool out;			/* of those this end sends; else of those it receives */
	unsigned int count;		/* of messages; 0: all */
	uint32_t ms;			/* delay */
	struct scn_match match;		/* no types: any message */
};

struct scn_step {
	enum scn_op op;
	unsigned int line;
	uint32_t ms;			/* wait, silence, expect: SCN_FOREVER without limit */
	uint32_t min_ms;		/* expect: not before */
	uint16_t target;		/* goto, repeat, expect ... else: step */
	bool has_target;
	uint8_t slot;			/* repeat: which counter */
	uint16_t count;			/* repeat */
	const struct scn_block *block;	/* do */
	const struct scn_message *message;
	const struct scn_match *match;
	const struct scn_mischief *mischief;
	const char *text;		/* the line as written */
};

/* "at REL done": what to do with a message that no step waits for. */
struct scn_handler {
	struct scn_match match;
	enum { AT_DONE, AT_FAIL, AT_IGNORE, AT_GOTO } action;
	uint16_t target;
};

enum scn_kind { SCN_ON, SCN_CALL, SCN_SCRIPT };

struct scn_block {
	enum scn_kind kind;
	const char *name;		/* "on IAM", or the name given */
	const char *file;
	unsigned int line;
	struct scn_match match;		/* SCN_ON */
	bool once, taken;		/* SCN_ON: for the first such message only */
	unsigned int n_steps, n_handlers;
	struct scn_step *steps;		/* ended by SCN_DONE always */
	struct scn_handler *handlers;
	uint32_t no_auto;		/* automatic answers switched off */
};

/* What the command line gives scenarios. */
struct scn_settings {
	uint32_t hold_ms, answer_delay_ms, expect_ms;
};

struct scenario;

/* An empty scenario, owned by ctx. Complaints go to err, one line each, "file:line: text". */
struct scenario *scenario_new(void *ctx, const struct isup_dialect *d, const struct scn_settings *s,
			      FILE *err);
/* Read a file, or a built-in scenario with its arguments ("busy", "reject 1"). 0, -ENOENT, -EINVAL
 * (told on err). */
int scenario_add(struct scenario *s, const char *file_or_name);
/* The same from text; name stands in the complaints. */
int scenario_add_text(struct scenario *s, const char *name, const char *text);
/* Check and compile all that was added. 0 or -EINVAL (told on err); nothing may be added
 * afterwards. */
int scenario_finish(struct scenario *s);

/* The answering block for a message on an idle circuit, the first that fits; NULL when there is
 * none. */
const struct scn_block *scenario_find_on(struct scenario *s, const struct isup_msg *m);
/* The originating block of this name, also a built-in one; name NULL: the first of those added.
 * NULL when there is none. */
const struct scn_block *scenario_find_call(struct scenario *s, const char *name);
/* A script by its words ("reject 1"), compiled when it is not yet; NULL (told): none. */
const struct scn_block *scenario_find_script(struct scenario *s, const char *words);
/* Automatic answers switched off for all circuits, outside any call. */
uint32_t scenario_no_auto(const struct scenario *s);

/* What the network does from the start on, in the order of the files: NULL gives the first, then
 * the one behind prev; NULL at the end. */
const struct scn_mischief *scenario_mischief(const struct scenario *s,
					     const struct scn_mischief *prev);

/* Is m what the match asks for? When not and ret_why is given, it points to the condition not met
 * (NULL: other type). */
bool scn_matches(const struct scn_match *match, const struct isup_msg *m, const char **ret_why);
bool scn_glob(const char *pattern, const char *text);

/* The built-in scenarios: rows until name is NULL. */
struct scn_builtin { const char *name, *what, *text; bool originates; };
extern const struct scn_builtin scn_builtins[];
const struct scn_builtin *scn_builtin_find(const char *name);

#endif
