/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tollgate-isup: ISUP messages from hexadecimal octets to text or JSON and back. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "isup/dialect.h"
#include "isup/fields.h"
#include "isup/tool_page.h"

enum { MAX_INPUT = 65536, MAX_OCTETS = 1024, MAX_MESSAGE = ISUP_MAX_OCTETS + 256 };

struct tool {
	const struct isup_dialect *dialect;
	bool no_cic, json, explain;
	unsigned int n;			/* messages seen */
	bool failed;
};

static const char usage[] =
	"usage: tollgate-isup decode [--dialect NAME] [--no-cic] [--explain|--json] HEX...\n"
	"       tollgate-isup encode [--dialect NAME] [--no-cic] [TEXT...]\n"
	"       tollgate-isup names [--dialect NAME]\n"
	"       tollgate-isup tables\n"
	"\n"
	"decode prints each message as text, or as one JSON object a line. HEX begins with the\n"
	"circuit identification code, with --no-cic with the message type (application/ISUP);\n"
	"the argument - reads one message from each line of standard input.\n"
	"encode prints the octets of messages in that text form, given as arguments or on\n"
	"standard input.\n"
	"names lists the messages and parameters of a dialect.\n"
	"tables prints a page (Markdown) of all dialects with their rows.\n"
	"\n"
	"  -d, --dialect NAME   itu (default), itu92, etsi, ansi, china, russia\n"
	"  -n, --no-cic         messages without circuit identification code\n"
	"  -e, --explain        what everything means, as comments in the text\n"
	"  -j, --json           JSON instead of text\n"
	"  -h, --help           this text\n"
	"  -V, --version        the version\n";

static void complain(struct tool *t, const char *what)
{
	fprintf(stderr, "tollgate-isup: message %u: %s\n", t->n, what);
	t->failed = true;
}

static void show(const struct tool *t, const struct isup_msg *m)
{
	static int (*const print[3][2])(char *, size_t, const struct isup_msg *) = {
		{ isup_print, isup_print_body },
		{ isup_print_meaning, isup_print_body_meaning },
		{ isup_print_json, isup_print_body_json },
	};
	char text[ISUP_MAX_JSON];

	print[t->json ? 2 : t->explain][t->no_cic](text, sizeof(text), m);
	fputs(text, stdout);
	if (t->json)
		putchar('\n');
}

/* Hexadecimal digits without blanks and colons, up to a comment. -1: too many. */
static int clean(char *ret_hex, size_t size, const char *text)
{
	size_t n = 0;

	for (; *text && *text != '#'; text++) {
		if (strchr(" \t\r\n:", *text))
			continue;
		if (n == size)
			return -1;
		ret_hex[n++] = *text;
	}
	return n;
}

static void decode(struct tool *t, const char *text)
{
	char hex[2 * MAX_OCTETS];
	uint8_t octets[MAX_OCTETS];
	struct isup_msg m;
	struct isup_fault f;
	int n = clean(hex, sizeof(hex), text), rc;

	if (!n)
		return;			/* an empty line */
	t->n++;
	n = n < 0 ? n : isup_hex_octets(octets, sizeof(octets), hex, n);
	if (n < 0) {
		complain(t, "not pairs of hexadecimal digits, or too many");
		return;
	}
	rc = (t->no_cic ? isup_decode_body : isup_decode)(&m, t->dialect, octets, n, &f);
	if (rc == 0) {
		show(t, &m);
		return;
	}
	fprintf(stderr, "tollgate-isup: message %u: %s%s%s at octet %zu (cause %u, %s)\n", t->n,
		f.par ? f.par : "", f.par ? ": " : "", f.why, f.at, f.cause,
		isup_cause_name(f.cause));
	t->failed = true;
}

static void decode_stdin(struct tool *t)
{
	static const size_t size = 4 * MAX_OCTETS;
	char line[4 * MAX_OCTETS];

	while (fgets(line, size, stdin)) {
		if (strlen(line) == size - 1 && line[size - 2] != '\n') {
			t->n++;
			complain(t, "line too long");
			return;
		}
		decode(t, line);
	}
}

static void encode(struct tool *t, const char *text)
{
	uint8_t octets[MAX_MESSAGE];
	struct isup_msg m;
	const char *why;
	int line;
	ssize_t n;

	t->n++;
	if (isup_parse(&m, t->dialect, text, &why, &line) < 0) {
		fprintf(stderr, "tollgate-isup: message %u: %s in line %d\n", t->n, why, line);
		t->failed = true;
		return;
	}
	n = (t->no_cic ? isup_encode_body : isup_encode)(octets, sizeof(octets), &m);
	if (n < 0) {
		complain(t, n == -EMSGSIZE ? "too long" : "a parameter is missing or not allowed");
		return;
	}
	for (ssize_t i = 0; i < n; i++)
		printf("%02x", octets[i]);
	putchar('\n');
}

