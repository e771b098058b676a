"""The language server: open notes, as they stand in the editor, checked against the vault.

Every check is a run over the whole vault by its index, so a change shows in
all open notes that take part in the conflict, not only in the one that was
edited. Lines and columns of ours count code points; those of an editor count
what it said it counts, UTF-16 units as a rule.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from lsprotocol import types as lsp
from pygls import uris
from pygls.lsp.server import LanguageServer

from .. import __version__
from .. import config as configuration
from ..config import ConfigError
from ..discover import relative
from ..judge import Judged
from ..model import Label, Note, Severity
from ..note.read import text_of
from . import offers
from .options import Refused, Where
from .run import Run

PAUSE = 0.4
"""Seconds without a keystroke after which a note is checked."""

MAX_RELATED = 20
"""Other places that a diagnostic lists; a note that is shifted has a hundred."""

_LEVELS: dict[Severity, lsp.DiagnosticSeverity] = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "info": lsp.DiagnosticSeverity.Information,
}


def serve(config_file: str | None) -> None:
    """Serve one editor on standard input and output until it leaves."""
    server = LanguageServer("notelint", f"v{__version__}")
    versions: dict[str, int] = {}

    async def later(uri: str) -> None:
        turn = versions[uri] = versions.get(uri, 0) + 1
        await asyncio.sleep(PAUSE)
        if versions[uri] == turn:
            publish(server, config_file)

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(_: lsp.DidOpenTextDocumentParams) -> None:
        publish(server, config_file)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        await later(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(_: lsp.DidSaveTextDocumentParams) -> None:
        publish(server, config_file)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        _send(server, params.text_document.uri, [])
        if server.workspace.text_documents:
            publish(server, config_file)

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    )
    def actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        encoding = counted_in(server)
        return [
            action
            for diagnostic in params.context.diagnostics
            for action in offers.offered(params.text_document.uri, diagnostic, text_at, encoding)
        ]

    def text_at(uri: str) -> str:
        try:
            return server.workspace.get_text_document(uri).source
        except (OSError, UnicodeError):
            return ""

    server.start_io()


def publish(server: LanguageServer, config_file: str | None) -> None:
    """Check the vaults of the open notes with these as they stand, and send what concerns each of them."""
    for start, notes in vaults(server, config_file).items():
        if start is None:  # nobody's vault: the folder of any text that is opened is not to be read and written to
            for uri in notes.values():
                _send(server, uri, [])
            continue
        try:
            run = Run(Where(config_file=config_file), start=start)
            known = run.known(None)
        except (Refused, ConfigError) as error:
            server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, f"notelint: {error}"))
            continue
        with closing(run):
            _check(server, run, known, {relative(run.folder, file): uri for file, uri in notes.items()})


def vaults(server: LanguageServer, config_file: str | None) -> dict[Path | None, dict[Path, str]]:
    """Give the addresses of the open notes by file, and these by the folder from which their vault is found.

    That is the folder of the configuration that was named, or that of the workspace which holds the note, or that of
    the nearest configuration; None where there is none either.
    """
    workspace = server.workspace
    opened = [uris.to_fs_path(folder.uri) for folder in workspace.folders.values()] or [workspace.root_path]
    folders = sorted((Path(folder) for folder in opened if folder), key=lambda folder: -len(folder.parts))
    found: dict[Path | None, dict[Path, str]] = {}
    for document in workspace.text_documents.values():
        path = uris.to_fs_path(document.uri)
        if path is None:
            continue
        file = Path(path)
        folder = next((folder for folder in folders if folder in file.parents), None)
        if folder is not None:
            file = folder.resolve() / file.relative_to(folder)  # findings know a vault by one name
        if config_file is not None:
            start: Path | None = Path(config_file).parent
        elif folder is not None:
            start = folder.resolve()
        else:
            start = _configured(file.parent)
        found.setdefault(start, {})[file] = document.uri
    return found


def _configured(folder: Path) -> Path | None:
    try:
        project = configuration.find(folder)
    except ConfigError:
        return folder  # a run will say why
    return project.folder if project.file else None


def _check(server: LanguageServer, run: Run, known: frozenset[str], paths: Mapping[str, str]) -> None:
    """Check one vault; `paths` are its open notes, with their addresses."""
    texts = {path: server.workspace.get_text_document(uri).source for path, uri in paths.items()}
    run.overlay = {path: text.encode("utf-8", "surrogatepass") for path, text in texts.items()}
    run.aim(frozenset(paths))
    run.check()

    encoding = counted_in(server)
    note = functools.cache(lambda path: Note(path, text_of(run.vault.fetch(path, []) or b"")))

    def place(path: str, offset: int) -> lsp.Position:
        line, column = note(path).place(offset)
        return lsp.Position(line - 1, offers.units(note(path).text[offset - column + 1 : offset], encoding))

    def address(path: str) -> str:
        return paths.get(path) or uris.from_fs_path(str(run.folder / path)) or path

    def shown(item: Judged, path: str) -> lsp.Diagnostic:
        """Give a finding as one note's editor shows it: at its first place there, the others beside it."""
        found = item.finding
        first = next(label for label in found.labels if label.span.path == path)
        others = [label for label in found.labels if label is not first][:MAX_RELATED]
        written = note(path).text[first.span.start : first.span.end]
        return lsp.Diagnostic(
            range=span(first),
            message=found.message + (f"\nsuggestion: {found.suggestion}" if found.suggestion else ""),
            severity=_LEVELS[item.severity],
            code=found.rule,
            source="notelint",
            related_information=[
                lsp.DiagnosticRelatedInformation(
                    lsp.Location(address(label.span.path), span(label)), " ".join(label.text.split())[:120]
                )
                for label in others
            ],
            data=offers.details(found, first, written, place, address),
        )

    def span(label: Label) -> lsp.Range:
        at = label.span
        return lsp.Range(place(at.path, at.start), place(at.path, at.end))

    judged = [item for item in run.judged(known) if item.status == "new"]
    for path, uri in sorted(paths.items()):
        here = [item for item in judged if any(label.span.path == path for label in item.finding.labels)]
        _send(server, uri, [shown(item, path) for item in here])
    for failure in run.outcome.failures:
        server.window_log_message(lsp.LogMessageParams(lsp.MessageType.Warning, f"{failure.path}: {failure.message}"))


def _send(server: LanguageServer, uri: str, found: list[lsp.Diagnostic]) -> None:
    server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found))


def counted_in(server: LanguageServer) -> str:
    """Give the encoding whose units the editor counts."""
    encoding = server.workspace.position_encoding
    return str(getattr(encoding, "value", encoding))
