"""Reads what the server delivers before the application asks for it."""
from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

#: So many frames wait for an application that is busy; then the server is asked for no more, and its own limits hold.
_MOST_AHEAD = 64

DISCONNECT = "websocket.disconnect"


class ReadAhead:
    """
    Learns that a peer is gone while the application is busy: nothing else would tell it until it asks for the next frame,
    which it may never do.
    """

    def __init__(self, receive: Receive, on_message: Callable[[Message], None]) -> None:
        self._receive = receive
        self._on_message = on_message
        # Daphne keeps what was not asked for in a queue without a limit, so reading all of it holds nothing back.
        self._limit = None if _reads_without_limit(receive) else _MOST_AHEAD
        self._waiting: deque[Message] = deque()
        self._arrived = asyncio.Event()
        self._has_room = asyncio.Event()
        self._has_room.set()
        self._end: Message | None = None
        self._failure: BaseException | None = None
        self._discards = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to read."""
        self._task = asyncio.ensure_future(self._read())

    def stop(self) -> None:
        """Ends without waiting: it may be called while the event loop is going away."""
        if self._task is not None:
            self._task.cancel()

    def discard(self) -> None:
        """Nobody reads any more, so what still comes needs no room."""
        self._discards = True
        self._waiting.clear()
        self._has_room.set()

    async def next(self) -> Message:
        """The next message, as the server's own `receive` would return it; after the end, the end again."""
        while not self._waiting:
            if self._failure is not None:
                raise self._failure
            if self._end is not None:
                return self._end
            self._arrived.clear()
            await self._arrived.wait()
        message = self._waiting.popleft()
        self._has_room.set()
        return message

    async def _read(self) -> None:
        try:
            while self._end is None:
                await self._room()
                message = await self._receive()
                if message["type"] == DISCONNECT:
                    self._end = message
                self._keep(message)
        except Exception as error:  # noqa: BLE001 - it is the application's to see
            self._failure = error
        finally:
            self._arrived.set()

    async def _room(self) -> None:
        while self._limit is not None and len(self._waiting) >= self._limit:
            self._has_room.clear()
            await self._has_room.wait()

    def _keep(self, message: Message) -> None:
        self._on_message(message)
        if not self._discards:
            self._waiting.append(message)
        self._arrived.set()


def _reads_without_limit(receive: Receive) -> bool:
    queue = getattr(receive, "__self__", None)
    return isinstance(queue, asyncio.Queue) and queue.maxsize <= 0
