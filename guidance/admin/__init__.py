"""The editors' desk: stock admin over the drafts, and the road from there to the public."""

from django.contrib.admin import site

from guidance.admin import documents, flow, readers, record, revision, search_words

__all__ = ["documents", "flow", "readers", "record", "revision", "search_words"]

site.site_header = site.site_title = "编辑台"
site.index_title = "编辑台"
