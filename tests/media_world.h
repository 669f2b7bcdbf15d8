/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One media gateway of the tests with one back end that controls it, and short ways to use them. */
#ifndef TOLLGATE_TESTS_MEDIA_WORLD_H
#define TOLLGATE_TESTS_MEDIA_WORLD_H

#include <check.h>

#include "gw/media_mgcp.h"
#include "media_fake.h"

struct world {
	void *ctx;
	struct fake f;
	struct media_gw *gw;
	char state[200];
};

/* Two codecs and telephone-event, of 198.51.100.7. */
extern const char remote_offer[];

/* Opens the gateway, which may not be there yet; start() also waits until it is available. */
void open_gw(struct world *w, struct media_mgcp_cfg cfg);
void start(struct world *w, struct media_mgcp_cfg cfg);
void stop(struct world *w);		/* nothing may be left behind */
unsigned int n_contexts(const struct world *w);

/* NULL is allowed; must work, but is not yet open; is open. */
struct media_ctx *try_open(struct world *w, struct listener *l, uint16_t cic, const char *remote);
struct media_ctx *must_open(struct world *w, struct listener *l, uint16_t cic, const char *remote);
struct media_ctx *opened(struct world *w, struct listener *l, uint16_t cic, const char *remote);

/* Runs the case with logging off (VERBOSE set: on); what main() returns. */
int run_tests(const char *name, TCase *t);

#endif
