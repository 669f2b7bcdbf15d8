/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simple segmentation (Q.764 2.1.12): one message to two parts, and back. */
#include <errno.h>

#include "isup/dialect.h"
#include "isup/segment.h"

/* What SGM may carry on, in the order in which it leaves its message. */
static const uint8_t movable[] = {
	ISUP_P_ACCESS_TRANSPORT, ISUP_P_UUI, ISUP_P_GENERIC_NUMBER, ISUP_P_GENERIC_DIGITS,
	ISUP_P_NOTIFICATION,
};

/* The indicators that announce a second part, 0: this type has none. */
static uint8_t indicators(uint8_t type)
{
	switch (type) {
	case ISUP_MT_IAM:
		return ISUP_P_OFCI;
	case ISUP_MT_ACM:
	case ISUP_MT_CON:
	case ISUP_MT_ANM:
	case ISUP_MT_CPG:
		return ISUP_P_OBCI;
	}
	return 0;
}

bool isup_is_segmented(const struct isup_msg *m)
{
	struct isup_ofci ofci = {};
	struct isup_obci obci = {};

	switch (indicators(m->type)) {
	case ISUP_P_OFCI:
		return isup_get(m, ISUP_P_OFCI, &ofci) && ofci.segmentation;
	case ISUP_P_OBCI:
		return isup_get(m, ISUP_P_OBCI, &obci) && obci.segmentation;
	}
	return false;
}

/* The indicators are made when they are missing. */
static int announce(struct isup_msg *m, bool more)
{
	struct isup_ofci ofci = {};
	struct isup_obci obci = {};

	if (indicators(m->type) == ISUP_P_OFCI) {
		isup_get(m, ISUP_P_OFCI, &ofci);
		ofci.segmentation = more;
		return isup_set(m, ISUP_P_OFCI, &ofci);
	}
	isup_get(m, ISUP_P_OBCI, &obci);
	obci.segmentation = more;
	return isup_set(m, ISUP_P_OBCI, &obci);
}

static bool fits(const struct isup_msg *m, size_t max)
{
	uint8_t buf[ISUP_MAX_OCTETS];
	ssize_t len = isup_encode(buf, sizeof(buf), m);

	return len >= 0 && (size_t)len <= max;
}

/* All parameters of this code from one message to the end of another. */
static int move(struct isup_msg *to, struct isup_msg *from, uint8_t code)
{
	for (int i = 0; i < from->n_pars; i++) {
		const struct isup_par *p = &from->par[i];

		if (p->code == code &&
		    isup_add_raw(to, code, from->octets + p->off, p->len) < 0)
			return -EMSGSIZE;
	}
	isup_del(from, code);
	return 0;
}

/* One more kind of parameter to the second part, if it has room for it. */
static void try_move(struct isup_msg *first, struct isup_msg *sgm, uint8_t code, size_t max)
{
	struct isup_msg longer = *sgm, shorter = *first;

	if (!isup_has(first, code) || move(&longer, &shorter, code) < 0 || !fits(&longer, max))
		return;
	*first = shorter;
	*sgm = longer;
}

int isup_segment_split(struct isup_msg *first, struct isup_msg *sgm, const struct isup_msg *m,
		       size_t max)
{
	if (!indicators(m->type) || !isup_mt_row(m->dialect, ISUP_MT_SGM))
		return -EINVAL;
	*first = *m;
	if (announce(first, true) < 0)
		return -EMSGSIZE;
	isup_init(sgm, m->dialect, ISUP_MT_SGM, m->cic);
	for (size_t i = 0; i < sizeof(movable) && !fits(first, max); i++)
		try_move(first, sgm, movable[i], max);
	if (!fits(first, max))
		isup_del(first, ISUP_P_UUI);
	return fits(first, max) ? 0 : -EMSGSIZE;
}

int isup_segment_join(struct isup_msg *m, const struct isup_msg *first, const struct isup_msg *sgm)
{
	struct isup_msg rest = *sgm;
	int rc;

	*m = *first;
	rc = announce(m, false);
	for (size_t i = 0; i < sizeof(movable) && rc == 0; i++)
		rc = move(m, &rest, movable[i]);
	if (rc < 0)
		*m = *first;
	return rc;
}
