"""The instrumentation that Django's settings describe."""
from __future__ import annotations

from functools import lru_cache

from .instrumentation import Instrumentation
from .words import OwnWords


@lru_cache(maxsize=1)
def instrumentation_of_settings() -> Instrumentation:
    """The one of `settings.SOCKSCOPE`, made when it is first asked for. Raises KeyError without `APP` or `ROUTES`."""
    from django.conf import settings

    chosen = settings.SOCKSCOPE
    own = OwnWords(
        frames_to_client=chosen.get("FRAMES_TO_CLIENT", ()),
        frames_to_server=chosen.get("FRAMES_TO_SERVER", ()),
        close_codes=chosen.get("CLOSE_CODES", ()),
        close_reasons=chosen.get("CLOSE_REASONS", {}),
        auth_methods=chosen.get("AUTH_METHODS", ()),
    )
    return Instrumentation(app=chosen["APP"], routes=chosen["ROUTES"], own=own)
