"""The language server, spoken to as an editor does."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from program import RIGHT, WRONG

pytest.importorskip("pygls")

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient
from pygls.workspace import Workspace

Said = list[lsp.Diagnostic]


class Editor:
    """One editor with its server, and the diagnostics that it was last sent of each note."""

    def __init__(self, vault: Path) -> None:
        self.vault = vault
        self.client = LanguageClient("editor", "1")
        self.sent: dict[str, Said] = {}
        self.news = asyncio.Event()
        self.version = 0

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: lsp.PublishDiagnosticsParams) -> None:
            self.sent[params.uri.rpartition("/")[2]] = list(params.diagnostics)
            self.news.set()

    async def start(self, folders: tuple[Path, ...]) -> None:
        source = str(Path(__file__).parent / ".src")
        await self.client.start_io(
            sys.executable, "-m", "notelint.lint.cli", "lsp", cwd=self.vault, env={**os.environ, "PYTHONPATH": source}
        )
        parameters = lsp.InitializeParams(
            lsp.ClientCapabilities(),
            workspace_folders=[lsp.WorkspaceFolder(folder.as_uri(), folder.name) for folder in folders],
        )
        answer = await self.client.initialize_async(parameters)
        assert answer.capabilities.code_action_provider
        self.client.initialized(lsp.InitializedParams())

    async def stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()

    def uri(self, name: str) -> str:
        return (self.vault / name).as_uri()

    def open(self, name: str) -> None:
        text = (self.vault / name).read_text(encoding="utf-8")
        self.client.text_document_did_open(
            lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(self.uri(name), "markdown", 1, text))
        )

    def write(self, name: str, text: str) -> None:
        self.version += 1
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(self.version + 1, self.uri(name)),
                [lsp.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    async def offered(self, name: str) -> dict[str, list[lsp.TextEdit]]:
        """Give the quick fixes for what was last sent of a note: by title, their edits of that note."""
        parameters = lsp.CodeActionParams(
            lsp.TextDocumentIdentifier(self.uri(name)),
            lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0)),
            lsp.CodeActionContext(self.sent[name]),
        )
        actions: Any = await self.client.text_document_code_action_async(parameters)
        return {action.title: action.edit.changes[self.uri(name)] for action in actions}

    async def until(self, fits: Callable[[dict[str, Said]], bool]) -> None:
        while not fits(self.sent):
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), 60)


def talk(vault: Path, what: Callable[[Editor], Awaitable[None]], *folders: Path) -> None:
    async def session() -> None:
        editor = Editor(vault)
        await editor.start(folders or (vault,))
        try:
            await what(editor)
        finally:
            await editor.stop()

    # a loop of its own, in a thread of its own: the browser of other tests keeps one running in this
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, session()).result()


def applied(text: str, edits: list[lsp.TextEdit]) -> str:
    (edit,) = edits
    lines = text.split("\n")
    row = edit.range.start.line
    line = lines[row].encode("utf-16-le")
    start, end = edit.range.start.character * 2, edit.range.end.character * 2
    lines[row] = (line[:start] + edit.new_text.encode("utf-16-le") + line[end:]).decode("utf-16-le")
    return "\n".join(lines)


pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


def test_an_editor_sees_findings_come_and_go_as_it_writes(vault: Path) -> None:
    (vault / "a.md").write_text(RIGHT)

    async def what(editor: Editor) -> None:
        editor.open("a.md")
        await editor.until(lambda sent: sent.get("a.md") == [])
        editor.write("a.md", f"𝄞 {WRONG}")
        await editor.until(lambda sent: bool(sent["a.md"]))
        (shown,) = editor.sent["a.md"]
        assert (shown.source, shown.code, shown.severity) == ("notelint", "timestamp-label", 1)
        # The clef is one code point and two UTF-16 units.
        assert shown.range.start == lsp.Position(0, f"𝄞 {WRONG}".index("00:13:57") + 1)
        editor.write("a.md", RIGHT)
        await editor.until(lambda sent: sent["a.md"] == [])

    talk(vault, what)
    assert (vault / "a.md").read_text() == RIGHT


def test_a_server_that_is_told_to_leave_ends_well(vault: Path) -> None:
    command = [sys.executable, "-m", "notelint.lint.cli", "lsp"]
    source = str(Path(__file__).parent / ".src")
    said = ""
    for words in (
        {"id": 1, "method": "initialize", "params": {"capabilities": {}, "processId": None, "rootUri": None}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ):
        text = json.dumps({"jsonrpc": "2.0", **words})
        said += f"Content-Length: {len(text)}\r\n\r\n{text}"
    ended = subprocess.run(
        command,
        input=said.encode(),
        cwd=vault,
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_what_is_offered_settles_the_finding(vault: Path) -> None:
    text = f"# A 𝄞 heading\n\n𝄞 {WRONG}"
    (vault / "a.md").write_text(text, encoding="utf-8")

    async def what(editor: Editor) -> None:
        editor.open("a.md")
        await editor.until(lambda sent: bool(sent.get("a.md")))
        offered = await editor.offered("a.md")
        assert list(offered) == ['Write "00:13:37"', "Allow timestamp-label in this line"]
        for edits in offered.values():
            editor.write("a.md", applied(text, edits))
            await editor.until(lambda sent: sent["a.md"] == [])
            editor.write("a.md", text)
            await editor.until(lambda sent: bool(sent["a.md"]))

    talk(vault, what)


def test_a_time_is_written_where_the_player_reads_it_too(vault: Path) -> None:
    front = "---\nvideo_id: abcdefghijk\nduration: 00:20:00\n---\n\n"
    cited = '{} <a data-t="{time}">[{time}]</a>.\n\n'
    lines = ["The harbour was rebuilt", "Orchards feed the town", "A compiler is a friend", "Glaciers move at night"]
    right = front + "".join(cited.format(line, time=f"00:0{n + 1}:10") for n, line in enumerate(lines))
    text = right.replace("00:02:10", "02:10:00")
    (vault / "b.md").write_text(right)
    (vault / "a.md").write_text(text)

    async def what(editor: Editor) -> None:
        editor.open("a.md")
        await editor.until(lambda sent: bool(sent.get("a.md")))
        assert [shown.code for shown in editor.sent["a.md"]] == ["timestamp-range"]
        edits = (await editor.offered("a.md"))['Write "00:02:10"']
        assert applied(text, edits) == right

    talk(vault, what)


def test_a_link_is_written_as_fix_writes_it(vault: Path) -> None:
    front = "---\nvideo_id: abcdefghijk\n---\n\n"
    for name in ("b", "c", "d"):
        (vault / f"{name}.md").write_text(f"{front}Links to [[the_path_to_power]] and to more.\n")
    link = "Links to [[The Path to Power]] and to more.\n"
    (vault / "a.md").write_text(front + link)
    (vault / "b.md").write_text((vault / "b.md").read_text() + f"\n{link}")

    async def what(editor: Editor) -> None:
        editor.open("a.md")
        await editor.until(lambda sent: bool(sent.get("a.md")))
        offered = await editor.offered("a.md")
        edits = offered["Fix 2 places in 2 notes"]
        assert "[[the_path_to_power|The Path to Power]]" in applied((vault / "a.md").read_text(), edits)

    talk(vault, what)


def test_nothing_is_offered_for_text_that_is_no_longer_there_nor_a_comment_that_would_be_none(vault: Path) -> None:
    fenced = f"```\n{WRONG}```\n"
    (vault / "a.md").write_text(WRONG)

    async def what(editor: Editor) -> None:
        editor.open("a.md")
        await editor.until(lambda sent: bool(sent.get("a.md")))
        editor.write("a.md", f"\n{WRONG}")
        assert await editor.offered("a.md") == {}
        await editor.until(lambda sent: sent["a.md"][0].range.start.line == 1)
        assert len(await editor.offered("a.md")) == 2
        editor.write("a.md", fenced)
        assert list(await editor.offered("a.md")) == ['Write "00:13:37"']

    talk(vault, what)


def test_every_folder_of_the_workspace_is_a_vault_and_no_other_folder(vault: Path) -> None:
    other, nobodys = vault / "my #2 50%25", vault.parent / "downloads"
    for folder in (other, nobodys):
        folder.mkdir()
        (folder / f"{folder.name[0]}.md").write_text(WRONG)

    async def what(editor: Editor) -> None:
        editor.open("my #2 50%25/m.md")
        await editor.until(lambda sent: bool(sent.get("m.md")))
        editor.open("../downloads/d.md")
        await editor.until(lambda sent: "d.md" in sent)
        assert editor.sent["d.md"] == []

    talk(vault, what, vault.parent / "elsewhere", other)
    assert not (nobodys / ".notelint_cache").exists()


def test_a_change_in_one_note_shows_in_another_that_is_open(vault: Path) -> None:
    front = "---\nvideo_id: abcdefghijk\n---\n\n"
    one = f"{front}Links to [[The Path to Power]] and to more.\n"
    (vault / "one.md").write_text(one)
    (vault / "two.md").write_text(one)

    async def what(editor: Editor) -> None:
        editor.open("one.md")
        editor.open("two.md")
        await editor.until(lambda sent: sent.get("one.md") == [] and sent.get("two.md") == [])
        editor.write("two.md", one.replace("[[The Path to Power]]", "[[the_path_to_power]]"))
        await editor.until(lambda sent: bool(sent["one.md"]) and bool(sent["two.md"]))
        (shown,) = editor.sent["one.md"]
        assert shown.related_information
        assert {place.location.uri.rpartition("/")[2] for place in shown.related_information} == {"two.md"}

    talk(vault, what)


def test_a_configuration_that_cannot_be_used_is_told(vault: Path) -> None:
    (vault / "notelint.toml").write_text("rots = []\n")
    (vault / "a.md").write_text(WRONG)
    told: list[str] = []

    async def what(editor: Editor) -> None:
        @editor.client.feature(lsp.WINDOW_SHOW_MESSAGE)
        def shown(params: lsp.ShowMessageParams) -> None:
            told.append(params.message)
            editor.news.set()

        editor.open("a.md")
        await editor.until(lambda sent: bool(told))

    talk(vault, what)
    assert "did you mean 'roots'" in told[0]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are counted as Linux lists them")
def test_a_check_leaves_no_file_open(vault: Path) -> None:
    from notelint.lint.cli import server

    (vault / "a.md").write_text(WRONG)
    sent: list[object] = []
    workspace = Workspace(vault.as_uri())
    workspace.put_text_document(lsp.TextDocumentItem((vault / "a.md").as_uri(), "markdown", 1, WRONG))
    editor: Any = SimpleNamespace(
        workspace=workspace,
        text_document_publish_diagnostics=sent.append,
    )
    gc.disable()
    try:
        server.publish(editor, None)
        before = len(list(Path("/proc/self/fd").iterdir()))
        server.publish(editor, None)
        assert len(list(Path("/proc/self/fd").iterdir())) == before
    finally:
        gc.enable()
    assert len(sent) == 2
