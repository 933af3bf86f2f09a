"""Settings that would leave the door open: nothing starts with them."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

KEY_CHARACTERS = 50
THIS_MACHINE = {"localhost", "127.0.0.1", "[::1]"}
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]", re.IGNORECASE)


def refuse_unsafe(
    *, debug: bool, https: bool, key: str, hosts: list[str], proxies: int, behind_proxy: str, contact: str
) -> None:
    """Raise ImproperlyConfigured when settings are unsafe or say nothing clear, with a sentence for each on what to do.

    behind_proxy: the variable that an earlier release read in the place of TRUSTED_PROXIES.
    """
    found = [
        *_keys(key, https=https),
        *_hosts(hosts),
        *_debugging(hosts, debug=debug, https=https),
        *_proxies(proxies, behind_proxy),
        *_contact(contact),
    ]
    if found:
        raise ImproperlyConfigured("\n".join(found))


def _keys(key: str, *, https: bool) -> Iterable[str]:
    if https and len(key) < KEY_CHARACTERS:
        yield f"Set SECRET_KEY to at least {KEY_CHARACTERS} random characters, or HTTPS=off on one's own machine."


def _hosts(hosts: list[str]) -> Iterable[str]:
    if not hosts or not all(HOST.fullmatch(host) for host in hosts):
        yield (
            "Set ALLOWED_HOSTS to the full name of each host, such as help.example.org: "
            "no *, no dot in front, no scheme, no port."
        )


def _debugging(hosts: list[str], *, debug: bool, https: bool) -> Iterable[str]:
    if debug and https:
        yield "Set DEBUG=off, or HTTPS=off on one's own machine: pages for developers show too much."
    if debug and not set(hosts) <= THIS_MACHINE:
        yield "Set DEBUG=off, or leave ALLOWED_HOSTS at this machine: pages for developers show too much."


def _proxies(proxies: int, behind_proxy: str) -> Iterable[str]:
    if behind_proxy:
        yield "Unset BEHIND_PROXY and set TRUSTED_PROXIES to the number of one's own proxies in front, such as 1."
    if proxies < 0:
        yield "Set TRUSTED_PROXIES to the number of one's own proxies in front: 0 or more."


def _contact(contact: str) -> Iterable[str]:
    if contact and not _is_contact(contact):
        yield "Set SECURITY_CONTACT to a mailto: or https:// address, such as mailto:security@example.org."


def _is_contact(text: str) -> bool:
    """Whether it is one address that security.txt may name. A line end in it would be a field of its own."""
    if not re.fullmatch(r"[!-~]+", text):
        return False
    try:
        address = urlsplit(text)
    except ValueError:
        return False
    if address.scheme == "mailto":
        return bool(re.fullmatch(r"[^@]+@[^@]+", address.path))
    return address.scheme == "https" and bool(address.hostname)
