/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the file: libosmovty executes it, we count its lines and go on after each that it
 * refuses. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/vty/buffer.h>

#include "config/internal.h"

enum { MAX_LINE = VTY_BUFSIZ - 2, MAX_COMPLAINTS = 1000 };

/* The file as a stream that hands out one line at a time: nothing is taken ahead, so its number is
 * known while it runs. */
struct reader {
	FILE *file;
	char *line;		/* getline()'s */
	size_t size;
	ssize_t len, pos;
	int number;
	int error;		/* errno of the file */
	bool skip;		/* lines indented deeper than a refused one belong to it */
	size_t skip_indent;
	config_complain_cb *complain;
	void *ctx;
	int complaints;
};

/* The reader at work; NULL between files. One in a process as the VTY is. */
static struct reader *reading;

int config_line(void)
{
	return reading ? reading->number : 0;
}

static void complain(struct reader *r, const char *text)
{
	r->complaints++;
	r->complain(r->ctx, r->number, text);
}

static size_t indent_of(const char *line)
{
	return strspn(line, " \t");
}

static bool is_blank(const char *line)
{
	line += indent_of(line);
	return !*line || strchr("!#\r\n", *line);
}

/* Leaves an empty line for what the VTY shall not see; libosmovty would cut a longer line in two.
 */
static void screen(struct reader *r)
{
	bool blank = is_blank(r->line);

	if (r->skip && !blank && indent_of(r->line) <= r->skip_indent)
		r->skip = false;
	if (!r->skip && !blank && r->len > MAX_LINE)
		complain(r, "the line is too long");
	else if (!r->skip && !blank && strlen(r->line) != (size_t)r->len)
		complain(r, "the line has an octet of value 0");
	else if (!r->skip && !blank)
		return;
	r->line[0] = '\n';
	r->len = 1;
}

static ssize_t reader_read(void *cookie, char *buf, size_t size)
{
	struct reader *r = cookie;

	if (r->pos == r->len) {
		r->pos = 0;
		errno = 0;
		r->len = getline(&r->line, &r->size, r->file);
		if (r->len <= 0) {
			r->error = errno;
			r->len = 0;
			return 0;
		}
		r->number++;
		screen(r);
	}
	if (size > (size_t)(r->len - r->pos))
		size = r->len - r->pos;
	memcpy(buf, r->line + r->pos, size);
	r->pos += size;
	return size;
}

static const char *what_is_wrong(int rc)
{
	switch (rc) {
	case CMD_ERR_NO_MATCH:
		return "there is no such command here";
	case CMD_ERR_AMBIGUOUS:
		return "the command is ambiguous";
	case CMD_ERR_INCOMPLETE:
		return "the command is incomplete";
	case CMD_ERR_INVALID_INDENT:
		return "the line is not indented as those around it";
	default:
		return "refused";
	}
}

static char *take_output(struct vty *vty)
{
	char *said = buffer_getstr(vty->obuf);

	buffer_reset(vty->obuf);
	return said;
}

/* What the node allows after a command's first word: "t1 <100-4000>", or NULL. talloc'd. */
static char *allowed_forms(struct vty *vty, const char *command)
{
	size_t word = strcspn(command, " \t");
	char *list, *line, *save, *forms = NULL;
	vector words = cmd_make_strvec("list");

	cmd_execute_command(words, vty, NULL, 0);
	cmd_free_strvec(words);
	list = take_output(vty);
	for (line = list ? strtok_r(list, "\r\n", &save) : NULL; line;
	     line = strtok_r(NULL, "\r\n", &save)) {
		line += indent_of(line);
		if (strncmp(line, command, word) != 0 || !strchr(" ", line[word]))
			continue;
		forms = forms ? talloc_asprintf_append(forms, " or `%s'", line)
			      : talloc_asprintf(NULL, "allowed is `%s'", line);
	}
	talloc_free(list);
	return forms;
}

/* What the command said, else what is allowed, else what its code means. */
static void refused(struct reader *r, struct vty *vty, int rc)
{
	char *command = vty->buf + indent_of(vty->buf);
	char *said = take_output(vty), *forms = NULL, *text;
	const char *why = said && *said ? said + strspn(said, "% ") : what_is_wrong(rc);

	r->skip = true;
	r->skip_indent = command - vty->buf;
	command[strcspn(command, "\r\n")] = '\0';
	if (rc == CMD_ERR_NO_MATCH || rc == CMD_ERR_INCOMPLETE)
		forms = allowed_forms(vty, command);
	text = talloc_asprintf(NULL, "%s: %.*s", command, (int)strcspn(forms ? forms : why, "\r\n"),
			       forms ? forms : why);
	complain(r, text);
	talloc_free(text);
	talloc_free(forms);
	talloc_free(said);
}

static void read_all(struct reader *r, FILE *lines)
{
	struct vty *vty = vty_new();
	int rc;

	vty->type = VTY_FILE;
	vty->node = CONFIG_NODE;
	while (r->complaints < MAX_COMPLAINTS) {
		rc = config_from_file(vty, lines);
		if (rc == CMD_SUCCESS)
			break;
		refused(r, vty, rc);
	}
	vty_close(vty);
}

int config_read(struct config *c, const char *file, config_complain_cb *cb, void *ctx)
{
	struct reader r = { .file = fopen(file, "re"), .complain = cb, .ctx = ctx };
	FILE *lines;

	if (!r.file)
		return -errno;
	lines = fopencookie(&r, "r", (cookie_io_functions_t){ .read = reader_read });
	if (!lines) {
		fclose(r.file);
		return -ENOMEM;
	}
	talloc_free(c->file);
	c->file = talloc_strdup(c, file);
	host_config_set(file);
	reading = &r;
	read_all(&r, lines);
	reading = NULL;
	fclose(lines);
	fclose(r.file);
	free(r.line);
	return r.error ? -r.error : r.complaints;
}
