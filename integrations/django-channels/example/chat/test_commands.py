"""The chat with frames that make it fail: what a conformance suite drives it by."""
from __future__ import annotations

from typing import Any

from .consumers import ChatConsumer


class CommandedConsumer(ChatConsumer):
    """Obeys whoever sends a command. Never where there are users."""

    async def handle(self, frame: dict[str, Any]) -> bool:
        """Whether the frame is a command, or one of the chat's."""
        match frame:
            case {"type": "test_close", "reason": str(reason)}:
                await self.close_with(reason, frame.get("retry_after_ms"))
            case {"type": "test_raw_close", "code": int(code)}:
                await self.close(code)
            case {"type": "test_throw"}:
                raise RuntimeError("A command asked for it.")
            case _:
                return await super().handle(frame)
        return True
