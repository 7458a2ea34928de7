"""One open period of one socket, measured from its acceptance to its close."""
from __future__ import annotations

import asyncio
import json
import uuid
import weakref
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .close_cause import LOST, CloseCause, chosen_cause, raw_cause
from .connection_log import ConnectionLog
from .errors import NotMeasuredError
from .frame_event import frame_event
from .generated.catalog import CLOSE_POLICIES
from .open_connections import OpenConnections
from .opened import Opened
from .server_metrics import ServerMetrics
from .words import Words

#: Where in a scope the connection is.
SCOPE_KEY = "sockscope"

#: See https://www.rfc-editor.org/rfc/rfc6455#section-5.5: a control frame has 125 bytes, of which the code takes two.
_MOST_REASON_BYTES = 123


@dataclass(frozen=True)
class Environment:
    """What a connection reports to."""

    metrics: ServerMetrics
    connections: OpenConnections
    words: Words
    #: Seconds on a monotonic clock.
    clock: Callable[[], float]
    #: Must not raise.
    log: ConnectionLog


class Connection:
    """What the application knows of its socket, and may say about it."""

    def __init__(
        self,
        route: str,
        send: Callable[[dict[str, Any]], Awaitable[None]],
        closes_with_text: bool,
        environment: Environment,
    ) -> None:
        #: Random; the same on every log line of this connection.
        self.correlation_id = str(uuid.uuid4())
        #: The value of the label `route`. Counts as it is when the connection is accepted.
        self.route = route
        #: How the user was authenticated. Counts as it is when the connection is accepted.
        self.auth_method = "none"
        #: Names the thread in the log lines from here on; it never becomes a label.
        self.thread_id: str | None = None
        self._closes_with_text = closes_with_text
        self._send = send
        self._environment = environment
        self._opened_at: float | None = None
        self._asked_at: float | None = None
        self._is_rehydrated = False
        self._begun: CloseCause | None = None
        self._ended = asyncio.Event()
        self._forget: Callable[[], object] = lambda: None

    @property
    def is_open(self) -> bool:
        """Whether the socket takes frames: it was accepted, nobody began to close it, and the peer is there."""
        return self._opened_at is not None and self._begun is None and not self._ended.is_set()

    async def send(self, frame: Mapping[str, Any], accepted_at: float | None = None) -> bool:
        """
        Sends a frame as JSON. False, and a send error, when the socket is no longer open.

        `accepted_at` is when the message was accepted that this delivers, on this machine's monotonic clock; None for a
        frame that is nobody's message. Raises TypeError or ValueError when the frame cannot be serialised.
        """
        try:
            text = json.dumps(frame)
        except (TypeError, ValueError):
            self._environment.metrics.send_failed("serialization")
            raise
        if not self.is_open:
            self._environment.metrics.send_failed("closed")
            return False
        await self._send({"type": "websocket.send", "text": text})
        if accepted_at is not None:
            self._environment.metrics.delivered(self._environment.clock() - accepted_at)
        return True

    async def close_with(self, reason: str, retry_after_ms: int | None = None) -> None:
        """
        Closes with the reason's code. The first reason counts; what the peer sent before it knew of it wins.

        `retry_after_ms` tells the client when to come back, for reasons whose code has advice (1012, 1013): in the close
        frame's text, or, under a server that sends no text, in an advice frame before it.

        Raises UnknownCloseReasonError when neither the catalog nor the configuration has the reason.
        """
        cause = chosen_cause(reason, self._environment.words)
        if not self.is_open:
            return
        advice = retry_after_ms if self._has_advice(cause) else None
        if advice is not None:
            self._environment.metrics.advised(cause.code)
            if not self._closes_with_text:
                await self.send({"type": "advice", "retry_after_ms": advice})
        self.begin(cause)
        await self._send({"type": "websocket.close", "code": cause.code, "reason": _close_text(reason, advice)})

    def refused(self, reason: str) -> None:
        """The application answered a frame with an error: it is `invalid`, one of `too_many`, or `forbidden`."""
        self._environment.metrics.refused(reason)

    def rehydrated(self, outcome: str) -> None:
        """A rehydration is `forbidden` or `failed`; one that was `sent` counts by its frame. The first outcome counts."""
        if not self._is_rehydrated:
            self._is_rehydrated = True
            self._environment.metrics.rehydrated(outcome)

    def log_error(self, message: str) -> None:
        """Writes an error line. Its message must not be a peer's."""
        self._environment.log({"event": "error", **self._identity(), "message": message})

    # What the middleware tells.

    def accepted(self) -> None:
        """The server answered the upgrade."""
        environment = self._environment
        self._opened_at = environment.clock()
        environment.metrics.opened(self.route, self.auth_method)
        key = environment.connections.add(Opened(self.route, self._opened_at))
        # Whatever becomes of the task that serves it, a connection that is gone from memory is not open.
        self._forget = weakref.finalize(self, environment.connections.remove, key)
        environment.log({"event": "connect", **self._identity(), "auth_method": self.auth_method})

    def received(self, event: str) -> None:
        """A frame came in."""
        self._environment.metrics.received(event)
        if event == "client_hello" and self._asked_at is None:
            self._asked_at = self._environment.clock()

    def sent(self, text: str | None) -> None:
        """A frame was handed to the server."""
        event = frame_event(text)
        self._environment.metrics.sent(event)
        if event == "rehydration" and not self._is_rehydrated:
            if self._asked_at is not None:
                self._environment.metrics.rehydration_took(self._environment.clock() - self._asked_at)
            self.rehydrated("sent")

    def send_failed(self, reason: str) -> None:
        """A frame could not be handed to the server."""
        self._environment.metrics.send_failed(reason)

    def begin(self, cause: CloseCause) -> None:
        """This side begins to close."""
        if self._begun is None:
            self._begun = cause

    def begin_raw(self, code: int) -> None:
        """The application closes with a code and no reason."""
        self.begin(raw_cause(code, self._environment.words))

    @property
    def begun(self) -> CloseCause | None:
        """Why this side began to close, if it did."""
        return self._begun

    @property
    def was_accepted(self) -> bool:
        """Whether the upgrade was answered with a WebSocket."""
        return self._opened_at is not None

    @property
    def has_ended(self) -> bool:
        """Whether the peer is gone."""
        return self._ended.is_set()

    def now(self) -> float:
        """This moment on the clock of `accepted_at`."""
        return self._environment.clock()

    async def wait_ended(self) -> None:
        """Returns when the connection is over."""
        await self._ended.wait()

    def end(self, cause: CloseCause | None = None) -> None:
        """The connection is over; without a cause, nobody knows more than why this side began to close it."""
        if self._ended.is_set():
            return
        self._ended.set()
        if self._opened_at is None:
            return
        self._forget()
        known = cause or self._begun or LOST
        duration = self._environment.clock() - self._opened_at
        self._environment.metrics.closed(known, duration)
        self._environment.log(
            {"event": "close", **self._identity(), **known._asdict(), "duration_seconds": duration}
        )

    def _identity(self) -> dict[str, str]:
        thread = {} if self.thread_id is None else {"thread_id": self.thread_id}
        return {"route": self.route, "correlation_id": self.correlation_id, **thread}

    def _has_advice(self, cause: CloseCause) -> bool:
        policy = CLOSE_POLICIES.get(str(cause.code))
        return policy is not None and policy.advice is not None


def connection_of(scope: Mapping[str, Any]) -> Connection:
    """The connection of a scope that came through the middleware."""
    connection = scope.get(SCOPE_KEY)
    if not isinstance(connection, Connection):
        raise NotMeasuredError()
    return connection


def _close_text(reason: str, retry_after_ms: int | None) -> str:
    """What fits of the reason, and of the advice all."""
    advice = "" if retry_after_ms is None else f" retry_after_ms={retry_after_ms}"
    room = _MOST_REASON_BYTES - len(advice)
    return reason.encode()[:room].decode(errors="ignore") + advice
