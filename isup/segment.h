/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simple segmentation (Q.764 2.1.12): a message longer than MTP carries goes in two parts, the
 * second in SGM. Pure functions. */
#ifndef TOLLGATE_ISUP_SEGMENT_H
#define TOLLGATE_ISUP_SEGMENT_H

#include "isup/isup.h"

/* The message says that a second part follows (optional forward or backward call indicators). */
bool isup_is_segmented(const struct isup_msg *m);

/* m in two parts, each of at most max octets when encoded with its CIC: first has what MTP carries
 * at once and says that SGM follows, sgm the rest. Only parameters that SGM may have can move
 * (access transport, user-to-user information, generic digits, notifications and numbers). When
 * user-to-user information finds no room beside access transport it is left out (b). 0, or
 * -EMSGSIZE: it does not fit two parts; -EINVAL: messages of this type, or of this dialect, are
 * not divided. */
int isup_segment_split(struct isup_msg *first, struct isup_msg *sgm, const struct isup_msg *m,
		       size_t max);

/* The two parts as one message, which says no longer that there is more. Parameters that do not
 * belong into an SGM are not taken. 0, or -EMSGSIZE: more than a message holds, the first part
 * alone is what there is. */
int isup_segment_join(struct isup_msg *m, const struct isup_msg *first, const struct isup_msg *sgm);

#endif
