"""What Daphne runs: `daphne chat.asgi:application`."""
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chat.settings")

from django.core.asgi import get_asgi_application

# Before anything that asks for a setting.
django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator, WebsocketDenier
from django.conf import settings
from django.urls import path, re_path
from sockscope_channels import SockscopeMiddleware

from .auth import CookieAuth
from .consumers import ChatConsumer
from .test_commands import CommandedConsumer

consumer = (CommandedConsumer if settings.CHAT_TEST_COMMANDS else ChatConsumer).as_asgi()

sockets = URLRouter(
    [
        path("ws", consumer),
        # Not among the configured routes: counted as `other`.
        path("ws/unlisted", consumer),
        # Without it, a path that does not exist is an exception of Channels, and 500.
        re_path("", WebsocketDenier.as_asgi()),
    ]
)

application = SockscopeMiddleware(
    ProtocolTypeRouter(
        {"http": django_application, "websocket": AllowedHostsOriginValidator(CookieAuth(sockets))}
    )
)
