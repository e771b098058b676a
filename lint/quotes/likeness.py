"""How two wordings differ, if they are one utterance: judged by words, by the sentences around, and by time.

All of it is counted in one unit, what words tell (`wordings.told`): what the
wordings share, less what one has in another's place, and what ties the places
where they stand (`nearness`). Where that comes to enough, they are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Literal, TypeAlias

import msgspec

from ..language.differ import runs, words
from ..language.words import bag, negation
from .nearness import Nearness
from .sounds import DIGITS, akin, heard, heard_whole, root
from .wordings import Wording, told

Kind: TypeAlias = Literal["wording", "truncated"]

DISTINCTIVE = 60
"""What the words of a part must tell together to be a part of one utterance and of no other."""

LITTLE = 5
"""What a function word tells that both have in its order."""

PART = 50
"""What a part of several words and its places must tell."""

WORD = 55
"""The same of a lone word, which is as often a term."""

NAME = 90
"""What the places alone of a lone word must tell that is always written with a capital: a name is rare wherever it stands."""

BENT = 45
"""What words whose endings differ and their places must tell."""

SAME = 65
"""What two wordings of which neither is a part of the other must share, and their places."""

SCATTERED = 45
"""What is taken off where the words of the shorter lie far apart in the longer."""

PLACED = 25
"""What the places of short quotes must tell by themselves that have words of one root or sound only."""

FRAME = 0.75
"""Share of what two wordings have in common that several runs in others' places tell, from which they may be two utterances."""

SPOKEN = 4
"""Words from which on a quote is what somebody said; a shorter one is as often a term, and worth no warning."""

_NUMBERS = bag("thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half double twice")
_NEGATIONS = bag("not no never none nothing without nobody neither nor")
_CONTRASTS = bag(
    "up down in out on off over under inner outer before after first last left right good bad best worst more less most "
    "least high low hard soft old new long short open closed big small strong weak east west north south yes no with "
    "without upstream downstream inside outside start end begin stop front back top bottom early late fast slow"
)
"""Words of which two in one place mark two terms put against each other, not two wordings of one."""

_Judged: TypeAlias = "tuple[Kind, bool, Nearness, str] | None"


def judge(a: Wording, b: Wording) -> _Judged:
    """Say how two wordings differ if they are one utterance; `a` is the shorter."""
    both = len(a.notes & b.notes)
    if both > 1 and both * 2 > min(len(a.notes), len(b.notes)) + 1:
        return None  # most notes that have it have both: two terms, or a command and its beginning
    if both and not _sentences(a).isdisjoint(_sentences(b)):
        return None  # a sentence that quotes both sets one beside the other
    if a.text in b.text:
        return _part(a, b)
    if a.stems == b.stems:
        # only endings differ: a quote bent to its sentence, or a term in the plural
        near = Nearness(a, b)
        return ("wording", False, near, "") if len(a.weights) > 1 or a.total + near.tie >= BENT else None
    if len(a.words) <= SPOKEN and len(a.weights) > 1 and (b.holds(a) or _joined(a.words, b.words)):
        near = Nearness(a, b)
        return ("wording", False, near, "") if a.total + near.tie >= PART else None
    if _misheard(a, b):
        return "wording", [*map(_plain, a.words)] != [*map(_plain, b.words)], Nearness(a, b), ""
    return (_short(a, b) if len(b.words) <= 2 else _reworded(a, b)) or _sounded(a, b)


def _sentences(wording: Wording) -> set[int]:
    """Give the sentences in which a wording stands, by identity."""
    return {id(place.claim) for place in wording.places if place.claim is not None}


def _part(a: Wording, b: Wording) -> _Judged:
    """Judge a wording whose words stand in another one after another."""
    denied = _denied(b.text[: b.text.index(a.text)].split())
    if len(a.weights) >= 3 or a.total >= DISTINCTIVE:
        # of a term, "not" denies something else; and a note may deny before it quotes
        lost = denied and len(a.words) >= SPOKEN and not any(_denied(words(place.before)) for place in a.places)
        return "truncated", True, Nearness(a, b), "negation" if lost else ""
    if denied and len(a.words) == 1:
        return None
    near = Nearness(a, b)
    if len(a.words) == 1 and all(place.text[:1].isupper() for place in a.places):
        return ("truncated", False, near, "") if near.tie >= NAME else None
    enough = PART if len(a.words) > 1 else WORD
    little = LITTLE * (len(a.words) - len(a.weights))
    return ("truncated", len(a.weights) > 1, near, "") if a.total + little + near.tie >= enough else None


