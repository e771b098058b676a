"""What facts and findings were made by, as one text: when it differs, they are made anew."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from pathlib import Path

LIBRARIES = ("ftfy", "msgspec", "pyromark", "rapidfuzz", "spacy")
"""What takes part in making facts and findings; another version may make others."""

_APART = ("cli", "judge", "__pycache__")
"""Folders of the engine that take no part in it."""


@functools.cache
def code() -> str:
    """Give a digest of the code that makes facts and findings, of its data, and of the libraries' versions."""
    package = Path(__file__).parent.parent.parent
    hashed = hashlib.blake2b(digest_size=16)
    engine = package / "lint"
    folders = sorted(place for place in engine.iterdir() if place.is_dir() and place.name not in _APART)
    files = [engine / "model.py", engine / "engine.py"]
    for folder in (*folders, package / "rules"):
        files += sorted(folder.iterdir())
    for file in files:
        if file.suffix in (".py", ".tsv", ".txt", ".json") and file.is_file():
            hashed.update(f"{file.relative_to(package).as_posix()}\0".encode())
            hashed.update(file.read_bytes())
    hashed.update("\0".join((sys.version, *_versions())).encode())
    return hashed.hexdigest()


def _versions() -> list[str]:
    """Give the installed versions, read from the names of metadata folders: importlib.metadata takes 20 ms to import."""
    wanted = tuple(f"{name}-" for name in LIBRARIES)
    found = []
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 - names are all that is wanted
        except OSError:
            continue
        found += [name for name in names if name.startswith(wanted) and name.endswith(".dist-info")]
    return sorted(found)
