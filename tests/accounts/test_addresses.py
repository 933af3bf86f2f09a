"""The network a request counts for: never what a stranger wrote, always something."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.addresses import UNKNOWN, client_network

REMOTE = st.ip_addresses(v=4).map(str)
ANYTHING = st.text(max_size=60) | st.ip_addresses().map(str)


@pytest.mark.parametrize(
    ("remote", "network"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("::ffff:203.0.113.77", "203.0.113.0"),
        ("2001:db8:1:2:3::4", "2001:db8:1::"),
        ("fe80::1%eth0", "fe80::"),
        ("", UNKNOWN),
        ("unix:", UNKNOWN),
    ],
)
def test_a_peer_is_known_by_its_network(remote: str, network: str) -> None:
    assert client_network(remote, "", 0) == network


@given(REMOTE, ANYTHING)
def test_without_a_proxy_of_ours_the_header_is_not_read(remote: str, forged: str) -> None:
    assert client_network(remote, forged, 0) == client_network(remote, "", 0)


@given(REMOTE, REMOTE, st.lists(ANYTHING.filter(lambda text: "," not in text), max_size=4), st.integers(1, 3))
def test_with_proxies_of_ours_only_what_they_added_counts(
    remote: str, client: str, forged: list[str], proxies: int
) -> None:
    added = [client, *["10.0.0.1"] * (proxies - 1)]
    assert client_network(remote, ", ".join([*forged, *added]), proxies) == client_network(client, "", 0)


@given(REMOTE, st.integers(2, 5))
def test_a_header_shorter_than_our_proxies_is_not_believed(remote: str, proxies: int) -> None:
    header = ", ".join(["192.0.2.1"] * (proxies - 1))
    assert client_network(remote, header, proxies) == client_network(remote, "", 0)


@given(st.text(), st.text(), st.integers(0, 4))
def test_whatever_comes_there_is_an_address_to_count_for(remote: str, forwarded: str, proxies: int) -> None:
    assert ip_address(client_network(remote, forwarded, proxies))