def _joined(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Say whether words stand in others but for the spaces between them: "under specification", "underspecification gap"."""
    letters, words = "".join(map(_plain, part)), [*map(_plain, whole)]
    at = "".join(words).find(letters)
    ends = {0, *accumulate(map(len, words))}
    return at in ends and at + len(letters) in ends


def _short(a: Wording, b: Wording) -> _Judged:
    """Judge two wordings of one word or two: all that tells something must be there in another form."""
    if a.notes & b.notes or _CONTRASTS.intersection(a.words) != _CONTRASTS.intersection(b.words):
        return None
    pairs = _kin(a, b)
    same = [stem for stem in a.weights if stem in b.weights]
    if len(same) + len(pairs) < len(a.weights):
        return None
    # "magic part" and "magical"; but "human element" and "human factor" are two phrases
    near = Nearness(a, b)
    enough = near.tie >= PLACED and a.total + near.tie >= SAME if pairs else a.total + near.tie >= WORD
    return ("wording", False, near, "") if enough else None


def _misheard(a: Wording, b: Wording) -> bool:
    """Say whether two wordings of several words are the same but for words that may have been heard in two ways."""
    return len(a.weights) > 1 and len(a.words) == len(b.words) and all(map(_same, a.words, b.words))


def _sounded(a: Wording, b: Wording) -> _Judged:
    """Judge two wordings that sound alike as a whole, wherever their words end."""
    whole = heard_whole(a)
    if not whole or whole != heard_whole(b):
        return None
    near = Nearness(a, b)
    return ("wording", False, near, "") if near.tie >= PLACED else None


def _same(word: str, other: str) -> bool:
    return word == other or heard(word, other)


def _plain(word: str) -> str:
    """Give a word in one spelling of the several that are right: "7" for "seven", "color" for "colour"."""
    return DIGITS.get(word) or word.replace("our", "or").replace("is", "iz").replace("ys", "yz").replace("tre", "ter")


class _Change(msgspec.Struct, gc=False):
    """What an alignment of two wordings leaves.

    `kept` are the stems that stay, `replaced` what each run tells that has
    another in its place; `contrast` says that two words stand
    against each other that mark terms, `elided` that the longer only has more,
    `otherwise` that a word that tells something is another, not an ending, and
    not only cut at an end; `lost` is a negation or number that differs.
    """

    kept: list[str]
    replaced: list[int] = msgspec.field(default_factory=list)
    contrast: bool = False
    elided: bool = True
    otherwise: bool = False
    lost: str = ""


def _change(a: Wording, b: Wording, begin: int, end: int) -> _Change:
    """Align a wording with the words of another from `begin` to `end`; what lies outside is cut."""
    theirs_said, theirs_stems = b.words[begin:end], b.stems[begin:end]
    change = _Change([])
    out_a: list[str] = []
    out_b: list[str] = []
    roots_a, roots_b = {root(word) for word in a.words}, {root(word) for word in theirs_said}
    for tag, i, j, k, m in runs(a.stems, theirs_stems):
        ours, theirs = a.words[i:j], theirs_said[k:m]
        if tag == "equal":
            change.kept += a.stems[i:j]
            change.elided = change.elided and ours == theirs
            continue
        if tag == "insert" and i in (0, len(a.words)) and len(a.words) >= SPOKEN:
            # what the longer says before and after is cut, unless it denies what follows
            out_b += theirs if i == 0 and _denied(theirs) else ()
            continue
        change.elided = change.elided and tag == "insert"
        out_a += ours
        out_b += theirs
        if tag == "replace" and _CONTRASTS.intersection(ours) and _CONTRASTS.intersection(theirs):
            change.contrast = True
        if (letters := _letters(ours)) and letters == _letters(theirs):
            continue  # "a chatbot", "chat bots"
        new = [any(_tells(word) and root(word) not in roots_b for word in ours)]
        new.append(any(_tells(word) and root(word) not in roots_a for word in theirs))
        inside = 0 < i and j < len(a.words) and 0 < k and m < len(theirs_said)
        change.otherwise = change.otherwise or (any(new) if inside else all(new))
        if tells := min(_telling(ours, theirs), _telling(theirs, ours)):
            change.replaced.append(tells)
    change.lost = _lost(out_a, out_b)
    return change


def _cut(a: Wording, b: Wording) -> bool:
    """Say whether two wordings differ where one has an ellipsis for what the other says, and besides at their ends only.

    A quote begins and ends where its note likes, so that one may begin sooner and the other end later.
    """
    cuts = a.cuts, b.cuts
    marked, telling = False, 0
    for tag, i, j, k, _ in runs(a.words, b.words) if any(cuts) else ():
        if tag == "equal":
            telling += sum(told(word)[1] > 0 for word in a.words[i:j])
        elif (tag == "insert" and i in cuts[0]) or (tag == "delete" and k in cuts[1]):
            marked = True
        elif tag == "replace" or (0 < i and j < len(a.words)):
            return False
    return marked and telling >= 2


def _letters(run: Sequence[str]) -> str:
    """Give the words of a run that tell something, roots in one string."""
    return "".join(root(word) for word in run if told(word)[1])


def _telling(run: Sequence[str], others: Sequence[str]) -> int:
    """Give what the words of a run tell of which others have no form."""
    return sum(told(word)[1] for word in run if not any(akin(word, other) for other in others))


def _tells(word: str) -> bool:
    """Say whether a changed word changes what was said; a pronoun bends to the sentence that quotes: "a fool of himself"."""
    return told(word)[1] > 0 and not word.endswith(("self", "selves"))


def _reworded(a: Wording, b: Wording) -> _Judged:
    """Judge two wordings of which neither is a part of the other."""
    common = [stem for stem in a.weights if stem in b.weights]
    pairs = _kin(a, b)
    matched = sum(a.weights[stem] for stem in (*common, *pairs))
    complete = len(common) + len(pairs) == len(a.weights)
    begin, end = _window(a, b, common) if complete and not pairs and len(common) > 1 else (0, len(b.words))
    change = _change(a, b, begin, end)
    telling = sum(1 for stem in change.kept if stem in a.weights)
    ratio = 2 * len(change.kept) / (len(a.words) + len(b.words))
    if not complete and telling < 3 and ratio < 0.6 and a.total < 4 * (a.total - matched):
        return None
    both = bool(a.notes & b.notes)
    if change.lost or change.contrast:
        if both or not change.lost or len(a.words) < 6 or ratio < 0.8:
            return None
        near = Nearness(a, b)
        return ("wording", True, near, change.lost) if near.tie >= 20 else None
    if (change.elided and telling >= (2 if a.cuts else 4)) or _cut(a, b):
        return "truncated", True, Nearness(a, b), ""  # what is left out, with an ellipsis or without
    if both and not complete:
        return None
    near = Nearness(a, b)
    likeness = matched + LITTLE * (len(change.kept) - telling) - (a.total - matched)
    if end - begin > 2 * len(a.words) + 2:
        likeness -= SCATTERED
    # one word in another's place is misheard or misquoted; several are what else was said in the same frame
    kept = sum(a.weights.get(stem, 0) for stem in change.kept)
    framed = len(change.replaced) > 1 and sum(change.replaced) >= FRAME * kept
    solid = change.otherwise and not framed
    return ("wording", solid, near, "") if likeness + near.tie >= SAME else None


def _kin(a: Wording, b: Wording) -> list[str]:
    """Give the stems of `a` that `b` has in another form: words of one root, or that sound alike, or but for one letter."""
    ours = [word for word, stem in zip(a.words, a.stems, strict=True) if stem in a.weights and stem not in b.weights]
    if not ours:
        return []
    theirs = [word for word, stem in zip(b.words, b.stems, strict=True) if stem in b.weights and stem not in a.weights]
    found = []
    for word in ours:
        other = next((other for other in theirs if akin(word, other)), None)
        if other is not None:
            theirs.remove(other)
            found.append(told(word)[0])
    return found


def _window(a: Wording, b: Wording, wanted: list[str]) -> tuple[int, int]:
    """Give the shortest run of words of `b` that has all `wanted` stems, with room for the words of `a` beside them."""
    last: dict[str, int] = {}
    best = (0, len(b.words))
    for at, stem in enumerate(b.stems):
        if stem in a.weights:
            last[stem] = at
            if len(last) == len(wanted) and at + 1 - min(last.values()) < best[1] - best[0]:
                best = (min(last.values()), at + 1)
    telling = [at for at, stem in enumerate(a.stems) if stem in a.weights]
    return max(0, best[0] - telling[0]), min(len(b.words), best[1] + len(a.words) - 1 - telling[-1])


def _lost(first: list[str], second: list[str]) -> str:
    """Say whether a negation stands on one side only, or each has another number."""
    if any(map(negates, first)) != any(map(negates, second)):
        return "negation"
    counted, others = {*map(_count, first)} - {""}, {*map(_count, second)} - {""}
    return "number" if counted and others and counted != others else ""


def _denied(before: Sequence[str]) -> bool:
    """Say whether the words before a part deny it: "not", "not some"; not those of another sentence."""
    return any(map(negates, before[-1:])) or (any(map(negates, before[-2:-1])) and not told(before[-1])[1])


def negates(word: str) -> bool:
    """Say whether a folded word denies."""
    return negation(word) in _NEGATIONS


def _count(word: str) -> str:
    """Give the number that a folded word is, digits where it has a short name, or ""."""
    return DIGITS.get(word) or (word if word in _NUMBERS or word[:1].isdigit() else "")
