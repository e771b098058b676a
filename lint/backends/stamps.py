"""What facts and findings were made by, as texts: when one differs, they are made anew."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

LIBRARIES = ("ftfy", "msgspec", "pyromark", "python_frontmatter", "pyyaml", "rapidfuzz", "spacy")
"""What takes part in making facts and findings; another version may make others."""

SUFFIXES = (".py", ".tsv", ".txt", ".json")
"""Files of a package that are code, or data of it."""

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
        if file.suffix in SUFFIXES and file.is_file():
            hashed.update(f"{file.relative_to(package).as_posix()}\0".encode())
            hashed.update(file.read_bytes())
    hashed.update("\0".join((sys.version, *_versions())).encode())
    return hashed.hexdigest()


def plugins(names: Iterable[str]) -> str:
    """Give a digest of the code of modules that are not ours, each with all of the package that it is in."""
    hashed = hashlib.blake2b(digest_size=16)
    for name in names:
        hashed.update(f"{name}\0".encode())
        for named, file in _package(name):
            if file.suffix in SUFFIXES:
                with contextlib.suppress(OSError):
                    hashed.update(f"{named}\0".encode("utf-8", "surrogateescape") + file.read_bytes())
    return hashed.hexdigest()


def pipeline(name: str | None) -> str:
    """Give the name of a spaCy pipeline with size and time of each of its files: it may be trained anew in its place."""
    if name is None:
        return ""
    parts = [name]
    for named, file in _files(Path(name)) if Path(name).is_dir() else _package(name):
        with contextlib.suppress(OSError):
            state = file.stat()
            parts.append(f"{named}\0{state.st_size}\0{state.st_mtime_ns}")
    return "\0".join(parts)


def _package(name: str) -> Iterator[tuple[str, Path]]:
    """Give the files of the package that a module is in, or the one that it is, none where it cannot be found.

    Each has its path in the package with it: two environments have the package in two places. Nothing is imported:
    to look for a part of a package would import the package.
    """
    from importlib.util import find_spec

    try:
        spec = find_spec(name.partition(".")[0])
    except Exception:  # noqa: BLE001 - whoever imports it will say what is wrong
        return
    if spec is None:
        return
    for folder in spec.submodule_search_locations or ():
        yield from _files(Path(folder))
    if spec.submodule_search_locations is None and spec.origin is not None:
        yield "", Path(spec.origin)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give the files in a folder and those below it, in order, each with its path from there."""
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", ".git"))
        for name in sorted(names):
            file = Path(at, name)
            yield file.relative_to(folder).as_posix(), file


def _versions() -> list[str]:
    """Give the installed versions, read from the names of metadata folders: importlib.metadata takes 20 ms to import."""
    wanted = tuple(f"{name}-" for name in LIBRARIES)
    found = []
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 - names are all that is wanted
        except OSError:
            continue
        found += [name for name in names if name.lower().startswith(wanted) and name.endswith(".dist-info")]
    return sorted(found)
