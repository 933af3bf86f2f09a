"""Seeds of second factors under changing keys."""

from typing import Any

import pytest
from cryptography.fernet import InvalidToken
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from accounts.sealing import reseal, seal, unseal

OLD, NEW = "o" * 50, "n" * 50


@given(st.text())
def test_what_is_sealed_comes_back_and_never_looks_the_same(text: str) -> None:
    assert unseal(seal(text)) == text
    assert seal(text) != seal(text)
    assert len(text) < 4 or text not in seal(text)


def test_a_new_key_opens_what_the_old_one_sealed_until_that_is_gone(settings: Any) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    sealed = seal("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert unseal(sealed) == "JBSWY3DPEHPK3PXP"
    renewed = reseal(sealed)
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(renewed) == "JBSWY3DPEHPK3PXP"
    with pytest.raises(InvalidToken):
        reseal(sealed)


@given(st.text(max_size=200))
def test_what_no_key_opens_gives_another_seed_each_time(sealed: str) -> None:
    first, second = unseal(sealed), unseal(sealed)
    assert first != second
    assert len(first) == len(second) == 32


def test_the_key_is_not_the_secret_key_itself() -> None:
    with override_settings(SECRET_KEY=OLD, SECRET_KEY_FALLBACKS=[]):
        sealed = seal("x")
    with override_settings(SECRET_KEY=OLD + "x", SECRET_KEY_FALLBACKS=[]), pytest.raises(InvalidToken):
        reseal(sealed)
