# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls with speech: baresip on one side, the exchange's circuits on the other, osmo-mgw between them."""
import re
import time

import bearer
from baresip import TONE_HZ
from errors import Failed

EARLY_HZ, SPEECH_HZ = 704, 1004
LISTEN = 1.2


def circuit_in_use(lab):
    """The one circuit of the exchange that has a call."""
    end = time.time() + 10
    while time.time() < end:
        m = re.search(r"exchange/(\d+)", lab.vty("show calls"))
        if m:
            return int(m.group(1))
        time.sleep(0.05)
    raise Failed("no call on a circuit of the exchange")


def must_be(where, samples, frequency):
    found = bearer.strongest(samples)
    if found is None:
        raise Failed(f"{where}: silence, not {frequency} Hz ({len(samples)} samples)")
    heard, share, level = found
    if abs(heard - frequency) > 2 or share < 0.9 or level < -12:
        raise Failed(f"{where}: {heard} Hz ({share:.0%} of the energy, {level:.0f} dB), not {frequency} Hz")


def pbx_calls(lab):
    """Before answer the telephone hears the circuit and is not heard; after it both hear each other."""
    phone = lab.baresip
    phone.drain()
    phone.command("dial", "sip:+4930184000@127.0.0.1")
    phone.event("CALL_PROGRESS")
    cic = circuit_in_use(lab)
    lab.bearer.speak(cic, EARLY_HZ)
    time.sleep(LISTEN)
    answer = time.time()
    lab.bearer.speak(cic, SPEECH_HZ)
    lab.order(f"send {cic} ANM")
    phone.event("CALL_ESTABLISHED")
    time.sleep(LISTEN)
    phone.command("hangup")
    phone.event("CALL_CLOSED")
    recorded = bearer.wav_samples(phone.recording())
    must_be("backward before answer", recorded[:len(recorded) * 2 // 5], EARLY_HZ)
    must_be("backward", recorded[len(recorded) * 3 // 5:], SPEECH_HZ)
    early = lab.bearer.heard(cic, until=answer)
    if early:
        raise Failed(f"{len(early)} samples went forward before answer")
    must_be("forward", lab.bearer.heard(cic, since=answer), TONE_HZ)
    lab.bearer.quiet(cic)
    return f"audio: {EARLY_HZ} Hz backward, nothing forward before answer; then {TONE_HZ} Hz forward, {SPEECH_HZ} Hz backward"


def pbx_called(lab):
    phone = lab.baresip
    phone.drain()
    call = lab.place("+4987200", "+4930765432", "talk")
    phone.event("CALL_ESTABLISHED")
    cic = circuit_in_use(lab)
    lab.bearer.speak(cic, SPEECH_HZ)
    time.sleep(LISTEN)
    lab.order(f"rel {cic} 16")
    lab.placed(call)
    phone.event("CALL_CLOSED")
    must_be("from the telephone", lab.bearer.heard(cic), TONE_HZ)
    must_be("to the telephone", bearer.wav_samples(phone.recording()), SPEECH_HZ)
    lab.bearer.quiet(cic)
    return f"audio: {SPEECH_HZ} Hz forward, {TONE_HZ} Hz backward"
