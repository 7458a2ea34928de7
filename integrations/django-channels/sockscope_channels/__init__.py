"""Metrics and a structured log for the WebSockets of Django Channels and of any ASGI application."""
from .connection import Connection, connection_of
from .connection_log import ConnectionLog, log_json
from .consumer import RehydrationForbidden, SockscopeConsumerMixin
from .errors import (
    InvalidAppError,
    InvalidRoutesError,
    NotMeasuredError,
    SockscopeError,
    UnknownCloseReasonError,
)
from .instrumentation import Instrumentation
from .middleware import SockscopeMiddleware
from .words import OwnWords

__all__ = [
    "Connection",
    "ConnectionLog",
    "Instrumentation",
    "InvalidAppError",
    "InvalidRoutesError",
    "NotMeasuredError",
    "OwnWords",
    "RehydrationForbidden",
    "SockscopeConsumerMixin",
    "SockscopeError",
    "SockscopeMiddleware",
    "UnknownCloseReasonError",
    "connection_of",
    "log_json",
]
