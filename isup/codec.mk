# SPDX-License-Identifier: GPL-3.0-or-later
libisup_a_SOURCES += isup/isup.h isup/isup_codes.h isup/isup_values.h isup/dialect.h isup/kind.h \
	isup/names.h isup/explain.h isup/elements.h isup/compat.h isup/octets.h isup/fields.h isup/ansi_values.h \
	isup/rows.h isup/rows_24.h isup/out.h isup/itu_messages.c isup/itu_params.c isup/ansi_messages.c \
	isup/ansi_params.c isup/itu92_tables.c isup/etsi_tables.c isup/china_tables.c isup/russia_tables.c \
	isup/dialect.c isup/decode.c isup/encode.c \
	isup/message.c isup/compat.c isup/fields.c isup/kind_bits.c isup/kind_number.c isup/kind_cause.c \
	isup/kind_range.c isup/kind_bcd.c isup/kind_known.c isup/kind_compat.c \
	isup/value_names.c isup/ansi_names.c isup/explain.c isup/explain_cause.c isup/explain_elements.c \
	isup/elements.c isup/text.c isup/json.c isup/parse.c isup/cause_name.c isup/generate.c

bin_PROGRAMS += tollgate-isup
tollgate_isup_SOURCES = isup/tool_isup.c isup/tool_page.c isup/tool_page.h
tollgate_isup_LDADD = libisup.a
dist_man_MANS += docs/tollgate-isup.1
