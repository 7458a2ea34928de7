"""A server without a network, whose peer is played by the test."""
from __future__ import annotations

import asyncio
from typing import Any

from prometheus_client import CollectorRegistry
from sockscope_channels import Instrumentation, OwnWords, SockscopeMiddleware


class Clock:
    """Stands until the test moves it."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class FakeServer:
    """One connection of an instrumented application."""

    def __init__(
        self, application, *, spec_version: str = "2.3", own: OwnWords = OwnWords(), **scope: Any
    ) -> None:
        self.clock = Clock()
        self.lines: list[dict[str, Any]] = []
        self.sent: list[dict[str, Any]] = []
        #: What `send` raises.
        self.failure: Exception | None = None
        self.instrumentation = Instrumentation(
            "chat", ["/ws"], own, CollectorRegistry(), self.clock, lambda line: self.lines.append(dict(line))
        )
        self._before = self.series()
        self._middleware = SockscopeMiddleware(application, self.instrumentation)
        # Not a queue's own method: what the server does not hand out, it keeps.
        self._incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._scope = {
            "type": "websocket",
            "path": "/ws",
            "headers": [],
            "query_string": b"",
            "subprotocols": [],
            "asgi": {"version": "3.0", "spec_version": spec_version},
            **scope,
        }
        self.task: asyncio.Task[None] | None = None

    def start(self) -> asyncio.Task[None]:
        """A peer asks for an upgrade."""
        self._incoming.put_nowait({"type": "websocket.connect"})
        self.task = asyncio.ensure_future(self._middleware(self._scope, self._receive, self._send))
        return self.task

    async def say(self, *texts: str) -> None:
        """The peer sends text frames."""
        for text in texts:
            self._incoming.put_nowait({"type": "websocket.receive", "text": text})
        await settle()

    async def leave(self, code: int | None, reason: str = "") -> None:
        """The connection is over."""
        self._incoming.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        await settle()

    def series(self) -> dict[str, float]:
        """Everything that is exposed, without buckets."""
        lines = self.instrumentation.expose()[1].decode().splitlines()
        pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
        return {name: float(value) for name, value in pairs if "_bucket" not in name}

    def moved(self) -> dict[str, float]:
        """What moved since the start, without the label `app`."""
        after = self.series()
        return {
            name.replace('app="chat",', "").replace('{app="chat"}', ""): value - self._before.get(name, 0)
            for name, value in after.items()
            if value != self._before.get(name, 0)
        }

    async def _receive(self) -> dict[str, Any]:
        return await self._incoming.get()

    async def _send(self, message: dict[str, Any]) -> None:
        if self.failure is not None:
            raise self.failure
        self.sent.append(message)


async def settle() -> None:
    """Lets everything run that can."""
    for _ in range(20):
        await asyncio.sleep(0)
