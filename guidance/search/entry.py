"""One thing that can be found: as readers are shown it, and in the normal form that is searched."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """kind: article, faq, myth, term, contact or flow. section: the anchor of a guide's section, "" for a whole
    document. order: where it stands among equals."""

    id: int
    kind: str
    key: str
    section: str
    title: str
    heading: str
    text: str
    url: str
    order: int
    normal_title: str
    normal_heading: str
    normal_keywords: tuple[str, ...]
    normal_text: str

    @property
    def document(self) -> tuple[str, str]:
        return self.kind, self.key
