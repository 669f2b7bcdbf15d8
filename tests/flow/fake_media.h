/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A media gateway on paper: what it is asked is told in lines of text, when and how it answers is
 * told by the flow. */
#ifndef TOLLGATE_TESTS_FAKE_MEDIA_H
#define TOLLGATE_TESTS_FAKE_MEDIA_H

#include "gw/media.h"

enum { FAKE_MEDIA_MAX_SAID = 128 };

struct media_gw *fake_media_new(void *ctx);
/* "ok": answers at once; "slow": only at "answer"; "fail N": refuses with cause N; "dead": away;
 * "answer": what waits is answered now; "mute": it
 * no longer tells what it is asked; "lost N": every context is lost with cause N. Checks of
 * continuity wait for "passed" or "failed"; after "passes" and "fails" they do so at once; "unfit",
 * "fit": there are none. "toneless": it plays none from now on. false: not understood. */
bool fake_media_do(struct media_gw *gw, const char *what);
/* The oldest line not yet taken: "open cic=1 recvonly", "modify cic=1 sendrecv remote", "close
 * cic=1", "tone cic=1 ring", "tone cic=1 none", "check cic=1", "silence cic=1". */
bool fake_media_take(struct media_gw *gw, char *text, size_t size);
unsigned int fake_media_contexts(const struct media_gw *gw);

#endif
