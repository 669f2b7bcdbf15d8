# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libmtp.a
libmtp_a_SOURCES = gw/mtp.c gw/mtp_pipe.c gw/mtp_local.c gw/m3ua_check.c gw/m3ua_msg.c \
	gw/mtp_sigtran.c gw/mtp_sigtran_lm.c gw/mtp_sigtran_fd.c gw/mtp_sigtran_rx.c gw/mtp_sigtran_tx.c \
	gw/mtp_sigtran_sls.c gw/mtp_sigtran_dest.c gw/mtp_sigtran_sctp.c gw/mtp_sigtran_vty.c gw/mtp_sigtran_pc.c gw/mtp_pc.h \
	gw/mtp.h gw/mtp_impl.h gw/mtp_sigtran.h gw/mtp_sigtran_types.h gw/m3ua_check.h gw/m3ua_msg.h
libmtp_a_CFLAGS = $(AM_CFLAGS) $(SIGTRAN_CFLAGS) $(SCTP_CFLAGS) $(VTY_CFLAGS)
MTP_LIBS = libmtp.a $(SIGTRAN_LIBS) $(SCTP_LIBS) $(VTY_LIBS) $(OSMO_LIBS)
