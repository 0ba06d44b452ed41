"""Well-known shops whose names are everyday words: looked for by name, never taken for what their words mean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.slots.names import Names
from assistant.slots.text import TEXT, Utterance

_CHAINS = """
    whole foods, trader joes, best buy, home depot, home bargains, burger king, pizza hut, pizza express, five guys,
    body shop, dollar tree, dollar general, family dollar, office depot, shake shack, foot locker, container store,
    cheesecake factory, panda express, in n out, jack in the box, bath and body works, bed bath and beyond, coffee bean,
    coffee republic, food lion, fresh market, sports direct, holland and barrett, pets at home, the works, just eat,
    hello fresh, blue apron, planet fitness, pure gym, anytime fitness, game stop, barnes and noble, taco bell, dairy
    queen, tim hortons, krispy kreme, dunkin donuts, wagamama, pret a manger, old navy, banana republic, american eagle,
    urban outfitters, royal mail, travel lodge, premier inn, holiday inn, city market, stop and shop, giant eagle, save
    a lot
"""
_NAMES = "|".join(sorted((name.strip() for name in _CHAINS.split(",")), key=len, reverse=True))
_CHAIN = re.compile(rf"\b(?:{_NAMES})\b")


def find_chains(utterance: Utterance, names: Names) -> Iterator[tuple[int, str]]:
    """Those that the customer's books hold no name for, painted as words to look for: where each begins, and the words."""
    for match in _CHAIN.finditer(utterance.view):
        if utterance.free(*match.span()) and not (names.whole(match[0]) or names.shortened(match[0]) or match[0] in names.categories):
            utterance.paint(*match.span(), TEXT)
            yield match.start(), utterance.said(*match.span())
