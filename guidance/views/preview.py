"""What readers would see of a document before it is published: at the desk, and for somebody outside with a link."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.signing import BadSignature, SignatureExpired
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from guidance.documents import KINDS, PAGE_KINDS
from guidance.documents.article import Article
from guidance.documents.claim import REFUTED, Claim
from guidance.documents.contact import Contact
from guidance.documents.embeds import address_reference
from guidance.documents.groups import GROUPS
from guidance.documents.labels import EFFECT_LABELS
from guidance.documents.phrase import Phrase
from guidance.documents.pin import Pin
from guidance.documents.source import WEIGHTS, Source
from guidance.documents.synonym import Synonym
from guidance.documents.term import Term
from guidance.engine.flow import ADVICE_KINDS, Advice, Flow
from guidance.services.desk import title_of
from guidance.services.live import Published, Site, shown_as, site
from guidance.services.preview import Shared, read_link, with_document
from guidance.views.article import article_page
from guidance.views.gone import withdrawn_page
from guidance.views.quoting import Quoting, source_cards, sources
from guidance.views.reference import myth_card, term_card
from guidance.views.result import SECTIONS

INSIDE = "guidance/preview/_inside.html"  # the inside of a page that otherwise has the frame of the site
TITLES = {"do_now": "现在先做", **SECTIONS, "read_more": "接着读"}  # of advice, as on a result
Shown = tuple[str, dict[str, Any]]  # a template and what it shows


def document_html(request: HttpRequest, kind: str, document: Mapping[str, Any]) -> SafeString:
    """The inside of the page that readers would get of a document, which need not be whole."""
    current, published = with_document(kind, document)
    with shown_as(current):
        template, context = _SHOWN[kind](published, current)
        return render_to_string(template, {"shell": INSIDE, **context}, request)


def advice_html(request: HttpRequest, document: Mapping[str, Any], number: int) -> SafeString:
    """One piece of advice of a flow as a result shows it. number: which one of the document."""
    current, published = with_document("flow", document)
    with shown_as(current):
        flow = published.value
        advice = flow.advice[number]
        section = {
            "kind": advice.kind,
            "title": TITLES[advice.kind],
            "items": [_item(advice, flow, Quoting(current))],
        }
        return render_to_string("guidance/preview/_advice.html", {"section": section}, request)


def _page(published: Published[Article], current: Site) -> Shown:
    page = published.value
    if page.withdrawn:
        return "410.html", withdrawn_page(page)
    return "guidance/guides/detail.html", {"article": article_page(published, current)}


def _claim(published: Published[Claim], current: Site) -> Shown:
    claim, quoting = published.value, Quoting(current)
    if claim.status == REFUTED:
        return "guidance/preview/_myth.html", {"myth": myth_card(claim, quoting), "group": GROUPS.get(claim.group, "")}
    found = sources(current, [claim.key])
    return "guidance/preview/_claim.html", {"html": quoting.html(f"{{claim:{claim.key}}}"), "sources": found}


def _term(published: Published[Term], current: Site) -> Shown:
    return "guidance/preview/_term.html", {"term": term_card(published.value)}


def _contact(published: Published[Contact], current: Site) -> Shown:
    return "guidance/preview/_contact.html", {"contact": published.value}


def _source(published: Published[Source], current: Site) -> Shown:
    source = published.value
    return "guidance/preview/_source.html", {"source": source, "kind_words": WEIGHTS[source.kind]}


def _flow(published: Published[Flow], current: Site) -> Shown:
    """Every text of a self-check, in the order of reading; what decides which of them a reader meets is left out."""
    flow, quoting = published.value, Quoting(current)
    reasons = {cause.key: [e for e in flow.evidence if e.cause == cause.key] for cause in flow.causes}
    claims = [key for cause in flow.causes for key in cause.claims]
    claims += [key for piece in flow.advice for key in piece.claims]
    advice = [(kind, [_item(a, flow, quoting) for a in flow.advice if a.kind == kind]) for kind in ADVICE_KINDS]
    return "guidance/preview/_flow.html", {
        "flow": flow,
        "causes": [
            {
                "cause": cause,
                "reasons": [{"effect": EFFECT_LABELS[e.effect], "text": e.reason} for e in reasons[cause.key]],
                "claims": [quoting.html(f"{{claim:{key}}}") for key in cause.claims],
            }
            for cause in flow.causes
        ],
        "sections": [{"kind": kind, "title": TITLES[kind], "items": items} for kind, items in advice if items],
        "sources": sources(current, claims),
    }


def _item(advice: Advice, flow: Flow, quoting: Quoting) -> dict[str, Any]:
    cause = flow.cause_by_key.get(advice.cause or "")
    return {
        "key": advice.key,
        "title": advice.title,
        "html": quoting.html(advice.body),
        "cause_title": cause.title if cause else "",
    }


def _synonym(published: Published[Synonym], current: Site) -> Shown:
    synonym = published.value
    return "guidance/preview/_synonym.html", {"synonym": synonym, "first": next(iter(synonym.words), "")}


def _pin(published: Published[Pin], current: Site) -> Shown:
    """With the titles of its pages, the address of one that is not live."""
    pin = published.value
    pages = [{"url": address, "title": _title(address, current)} for address in pin.pages]
    return "guidance/preview/_pin.html", {"pin": pin, "pages": pages}


def _title(address: str, current: Site) -> str:
    for ref in address_reference("", address):
        kind = {"guide": "article", "question": "faq", "myth": "claim"}.get(ref.kind, ref.kind)
        pages = current.shelf(kind) if kind in PAGE_KINDS else None
        published = pages.find(ref.key) if pages else current.get(kind, ref.key)
        if published:
            return title_of(published.value)
    return address


def _phrase(published: Published[Phrase], current: Site) -> Shown:
    """In the words of its self-check; keys where that has no such question or option."""
    phrase = published.value
    flow = current.flow(phrase.flow)
    question = flow.value.question_by_key.get(phrase.question) if flow else None
    labels = {option.key: option.label for option in question.options} if question else {}
    return "guidance/preview/_phrase.html", {
        "phrase": phrase,
        "flow_title": flow.value.title if flow else phrase.flow,
        "question": question.text if question else phrase.question,
        "options": [labels.get(key, key) for key in phrase.options],
        "days": _days(phrase),
    }


def _days(phrase: Phrase) -> str:
    """The amounts of time that count, in words; "" for a phrase without any."""
    if phrase.at_least is None:
        return "" if phrase.at_most is None else f"最多{phrase.at_most}天"
    return f"至少{phrase.at_least}天" if phrase.at_most is None else f"{phrase.at_least}到{phrase.at_most}天"


_SHOWN: dict[str, Callable[[Any, Site], Shown]] = {
    "article": _page,
    "faq": _page,
    "claim": _claim,
    "term": _term,
    "contact": _contact,
    "source": _source,
    "flow": _flow,
    "synonym": _synonym,
    "pin": _pin,
    "phrase": _phrase,
}
WITH_FACTS = ("claim", "term", "contact", "source")  # readers see them in parts; who checks facts sees every field


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """A draft for whoever was given a link to it, until the link ends."""
    try:
        found = read_link(token)
    except SignatureExpired:
        return _private(render(request, "guidance/preview/over.html", {"robots": "noindex"}, status=410))
    except BadSignature:
        return _private(render(request, "guidance/preview/broken.html", {"robots": "noindex"}, status=404))
    return _private(render(request, "guidance/preview/shared.html", _shared(request, found)))


def _shared(request: HttpRequest, found: Shared) -> dict[str, Any]:
    draft = found.draft
    document = draft.to_document()
    return {
        "robots": "noindex, nofollow",
        "title": str(draft),
        "shared": found,
        "page": document_html(request, draft.KIND, document),
        "facts": _facts(draft, document) if draft.KIND in WITH_FACTS else [],
        **_grounds(KINDS[draft.KIND].read(document)[0]),
    }


def _grounds(value: Any) -> dict[str, Any]:
    """What an entry rests on that readers do not see beside it."""
    current = site()
    if isinstance(value, Term):
        quoting = Quoting(current)
        claims = [quoting.html(f"{{claim:{key}}}") for key in value.claims]
        return {"claims": claims, "sources": sources(current, value.claims)}
    return {"sources": source_cards(current, value.sources) if isinstance(value, Contact) else []}


def _facts(draft: Any, document: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Every field that is filled, by its label, in words."""
    named = [(draft._meta.get_field(name), getattr(draft, name)) for name in document]  # noqa: SLF001 - its public name
    return [(field.verbose_name, _words(field, value)) for field, value in named]


def _words(field: Any, value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "、".join(map(str, value)) if isinstance(value, list) else str(dict(field.flatchoices).get(value, value))


def _private(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, found by nobody, told to nobody."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
