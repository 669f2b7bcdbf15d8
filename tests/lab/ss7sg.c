/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A foreign exchange for the lab: libss7's call control behind an M3UA signalling gateway of one
 * association.
 *
 *   gateway under test (ASP) <-- SCTP, M3UA --> this: SG --- libss7 stack B: the gateway's side
 *                                                              |  MTP2, MTP3 over a socket pair
 *                                                            libss7 stack A: the exchange
 *
 * What stack B's MTP3 would give to its ISUP goes to the ASP instead: libss7 calls isup_receive()
 * through the PLT, so the program's own definition is the one called. Commands on standard input:
 * call CIC CALLED CALLING, rel CIC CAUSE, blo, ubl, rsc CIC, grs CIC LAST, sus, res CIC, quit.
 * (libss7 is under the GPL version 2: this file is a program of its own, linked with nothing of
 * Tollgate.) */
#include <arpa/inet.h>
#include <dlfcn.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <netinet/sctp.h>
#include <libss7.h>

/* Private to libss7 2.0, exported all the same. */
struct routing_label { unsigned int type, dpc, opc; unsigned char sls; };
struct ss7_msg;
struct mtp2;
struct ss7_msg *ss7_msg_new(void);
unsigned char *ss7_msg_userpart(struct ss7_msg *m);
void ss7_msg_userpart_len(struct ss7_msg *m, int len);
int set_routinglabel(unsigned char *sif, struct routing_label *rl);
int mtp3_transmit(struct ss7 *ss7, unsigned char userpart, struct routing_label rl, int priority,
		  struct ss7_msg *m, struct mtp2 *link);
int isup_receive(struct ss7 *ss7, struct mtp2 *link, struct routing_label *rl, unsigned char *buf,
		 int len);

enum { MAX_CICS = 4096, NI_NATIONAL = 2, SI_ISUP = 5, M3UA_PPID = 3 };

static struct {
	struct ss7 *stack[2];		/* A: the exchange, B: the gateway's side */
	int pair[2];
	unsigned int gateway_pc, exchange_pc;
	int listener, asp;
	bool active, has_rc;
	uint32_t rc;
	double answer_after;		/* seconds */
	struct isup_call *calls[MAX_CICS];
	double answer_at[MAX_CICS];
} sg = { .gateway_pc = 0x111, .exchange_pc = 0x222, .asp = -1, .answer_after = 0.3 };

#define A (sg.stack[0])
#define B (sg.stack[1])

static double now(void)
{
	struct timeval t;

	gettimeofday(&t, NULL);
	return t.tv_sec + t.tv_usec / 1e6;
}

static void quiet(struct ss7 *s, char *text)
{
	if (getenv("V"))
		fprintf(stderr, "%s %s", s == A ? "A" : "B", text);
}

/* --- M3UA --- */

static void put32(unsigned char *p, uint32_t v)
{
	v = htonl(v);
	memcpy(p, &v, 4);
}

static uint32_t get32(const unsigned char *p)
{
	uint32_t v;

	memcpy(&v, p, 4);
	return ntohl(v);
}

static void m3ua_send(int class, int type, const unsigned char *pars, int n, int stream)
{
	unsigned char b[1024] = { 1, 0, class, type };

	if (sg.asp < 0 || n + 8 > (int)sizeof(b))
		return;
	put32(b + 4, 8 + n);
	memcpy(b + 8, pars, n);
	if (sctp_sendmsg(sg.asp, b, 8 + n, NULL, 0, htonl(M3UA_PPID), 0, stream, 0, 0) < 0)
		perror("sctp_sendmsg");
}

static int put_rc(unsigned char *p)
{
	const unsigned char head[4] = { 0, 6, 0, 8 };

	if (!sg.has_rc)
		return 0;
	memcpy(p, head, 4);
	put32(p + 4, sg.rc);
	return 8;
}

static void m3ua_data(const struct routing_label *rl, const unsigned char *sif, int len)
{
	unsigned char p[700];
	int n = put_rc(p), l = 4 + 12 + len;

	if (n + l + 3 > (int)sizeof(p))
		return;
	p[n] = 2;
	p[n + 1] = 0x10;
	p[n + 2] = l >> 8;
	p[n + 3] = l;
	put32(p + n + 4, rl->opc);
	put32(p + n + 8, rl->dpc);
	p[n + 12] = SI_ISUP;
	p[n + 13] = NI_NATIONAL;
	p[n + 14] = 0;
	p[n + 15] = rl->sls;
	memcpy(p + n + 16, sif, len);
	for (n += l; n & 3; n++)
		p[n] = 0;
	m3ua_send(1, 1, p, n, 1);
}