/* Does a message begin here? Its parameters are indented. */
static bool begins(const char *line)
{
	return !strchr(" \t\r\n#", *line);
}

/* An empty line or a comment. */
static bool is_nothing(const char *line)
{
	line += strspn(line, " \t\r\n");
	return !*line || *line == '#';
}

static void encode_stdin(struct tool *t)
{
	char line[MAX_INPUT], text[MAX_INPUT] = "";
	size_t used = 0;

	while (fgets(line, sizeof(line), stdin)) {
		size_t n = strlen(line);

		if (begins(line) && used) {
			encode(t, text);
			used = 0;
		}
		if (!used && is_nothing(line))
			continue;
		if (n >= sizeof(text) - used) {
			t->n++;
			complain(t, "text too long");
			return;
		}
		memcpy(text + used, line, n + 1);
		used += n;
	}
	if (used)
		encode(t, text);
}

static void print_codes(const struct isup_dialect *d, const char *label, const uint8_t *codes,
			unsigned int n)
{
	if (n)
		printf("; %s", label);
	for (unsigned int i = 0; i < n; i++)
		if (isup_par_row(d, codes[i]))
			printf(" %s", isup_par_name(d, codes[i]));
}

static void names(const struct isup_dialect *d)
{
	for (int i = 0; i < ISUP_N_CODES; i++) {
		const struct isup_mt_row *row = isup_mt_row(d, i);

		if (!row)
			continue;
		printf("message   0x%02x %-8s %s", i, row->abbr, row->name);
		print_codes(d, "fixed", row->fixed, row->n_fixed);
		print_codes(d, "variable", row->var, row->n_var);
		print_codes(d, "optional", row->opt, row->n_opt);
		putchar('\n');
	}
	for (int i = 0; i < ISUP_N_CODES; i++) {
		const struct isup_par_row *row = isup_par_row(d, i);

		if (!row)
			continue;
		printf("parameter 0x%02x %-8s %s; clause %s; %s of ", i, row->abbr, row->name,
		       row->clause, row->kind->name);
		if (row->min == row->max)
			printf("%u\n", row->min);
		else
			printf("%u-%u\n", row->min, row->max);
	}
}

/* Options, wherever they stand. -1: go on; otherwise the exit status. */
static int options(struct tool *t, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "dialect", required_argument, NULL, 'd' }, { "no-cic", no_argument, NULL, 'n' },
		{ "json", no_argument, NULL, 'j' }, { "explain", no_argument, NULL, 'e' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' }, { NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "d:nejhV", longs, NULL)) != -1) {
		if (c == 'h') {
			fputs(usage, stdout);
			return 0;
		}
		if (c == 'V') {
			puts("tollgate-isup " PACKAGE_VERSION);
			return 0;
		}
		if (c == 'd')
			t->dialect = isup_dialect_find(optarg);
		t->no_cic = t->no_cic || c == 'n';
		t->json = t->json || c == 'j';
		t->explain = t->explain || c == 'e';
		if (c == '?' || !t->dialect) {
			fputs(c == 'd' ? "tollgate-isup: no such dialect\n" : usage, stderr);
			return 2;
		}
	}
	return -1;
}

int main(int argc, char **argv)
{
	struct tool t = { .dialect = &isup_itu };
	int status = options(&t, argc, argv);
	const char *command = optind < argc ? argv[optind++] : "";

	if (status >= 0)
		return status;
	if (!strcmp(command, "names") && optind == argc) {
		names(t.dialect);
	} else if (!strcmp(command, "tables") && optind == argc) {
		tool_page();
	} else if (!strcmp(command, "decode") && optind < argc) {
		for (; optind < argc; optind++)
			if (!strcmp(argv[optind], "-"))
				decode_stdin(&t);
			else
				decode(&t, argv[optind]);
	} else if (!strcmp(command, "encode")) {
		if (optind == argc)
			encode_stdin(&t);
		for (; optind < argc; optind++)
			encode(&t, argv[optind]);
	} else {
		fputs(usage, stderr);
		return 2;
	}
	if (fflush(stdout) || ferror(stdout) || ferror(stdin))
		t.failed = true;
	return t.failed;
}
