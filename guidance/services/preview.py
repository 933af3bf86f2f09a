"""Drafts before they are published: in the site of today, with what to mend, and behind a link for somebody outside."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.signing import SignatureExpired, Signer
from django.utils import timezone

from guidance.documents import KINDS, PAGE_KINDS, canonical
from guidance.documents.article import Article
from guidance.engine.problems import Problem
from guidance.engine.reading import KEY, TEXT_LENGTH
from guidance.models import Action, Draft, Revision, State
from guidance.services.drafts import find_draft, fingerprint, record
from guidance.services.live import Published, Site, site
from guidance.services.moments import moment
from guidance.services.surroundings import Surroundings

LIFE = timedelta(days=7)
SALT = "guidance.preview"
DIGEST = 16  # characters of a fingerprint: enough to see that something changed
NAMELESS = "this-draft"
# What stands for a text that is still empty, so that a page can be made at all.
OPEN = {"title": "（还没有标题）", "name": "（还没有名称）"}
DATES = ("checked_on", "review_by")


def with_document(kind: str, document: Mapping[str, Any]) -> tuple[Site, Published[Any]]:
    """The site of today with a document that need not be whole, and that document in it."""
    current = site()
    value = _presentable(_read(kind, document)[0], current.shelf(kind).pages if kind in PAGE_KINDS else {})
    before = current.get(kind, value.key)
    number = before.number + 1 if before else 1
    revision = Revision(kind=kind, key=value.key, number=number, payload=canonical(value))
    return current.with_draft(revision), Published(revision, timezone.now())


def marked(kind: str, document: Mapping[str, Any]) -> list[Problem]:
    """What a check of the document finds beside what is live, without asking the database for all of that."""
    value, problems = _read(kind, document)
    live = {(name, each.value.key): each.value for name in KINDS for each in site().all(name)}
    return [*problems, *Surroundings(live, live | {(kind, value.key): value}).problems((kind, value.key))]


def _read(kind: str, document: Mapping[str, Any]) -> tuple[Any, list[Problem]]:
    """A value with all its problems; of a text that is much too long only the beginning, which is enough to say so."""
    value, problems = KINDS[kind].read(dict(document))
    texts = {field.name: getattr(value, field.name) for field in fields(value)}
    return replace(value, **{n: t[:TEXT_LENGTH] for n, t in texts.items() if isinstance(t, str)}), problems


def _presentable(value: Any, pages: Mapping[str, Published[Article]]) -> Any:
    """A value of which a page can be made. pages: those of its kind, by slug, for a slug must be nobody else's."""
    standing = OPEN | dict.fromkeys(DATES, timezone.localdate().isoformat())
    missing = {name: text for name, text in standing.items() if getattr(value, name, None) == ""}
    if not KEY.fullmatch(value.key):
        missing["key"] = NAMELESS
    if isinstance(value, Article):
        other = pages.get(value.slug)
        if not KEY.fullmatch(value.slug) or (other and other.value.key != value.key):
            missing["slug"] = NAMELESS
    return replace(value, **missing)


@dataclass(frozen=True, slots=True)
class Shared:
    """A draft that somebody outside looks at. until: when the link ends. changed: the draft, since the link was made.

    published: whether the draft says what is live.
    """

    draft: Draft
    until: datetime
    changed: bool
    published: bool


def make_link(draft: Draft, user: Any) -> tuple[str, datetime]:
    """A token that shows a draft to whoever has it, and until when; it goes on the record."""
    until = timezone.now() + LIFE
    token = _signer().sign_object([draft.KIND, draft.key, fingerprint(draft)[:DIGEST], user.pk, int(until.timestamp())])
    record(Action.PREVIEW, user, draft, f"有效期到{moment(until)}")
    return token, until


def read_link(token: str) -> Shared:
    """What a token shows. Raises SignatureExpired when its time is over, its draft is gone or who made it has left,
    BadSignature for anything that was not made here."""
    kind, key, digest, user, seconds = _signer().unsign_object(token)
    until = datetime.fromtimestamp(seconds, timezone.get_current_timezone())
    draft = find_draft(kind, key)
    if draft is None or timezone.now() >= until or not _is_active(user):
        raise SignatureExpired(key)
    return Shared(draft, until, fingerprint(draft)[:DIGEST] != digest, draft.state == State.PUBLISHED)


def _signer() -> Signer:
    return Signer(sep=".", salt=SALT)  # chat apps end a link at a colon


def _is_active(user: int) -> bool:
    return get_user_model().objects.filter(pk=user, is_active=True).exists()
