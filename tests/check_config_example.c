/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The example configuration is accepted together with the real cs7 nodes, and so is what is written
 * from it. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <osmocom/core/talloc.h>
#include <osmocom/sigtran/osmo_ss7.h>
#include <osmocom/vty/command.h>
#include <osmocom/vty/logging.h>

#include "tests/conf.h"

static struct config *conf;

static int ss7_pc(void *ctx, unsigned int id, const char *pc)
{
	struct osmo_ss7_instance *inst = osmo_ss7_instance_find(id);
	int rc;

	if (!inst)
		return -ENODEV;
	if (!pc)
		return osmo_ss7_pc_is_valid(inst->cfg.primary_pc) ? (int)inst->cfg.primary_pc
								  : -ENOENT;
	rc = osmo_ss7_pointcode_parse(inst, pc);
	return rc < 0 ? -EINVAL : rc;
}

START_TEST(example_is_accepted)
{
	char *said = conf_load(conf, conf_path("config/tollgate.cfg"), ss7_pc, NULL);
	const struct config_trunk *t;

	ck_assert_str_eq(said, "");
	free(said);
	t = config_trunk_find(conf, "berlin");
	ck_assert_ptr_nonnull(t);
	ck_assert_uint_eq(t->ranges[0].last, 31);
	t = config_trunk_find(conf, "chicago");
	ck_assert_ptr_nonnull(t);
	ck_assert_uint_eq(t->ranges[0].termination, 33);
	ck_assert_ptr_nonnull(config_trunk_find(conf, "carrier"));
	ck_assert_ptr_nonnull(config_trunk_find(conf, "pbx"));
	ck_assert_str_eq(conf->cdr_file, "/var/log/tollgate/cdr.jsonl");
}
END_TEST

/* libosmo-sigtran's nodes need its hook; but leaving an asp or listen node it would connect or
 * listen, which no test needs. */
static int go_parent(struct vty *vty)
{
	if (config_is_node(vty->node)) {
		vty->node = config_go_parent_node(vty->node);
		return vty->node;
	}
	if (vty->node == L_CS7_ASP_NODE)
		vty->index = ((struct osmo_ss7_asp *)vty->index)->inst;
	else if (vty->node == L_CS7_XUA_NODE)
		vty->index = ((struct osmo_xua_server *)vty->index)->inst;
	else
		return osmo_ss7_vty_go_parent(vty);
	vty->node = L_CS7_NODE;
	return vty->node;
}

START_TEST(written_example_is_accepted)
{
	char path[] = "/tmp/tollgate-example-XXXXXX", *said, *first, *second;

	conf_rewrite(conf, conf_path("config/tollgate.cfg"), path, ss7_pc);
	first = conf_slurp(path);
	ck_assert_ptr_nonnull(strstr(first, "\ncs7 instance 0\n"));
	said = conf_load(conf, path, ss7_pc, NULL);
	ck_assert_str_eq(said, "");
	second = conf_written_all();
	unlink(path);
	ck_assert_str_eq(first, second);
	free(said);
	free(first);
	free(second);
}
END_TEST

static void ck_complains(const char *from, const char *to, const char *complaint)
{
	char path[] = "/tmp/tollgate-example-XXXXXX",
	     *text = conf_slurp(conf_path("config/tollgate.cfg")), *at, *all, *said;
	int fd;

	at = strstr(text, from);
	ck_assert_ptr_nonnull(at);
	ck_assert_int_gt(asprintf(&all, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from)),
			 0);
	fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, all, strlen(all)), (int)strlen(all));
	close(fd);
	said = conf_load(conf, path, ss7_pc, NULL);
	unlink(path);
	ck_assert_msg(strstr(said, complaint), "said: %s", said);
	free(said);
	free(all);
	free(text);
}

START_TEST(bad_point_code)
{
	ck_complains(" point-code remote 1.1.2", " point-code remote 1.1.9",
		     "point-code remote 1.1.9 is not a point code");
}
END_TEST

START_TEST(bad_ansi_point_code)
{
	ck_complains(" point-code remote 5.10.2", " point-code remote 5.10.256",
		     "point-code remote 5.10.256 is not a point code");
}
END_TEST

START_TEST(terminations_used_twice)
{
	ck_complains("circuits 1-24 termination 33", "circuits 1-24",
		     "has these terminations of media-gateway mgw-1");
}
END_TEST

START_TEST(no_instance)
{
	ck_complains(" mtp sigtran 0", " mtp sigtran 5", "there is no cs7 instance 5");
}
END_TEST

START_TEST(bad_cs7_line)
{
	ck_complains("  role asp", "  role mtp", ":27: role mtp: allowed is `role (sg|asp|ipsp)'");
}
END_TEST

START_TEST(bad_cs7_point_code)
{
	ck_complains(" point-code 1.1.1\n", " point-code 9.9.9\n", ": point-code 9.9.9: ");
}
END_TEST

int main(void)
{
	void *ctx = talloc_named_const(NULL, 0, "check_config_example");
	Suite *s = suite_create("config example");
	TCase *tc = tcase_create("example");
	SRunner *sr;
	int failed;

	conf = conf_init(ctx);
	conf_app_info.go_parent_cb = go_parent;
	logging_vty_add_cmds();
	osmo_ss7_init();
	osmo_ss7_vty_init_sg(ctx);
	suite_add_tcase(s, tc);
	tcase_add_test(tc, example_is_accepted);
	tcase_add_test(tc, written_example_is_accepted);
	tcase_add_test(tc, bad_point_code);
	tcase_add_test(tc, bad_ansi_point_code);
	tcase_add_test(tc, terminations_used_twice);
	tcase_add_test(tc, no_instance);
	tcase_add_test(tc, bad_cs7_line);
	tcase_add_test(tc, bad_cs7_point_code);
	sr = srunner_create(s);
	srunner_set_fork_status(sr, CK_FORK);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
