"""What never leaves this machine: its own addresses, and requests to them."""

from __future__ import annotations

import ipaddress
import os
from typing import Final

NAMES: Final = ("localhost", "127.0.0.1", "::1")


def is_loopback(host: str) -> bool:
    """Whether a name or an address, without a port, leads to this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")  # RFC 6761, 6.3


def bypass_proxies() -> None:
    """Lets this process reach servers on this machine directly where others are reached through a proxy."""
    given = (os.environ.get("no_proxy") or os.environ.get("NO_PROXY", "")).split(",")
    spared = [name.strip() for name in given if name.strip()]
    if "*" in spared:
        return
    for variable in ("no_proxy", "NO_PROXY"):
        os.environ[variable] = ",".join(dict.fromkeys((*spared, *NAMES)))
