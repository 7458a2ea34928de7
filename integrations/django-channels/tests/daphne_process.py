"""A real Daphne, and a peer that needs no package."""
from __future__ import annotations

import contextlib
import os
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
WITHIN_SECONDS = 15


class Daphne:
    """Serves `difficult_app` in a process of its own, on a free port."""

    def __init__(self, *options: str, **environment: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = ["-m", "daphne", "-b", "127.0.0.1", "-p", str(self.port), *options]
        self.process = subprocess.Popen(
            [sys.executable, *command, "tests.difficult_app:application"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        eventually(self._listens, "Daphne does not listen")

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
        except OSError:
            return False
        return True

    def series(self) -> dict[str, float]:
        """What is exposed and not zero, without buckets and the label `app`."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics") as response:
            lines = response.read().decode().splitlines()
        pairs = [line.rsplit(" ", 1) for line in lines if line.startswith("ws_") and "_bucket" not in line]
        return {
            name.replace('app="chat",', "").replace('{app="chat"}', ""): float(value)
            for name, value in pairs
            if float(value) != 0
        }

    def value(self, series: str) -> float:
        """The value of one series, which is zero where it is not exposed."""
        return self.series().get(series, 0)

    def stop(self, by: int = signal.SIGTERM) -> None:
        """Ends the process."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        self.process.wait()


@contextlib.contextmanager
def daphne(*options: str, **environment: str) -> Iterator[Daphne]:
    """A Daphne that ends with the test."""
    server = Daphne(*options, **environment)
    try:
        yield server
    finally:
        server.stop()


class Peer:
    """One connection, over a bare socket. What it sends is masked with zeros, which leaves the bytes as they are."""

    def __init__(self, server: Daphne, path: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=WITHIN_SECONDS)
        lines = [
            f"GET {path} HTTP/1.1",
            f"Host: 127.0.0.1:{server.port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
        ]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self._incoming = self.socket.makefile("rb")
        self.status = int(self._incoming.readline().split()[1])
        while self._incoming.readline() not in (b"\r\n", b""):
            pass

    def say(self, text: str) -> None:
        """Sends a short text frame."""
        self._send(0x81, text.encode())

    def close(self, code: int) -> None:
        """Sends a close frame."""
        self._send(0x88, struct.pack("!H", code))

    def vanish(self) -> None:
        """Is gone without a word."""
        self._incoming.close()
        self.socket.close()

    def closed_with(self) -> tuple[int, str]:
        """Waits for a close frame, answers it, and says what it was."""
        while True:
            opcode, length = self._incoming.read(2)
            payload = self._incoming.read(length)
            if opcode == 0x88:
                self._send(0x88, payload[:2])
                return struct.unpack("!H", payload[:2])[0], payload[2:].decode()

    def _send(self, opcode: int, payload: bytes) -> None:
        self.socket.sendall(bytes([opcode, 0x80 | len(payload)]) + bytes(4) + payload)


def eventually(condition: Callable[[], Any], otherwise: str) -> None:
    """Asks again and again until it is so."""
    deadline = time.monotonic() + WITHIN_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(otherwise)
        time.sleep(0.05)
