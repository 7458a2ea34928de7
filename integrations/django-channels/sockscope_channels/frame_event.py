"""What a frame calls itself."""
from __future__ import annotations

import re

from .generated.catalog import FRAME_OPENING

#: JavaScript's `\w` is ASCII only.
_OPENING = re.compile(FRAME_OPENING, re.ASCII)

OTHER = "other"


def frame_event(text: str | None) -> str:
    """A frame's `event`, else its `type`, else `other`, read from its beginning. A binary frame has no text."""
    opening = _OPENING.match(text) if isinstance(text, str) else None
    if opening is None:
        return OTHER
    return opening.group(3) or opening.group(1)
