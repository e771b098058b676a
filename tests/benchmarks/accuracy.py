"""What is found, and how much of it is right.

    python tests/benchmarks/accuracy.py score ANNOTATIONS NOTES
    python tests/benchmarks/accuracy.py perturb [NOTES] [--seed N] [--rounds N]

`score` checks the vault NOTES (a folder VIDEO/ of notes for each ANNOTATIONS/VIDEO.json) and prints recall
and precision by rule and severity: an annotated conflict of two places is found when a finding of its family
touches both; a finding is right when it touches an annotated conflict. `perturb` needs no annotations: it
plants faults in notes that agree (its own, or those of NOTES) one at a time, a misspelt name, a shifted stamp,
a changed quote or number, a lost negation, and says how many are found, and what is reported before any is planted.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / ".src"))

from notelint.lint.backends.memory import Memory
from notelint.lint.config import Config
from notelint.lint.judge import judge
from notelint.lint.model import Finding, Label, Note
from notelint.lint.note.read import read
from notelint.rules import RULES

FAMILIES = {"names": "name", "timestamps": "timestamp", "quotes": "quote", "facts": "fact"}
SHARE = 0.5
"""Words of the shorter text that the other must have for two places to be one."""


def load(folder: Path) -> dict[str, str]:
    return {str(file.relative_to(folder)): file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.md"))}


def check(notes: dict[str, str]) -> list[tuple[str, Finding]]:
    """Give the findings in notes with their severities."""
    config = Config()
    vault: list[Note] = [read(path, text.encode(), config.source_keys) for path, text in notes.items()]
    outcome = Memory(list(RULES)).run(vault)
    judged = judge(outcome.findings, {rule.ID: rule.SEVERITY for rule in RULES}, config)
    return [(item.severity, item.finding) for item in judged]


# --- against annotations


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.lower()))


def touches(label: Label, side: dict[str, Any]) -> bool:
    if Path(label.span.path).name != side.get("file"):
        return False
    one, other = words(label.text), words(side.get("text") or "")
    least = min(one.total(), other.total())
    return least > 0 and (one & other).total() >= SHARE * least


def supports(finding: Finding, entry: dict[str, Any]) -> bool:
    """Say whether a finding is on an annotated conflict: both its sides, two of its variants, or its one place."""
    if "a" in entry and "b" in entry:
        return any(
            (touches(x, entry["a"]) and touches(y, entry["b"])) or (touches(x, entry["b"]) and touches(y, entry["a"]))
            for x, y in itertools.combinations(finding.labels, 2)
        )
    if "variants" in entry:
        forms = {label.text for label in finding.labels} | {finding.suggestion or ""}
        return entry.get("kind") != "partial" and sum(variant["text"] in forms for variant in entry["variants"]) >= 2
    if entry.get("systematic"):
        return any(Path(label.span.path).name == entry["file"] for label in finding.labels)
    return any(touches(label, entry) for label in finding.labels)


def score(annotations: Path, folder: Path) -> Iterator[str]:
    by_video: defaultdict[str, list[tuple[str, Finding]]] = defaultdict(list)
    for severity, finding in check(load(folder)):
        by_video[finding.labels[0].span.path.partition("/")[0]].append((severity, finding))
    right: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    met: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for file in sorted(annotations.glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        for section, family in FAMILIES.items():
            mine = [item for item in by_video[file.stem] if item[1].family == family] if file.stem in by_video else []
            entries = [entry for entry in gold.get(section, []) if entry.get("kind") != "partial"]
            if not (folder / file.stem).is_dir():
                continue
            good = [False] * len(mine)
            for entry in entries:
                hits = [index for index, (_, finding) in enumerate(mine) if supports(finding, entry)]
                for index in hits:
                    good[index] = True
                if entry.get("agreed", True):
                    total[family, entry.get("kind", "")] += 1
                    met[family, entry.get("kind", "")] += bool(hits)
            for (severity, finding), fine in zip(mine, good, strict=True):
                for key in ((finding.rule, severity), (family, severity)):
                    found[key] += 1
                    right[key] += fine
    yield "recall of what both annotations have"
    for key in sorted(total):
        yield f"  {key[0]:<10} {key[1]:<24} {met[key]:>4}/{total[key]:<4} {met[key] / total[key]:.2f}"
    yield "precision (a lower bound: what nobody annotated counts as wrong)"
    for key in sorted(found):
        yield f"  {key[0]:<22} {key[1]:<8} {right[key]:>4}/{found[key]:<4} {right[key] / found[key]:.2f}"


# --- planted faults

Fault = Callable[[str, random.Random], tuple[str, int] | None]
"""Change one place of a note's text: the new text and the line, 1-based; None where it has nothing to change."""

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,} [A-Z][a-z]{4,}\b")
_STAMP = re.compile(r"\[(\d\d):(\d\d):(\d\d)\]")
_QUOTE = re.compile(r'"([^"\n]{30,200})"')
_NUMBER = re.compile(r"(?<![\w:.,\[])([2-9]\d{1,3})(?= [a-z]{3})")
_NOT = re.compile(r"\b(did|does|is|was|are|were|will|can) not\b")
_PROSE = re.compile(r"[A-Za-z]{4,}")