static void notify_as(int state)
{
	unsigned char s[16] = { 0, 13, 0, 8, 0, 1, 0, state };

	m3ua_send(0, 1, s, 8 + put_rc(s + 8), 0);
}

/* DATA from the ASP goes down stack B's MTP3. */
static void data_from_asp(const unsigned char *pd, int len)
{
	struct routing_label rl = { SS7_ITU, get32(pd + 4), get32(pd), pd[11] };
	struct ss7_msg *m = ss7_msg_new();
	unsigned char *sif = ss7_msg_userpart(m);
	int n = set_routinglabel(sif, &rl);

	memcpy(sif + n, pd + 12, len - 12);
	ss7_msg_userpart_len(m, n + len - 12);
	mtp3_transmit(B, SI_ISUP, rl, 0, m, NULL);
}

static void asp_message(const unsigned char *b, int n, const unsigned char *pd, int pd_len)
{
	unsigned char rc[8];
	int n_rc = put_rc(rc);

	switch (b[2] << 8 | b[3]) {
	case 0x0301:
		m3ua_send(3, 4, NULL, 0, 0);
		notify_as(2);
		break;
	case 0x0302:
		sg.active = false;
		m3ua_send(3, 5, NULL, 0, 0);
		break;
	case 0x0303:
		m3ua_send(3, 6, b + 8, n - 8, 0);
		break;
	case 0x0401:
		sg.active = true;
		printf("ASP active\n");
		m3ua_send(4, 3, rc, n_rc, 0);
		notify_as(3);
		break;
	case 0x0402:
		sg.active = false;
		m3ua_send(4, 4, rc, n_rc, 0);
		break;
	case 0x0203:
		m3ua_send(2, 2, b + 8, n - 8, 0);
		break;
	case 0x0101:
		if (pd && pd_len > 14)
			data_from_asp(pd, pd_len);
		break;
	}
}

static void from_asp(const unsigned char *b, int n)
{
	const unsigned char *p = b + 8, *end = b + n, *pd = NULL;
	int pd_len = 0;

	while (end - p >= 4) {
		int tag = p[0] << 8 | p[1], len = p[2] << 8 | p[3];

		if (len < 4 || len > end - p)
			break;
		if (tag == 6 && len >= 8) {
			sg.rc = get32(p + 4);
			sg.has_rc = true;
		} else if (tag == 0x210) {
			pd = p + 4;
			pd_len = len - 4;
		}
		p += (len + 3) & ~3;
	}
	asp_message(b, n, pd, pd_len);
}

/* The interception. */
int isup_receive(struct ss7 *ss7, struct mtp2 *link, struct routing_label *rl, unsigned char *buf,
		 int len)
{
	static int (*real)(struct ss7 *, struct mtp2 *, struct routing_label *, unsigned char *,
			   int);

	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "isup_receive");
	if (ss7 == A)
		return real(ss7, link, rl, buf, len);
	if (sg.active)
		m3ua_data(rl, buf, len);
	return 0;
}

/* --- the exchange --- */

static struct isup_call *fresh(int cic)
{
	return sg.calls[cic % MAX_CICS] = isup_new_call(A, cic, sg.gateway_pc, 1);
}

/* Numbers with 999 in them do not exist; all others ring and answer. */
static void on_iam(const ss7_event_iam *iam)
{
	int i = iam->cic % MAX_CICS;

	printf("IAM cic %d called %s nai %d calling %s nai %d\n", iam->cic, iam->called_party_num,
	       iam->called_nai, iam->calling_party_num, iam->calling_nai);
	sg.calls[i] = iam->call;
	if (strstr(iam->called_party_num, "999")) {
		isup_rel(A, iam->call, 1);
		return;
	}
	isup_acm(A, iam->call);
	isup_cpg(A, iam->call, CPG_EVENT_ALERTING);
	sg.answer_at[i] = now() + sg.answer_after;
}

