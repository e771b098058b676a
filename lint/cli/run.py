"""One run over a vault: what configuration and options ask for, carried out."""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import msgspec

from ... import reports
from .. import __version__, engine, git
from .. import config as configuration
from .. import focus as focusing
from ..backends import stamps, store
from ..backends.sqlite import Index
from ..config import ConfigError
from ..discover import TRANSCRIPTS, discover, lost, others, relative, writable
from ..judge import Judged, allow, at_least, baseline, judge, rulings
from ..model import Failure, Group, Note, Scope, Severity, digest
from ..note.read import read, text_of
from ..vault import Disk
from . import EXIT_CLEAN, EXIT_FAILURE, EXIT_FINDINGS, plugins
from .bar import Bar
from .options import Refused, Where, notice, project, written_to
from .plugins import Catalogue

if TYPE_CHECKING:
    from ..backends.alone import Alone

KEPT_TEXTS = 64
"""Notes whose lines are kept while a report quotes them; findings come note by note, or source by source."""


class Run:
    """A vault with its configuration; `check` fills in `outcome`, from which the rest is told.

    The paths of `where` are the vault in place of the configured one; where a
    focus is allowed (`focus=True`), files of the configured vault are that.
    Raises Refused, which ends the program with status 2, when configuration,
    baseline, rulings, a root or a focus cannot be used.
    """

    def __init__(
        self,
        where: Where = Where(),  # noqa: B008 - a tuple, which nobody changes
        *,
        focus: bool = False,
        start: Path | None = None,
    ) -> None:
        self.started = time.perf_counter()
        self._texts: dict[str, list[str]] = {}
        self.scope: Scope = "vault"
        self.focus: frozenset[str] | None = None
        self.staged: focusing.Staged | None = None
        self.overlay: Mapping[str, bytes] = {}
        self.alone: Alone | None = None
        self.output: str | None = None  # where the report goes, if not to standard output
        self.project = project(where.config_file, start)
        self.config = self.project.config
        self.folder = self.project.folder
        try:
            self.rulings = rulings.load(self.folder / self.config.rulings)
            self.vocabulary = configuration.vocabulary(self.project) | rulings.vocabulary(self.rulings)
        except ConfigError as error:
            raise Refused(str(error)) from error
        self.rules = plugins.Rules(self.config)
        self._choose([Path(path) for path in where.paths], focus)
        kept = Path(where.cache_dir) if where.cache_dir else self.folder / self.config.cache_dir
        self.index = Index(
            self.rules.in_use,
            None if where.no_cache else kept / self._index_name(),
            stamp=digest(f"{stamps.code()}\0{self.config.source_keys}\0{stamps.plugins(self.config.plugins)}"),
            source_keys=self.config.source_keys,
            vocabulary=self.vocabulary,
            pipeline=self.config.spacy_model,
        )
        try:
            configuration.check_rules(self.config, set(self.catalogue))
            configuration.check_pipeline(self.config)
        except ConfigError as error:
            raise Refused(f"{self.project.file}: {error}") from error

    def _choose(self, paths: Sequence[Path], focus: bool) -> None:
        """Tell roots from focus among the paths that were named."""
        for path in paths:
            if not path.exists():
                raise Refused(f"{path}: no such file or folder")
        configured = self._configured()
        self.roots = configured
        if not paths:
            for root in configured:
                if not root.exists():
                    raise Refused(f"{root}: no such file or folder")
            return
        inside = (
            focus
            and self.project.file is not None
            and all(path.is_file() and any(self._holds(root, path) for root in configured) for path in paths)
        )
        if inside:
            self.aim(focusing.named(self.folder, map(os.fspath, paths)))
        else:
            self.roots = list(paths)

    def aim(self, paths: frozenset[str]) -> None:
        """Ask only for findings in which one of these notes takes part; asked twice, for both."""
        self.focus = frozenset(filter(writable, paths)) | (self.focus or frozenset())

    def aim_by_git(self, staged: bool, since: str | None) -> None:
        """Ask for the notes that are staged, or that changed since a branch left `since`; raises Refused."""
        try:
            if staged:
                endings = (*self.config.extensions, *TRANSCRIPTS, *(root.name for root in self.roots if root.is_file()))
                self.staged = focusing.staged(self.folder, self.roots, endings)
                self.aim(self.staged.paths)
            if since is not None:
                self.aim(focusing.since(self.folder, since))
        except focusing.FocusError as error:
            raise Refused(str(error)) from error

    def check(self) -> None:
        """Read the vault and find what there is to find."""
        failures: list[Failure] = []
        where = (self.folder, self.roots, self.config.extensions, self.config.exclude)
        paths = discover(*where, failures)
        if (target := written_to(self.output)) is not None:  # the shell has made it a note by now
            paths = others(self.folder, paths, target)
        overlay = {path: self.overlay[path] for path in paths if path in self.overlay} if self.overlay else {}
        self.vault = Disk(self.folder, paths, overlay)
        if self.staged is not None:
            here = [path for path in paths if self.staged.has(path)]
            self.vault = Disk(self.folder, sorted(here + lost(*where, self.staged.blobs)), self.staged.blobs)
        self.index.settings = digest(
            "\0".join(
                [*sorted(self._in_use()), "", *sorted(self.vocabulary), "", stamps.pipeline(self.config.spacy_model)]
            )
        )
        self.index.remarks = {"catalogue": msgspec.json.encode(self.catalogue).decode()}
        self.alone = self._by_themselves()
        if self.alone is not None:
            outcome = self.alone.run(self._named(failures))
        else:
            outcome = self.index.run(self.vault, self.focus, Bar())
        findings = rulings.applied(outcome.findings, self.rulings)
        if self.scope == "note":
            findings = findings.only(lambda head: self.catalogue[head.rule][1] == "note")
        unused = allow.unused(outcome, self._in_use(), self.catalogue, self.focus) if self.scope == "vault" else []
        self.outcome: engine.Outcome = msgspec.structs.replace(
            outcome,
            findings=findings.only(lambda head: not head.allowed),
            notices=(*outcome.notices, *self._uncompared(outcome), *unused),
            failures=tuple(sorted([*outcome.failures, *failures])),
        )

    def _by_themselves(self) -> Alone | None:
        """Give what checks notes that were named by themselves, where only that is asked for; else None.

        It takes no index, so that many processes can do it at once, and no
        other note, so that it says the same of a note whichever are named.
        """
        if self.scope == "vault" or (self.focus is None and not all(root.is_file() for root in self.roots)):
            return None
        from ..backends.alone import Alone  # what a run with an index does not import

        rules = [rule for rule in self.rules.in_use() if rule.SCOPE == "note"]
        return Alone(rules, self.vocabulary, self.config.spacy_model)

    def _named(self, failures: list[Failure]) -> Iterator[Note]:
        """Give the notes in focus, or all."""
        for path in self.vault.paths:
            if self.focus is None or path in self.focus:
                data = self.vault.fetch(path, failures)
                if data is not None:
                    yield read(path, data, self.config.source_keys)

    def _uncompared(self, outcome: engine.Outcome) -> Iterator[str]:
        """Say so where nothing was compared, for want of a source."""
        if self.scope == "vault" and outcome.notes > 1 and not outcome.sources:
            keys = ", ".join(self.config.source_keys)
            yield f"no note names its source in its front matter ({keys}), so that none was compared with another"

    @functools.cached_property
    def catalogue(self) -> Catalogue:
        """Severity and scope of each rule."""
        kept = self.index.peek("catalogue")
        if kept is not None:
            return msgspec.json.decode(kept, type=Catalogue)
        return self.rules.catalogue()

    def group(self, key: str) -> Group:
        """Give the facts on one source."""
        return self.index.group(key) if self.alone is None else self.alone.group(key)

    def _configured(self) -> list[Path]:
        return [self.folder / root for root in self.config.roots] or [self.folder]

    def _holds(self, root: Path, path: Path) -> bool:
        """Say whether a path lies in a root, by whatever way either is reached."""
        at, named = (PurePath(relative(self.folder, place)) for place in (root, path))
        return named.is_relative_to(at)

    def _index_name(self) -> str:
        """Give the name of the vault's index, or of one for other folders that were named."""
        named, vault = (
            sorted({relative(self.folder, root) for root in roots}) for roots in (self.roots, self._configured())
        )
        return store.NAME if named == vault else f"index-{digest(chr(0).join(named))}.db"

    def _in_use(self) -> list[str]:
        return plugins.in_use(self.catalogue, self.config)

    def known(self, file: str | None) -> frozenset[str]:
        """Give the fingerprints of the baseline that an option or the configuration names."""
        chosen = Path(file) if file else self.folder / self.config.baseline if self.config.baseline else None
        try:
            return baseline.load(chosen) if chosen else frozenset()
        except ConfigError as error:
            raise Refused(str(error)) from error

    def judged(self, known: frozenset[str] = frozenset()) -> list[Judged]:
        """Judge what was found."""
        defaults = {rule: severity for rule, (severity, _) in self.catalogue.items()}
        settled = rulings.settled(self.rulings)
        return judge(self.outcome.findings, defaults, self.config, baseline=known, settled=settled, focus=self.focus)

    def material(self, judged: list[Judged], **more: Any) -> reports.Material:
        """Give what a renderer reads."""
        return reports.Material(
            judged=judged,
            outcome=self.outcome,
            rules=self.rules,
            groups=self.group,
            lines=self.line,
            version=__version__,
            seconds=time.perf_counter() - self.started,
            **more,
        )

    def from_top(self) -> reports.Address:
        """Give what makes a path of a finding one from the top of the git repository, where there is one."""
        try:
            top = git.top(self.folder)
        except git.GitError:
            return str
        return lambda path: relative(top, self.folder / path)

    def extent(self) -> str:
        """Say how much was checked."""
        from ...reports.words import counted  # few runs say it

        return f"{counted(self.outcome.notes, 'note')} on {counted(self.outcome.sources, 'source')}"

    def close(self) -> None:
        """Let go of the index; who makes one run after another has no files left otherwise."""
        self.index.close()

    def line(self, path: str, line: int) -> str | None:
        """Give one line of a note as it was checked, or None when it cannot be read."""
        lines = self._texts.get(path)
        if lines is None:
            data = self.vault.fetch(path, [])
            lines = [] if data is None else text_of(data).split("\n")
            if len(self._texts) >= KEPT_TEXTS:
                del self._texts[next(iter(self._texts))]
            self._texts[path] = lines
        return lines[line - 1].rstrip("\r") if 0 < line <= len(lines) else None

    def tell(self, *, quiet: bool = False) -> None:
        """Say on standard error what went wrong and, unless quiet, what the reader should know."""
        for failure in self.outcome.failures:
            notice(f"failure: {failure.path}: {failure.message}" if failure.path else f"failure: {failure.message}")
        if quiet:
            return
        for text in (*self.index.notices, *self.outcome.notices):
            notice(text)
        if not self.outcome.notes and not self.outcome.failures:
            under = ", ".join(str(root) for root in self.roots)
            which = " of those that are named" if self.alone and self.focus is not None else ""
            notice(f"nothing was checked: no {' '.join(self.config.extensions)}{which} under {under}")

    def status(self, judged: Sequence[Judged], fail_on: Severity | None = None) -> int:
        """Give the exit status for these findings."""
        if self.outcome.failures:
            return EXIT_FAILURE
        floor = fail_on or self.config.fail_on
        new = any(item.status == "new" and at_least(item.severity, floor) for item in judged)
        return EXIT_FINDINGS if new else EXIT_CLEAN
