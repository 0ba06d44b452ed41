"""Finds what an utterance is about: the customer's categories and merchants by name or part of it, and categories by concept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.slots.concepts import concepts
from assistant.slots.lexicon import HARMLESS, is_cue
from assistant.slots.names import Match, Names
from assistant.slots.text import CATEGORY, MERCHANT, Utterance, fold

_PLACE = (
    r"(?:at|from|to|on|with|for|in|by|of|than|vs|versus|and|or|without|excluding|except|including|about|"
    r"like|@|only|just|not|between|called|is|was|did|does|has|over)"
)
_SUBJECT = re.compile(
    rf"(?:\b{_PLACE} (?:(?:the|my|our|any|all|some|a|an|one|this|that|buying|going|eating|on|at|for) ){{0,2}}|[,:&/] ?|^)$"
)
_CATEGORY_BEFORE = re.compile(r"\bcategor(?:y|ies)(?: (?:of|called|named))? \"?$")
_LIMITED = re.compile(r" (?:budget|limit|allowance)\b")  # "the gas budget"
_OWN = re.compile(r"\b(?:my|our) $")
_COMPANY = frozenset("kids children family baby parents friends boys girls".split())  # noqa: SIM905
_WITH = re.compile(r"\bwith (?:(?:the|my|our|all the) )?$")
_AT = re.compile(r"(?:\b(?:at|from|@|to|with|in|by|called|named) (?:the )?)$")
_VERBS = re.compile(
    r"(?:shell(?:ed|ing)? out|next (?:day|week|month|quarter|year|time|to)|boots? up|gap between|"
    r"target of|trips? (?:to|at)|three (?:months|weeks|days|years|biggest|largest)|orange juice)\b"
)
# Concept words that are also everyday words: taken for the concept only where a subject stands.
_WEAK = frozenset(
    """
    show shows present presents handy mode mat el lan lon dom bil barn prime essence general pay power other others unknown stuff
    home house motor fun news reading classes tickets events rides orders charges general meals drink drinks driving presents baby
    cat dog family policies nails hair spa bets training lessons studies bus gas water cash withdrawals withdrawal hem loon handel
    tech giving shops bills bill transports resa semester mobile phone internet allowance prime primes bonus pension trip trips
    other shopping online renter renta prets take_out take_away credito saude food everything charge gifts gift loan loans debt
    debts eating drinking books book hardware shoes mercado leisure auto
    """.split()  # noqa: SIM905
)
# Words of measures: no subject unless somebody says "the category X", however a category is called.
_MEASURES = frozenset(
    """
    income incomes spending expense expenses savings saving transfer transfers refund refunds investment investments balance
    budget budgets transaction transactions payment payments purchase purchases account accounts money total total cash salary
    salaries wage wages pay paycheck paychecks earnings debt
    """.split()  # noqa: SIM905
)
# Everyday words that are things too, where money goes on them.
_BOUGHT = frozenset({"books", "book", "computer", "shows"})
_MEASURE_CONCEPTS = frozenset({"income", "savings", "investments", "refunds", "transfers"})


_KINDS_OF_PLACE = frozenset("restaurant cafe supermarket shop store company place bar pharmacy".split())  # noqa: SIM905
_SPLIT_BEFORE = re.compile(r"\b(?:by|per|each|every) (?:single |individual )?$")
_ERRANDS = frozenset({"trip", "trips"})
_TO_PLACE = re.compile(rf" (?:to|at|into|in) (?:the )?{MERCHANT}")
_DRAWN = re.compile(
    r"\b(?:withdr[ae]w\w*|(?:take|took|taken|taking|get|got|pull|pulled|draw|drew|drawn) (?:\w+ )?out|"
    r"(?:out of|from) (?:the |an? |my )?(?:atm|machine|cash ?point|cash machine|bank|wall))\b"
)
_NUMBER_AFTER = re.compile(r" \d+\b(?![.,]?\d)")
_WORD_AFTER, _WORD_BEFORE = re.compile(r" ([^\W_]+)\b"), re.compile(r"\b([^\W_]+) $")
_ONE_PLACE_BEFORE = re.compile(r"\b(?:the|that|this|our|my) $")
_A_PLACE = re.compile(r" (?:place|shop|store|joint|bar|restaurant|cafe|company|people|guys?|lot|chain)\b")
# A kind of person who acts is no kind of spending: "this family spends".
_DOES = re.compile(r" (?:spends?|spent|pays?|paid|earns?|earned|buys?|bought|owes?|owed|has|have|had|makes?|made|saves?|saved|gets?|got)\b")


@dataclass(frozen=True)
class SubjectSpan:
    start: int
    end: int
    match: Match
    unmatched: frozenset[str] = frozenset()  # concepts that no category of the customer's is of


def find_subjects(utterance: Utterance, names: Names, *, whole: bool = False) -> list[SubjectSpan]:
    """From left to right, the longest phrase first; painted over the text. `whole`: names of several words only, as they are."""
    found: list[SubjectSpan] = []
    words = list(utterance.words())
    at = 0
    while at < len(words):
        span, size = next(_spans_at(utterance, words, at, names, whole), (None, 1))
        if span is not None:
            found.append(span)
            if not span.unmatched:
                utterance.paint(span.start, span.end, CATEGORY if span.match.kind == "C" else MERCHANT)
                _use_description(utterance, span)
        at += size
    return found


def settled(utterance: Utterance, spans: Iterable[SubjectSpan]) -> list[SubjectSpan]:
    """From left to right; two words of one merchant's name are one span, and a word that only describes the merchant beside it is none."""
    kept: list[SubjectSpan] = []
    for span in sorted(spans, key=lambda span: span.start):
        last = kept[-1] if kept else None
        beside = last is not None and utterance.view[last.end : span.start] == " "
        if last and beside and last.match.kind == span.match.kind == "M" and (shared := _shared(last.match, span.match)):
            utterance.paint(last.start, span.end, MERCHANT)
            phrase = f"{last.match.phrase} {span.match.phrase}"
            kept[-1] = SubjectSpan(last.start, span.end, replace(last.match, names=shared, phrase=phrase))
        elif (last and beside and _describes(span.match, last.match)) or _is_errand(utterance, span):
            _unpaint(utterance, span)
        else:
            kept.append(span)
    return kept


