"""What a document can rest on: everything that is live, and what is published together with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from guidance.documents import KINDS, Reference, Value
from guidance.documents.article import Article, NextCheck
from guidance.documents.claim import REFUTED, Claim
from guidance.engine.document import read_flow
from guidance.engine.flow import Flow
from guidance.engine.problems import Problem
from guidance.models import Live

LABELS = {name: kind.label for name, kind in KINDS.items()} | {"guide": "指南网址"}


@dataclass(frozen=True)
class Surroundings:
    """present: (kind, key) of whatever may be referred to; guides also by slug, as kind `guide`.

    slugs: the slug of each guide by its key. flows: the self-checks published together with the rest.
    """

    present: frozenset[tuple[str, str]]
    slugs: Mapping[str, str]
    flows: Mapping[str, Flow]

    @classmethod
    def of(cls, values: Mapping[tuple[str, str], Value]) -> "Surroundings":
        """The surroundings of documents that are published together, by (kind, key)."""
        slugs = dict(Live.objects.filter(kind="article").values_list("key", "revision__payload__slug"))
        slugs |= {value.key: value.slug for value in values.values() if isinstance(value, Article)}
        refuted = {("claim", key) for key in _refuted_claims()} - values.keys()
        refuted |= {at for at, value in values.items() if isinstance(value, Claim) and value.status == REFUTED}
        present = set(Live.objects.values_list("kind", "key")) | values.keys()
        return cls(
            present=frozenset((present - refuted) | {("guide", slug) for slug in slugs.values()}),
            slugs=slugs,
            flows={key: value for (_, key), value in values.items() if isinstance(value, Flow)},
        )

    def dangling(self, references: Iterable[Reference]) -> list[Problem]:
        """References that lead nowhere, or to a claim that is not to be believed."""
        return [
            Problem(ref.place, f"{LABELS[ref.kind]}“{ref.key}”不存在、还没有发布，或已判为不可信")
            for ref in references
            if (ref.kind, ref.key) not in self.present
        ]

    def article_problems(self, article: Article) -> list[Problem]:
        """A slug that another guide has, and answers that the next self-check does not know."""
        others = [key for key, slug in self.slugs.items() if slug == article.slug and key != article.key]
        taken = [Problem("slug", f"网址名“{article.slug}”已经是指南“{key}”的，请换一个") for key in others]
        return taken + (self._answer_problems(article.next_check) if article.next_check else [])

    def _answer_problems(self, check: NextCheck) -> list[Problem]:
        flow = self.flows.get(check.flow) or live_flow(check.flow)
        known = {q.key: q.option_keys for q in flow.questions} if flow else {}
        return [
            Problem("next_check/answers", f"自查“{check.flow}”里没有“{question}：{option}”这个回答")
            for question, option in check.answers.items()
            if flow and option not in known.get(question, ())
        ]


def _refuted_claims() -> Iterable[str]:
    return Live.objects.filter(kind="claim", revision__payload__status=REFUTED).values_list("key", flat=True)


def live_flow(key: str) -> Flow | None:
    """The self-check that is live under a key, as the database has it now."""
    pointer = Live.objects.select_related("revision").filter(kind="flow", key=key).first()
    return read_flow(pointer.revision.payload)[0] if pointer else None
