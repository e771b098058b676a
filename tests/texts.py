"""A vault in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from notelint.lint.model import Failure


@dataclass
class Texts:
    """Documents in memory, read as those on disk are."""

    documents: Mapping[str, bytes]

    def stamps(self) -> dict[str, str]:
        """Give no stamps: the bytes are at hand."""
        return dict.fromkeys(self.documents, "")

    def fetch(self, path: str, failures: list[Failure]) -> bytes | None:
        """Give the bytes of a document."""
        return self.documents[path]
