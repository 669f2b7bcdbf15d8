# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libmgcp.a
libmgcp_a_SOURCES = \
	mgcp/codes.c \
	mgcp/decode.c \
	mgcp/encode.c \
	mgcp/history.c \
	mgcp/history.h \
	mgcp/mgcp.h \
	mgcp/rows.c \
	mgcp/rows.h \
	mgcp/text.c \
	mgcp/transaction.c \
	mgcp/transaction.h
