"""What happens between a server and an application, from the upgrade to the end."""
from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from pathlib import PurePath
from typing import Any

from .close_cause import NO_CLOSE_FRAME, CloseCause, final_cause
from .connection import SCOPE_KEY, Connection, Environment
from .credentials import has_credentials
from .daphne_protocol import daphne_protocol
from .frame_event import frame_event
from .read_ahead import DISCONNECT, Message, ReadAhead, Receive

Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[Any]]

#: A server waits about a second for the answer to a close frame before it ends the connection without.
_WAIT_FOR_END_SECONDS = 3

#: What a close without a code means.
_NORMAL = 1000

#: The first version of ASGI's WebSocket messages that lets a close carry a text.
#: See https://asgi.readthedocs.io/en/latest/specs/www.html#close-send-event
_CLOSE_CARRIES_TEXT = (2, 3)

_FORBIDDEN = 403
_INTERNAL_SERVER_ERROR = 500


class MeasuredSocket:
    """Stands between server and application, passes on what they say, and measures it."""

    def __init__(
        self,
        scope: dict[str, Any],
        route: str,
        receive: Receive,
        send: Send,
        environment: Environment,
    ) -> None:
        self._scope = scope
        self._server_send = send
        self._daphne = daphne_protocol(send)
        self._environment = environment
        self._is_answered = False
        closes_with_text = self._daphne is not None or _spec_version(scope) >= _CLOSE_CARRIES_TEXT
        self._connection = Connection(route, self._send, closes_with_text, environment)
        self._incoming = ReadAhead(receive, self._took)

    @property
    def connection_on_daphne(self) -> Connection | None:
        """The connection, if Daphne serves it."""
        return None if self._daphne is None else self._connection

    async def serve(self, application: Application) -> None:
        """
        Runs the application until it is done. Whatever way it ends, the connection ends with it: Daphne leaves the socket
        of an application that returned open, and nobody would read it any more.
        """
        self._incoming.start()
        scope = {**self._scope, SCOPE_KEY: self._connection}
        try:
            await application(scope, self._incoming.next, self._send)
        except asyncio.CancelledError:
            # Daphne cancels what takes too long after the peer is gone, and everything when it stops.
            await self._leave("restart")
            raise
        except Exception as error:
            self._connection.log_error(_where(error))
            await self._fail()
            raise
        else:
            await self._leave("normal")
        finally:
            # First: where the event loop is gone, there is nothing left that could stop.
            self._connection.end()
            self._incoming.stop()

    def _took(self, message: Message) -> None:
        if message["type"] == "websocket.receive":
            self._connection.received(frame_event(message.get("text")))
        elif message["type"] == DISCONNECT:
            self._connection.end(self._cause(message))

    def _cause(self, disconnect: Message) -> CloseCause:
        words = self._environment.words
        begun = self._connection.begun
        # Only of what nobody here began: then the server may know better than what it can say in ASGI.
        known = self._daphne.cause(words) if self._daphne is not None and begun is None else None
        code, text = disconnect.get("code", NO_CLOSE_FRAME), disconnect.get("reason") or ""
        return known or final_cause(begun, code, text, words)

    async def _send(self, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind == "websocket.accept":
            await self._accept(message)
        elif kind == "websocket.send":
            await self._send_frame(message)
        elif kind == "websocket.close":
            await self._close(message)
        else:
            if kind == "websocket.http.response.start":
                self._reject(message["status"])
            await self._server_send(message)

    async def _accept(self, message: dict[str, Any]) -> None:
        await self._server_send(message)
        self._is_answered = True
        if not self._connection.has_ended:
            self._connection.accepted()

    async def _send_frame(self, message: dict[str, Any]) -> None:
        is_open = self._connection.is_open
        try:
            await self._server_send(message)
        except Exception as error:
            self._connection.send_failed("closed" if not is_open or isinstance(error, OSError) else "other")
            raise
        if is_open:
            self._connection.sent(message.get("text"))
        else:
            # Servers drop it without a word.
            self._connection.send_failed("closed")

    async def _close(self, message: dict[str, Any]) -> None:
        if not self._connection.was_accepted:
            self._reject(_FORBIDDEN)
            await self._server_send(message)
            return
        code = message.get("code") or _NORMAL
        self._connection.begin_raw(code)
        if self._daphne is not None:
            self._daphne.close(code, message.get("reason") or "")
        else:
            await self._server_send(message)

    def _reject(self, status: int) -> None:
        """An upgrade has one answer, and a peer that is gone gets none."""
        if self._is_answered or self._connection.has_ended:
            return
        self._is_answered = True
        self._environment.metrics.rejected(status, has_credentials(self._scope))

    async def _fail(self) -> None:
        if self._connection.was_accepted:
            await self._leave("internal_error")
        else:
            self._reject(_INTERNAL_SERVER_ERROR)

    async def _leave(self, reason: str) -> None:
        """Ends what the application left open, and waits until the server has told how it ended."""
        self._incoming.discard()
        # What the server has delivered already is read first: the peer may be gone.
        await asyncio.sleep(0)
        if self._connection.has_ended:
            return
        if not self._connection.was_accepted:
            if not self._is_answered:
                await self._send({"type": "websocket.close"})
            return
        await end_for(self._connection, reason)


async def end_for(connection: Connection, reason: str) -> None:
    """Closes a connection and waits until the server has told how it ended."""
    await connection.close_with(reason)
    if not connection.was_accepted:
        return
    try:
        await asyncio.wait_for(connection.wait_ended(), _WAIT_FOR_END_SECONDS)
    except asyncio.TimeoutError:
        # Then nobody knows more than why this side closed.
        pass


def _where(error: Exception) -> str:
    """An exception's kind and place. Not its text, which may quote what a peer sent."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def _spec_version(scope: dict[str, Any]) -> tuple[int, ...]:
    version = scope.get("asgi", {}).get("spec_version", "2.0")
    return tuple(int(part) for part in version.split("."))
