"""A vault with judged findings of every family, made without the rules: what renderers are tried on.

The same seed gives the same vault. Of each source there are four notes: the
second writes MM:SS as HH:MM:00 throughout, the third spells the guest
otherwise, the fourth words a quote and counts otherwise.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from notelint import reports
from notelint.lint import engine
from notelint.lint.judge import Judged, Status
from notelint.lint.model import Edit, Fact, Failure, Finding, Fix, Label, Note, Severity, Sharing, Vote
from notelint.lint.note import claims
from notelint.lint.note.claims import Claim, Quote
from notelint.lint.note.clock import write_time
from notelint.lint.note.read import read
from notelint.lint.times.places import label_of_citation, label_of_part
from notelint.rules import RULES

SUBJECTS = ["harbour", "orchard", "turbine", "archive", "glacier", "violin", "bakery", "compiler", "meadow"]
VERBS = ["measures", "rebuilds", "explains", "doubts", "maps", "repairs", "imagines", "counts"]
NAMES = [("Ilse Vandermeer", "Ilse Vandermer"), ("Tomasz Wrona", "Thomas Wrona"), ("Amina Okonjo", "Amina Okonyo")]
ALPHABET = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789_-"


def sentences(chance: random.Random, count: int) -> list[tuple[str, int]]:
    """Give claims with the second each was said at."""
    at, found = 20, []
    for _ in range(count):
        at += chance.randint(30, 120)
        subject, verb, other = chance.choice(SUBJECTS), chance.choice(VERBS), chance.choice(SUBJECTS)
        found.append((f"The {subject} {verb} what the old {other} near the river left behind in spring", at))
    return found


def cite(seconds: int, *, shifted: bool = False) -> str:
    """Write a citation; shifted, the minutes stand where hours belong."""
    time = f"{seconds // 60:02d}:{seconds % 60:02d}:00" if shifted else write_time(seconds)
    return f'<a class="yt-timestamp" data-t="{time}">[{time}]</a>'


def notes(number: int, claims_each: int = 12) -> dict[str, str]:
    """Give the notes of one source by path."""
    chance = random.Random(number)
    key = "".join(chance.choice(ALPHABET) for _ in range(11))
    right, wrong = NAMES[number % len(NAMES)]
    said = sentences(chance, claims_each)
    made = {}
    for which, title in enumerate(("Beginnings", "Tools and habits", "On teaching", "What comes next")):
        guest = wrong if which == 2 else right
        count = "14,000" if which == 3 else "40,000"
        quote = "we never once asked for it" if which == 3 else "we once asked for it"
        lines = [f"---\ntitle: {title}\nvideoId: {key}\n---\n", f"# {title}\n", f"{guest} runs the workshop.\n"]
        for text, at in said[which % 2 :: 2] + said[:3]:
            lines.append(f"- {text} {cite(at, shifted=which == 1)}")
        lines.append(f'\n{guest} says that "{quote} and then the river rose" {cite(said[-1][1])}.')
        lines.append(f"It has {count} visitors a year {cite(said[-1][1])}.")
        made[f"season {number % 7 + 1}/{key}/{which}-{title.lower().replace(' ', '-')}.md"] = "\n".join(lines) + "\n"
    return made


class Vault:
    """Notes, read; facts by key; findings on demand."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts
        self.notes = [read(path, text.encode("utf-8", "surrogateescape")) for path, text in texts.items()]
        self.facts: dict[str, list[Fact]] = defaultdict(list)
        for note in self.notes:
            for fact in claims.by_source(note):
                self.facts[fact.key].append(fact)

    def lines(self, path: str, line: int) -> str | None:
        found = self.texts.get(path, "").split("\n")
        return found[line - 1] if 0 < line <= len(found) else None

    def group(self, key: str) -> engine.Group:
        return engine.group(key, self.facts.get(key, ()))

    def material(self, judged: list[Judged], **more: object) -> reports.Material:
        outcome = engine.Outcome(
            engine.Held(item.finding for item in judged),
            (Failure("season 1/broken.md", "cannot be read: Permission denied"),),
            len(self.notes),
            sum(not key.startswith("note:") for key in self.facts),
            tuple(Sharing(path, key, ("it shares Okonjo and 4 quotes",)) for key, path in self.shared()),
        )
        return reports.Material(
            judged=judged,
            outcome=outcome,
            rules={rule.ID: rule for rule in RULES},
            groups=self.group,
            lines=self.lines,
            version="0",
            **more,  # type: ignore[arg-type]
        )

    def shared(self) -> list[tuple[str, str]]:
        return [(key, facts[0].span.path) for key, facts in islice(self.facts.items(), 1)]

    def place(self, note: Note, text: str, role: str = "variant") -> Label:
        """Label the first claim of a note that has this text."""
        for fact in self.facts[note.key]:
            if fact.span.path == note.path and isinstance(fact.value, Claim | Quote) and text in fact.value.text:
                at = fact.value.text.index(text)
                return label_of_part(fact, at, at + len(text), role, seconds=_seconds(fact))
        start = note.text.index(text)
        return Label(note.span(start, start + len(text)), text, role)


