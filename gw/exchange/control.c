/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands by line from a file descriptor, and the lines that answer them later or come unasked. */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include <osmocom/core/select.h>
#include <osmocom/core/utils.h>
#include <talloc.h>

#include "gw/exchange/circuit.h"
#include "gw/exchange/control.h"

enum { MAX_WAITING = 64, ACK_SECONDS = 5 };

struct waiting {
	uint16_t cic;
	uint8_t type;
	char what[32];
	struct osmo_timer_list timer;
	struct control *ctl;
};

struct control {
	struct exchange *x;
	struct osmo_fd fd;
	size_t n;
	char line[SCN_MAX_TEXT];
	struct waiting waiting[MAX_WAITING];	/* acknowledgements; type 0: free */
};

void control_reply(struct exchange *x, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfprintf(x->cfg.out, fmt, ap);
	va_end(ap);
	fputc('\n', x->cfg.out);
	fflush(x->cfg.out);
}

static void ack_timeout(void *data)
{
	struct waiting *w = data;

	w->type = 0;
	control_reply(w->ctl->x, "error %s: no answer", w->what);
}

void control_await(struct exchange *x, uint16_t cic, uint8_t type, const char *what)
{
	struct waiting *w;
	unsigned int i;

	for (i = 0; x->control && i < MAX_WAITING; i++) {
		w = &x->control->waiting[i];
		if (w->type)
			continue;
		w->cic = cic;
		w->type = type;
		w->ctl = x->control;
		osmo_strlcpy(w->what, what, sizeof(w->what));
		osmo_timer_setup(&w->timer, ack_timeout, w);
		osmo_timer_schedule(&w->timer, ACK_SECONDS, 0);
		return;
	}
	control_reply(x, "error %s: too many commands wait", what);
}

bool control_rx(struct exchange *x, const struct isup_msg *m)
{
	struct waiting *w;
	unsigned int i;

	for (i = 0; x->control && i < MAX_WAITING; i++) {
		w = &x->control->waiting[i];
		if (!w->type || w->type != m->type || w->cic != m->cic)
			continue;
		w->type = 0;
		osmo_timer_del(&w->timer);
		control_reply(x, "ok %s %s", w->what, isup_mt_name(m->dialect, m->type));
		return true;
	}
	return false;
}

void control_call_ended(struct circuit *c, const char *why)
{
	if (c->x->cfg.events)
		control_reply(c->x, "end %" PRIu64 " cic %u %s%s%s%s", c->call.id, c->cic,
			      c->answered ? "answered " : "", why ? "failed" : "passed",
			      why ? ": " : "", why ? why : "");
}

void control_available(struct exchange *x)
{
	if (x->cfg.events)
		control_reply(x, x->reachable ? "available" : "unavailable");
}

void control_message(struct exchange *x, const struct isup_msg *m)
{
	char text[ISUP_MAX_TEXT];

	isup_print_line(text, sizeof(text), m);
	control_reply(x, "message %s", text);
}

/* Whole lines out of what has come. */
static void take_lines(struct control *ctl)
{
	char *end;

	ctl->line[ctl->n] = '\0';
	while ((end = memchr(ctl->line, '\n', ctl->n))) {
		*end++ = '\0';
		if (end - ctl->line > 1 && end[-2] == '\r')
			end[-2] = '\0';
		control_command(ctl->x, ctl->line);
		ctl->n -= end - ctl->line;
		memmove(ctl->line, end, ctl->n);
	}
	if (ctl->n == sizeof(ctl->line) - 1) {
		control_reply(ctl->x, "error line too long");
		ctl->n = 0;
	}
}

static int fd_cb(struct osmo_fd *ofd, unsigned int what)
{
	struct control *ctl = ofd->data;
	ssize_t n = read(ofd->fd, ctl->line + ctl->n, sizeof(ctl->line) - 1 - ctl->n);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (n <= 0) {
		osmo_fd_unregister(ofd);
		ofd->fd = -1;
		exchange_stop(ctl->x);
		return 0;
	}
	ctl->n += n;
	take_lines(ctl);
	return 0;
}

int control_open(struct exchange *x, int fd)
{
	struct control *ctl = talloc_zero(x, struct control);

	ctl->x = x;
	x->control = ctl;
	osmo_fd_setup(&ctl->fd, fd, OSMO_FD_READ, fd_cb, ctl, 0);
	return osmo_fd_register(&ctl->fd);
}

void control_close(struct exchange *x)
{
	unsigned int i;

	if (!x->control)
		return;
	for (i = 0; i < MAX_WAITING; i++)
		osmo_timer_del(&x->control->waiting[i].timer);
	if (x->control->fd.fd >= 0)
		osmo_fd_unregister(&x->control->fd);
	TALLOC_FREE(x->control);
}
