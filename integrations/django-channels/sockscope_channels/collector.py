"""What Prometheus gets to see."""
from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.multiprocess import MultiProcessCollector

from .generated.catalog import SERVER_CONNECTION_AGE
from .open_connections import OpenConnections
from .server_metrics import ServerMetrics


class SockscopeCollector:
    """
    Everything that is measured, as one collector of prometheus_client.

    In multi-process mode it has only what is open: what is counted is in files that `MultiProcessCollector` merges.
    """

    def __init__(self, metrics: ServerMetrics, connections: OpenConnections, multi_process: bool) -> None:
        self._metrics = metrics
        self._connections = connections
        self._multi_process = multi_process

    def collect(self) -> Iterator[Family]:
        """Every family, as the text format 0.0.4 has it."""
        yield self._connections.active()
        yield self._connections.ages()
        if not self._multi_process:
            yield from self._metrics.collect()


class _Scrape:
    """A registry's families with the ages as this scrape's format has them."""

    def __init__(self, collect: Callable[[], Iterator[Family]], ages: Family) -> None:
        self._collect = collect
        self._ages = ages

    def collect(self) -> Iterator[Family]:
        for family in self._collect():
            yield self._ages if family.name == SERVER_CONNECTION_AGE.name else family


def expose(
    registry: CollectorRegistry,
    collector: SockscopeCollector,
    connections: OpenConnections,
    multi_process: bool,
    accept: str,
) -> tuple[str, bytes]:
    """The content type and the text of one scrape: of this process, or of all that share the folder."""
    if multi_process:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
        registry.register(collector)
    encode, content_type = choose_encoder(accept)
    ages = connections.ages(open_metrics="openmetrics" in content_type)
    return content_type, encode(_Scrape(registry.collect, ages))
