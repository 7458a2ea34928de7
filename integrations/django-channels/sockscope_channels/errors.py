"""What can be wrong with how the instrumentation is used. The codes are those of the other servers."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from .generated.catalog import APP_NAME_RULE


class SockscopeError(ValueError):
    """Something that cannot be measured so. `code` is stable."""

    code: ClassVar[str]


class InvalidAppError(SockscopeError):
    """The configured app cannot become a label value."""

    code = "SOCKSCOPE_ERR_APP_NAME"

    def __init__(self, app: object) -> None:
        super().__init__(f"app {app!r} cannot be a label; {APP_NAME_RULE}")


class InvalidRoutesError(SockscopeError):
    """The configured routes cannot become label values."""

    code = "SOCKSCOPE_ERR_ROUTES"

    def __init__(self, problem: str, routes: Sequence[str]) -> None:
        super().__init__(f"routes {list(routes)!r}: {problem}")


class UnknownCloseReasonError(SockscopeError):
    """A connection was to be closed for a reason that has no close code."""

    code = "SOCKSCOPE_ERR_CLOSE_REASON"

    def __init__(self, reason: str, known: Iterable[str]) -> None:
        super().__init__(
            f"{reason!r} is no close reason; use one of {', '.join(known)}, or configure it under CLOSE_REASONS"
        )


class NotMeasuredError(SockscopeError):
    """A scope did not come through the middleware."""

    code = "SOCKSCOPE_ERR_NOT_MEASURED"

    def __init__(self) -> None:
        super().__init__(
            "This scope has no connection that is measured; wrap the whole application in SockscopeMiddleware."
        )