def _places(text: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    body = text.find("\n---\n", 4) + 5 if text.startswith("---") else 0
    return [match for match in pattern.finditer(text, body) if "#" != text[text.rfind("\n", 0, match.start()) + 1]]


def _put(text: str, match: re.Match[str], new: str) -> tuple[str, int]:
    return text[: match.start()] + new + text[match.end() :], text.count("\n", 0, match.start()) + 1


def _pick(text: str, pattern: re.Pattern[str], chance: random.Random) -> re.Match[str] | None:
    places = _places(text, pattern)
    return chance.choice(places) if places else None


def name(text: str, chance: random.Random) -> tuple[str, int] | None:
    match = _pick(text, _NAME, chance)
    if match is None:
        return None
    at = chance.randrange(2, len(match[0]) - 2)
    while match[0][at] == " " or match[0][at - 1] == " ":
        at += 1
    letter = chance.choice([char for char in "aeiourlnst" if char != match[0][at]])
    return _put(text, match, match[0][:at] + letter + match[0][at + 1 :])


def stamp(text: str, chance: random.Random) -> tuple[str, int] | None:
    match = _pick(text, _STAMP, chance)
    return (
        None
        if match is None
        else _put(text, match, f"[{int(match[1]) + chance.randint(2, 9):02d}:{match[2]}:{match[3]}]")
    )


def quote(text: str, chance: random.Random) -> tuple[str, int] | None:
    match = _pick(text, _QUOTE, chance)
    if match is None:
        return None
    places = list(_PROSE.finditer(match[1]))
    word = chance.choice(places)
    changed = match[1][: word.start()] + chance.choice(["certainly", "wooden", "everything"]) + match[1][word.end() :]
    return _put(text, match, f'"{changed}"')


def number(text: str, chance: random.Random) -> tuple[str, int] | None:
    match = _pick(text, _NUMBER, chance)
    return None if match is None else _put(text, match, str(int(match[1]) * chance.choice([2, 3, 10])))


def negation(text: str, chance: random.Random) -> tuple[str, int] | None:
    match = _pick(text, _NOT, chance)
    return None if match is None else _put(text, match, match[1])


FAULTS: dict[str, tuple[Fault, str]] = {
    "name": (name, "name"),
    "stamp": (stamp, "timestamp"),
    "quote": (quote, "quote"),
    "number": (number, "fact"),
    "negation": (negation, "fact"),
}

_PEOPLE = ["Harriet Calloway", "Tobias Lindqvist", "Imogen Farrow", "Ravi Deshpande"]
_TOLD = [
    "{lead} {0} moved the seed archive out of the flooded cellar together with 240 volunteers{mark}.",
    "{lead} the second kiln did not survive the frost that came after the harvest festival{mark}.",
    'When asked about the bridge, {1} said "nobody believed that a bridge of reeds would carry a loaded cart"{mark}.',
    "{lead} the workshop of {2} sold 320 lanterns to the fishermen of the northern villages{mark}.",
    "{lead} the council was not informed about the cracks in the eastern reservoir{mark}.",
    'The diary of {3} has "we counted the geese twice because the first count seemed impossible" in large letters{mark}.',
    "{lead} the copper roof of the observatory cost 85 barrels of salted herring{mark}.",
    "{lead} the apprentices were trained by {1} for 18 months before they touched the big lathe{mark}.",
    "{lead} the lighthouse keeper never learnt to swim although the sea took two of his boats{mark}.",
    "{lead} a bell that was cast by {0} cracked during its 40 minutes of ringing on midsummer day{mark}.",
]
_LEADS = ["According to the speaker,", "It is told that", "In the talk we hear that", "The account has it that"]


def agreeing() -> dict[str, str]:
    """Make four notes on one source that tell the same."""
    notes = {}
    for index in range(4):
        lines = []
        for at, told in enumerate(_TOLD):
            seconds = 90 + 170 * at
            mark = f" [{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}]"
            lines.append(told.format(*_PEOPLE, lead=_LEADS[(index + at) % len(_LEADS)], mark=mark))
        notes[f"vault/note_{index}.md"] = (
            f"---\ntitle: Part {index}\nvideoId: agreeing00{index // 4}\n---\n\n" + "\n\n".join(lines) + "\n"
        )
    return notes


def perturb(notes: dict[str, str], seed: int, rounds: int) -> Iterator[str]:
    chance = random.Random(seed)
    before = check(notes)
    known = {finding.fingerprint for _, finding in before}
    alarms = Counter((finding.rule, severity) for severity, finding in before)
    yield f"{len(notes)} notes; reported before anything is planted: {sum(alarms.values())}"
    for (rule, severity), n in sorted(alarms.items()):
        yield f"  {rule:<22} {severity:<8} {n}"
    for kind, (fault, family) in FAULTS.items():
        planted = met = loud = 0
        for _ in range(rounds * 20):
            if planted == rounds:
                break
            path = chance.choice(sorted(notes))
            changed = fault(notes[path], chance)
            if changed is None:
                continue
            planted += 1
            folder = path.rpartition("/")[0]
            near = {other: text for other, text in notes.items() if other.rpartition("/")[0] == folder}
            fresh = [
                (severity, finding)
                for severity, finding in check(near | {path: changed[0]})
                if finding.fingerprint not in known
            ]
            hits = [
                severity
                for severity, finding in fresh
                if finding.family == family
                and any(label.span.path == path and label.span.line == changed[1] for label in finding.labels)
            ]
            met += bool(hits)
            loud += any(severity != "info" for severity in hits)
        if planted:
            yield f"  {kind:<10} found {met:>4}/{planted:<4} {met / planted:.2f}   at warning or above {loud / planted:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    scoring = commands.add_parser("score")
    scoring.add_argument("annotations", type=Path)
    scoring.add_argument("notes", type=Path)
    planting = commands.add_parser("perturb")
    planting.add_argument("notes", type=Path, nargs="?")
    planting.add_argument("--seed", type=int, default=1)
    planting.add_argument("--rounds", type=int, default=25)
    args = parser.parse_args()
    if args.command == "score":
        lines = score(args.annotations, args.notes)
    else:
        notes = load(args.notes) if args.notes else agreeing()
        lines = perturb(notes, args.seed, args.rounds)
    for line in lines:
        print(line)


if __name__ == "__main__":
    main()