def _describes(two: Match, one: Match) -> bool:
    """ "Lidl groceries": the kind of thing that the merchant sells."""
    return one.kind == "M" and two.kind == "C" and two.how in ("concept", "chief") and bool(two.names)


def _is_errand(utterance: Utterance, span: SubjectSpan) -> bool:
    return span.match.phrase in _ERRANDS and bool(_TO_PLACE.match(utterance.view, span.end))


def _shared(one: Match, two: Match) -> tuple[str, ...]:
    return tuple(name for name in one.names if name in two.names)


def _unpaint(utterance: Utterance, span: SubjectSpan) -> None:
    utterance.painted[span.start : span.end] = list(utterance.text[span.start : span.end])
    utterance.use(span.start, span.end)


def _use_description(utterance: Utterance, span: SubjectSpan) -> None:
    """A merchant's number and the kind of place that it is belong to its name: "Trattoria 1871", "the sushi place"."""
    if span.match.kind == "M" and (more := _NUMBER_AFTER.match(utterance.view, span.end) or _A_PLACE.match(utterance.view, span.end)):
        utterance.use(*more.span())
    following = _WORD_AFTER.match(utterance.view, span.end)
    if span.match.kind == "M" and following and all(f"{span.match.phrase} {following[1]}" in fold(name) for name in span.match.names):
        utterance.use(*following.span())


def _spans_at(utterance: Utterance, words: list[re.Match[str]], at: int, names: Names, whole: bool) -> Iterator[tuple[SubjectSpan, int]]:
    for size in range(min(max(names.longest, concepts().longest), len(words) - at), 1 if whole else 0, -1):
        start, end = words[at].start(), words[at + size - 1].end()
        phrase = " ".join(word[0] for word in words[at : at + size])
        gaps = utterance.view[start:end]
        if not utterance.free(start, end) or re.search(r"[?;:!,]", gaps):
            continue
        if whole and phrase not in names.categories and not names.whole(phrase):
            continue
        if match := _match(utterance, start, end, phrase, names):
            found = match if isinstance(match, Match) else Match("C", (), "concept", phrase, match)
            yield SubjectSpan(start, end, found, frozenset() if found.names else found.concepts), size


