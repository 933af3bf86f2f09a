"""Seeds of second factors, encrypted: whoever reads the database alone cannot make codes."""

import logging
import secrets
from base64 import b32encode, urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

SALT = "accounts.sealing"


def seal(text: str) -> str:
    """Encrypt with a key that comes from SECRET_KEY."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt what was sealed under SECRET_KEY or one of its fallbacks.

    What no key opens is answered by a seed that nobody has, so that its codes are wrong and nothing else breaks.
    """
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        logger.error("a second factor was sealed under a key that is neither SECRET_KEY nor one of its fallbacks")
        return b32encode(secrets.token_bytes(20)).decode()


def reseal(sealed: str) -> str:
    """The same under today's SECRET_KEY. Raises InvalidToken when no key opens it."""
    return _keys().rotate(sealed.encode()).decode()


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    return Fernet(urlsafe_b64encode(salted_hmac(SALT, "factors", secret=secret, algorithm="sha256").digest()))
