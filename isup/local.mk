# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libisup.a
libisup_a_SOURCES =
include isup/codec.mk
include isup/proc.mk
include isup/proc_call.mk
