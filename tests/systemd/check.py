#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tollgate.service under the systemd that runs here, from its start to a wrong configuration. Last line: passed or FAILED."""
import json
import os
import pwd
import re
import signal
import socket
import stat
import sys
import time

from host import UNIT, TEST, Exchange, Failed, Phone, expect, journal, options, run, show, systemctl, until, vty

CDR = "/var/log/tollgate/cdr.jsonl"
CONFIG = re.search(r"--config (\S+)", systemctl("cat", UNIT).stdout).group(1)
phone = exchange = None


def pid():
    return int(show("MainPID"))


def status(name):
    with open(f"/proc/{pid()}/status", encoding="ascii") as f:
        return re.search(rf"^{name}:\s*(.*)", f.read(), re.M).group(1).split()


def records():
    try:
        with open(CDR, encoding="utf-8") as f:
            return [json.loads(x) for x in f]
    except FileNotFoundError:
        return []


def active_again(old, restarts):
    """Restarted: another process, which said that it is ready."""
    until("restart", lambda: pid() not in (0, old) and show("ActiveState") == "active" and show("NRestarts") == str(restarts), 30)


def starts():
    r = systemctl("start", UNIT)
    expect(r.returncode == 0, "systemctl start: " + r.stderr)
    expect((show("Type"), show("ActiveState"), show("SubState")) == ("notify", "active", "running"), "is not active")
    until("its word to the watchdog", lambda: show("StatusText") == "0 calls")
    expect(f"serves {CONFIG}" in journal(), "the journal does not have its first line")


def has_no_rights():
    user = pwd.getpwnam("tollgate")
    expect(user.pw_uid not in (0, 65534) and set(status("Uid")) == {str(user.pw_uid)}, f"runs as {status('Uid')}")
    expect(set(status("Gid")) == {str(user.pw_gid)}, f"runs with group {status('Gid')}")
    for caps in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        expect(int(status(caps)[0], 16) == 0, f"has capabilities: {caps}")
    expect(status("NoNewPrivs") == ["1"] and status("Seccomp") == ["2"], "has no seccomp filter")
    for ns in ("mnt", "user", "uts"):
        expect(os.readlink(f"/proc/{pid()}/ns/{ns}") != os.readlink(f"/proc/self/ns/{ns}"), f"is in the host's {ns} namespace")


def is_confined():
    """Another program in the gateway's place says what it may do there."""
    with open("/etc/systemd/system/sandbox.service", "w", encoding="utf-8") as f:
        for line in systemctl("cat", UNIT).stdout.splitlines():
            if not re.match("(Type|ExecStart.*|NotifyAccess|WatchdogSec|Restart|ExecReload)=", line):
                f.write(line + "\n")
            elif line.startswith("ExecStart="):
                f.write(f"Type=oneshot\nEnvironment=CONFIG={CONFIG}\nExecStart=/usr/bin/python3 {TEST}sandbox.py\n")
    systemctl("daemon-reload")
    r = systemctl("start", "sandbox.service")
    said = journal("sandbox.service")
    expect(r.returncode == 0, "the trial did not run: " + said)
    may = {x[4:] for x in said.splitlines() if x.startswith("may ") and not x.startswith("may not ")}
    want = {"listen on SCTP", "listen on TCP", "bind UDP", "write its configuration", "write its state", "write its records"}
    expect(may == want, f"may {sorted(may - want)}, may not {sorted(want - may)}")
    expect(len(re.findall("^may not ", said, re.M)) == 11, "not all was tried: " + said)


def serves():
    expect(options(socket.SOCK_DGRAM).startswith("SIP/2.0 200"), "no answer over UDP")
    expect(options(socket.SOCK_STREAM).startswith("SIP/2.0 200"), "no answer over TCP")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, 132) as s:
        s.settimeout(5)
        s.connect(("127.0.0.1", 2905))


def writes_its_configuration():
    said = vty("enable", "write file")
    expect("Configuration saved" in said, "write file: " + said)
    mode = os.stat(os.path.dirname(CONFIG)).st_mode
    expect(stat.S_IMODE(mode) == 0o770, f"the configuration is everybody's: {oct(mode)}")
    with open(CONFIG, encoding="utf-8") as f:
        expect("trunk-group exchange isup" in f.read(), "the configuration written is not ours")


