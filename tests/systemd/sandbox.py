#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs in the gateway's place, under its unit: what may a process do there? One line each, "may" or "may not"."""
import ctypes
import mmap
import os
import socket

LIBC = ctypes.CDLL(None, use_errno=True)


def check(rc):
    if rc < 0:
        raise OSError(ctypes.get_errno(), "refused")


def bind(kind, protocol, port):
    with socket.socket(socket.AF_INET, kind, protocol) as s:
        s.bind(("127.0.0.9", port))
        if kind != socket.SOCK_DGRAM:
            s.listen(1)


def write(path):
    with open(path, "w", encoding="ascii") as f:
        f.write("x")
    os.unlink(path)


def execute_written():
    mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC).close()


def read_other_process():
    if os.path.exists("/proc/1"):
        return
    raise OSError


TRIALS = (
    ("listen on SCTP", lambda: bind(socket.SOCK_STREAM, 132, 2905)),
    ("listen on TCP", lambda: bind(socket.SOCK_STREAM, 0, 5060)),
    ("bind UDP", lambda: bind(socket.SOCK_DGRAM, 0, 5060)),
    ("bind port 80", lambda: bind(socket.SOCK_STREAM, 0, 80)),
    ("open a packet socket", lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)),
    ("write its configuration", lambda: write(os.environ["CONFIG"] + ".new")),
    ("write its state", lambda: write(os.environ["STATE_DIRECTORY"] + "/x")),
    ("write its records", lambda: write(os.environ["LOGS_DIRECTORY"] + "/x")),
    ("write /etc", lambda: write("/etc/x")),
    ("write /usr", lambda: write("/usr/x")),
    ("list /root", lambda: os.listdir("/root")),
    ("see process 1", read_other_process),
    ("map memory to write and execute", execute_written),
    ("make a namespace", lambda: check(LIBC.unshare(0x10000000))),
    ("mount", lambda: check(LIBC.mount(b"none", b"/tmp", b"tmpfs", 0, None))),
    ("become root", lambda: os.setuid(0)),
    ("set the clock", lambda: check(LIBC.settimeofday(ctypes.create_string_buffer(16), None))),
)

for name, trial in TRIALS:
    try:
        trial()
        print("may " + name, flush=True)
    except (OSError, ValueError):
        print("may not " + name, flush=True)
