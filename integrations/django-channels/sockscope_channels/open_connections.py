"""The connections that are open at this moment: what gauges are read from, so that none of them can drift."""
from __future__ import annotations

import itertools
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from prometheus_client.metrics_core import GaugeHistogramMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.utils import floatToGoString

from .generated.catalog import SERVER_CONNECTION_AGE, SERVER_CONNECTIONS_ACTIVE
from .opened import Opened

if TYPE_CHECKING:
    from .worker_file import WorkerFile


class OpenConnections:
    """Open connections of this process and, where several share a folder, of the others that live."""

    def __init__(
        self,
        app: str,
        routes: tuple[str, ...],
        folder: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
        on_lost: Callable[[], None] = lambda: None,
    ) -> None:
        """
        `routes` are all values of the label; `folder` is that of prometheus_client's multi-process mode, if any. `on_lost` is called for
        each connection of a worker that died, by one of those that live.
        """
        self._app = app
        self._routes = routes
        self._folder = folder
        self._clock = clock
        self._on_lost = on_lost
        self._keys = itertools.count()
        self._opened: dict[int, tuple[Opened, int | None]] = {}
        self._lock = threading.Lock()
        self._file: WorkerFile | None = None
        self._file_pid = 0

    def add(self, opened: Opened) -> int:
        """A connection opened; returns the key under which it is removed. A route that is none of these is the last."""
        if opened.route not in self._routes:
            opened = opened._replace(route=self._routes[-1])
        with self._lock:
            key = next(self._keys)
            file = self._worker_file()
            self._opened[key] = (opened, None if file is None else file.add(opened))
            return key

    def remove(self, key: int) -> None:
        """The connection is over. A second time nothing happens."""
        with self._lock:
            _, record = self._opened.pop(key, (None, None))
            if record is not None and self._file is not None:
                self._file.remove(record)

    def active(self) -> Family:
        """How many are open, by route."""
        family = GaugeMetricFamily(
            SERVER_CONNECTIONS_ACTIVE.name, SERVER_CONNECTIONS_ACTIVE.help, labels=["app", "route"]
        )
        open_now = [opened.route for opened in self._all()]
        for route in self._routes:
            family.add_metric([self._app, route], open_now.count(route))
        return family

    def ages(self, open_metrics: bool = False) -> Family:
        """
        How old they are: a gauge histogram where the format has one, otherwise untyped with its names, because a reader of a `histogram`
        would take its rate.
        """
        now = self._clock()
        ages = [min(max(now - opened.at, 0), SERVER_CONNECTION_AGE.largest) for opened in self._all()]
        bounds = [*SERVER_CONNECTION_AGE.bounds, float("inf")]
        buckets = [(floatToGoString(bound), float(sum(age <= bound for age in ages))) for bound in bounds]
        name, text = SERVER_CONNECTION_AGE.name, SERVER_CONNECTION_AGE.help
        if open_metrics:
            histogram = GaugeHistogramMetricFamily(name, text, labels=["app"])
            histogram.add_metric([self._app], buckets, sum(ages))
            return histogram
        family = Family(name, text, "untyped")
        for bound, count in buckets:
            family.add_sample(f"{name}_bucket", {"app": self._app, "le": bound}, count)
        family.add_sample(f"{name}_gsum", {"app": self._app}, sum(ages))
        family.add_sample(f"{name}_gcount", {"app": self._app}, len(ages))
        return family

    def _all(self) -> list[Opened]:
        with self._lock:
            own = [opened for opened, _ in self._opened.values()]
        return [*own, *self._others()]

    def _others(self) -> list[Opened]:
        if self._folder is None:
            return []
        # Here, because the lock that it needs is not on every system, and one process needs none.
        from .worker_file import opened_in_other_workers

        return opened_in_other_workers(self._folder, self._on_lost)

    def _worker_file(self) -> WorkerFile | None:
        """The file of this process: a worker may have been forked from the process that made this object."""
        if self._folder is not None and self._file_pid != os.getpid():
            from .worker_file import WorkerFile

            self._file = WorkerFile(self._folder, self._routes, self._on_lost)
            self._file_pid = os.getpid()
        return self._file