def records_a_call():
    exchange.call()
    call = re.search(r"^(\S+) +Answered", vty("show calls"), re.M).group(1)
    vty("enable", f"clear call {call}")
    until("a call record", lambda: len(records()) == 1)
    expect(records()[0]["answer"] and records()[0]["out"]["trunk_group"] == "sip", f"the record says {records()[0]}")
    st, of_dir = os.stat(CDR), os.stat(os.path.dirname(CDR))
    expect(pwd.getpwuid(st.st_uid).pw_name == "tollgate", "the records are not its own")
    expect(not st.st_mode & 0o027 and stat.S_IMODE(of_dir.st_mode) == 0o750, "the records are everybody's")


def reloads():
    was = pid()
    os.rename(CDR, CDR + ".1")
    expect(systemctl("reload", UNIT).returncode == 0, "systemctl reload")
    until("the file of records anew", lambda: os.path.exists(CDR))
    until("ready again", lambda: show("ActiveState") == "active" and show("SubState") == "running")
    expect(pid() == was and show("NRestarts") == "0", "is another process after the reload")


def is_restarted_when_killed():
    was = pid()
    os.kill(was, signal.SIGKILL)
    active_again(was, 1)


def is_restarted_when_it_hangs():
    was, begin = pid(), time.monotonic()
    os.kill(was, signal.SIGSTOP)
    active_again(was, 2)
    expect("Watchdog timeout" in journal(), "it was not the watchdog")
    return f"{time.monotonic() - begin:.1f} s"


def stops_in_order():
    """The call that is up is released on both sides, and recorded, before the process ends."""
    exchange.call()
    before, begin = len(records()), time.monotonic()
    expect(systemctl("stop", UNIT).returncode == 0, "systemctl stop")
    took = time.monotonic() - begin
    ended_well()
    expect(took < 5, f"took {took:.1f} s")
    expect(phone.seen[-1] == "BYE", f"the phone saw {phone.seen[-1]} last")
    expect(len(records()) == before + 1 and records()[-1]["released_by"] == "gateway", "no record of the call that was up")
    return f"{took:.1f} s"


def ended_well():
    got = [show(x) for x in ("ActiveState", "Result", "ExecMainCode", "ExecMainStatus")]
    expect(got == ["inactive", "success", "1", "0"], f"state, result, code and status are {got}")


def stops_at_once():
    """The second SIGTERM does not wait for a phone that does not answer the BYE."""
    expect(systemctl("start", UNIT).returncode == 0, "systemctl start")
    exchange.call()
    phone.deaf = True
    was, begin = pid(), time.monotonic()
    os.kill(was, signal.SIGTERM)
    time.sleep(0.7)
    expect(os.path.exists(f"/proc/{was}"), "did not wait for the phone at all")
    os.kill(was, signal.SIGTERM)
    until("end", lambda: not os.path.exists(f"/proc/{was}"), 5)
    took = time.monotonic() - begin
    until("inactive", lambda: show("ActiveState") == "inactive", 5)
    ended_well()
    expect(took < 1.5, f"took {took:.1f} s: the second signal did nothing")


def refuses_a_wrong_configuration():
    with open(CONFIG, "a", encoding="utf-8") as f:
        f.write("route-table more\n prefix 49 trunk-group nobody\n")
    expect(systemctl("start", UNIT).returncode != 0, "started")
    time.sleep(1)
    got = [show(x) for x in ("ActiveState", "Result", "ExecMainStatus", "NRestarts")]
    expect(got == ["failed", "exit-code", "78", "0"], f"state, result, status and restarts are {got}")
    expect(re.search(rf"{re.escape(CONFIG)}:\d+: .*nobody", journal()), "the journal does not have the complaint")


CHECKS = (starts, has_no_rights, is_confined, serves, writes_its_configuration, records_a_call, reloads, is_restarted_when_killed,
          is_restarted_when_it_hangs, stops_in_order, stops_at_once, refuses_a_wrong_configuration)


def main():
    global phone, exchange
    os.environ["PATH"] += ":/usr/local/bin"
    with open("/proc/uptime", encoding="ascii") as f:
        print(f"systemd is up after {f.read().split()[0]} s", flush=True)
    phone = Phone()
    phone.start()
    exchange = Exchange()
    for check in CHECKS:
        begin = time.monotonic()
        try:
            note = check()
        except (Failed, OSError, KeyError, IndexError, AttributeError, ValueError) as e:
            print(f"FAILED {check.__name__}: {e!r}\n{journal()[-3000:]}\n{systemctl('status', '--no-pager', UNIT).stdout}", flush=True)
            return 1
        print(f"ok {check.__name__}, {time.monotonic() - begin:.1f} s" + (f": {note}" if note else ""), flush=True)
    print(f"passed: {len(CHECKS)}", flush=True)
    return 0


sys.exit(main())
