"""The instrumentation of one server."""
from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from prometheus_client import REGISTRY, CollectorRegistry

from .collector import SockscopeCollector, expose
from .connection import Environment
from .connection_log import ConnectionLog, harmless, log_json
from .generated.catalog import SERVER_CONNECTIONS_ACTIVE
from .open_connections import OpenConnections
from .server_metrics import ServerMetrics
from .words import OwnWords, Words


class Instrumentation:
    """
    Makes the catalog's server metrics, and registers them.

    `app` is the value of the label `app`, the same name as the pages and the collector know. `routes` are the values of
    the label `route`: paths that are one each, or names with a regular expression for the whole path. `own` are words of
    a deployment's. `registry` is what the application exposes.

    Raises InvalidAppError and InvalidRoutesError.
    """

    def __init__(
        self,
        app: str,
        routes: Sequence[str] | Mapping[str, str],
        own: OwnWords = OwnWords(),
        registry: CollectorRegistry = REGISTRY,
        clock: Callable[[], float] = time.monotonic,
        log: ConnectionLog = log_json,
    ) -> None:
        words = Words(own)
        names = tuple(routes)
        patterns = routes if isinstance(routes, Mapping) else {path: re.escape(path) for path in routes}
        self._patterns = [(name, re.compile(pattern)) for name, pattern in patterns.items()]
        metrics = ServerMetrics(app, names, words)
        folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
        values = words.values(SERVER_CONNECTIONS_ACTIVE, "route", names)
        connections = OpenConnections(
            app, values, Path(folder) if folder else None, clock, metrics.lost_with_its_worker
        )
        self._is_multi_process = bool(folder)
        self._registry = registry
        self._collector = SockscopeCollector(metrics, connections, self._is_multi_process)
        registry.register(self._collector)
        #: What connections report to.
        self.environment = Environment(metrics, connections, words, clock, harmless(log))

    def route_of(self, scope: Mapping[str, Any]) -> str:
        """The route of a scope's path; `other` for one that is not configured."""
        path = scope.get("path", "")
        return next((name for name, pattern in self._patterns if pattern.fullmatch(path)), "other")

    def expose(self, accept: str = "") -> tuple[str, bytes]:
        """The content type and the text of one scrape, for this value of the request's header `Accept`."""
        connections = self.environment.connections
        return expose(self._registry, self._collector, connections, self._is_multi_process, accept)
