"""Choosing a password: what it must be, and what was wrong with it."""

import re

import pytest
from django.conf import settings

from accounts.passwords import Varied
from tests.accounts.pages import Somebody

pytestmark = pytest.mark.django_db


def test_what_a_password_must_be_is_what_holds() -> None:
    rules = {each["NAME"].rpartition(".")[2]: each.get("OPTIONS", {}) for each in settings.AUTH_PASSWORD_VALIDATORS}
    page = Somebody().welcome().content.decode()
    assert f"至少{rules.pop('LongEnough')['min_length']}个字符" in page
    assert f"至少有{Varied(**rules.pop('Varied')).least}个不同的" in page
    assert set(rules) == {"NumericPasswordValidator", "CommonPasswordValidator", "UserAttributeSimilarityValidator"}
    assert "不能全是数字，不能是常见的密码，也不能和用户名、显示名相似" in page


@pytest.mark.parametrize(("one", "two", "why"), [("1", "2", "不一致"), ("123", "123", "太短")])
def test_what_is_wrong_is_said_where_one_types_it_anew(one: str, two: str, why: str) -> None:
    page = Somebody().welcome(new_password1=one, new_password2=two).content.decode()
    (told,) = re.findall(r'role="alert" id="([^"]+)-wrong">([^<]+)', page)
    assert told[0] == "id_new_password1"
    assert why in told[1]
    assert re.findall(r'<input id="([^"]+)"[^>]* autofocus', page) == ["id_new_password1"]
