"""ZIP files for tests: good ones, and ones that nobody should trust."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from guidance.services.files import file_name, file_text
from guidance.services.publishing import canonical_document
from tests import builders

SMALL = {
    "source": builders.source(),
    "claim": builders.claim(),
    "article": builders.article(),
    "flow": builders.flow(),
}


def texts(documents: Mapping[str, dict[str, Any]] = SMALL) -> dict[str, str]:
    """Documents by kind as their files, by name."""
    return {
        file_name(kind, document["key"]): file_text(kind, canonical_document(kind, document))
        for kind, document in documents.items()
    }


def zipped(files: Mapping[str, str | bytes], manifest: str | None = "format: 1\ndocuments: {}\n") -> bytes:
    """Files as somebody else's program would pack them; the manifest states their number."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        if manifest is not None:
            archive.writestr("content.yaml", manifest.format(len(files)))
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()
