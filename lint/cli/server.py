"""The language server: open notes, as they stand in the editor, checked against the vault.

Every check is a run over the whole vault by its index, so a change shows in
all open notes that take part in the conflict, not only in the one that was
edited. Lines and columns of ours count code points; those of an editor count
what it said it counts, UTF-16 units as a rule.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls import uris
from pygls.lsp.server import LanguageServer

from .. import __version__
from ..config import ConfigError
from ..discover import relative
from ..judge import Judged
from ..model import Label, Severity
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

Place = Callable[[str, int, int], lsp.Position]
"""Gives the editor's position of path, line and column."""


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
        server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(params.text_document.uri, []))
        if server.workspace.text_documents:
            publish(server, config_file)

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    )
    def actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        uri = params.text_document.uri
        lines = server.workspace.get_text_document(uri).lines
        encoding = counted_in(server)
        return [
            action for diagnostic in params.context.diagnostics for action in offered(uri, diagnostic, lines, encoding)
        ]

    server.start_io()


def publish(server: LanguageServer, config_file: str | None) -> None:
    """Check the vault with the open notes as they stand, and send what concerns each of them."""
    root = server.workspace.root_path
    try:
        run = Run(Where(config_file=config_file), start=Path(root) if root else None)
        known = run.known(None)
    except (Refused, ConfigError) as error:
        server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, f"notelint: {error}"))
        return
    with closing(run):
        _check(server, run, known)


def _check(server: LanguageServer, run: Run, known: frozenset[str]) -> None:
    open_notes = dict(server.workspace.text_documents)
    paths = {relative(run.folder, Path(file)): uri for uri in open_notes if (file := uris.to_fs_path(uri)) is not None}
    run.overlay = {path: open_notes[uri].source.encode("utf-8", "surrogatepass") for path, uri in paths.items()}
    run.aim(frozenset(paths))
    run.check()

    encoding = counted_in(server)

    def place(path: str, line: int, column: int) -> lsp.Position:
        return lsp.Position(line - 1, units((run.line(path, line) or "")[: column - 1], encoding))

    judged = [item for item in run.judged(known) if item.status == "new"]
    for path, uri in sorted(paths.items()):
        found = [
            diagnostic(item, path, place, lambda other: uris.from_fs_path(str(run.folder / other)) or other)
            for item in judged
            if any(label.span.path == path for label in item.finding.labels)
        ]
        server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found))
    for failure in run.outcome.failures:
        server.window_log_message(lsp.LogMessageParams(lsp.MessageType.Warning, f"{failure.path}: {failure.message}"))


def counted_in(server: LanguageServer) -> str:
    """Give the encoding whose units the editor counts."""
    encoding = server.workspace.position_encoding
    return str(getattr(encoding, "value", encoding))


def units(text: str, encoding: str) -> int:
    """Count what a position counts in an encoding: UTF-16 units, bytes of UTF-8, or code points."""
    match encoding:
        case "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        case "utf-32":
            return len(text)
        case _:
            return len(text) + sum(character > "\uffff" for character in text)


def diagnostic(item: Judged, path: str, place: Place, address: Callable[[str], str]) -> lsp.Diagnostic:
    """Give a finding as one note's editor shows it: at its first place there, the others beside it."""
    found = item.finding
    first = next(label for label in found.labels if label.span.path == path)
    others = [label for label in found.labels if label is not first][:MAX_RELATED]
    text = found.message
    if found.suggestion:
        text += f"\nsuggestion: {found.suggestion}"
    return lsp.Diagnostic(
        range=span(first, place),
        message=text,
        severity=_LEVELS[item.severity],
        code=found.rule,
        source="notelint",
        related_information=[
            lsp.DiagnosticRelatedInformation(
                lsp.Location(address(label.span.path), span(label, place)), " ".join(label.text.split())[:120]
            )
            for label in others
        ],
        data={
            "fingerprint": found.fingerprint,
            "text": first.text,
            "suggestion": first.suggestion or found.suggestion,
        },
    )


def span(label: Label, place: Place) -> lsp.Range:
    """Give the editor's range of a place."""
    at = label.span
    return lsp.Range(place(at.path, at.line, at.column), place(at.path, at.end_line, at.end_column))


def offered(uri: str, shown: lsp.Diagnostic, lines: Sequence[str], encoding: str) -> Iterator[lsp.CodeAction]:
    """Give what can be done about a diagnostic of ours: write what is suggested, or allow the place."""
    if shown.source != "notelint":
        return
    details: Any = shown.data if isinstance(shown.data, dict) else {}
    suggestion, text = details.get("suggestion"), details.get("text")
    if suggestion and text and suggestion != text:
        edit = lsp.TextEdit(shown.range, suggestion)
        yield action(f'Write "{suggestion}"', uri, shown, edit)
    row = shown.range.end.line
    # In front matter a comment would be part of a value.
    if front_matter(lines) <= row < len(lines):
        written = lines[row].rstrip("\r\n")
        end = lsp.Position(row, units(written, encoding))
        comment = lsp.TextEdit(lsp.Range(end, end), f" <!-- notelint: allow {shown.code} -->")
        yield action(f"Allow {shown.code} in this line", uri, shown, comment)


def front_matter(lines: Sequence[str]) -> int:
    """Give how many lines the front matter takes."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    return next((row + 1 for row, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), 0)


def action(title: str, uri: str, shown: lsp.Diagnostic, edit: lsp.TextEdit) -> lsp.CodeAction:
    """Give one quick fix."""
    return lsp.CodeAction(
        title, kind=lsp.CodeActionKind.QuickFix, diagnostics=[shown], edit=lsp.WorkspaceEdit(changes={uri: [edit]})
    )
