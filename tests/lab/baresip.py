# SPDX-License-Identifier: GPL-3.0-or-later
"""baresip, without a screen: a telephone of the PBX that plays a tone and records what it hears."""
import glob
import json
import os
import socket
import subprocess
import time

ADDRESS, CONTROL, TONE_HZ = "127.0.0.13", 4444, 440

CONFIG = """poll_method epoll
sip_listen {address}:5060
net_interface {address}
call_local_timeout 60
audio_player aubridge,lab
audio_source aufile,{dir}/tone.wav
audio_alert aubridge,alert
audio_channels 1-1
ausrc_srate 8000
auplay_srate 8000
ausrc_channels 1
auplay_channels 1
audio_level no
rtp_ports 20000-20100
snd_path {dir}
module_path {modules}
module g711.so
module aufile.so
module aubridge.so
module sndfile.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen {address}:{control}
"""


def modules():
    found = glob.glob("/usr/lib/baresip/modules") + glob.glob("/usr/lib/*/baresip/modules")
    if not found:
        raise FileNotFoundError("baresip's modules (package baresip-core)")
    return found[0]


class Baresip:
    """Starts it; close() ends only the control connection, the process is the lab's."""

    def __init__(self, lab, media_gateway):
        self.dir, self.got = lab.path("baresip"), b""
        os.makedirs(self.dir, exist_ok=True)
        subprocess.run(["sox", "-n", "-r", "8000", "-c", "1", "-b", "16", self.dir + "/tone.wav", "synth", "90", "sine", str(TONE_HZ),
                        "vol", "0.5"], check=True)
        with open(self.dir + "/config", "w") as f:
            f.write(CONFIG.format(address=ADDRESS, control=CONTROL, dir=self.dir, modules=modules()))
        with open(self.dir + "/accounts", "w") as f:
            f.write(f"<sip:+4987200@{ADDRESS}>;regint=0;answermode=auto;audio_codecs=pcma\n")
        open(self.dir + "/contacts", "w").close()
        # Its RTP comes from no address in particular: from the media gateway's point of view it must be the one in its SDP.
        subprocess.run(["ip", "route", "replace", "local", media_gateway, "dev", "lo", "src", ADDRESS, "table", "local"], check=True)
        self.process = lab.start("baresip", ["baresip", "-f", self.dir])
        self.sock = self.connect()

    def connect(self, timeout=15):
        end = time.time() + timeout
        while True:
            try:
                return socket.create_connection((ADDRESS, CONTROL), 1)
            except OSError:
                if time.time() > end or self.process.poll() is not None:
                    raise TimeoutError("baresip does not come up, see baresip.log") from None
                time.sleep(0.05)

    def command(self, command, params=""):
        text = json.dumps({"command": command, "params": params, "token": "lab"}).encode()
        self.sock.sendall(b"%d:%s," % (len(text), text))

    def message(self):
        """The next whole netstring, or None."""
        length, colon, rest = self.got.partition(b":")
        if not colon or len(rest) <= int(length):
            return None
        self.got = rest[int(length) + 1:]
        return json.loads(rest[:int(length)])

    def event(self, kind, timeout=20):
        """The next event of that kind, such as CALL_ESTABLISHED; others are dropped."""
        end = time.time() + timeout
        while time.time() < end:
            m = self.message()
            if m is None:
                self.sock.settimeout(max(0.01, end - time.time()))
                try:
                    part = self.sock.recv(65536)
                except TimeoutError:
                    break
                if not part:
                    raise ConnectionError("baresip has ended")
                self.got += part
            elif m.get("type") == kind:
                return m
        raise TimeoutError(f"baresip did not say {kind} within {timeout} s")

    def drain(self):
        """Forgets the events of earlier calls."""
        self.sock.settimeout(0.01)
        try:
            while self.sock.recv(65536):
                pass
        except TimeoutError:
            self.got = b""

    def recording(self):
        """The file of what was heard in the last call."""
        return max(glob.glob(self.dir + "/dump-*-dec.wav"), key=os.path.getmtime)
