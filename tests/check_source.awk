# SPDX-License-Identifier: GPL-3.0-or-later
# Reads C files (paths relative to the top) and prints what breaks the rules of the house as "FILE:LINE: text".
# The rules: who may include whom, what pure files may not do, and the budgets of docs/ARCHITECTURE.md.

function say(text) { printf "%s:%d: %s\n", FILENAME, FNR, text; n_said++ }

# --- limits, and the few files that have others ---

function file_limit(f)
{
	if (f ~ /\.h$/)
		return f in long_header ? long_header[f] : 120
	if (f ~ /^tests\//)
		return 1000
	if (f ~ /_(tables|rows|messages|params|fields|names)\.c$/ || f ~ /\/(rows|fields|codes)\.c$/)
		return 600
	return 400
}

BEGIN {
	# an interface that others read as one page, or what the files of one large part share
	n = split("isup/isup.h isup/isup_codes.h isup/circuit.h gw/sip.h gw/map.h gw/cc.h config/config.h config/internal.h " \
		  "gw/sip_priv.h gw/mtp_sigtran.h gw/media_mgcp.h gw/exchange/exchange.h gw/exchange/scenario.h " \
		  "isup/process.h isup/processes.h gw/map_rule.h gw/cc.h", f, " ")
	for (i = 1; i <= n; i++)
		long_header[f[i]] = 260
	long_header["config/config.h"] = 320	# a line for each setting
	# their parameters are those of a message or a primitive; a struct would only repeat them
	n = split("isup_init_cause isup_transfer_ind st_dest_send sdp_rewrite_origin sip_leg_invite " \
		  "map_failure_to_release map_release_to_bye map_release_to_response isup_trace on_trace", f, " ")
	for (i = 1; i <= n; i++)
		many_params[f[i]] = 1
	# mutable and static, with the reason beside them in the file: one VTY in a process
	mutable["config/vty.c", "the_config"] = 1
	mutable["gw/main.c", "starting"] = 1
	mutable["gw/mtp_sigtran_vty.c", "settings"] = 1
	mutable["config/read.c", "reading"] = 1
}

# --- what kind of file ---

function folder(f) { sub(/\/.*/, "", f); return f }
function base(f) { sub(/.*\//, "", f); return f }
function is_pure(f) { return f ~ /^gw\/(map|sipt|sdp|uri|text|route|overlap|screening)(_[a-z0-9_]*)?\.[ch]$/ }
function is_table_build(f) { return f == "gw/route.c" }
function is_program(f) { return base(f) ~ /^(main|tool_[a-z_]*)\.c$/ }
# tables of the dialects: adding one takes rows and no code
function is_rows(f) { return f ~ /^isup\/[a-z0-9]+_(tables|messages|params)\.c$/ }
function is_test(f) { return f ~ /^tests\// }
# the edges of gw/: none knows another's interface
function edge(f)
{
	f = base(f)
	if (f ~ /^(mtp|m3ua)/) return "mtp"
	if (f ~ /^sip([_.])/) return "sip"
	if (f ~ /^media/) return "media"
	if (f ~ /^cdr/) return "cdr"
	return ""
}

# --- includes ---

function allowed_folders(d)
{
	if (d == "gw") return " gw isup mgcp config "
	if (d == "media") return " media mgcp "
	return " " d " "
}

function check_quoted(inc,	d, e)
{
	if (is_test(FILENAME))
		return
	d = folder(FILENAME)
	if (inc !~ /\//)
		say("include \"" inc "\": give the path from the top")
	else if (index(allowed_folders(d), " " folder(inc) " ") == 0)
		say("include \"" inc "\": " d "/ must not know " folder(inc) "/")
	if (is_pure(FILENAME) && inc ~ /^gw\// && !is_pure(inc) && inc !~ /^gw\/(cc|sip)\.h$/)
		say("include \"" inc "\": a pure file knows values and pure files only")
	if (is_pure(FILENAME) && inc ~ /^(config|mgcp)\//)
		say("include \"" inc "\": a pure file of gw/ knows isup/ only")
	e = edge(FILENAME)
	if (d == "gw" && e != "" && inc ~ /^gw\// && edge(inc) != "" && edge(inc) != e)
		say("include \"" inc "\": the " e " edge must not know the " edge(inc) " edge")
	if (d == "gw" && e != "" && inc ~ /^isup\/circuit\.h$/)
		say("include \"" inc "\": an edge must not know ISUP's processes")
}

function check_system(inc,	d)
{
	if (is_test(FILENAME))
		return
	d = folder(FILENAME)
	if (inc ~ /^sofia-sip\// && FILENAME !~ /^gw\/sip_[a-z0-9_]*\.[ch]$/)
		say("include <" inc ">: sofia-sip is visible in gw/sip_* only")
	if (inc ~ /^osmocom\/sigtran\// && FILENAME !~ /^gw\/(mtp_sigtran|m3ua_)[a-z0-9_]*\.[ch]$/)
		say("include <" inc ">: libosmo-sigtran is visible in gw/mtp_sigtran* and gw/m3ua_* only")
	if (inc ~ /^spandsp/ && d != "media")
		say("include <" inc ">: spandsp is visible in media/ only")
	if (inc ~ /^osmocom\/vty\// && d != "config" && d != "gw")
		say("include <" inc ">: " d "/ has no command line")
	if (d ~ /^(isup|mgcp)$/ && !is_program(FILENAME) && inc ~ /^(sys\/socket|netinet\/.*|arpa\/inet|netdb|osmocom\/core\/(socket|select))\.h$/)
		say("include <" inc ">: " d "/ has no sockets")
	if (is_pure(FILENAME) && inc ~ /^(osmocom\/core\/(socket|select|timer|logging|msgb|fsm|tdef)|sys\/.*|netinet\/.*|time|pthread|unistd|fcntl)\.h$/ &&
	    inc != "sys/types.h")
		say("include <" inc ">: a pure file has no I/O, log or clock")
	if (is_pure(FILENAME) && !is_table_build(FILENAME) && inc == "osmocom/core/talloc.h")
		say("include <" inc ">: a pure file does not allocate")
}

function check_include(line,	inc)
{
	inc = line
	if (line ~ /^#[ \t]*include[ \t]*"/) {
		sub(/^[^"]*"/, "", inc); sub(/".*/, "", inc)
		check_quoted(inc)
	} else if (line ~ /^#[ \t]*include[ \t]*</) {
		sub(/^[^<]*</, "", inc); sub(/>.*/, "", inc)
		check_system(inc)
	}
}

# --- the text without comments and strings ---

function code_of(line,	out, at, tok, rest)
{
	out = ""
	while (1) {
		if (in_comment) {
			at = index(line, "*/")
			if (at == 0)
				return out
			line = substr(line, at + 2)
			in_comment = 0
		}
		if (!match(line, /"([^"\\]|\\.)*"|'([^'\\]|\\.)*'|\/\*|\/\//))
			return out line
		tok = substr(line, RSTART, 2)
		rest = substr(line, RSTART + RLENGTH)
		out = out substr(line, 1, RSTART - 1)
		if (tok == "//") {
			say("a // comment")
			return out
		}
		if (tok == "/*")
			in_comment = 1
		else
			out = out "\"\""
		line = rest
	}
}

# --- lines ---

function width(s,	i, w, c)
{
	if (length(s) <= 40)
		return 0
	w = 0
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		if (c == "\t")
			w += 8 - w % 8
		else if (c < "\200" || c >= "\300")	# an octet that continues a UTF-8 character has no width
			w++
	}
	return w
}

function check_line(line)
{
	if (width(line) > 100)
		say("line of " width(line) " columns, 100 are allowed")
	if (line ~ /[ \t]$/)
		say("white space at the end of the line")
	if (line ~ /^\t*        / && line !~ /^\t* +\*/)
		say("eight blanks where a tab should be")
	if (line ~ /(^|[^A-Za-z_])(TODO|FIXME)([^A-Za-z_]|$)/)
		say("a thing to do: write an issue")
}

function check_words(code)
{
	if (is_test(FILENAME))
		return
	if (match(code, /(^|[^A-Za-z0-9_])(strcpy|strcat|sprintf|vsprintf|atoi|strtok|alloca|gets)[ \t]*\(/))
		say("banned: " substr(code, RSTART, RLENGTH))
	if (!is_pure(FILENAME))
		return
	if (match(code, /(^|[^A-Za-z0-9_])(LOGP|LOGPFSML|printf|fprintf|fopen|open|read|write|socket|send|recv|sendto|recvfrom|time|clock_gettime|gettimeofday|getenv|rand|random)[ \t]*\(/))
		say("a pure file has no I/O, log or clock: " substr(code, RSTART, RLENGTH))
	if (match(code, /(^|[^A-Za-z0-9_])(malloc|calloc|realloc|strdup|strndup|asprintf|osmo_[a-z_]*_alloc|msgb_alloc)[ \t]*\(/) ||
	    (!is_table_build(FILENAME) && match(code, /(^|[^A-Za-z0-9_])talloc_[a-z_]*[ \t]*\(/)))
		say("a pure file does not allocate: " substr(code, RSTART, RLENGTH))
}

# A variable that can change and lives as long as the process. FSM classes and libosmovty's elements must be such.
function check_static(code,	name)
{
	if (is_test(FILENAME) || code !~ /^\t*(static|struct|unsigned|int|bool|char|uint[0-9]*_t|size_t) /)
		return
	if (code !~ /^static/ && (code ~ /^\t/ && code !~ /^\t+static/))
		return
	if (code ~ /^\t*static/ ? 0 : in_function || in_struct)
		return
	if (code !~ /[=;\[]/ || code ~ /^[^=\[]*\(/ || code ~ /^(struct|enum) [a-z_0-9]*( *\{|;)/ || code ~ /inline/)
		return
	if (code ~ /^\t*static const / && code !~ /^\t*static const [a-z_0-9 ]*\*+ *[a-z_0-9]+ *(\[[^]]*\])* *[=;]/)
		return
	if (code ~ /\* *const / || code ~ /struct (osmo_fsm|cmd_node|cmd_element|osmo_tdef|vty_app_info|osmo_ss7_user|llist_head osmo_fsm) / || code ~ /^const /)
		return
	name = code
	sub(/ *[=;\[].*/, "", name); sub(/.*[ *]/, "", name)
	if (!((FILENAME, name) in mutable))
		say("mutable static: " name)
}

# --- functions: a brace alone at the left opens one, as habit has it ---

function n_params(sig,	depth, i, c, n)
{
	n = 1
	for (i = 1; i <= length(sig); i++) {
		c = substr(sig, i, 1)
		if (c == "(") depth++
		else if (c == ")") depth--
		else if (c == "," && depth == 1) n++
	}
	return n
}

function name_of(sig)
{
	sub(/ *\(.*/, "", sig)
	sub(/.*[ *]/, "", sig)
	return sig
}

function check_function(code)
{
	if (code ~ /^[A-Za-z_].*\(/ && code !~ /;[ \t]*$/)
		signature = ""
	if (!in_function)
		signature = signature code
	if (code ~ /^\{/) {
		in_function = FNR
		if (is_rows(FILENAME))
			say("a function where rows only belong: " name_of(signature))
		if (signature !~ /^(START_TEST|DEFUN|ALIAS)/ && !is_test(FILENAME) && n_params(signature) > 5 &&
		    !(name_of(signature) in many_params))
			say("more than 5 parameters: " name_of(signature))
	} else if (code ~ /^\}/) {
		if (in_function && FNR - in_function - 1 > 60)
			say("function of " FNR - in_function - 1 " lines, 60 are allowed")
		in_function = 0
		signature = ""
	}
	if (in_function && code ~ /^\t\t\t\t\t*(if|for|while|switch|do)([ \t(]|$)/)
		say("nested deeper than 3")
	if (!in_function && code ~ /^(struct|union|enum|typedef|static const struct|static struct|extern)?.*\{[ \t]*$/ && code !~ /^\{/)
		in_struct = 1
	if (in_struct && code ~ /^\}/)
		in_struct = 0
}

# --- files ---

function check_end(f, lines,	limit)
{
	limit = file_limit(f)
	if (lines > limit)
		printf "%s:%d: %d lines, %d are allowed\n", f, lines, lines, limit
	if (f ~ /\.h$/ && !guarded && !is_test(f))
		printf "%s:1: no header guard TOLLGATE_...\n", f
}

FNR == 1 {
	if (last_file != "")
		check_end(last_file, last_lines)
	in_comment = in_function = in_struct = guarded = 0
	signature = ""
	if (FILENAME ~ /tests\/lab\/ss7sg\.c$/) # linked with libss7, which is under version 2
		licence = "GPL-2.0-or-later"
	else
		licence = "GPL-3.0-or-later"
	if ($0 != "/* SPDX-License-Identifier: " licence " */")
		say("the first line must be the SPDX licence")
}

FNR == 2 && $0 !~ /^\/\* [A-Za-z"`]/ { say("the second line must say what the file is") }

{
	last_file = FILENAME
	last_lines = FNR
	check_include($0)
	if (FNR <= 12 && $0 ~ /^#ifndef TOLLGATE_[A-Z0-9_]*_H$/)
		guarded = 1
	check_line($0)
	code = code_of($0)
	check_words(code)
	check_static(code)
	check_function(code)
}

END { if (last_file != "") check_end(last_file, last_lines) }
