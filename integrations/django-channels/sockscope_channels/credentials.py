"""Whether an upgrade carried what could have been a session."""
from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

_HEADERS = {b"cookie", b"authorization"}
_PARAMETERS = {"token", "access_token", "jwt"}
#: A JSON Web Token, or a scheme that announces one: browsers can set no other header of an upgrade.
_SUBPROTOCOL = re.compile(r"[\w-]+\.[\w-]+\.[\w-]*|bearer.*", re.ASCII | re.IGNORECASE)


def has_credentials(scope: Mapping[str, Any]) -> bool:
    """Whether there is a cookie, an Authorization header, or a token in the query or in a subprotocol."""
    if any(name.lower() in _HEADERS and value for name, value in scope.get("headers", ())):
        return True
    if _PARAMETERS & parse_qs(scope.get("query_string", b"").decode("latin-1")).keys():
        return True
    return any(_SUBPROTOCOL.fullmatch(name) for name in scope.get("subprotocols") or ())
