# SPDX-License-Identifier: GPL-3.0-or-later
# The service with its sandbox, its user, its directories and the rotation of its call records.
EXTRA_DIST += systemd/tollgate.service.in systemd/tmpfiles.d/tollgate.conf.in
SYSTEMD_MADE = systemd/tollgate.service systemd/tmpfiles.d/tollgate.conf
CLEANFILES += $(SYSTEMD_MADE)

$(SYSTEMD_MADE): %: %.in Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(SED) -e 's|@sbindir[@]|$(sbindir)|g' -e 's|@sysconfdir[@]|$(sysconfdir)|g' \
		$(srcdir)/$@.in >$@.tmp && mv $@.tmp $@

sysusersdir = $(prefix)/lib/sysusers.d
tmpfilesdir = $(prefix)/lib/tmpfiles.d
logrotatedir = $(sysconfdir)/logrotate.d
dist_logrotate_DATA = systemd/logrotate.d/tollgate

if INSTALL_UNITS
systemdsystemunit_DATA = systemd/tollgate.service
dist_sysusers_DATA = systemd/sysusers.d/tollgate.conf
tmpfiles_DATA = systemd/tmpfiles.d/tollgate.conf
else
noinst_DATA = $(SYSTEMD_MADE)
EXTRA_DIST += systemd/sysusers.d/tollgate.conf
endif
