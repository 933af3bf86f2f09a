"""The way in as staff walk it: what somebody knows, the form, the second step, a device that keeps passkeys."""

import json
import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.journeys.server import Site

NEWCOMERS = Path(__file__).with_name("newcomers.py").read_text()
INVITED, PASSWORD, FACTOR = "invitation", "password", "factor"
CHOSEN = "walnut-Kettle-49-river"
CODES = 10  # recovery codes that are made at once
DESK, ENROL = re.compile(r"/admin/\??$"), re.compile(r"/staff/2fa/(\?next=.*)?$")
STEP = 30  # seconds until an app shows another code
PASSKEYS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass
class Person:
    """What somebody knows of their own account."""

    name: str
    link: str = ""
    password: str = ""
    secret: str = ""
    recovery: list[str] = field(default_factory=list)
    step: int = 0

    def code(self) -> str:
        """What the app shows; the next time what it will show soon, for the site takes each code once."""
        now = int(time.time()) // STEP
        self.step = max(self.step + 1, now)
        assert self.step <= now + 1, "a third code would have to be waited for"
        return format_hotp_value(hotp_value(self.secret, self.step))

    def wrong_code(self) -> str:
        """A code that the app does not show."""
        return f"{(int(self.code()) + 1) % 1_000_000:06}"


def people(site: Site, **has: tuple[str, ...]) -> dict[str, Person]:
    """People of a site by name. has: INVITED, PASSWORD or FACTOR (a password and an app for codes), then roles."""
    known = site.manage("shell", "--no-imports", "-c", NEWCOMERS, PEOPLE=json.dumps(has))
    return {name: Person(name, **what) for name, what in json.loads(known).items()}


def keeps_passkeys(page: Page) -> None:
    """Let the page's device make passkeys and show them, as if its owner put a finger on it each time."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEYS})


def give_password(page: Page, name: str, password: str) -> None:
    """Fill in the form of signing in, and send it."""
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def give_code(page: Page, code: str) -> None:
    """Fill in the second step, and send it."""
    page.get_by_label("验证码", exact=True).fill(code)
    page.get_by_role("button", name="确认", exact=True).click()


def come_in(page: Page, person: Person, code: str = "") -> None:
    """Sign in by password and code. code: instead of one from the app."""
    page.goto("/admin/")
    give_password(page, person.name, person.password)
    give_code(page, code or person.code())
    at_the_desk(page, person)


def leave(page: Page) -> None:
    """Sign out from the desk."""
    page.goto("/admin/")
    page.locator("#user-tools").get_by_role("button", name="退出").click()
    shut_out(page)


def accept(page: Page, person: Person) -> None:
    """Open the invitation, set a password, and sign in with it: the site asks for a second factor."""
    page.goto(person.link)
    person.password = CHOSEN
    page.get_by_label("密码", exact=True).fill(CHOSEN)
    page.get_by_label("再输一次密码").fill(CHOSEN)
    page.get_by_role("button", name="设好密码").click()
    give_password(page, person.name, CHOSEN)
    expect(page).to_have_url(ENROL)


def keep_codes(page: Page) -> list[str]:
    """The recovery codes that are shown, after saying that they are kept safe."""
    shown = page.locator(".codes li")
    expect(shown).to_have_count(CODES)
    codes = shown.all_inner_texts()
    page.get_by_label("我已经存好").check()
    page.get_by_role("button", name="进入编辑台").click()
    return codes


def enrol_app(page: Page, person: Person) -> None:
    """Set up an app that makes codes, by typing the secret."""
    page.get_by_role("link", name="验证码应用").click()
    page.get_by_text("手动输入密钥").click()
    person.secret = page.locator("#secret").inner_text().replace(" ", "")
    page.get_by_label("验证码", exact=True).fill(person.code())
    page.get_by_role("button", name="设好了").click()


def at_the_desk(page: Page, person: Person) -> None:
    """The desk is open for somebody."""
    expect(page).to_have_url(DESK)
    expect(page.locator("#user-tools")).to_contain_text(person.name)


def shut_out(page: Page) -> None:
    """The page asks for a name and a password."""
    expect(page.get_by_label("用户名")).to_be_visible()
