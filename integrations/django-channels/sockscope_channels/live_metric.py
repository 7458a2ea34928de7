"""Metrics of the catalog, alive in prometheus_client, whose labels stay within their domains."""
from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import product

import prometheus_client
from prometheus_client.metrics_core import Metric as Family

from .declarations import Metric
from .words import Words


class LabelCheck:
    """Keeps a metric's world closed: a value outside its domain becomes `other`, or refuses the measurement."""

    def __init__(self, metric: Metric, words: Words, routes: Sequence[str] = ()) -> None:
        self._allowed = {label: words.values(metric, label, routes) for label in metric.labels}

    def within(self, labels: dict[str, str]) -> dict[str, str] | None:
        """Labels that have a series; None where a value is outside a domain without `other`."""
        checked: dict[str, str] = {}
        for label, allowed in self._allowed.items():
            value = labels.get(label)
            if value not in allowed:
                value = "other"
            if value not in allowed:
                return None
            checked[label] = value
        return checked

    def combinations(self) -> Iterator[dict[str, str]]:
        """Every label combination that there can be."""
        for values in product(*self._allowed.values()):
            yield dict(zip(self._allowed, values))


class LiveCounter:
    """A counter of the catalog. It belongs to no registry: the collector hands on what it has."""

    def __init__(self, metric: Metric, app: str, words: Words, routes: Sequence[str] = ()) -> None:
        self._app = app
        self.check = LabelCheck(metric, words, routes)
        self._counter = prometheus_client.Counter(
            metric.name, metric.help, ["app", *metric.labels], registry=None
        )

    def add(self, amount: int = 1, **labels: str) -> None:
        """Adds to a series; with 0 it only makes it exist, so that `rate()` sees its first event."""
        checked = self.check.within(labels)
        if checked is not None:
            self._counter.labels(app=self._app, **checked).inc(amount)

    def collect(self) -> Iterator[Family]:
        """What prometheus_client has of it."""
        yield from self._counter.collect()


class LiveHistogram:
    """A histogram of the catalog, at zero from the start. It belongs to no registry either."""

    def __init__(self, metric: Metric, app: str) -> None:
        self._largest = metric.largest
        self._histogram = prometheus_client.Histogram(
            metric.name, metric.help, ["app", *metric.labels], registry=None, buckets=metric.bounds
        )
        self._series = self._histogram.labels(app=app)

    def observe(self, value: float) -> None:
        """Records a value in the metric's unit, clamped to what its layout allows."""
        if not math.isnan(value):
            self._series.observe(min(max(value, 0), self._largest))

    def collect(self) -> Iterator[Family]:
        """What prometheus_client has of it."""
        yield from self._histogram.collect()
