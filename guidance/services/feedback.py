"""What readers say of a page: taken in without a word about who they are, kept for a while, added up for editors."""

import secrets
from datetime import timedelta
from typing import Any

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import Error, transaction
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from guidance.documents import PAGE_KINDS
from guidance.models import Feedback, Publication
from guidance.models.feedback import KINDS, REASONS
from guidance.services.live import site, version
from guidance.services.scrubbing import scrubbed

KEPT = timedelta(days=180)
LOOKED_AT = timedelta(days=90)
AN_HOUR = 60  # pieces of feedback on one page: beyond it somebody is playing
FASTEST, SLOWEST = timedelta(seconds=2), timedelta(days=1)  # between getting a form and sending it
INCONCLUSIVE = "inconclusive"
GOOD_FAITH = 5  # readers who are thought to be content, so that one bad vote alone does not lead the list


class Unsaved(Exception):  # noqa: N818 - an answer, not an accident
    """The form should be sent once more. The words are for the reader; `again`: with a new token."""

    def __init__(self, words: str, *, again: bool = False) -> None:
        super().__init__(words)
        self.again = again


def causes(kind: str, key: str, number: int) -> frozenset[str] | None:
    """What feedback on a version may name as its result; None for a version that never was before the public."""
    if kind == "flow":
        flow = version(key, number)
        return frozenset({"", INCONCLUSIVE, *flow.value.cause_by_key}) if flow else None
    live = site().get(kind, key) if kind in PAGE_KINDS else None
    if live and live.number == number:
        return frozenset({""})
    old = Publication.objects.started().filter(kind=kind, key=key, revision__number=number)
    return frozenset({""}) if kind in PAGE_KINDS and old.exists() else None


def page_of(kind: str, key: str) -> dict[str, str] | None:
    """Title and address of what feedback is about, as it is today; None when it is gone, or nothing can be read."""
    try:
        live = site().get(kind, key) if kind in KINDS else None
    except Error:
        return None
    if live is None:
        return None
    if kind == "flow":
        return {"title": live.value.title, "url": reverse("check", args=[key])}
    return {"title": live.value.title, "url": reverse(PAGE_KINDS[kind], args=[live.value.slug])}


def new_token(place: str) -> str:
    """For a form about `place`: what tells one sending from another, and when the form was given out."""
    return _signer(place).sign(secrets.token_hex(16))


def read_token(place: str, token: str) -> str:
    """The part of a token that tells one sending from another; raises Unsaved."""
    try:
        name = _signer(place).unsign(token, max_age=SLOWEST)
    except BadSignature as error:
        raise Unsaved("这张表放得太久了。请再按一次“发送”。", again=True) from error
    try:
        _signer(place).unsign(token, max_age=FASTEST)
    except SignatureExpired:
        return name
    raise Unsaved("发得很快，我们分不清是人还是机器。请再按一次“发送”。")


def save(*, kind: str, key: str, number: int, token: str, useful: bool, **more: str) -> None:
    """Keep what a reader says (more: cause, reason, text), without numbers; the same token counts once.

    token: as read_token gives it. Raises Unsaved when a page gets too much. What is too old goes.
    """
    now = timezone.now()
    said = more | {"useful": useful, "reason": "" if useful else more["reason"], "text": scrubbed(more["text"])}
    with transaction.atomic():
        Feedback.objects.filter(created_at__lt=now - KEPT).delete()
        lately = Feedback.objects.filter(kind=kind, key=key, created_at__gt=now - timedelta(hours=1))
        if lately.count() >= AN_HOUR and not lately.filter(token=token).exists():
            raise Unsaved("现在收到的反馈太多，请过一会儿再发。")
        Feedback.objects.get_or_create(token=token, defaults={"kind": kind, "key": key, "number": number, **said})


def kept() -> QuerySet[Feedback]:
    """What is not too old to be read."""
    return Feedback.objects.filter(created_at__gte=timezone.now() - KEPT)


def most_unhelpful(limit: int) -> list[dict[str, Any]]:
    """Pages that did not help lately: kind, key, yes, no, reasons (words: times), the worst first.

    The worst is the one with the largest share of no, a share of few votes weighing less.
    """
    recent = Feedback.objects.filter(created_at__gte=timezone.now() - LOOKED_AT).order_by()
    votes = recent.values("kind", "key").annotate(
        yes=Count("pk", filter=Q(useful=True)), no=Count("pk", filter=Q(useful=False))
    )
    unloved: list[dict[str, Any]] = [dict(row) for row in votes.filter(no__gt=0)]
    pages = sorted(unloved, key=lambda page: (_badness(page), page["kind"], page["key"]))[:limit]
    reasons: dict[tuple[str, str], dict[str, int]] = {}
    for row in recent.exclude(reason="").values("kind", "key", "reason").annotate(times=Count("pk")):
        reasons.setdefault((row["kind"], row["key"]), {})[REASONS[row["reason"]]] = row["times"]
    return [page | {"reasons": reasons.get((page["kind"], page["key"]), {})} for page in pages]


def _badness(page: dict[str, Any]) -> float:
    return -page["no"] / (page["yes"] + page["no"] + GOOD_FAITH)


def _signer(place: str) -> TimestampSigner:
    return TimestampSigner(salt=f"feedback {place}")
