# SPDX-License-Identifier: GPL-3.0-or-later
# Random sequences at the ISUP processes: a short run in make check, a million with make random.
check_PROGRAMS += check_proc_random
TESTS += check_proc_random
random_world_sources = tests/random/world.c tests/random/world.h tests/random/world_path.c tests/random/world_peer.c \
	tests/random/world_steps.c tests/random/world_user.c
check_proc_random_SOURCES = tests/check_proc_random.c $(random_world_sources)
check_proc_random_LDADD = libisup.a $(OSMO_LIBS)
.PHONY: random
random: check_proc_random
	./check_proc_random --runs $${RANDOM_RUNS:-1000000}

check_PROGRAMS += check_overload
TESTS += check_overload
check_overload_SOURCES = tests/check_overload.c
check_overload_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_overload_LDADD = $(GW_LIBS) $(GW_EXTERN_LIBS) $(CHECK_LIBS)
