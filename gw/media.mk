# SPDX-License-Identifier: GPL-3.0-or-later
# Media edge: back ends of gw/media.h.
noinst_LIBRARIES += libgwmedia.a
libgwmedia_a_SOURCES = \
	gw/media.h \
	gw/media_backend.h \
	gw/media_cause.c \
	gw/media_check.h \
	gw/media_gw.c \
	gw/media_local.c \
	gw/media_mgcp.c \
	gw/media_mgcp.h \
	gw/media_mgcp_ask.c \
	gw/media_mgcp_check.c \
	gw/media_mgcp_ctx.c \
	gw/media_mgcp_gw.c \
	gw/media_mgcp_modify.c \
	gw/media_mgcp_open.c \
	gw/media_mgcp_tell.c \
	gw/media_mgcp_tone.c \
	gw/media_mgcp_trace.c \
	gw/media_name.c \
	gw/media_none.c
