"""Settings that would leave the door open: nothing starts with them."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

KEY_CHARACTERS, KEY_DIFFERENT = 50, 10
GENERATED = "django-insecure-"  # by startproject, and in many a repository
THIS_MACHINE = {"localhost", "127.0.0.1", "[::1]"}
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]", re.IGNORECASE)


def refuse_unsafe(
    *,
    debug: bool,
    https: bool,
    key: str,
    former: list[str],
    hosts: list[str],
    proxies: int,
    behind_proxy: str,
    contact: str,
) -> None:
    """Raise ImproperlyConfigured when settings are unsafe or say nothing clear, with a sentence for each on what to do.

    former: keys that still open.
    behind_proxy: the variable that an earlier release read in the place of TRUSTED_PROXIES.
    """
    found = [
        *_keys(key, former, https=https),
        *_hosts(hosts),
        *_debugging(hosts, debug=debug, https=https),
        *_in_the_open(hosts, https=https),
        *_proxies(proxies, behind_proxy),
        *_contact(contact),
    ]
    if found:
        raise ImproperlyConfigured("\n".join(found))


def _keys(key: str, former: list[str], *, https: bool) -> Iterable[str]:
    if https and not _is_strong(key):
        yield f"Set SECRET_KEY to at least {KEY_CHARACTERS} random characters, or HTTPS=off on one's own machine."
    if https and not all(map(_is_strong, former)):
        yield f"Take out of SECRET_KEY_FALLBACKS what has less than {KEY_CHARACTERS} random characters: it opens, too."


def _is_strong(key: str) -> bool:
    return len(key) >= KEY_CHARACTERS and len(set(key)) >= KEY_DIFFERENT and not key.startswith(GENERATED)


def _hosts(hosts: list[str]) -> Iterable[str]:
    if not hosts or not all(HOST.fullmatch(host) for host in hosts):
        yield (
            "Set ALLOWED_HOSTS to the full name of each host, such as help.example.org: "
            "no *, no dot in front, no scheme, no port."
        )


def _in_the_open(hosts: list[str], *, https: bool) -> Iterable[str]:
    if not https and hosts and not set(hosts) <= THIS_MACHINE:
        yield "Set HTTPS=on, or leave ALLOWED_HOSTS at this machine: without it passwords and cookies can be read."


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
