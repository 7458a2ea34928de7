"""What an asynchronous consumer of Channels gets besides what the middleware measures by itself."""
from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from .connection import Connection, connection_of
from .frame_event import frame_event
from .generated.catalog import THREAD_ID


class RehydrationForbidden(Exception):
    """Raised by `rehydrate` when the user may not see the thread."""


class SockscopeConsumerMixin:
    """
    Goes before `AsyncWebsocketConsumer` in the bases of a consumer.

    A synchronous consumer has `connection_of(self.scope)`, whose coroutines it calls through `async_to_sync`.
    """

    scope: Mapping[str, Any]

    #: What the whole of a thread's id has to be for `rehydrate` to be asked. Override it where ids are not the contract's.
    thread_id_pattern: re.Pattern[str] = re.compile(THREAD_ID, re.ASCII)

    @property
    def sockscope(self) -> Connection:
        """The measured connection."""
        return connection_of(self.scope)

    async def send_frame(self, frame: Mapping[str, Any], accepted_at: float | None = None) -> bool:
        """Sends a frame as JSON; see `Connection.send`."""
        return await self.sockscope.send(frame, accepted_at)

    async def close_with(self, reason: str, retry_after_ms: int | None = None) -> None:
        """Closes with a reason of the catalog; see `Connection.close_with`."""
        await self.sockscope.close_with(reason, retry_after_ms)

    async def rehydrate(self, thread_id: str) -> Mapping[str, Any] | None:
        """
        Override it to answer a `client_hello` with what the server has of the thread: the rehydration frame.

        None sends nothing, for a consumer that sends the frame itself. Raise RehydrationForbidden for a thread that is
        not this user's; anything else that it raises counts as failed, and ends the connection as any exception does.
        """
        return None

    async def websocket_receive(self, message: Mapping[str, Any]) -> None:
        """Answers a `client_hello`, and hands every other frame to the consumer."""
        text = message.get("text")
        if frame_event(text) == "client_hello" and await self._hello(text or ""):
            return
        if text is not None:
            await self.receive(text_data=text)  # type: ignore[attr-defined]
        else:
            await self.receive(bytes_data=message["bytes"])  # type: ignore[attr-defined]

    async def _hello(self, text: str) -> bool:
        """Whether the frame was a hello; one that names no thread is the consumer's to refuse."""
        thread_id = _thread_of(text)
        if thread_id is None or self.thread_id_pattern.fullmatch(thread_id) is None:
            return False
        try:
            frame = await self.rehydrate(thread_id)
        except RehydrationForbidden:
            self.sockscope.rehydrated("forbidden")
            await self.close_with("forbidden")
            return True
        except Exception:
            self.sockscope.rehydrated("failed")
            raise
        self.sockscope.thread_id = thread_id
        if frame is not None:
            await self.send_frame(frame)
        return True


def _thread_of(text: str) -> str | None:
    try:
        thread_id = json.loads(text).get("thread_id")
    except (ValueError, RecursionError):
        # A peer may nest as deep as it likes.
        return None
    return thread_id if isinstance(thread_id, str) else None
