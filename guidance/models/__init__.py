"""Drafts that editors change, and what was published from them."""

from guidance.models.article import ArticleDraft, FaqDraft
from guidance.models.claim import ClaimDraft
from guidance.models.contact import ContactDraft
from guidance.models.count import DailyCount
from guidance.models.draft import DocumentPart, Draft, Part, State
from guidance.models.event import Action, Event
from guidance.models.feedback import Feedback
from guidance.models.flow import FlowDraft
from guidance.models.phrase import PhraseDraft
from guidance.models.pin import PinDraft
from guidance.models.question import OptionDraft, QuestionDraft
from guidance.models.revision import Publication, Revision, SiteStamp
from guidance.models.rule import AdviceDraft, CauseDraft, EvidenceDraft, ScenarioDraft
from guidance.models.search import SearchEntry, SearchTerm
from guidance.models.source import SourceDraft
from guidance.models.synonym import SynonymDraft
from guidance.models.term import TermDraft

DRAFTS: dict[str, type[Draft]] = {
    model.KIND: model
    for model in (
        SourceDraft,
        ClaimDraft,
        ContactDraft,
        TermDraft,
        ArticleDraft,
        FaqDraft,
        FlowDraft,
        SynonymDraft,
        PinDraft,
        PhraseDraft,
    )
}

__all__ = [
    "DRAFTS",
    "Action",
    "AdviceDraft",
    "ArticleDraft",
    "CauseDraft",
    "ClaimDraft",
    "ContactDraft",
    "DailyCount",
    "DocumentPart",
    "Draft",
    "Event",
    "EvidenceDraft",
    "FaqDraft",
    "Feedback",
    "FlowDraft",
    "OptionDraft",
    "Part",
    "PhraseDraft",
    "PinDraft",
    "Publication",
    "QuestionDraft",
    "Revision",
    "ScenarioDraft",
    "SearchEntry",
    "SearchTerm",
    "SiteStamp",
    "SourceDraft",
    "State",
    "SynonymDraft",
    "TermDraft",
]
