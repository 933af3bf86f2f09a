"""The editors' desk: stock admin over the drafts, with check and publish; revisions are there to read."""

from django.contrib.admin import site

from guidance.admin import documents, flow, revision

__all__ = ["documents", "flow", "revision"]

site.site_header = site.site_title = "编辑后台"
site.index_title = "草稿与已发布的内容"
