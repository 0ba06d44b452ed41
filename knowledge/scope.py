"""What the corpus does not speak of, whatever words it shares with a question: other countries, today's market, the reader's own books."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

from knowledge.ingest import Article
from knowledge.words import words

OUTSIDE = Path(__file__).parent / "outside.yaml"
COUNTRIES = Path(__file__).parent / "countries.yaml"
BOOKS = re.compile(
    "|".join(
        (
            r"\b(?:did|have|do|was|am) (?:i|we)\b.*"
            r"\b(?:spen[dt]|pa(?:y|id)|ea(?:rn|rned|t)|bought|buy|receiv\w+|sent|withdr\w+|saved?|ow(?:e|ed)|got)\b",
            r"\bhow (?:much|many)\b.*\bdo i (?:have|spend|earn|pay|owe|save)\b",
            r"\b(?:left|remaining) (?:on|in|of|for|from) my\b|\bhow much is (?:in|on|left)\b|\bam i (?:over|under|within|on track)\b",
            r"\bmy (?:average|total|last|latest|biggest|largest|highest|smallest|next|current|monthly|recent|top)\b",
            r"\b(?:whats|what's|what is|what was|how much is|how much was|show|show me|list|find) (?:in |all |all of )?my\b",
            r"\bwhen (?:is|was|did|does|do) my\b|\bhas my\b.*\b(?:arrived|come|been|gone|landed)\b",
            r"^(?:show|list|find|sum|compare|add up)\b|\b(?:sent|paid|charged|sends|pays) me\b",
            r"\b(?:on|last|since) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|month|year|january|february|march"
            r"|april|may|june|july|august|september|october|november|december|christmas|easter)\b",
        )
    ),
    re.IGNORECASE,
)
MARKET = re.compile(
    "|".join(
        (
            r"\b(?:today|tonight|tomorrow|right now|currently|at the moment|these days|latest|(?:this|next) (?:week|month|year))\b",
            r"\bbuy or sell\b|\bshould i (?:buy|sell|invest in|short)\b|\b(?:price|forecast|prediction|outlook) (?:of|for)\b",
            r"\bwill .*\b(?:rise|fall|crash|go (?:up|down)|be worth|cut|raise)\b",
            r"\b(?:which|what) (?:bank|broker|insurer|provider|company|app|stock|share|coin|crypto|etf|fund)s?\b",
            r"\b(?:best|cheapest|top) (?:bank|broker|insurer|stock|share|crypto|coin|fund|etf)s?\b",
        )
    ),
    re.IGNORECASE,
)
TRAVEL = "travel"


def is_elsewhere(question: str, article: Article) -> bool:
    """It names a country whose rules the article does not tell. Paying there is another matter: travel articles fit any country."""
    if TRAVEL in article.tags:
        return False
    said = set(words(question))
    members, others = _countries()
    return bool(said & others) or (article.region != "EU" and bool(said & members))


@cache
def _countries() -> tuple[frozenset[str], frozenset[str]]:
    named = yaml.safe_load(COUNTRIES.read_text(encoding="utf-8"))
    return frozenset(named["members"].split()), frozenset(named["others"].split())


def asks_the_books(question: str) -> bool:
    return bool(BOOKS.search(question))


def asks_the_market(question: str) -> bool:
    """Asks for a price, a rate, a forecast or the best offer of the day."""
    return bool(MARKET.search(question))


@cache
def outside() -> tuple[str, ...]:
    """Examples of questions that the corpus does not answer."""
    groups = yaml.safe_load(OUTSIDE.read_text(encoding="utf-8"))
    return tuple(text for texts in groups.values() for text in texts)
