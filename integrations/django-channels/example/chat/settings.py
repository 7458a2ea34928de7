"""The settings of the example: as few as a chat needs. What is secret comes from the environment."""
import os

SECRET_KEY = os.environ["CHAT_SECRET"]
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "chat.urls"
USE_TZ = True

#: One process has its groups in memory; several, or several machines, need a channel layer between them.
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {"hosts": [os.environ["REDIS_URL"]]},
    }
    if "REDIS_URL" in os.environ
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}

SOCKSCOPE = {"APP": "chat", "ROUTES": ["/ws"]}

#: Whether the frames of `test_commands.py` are obeyed: never where there are users.
CHAT_TEST_COMMANDS = os.environ.get("CHAT_TEST_COMMANDS") == "1"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"as_it_is": {"format": "%(message)s"}},
    "handlers": {
        "lines": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "as_it_is"}
    },
    "loggers": {"sockscope.connections": {"handlers": ["lines"], "level": "INFO", "propagate": False}},
}
