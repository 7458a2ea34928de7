"""Who a user is: a JSON Web Token in a cookie that no script can read."""
from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

import jwt
from django.conf import settings
from sockscope_channels import connection_of

#: Set by the login with `HttpOnly`, `Secure` and `SameSite=Lax`.
COOKIE = "session"

#: The only one: a token may not choose how it is checked, and least of all `none`.
_ALGORITHMS = ["HS256"]


class CookieAuth:
    """
    ASGI middleware that puts `user_id` into the scope, or `auth_failure`, a reason to close.

    It refuses nobody: a handshake that is refused is 1006 to the browser, which cannot tell it from a network that is gone.
    The consumer accepts, and closes with 4401.
    """

    def __init__(self, application) -> None:
        self._application = application

    async def __call__(self, scope, receive, send):
        user_id, failure = user_of(scope)
        if user_id is not None:
            connection_of(scope).auth_method = "cookie"
        await self._application({**scope, "user_id": user_id, "auth_failure": failure}, receive, send)


def user_of(scope) -> tuple[str | None, str | None]:
    """The user, or why there is none."""
    token = _cookie(scope)
    if token is None:
        return None, "authentication_required"
    try:
        claims = jwt.decode(
            token, settings.SECRET_KEY, algorithms=_ALGORITHMS, options={"require": ["exp", "sub"]}
        )
    except jwt.ExpiredSignatureError:
        return None, "authentication_expired"
    except jwt.InvalidTokenError:
        return None, "authentication_required"
    return claims["sub"], None


def _cookie(scope) -> str | None:
    text = "; ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie")
    try:
        morsel = SimpleCookie(text).get(COOKIE)
    except CookieError:
        return None
    return None if morsel is None else morsel.value
