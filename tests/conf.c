/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the configuration's test programs share. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <osmocom/core/application.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>
#include <osmocom/vty/buffer.h>
#include <osmocom/vty/command.h>

#include "gw/map_rule.h"
#include "tests/conf.h"

static const struct log_info_cat categories[] = {
	{ .name = "DTEST", .description = "tests", .enabled = 1, .loglevel = LOGL_NOTICE }
};
static const struct log_info log_info = { .cat = categories, .num_cat = ARRAY_SIZE(categories) };
struct vty_app_info conf_app_info = { .name = "tollgate-test", .version = "0" };

struct osmo_tdef conf_tdefs[] = {
	{ .T = 1, .default_val = 15, .min_val = 15, .max_val = 60, .desc = "REL sent" },
	{ .T = 7, .default_val = 25, .min_val = 20, .max_val = 30, .desc = "IAM sent" },
	{ .T = -3, .default_val = 500, .min_val = 100, .unit = OSMO_TDEF_MS, .desc = "our own" },
	{}
};

struct osmo_tdef conf_ansi_tdefs[] = {
	{ .T = 1, .default_val = 4, .min_val = 4, .max_val = 15, .desc = "REL sent: REL again" },
	{ .T = -101, .default_val = 10, .min_val = 1, .max_val = 10, .desc = "TCVT: CVT sent" },
	{}
};

struct config *conf_init(void *ctx)
{
	struct config *c;

	osmo_init_logging2(ctx, &log_info);
	conf_app_info.tall_ctx = ctx;
	vty_init(&conf_app_info);
	osmo_tdefs_reset(conf_tdefs);
	osmo_tdefs_reset(conf_ansi_tdefs);
	c = config_vty_init(ctx, conf_tdefs);
	config_vty_ansi_timers(c, conf_ansi_tdefs);
	c->mapping_known = map_override_why;
	return c;
}

const char *conf_path(const char *name)
{
	static char path[1024];
	const char *src = getenv("top_srcdir");

	snprintf(path, sizeof(path), "%s/%s", src ? src : ".", name);
	return path;
}

char *conf_slurp(const char *path)
{
	FILE *f = fopen(path, "re");
	char *text = NULL;
	size_t size = 0;

	ck_assert_msg(f, "%s cannot be opened", path);
	if (getdelim(&text, &size, '\0', f) < 0) {
		free(text);
		text = strdup("");
	}
	fclose(f);
	return text;
}

char *conf_load(struct config *c, const char *path, config_pc_cb *pc, unsigned int *ret_n)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	unsigned int n = config_load(c, path, pc, NULL, out);

	fclose(out);
	if (ret_n)
		*ret_n = n;
	return text;
}

char *conf_command(struct vty *vty, const char *command, int *ret_rc)
{
	vector words = cmd_make_strvec(command);
	char *said, *copy;

	buffer_reset(vty->obuf);
	*ret_rc = cmd_execute_command(words, vty, NULL, 0);
	cmd_free_strvec(words);
	said = buffer_getstr(vty->obuf);
	copy = strdup(said ? said : "");
	talloc_free(said);
	return copy;
}

static void write_file(const char *path)
{
	struct vty *vty = vty_new();
	char command[128];
	int rc;

	vty->type = VTY_FILE;
	vty->node = ENABLE_NODE;
	snprintf(command, sizeof(command), "write file %s", path);
	free(conf_command(vty, command, &rc));
	ck_assert_int_eq(rc, CMD_SUCCESS);
	vty_close(vty);
	/* the library keeps what was there */
	snprintf(command, sizeof(command), "%s.sav", path);
	unlink(command);
}

char *conf_written_all(void)
{
	char path[] = "/tmp/tollgate-conf-XXXXXX", *text;
	int fd = mkstemp(path);

	ck_assert_int_ge(fd, 0);
	close(fd);
	write_file(path);
	text = conf_slurp(path);
	unlink(path);
	return text;
}

char *conf_written(void)
{
	char *text = conf_written_all(), *start = strstr(text, "\nsip\n");

	ck_assert_ptr_nonnull(start);
	memmove(text, start + 1, strlen(start));
	return text;
}

void conf_rewrite(struct config *c, const char *from, char *path, config_pc_cb *pc)
{
	int status, fd = mkstemp(path);
	char *said;
	pid_t pid;

	ck_assert_int_ge(fd, 0);
	close(fd);
	pid = fork();
	if (pid == 0) {
		said = conf_load(c, from, pc, NULL);
		write_file(path);
		_exit(*said != '\0');
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
}
