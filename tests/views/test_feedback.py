"""The question at the end of pages, its form, and what is counted when pages are shown."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from guidance.models import DailyCount, Feedback
from guidance.services import counts, live
from tests import builders

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
PAGES = {"/guides/after-repaying/": "article/after-repaying", "/faq/grace-period/": "faq/grace-period"}


@pytest.fixture(autouse=True)
def nothing_waits() -> Iterator[None]:
    counts._waiting.start_over()
    yield
    counts._waiting.start_over()


@pytest.fixture(autouse=True)
def clock(time_machine: Any) -> None:
    """It stands still until a test moves it."""
    time_machine.move_to(datetime.now(UTC), tick=False)


@pytest.fixture
def strict() -> Client:
    """A browser that came from nowhere: no cookie, and Django's own protection is on."""
    return Client(enforce_csrf_checks=True)


def opened(client: Client, useful: str = "no", key: str = "grace-period", **query: str) -> tuple[str, dict[str, str]]:
    """The form that a vote leads to: where it is sent, and what is in it."""
    response = client.get(f"/feedback/faq/{key}/1/", {"useful": useful, **query})
    return filled_in(response.content.decode())


def filled_in(page: str) -> tuple[str, dict[str, str]]:
    """Address and values of the form on a page."""
    found = re.search(r'<form class="stack" method="post" action="([^"]+)".*?</form>', page, re.DOTALL)
    assert found, page[:2000]
    form = found[0]
    values = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    values |= dict(re.findall(r'<input type="radio" name="(\w+)" value="(\w+)"[^>]* checked', form))
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", form, re.DOTALL)
    assert text
    return found[1], values | {"text": unescape(text[1])}


def later(time_machine: Any, **more: float) -> None:
    time_machine.shift(timedelta(**(more or {"seconds": 10})))


@pytest.mark.parametrize(("url", "about"), PAGES.items())
def test_a_page_asks_whether_it_was_useful(client: Client, url: str, about: str) -> None:
    page = client.get(url).content.decode()
    assert "这一页有用吗？" in page
    assert f'action="/feedback/{about}/1/"' in page


def test_who_found_it_useful_sends_at_once_and_is_not_asked_what_is_wrong(client: Client) -> None:
    page = client.get("/feedback/faq/grace-period/1/?useful=yes").content.decode()
    assert "哪里不好" not in page
    assert page.index(">发送</button>") < page.index("<textarea")
    other = client.get("/feedback/faq/grace-period/1/?useful=no").content.decode()
    assert "哪里不好" in other
    assert page.count(">发送</button>") == other.count(">发送</button>") == 1


def test_a_result_asks_too_and_names_its_cause_but_no_answer(client: Client, start: Any) -> None:
    url = start("huabei", signal="overdue", stage="unpaid", days="d30", also="none")
    page = client.get(url).content.decode()
    asked = page[page.index('id="feedback"') :]
    assert 'action="/feedback/flow/huabei/1/"' in asked
    assert re.search(r'name="cause" value="[\w-]+"', asked)
    assert url.split("/")[3] not in asked.split("</section>")[0]


def test_a_step_does_not_ask(client: Client, start: Any) -> None:
    assert 'id="feedback"' not in client.get(start("huabei")).content.decode()


def test_a_vote_a_reason_and_words_are_kept(strict: Client, time_machine: Any) -> None:
    url, form = opened(strict)
    assert form["useful"] == "no"
    later(time_machine)
    response = strict.post(url, form | {"reason": "unclear", "text": "看不懂，打我13800138000"})
    assert (response.status_code, response["Location"]) == (303, "/feedback/faq/grace-period/thanks/")
    assert "谢谢" in strict.get(response["Location"]).content.decode()
    kept = Feedback.objects.get()
    assert (kept.kind, kept.key, kept.number, kept.useful, kept.reason) == ("faq", "grace-period", 1, False, "unclear")
    assert kept.text == "看不懂，打我［号码已删去］"
    assert not strict.cookies


def test_a_vote_can_be_changed_before_it_is_sent(client: Client, time_machine: Any) -> None:
    url, form = opened(client, "no")
    later(time_machine)
    client.post(url, form | {"useful": "yes", "reason": "wrong"})
    kept = Feedback.objects.get()
    assert (kept.useful, kept.reason) == (True, "")


def test_sending_twice_counts_once_and_thanks_twice(client: Client, time_machine: Any) -> None:
    url, form = opened(client)
    later(time_machine)
    assert [client.post(url, form).status_code for _ in range(2)] == [303, 303]
    assert Feedback.objects.count() == 1


