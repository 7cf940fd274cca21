"""Network addresses: which of them are one visitor."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

_PREFIX = 64
"""Of IPv6: who has one address of such a network has all of them."""


def visitor_network(address: str) -> str:
    """Return what stands for the visitor at `address`: an IPv4 address, or a /64 of IPv6.

    What is no address is returned as it is.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ip_network((int(parsed), _PREFIX), strict=False))