static void on_rel(const ss7_event_rel *rel)
{
	printf("REL cic %d cause %d\n", rel->cic, rel->cause);
	sg.answer_at[rel->cic % MAX_CICS] = 0;
	isup_rlc(A, rel->call);
	sg.calls[rel->cic % MAX_CICS] = NULL;
}

static void on_event(ss7_event *e)
{
	unsigned char status[256] = { 0 };

	switch (e->e) {
	case ISUP_EVENT_IAM:
		on_iam(&e->iam);
		break;
	case ISUP_EVENT_ACM:
		printf("ACM cic %d\n", e->acm.cic);
		break;
	case ISUP_EVENT_ANM:
		printf("ANM cic %d\n", e->anm.cic);
		break;
	case ISUP_EVENT_CON:
		printf("ANM cic %d\n", e->con.cic);
		break;
	case ISUP_EVENT_REL:
		on_rel(&e->rel);
		break;
	case ISUP_EVENT_RLC:
		printf("RLC cic %d\n", e->rlc.cic);
		sg.calls[e->rlc.cic % MAX_CICS] = NULL;
		break;
	case ISUP_EVENT_RSC:
		isup_rlc(A, e->rsc.call);
		break;
	case ISUP_EVENT_GRS:
		isup_gra(A, e->grs.call, e->grs.endcic, status);
		break;
	case ISUP_EVENT_GRA:
		isup_free_call(A, e->gra.call);
		break;
	case ISUP_EVENT_BLO:
		isup_bla(A, e->blo.call);
		break;
	case ISUP_EVENT_UBL:
		isup_uba(A, e->ubl.call);
		break;
	default:
		break;
	}
}

static void events(struct ss7 *s)
{
	ss7_event *e;

	while ((e = ss7_check_event(s))) {
		if (s == A)
			on_event(e);
		else if (e->e == SS7_EVENT_UP)
			printf("link up\n");
	}
}

static void place(int cic, char *called, char *calling)
{
	struct isup_call *c = fresh(cic);

	isup_set_called(c, called, SS7_NAI_NATIONAL, A);
	isup_set_calling(c, calling, SS7_NAI_NATIONAL, SS7_PRESENTATION_ALLOWED,
			 SS7_SCREENING_NETWORK_PROVIDED);
	isup_set_calling_party_category(c, 10);
	isup_set_tmr(c, 3);
	isup_iam(A, c);
}

static void command(const char *line)
{
	char verb[16] = "", a[64] = "", b[64] = "", c[64] = "";
	struct isup_call *call;
	int cic;

	sscanf(line, "%15s %63s %63s %63s", verb, a, b, c);
	cic = strtol(a, NULL, 10);
	call = sg.calls[cic % MAX_CICS];
	if (!strcmp(verb, "call"))
		place(cic, b, c);
	else if (!strcmp(verb, "rel") && call)
		isup_rel(A, call, strtol(b, NULL, 10));
	else if (!strcmp(verb, "blo"))
		isup_blo(A, fresh(cic));
	else if (!strcmp(verb, "ubl"))
		isup_ubl(A, fresh(cic));
	else if (!strcmp(verb, "rsc"))
		isup_rsc(A, fresh(cic));
	else if (!strcmp(verb, "grs"))
		isup_grs(A, fresh(cic), strtol(b, NULL, 10));
	else if (!strcmp(verb, "sus") && call)
		isup_sus(A, call, 1);
	else if (!strcmp(verb, "res") && call)
		isup_res(A, call, 1);
	else if (!strcmp(verb, "quit"))
		exit(0);
	else
		printf("bad command %s\n", line);
}

/* --- the loop --- */

static void accept_asp(void)
{
	int one = 1, fd = accept(sg.listener, NULL, NULL);

	if (fd < 0)
		return;
	if (sg.asp >= 0)
		close(sg.asp);
	sg.asp = fd;
	sg.active = false;
	setsockopt(fd, IPPROTO_SCTP, SCTP_NODELAY, &one, sizeof(one));
}

static void read_asp(void)
{
	unsigned char b[4096];
	int n = recv(sg.asp, b, sizeof(b), 0);

	if (n >= 8) {
		from_asp(b, n);
	} else if (n <= 0) {
		close(sg.asp);
		sg.asp = -1;
		sg.active = false;
	}
}

