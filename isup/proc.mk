# SPDX-License-Identifier: GPL-3.0-or-later
libisup_a_SOURCES += isup/circuit.h isup/tdefs.c
