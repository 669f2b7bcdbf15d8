# SPDX-License-Identifier: GPL-3.0-or-later
# The SIP edge; the only part that is compiled against sofia-sip.
noinst_LIBRARIES += libsip.a
libsip_a_SOURCES = gw/sip.h gw/sip_priv.h gw/sip_dialog.h gw/sip_stack.c gw/sip_loop.c gw/sip_invite.c gw/sip_admit.c gw/sip_trace.c gw/sip_tick.c gw/sip_dns.c gw/sip_msg.c gw/sip_out.c \
	gw/sip_send.c gw/sip_check.c gw/sip_leg.c gw/sip_uac.c gw/sip_uas.c gw/sip_reply.c gw/sip_indialog.c \
	gw/sip_offer.c gw/sip_info.c gw/sip_text.c gw/sip_text.h gw/sip_text_invite.c
libsip_a_CPPFLAGS = $(AM_CPPFLAGS) $(SOFIA_CFLAGS)
