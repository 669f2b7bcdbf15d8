/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of a test program. */
#ifndef TOLLGATE_TESTS_SUITE_H
#define TOLLGATE_TESTS_SUITE_H

#include <check.h>
#include <stdlib.h>

/* Runs all tests; the exit status of the program. The suite is gone then. */
static inline int suite_run(Suite *s)
{
	SRunner *r = srunner_create(s);
	int failed;

	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
