"""Write the pages that are made from the code; with `--check`, only say whether they are up to date.

Made are: a page for each rule in docs/rules/ from the module's docstring and
its first case that fires, their list there and in README.md, the table of
settings in docs/configuration.md, and the JSON schema of the configuration
that the package ships.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / ".src"))

import msgspec

from notelint import reports
from notelint.lint import __version__
from notelint.lint.backends.memory import Memory
from notelint.lint.config import Config
from notelint.lint.discover import discover
from notelint.lint.judge import judge
from notelint.lint.model import FAMILIES, SEVERITIES, Failure, Rule, family_of
from notelint.lint.note.read import read
from notelint.rules import RULES

SAMPLE = "name-spelling"
"""The rule whose first finding in the seeds opens the README."""

MODEL = "timestamp_label.py"
"""The rule that the README shows in full: short, and typical."""


def pages() -> Iterator[tuple[Path, str]]:
    """Give all made files with what they should hold."""
    for rule in RULES:
        yield ROOT / "docs" / "rules" / f"{rule.ID}.md", page(rule)
    yield ROOT / "docs" / "rules" / "README.md", f"# Rules\n\n{table('')}"
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    for mark, made in (("example", sample()), ("rules", table("docs/rules/")), ("rule", model())):
        text = between(text, mark, made)
    yield readme, text
    configuration = ROOT / "docs" / "configuration.md"
    yield configuration, between(configuration.read_text(encoding="utf-8"), "settings", settings())
    yield ROOT / "lint" / "data" / "config.schema.json", schema()


def page(rule: Rule) -> str:
    """Give the page of one rule."""
    first, _, rest = inspect.cleandoc(rule.__doc__ or "").partition("\n\n")
    note = "Finds something in a note without others, too"
    scope = note if rule.SCOPE == "note" else "Checks the notes on one source against each other"
    weight = "off until the configuration asks for it" if rule.SEVERITY == "off" else f"`{rule.SEVERITY}`"
    return (
        f"# {rule.ID}\n\n{first}\n\n{scope}. Default severity: {weight}.\n\n{rest}\n\n"
        f"{example(rule)}\n---\n\n"
        f"Accept one place: `<!-- notelint: allow {rule.ID} -- why -->` at the end of its line. "
        f'Switch the rule off: `severity.{rule.ID} = "off"`. '
        "[All rules](README.md) · [Configuration](../configuration.md)\n"
    )


def example(rule: Rule) -> str:
    """Give the first case of a rule that fires, as the tests run it."""
    file = ROOT / "tests" / "cases" / f"{rule.ID.replace('-', '_')}.md"
    if not file.is_file():
        return ""
    for section in re.split(r"^## ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, _, body = section.partition("\n")
        if "```findings\n" in body:
            shown = re.sub(r"^(`{3,})findings$", r"notelint says:\n\n\1text", body.strip(), flags=re.MULTILINE)
            return f"## Example: {title.strip()[0].lower()}{title.strip()[1:]}\n\n{shown}\n"
    return ""


def table(folder: str) -> str:
    """Give the list of rules by family, with links to pages in `folder`."""
    lines = ["| rule | severity | finds |", "| --- | --- | --- |"]
    for family, title in FAMILIES.items():
        mine = [rule for rule in RULES if family_of(rule.ID) == family]
        if mine:
            lines.append(f"| **{title}** | | |")
        for rule in sorted(mine, key=lambda rule: rule.ID):
            sentence = inspect.cleandoc(rule.__doc__ or "").partition("\n\n")[0].replace("\n", " ").replace("|", "\\|")
            lines.append(f"| [`{rule.ID}`]({folder}{rule.ID}.md) | {rule.SEVERITY} | {sentence} |")
    return "\n".join(lines) + "\n"


def settings() -> str:
    """Give the table of settings, from the configuration's own declaration."""
    lines = ["| key | default | meaning |", "| --- | --- | --- |"]
    for key, field in described()["properties"].items():
        default = json.dumps(field.get("default"), ensure_ascii=False) if field.get("default") is not None else "none"
        lines.append(f"| `{key}` | {f'`{default}`' if default != 'none' else 'none'} | {field['description']} |")
    return "\n".join(lines) + "\n"


def described() -> dict[str, Any]:
    """Give the JSON schema of the configuration's table."""
    (reference,), components = msgspec.json.schema_components([Config], ref_template="#/$defs/{name}")
    return components[reference["$ref"].rpartition("/")[2]] | {"$defs": components}


def schema() -> str:
    """Give the JSON schema that editors complete the configuration with."""
    table = described()
    others = {name: part for name, part in table.pop("$defs").items() if name != "Config"}
    names = sorted({rule.ID for rule in RULES} | {family_of(rule.ID) for rule in RULES})
    weights = {
        "type": "object",
        "additionalProperties": {"enum": [*SEVERITIES, "off"]},
        "properties": {name: {"enum": [*SEVERITIES, "off"]} for name in names},
    }
    for part in (table, *others.values()):
        severity = part.get("properties", {}).get("severity")
        if severity is not None:
            severity.update(weights)
    document = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **table,
        "title": "notelint",
        "description": "notelint.toml, or [tool.notelint] in pyproject.toml",
        "$defs": others,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def sample() -> str:
    """Give what notelint says of the seeds: the conflict of names, as the terminal shows it."""
    folder = ROOT / "seeds"
    failures: list[Failure] = []
    paths = discover(ROOT, [folder], Config().extensions, (), failures)
    memory = Memory(RULES)
    outcome = memory.run(read(path, (ROOT / path).read_bytes(), Config().source_keys) for path in paths)
    judged = judge(outcome.findings, {rule.ID: rule.SEVERITY for rule in RULES}, Config())
    chosen = [item for item in judged if item.finding.rule == SAMPLE][:1]
    text = "".join(
        reports.renderer("text").render(
            reports.Material(
                judged=chosen,
                outcome=outcome,
                rules={rule.ID: rule for rule in RULES},
                groups=memory.group,
                lines=lambda path, line: (ROOT / path).read_text(encoding="utf-8-sig").split("\n")[line - 1],
                version=__version__,
                width=110,
            )
        )
    )
    shown = text.split("\n\n")[0].rstrip()
    return f"```text\n$ notelint check seeds\n{shown}\n```\n"


def model() -> str:
    """Give the code of one rule, without its page and its imports."""
    code = (ROOT / "rules" / MODEL).read_text(encoding="utf-8")
    return f"```python\n{code[code.index('ID = ') :].rstrip()}\n```\n"


def between(text: str, mark: str, made: str) -> str:
    """Give a text with what stands between two marks made anew."""
    begin, end = f"<!-- {mark}: made by docs/build.py -->\n", f"<!-- /{mark} -->"
    before, found, rest = text.partition(begin)
    if not found:
        raise SystemExit(f"no mark {begin.strip()}")
    return before + begin + "\n" + made + "\n" + end + rest.partition(end)[2]


def main(words: list[str]) -> int:
    """Write, or with --check compare; gives the exit status."""
    made = dict(pages())
    stale = [file for file, text in made.items() if not file.is_file() or file.read_text(encoding="utf-8") != text]
    stray = [file for file in (ROOT / "docs" / "rules").glob("*.md") if file not in made]
    if words == ["--check"]:
        for file in [*stale, *stray]:
            print(f"{file.relative_to(ROOT)}: not up to date; run python docs/build.py", file=sys.stderr)
        return int(bool(stale or stray))
    for file in stale:
        file.write_text(made[file], encoding="utf-8")
    for file in stray:
        file.unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
