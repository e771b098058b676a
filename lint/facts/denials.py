"""Denials that are lost: where one note says with a "not" what another says without."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..language.words import STOP, TOKEN, bag, stem
from ..model import Fact, Group
from ..statements.align import align
from ..statements.stretches import Stretch, read, stretches
from ..times.timeline import timeline
from .decisive import CLOSE, Term, Turn, Words
from .degrees import WHOLE

MIN_DENIAL_SCORE = 0.85
"""Cosine from which a missing "not" is more than another sentence on the same; below, one in ten was."""

MAX_DENIAL_CHANGES = 3
"""Content words in which a denial and what affirms it may differ besides."""

MAX_GAP = 3
"""Words within which the affirming claim must have what stands around the "not"."""

MIN_SCORE = 0.45
"""Cosine from which a "not" that is all that differs in one place is lost there."""

MIN_RUN = 5
"""Content words around that place that both have in the same order; two of them are what is denied."""

REACH = 25
"""Characters after a "not" in which it may deny "all"."""

NEAR = 60
"""Seconds within which two notes tell of one remark."""

_NOTS = frozenset(["not", "never"])
_AUXILIARY = bag("am are be been being can could did do does had has have is was were will would")
_CONDITIONS = bag("if when where whether unless")
_SUPPOSED = re.compile(r"\b(?:think|thought|believ|assum|claim|suppos|seem|pretend)\w*", re.IGNORECASE)
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
# a clause that may be put in two ways: "cases where users cannot wait", "where users wait"
_WITHIN = re.compile(r"\b(?:who|whom|whose|which|where|when)\b(?:\s[\w'’-]+){0,4}\s\Z", re.IGNORECASE)
_NOT_A_DENIAL = re.compile(
    r"\bnot (?:only|just|simply|merely|necessarily|solely|all|every|always|so|as|yet|even|about|be)\b|\b(?:until|unless|if not)\b|\bwhy not\b|\bor not\b",
    re.IGNORECASE,
)


def lost(group: Group) -> Iterator[tuple[Turn, Fact, Fact]]:
    """Give the aligned claims of which one denies what the other affirms, the denying one first."""
    alignment = align(group)
    times = timeline(group)
    texts: list[str] = [fact.value.text for fact in alignment.claims]
    nots = [
        len(_CUES.findall(text)) if "not" in text or "n't" in text or "n’t" in text or "never" in text else 0
        for text in texts
    ]
    denying: dict[int, tuple[int, int, tuple[str, str]] | None] = {}
    for pair in alignment.pairs:
        if pair.score < MIN_SCORE or nots[pair.first] == nots[pair.second]:
            continue
        fewer, more = sorted((pair.first, pair.second), key=nots.__getitem__)
        a, b = times.seconds(alignment.claims[more]), times.seconds(alignment.claims[fewer])
        apart = None if a is None or b is None else abs(a - b)
        cue = None
        if nots[more] == 1 and pair.score >= MIN_DENIAL_SCORE:
            if more not in denying:
                denying[more] = _denial(texts[more])
            cue = denying[more]
            if cue is not None and not _without(cue[2], texts[more], texts[fewer]):
                cue = None
        place = None if cue is None else cue[:2]
        if place is None and nots[more] == nots[fewer] + 1 and (apart is None or apart <= NEAR):
            place = _left_out(texts[more], texts[fewer])
        if place is None:
            continue
        start, end = place
        # "not cover all" leaves much that is covered
        if not WHOLE.isdisjoint(_lowered(texts[more][end : end + REACH])):
            continue
        yield (
            Turn(
                Term(more, start, end, texts[more][start:end].lower()),
                Term(fewer, 0, 0, ""),
                "negation",
                pair.score,
                1.0,
                apart is not None and apart <= CLOSE,
                _WITHIN.search(texts[more], 0, start) is None,
            ),
            alignment.claims[more],
            alignment.claims[fewer],
        )


def _without(denied: tuple[str, str], denial: str, text: str) -> bool:
    """Say whether a text says in hardly other words what a denial of the same length denies."""
    if _DENIALS.search(text) is not None or not _affirms(text, denied):
        return False
    # "if there is no ladder" is a case, of which the other does not speak
    if not _CONDITIONS.intersection(_lowered(denial)).issubset(_lowered(text)):
        return False
    mine, theirs = Words(denial), Words(text)
    changes = (mine.content - theirs.content) + (theirs.content - mine.content)
    # where more than the "not" and its auxiliary are gone, a whole clause is
    return changes.total() <= MAX_DENIAL_CHANGES and abs(len(mine.words) - len(theirs.words)) <= MAX_GAP


def _left_out(denial: str, text: str) -> tuple[int, int] | None:
    """Give the place of the "not" that is all a text lacks of a passage of a denial; None where there is none."""
    for stretch in stretches(denial, text) if _surrounded(denial, text) else ():
        if not _only_denies(stretch):
            continue
        # "unless", "only if": what the other says in another way is no affirmation
        if _cues(text) - _cues(denial):
            return None
        word = next(word for word in stretch.mine if word.word in _NOTS)
        return word.start, word.end
    return None


def _surrounded(denial: str, text: str) -> bool:
    """Say whether a text has both words around a "not" of a denial, auxiliaries aside, as one that only lacks it has."""
    words = read(denial)
    stems = {word.stem for word in read(text)}
    said = [word for word in words if word.word in _NOTS or word.word not in _AUXILIARY]
    return any(
        word.word in _NOTS and before.stem in stems and after.stem in stems
        for before, word, after in zip(said, said[1:], said[2:], strict=False)
    )


def _only_denies(stretch: Stretch) -> bool:
    """Say whether a denial and its auxiliary are all that differs between words that stand together."""
    denials = [word for word in stretch.mine if word.word in _NOTS]
    others = [word for word in (*stretch.mine, *stretch.theirs) if word.word not in _NOTS]
    return (
        len(denials) == 1
        and not any(word.word in _NOTS for word in stretch.theirs)
        and all(word.word in _AUXILIARY for word in others)
        and stretch.left >= 1
        and stretch.right >= 2
        and stretch.left + stretch.right >= MIN_RUN
        and not stretch.marked
    )


def _cues(text: str) -> Counter[str]:
    """Give what denies in a text, leaves open, or says that others think so."""
    return Counter(match[0].lower() for cues in (_DENIALS, _SUPPOSED) for match in cues.finditer(text))


def _denial(text: str) -> tuple[int, int, tuple[str, str]] | None:
    """Give the place of the "not" of a text that has one, and the stems around it; None where it denies nothing."""
    match = _CUES.search(text)
    if match is None or _NOT_A_DENIAL.search(text) is not None:
        return None
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
