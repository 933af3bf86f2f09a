"""The pages of signing in: Chinese throughout, usable by everybody, and each says what to do next."""

import re
from base64 import b64decode
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLResolver, reverse

from accounts import urls
from tests.accounts.doors import PASSWORD, code, type_code, type_password
from tests.accounts.pages import STATES, Somebody, State
from tests.staff import WRITER, desk_of, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]

# Names of things that have no Chinese name.
NAMES = {"TOTP", "JavaScript", "iPhone", "Mozilla", "MicroMessenger"}
SPOKEN = {"title", "alt", "aria-label", "placeholder"}
UNSPOKEN = {"script", "style", "code", "svg"}
OURS = Path(settings.BASE_DIR) / "templates"
# Addresses that answer with no page of their own.
NO_PAGE = {"mfa_download_recovery_codes", "mfa_login_webauthn", "staff_end_session", None}


@pytest.fixture
def who() -> Somebody:
    return Somebody()


@pytest.fixture(params=STATES.values(), ids=STATES.keys())
def page(request: pytest.FixtureRequest, who: Somebody) -> str:
    """The HTML of each page in each of its states."""
    state: State = request.param
    return str(state(who).content.decode())


class Outline(HTMLParser):
    """What a page says, and what its parts are called."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        self.words += [given[name] for name in SPOKEN & set(given)]
        self.silent += tag in UNSPOKEN

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in UNSPOKEN

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)

    def all(self, *names: str) -> list[dict[str, str]]:
        return [given for tag, given in self.tags if tag in names]


def said(response: Any) -> str:
    """The words of a page in one line."""
    return " ".join(" ".join(Outline(response.content.decode()).words).split())


def links(response: Any) -> set[str]:
    return {given.get("href", "") for given in Outline(response.content.decode()).all("a")}


def test_every_word_is_chinese(page: str) -> None:
    words = " ".join(Outline(page).words)
    foreign = set(re.findall(r"[A-Za-z]{2,}", words)) - NAMES
    assert not foreign
    assert "您" not in words
    assert re.search(r"[一-鿿]", words) or re.fullmatch(r"[\d\s]+", words)


def test_every_page_has_a_title_one_heading_and_named_fields(page: str) -> None:
    outline = Outline(page)
    if not outline.tags:
        return  # the codes as plain text
    assert len(outline.all("h1")) == 1
    assert re.search(r"<title>\S[^<]* - \S+</title>", page)
    ids = {given["id"] for _tag, given in outline.tags if "id" in given}
    named = {given["for"] for given in outline.all("label") if "for" in given}
    for given in outline.all("input"):
        if given.get("type") != "hidden" and "hidden" not in given and given.get("type") != "checkbox":
            assert given["id"] in named
            assert set(given.get("aria-describedby", "").split()) <= ids
            assert "autocomplete" in given
    assert all(given.get("aria-describedby") for given in outline.all("input") if "aria-invalid" in given)


@pytest.mark.parametrize("state", [name for name in STATES if "wrong" in name or "empty" in name or "bad" in name])
def test_what_went_wrong_is_said_aloud(who: Somebody, state: str) -> None:
    html = STATES[state](who).content.decode()
    alerts = re.findall(r'role="alert"[^>]*>\s*(?:<p>)?([^<]+)', html)
    assert alerts or "messagelist" in html


@pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
def test_every_template_is_our_own(who: Somebody, state: State) -> None:
    used = getattr(state(who), "templates", [])
    theirs = [t.name for t in used if t.name and re.match(r"(account|accounts|mfa|usersessions|allauth)/", t.name)]
    origins = {t.name: Path(t.origin.name) for t in used}
    assert [name for name in theirs if OURS not in origins[name].parents] == []


def addresses(patterns: Any) -> Iterator[str | None]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        else:
            yield pattern.name


def test_no_address_is_forgotten_here() -> None:
    shown = (Path(__file__).with_name("pages.py")).read_text(encoding="utf-8")
    assert [name for name in addresses(urls.urlpatterns) if name not in NO_PAGE and f'"{name}"' not in shown] == []


def test_the_first_time_offers_the_two_ways_and_nothing_else(who: Somebody) -> None:
    response = who.password().get("mfa_index", next="/admin/")
    ways = {reverse("mfa_add_webauthn"), reverse("mfa_activate_totp")}
    assert links(response) == ways | {"/admin/", "#content-start"}
    assert "推荐" in said(response)


def test_signing_in_offers_no_account_and_remembers_nobody(client: Client) -> None:
    page = client.get(reverse("account_login"), {"next": "/admin/guidance/claimdraft/"})
    assert [given["name"] for given in Outline(page.content.decode()).all("input") if "id" in given] == [
        "login",
        "password",
        "credential",
    ]
    kept = [g["value"] for g in Outline(page.content.decode()).all("input") if g.get("name") == "next"]
    assert kept == ["/admin/guidance/claimdraft/"] * 2  # for the password and for the passkey
    assert "请管理员重置你的登录" in said(page)


def test_without_scripts_a_passkey_is_not_offered_and_another_way_is(client: Client) -> None:
    page = client.get(reverse("account_login")).content.decode()
    (button,) = [g for g in Outline(page).all("button") if g.get("id") == "passkey-login"]
    assert "hidden" in button
    assert re.search(r"<noscript>[^\n]*可以用用户名和密码登录", page)


def test_the_code_to_scan_is_a_picture_of_its_own(who: Somebody) -> None:
    page = who.password().get("mfa_activate_totp")
    (picture,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page.content.decode())
    assert b'xmlns="http://www.w3.org/2000/svg"' in b64decode(picture)
    assert any(link.startswith("otpauth://totp/") for link in links(page))


def test_a_wrong_code_leaves_the_same_secret(who: Somebody) -> None:
    def secret(page: Any) -> str:
        return str(re.search(r'id="secret">([^<]+)', page.content.decode())[1])  # type: ignore[index]

    first = secret(who.password().get("mfa_activate_totp"))
    assert re.fullmatch(r"([A-Z2-7]{4} ?)+", first)
    assert secret(who.post("mfa_activate_totp", code="000")) == first
    enrolled = who.post("mfa_activate_totp", code=code(first.replace(" ", "")))
    assert "存好这组恢复码" in said(enrolled)


def test_recovery_codes_are_shown_once(who: Somebody) -> None:
    codes = re.compile(r"<code>\d{8}</code>")
    first = who.app().inside().post("mfa_generate_recovery_codes")
    assert len(codes.findall(first.content.decode())) == 10
    assert "不要发到聊天里" in said(first)
    again = who.get("mfa_view_recovery_codes")
    assert not codes.findall(again.content.decode())
    assert "你还有 10 个没用过" in said(again)
    assert reverse("mfa_generate_recovery_codes") in links(again)


def test_a_recovery_code_may_be_typed_in_groups(who: Somebody) -> None:
    shown = who.app().inside().post("mfa_generate_recovery_codes").content.decode()
    (written, *_rest) = re.findall(r"<code>(\d{8})</code>", shown)
    client = who.password().client
    assert type_code(client, f"{written[:4]} {written[4:]}")["Location"] == "/admin/"


@pytest.mark.parametrize(("used", "warned"), [(7, False), (8, True), (10, True)])
def test_few_codes_are_told_in_time(who: Somebody, used: int, warned: bool) -> None:  # noqa: FBT001
    page = said(who.app().codes(used).inside().get("mfa_index"))
    assert f"还剩 {10 - used} 个" in page
    assert ("请换一组新的" in page or "请生成一组" in page) is warned


def test_the_last_factor_is_not_offered_for_removal(who: Somebody) -> None:
    page = who.passkey().get("mfa_index")
    assert "只剩这一种，不能去掉" in said(page)
    remove = reverse("mfa_remove_webauthn", args=[who.key()])
    assert not any(link.startswith(remove) for link in links(page))
    who.app()
    assert any(link.startswith(remove) for link in links(who.get("mfa_index")))


def test_the_second_step_offers_what_the_person_has(who: Somebody) -> None:
    offered = 'id="passkey-proof"'
    page = who.app().password().get("mfa_authenticate")
    assert offered not in page.content.decode()
    assert "6位数字" in said(page)
    page = who.passkey().password().get("mfa_authenticate")
    assert offered in page.content.decode()


def test_only_a_passkey_leaves_the_recovery_codes_to_type(who: Somebody) -> None:
    assert "6位数字" not in said(who.passkey().password().get("mfa_authenticate"))


def test_proving_it_again_says_why_and_keeps_where_to_go(who: Somebody) -> None:
    page = who.app().passkey().inside(999).get("mfa_reauthenticate_webauthn", next="/admin/export/")
    assert "改角色、导出全部内容之前" in said(page)
    other = reverse("mfa_reauthenticate") + "?next=%2Fadmin%2Fexport%2F"
    assert other in links(page)
    assert 'name="next" value="/admin/export/"' in page.content.decode()


def test_a_passkey_that_fails_can_be_tried_again_where_one_was(who: Somebody) -> None:
    who.app().passkey().inside(999)
    page = who.post("mfa_reauthenticate_webauthn", credential="1", next="/admin/export/")
    assert "再确认一次是你" in said(page)
    assert "通行密钥没有对上" in said(page)
    assert 'name="next" value="/admin/export/"' in page.content.decode()


def test_another_device_is_named_and_can_be_ended(who: Somebody) -> None:
    page = STATES["devices"](who)
    assert "结束其他全部登录" not in said(page)
    other = Client(headers={"User-Agent": "Mozilla/5.0 (iPhone) MicroMessenger/8.0"})
    type_password(other, who.user)
    type_code(other, who.post("mfa_generate_recovery_codes").context["unused_codes"][0])
    assert other.get("/admin/").status_code == 200
    page = who.get("usersessions_list")
    assert "微信 · iPhone" in said(page)
    (end,) = re.findall(r'action="(/staff/sessions/\d+/end/)"', page.content.decode())
    assert "已结束" in said(who.client.post(end, follow=True))
    assert other.get("/admin/").status_code == 302


def test_the_menu_marks_where_one_is(who: Somebody) -> None:
    who.app().inside()
    for name in ("mfa_index", "usersessions_list", "account_change_password"):
        html = who.get(name).content.decode()
        marked = [g["href"] for g in Outline(html).all("a") if g.get("aria-current") == "page"]
        assert marked == [reverse(name)]


def test_the_desk_leads_to_ones_own_sign_in() -> None:
    page = desk_of(staff(WRITER)).get("/admin/")
    assert reverse("mfa_index") in links(page)
    assert "我的登录" in said(page)
    assert "修改密码" not in said(page)


def test_a_changed_password_ends_the_other_devices(who: Somebody) -> None:
    who.app()
    other = who.inside().client
    who.inside()
    new = "一句谁也想不到的新的长话"
    page = who.post("account_change_password", oldpassword=PASSWORD, password1=new, password2=new)
    assert "其他设备上的登录都已结束" in said(page)
    assert other.get("/admin/").status_code == 302


def test_a_dead_link_tells_what_to_do(client: Client) -> None:
    page = said(client.get(reverse("staff_welcome", args=["x", "y"])))
    assert "请管理员再给你一个新的" in page


def test_the_times_that_are_told_are_those_that_hold(who: Somebody, client: Client) -> None:
    hours, days = settings.SESSION_COOKIE_AGE // 3600, settings.PASSWORD_RESET_TIMEOUT // 86400
    assert f"最多{hours}小时" in said(who.app().inside().get("usersessions_list"))
    assert f"{'零一二三四五六七'[days]}天内有效" in said(client.get(reverse("staff_welcome", args=["x", "y"])))


def test_nothing_leads_away_from_codes_that_are_shown_once(who: Somebody) -> None:
    page = who.app().inside().post("mfa_generate_recovery_codes")
    assert "存好这组恢复码" in said(page)
    assert "登录的设备" not in said(page)
    assert "登录的设备" in said(who.get("mfa_view_recovery_codes"))
