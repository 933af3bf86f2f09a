"""Where a request comes from, as a network: enough to slow a stranger down, too little to find a person."""

from ipaddress import IPv6Address, ip_address, ip_network

UNKNOWN = "0.0.0.0"  # noqa: S104 (not a place to listen on: all who have no address count as one)
V4_BITS, V6_BITS = 24, 48  # what one customer of a network can change at will lies below


def client_network(remote: str, forwarded: str, proxies: int) -> str:
    """The first address of the network a request comes from, e.g. 203.0.113.0.

    remote: the peer's address. forwarded: the X-Forwarded-For header, which anybody can write. proxies: how many of our
    own stand in front, each of which adds the address it sees; what is left of those is never believed.
    """
    steps = [step.strip() for step in forwarded.split(",")]
    believed = steps[-proxies] if 0 < proxies <= len(steps) else remote
    try:
        address = ip_address(believed.partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    bits = V6_BITS if isinstance(address, IPv6Address) else V4_BITS
    return str(ip_network((address, bits), strict=False).network_address)
