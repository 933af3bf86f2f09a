"""What differs between two versions of a document, and its places, in words for editors. Standard library only."""

from guidance.documents.difference.changes import Change, compare_documents
from guidance.documents.difference.place import place_words
from guidance.documents.difference.texts import ADDED, REMOVED, SAME, Span, compare_texts
from guidance.documents.difference.wording import condition_words

__all__ = [
    "ADDED",
    "REMOVED",
    "SAME",
    "Change",
    "Span",
    "compare_documents",
    "compare_texts",
    "condition_words",
    "place_words",
]
