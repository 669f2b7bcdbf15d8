# SPDX-License-Identifier: GPL-3.0-or-later
libisup_a_SOURCES += isup/isup.h isup/isup_codes.h isup/isup_values.h
