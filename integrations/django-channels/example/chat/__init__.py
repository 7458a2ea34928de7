"""A chat on Django Channels whose sockets are measured."""
