"""The chat's socket."""
from __future__ import annotations

import json
import re
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from sockscope_channels import RehydrationForbidden, SockscopeConsumerMixin
from sockscope_channels.generated.catalog import MAX_CLIENT_FRAME_BYTES, MESSAGE_ID

from . import frames
from .threads import thread_for

#: RFC 6455's code for a frame that is too big; ASGI has no limit that a server would keep.
_TOO_BIG = 1009
_MESSAGE_ID = re.compile(MESSAGE_ID, re.ASCII)


class ChatConsumer(SockscopeConsumerMixin, AsyncWebsocketConsumer):
    """One user's connection to one thread; an assistant repeats what is said."""

    thread_id: str | None = None

    async def connect(self) -> None:
        """Lets everybody in, and closes at once who is nobody's user."""
        await self.accept()
        if self.scope["auth_failure"] is not None:
            await self.close_with(self.scope["auth_failure"])

    async def disconnect(self, code: int) -> None:
        """Leaves the thread."""
        if self.thread_id is not None:
            await self.channel_layer.group_discard(self.thread_id, self.channel_name)

    async def rehydrate(self, thread_id: str) -> dict[str, Any]:
        """Joins the thread before its state is read: what is said in between arrives twice, and not never."""
        thread = thread_for(thread_id, self.scope["user_id"])
        if thread is None:
            raise RehydrationForbidden
        self.thread_id = thread_id
        await self.channel_layer.group_add(thread_id, self.channel_name)
        return frames.rehydration(thread_id, thread)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Does what a frame asks for, or says that it cannot be done."""
        if text_data is None:
            await self.close_with("unsupported_data")
            return
        if len(text_data.encode()) > MAX_CLIENT_FRAME_BYTES:
            await self.close(_TOO_BIG)
            return
        frame = _parsed(text_data)
        if not await self.handle(frame):
            await self.refuse("invalid", "This frame is none of the chat's.")

    async def handle(self, frame: dict[str, Any]) -> bool:
        """Whether the frame is one that the chat knows."""
        match frame:
            case {
                "type": "chat_message",
                "event": "user_message",
                "payload": {"text": str(text)},
                "meta": {"message_id": str(message_id)},
            } if _MESSAGE_ID.fullmatch(message_id):
                await self.say(text, message_id)
            case {"type": "ping", "id": int(ping_id)}:
                await self.send_frame(frames.pong(ping_id))
            case _:
                return False
        return True

    async def say(self, text: str, message_id: str) -> None:
        """A user's message, and the assistant's answer to everybody in the thread."""
        accepted_at = self.sockscope.now()
        thread = None if self.thread_id is None else thread_for(self.thread_id, self.scope["user_id"])
        if self.thread_id is None or thread is None:
            await self.refuse("forbidden", "Say hello to a thread first.")
            return
        if thread.has(message_id):
            # Sent again by a client that lost its connection: it is answered once.
            return
        thread.turns.append({"role": "user", "text": text, "message_id": message_id})
        answer = frames.assistant_message(self.thread_id, text, message_id, self.sockscope.correlation_id)
        answer_id = answer["meta"]["queued_message_id"]
        thread.turns.append({"role": "assistant", "text": text, "message_id": answer_id})
        event = {"type": "chat.deliver", "frame": answer, "accepted_at": accepted_at}
        await self.channel_layer.group_send(self.thread_id, event)

    async def chat_deliver(self, event: dict[str, Any]) -> None:
        """Somebody in the thread, maybe in another process of this machine, has something for its members."""
        await self.send_frame(event["frame"], accepted_at=event["accepted_at"])

    async def refuse(self, reason: str, message: str) -> None:
        """Answers a frame with an error."""
        self.sockscope.refused(reason)
        await self.send_frame(frames.chat_error(self.thread_id, message))


def _parsed(text: str) -> dict[str, Any]:
    """The frame, or an empty one, which is none of the chat's either."""
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        # A peer may nest as deep as it likes.
        return {}
    return frame if isinstance(frame, dict) else {}
