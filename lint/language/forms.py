"""Forms of English words: irregular forms, endings, opposites (closed classes all), and which words are of one family."""

from __future__ import annotations

import functools

from .british import american
from .variants import beginning, collapsed, inflected
from .words import bag, lexicon, stem

_IRREGULAR = bag("""
    ate became become began begin begun bind bled bleed blew blow blown bought bound break bring broke broken brought
    build built buy came cameraman cameramen catch caught choose chose chosen come cut dead deal dealt die died dig
    drank draw drawn drew drink drive driven drove drunk dug dying eat eaten fall fallen farther fed feed feel fell felt
    fight find fled flee flew flown fly forget forgot fought found freeze froze frozen further gave get give given got
    gotten grew grow grown hang hear heard held hid hidden hold hung hurt keep kept knelt knew know known laid lain lay
    lead leapt leave led left lend lent lit lose losing lost made make man mean meant meet men met paid pay phenomena
    phenomenon proof prove proven ran rang rid ridden ring rise risen rode rose run rung said sang sank sat saw say see
    seen sell send sent shake shaken shook shoot shot show shown shrank shrink sing sink sit sleep slept slid sold speak
    spend spent spin split spoke spoken sprang spread spun stand steal stick stole stolen stood strike struck stuck
    stung sung sunk swam sweep swept swim swore sworn swum swung take taken taught teach tell think thought threw throw
    thrown told took tore torn win woke woken woman women won wore worn wound write written wrote
""")
IRREGULAR = _IRREGULAR | set(map(stem, _IRREGULAR))
"""Words whose forms change within, and their stems: two of them are two forms of one word more often than two words."""

ENDINGS = bag("""
    abilit abilities ability abl able ag age al ally anc ant ants ary at ate ated ates ating ation ationa ational ations ativ ator ators
    c cy d e ed en enc ent ents er ers es est ful i ial ibl ible ic ical ically ing ion ions ious ism ist ista istas ists
    ities ity iv ive iz ized izes izing less ly ment ments ness nt nts or ors ory ous r rs s ship sion sions st
    t ted th ting tion tions tiv ur ure ward wards work works y
""") | {""}
"""What inflection and derivation add to a stem, as stems keep it."""

OPPOSITES = frozenset(
    frozenset(map(stem, pair.split("/")))
    for pair in bag("""
    above/below accept/reject after/before always/never ancient/modern annual/monthly annual/quarterly
    asymmetric/symmetric asynchronous/synchronous aunt/uncle back-end/front-end backend/frontend best/worst better/worse
    bigger/smaller biggest/smallest borrow/lend borrower/lender bottom/top bought/sold brother/sister buy/sell
    centralize/decentralize cheap/expensive cheaper/expensive child/parent client/server close/open complex/simple
    convergent/divergent current/former daily/monthly daily/weekly dangerous/safe daughter/son decrease/increase
    deductive/inductive defensive/offensive deflation/inflation demand/supply difficult/easy disable/enable
    downstream/upstream early/late earlier/later easier/harder east/west eastern/western easy/hard employee/employer
    even/odd evening/morning exclude/include expand/shrink explicit/implicit export/import external/internal
    fail/succeed failure/success fall/rise false/true fast/slow faster/slower father/mother female/male fewer/more
    first/last gain/loss hardware/software high/low higher/lower highest/lowest horizontal/vertical husband/wife
    increase/reduce input/output inside/outside large/small larger/smaller largest/smallest least/most left/right
    less/more long/short longer/shorter lose/win lost/won lower/raise lower/upper macro/micro maximize/minimize
    maximum/minimum monthly/weekly monthly/yearly negative/positive nephew/niece north/south northern/southern
    older/younger oldest/youngest overestimate/underestimate overhype/underhype overrate/underrate poor/rich
    poorer/richer private/public proactive/reactive strong/weak stronger/weaker summer/winter with/without
""")
)
"""Stems of words of which one denies the other."""


@functools.lru_cache(maxsize=1 << 12)
def family(one: str, other: str) -> bool:
    """Say whether two words in lower case are forms, compounds or two spellings of one: "grip" and "grippy", "passwords" and "passcodes"."""
    one, other = (american(word) or word for word in (one, other))
    if collapsed(one) == collapsed(other):
        return one == other
    if inflected(collapsed(one), collapsed(other)) or one.rstrip("ey") == other.rstrip("ey"):
        return True
    short, long = sorted((one, other), key=len)
    stems = stem(short), stem(long)
    if len(long) - len(short) > 1 and (
        (long.startswith(short) and _goes_on(long[len(short) :])) or stems[1].endswith(stems[0])
    ):
        return True
    if any(all(word[cut:] in ENDINGS for word in stems) for cut in range(3, beginning(*stems) + 1)):
        return True
    entries = lexicon()
    return any(
        short[:cut] in entries and _goes_on(short[cut:]) and _goes_on(long[cut:])
        for cut in range(3, beginning(one, other) + 1)
    )


def _goes_on(rest: str) -> bool:
    """Say whether letters after a word make another word of it."""
    entry = lexicon().get(rest)
    return rest in ENDINGS or (len(rest) > 2 and entry is not None and entry.listed)
