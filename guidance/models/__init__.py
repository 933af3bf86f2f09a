"""Drafts that editors change, and what was published from them."""

from guidance.models.article import ArticleDraft, FaqDraft
from guidance.models.claim import ClaimDraft
from guidance.models.contact import ContactDraft
from guidance.models.draft import Draft
from guidance.models.flow import FlowDraft
from guidance.models.question import OptionDraft, QuestionDraft
from guidance.models.revision import Live, Revision, SiteStamp
from guidance.models.rule import AdviceDraft, CauseDraft, EvidenceDraft, ScenarioDraft
from guidance.models.source import SourceDraft
from guidance.models.term import TermDraft

DRAFTS: dict[str, type[Draft]] = {
    model.KIND: model for model in (SourceDraft, ClaimDraft, ContactDraft, TermDraft, ArticleDraft, FaqDraft, FlowDraft)
}

__all__ = [
    "DRAFTS",
    "AdviceDraft",
    "ArticleDraft",
    "CauseDraft",
    "ClaimDraft",
    "ContactDraft",
    "Draft",
    "EvidenceDraft",
    "FaqDraft",
    "FlowDraft",
    "Live",
    "OptionDraft",
    "QuestionDraft",
    "Revision",
    "ScenarioDraft",
    "SiteStamp",
    "SourceDraft",
    "TermDraft",
]
