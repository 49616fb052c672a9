"""Ports on the loopback device."""

import random
import socket
import time


#: Below those that the system gives to connections: a program that is started again finds its port free.
PORTS = range(20000, 32000)


def free_port():
    """A port nobody listens on right now."""
    for port in random.SystemRandom().sample(PORTS, 100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no port is free")


def wait_for_port(port, seconds=30):
    """Returns once somebody listens."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens on port {port} after {seconds} s")
