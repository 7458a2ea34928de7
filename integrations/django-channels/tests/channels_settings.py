"""The settings of Django under which consumers run here."""
from __future__ import annotations

from django.conf import settings

if not settings.configured:
    settings.configure(CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}})
