# SPDX-License-Identifier: GPL-3.0-or-later
libisup_a_SOURCES += isup/circuit.h isup/process.h isup/limit.h isup/limit.c isup/congestion.h isup/congestion.c isup/peer.h isup/call.h isup/processes.h \
	isup/stack.c isup/peer.c isup/group.c isup/idle.c isup/hunt.c isup/circuit.c isup/tdefs.c \
	isup/call.c isup/cpci.c isup/cpco.c isup/release.c isup/reset.c isup/blocking.c \
	isup/group_reset.c isup/group_blocking.c isup/query.c isup/confusion.c isup/unknown_par.c \
	isup/availability.c isup/pump.c isup/repeat.h isup/repeat.c \
	isup/continuity.h isup/continuity.c isup/continuity_in.c isup/continuity_out.c \
	isup/audit.h isup/audit.c \
	isup/maintenance.h isup/maintenance.c isup/ranged.h isup/ranged.c isup/group_block.h isup/group_block.c \
	isup/mismatch.h isup/mismatch.c isup/timers.h isup/timers.c isup/twice.c \
	isup/resume.c isup/validation.c isup/reservation.c
