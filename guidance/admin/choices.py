"""What the selects of one form offer, by key; each list is read once a form, and only when something needs it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from guidance.documents.embeds import PAGES
from guidance.models import DRAFTS, AdviceDraft, CauseDraft, ContactDraft, FlowDraft, OptionDraft, QuestionDraft
from guidance.services.live import site

SHOWN = 40  # characters of a text before its key
NAMED_BY = {"source": "title", "claim": "text", "article": "title"}  # the field that says what a draft is

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a self-check: its row, its label, and the labels of its options by key."""

    pk: int
    label: str
    options: dict[str, str] = field(default_factory=dict)


class Choices:
    """What can be picked in a form. flow: the row of the self-check that the form belongs to, None for none."""

    def __init__(self, flow: int | None) -> None:
        self._flow = flow
        self._known: dict[object, object] = {}

    @cached_property
    def questions(self) -> dict[str, Asked]:
        """The questions of the form's own self-check, in order."""
        return questions_of(self._flow)

    @cached_property
    def causes(self) -> dict[str, str]:
        rows = CauseDraft.objects.filter(flow=self._flow).order_by("position", "pk").values_list("key", "title")
        return {key: _label(key, title) for key, title in rows}

    @cached_property
    def advice(self) -> dict[str, str]:
        rows = AdviceDraft.objects.filter(flow=self._flow).order_by("position", "pk")
        return {key: _label(key, title or body) for key, title, body in rows.values_list("key", "title", "body")}

    @cached_property
    def answer_keys(self) -> dict[str, str]:
        """What an old key may have become: a question, or an option as question.option."""
        found = {key: f"题目：{asked.label}" for key, asked in self.questions.items()}
        options = ((key, *each) for key, asked in self.questions.items() for each in asked.options.items())
        return found | {f"{key}.{option}": f"选项：{label}（{key}.{option}）" for key, option, label in options}

    @cached_property
    def flows(self) -> dict[str, str]:
        return {key: _label(key, title) for key, title in FlowDraft.objects.order_by("key").values_list("key", "title")}

    def answers_in(self, flow: str) -> dict[str, Asked]:
        """The questions of any self-check, by its key."""
        rows = FlowDraft.objects.filter(key=flow).values_list("pk", flat=True)
        return self._once(flow, lambda: questions_of(rows.first()))

    def drafts(self, kind: str) -> dict[str, str]:
        """All drafts of a kind."""
        rows = DRAFTS[kind].objects.order_by("key").values_list("key", NAMED_BY[kind])
        return self._once(("drafts", kind), lambda: {key: _label(key, text) for key, text in rows})

    @cached_property
    def problems(self) -> dict[str, str]:
        """What readers come with, as contacts say it so far."""
        stored = ContactDraft.objects.values_list("problems", flat=True)
        lists = [problems for problems in stored if isinstance(problems, list)]
        return dict.fromkeys(sorted({text for texts in lists for text in texts if isinstance(text, str)}), "")

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Pages that are live, by their address."""
        guides = {f"/guides/{slug}/": page.value.title for slug, page in site().guides.pages.items()}
        entries = {f"/faq/{slug}/": page.value.title for slug, page in site().questions.pages.items()}
        checks = {f"/check/{flow.value.key}/": flow.value.title for flow in site().flows()}
        return guides | entries | checks | dict.fromkeys(sorted(page for page in PAGES if "#" not in page), "")

    @cached_property
    def findable(self) -> dict[str, str]:
        """What a search finds, by its address: pages, and the entries of lists."""
        current = site()
        lists = [
            ("网上的说法", "/myths/", [(claim.key, claim.text) for claim in current.myths]),
            ("名词", "/glossary/", [(term.key, term.name) for term in current.terms]),
            ("联系方式", "/contacts/", [(contact.key, contact.name) for contact in current.contacts.values()]),
        ]
        entries = {f"{page}#{key}": f"{kind}：{text}" for kind, page, texts in lists for key, text in texts}
        pages = {address: title for address, title in self.addresses.items() if title}
        return {address: _label(address, text) for address, text in (pages | entries).items()}

    @cached_property
    def answers(self) -> list[tuple[str, dict[str, str]]]:
        """Every answer of every self-check, as flow/question/option with its label, under the question it is to."""
        order = ("flow__key", "position", "pk")
        rows = QuestionDraft.objects.order_by(*order).values_list("pk", "key", "text", "flow__key", "flow__title")
        found: dict[int, tuple[str, str, dict[str, str]]] = {
            pk: (f"{flow}/{key}", f"{title}：{text}", {}) for pk, key, text, flow, title in rows
        }
        options = OptionDraft.objects.order_by("position", "pk").values_list("question", "key", "label")
        for question, key, label in options:
            place, _, labels = found[question]
            labels[f"{place}/{key}"] = label
        return [(title, labels) for _, title, labels in found.values()]

    def _once(self, name: object, find: Callable[[], T]) -> T:
        if name not in self._known:
            self._known[name] = find()
        return self._known[name]  # type: ignore[return-value]


def questions_of(flow: int | None) -> dict[str, Asked]:
    """The questions of a self-check in order, with their options: two queries."""
    rows = QuestionDraft.objects.filter(flow=flow).order_by("position", "pk").values_list("pk", "key", "text")
    found = {pk: (key, Asked(pk, _label(key, text))) for pk, key, text in rows}
    options = OptionDraft.objects.filter(question__flow=flow).order_by("position", "pk")
    for question, key, label in options.values_list("question", "key", "label"):
        found[question][1].options[key] = label
    return dict(found.values())


def _label(key: str, text: str) -> str:
    words = " ".join(text.split())
    return f"{words if len(words) <= SHOWN else words[:SHOWN] + '…'}（{key}）" if words else key
