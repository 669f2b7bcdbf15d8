#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`tollgate --explain': what it prints for a few calls (tests/golden/explain/*.txt; UPDATE=1 writes them), exit status, bad input.
Of the causes and statuses that a failed route becomes, some are compared only: docs/mapping.md has them all."""
import os
import re
import subprocess
import tempfile

BUILD = os.environ.get("top_builddir", ".")
GOLDEN = os.path.join(os.environ.get("top_srcdir", "."), "tests/golden/explain")
TOLLGATE = os.path.join(BUILD, "tollgate")
CONFIG = os.path.join(GOLDEN, "gateway.cfg")

IAM = "IAM; NCI; FCI isup_all_the_way=1 isdn_access=1; CPC value=10; TMR value=%d; CdPN nai=%d npi=1 inn=1 %s; " \
    "CgPN nai=3 npi=1 apri=1 si=3 8955500; HOP value=%d"
# the same on the link: circuit 5, number 442071234567
HEX = "05 00 01 00 20 01 0a 03 02 0b 09 84 90 44 02 17 32 54 76 0f 0a 06 83 17 98 55 05 00 3d 01 14 00"

CASES = (
    # name of the golden file, trunk group, message, exit status
    ("iam_to_sipt", "berlin", "--iam=" + IAM % (3, 4, "442071234567F", 20), 0),
    ("iam_national", "berlin", "--iam=" + IAM % (3, 3, "8912345", 20), 0),
    ("iam_no_route", "berlin", "--iam=" + IAM % (3, 4, "33123", 20), 1),
    ("iam_bearer", "berlin", "--iam=" + IAM % (8, 4, "442071234567", 20), 1),
    ("iam_hops", "berlin", "--iam=" + IAM % (3, 4, "442071234567", 1), 1),
    ("iam_unknown_kept", "berlin", "--iam=" + IAM % (3, 4, "442071234567", 20) + "; 0xfc 0102", 0),
    ("iam_unknown_released", "berlin", "--iam=" + IAM % (3, 4, "442071234567", 20) + "; 0xfc 0102; PCI fca2", 0),
    ("invite_to_ansi", "london", "--invite=" + GOLDEN + "/ansi.sip", 0),
    ("invite_to_sip", "paris", "--invite=" + GOLDEN + "/transit.sip", 0),
    ("invite_refused", "paris", "--invite=" + GOLDEN + "/paris.sip", 1),
)
BAD = (
    # trunk group, message, words
    ("nobody", "--iam=" + HEX, "there is no trunk group `nobody'"),
    ("london", "--iam=" + HEX, "an INVITE is needed"),
    ("berlin", "--invite=" + GOLDEN + "/ansi.sip", "an IAM is needed"),
    ("berlin", "--iam=05 00 01 00", "cannot be decoded: .* at octet [0-9]+"),
    ("berlin", "--iam=05 00 06 16 14 00", "not an IAM but ACM"),
    ("berlin", "--iam=" + "00" * 600, "longer than 512 octets"),
    ("berlin", "--iam=IAM; NCI; FCI", "a mandatory parameter is missing"),
    ("berlin", "--iam=IAM; NCI color=red", "cannot be read: .* in line 1"),
    ("berlin", "--iam=", "cannot be read"),
    ("london", "--invite=/nonexistent", "No such file"),
    ("london", "--invite=/dev/zero", "not a file"),
    ("london", "--invite=/", "not a file"),
    ("london", "--invite=" + CONFIG, "no INVITE: no SIP request begins there"),
)
COMPARED = re.compile(r"^  (REL (17|21|65)|404|488|503|the peer) ")


def run(*argv):
    p = subprocess.run([TOLLGATE, *argv], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, errors="replace")
    return p.returncode, p.stdout, p.stderr


def shortened(text):
    """As golden files have it: no version, and of what failures become a few lines."""
    lines, listing = [], False
    for line in re.sub(r"Tollgate/\S+", "Tollgate/VERSION", text).splitlines(True):
        if not line.startswith(" "):
            listing = line.startswith("failure of route")
        if not listing or not line.startswith(" ") or COMPARED.match(line) or "as of route" in line:
            lines.append(line)
    return "".join(lines)


def ipv6(check):
    """Addresses are in brackets wherever a URI has them, and no context of numbers."""
    status, out, err = run("--config", os.path.join(GOLDEN, "ipv6.cfg"), "--explain", "pstn",
                           "--iam=" + IAM.replace("apri=1", "apri=0") % (3, 3, "30123", 20) + "; NRN nai=2 npi=1 17")
    check(status == 0 and not err, "explain: IPv6", (status, err))
    for line in ("INVITE sip:+4930123;rn=17;rn-context=unknown.invalid;npdi@[2001:db8::2];user=phone SIP/2.0",
                 "From: <sip:+498955500@[2001:db8::1];user=phone>;tag=...", "To: <sip:+4930123@[2001:db8::2];user=phone>"):
        check("\n  " + line + "\n" in out, "explain: IPv6: " + line, out)


def golden(check):
    for name, trunk, message, wanted in CASES:
        path = os.path.join(GOLDEN, name + ".txt")
        status, out, err = run("--config", CONFIG, "--explain", trunk, message)
        out = shortened(out)
        if os.environ.get("UPDATE"):
            with open(path, "w") as f:
                f.write(out)
        with open(path) as f:
            check(f.read() == out, f"explain: {name}.txt (UPDATE=1 {__file__} writes it)", out)
        check(status == wanted and not err, f"explain: {name} ends with {wanted}", (status, err))


def as_on_the_link(check):
    text = run("--config", CONFIG, "--explain", "berlin", "--iam=" + IAM % (3, 4, "442071234567F", 20))
    for octets in (HEX, HEX.replace(" ", ""), HEX[6:]):
        check(run("--config", CONFIG, "--explain", "berlin", "--iam=" + octets) == text, "explain: octets and text are one")


def bad_input(check):
    for trunk, message, words in BAD:
        status, out, err = run("--config", CONFIG, "--explain", trunk, message)
        check(status == 2 and re.search(words, out + err), f"explain {trunk} {message[:40]}: {words}", (status, out, err))
    with tempfile.NamedTemporaryFile() as f:
        f.write(b"INVITE sip:a@b SIP/2.0\r\n" + b"a" * 30000)
        f.flush()
        status, out, err = run("--config", CONFIG, "--explain", "london", "--invite", f.name)
        check(status == 2 and "longer than the stack takes" in out, "explain: a file that is too large", (status, out, err))
        os.chmod(f.name, 0)
        if os.geteuid():
            status, out, err = run("--config", CONFIG, "--explain", "london", "--invite", f.name)
            check(status == 2 and "Permission denied" in out, "explain: a file that may not be read", (status, out, err))
    for argv in (["--explain", "berlin"], ["--iam", HEX], ["--invite", "x"], ["--explain", "a", "--iam", HEX, "--invite", "x"]):
        status, out, err = run("--config", CONFIG, *argv)
        check(status == 2 and "Usage" in err, f"explain: {argv[0]} alone, or too much", (status, err))
    status, out, err = run("--config", "/nonexistent", "--explain", "berlin", "--iam", HEX)
    check(status == 78, "explain: a configuration that cannot be read", (status, err))


def every_refusal_of_the_stack(check):
    with open(os.path.join(GOLDEN, "ansi.sip")) as f:
        good = f.read()
    for line, status in (("Require: gruu", 420), ("Content-Encoding: gzip", 415)):
        with tempfile.NamedTemporaryFile("w") as f:
            f.write(good.replace("Supported: timer", line))
            f.flush()
            got, out, err = run("--config", CONFIG, "--explain", "london", "--invite", f.name)
            check(got == 1 and f"\n  {status} " in out, f"explain: {line} becomes {status}", (got, out, err))


def lines_of_a_terminal(check):
    """A long header is told in full, and what could command a terminal is not."""
    history = f"<sip:{'a' * 3000}@x>;index=1"
    with open(os.path.join(GOLDEN, "transit.sip")) as f:
        text = f.read().replace("Alice", "Al\x1b[31mice").replace("Require:", f"History-Info: {history}\nRequire:")
    with tempfile.NamedTemporaryFile("w") as f:
        f.write(text)
        f.flush()
        status, out, err = run("--config", CONFIG, "--explain", "paris", "--invite", f.name)
    check(status == 0 and f"\n    History-Info: {history}\n" in out, "explain: a long header in full", (status, out, err))
    check("\x1b" not in out and 'From: "Al?[31mice"' in out, "explain: no commands for a terminal", out)


def all_tests(check):
    golden(check)
    ipv6(check)
    lines_of_a_terminal(check)
    as_on_the_link(check)
    bad_input(check)
    every_refusal_of_the_stack(check)


if __name__ == "__main__":
    failed = []

    def tell(good, what, more=""):
        if not good:
            failed.append(what)
            print(f"FAIL: {what}\n{more}")
    all_tests(tell)
    raise SystemExit(1 if failed else 0)
