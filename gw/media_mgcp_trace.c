/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes to a media gateway and comes from it, for people: at log level DEBUG. */
#include <string.h>

#include "gw/media_mgcp.h"

static void lines(const struct mg_gw *gw, const char *way, char *text)
{
	char *line, *save;

	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		LOGP(gw->log_cat, LOGL_DEBUG, "%s %s: %s\n", way, gw->base.name, line);
}

void mg_trace(const struct mg_gw *gw, bool sent, const char *buf, size_t len)
{
	const char *way = sent ? "to" : "from";
	struct mgcp_rd rd = mgcp_rd(buf, len);
	char text[2 * MGCP_MAX_DATAGRAM];
	struct mgcp_fault f;
	struct mgcp_msg m;
	int rc;

	if (!log_check_level(gw->log_cat, LOGL_DEBUG))
		return;
	while ((rc = mgcp_decode(&m, &rd, &f)) != 0) {
		if (rc < 0)
			LOGP(gw->log_cat, LOGL_DEBUG, "%s %s: %s at octet %zu\n", way,
			     gw->base.name, f.why, f.at);
		else if (mgcp_print(text, sizeof(text), &m) > 0)
			lines(gw, way, text);
	}
}
