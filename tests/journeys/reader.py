"""What a reader does in a self-check."""

from playwright.sync_api import Locator, Page, expect

# Overdue, unpaid, for 8 to 30 days; none of the other signs.
STORY = {"signal": "overdue", "stage": "unpaid", "days": "d30", "also": "none"}
RESULT = "/check/huabei/start?" + "&".join(f"{question}={answer}" for question, answer in STORY.items())
ALL_UNKNOWN = "/check/huabei/start?signal=unknown&stage=unknown&facts=unknown"


def heading(page: Page) -> Locator:
    return page.locator("h1")


def question(page: Page) -> Locator:
    """Where the page says which question it asks."""
    return page.locator(".step input[name=question]")


def begin(page: Page) -> None:
    """Open the first question."""
    page.goto("/check/huabei/start")
    expect(question(page)).to_have_value("signal")


def choose(page: Page, *options: str) -> None:
    for option in options:
        page.locator(f'.step input[name=answer][value="{option}"]').check()


def go_on(page: Page) -> None:
    page.locator(".step form button[type=submit]").click()


def answer(page: Page, asked: str, *options: str) -> None:
    """Answer the question called `asked`, and see that the page has gone on to something else."""
    expect(question(page)).to_have_value(asked)
    choose(page, *options)
    go_on(page)
    expect(page.locator(f'.step input[name=question][value="{asked}"]')).to_have_count(0)
    expect(heading(page)).to_be_visible()


def finish(page: Page, answers: dict[str, str]) -> None:
    """Answer everything, up to the result."""
    for asked, option in answers.items():
        answer(page, asked, option)
    expect(page.locator("article.result")).to_be_visible()


def result_text(page: Page) -> str:
    """All words of a result."""
    return words(page.locator("article.result"))


def words(part: Locator) -> str:
    """The words of a part of the page, shown or folded away."""
    return " ".join((part.text_content() or "").split())


def unfold(page: Page, title: str) -> Locator:
    """Open a fold of the result; gives its inside."""
    fold = page.locator("details", has=page.locator("summary", has_text=title)).first
    fold.locator("summary").click()
    inside = fold.locator(".fold__body")
    expect(inside).to_be_visible()
    return inside
