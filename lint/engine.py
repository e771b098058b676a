"""Linting as pure functions: extract, group, check, order.

What runs them over a vault, and what it keeps between runs, is a backend's
business; every backend gives the same findings.
"""

from __future__ import annotations

import itertools
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Protocol, TypeAlias

import msgspec

from .model import Fact, Failure, Finding, Group, Note, Noticing, Rule, Severity, Sharing, Span, Weighing, family_of
from .note.allows import Allow, Hidden

Extractor: TypeAlias = Callable[[Note], Iterable[Fact]]

MAX_GROUP = 20_000
"""Facts of one key that a rule is given; what is beyond is left out, with a notice."""


class Head(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What judging asks of a finding; `path` is that of its first place. The rest may still lie in an index."""

    path: str
    rule: str
    key: str
    severity: Severity | None
    allowed: bool
    fingerprint: str

    @property
    def family(self) -> str:
        """The first word of the rule's id."""
        return family_of(self.rule)


class Findings(Sequence[Finding]):
    """Findings in reading order, with the head of each: of 300,000, a run should not hold every place in memory."""

    heads: Sequence[Head]

    @abstractmethod
    def only(self, keep: Callable[[Head], bool]) -> Findings:
        """Give those whose heads are wanted."""

    @abstractmethod
    def at(self, index: int) -> Finding:
        """Give one of them; raises IndexError past the last."""

    def __getitem__(self, index: int) -> Finding:  # type: ignore[override]  # nobody slices findings
        return self.at(index)

    def __len__(self) -> int:
        return len(self.heads)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Findings) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as a list has none


class Held(Findings):
    """Findings in memory."""

    def __init__(self, findings: Iterable[Finding], heads: Sequence[Head] | None = None) -> None:
        self.findings = tuple(findings)
        self.heads = [head(found) for found in self.findings] if heads is None else heads

    def only(self, keep: Callable[[Head], bool]) -> Held:
        """Give those whose heads are wanted."""
        wanted = [keep(head) for head in self.heads]
        if all(wanted):
            return self
        return Held(itertools.compress(self.findings, wanted), list(itertools.compress(self.heads, wanted)))

    def at(self, index: int) -> Finding:
        """Give one of them; raises IndexError past the last."""
        return self.findings[index]


def head(found: Finding) -> Head:
    """Give the head of a finding."""
    return Head(found.labels[0].span.path, found.rule, found.key, found.severity, found.allowed, found.fingerprint)


class Outcome(msgspec.Struct, frozen=True):
    """What a backend found in a vault, before anything is judged; `comments` are all allow comments by path."""

    findings: Findings
    failures: tuple[Failure, ...]
    notes: int
    sources: int
    sharings: tuple[Sharing, ...] = ()
    notices: tuple[str, ...] = ()
    comments: tuple[tuple[str, tuple[Allow, ...]], ...] = ()


class Groups(Protocol):
    """How a renderer gets at the facts behind a finding."""

    def __call__(self, key: str, /) -> Group: ...


_PACKAGE = f"{__package__.rpartition('.')[0]}."


def name_of(extractor: Extractor) -> str:
    """Give the name under which an extractor's facts are kept, which no other module's has."""
    module = getattr(extractor, "__module__", "").removeprefix(_PACKAGE)
    return f"{module}.{getattr(extractor, '__qualname__', repr(extractor))}"


def extractors(rules: Iterable[Rule]) -> dict[str, Extractor]:
    """Give the extractors that rules read, and those that they ask of when they weigh, each once, by name."""
    return {name_of(one): one for rule in rules for one in (rule.extract, *getattr(rule, "asks", ()))}


def group(
    key: str, facts: Iterable[Fact], vocabulary: frozenset[str] = frozenset(), pipeline: str | None = None
) -> Group:
    """Put all facts of one key in reading order, here and nowhere else."""
    return Group(key, sorted(facts, key=lambda fact: fact.span), vocabulary, pipeline)


