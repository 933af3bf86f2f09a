"""The editors' desk: stock admin over the drafts, with check and publish; revisions are there to read."""

from guidance.admin import documents, flow, revision

__all__ = ["documents", "flow", "revision"]