def test_a_form_on_a_page_of_its_own_says_what_it_is_about(client: Client) -> None:
    page = client.get("/feedback/faq/grace-period/1/").content.decode()
    assert "花呗有没有宽限期？" in page
    assert " checked" not in page


def test_nothing_is_lost_when_nothing_was_ever_read(client: Client, time_machine: Any) -> None:
    url, form = opened(client)
    later(time_machine)
    live._known = None
    with connection.execute_wrapper(away):
        response = client.post(url, form | {"text": "等一等"})
    assert response.status_code == 422
    assert filled_in(response.content.decode())[1]["text"] == "等一等"


def test_htmx_gets_the_same_as_parts_of_the_page(client: Client, time_machine: Any) -> None:
    part = client.get("/feedback/faq/grace-period/1/?useful=yes", headers=HTMX)
    url, form = filled_in(part.content.decode())
    assert part.content.decode().lstrip().startswith("<section")
    later(time_machine)
    thanks = client.post(url, form, headers=HTMX, follow=True).content.decode()
    assert thanks.lstrip().startswith("<section")
    assert "谢谢" in thanks


@pytest.mark.parametrize("address", ["/feedback/faq/grace-period/1/?useful=yes", "/feedback/faq/grace-period/thanks/"])
def test_forms_and_thanks_are_kept_nowhere_and_found_by_nobody(client: Client, address: str) -> None:
    first, second = client.get(address), client.get(address)
    assert first["Cache-Control"] == "no-store"
    assert first["X-Robots-Tag"] == "noindex"
    assert "ETag" not in first
    assert not second.cookies
    if "useful" in address:
        assert filled_in(first.content.decode())[1]["token"] != filled_in(second.content.decode())[1]["token"]


def refused(client: Client, url: str, form: dict[str, str]) -> str:
    """Send a form that is not taken; nothing of it is lost, and nothing of it is kept."""
    before = Feedback.objects.count()
    response = client.post(url, form)
    page = response.content.decode()
    assert response.status_code == 422
    assert 'role="alert"' in page
    shown = filled_in(page)[1]
    assert shown["text"] == form["text"]
    assert shown.get("useful") == form.get("useful")
    assert Feedback.objects.count() == before
    return page


def test_who_sends_at_once_may_send_again(client: Client, time_machine: Any) -> None:
    url, form = opened(client)
    page = refused(client, url, form | {"text": "很急\n第二行 <b>"})
    assert "再按一次“发送”" in page
    later(time_machine)
    assert client.post(*filled_in(page)).status_code == 303
    assert Feedback.objects.get().text == "很急\n第二行 <b>"


def test_a_form_that_lay_around_may_be_sent_again(client: Client, time_machine: Any) -> None:
    url, form = opened(client)
    later(time_machine, days=2)
    page = refused(client, url, form | {"text": "慢"})
    later(time_machine)
    assert client.post(*filled_in(page)).status_code == 303


def test_who_fills_in_what_nobody_sees_may_send_again(client: Client, time_machine: Any) -> None:
    url, form = opened(client)
    later(time_machine)
    page = refused(client, url, form | {"text": "你好", "website": "http://example.com"})
    assert client.post(*filled_in(page)).status_code == 303


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"useful": ""}, "请先选"),
        ({"useful": "maybe"}, "请先选"),
        ({"reason": "made-up"}, "请重新选一个原因"),
        ({"text": "长" * 501}, "最多写500个字，现在是501个"),
    ],
    ids=["no vote", "another vote", "another reason", "too long"],
)
def test_what_cannot_be_kept_is_said(client: Client, time_machine: Any, change: dict[str, str], words: str) -> None:
    url, form = opened(client)
    later(time_machine)
    response = client.post(url, form | change)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert filled_in(response.content.decode())[1]["text"] == (form | change)["text"]
    assert not Feedback.objects.exists()


def test_lines_count_as_in_the_browser(client: Client, time_machine: Any) -> None:
    url, form = opened(client)
    later(time_machine)
    assert client.post(url, form | {"text": "\r\n".join(["字"] * 250)}).status_code == 303


def test_too_much_at_once_is_said_and_nothing_is_lost(client: Client, time_machine: Any) -> None:
    for i in range(60):
        Feedback.objects.create(kind="faq", key="grace-period", number=1, useful=True, token=str(i))
    url, form = opened(client)
    later(time_machine)
    assert "现在收到的反馈太多" in refused(client, url, form | {"text": "我也想说"})


def away(*args: Any) -> None:
    raise OperationalError


def full(execute: Any, sql: str, *args: Any) -> Any:
    if sql.startswith("INSERT"):
        raise OperationalError
    return execute(sql, *args)


