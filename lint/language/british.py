"""British spellings and the American ones that they stand beside: "saviour", "savior"; "victimisation", "victimization".

Only what is regular is read, and a few words that are not. Words that mean two
things in one of the two (programme, licence, practise, storey) are left out.
"""

from __future__ import annotations

import functools
import re

from .words import lexicon

_REGULAR = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        (
            r"(?<=[a-z]{3})our(?=(?:s|ed|ing|able|ite|ites|itism|ful|fully|less|al|hood|hoods|er|ers|ist|ists|y)?$)",
            "or",
        ),
        (r"(?<=[a-z]{3})is(?=(?:e|es|ed|ing|er|ers|able|ation|ations|ational)$)", "iz"),
        (r"(?<=[a-z]{2})ys(?=(?:e|es|ed|ing|er|ers)$)", "yz"),
        (r"(?<=[a-z]{2}[tb])re(?=(?:s|d)?$)", "er"),
        (r"(?<=[a-z]{3})ogue(?=s?$)", "og"),
        (r"(?<=^def|^off)enc(?=es?$)|(?<=^pret)enc(?=es?$)", "ens"),
        (r"(?<=[a-z]{3})ll(?=(?:ed|ing|er|ers|ation)$)", "l"),
        (r"ae(?=[a-z]{3})", "e"),
        (r"oe(?=[a-z]{3})", "e"),
    )
)
_SINGLE = dict(
    pair.split("/")
    for pair in """
    grey/gray greys/grays sceptic/skeptic sceptics/skeptics sceptical/skeptical scepticism/skepticism plough/plow
    mould/mold moulds/molds moulded/molded moulding/molding smoulder/smolder jewellery/jewelry artefact/artifact
    artefacts/artifacts aluminium/aluminum cosy/cozy ageing/aging judgement/judgment judgements/judgments
    acknowledgement/acknowledgment fulfil/fulfill fulfils/fulfills fulfilment/fulfillment enrol/enroll
    enrolment/enrollment instalment/installment instalments/installments skilful/skillful wilful/willful
    focussed/focused focussing/focusing moustache/mustache aeroplane/airplane aeroplanes/airplanes pyjamas/pajamas manoeuvre/maneuver manoeuvres/maneuvers
    """.split()
)
_MAY = re.compile(r"our|is[eai]|ys[ei]|[tb]re|ogue|enc|ll[ea]|lling|ae|oe")


@functools.lru_cache(maxsize=1 << 14)
def american(word: str) -> str | None:
    """Give how Americans would write a word in lower case that has the shape of a British one, word or not."""
    single = _SINGLE.get(word)
    if single is not None or _MAY.search(word) is None:
        return single
    for pattern, written in _REGULAR:
        changed = pattern.sub(written, word)
        if changed != word:
            return None if written == "l" and _doubled(word) else changed
    return None


def _doubled(word: str) -> bool:
    """Say whether a verb has its two l anyway: "filled" is no British "filed"."""
    return word.rpartition("ll")[0] + "ll" in lexicon()
