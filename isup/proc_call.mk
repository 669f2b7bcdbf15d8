# SPDX-License-Identifier: GPL-3.0-or-later
# procedures of a call
libisup_a_SOURCES += isup/call_config.h isup/call_parts.h isup/call_timer.c isup/suspend.h isup/suspend.c
libisup_a_SOURCES += isup/seizure.h isup/seizure.c
libisup_a_SOURCES += isup/segment.h isup/segment.c isup/send.c isup/hold.c isup/cpci_begin.c isup/inform.c isup/overlap.h isup/overlap.c
libisup_a_SOURCES += isup/unknown.h isup/unknown.c isup/unexpected.c