def _seconds(fact: Fact) -> int | None:
    return next((c.seconds for c in fact.value.citations), None)


def vault(sources: int = 2, claims_each: int = 12) -> Vault:
    """Give a vault of four notes for each source."""
    texts: dict[str, str] = {}
    for number in range(sources):
        texts |= notes(number, claims_each)
    return Vault(texts)


def findings(made: Vault) -> Iterator[Finding]:
    """Give one finding of each family and source: five that compare notes, three on one note."""
    by_key: dict[str, list[Note]] = defaultdict(list)
    for note in made.notes:
        by_key[note.key].append(note)
    for key, (first, second, third, fourth) in by_key.items():
        yield from on_source(made, key, first, second, third, fourth)


def on_source(made: Vault, key: str, first: Note, second: Note, third: Note, fourth: Note) -> Iterator[Finding]:
    right, wrong = next(pair for pair in NAMES if pair[0] in first.text)
    places = [made.place(third, wrong), made.place(first, right), made.place(second, right), made.place(fourth, right)]
    start = third.text.index(wrong)
    yield Finding(
        "name-spelling",
        key,
        f'one person under two names: "{wrong}" in 1 note, "{right}" in 3',
        tuple(places),
        (wrong.lower(), right.lower()),
        (Vote(right, 3, ("official title",), tuple(n.path for n in (first, second, fourth))), Vote(wrong, 1)),
        right,
        ('both "runs the workshop"', "never together in one note"),
        0.97,
        fix=Fix(False, (Edit(third.path, start, start + len(wrong), wrong, right),)),
    )
    shifted = [
        label_of_citation(fact, citation, suggestion=write_time(citation.seconds // 60))
        for fact in made.facts[key]
        if fact.span.path == second.path and isinstance(fact.value, Claim)
        for citation in fact.value.citations
        if citation.seconds and citation.time.endswith(":00")
    ]
    yield Finding(
        "timestamp-shifted",
        key,
        f"minutes and seconds written as hours and minutes in {len(shifted)} citations",
        tuple(shifted),
        ("shifted", second.metadata.get("title", "")),
        suggestion=None,
        evidence=(
            "3 notes cite the same statements sixty times earlier",
            "the player would seek to hours past the end",
        ),
        confidence=0.99,
    )
    old, new = "we once asked for it", "we never once asked for it"
    yield Finding(
        "quote-wording",
        key,
        f'one utterance in two wordings: "{new}" in 1 note, "{old}" in 3; a negation is lost',
        tuple(
            made.place(note, f"{words} and then the river rose")
            for note, words in ((fourth, new), (first, old), (third, old))
        ),
        (new, old),
        (Vote(old, 3), Vote(new, 1)),
        None,
        ("cited at the same second, first at 00:14:02",),
        0.9,
    )
    yield Finding(
        "fact-number",
        key,
        'one count with two values: "14,000" in 1 note, "40,000" in 3',
        (made.place(fourth, "14,000"), made.place(first, "40,000"), made.place(third, "40,000")),
        ("14000", "40000"),
        (Vote("40,000", 3, ("said twice",)), Vote("14,000", 1)),
        "40,000",
        confidence=0.8,
    )
    yield Finding(
        "metadata-missing",
        key,
        'no "speaker" in the front matter',
        (Label(first.span(0, 3), "---"),),
        ("speaker", first.metadata.get("title", "")),
    )


SEVERITY: dict[str, Severity] = {
    "name-spelling": "error",
    "timestamp-shifted": "error",
    "quote-wording": "warning",
    "fact-number": "warning",
    "metadata-missing": "info",
}


def judged(made: Vault) -> list[Judged]:
    """Give the findings as they would be said: most new, some known, some ruled."""
    states: tuple[Status, ...] = ("new", "new", "baseline", "new", "ruled", "new", "new")
    return [
        Judged.of(found, SEVERITY[found.rule], states[index % len(states)])
        for index, found in enumerate(findings(made))
    ]


def many(count: int) -> tuple[Vault, list[Judged]]:
    """Give at least `count` findings on as many sources as that takes, ten of each family a source."""
    made = vault(max(1, count // 50))
    base = judged(made)
    found = []
    for repeat in range(10):
        for item in base:
            values = (*item.finding.values, str(repeat))
            finding = Finding(**{**_fields(item.finding), "values": values})
            found.append(Judged.of(finding, item.severity, item.status))
    return made, found[:count]


def _fields(found: Finding) -> dict[str, object]:
    return {name: getattr(found, name) for name in found.__struct_fields__}


ATTACKS = (
    "<script>window.pwned=1;alert(1)</script>",
    '"><img src=x onerror="window.pwned=1;alert(2)">',
    "' onmouseover='window.pwned=1' autofocus onfocus='alert(3)",
    "<svg/onload=window.pwned=1><a xlink:href='javascript:alert(4)'>x</a></svg>",
    "{{ 7*7 }}{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}${7*7}#{7*7}",
    "</script><script>window.pwned=1</script><!-- --></style><style>body{display:none}</style>",
    "</title></template></textarea></dialog><iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "\u202egnp.exe\u202c \u2066isolated\u2069 zero\u200bwidth \u2028line\x00nul\x1b[31mred",
    "x" * 5_000,
    "javascript:window.pwned=1//",
    "&lt;b&gt; &amp;amp; &#x3c;script&#x3e;",
)


def hostile() -> tuple[Vault, list[Judged]]:
    """Give a vault in which everything that a note can bring tries to break out of the page."""
    texts = {}
    for index, attack in enumerate(ATTACKS):
        for side in range(2):
            clean = attack.replace("/", "∕")[:120].replace("\n", " ").replace("\x00", "")
            source = ("javascript:alert(9)", '"><script>alert(5)</script>', "dQw4w9WgXcQ")[index % 3]
            texts[f"javascript:alert(6){index}/{side}{clean}.md"] = (
                f"---\ntitle: {attack!r}\nvideoId: {source!r}\n---\n\n# {attack}\n\n"
                f'Guest {attack} said "{attack} word {side}" {cite(60 + index)} and more {cite(9_000)}.\n'
            )
    made = Vault(texts)
    found: list[Judged] = []
    for index, (one, other) in enumerate(zip(made.notes[::2], made.notes[1::2], strict=True)):
        attack = ATTACKS[index]
        labels = tuple(
            Label(note.span(at, at + 9), attack, '"><script>alert(7)</script>', attack, f"a {attack} b", 2, 75)
            for note in (one, other)
            for at in (note.body, note.body + 9)
        )
        for family, rule in (("name", "name-spelling"), ("quote", "quote-wording"), ("timestamp", "timestamp-label")):
            found.append(
                Judged.of(
                    Finding(
                        rule,
                        one.key,
                        f"{family} {attack} against another",
                        labels,
                        (attack, str(index)),
                        (Vote(attack, 1, (attack,), (one.path,)), Vote(attack + "2", 1)),
                        attack,
                        (attack,),
                    ),
                    "error",
                )
            )
    return made, found
