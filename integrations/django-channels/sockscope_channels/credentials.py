"""Whether an upgrade carried what could have been a session. The rule is the catalog's, so that every server counts alike."""
from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .generated.catalog import CREDENTIAL_HEADERS, CREDENTIAL_QUERY, CREDENTIAL_SUBPROTOCOL

_HEADERS = {name.encode() for name in CREDENTIAL_HEADERS}
_QUERY = re.compile(CREDENTIAL_QUERY, re.ASCII | re.IGNORECASE)
_SUBPROTOCOL = re.compile(CREDENTIAL_SUBPROTOCOL, re.ASCII | re.IGNORECASE)


def has_credentials(scope: Mapping[str, Any]) -> bool:
    """Whether there is a cookie, an Authorization header, or a token in the query or in a subprotocol."""
    if any(name.lower() in _HEADERS and value for name, value in scope.get("headers", ())):
        return True
    if _QUERY.search(scope.get("query_string", b"").decode("latin-1")):
        return True
    return any(_SUBPROTOCOL.search(name) for name in scope.get("subprotocols") or ())
