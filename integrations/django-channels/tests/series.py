"""Series by the catalog's names."""
from __future__ import annotations

from sockscope_channels.declarations import Metric


def series(metric: Metric, part: str = "", **labels: str) -> str:
    """A series as the exposition writes it, without the label `app`; `part` is that of a histogram, such as `_sum`."""
    pairs = ",".join(f'{name}="{value}"' for name, value in sorted(labels.items()))
    return f"{metric.name}{part}{{{pairs}}}" if pairs else f"{metric.name}{part}"