def test_while_the_database_is_away_nothing_is_lost(client: Client, time_machine: Any) -> None:
    url, form = opened(client)
    later(time_machine)
    with connection.execute_wrapper(away):
        response = client.post(url, form | {"text": "等一等"})
    assert response.status_code == 422
    assert filled_in(response.content.decode())[1] == form | {"text": "等一等"}


def test_what_could_not_be_kept_can_be_sent_again(client: Client, time_machine: Any) -> None:
    url, form = opened(client)
    later(time_machine)
    with connection.execute_wrapper(full):
        response = client.post(url, form | {"text": "等一等"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "现在存不下来" in page
    assert client.post(*filled_in(page)).status_code == 303
    assert Feedback.objects.get().text == "等一等"


@pytest.mark.parametrize(
    "about",
    [
        "faq/nowhere/1",
        "faq/grace-period/2",
        "faq/grace-period/99999999999999999999",
        "claim/a-claim/1",
        "flow/huabei/7",
    ],
)
def test_what_was_never_published_cannot_be_spoken_of(client: Client, about: str) -> None:
    assert client.get(f"/feedback/{about}/").status_code == 404
    assert client.post(f"/feedback/{about}/", {"useful": "yes"}).status_code == 404


def test_a_result_is_named_only_when_there_is_such_a_result(client: Client, time_machine: Any) -> None:
    builders.go_live(("flow", builders.flow()))
    for cause in ("late", "made-up"):
        page = client.get("/feedback/flow/small/1/", {"useful": "yes", "cause": cause}).content.decode()
        later(time_machine)
        url, form = filled_in(page)
        assert client.post(url, form).status_code == 303
        assert client.post(url, form | {"cause": "made-up"}).status_code == 303
    assert sorted(Feedback.objects.values_list("cause", flat=True)) == ["", "late"]


def counted() -> dict[str, int]:
    counts.flush()
    return {f"{row.subject} {row.number} {row.what}": row.total for row in DailyCount.objects.all()}


@pytest.fixture
def small() -> None:
    builders.go_live(("flow", builders.flow()))


@pytest.mark.usefixtures("small")
def test_questions_answers_and_results_are_counted(client: Client, start: Any) -> None:
    url = start()
    client.get(url)
    after = client.get(url + "next", {"question": "bill", "answer": "paid"})
    assert after.status_code == 302
    client.get(after["Location"])
    assert counted() == {
        "flow/small 1 asked:bill": 1,
        "flow/small 1 answered:bill": 1,
        "flow/small 1 found:fine": 1,
    }


@pytest.mark.usefixtures("small")
def test_htmx_counts_the_same(client: Client, start: Any) -> None:
    url = start()
    client.get(url)
    client.get(url + "next", {"question": "bill", "answer": "unpaid"}, headers=HTMX)
    assert counted() == {
        "flow/small 1 asked:bill": 1,
        "flow/small 1 answered:bill": 1,
        "flow/small 1 asked:signs": 1,
    }


@pytest.mark.usefixtures("small")
def test_a_kept_page_counts_each_time_it_is_sent(client: Client, start: Any) -> None:
    url = start()
    first = client.get(url)
    client.get(url)
    client.get(url, headers={"If-None-Match": first["ETag"]})
    client.head(url)
    assert counted() == {"flow/small 1 asked:bill": 2}


@pytest.mark.usefixtures("small")
def test_an_answer_that_cannot_be_taken_counts_nothing(client: Client, start: Any) -> None:
    assert client.get(start() + "next", {"question": "bill", "answer": "nonsense"}).status_code == 422
    assert counted() == {}


@pytest.mark.usefixtures("small")
def test_a_result_that_is_not_clear_is_counted_as_that(client: Client, start: Any) -> None:
    client.get(start(bill="unknown", signs="unknown"))
    assert counted() == {"flow/small 1 found:inconclusive": 1}


def test_nothing_about_counting_is_sent(client: Client, start: Any) -> None:
    kept = [client.get(start("huabei")) for _ in range(2)][1]
    assert not [name for name in kept.headers if "count" in name.lower() or "asked" in kept.headers[name]]


def test_searches_without_a_hit_are_counted_and_others_are_not(client: Client) -> None:
    for query in ("喵喵喵", "  喵喵喵　", "逾期", "", "喵" * 300):
        client.get("/search/", {"q": query})
    assert counted() == {"search 0 喵喵喵": 2}


def test_the_privacy_page_says_what_is_counted_and_kept(client: Client) -> None:
    page = client.get("/privacy/").content.decode()
    for words in ("保留180天", "保留90天", "每天的总数", "不设Cookie"):
        assert words in page
