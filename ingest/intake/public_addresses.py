"""Which network addresses may be fetched from: those of the public internet only.

Requests on behalf of somebody else must not reach machines inside the town hall.
"""

import ipaddress
import socket
from collections.abc import Callable

from index.errors import ReadingError

AddressRule = Callable[[str], bool]
"""Says whether an address (``203.0.113.7``, ``2001:db8::1``) may be connected to."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public_address(address: str) -> bool:
    """Say whether an address belongs to the public internet (RFC 6890).

    An IPv6 address may contain an IPv4 address in several ways: that one is checked.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public_address(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def allowed_addresses(host: str, port: int, rule: AddressRule) -> list[str]:
    """Return the addresses of a host, all of which pass ``rule``.

    Connect to one of these, not to the name: the name may resolve differently a moment later.

    Raises :class:`ReadingError` if one does not pass, or there is none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        message = f"{host} is not known: check the address and the network"
        raise ReadingError(message) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses or not all(rule(address) for address in addresses):
        message = f"{host} is not on the public internet: save the page as a file, and ingest that"
        raise ReadingError(message)
    return addresses
