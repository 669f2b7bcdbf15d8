/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Golden pairs: octets in, text and its meaning out, the same octets back. A file begins with the
 * name of its dialect, ansi_iam.hex, if that is not itu. GOLDEN_UPDATE=1 writes new texts. */
#include <check.h>
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "isup/dialect.h"
#include "tests/suite.h"

enum { MAX_FILE = 32768, MAX_PATH = 1024, MIN_PAIRS = 90 };

/* The dialect of the pair that is looked at. */
static const struct isup_dialect *dialect;

static void take_dialect(const char *file)
{
	size_t n = strcspn(file, "_");

	for (dialect = NULL; (dialect = isup_dialect_next(dialect));)
		if (strlen(dialect->name) == n && !strncmp(dialect->name, file, n))
			return;
	dialect = &isup_itu;
}

static void folder(char ret[MAX_PATH])
{
	const char *top = getenv("top_srcdir");

	snprintf(ret, MAX_PATH, "%s/tests/golden/isup", top ? top : "..");
}

static size_t read_file(char *buf, size_t size, const char *path)
{
	FILE *in = fopen(path, "r");
	size_t n = in ? fread(buf, 1, size - 1, in) : 0;

	if (in)
		fclose(in);
	buf[n] = '\0';
	return n;
}

/* Octets from pairs of digits; a comment goes from # to the end of the line. */
static size_t read_hex(uint8_t *octets, size_t size, const char *text)
{
	size_t n = 0;

	while (*text) {
		if (*text == '#') {
			text += strcspn(text, "\n");
		} else if (isspace((unsigned char)*text)) {
			text++;
		} else {
			char pair[3] = { text[0], text[1], '\0' }, *end;

			ck_assert_uint_lt(n, size);
			octets[n++] = strtoul(pair, &end, 16);
			ck_assert_ptr_eq(end, pair + 2);
			text += 2;
		}
	}
	return n;
}

static void put_hex(FILE *out, const uint8_t *octets, size_t n)
{
	for (size_t i = 0; i < n; i++)
		fprintf(out, "%02x", octets[i]);
	fputc('\n', out);
}

static void put_fault(FILE *out, const struct isup_fault *f)
{
	fprintf(out, "fault: %s", f->why);
	if (f->par)
		fprintf(out, " in %s", f->par);
	fprintf(out, " at octet %zu, cause %u, type 0x%02x", f->at, f->cause, f->type);
	if (f->has_cic)
		fprintf(out, ", cic %u", f->cic);
	fputc('\n', out);
}

/* The text must give the octets that the message gives. */
static void check_parse(const char *name, const char *text, const uint8_t *octets, ssize_t n)
{
	uint8_t back[ISUP_MAX_OCTETS + 256];
	struct isup_msg m;
	const char *why = "";
	int line = 0;

	ck_assert_msg(isup_parse(&m, dialect, text, &why, &line) == 0, "%s: %s in line %d", name,
		      why, line);
	ck_assert_msg(isup_encode(back, sizeof(back), &m) == n && !memcmp(back, octets, n),
		      "%s: other octets", name);
}

static void describe(FILE *out, const char *name, const uint8_t *octets, size_t n)
{
	char text[ISUP_MAX_TEXT], line[ISUP_MAX_TEXT], meaning[MAX_FILE];
	uint8_t back[ISUP_MAX_OCTETS + 256];
	struct isup_fault f;
	struct isup_msg m;
	ssize_t len;

	if (isup_decode(&m, dialect, octets, n, &f) < 0) {
		put_fault(out, &f);
		return;
	}
	len = isup_encode(back, sizeof(back), &m);
	ck_assert_msg(len > 0, "%s: cannot be encoded", name);
	ck_assert_int_lt(isup_print(text, sizeof(text), &m), sizeof(text));
	ck_assert_int_lt(isup_print_line(line, sizeof(line), &m), sizeof(line));
	check_parse(name, text, back, len);
	ck_assert_int_lt(isup_print_meaning(meaning, sizeof(meaning), &m), sizeof(meaning));
	check_parse(name, line, back, len);
	check_parse(name, meaning, back, len);
	fputs(meaning, out);
	if ((size_t)len != n || memcmp(back, octets, n)) {
		fputs("# is sent as ", out);
		put_hex(out, back, len);
	}
}

static void check_pair(const char *dir, const char *file)
{
	char path[MAX_PATH + 256], hex[MAX_FILE], is[MAX_FILE] = "", should[MAX_FILE];
	uint8_t octets[MAX_FILE / 2];
	FILE *out = fmemopen(is, sizeof(is), "w");
	size_t n;

	take_dialect(file);
	snprintf(path, sizeof(path), "%s/%s", dir, file);
	read_file(hex, sizeof(hex), path);
	n = read_hex(octets, sizeof(octets), hex);
	describe(out, file, octets, n);
	fclose(out);
	snprintf(path, sizeof(path), "%s/%.*stxt", dir, (int)strlen(file) - 3, file);
	if (getenv("GOLDEN_UPDATE")) {
		out = fopen(path, "w");
		ck_assert_ptr_nonnull(out);
		fputs(is, out);
		fclose(out);
	}
	read_file(should, sizeof(should), path);
	ck_assert_msg(!strcmp(is, should), "%s says:\n%sbut should say:\n%s", file, is, should);
}

START_TEST(pairs)
{
	char dir[MAX_PATH];
	struct dirent *entry;
	int n = 0;
	DIR *d;

	folder(dir);
	d = opendir(dir);
	ck_assert_msg(d != NULL, "no %s", dir);
	while ((entry = readdir(d))) {
		size_t len = strlen(entry->d_name);

		if (len < 5 || strcmp(entry->d_name + len - 4, ".hex"))
			continue;
		check_pair(dir, entry->d_name);
		n++;
	}
	closedir(d);
	ck_assert_int_ge(n, MIN_PAIRS);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("isup golden");
	TCase *t = tcase_create("pairs");

	suite_add_tcase(s, t);
	tcase_add_test(t, pairs);
	return suite_run(s);
}
