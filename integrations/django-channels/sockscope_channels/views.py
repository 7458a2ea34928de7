"""The page that Prometheus scrapes."""
from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from .settings import instrumentation_of_settings


def metrics(request: HttpRequest) -> HttpResponse:
    """Everything in the registry, of every worker in multi-process mode. Not for the internet: route it inside only."""
    content_type, text = instrumentation_of_settings().expose(request.headers.get("Accept", ""))
    return HttpResponse(text, content_type=content_type)