/* False at end of input. */
static bool read_commands(void)
{
	char text[1024], *save, *line;
	ssize_t n = read(0, text, sizeof(text) - 1);

	if (n <= 0)
		return false;
	text[n] = '\0';
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		command(line);
	return true;
}

static void answer_due(void)
{
	for (int i = 0; i < MAX_CICS; i++) {
		if (!sg.answer_at[i] || now() < sg.answer_at[i])
			continue;
		sg.answer_at[i] = 0;
		isup_anm(A, sg.calls[i]);
	}
}

static void run_stacks(const struct pollfd *pf)
{
	for (int i = 0; i < 2; i++) {
		ss7_schedule_run(sg.stack[i]);
		if (pf[i].revents & POLLIN)
			ss7_read(sg.stack[i], sg.pair[i]);
		if (pf[i].revents & POLLOUT)
			ss7_write(sg.stack[i], sg.pair[i]);
		events(sg.stack[i]);
	}
}

static void loop(void)
{
	bool input = true;

	for (;;) {
		struct pollfd pf[5] = {
			{ sg.pair[0], ss7_pollflags(A, sg.pair[0]), 0 },
			{ sg.pair[1], ss7_pollflags(B, sg.pair[1]), 0 },
			{ sg.listener, POLLIN, 0 }, { sg.asp, POLLIN, 0 }, { input ? 0 : -1, POLLIN,
			  0 },
		};

		poll(pf, 5, 10);
		if ((pf[0].events | pf[1].events) & POLLOUT)
			/* libss7 always has a fill-in signal unit to send */
			usleep(500);
		run_stacks(pf);
		answer_due();
		if (pf[2].revents & POLLIN)
			accept_asp();
		if (pf[3].revents)
			read_asp();
		if (pf[4].revents)
			input = read_commands();
	}
}

static void stacks_start(void)
{
	socketpair(AF_UNIX, SOCK_DGRAM, 0, sg.pair);
	for (int i = 0; i < 2; i++) {
		sg.stack[i] = ss7_new(SS7_ITU);
		ss7_set_pc(sg.stack[i], i ? sg.gateway_pc : sg.exchange_pc);
		ss7_set_network_ind(sg.stack[i], NI_NATIONAL);
		ss7_add_link(sg.stack[i], SS7_TRANSPORT_DAHDIDCHAN, sg.pair[i], 0,
			     i ? sg.exchange_pc : sg.gateway_pc);
	}
	ss7_start(A);
	ss7_start(B);
}

static int listen_sctp(struct sockaddr_in *sa)
{
	const struct sctp_initmsg init = { .sinit_num_ostreams = 17, .sinit_max_instreams = 17 };
	int one = 1, fd = socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP);

	if (fd < 0)
		return -1;
	setsockopt(fd, IPPROTO_SCTP, SCTP_INITMSG, &init, sizeof(init));
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	return bind(fd, (struct sockaddr *)sa, sizeof(*sa)) || listen(fd, 4) ? -1 : fd;
}

int main(int argc, char **argv)
{
	struct sockaddr_in sa = {
		.sin_family = AF_INET, .sin_port = htons(2905),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int o;

	while ((o = getopt(argc, argv, "g:e:p:l:d:")) > 0) {
		switch (o) {
		case 'g':
			sg.gateway_pc = strtoul(optarg, NULL, 0);
			break;
		case 'e':
			sg.exchange_pc = strtoul(optarg, NULL, 0);
			break;
		case 'p':
			sa.sin_port = htons(strtoul(optarg, NULL, 0));
			break;
		case 'l':
			inet_aton(optarg, &sa.sin_addr);
			break;
		case 'd':
			sg.answer_after = strtod(optarg, NULL) / 1000;
			break;
		default:
			fprintf(stderr,
				"usage: ss7sg [-g GATEWAY-PC] [-e EXCHANGE-PC] [-l ADDRESS] [-p "
				"PORT] [-d ANSWER-MS]\n");
			return 2;
		}
	}
	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, NULL, _IOLBF, 0);
	ss7_set_message(quiet);
	ss7_set_error(quiet);
	sg.listener = listen_sctp(&sa);
	if (sg.listener < 0) {
		perror("ss7sg: SCTP");
		return 1;
	}
	stacks_start();
	loop();
}
