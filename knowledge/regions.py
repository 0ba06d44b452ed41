"""Which country a question speaks of, by its words or its currency sign, and how an article's region fits."""

from __future__ import annotations

import re

SIGNS = {
    "UK": re.compile(
        r"£|\b(?:uk|united kingdom|britain|british|england|english|scotland|scottish|wales|fscs|isas?|hmrc|pounds?|quid)\b", re.IGNORECASE
    ),
    "US": re.compile(r"\$|\bUS\b|\b(?i:usa|u\.s\.|united states|america|american|fdic|irs|dollars?|401\(?k\)?|roth|ira)\b"),
    "DE": re.compile(r"\b(?:german|germany|deutschland|schufa|dispo|rente|riester)\b", re.IGNORECASE),
    "EU": re.compile(r"€|\b(?:eu|european union|europe|european|euros?|eurozone|sepa|iban|psd2)\b", re.IGNORECASE),
}
PARENT = {"DE": "EU"}


def spoken_of(question: str) -> frozenset[str]:
    return frozenset(region for region, sign in SIGNS.items() if sign.search(question))


def fit(article_region: str, question: str, home: str | None) -> float:
    """1 for the region spoken of (or, when none is, the reader's own), -1 for another one, 0 for an article about no country."""
    if article_region == "global":
        return 0.0
    meant = spoken_of(question)
    strength = 1.0
    if not meant:
        if home is None:
            return 0.0
        meant, strength = frozenset({home}), 0.5
    meant = meant | {PARENT[region] for region in meant if region in PARENT}
    return strength if article_region in meant else -strength