def _match(utterance: Utterance, start: int, end: int, phrase: str, names: Names) -> Match | frozenset[str] | None:
    """A match, or the concepts of a phrase that no category is of."""
    if _VERBS.match(utterance.view, start):
        return None
    said, before = utterance.said(start, end), utterance.view[:start]
    if phrase in _COMPANY and _WITH.search(before):
        utterance.use(start, end)  # "last weekend with the kids": who came along
        return None
    if phrase in _KINDS_OF_PLACE and _SPLIT_BEFORE.search(before):
        return None
    placed, at_place = bool(_SUBJECT.search(before) or _LIMITED.match(utterance.view, end)), bool(_AT.search(before))
    everyday = is_cue(phrase)
    telling = _is_capitalised(utterance, start, said)
    category_said = bool(_CATEGORY_BEFORE.search(before)) or utterance.view[end:].startswith(" category")
    categories, merchants = names.categories.get(phrase, ()), names.whole(phrase)
    if categories and (category_said or _may_be_category(phrase, placed or bool(_OWN.search(before)), everyday)):
        if merchants and at_place and not category_said:
            return Match("M", merchants, "exact", phrase)
        own = frozenset[str]().union(*(names.concepts[name] for name in categories))
        return Match("C", categories, "exact", phrase, own | concepts().of(phrase))
    if merchants and (not everyday or telling or (at_place and phrase not in HARMLESS)):
        return Match("M", merchants, "exact", phrase)
    shortened = names.shortened(phrase) or (names.shy.get(phrase, ()) if telling or _is_glued(utterance, start) else ())
    if shortened and _ONE_PLACE_BEFORE.search(before) and _A_PLACE.match(utterance.view, end):
        return Match("M", shortened, "part", phrase, concepts().of(phrase))
    if phrase == "cash" and _DRAWN.search(utterance.view) and (withdrawals := names.of_concepts(frozenset({"cash"}))):
        return Match("C", withdrawals, "concept", phrase, frozenset({"cash"}))
    acts_or_names = _DOES.match(utterance.view, end) or (telling and _is_in_a_name(utterance, start, end))
    found = None if acts_or_names else _concept(phrase, placed, names)
    if isinstance(found, Match):
        return found
    if shortened and (phrase in names.shy or not everyday) and (placed or telling or len(phrase) > 3 or said.isupper()):
        return Match("M", shortened, "part", phrase, concepts().of(phrase))
    if isinstance(found, frozenset) and (within := names.holding(phrase)):
        return Match("M", within, "part", phrase, found)
    return found


def _may_be_category(phrase: str, placed: bool, everyday: bool) -> bool:
    if phrase in _MEASURES:
        return False
    return placed or not (everyday or phrase in _WEAK)


def _concept(phrase: str, placed: bool, names: Names) -> Match | frozenset[str] | None:
    wanted = concepts().of(phrase)
    if not wanted or phrase in _MEASURES or wanted <= _MEASURE_CONCEPTS:
        return None
    if (is_cue(phrase) and not (placed and phrase in _BOUGHT)) or (phrase.replace(" ", "_") in _WEAK and not placed):
        return None
    if found := names.nearest(wanted):
        return Match("C", found, "concept", phrase, wanted)
    if not placed and phrase.replace(" ", "_") in _WEAK:
        return None
    chief = names.chiefly(wanted)
    return Match("C", chief, "chief", phrase, wanted) if chief else wanted


def _is_glued(utterance: Utterance, start: int) -> bool:
    """Written with a sign before it, as no everyday word is: "&Stuff"."""
    at = utterance.origin[start]
    return at > 0 and utterance.raw[at - 1] in "&@+#"


def _is_in_a_name(utterance: Utterance, start: int, end: int) -> bool:
    """Beside another capitalised word or a number, in the middle of a sentence: "Pizza Express", "Joe's Pizza", "Bar 1910"."""
    after, before = _WORD_AFTER.match(utterance.view, end), _WORD_BEFORE.search(utterance.view[:start])
    if after and (after[1].isdigit() or _is_capitalised(utterance, after.start(1), utterance.said(*after.span(1)))):
        return True
    return before is not None and _is_capitalised(utterance, before.start(1), utterance.said(*before.span(1)))


def _is_capitalised(utterance: Utterance, start: int, said: str) -> bool:
    """Written like a name, in a sentence that is not written so throughout."""
    if start == 0 or not said[:1].isupper():
        return False
    letters = [word for word in utterance.raw.split() if word[:1].isalpha()]
    return sum(word[0].isupper() for word in letters) * 2 <= len(letters) + 1
