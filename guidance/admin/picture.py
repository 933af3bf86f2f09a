"""The page that shows a self-check as a picture, and below it the same in words."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse

from guidance.admin.pages import PagedAdmin
from guidance.admin.places import change_url
from guidance.documents.difference import condition_words
from guidance.engine.document import read_flow
from guidance.engine.flow import AGAINST, CONFIRMS, RULES_OUT, SUPPORTS, Flow
from guidance.engine.picture import Edge, Picture, picture
from guidance.engine.picture.links import ASKED, MIXED
from guidance.engine.picture.voices import Voice, voices
from guidance.models import Draft, FlowDraft

EFFECT_WORDS = {CONFIRMS: "确认", SUPPORTS: "支持", AGAINST: "不支持", RULES_OUT: "排除"}
# What the lines of a picture mean, by their class.
LEGEND = {ASKED: "这样回答才问", **EFFECT_WORDS, MIXED: "有的支持，有的不支持"}


def picture_page(modeladmin: PagedAdmin, request: HttpRequest, draft: Draft) -> HttpResponse:
    """The draft as it is saved now, finished or not."""
    flow_draft = cast("FlowDraft", draft)
    document = flow_draft.to_document()
    flow, _ = read_flow(document)
    drawn = picture(flow)
    urls = {name: [change_url(row) for row in getattr(flow_draft, name).all()] for name in FlowDraft.PARTS}
    causes = {cause.key: cause.title or cause.key for cause in reversed(flow.causes)}
    context = {
        "is_nav_sidebar_enabled": False,  # the picture needs the room
        "picture": drawn,
        "nodes": list(zip(drawn.nodes, urls["questions"] + urls["causes"], strict=True)),
        "edges": [(edge, _edge_words(edge, drawn)) for edge in drawn.edges],
        "legend": LEGEND.items(),
        "questions": _questions(flow, document, drawn, urls["questions"], causes),
        "causes": _causes(flow, drawn, urls["causes"]),
        "broken_evidence": _evidence(flow, drawn.links.broken_evidence, urls["evidence"], causes),
        "unreachable_evidence": _evidence(flow, sorted(drawn.unreachable.evidence), urls["evidence"], causes),
    }
    return modeladmin.show(request, draft, "picture", context)


def _edge_words(edge: Edge, drawn: Picture) -> str:
    source, target = drawn.nodes[edge.source].name, drawn.nodes[edge.target]
    if edge.look == ASKED:
        return f"{source} → {target.name}：{edge.words}"
    return f"{source} → {target.name}“{target.text}”：{LEGEND[edge.look]}"


def _questions(
    flow: Flow, document: Mapping[str, Any], drawn: Picture, urls: list[str], causes: Mapping[str, str]
) -> list[dict[str, Any]]:
    heard = voices(flow)
    asked = document.get("questions", [])
    return [
        {
            "node": drawn.nodes[i],
            "url": urls[i],
            "when": condition_words(asked[i].get("ask_when", []), asked) if question.ask_when.alternatives else "",
            "options": [
                (option.label or option.key, _voice_words(heard.get((question.key, option.key), ()), causes))
                for option in question.options
            ],
        }
        for i, question in enumerate(flow.questions)
    ]


def _voice_words(said: Iterable[Voice], causes: Mapping[str, str]) -> list[str]:
    found = []
    for voice in said:
        words = f"{EFFECT_WORDS[voice.effect]}“{causes.get(voice.cause, voice.cause)}”"
        found.append(words if voice.alone else f"{words}（还要看别的回答）")
    return found


def _causes(flow: Flow, drawn: Picture, urls: list[str]) -> list[dict[str, Any]]:
    nodes = drawn.nodes[len(flow.questions) :]
    counts = [sum(evidence.cause == cause.key for evidence in flow.evidence) for cause in flow.causes]
    return [{"node": node, "url": url, "count": count} for node, url, count in zip(nodes, urls, counts, strict=True)]


def _evidence(flow: Flow, indexes: Iterable[int], urls: list[str], causes: Mapping[str, str]) -> list[tuple[str, str]]:
    """Words and address of some pieces of evidence."""
    found = []
    for i in indexes:
        one = flow.evidence[i]
        cause = causes.get(one.cause, one.cause)
        found.append((f"{EFFECT_WORDS[one.effect]}“{cause}”：{one.reason or one.key}", urls[i]))
    return found
