"""Denials that are lost: where one note says with a "not" what another says without."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Fact, Group
from .align import align
from .terms import Term, Turn, Words
from .times import timeline
from .words import STOP, TOKEN, stem

MIN_DENIAL_SCORE = 0.85
"""Cosine from which a missing "not" is more than another sentence on the same; below, one in ten was."""

MAX_DENIAL_CHANGES = 3
"""Content words in which a denial and what affirms it may differ besides."""

MAX_GAP = 3
"""Words within which the affirming claim must have what stands around the "not"."""

_CUES = re.compile(r"\b(?:not|never|cannot|\w+n['’]t)\b", re.IGNORECASE)
# words by which a sentence denies without a "not": their side is no affirmation
_DENIALS = re.compile(
    r"\b(?:not|no|never|cannot|\w+n['’]t|without|neither|nor|none|nothing|nobody|hardly|rarely|seldom|barely|scarcely|few|little|less|"
    r"fail\w*|lack\w*|avoid\w*|prevent\w*|instead|rather|refus\w*|den(?:y|ie[sd]|ying)|difficult\w*|unable|impossible|unlike|stop\w*|"
    r"un\w+|in(?:capable|sufficient|effective|adequate|valid|correct|accurate|dependent\w*)|dis\w+|mis\w+|ir\w+|im\w+|non\w*|only|"
    r"beyond|contrary|against|despite|although|though|but|while|whereas|however|missing|absen\w+|prohibit\w*|forbid\w*|ban\w*|reject\w*|"
    r"struggl\w*|hard|harder|challeng\w*|eliminat\w*|remov\w*|free|minimal\w*|myth|wrong|false|oppos\w*|except|yet|until|before|limited|"
    r"beware|resist\w*|ignor\w*|neglect\w*|overlook\w*|independent\w*|more than|over|question\w*|doubt\w*|skeptic\w*|if|whether|would|could)\b",
    re.IGNORECASE,
)
_NOT_A_DENIAL = re.compile(
    r"\bnot (?:only|just|simply|merely|necessarily|solely|all|every|always|so|as|yet|even|about|be)\b|\b(?:until|unless|if not)\b|\bwhy not\b|\bor not\b",
    re.IGNORECASE,
)


def lost(group: Group) -> Iterator[tuple[Turn, Fact, Fact]]:
    """Give the aligned claims of which one denies what the other affirms, the denying one first."""
    alignment = align(group)
    times = timeline(group)
    denying: dict[int, tuple[int, int, tuple[str, str]] | None] = {}
    for pair in alignment.pairs:
        if pair.score < MIN_DENIAL_SCORE:
            continue
        for index, partner in ((pair.first, pair.second), (pair.second, pair.first)):
            if index not in denying:
                denying[index] = _denial(alignment.claims[index].value.text)
            cue = denying[index]
            if cue is None:
                continue
            text = alignment.claims[partner].value.text
            if _DENIALS.search(text) is not None:
                continue
            if not _affirms(text, cue[2]):
                continue
            mine, theirs = (Words(alignment.claims[at].value.text) for at in (index, partner))
            changes = (mine.content - theirs.content) + (theirs.content - mine.content)
            # where more than the "not" and its auxiliary are gone, a whole clause is
            if changes.total() > MAX_DENIAL_CHANGES or abs(len(mine.words) - len(theirs.words)) > MAX_GAP:
                continue
            a, b = times.seconds(alignment.claims[index]), times.seconds(alignment.claims[partner])
            close = a is not None and b is not None and abs(a - b) <= 5
            text = alignment.claims[index].value.text
            yield (
                Turn(
                    Term(index, cue[0], cue[1], text[cue[0] : cue[1]].lower()),
                    Term(partner, 0, 0, ""),
                    "negation",
                    pair.score,
                    1.0,
                    close,
                    True,
                ),
                alignment.claims[index],
                alignment.claims[partner],
            )


def _denial(text: str) -> tuple[int, int, tuple[str, str]] | None:
    """Give the place of the one "not" of a text and the stems around it; None where it has none, more, or one that denies nothing."""
    lowered = text.lower()
    if "not" not in lowered and "never" not in lowered and "n't" not in lowered and "n’t" not in lowered:
        return None
    cues = list(_CUES.finditer(text))
    if len(cues) != 1 or _NOT_A_DENIAL.search(text) is not None:
        return None
    match = cues[0]
    before = [stem(word) for word in _lowered(text[max(0, match.start() - 60) : match.start()]) if word not in STOP]
    after = [stem(word) for word in _lowered(text[match.end() : match.end() + 60]) if word not in STOP]
    if not before or not after:
        return None
    return match.start(), match.end(), (before[-1], after[0])


def _affirms(text: str, denied: tuple[str, str]) -> bool:
    """Say whether a text has the word before a "not" and the word after it close together."""
    stems = [stem(word) for word in _lowered(text)]
    places = [index for index, one in enumerate(stems) if one == denied[0]]
    return any(denied[1] in stems[index + 1 : index + 1 + MAX_GAP] for index in places)


def _lowered(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in TOKEN.findall(text)]
