"""Forms of English words: irregular forms, endings, opposites (closed classes all), and which words are of one family."""

from __future__ import annotations

import functools

from .british import american
from .variants import beginning, collapsed, inflected
from .words import bag, lexicon, stem

IRREGULAR = bag("""
    ate becam becom began begin begun bind bled bleed blew blow blown bought bound break bring broke broken brought build
    built buy came cameraman cameramen catch caught choos choose chos chose chosen com cut dead deal dealt die
    died dig drank draw drawn drew drink driv driven drov drunk dug dying eat eaten fall fallen farther fed feed
    feel fell felt fight find fled flee flew flown fly forget forgot fought found freez freeze froz froze frozen
    further gav gave get giv given got gotten grew grow grown hang hear heard held hid hidden hold hung hurt
    keep kept knelt knew know known laid lain lay lead leapt leav led left lend lent lit los lose losing lost
    made mak man mean meant meet men met paid pay phenomena phenomenon proof prov prove proven ran rang rid
    ridden ring ris rise risen rod ros rose run rung said sang sank sat saw say se seen sell send sent shak
    shaken shook shoot shot show shown shrank shrink sing sink sit sleep slept slid sold speak spend spent spin
    split spok spoke spoken sprang spread spun stand steal stick stol stolen stood strik struck stuck stung sung
    sunk swam sweep swept swim swore sworn swum swung tak taken taught teach tell think thought threw throw
    thrown told took tor tore torn win woke woken woman women won wor wore worn wound writ write written wrot
    wrote
""")
"""Words whose forms change within: two of them are two forms of one word more often than two words."""

ENDINGS = bag("""
    abilit abilities ability abl able ag age al ally anc ant ants ary at ate ated ates ating ation ationa ational ations ativ ator ators
    c cy d e ed en enc ent ents er ers es est ful i ial ibl ible ic ical ically ing ion ions ious ism ist ista istas ists
    ities ity iv ive iz ized izes izing less ly ment ments ness nt nts or ors ory ous r rs s ship sion sions st
    t ted th ting tion tions tiv ur ure ward wards work works y
""") | {""}
"""What inflection and derivation add to a stem, as stems keep it."""

OPPOSITES = frozenset(
    frozenset(pair.split("/"))
    for pair in bag("""
    abov/below accept/reject after/before alway/never ancient/modern annual/monthly annual/quarter
    asymmetric/symmetric asynchronou/synchronou aunt/uncle back-end/front-end backend/frontend best/worst
    better/wors bigger/smaller biggest/smallest borrow/lend borrower/lender bottom/top bought/sold
    brother/sister buy/sell centraliz/decentraliz cheap/expensiv cheaper/expensiv child/parent client/server
    clos/open complex/simpl convergent/divergent current/former daily/monthly daily/weekly dangerou/safe
    daughter/son decreas/increas deductiv/inductiv defensiv/offensiv deflation/inflation demand/suppl
    difficult/easy disabl/enabl downstream/upstream earl/late earlier/later easier/harder east/west
    eastern/western easy/hard employe/employer even/odd evening/morning exclud/includ expand/shrink
    explicit/implicit export/import external/internal fail/succeed failur/success fall/rise falling/rising
    false/true fast/slow faster/slower father/mother female/male fewer/more first/last gain/loss hardwar/softwar
    high/low higher/lower highest/lowest horizontal/vertica horizontal/vertical husband/wife increas/reduc
    input/output insid/outsid large/small larger/smaller largest/smallest least/most left/right less/more
    long/short longer/shorter lose/win lost/won lower/rais lower/upper macro/micro maximiz/minimiz
    maximum/minimum monthly/weekly monthly/yearly negativ/positiv nephew/niece north/south northern/southern
    older/younger oldest/youngest overestimat/underestimat overhyp/underhyp overrat/underrat poor/rich
    poorer/richer privat/public proactiv/reactiv strong/weak stronger/weaker summer/winter with/without
""")
)
"""Stems of which one denies the other."""


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
