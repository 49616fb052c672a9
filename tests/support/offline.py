"""Runs inside a network namespace of its own: the program without any network.

    unshare -rn python offline.py BINARY FOLDER

Prints one JSON object of what the program did there.
"""

import fcntl
import http.client
import json
import os
import socket
import struct
import subprocess
import sys
import time


def raise_loopback():
    """`ip link set lo up`, without needing ip."""
    flags_up_running = 0x1 | 0x40
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        request = struct.pack("16sh14x", b"lo", flags_up_running)
        fcntl.ioctl(probe, 0x8914, request)  # SIOCSIFFLAGS


def is_cut_off():
    try:
        socket.create_connection(("1.1.1.1", 443), timeout=2).close()
    except OSError:
        return True
    return False


def request(port, method, path, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, body and json.dumps(body),
                       {"content-type": "application/json"})
    response = connection.getresponse()
    return response.status, response.read().decode()


def main(binary, folder):
    seen = {"cut_off": is_cut_off()}
    raise_loopback()
    asked = subprocess.run([binary, "ask", "今年修哪几条高速"], cwd=folder, text=True,
                           capture_output=True, timeout=60)
    seen["ask"] = {"status": asked.returncode, "out": asked.stdout, "err": asked.stderr}
    environment = os.environ | {"WENZHENG_HTTP__LISTEN": "127.0.0.1:8080",
                                "TELOXIDE_TOKEN": "123456789:" + "a" * 35}
    with open(os.path.join(folder, "log.txt"), "wb") as log:
        program = subprocess.Popen([binary, "serve"], cwd=folder, env=environment, stdout=log,
                                   stderr=log)
    end = time.monotonic() + 30
    while time.monotonic() < end and program.poll() is None:
        try:
            seen["readyz"] = request(8080, "GET", "/readyz")[0]
            status, body = request(8080, "POST", "/api/ask", {"question": "今年修哪几条高速"})
            seen["api"] = {"status": status, "record": json.loads(body)}
            break
        except ConnectionError:
            time.sleep(0.1)
    # Telegram cannot be reached; that must not end the program.
    time.sleep(3)
    seen["running"] = program.poll() is None
    program.terminate()
    seen["exit"] = program.wait(20)
    print(json.dumps(seen))


if __name__ == "__main__":
    main(*sys.argv[1:])
