"""What becomes of open sockets when Daphne stops."""
from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakSet

from .connection import Connection

#: Ends a connection for a reason, and returns when it is over.
End = Callable[[Connection, str], Awaitable[None]]


class DaphneShutdown:
    """
    Closes every connection for `restart` before Daphne's reactor stops.

    Daphne cancels its applications then, but its `kill_all_applications` fails on the first connection whose application
    is done or was never made, such as a health check or a scrape within the last second. Then all sockets are cut.
    """

    def __init__(self, end: End) -> None:
        self._end = end
        self._connections: WeakSet[Connection] = WeakSet()
        self._is_registered = False

    def watch(self, connection: Connection) -> None:
        """A connection that is served by Daphne in this process."""
        self._connections.add(connection)
        if not self._is_registered:
            self._is_registered = True
            # Daphne has imported it, and chosen which reactor it is.
            from twisted.internet import reactor

            reactor.addSystemEventTrigger("before", "shutdown", self._close_all)

    def _close_all(self) -> Any:
        from twisted.internet.defer import Deferred

        ends = [self._end(connection, "restart") for connection in self._connections]
        # The reactor waits for it.
        return Deferred.fromFuture(asyncio.gather(*ends, return_exceptions=True))