def check(rule: Rule, facts: Group, suppressed: Mapping[str, Sequence[Allow]]) -> Iterator[Finding]:
    """Check one complete group, without the testimony of places that a comment allows this rule.

    What it would say with that testimony, and does not say without, is given
    too, marked as allowed; but for what it says of another line of a statement
    that such a place is in.
    """
    whole = facts
    hidden = Hidden(rule.ID, suppressed)
    if hidden:
        kept = [fact for fact in facts if not hidden.meets(fact.span.path, fact.span.line, fact.span.end_line)]
        if len(kept) != len(facts):
            facts = Group(facts.key, kept, facts.vocabulary, facts.pipeline)
    found = list(rule.check(facts.key, facts)) if len(facts) else []
    yield from found
    if facts is not whole:
        said = {one.fingerprint for one in found}
        for other in rule.check(whole.key, whole):
            if other not in found:
                beside = other.fingerprint not in said and hidden.beside(other, whole)
                yield other if beside else msgspec.structs.replace(other, allowed=True)


class Examined(msgspec.Struct, frozen=True, array_like=True):
    """What the rules found in one group: candidates for findings, failures of rules, notices."""

    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    notices: tuple[str, ...] = ()


NOTHING = Examined()


def examine(rules: Iterable[Rule], facts: Group, allowed: Mapping[str, Sequence[Allow]]) -> Examined:
    """Check one complete group by all rules that read its stream; `allowed` has the allow comments by path."""
    findings: list[Finding] = []
    failures: list[Failure] = []
    notices: list[str] = []
    if len(facts) > MAX_GROUP:
        notices.append(f"{facts.key}: {len(facts)} facts; only the first {MAX_GROUP} are compared")
        facts = Group(facts.key, facts.facts[:MAX_GROUP], facts.vocabulary, facts.pipeline)
    for rule in rules:
        try:
            findings += [_sound(rule, found) for found in check(rule, facts, allowed)]
            if isinstance(rule, Noticing):
                notices.extend(map(str, rule.notices(facts.key, facts)))
        except Exception as error:  # noqa: BLE001 - a rule that raises is a failure of ours, never a finding
            failures.append(Failure(facts[0].span.path, f"{rule.ID} failed on {facts.key}: {raised(error)}"))
    if not findings and not failures and not notices:
        return NOTHING
    return Examined(tuple(findings), tuple(failures), tuple(notices))


def raised(error: Exception) -> str:
    """Say an exception, and the line that raised it: nobody who reports the failure has a traceback."""
    innermost = error.__traceback__
    while innermost is not None and innermost.tb_next is not None:
        innermost = innermost.tb_next
    if innermost is None:
        return repr(error)
    return f"{error!r} in {PurePath(innermost.tb_frame.f_code.co_filename).name}, line {innermost.tb_lineno}"


def weigh(rules: Mapping[str, Rule], candidates: Iterable[Finding], counts: Callable[[str], int]) -> Examined:
    """Let the rules that weigh have a last look at their candidates, with counts of the whole vault; `rules` by id."""
    findings: list[Finding] = []
    failures: list[Failure] = []
    for candidate in candidates:
        rule = rules[candidate.rule]
        try:
            found = rule.weigh(candidate, counts) if isinstance(rule, Weighing) else candidate
            if found is not None:
                findings.append(found if found is candidate else _sound(rule, found))
        except Exception as error:  # noqa: BLE001 - as above
            path = candidate.labels[0].span.path
            failures.append(Failure(path, f"{rule.ID} failed on {candidate.key}: {raised(error)}"))
    return Examined(tuple(findings), tuple(failures))


def _sound(rule: Rule, found: Finding) -> Finding:
    """Give a finding that can be judged, kept and sent; raises when it cannot, as rules that are not ours may err."""
    if found.rule != rule.ID:
        raise ValueError(f"a finding under another id: {found.rule}")
    if not found.labels:
        raise ValueError("a finding without a place")
    _read(_pack(found))
    return found


_pack = msgspec.msgpack.Encoder().encode
_read = msgspec.msgpack.Decoder(Finding).decode


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Put findings in the order in which a reader walks the vault; of two alike, by fingerprint."""

    def place(found: Finding) -> tuple[Span, str, str]:
        return found.labels[0].span, found.rule, found.message

    # the digest of a fingerprint is worked out for those alone that nothing else tells apart
    return [
        found
        for _, alike in itertools.groupby(sorted(findings, key=place), place)
        for found in _by_fingerprint(list(alike))
    ]


def _by_fingerprint(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda found: found.fingerprint) if len(findings) > 1 else findings
