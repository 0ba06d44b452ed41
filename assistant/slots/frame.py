"""All that an utterance names, gathered: which subjects, periods and amounts, in which role, and which cues. Nothing is decided here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.slots.accounts import AccountSpan, find_accounts
from assistant.slots.amounts import AmountSpan, find_amounts
from assistant.slots.chains import find_chains
from assistant.slots.comparing import Comparing, comparing_of, is_other_side
from assistant.slots.dates import Calendar
from assistant.slots.grouping import Grouping, grouping_of
from assistant.slots.measures import measures_of
from assistant.slots.names import Names, names_of
from assistant.slots.negation import is_left_out
from assistant.slots.numbered import numbers_of_names
from assistant.slots.payday import since_paid
from assistant.slots.periods import PeriodSpan, find_periods
from assistant.slots.spelling import corrected
from assistant.slots.statistics import StatisticCue, statistics_of
from assistant.slots.subjects import SubjectSpan, find_subjects, settled
from assistant.slots.text import AMOUNT, PERIOD, TEXT, Utterance
from assistant.slots.weekdays import find_weekdays
from tools.query.model import Measure, Statistic, Subject
from tools.vocabulary import AccountName, Vocabulary

_MONTH_FIRST = frozenset({"USD"})
_QUOTED = re.compile(
    r"(?:\b(?:mention(?:s|ing)?|contain(?:s|ing)?|includ(?:es|ing)|with|saying|says?|called|named|like|matching|labelled|described as|"
    r"description|text|word|reference|note|memo)\b (?:the )?(?:words?|text|name|phrase|term|reference)? ?)*"
    r'"(?P<text>[^"]{1,80})"'
)
_MENTION = re.compile(
    r"\b(?:(?:that |which )?(?:mention(?:s|ing|ed)?|contain(?:s|ing|ed)?|match(?:es|ing)|"
    r"say(?:s|ing)(?! (?:i|we|you|he|she|it|they|that|my|our|so)\b))|"
    r"with the (?:words?|text|reference|description|term)|(?:description|reference|memo|text) "
    r"(?:is|has|says|contains|includes|like|mentions|of|with)|with (?=[^?]* in (?:the |its |"
    r"their )?(?:description|text|reference|name)))(?: the)?(?: words?| text| name| term|"
    r" phrase)? (?P<text>[^\W_]+(?: [^\W_]+){0,3}?)"
    r"(?=(?: in (?:the |its |their )?(?:description|text|reference|name|memo)s?)?(?:[ ?.!,]*$| (?:is|are|should|belongs?|goes|counts?|"
    r"as|into|in|on|"
    r"since|last|this|from|over|under|during|by|for|between|and|did|have) |"
    r"[?,.;\ue000-\ue006]))(?: in (?:the |its |their )?(?:description|text|reference|name|memo)s?)?"
)


@dataclass
class Parts:
    """The fields of a query's subject, being filled."""

    categories: list[str] = field(default_factory=list)
    merchants: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)

    def subject(self) -> Subject:
        return Subject.model_validate(
            {
                "accounts": _once(self.accounts),
                "account_kinds": _once(self.kinds),
                "categories": _once(self.categories)[:50],
                "merchants": _once(self.merchants)[:50],
                "text": _once(self.text)[:50],
                "weekdays": sorted(set(self.weekdays)),
            }
        )

    def is_empty(self) -> bool:
        return not (self.categories or self.merchants or self.text or self.accounts or self.kinds or self.weekdays)

    def names_facts(self) -> bool:
        return bool(self.categories or self.merchants or self.text)


def _once(items: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


@dataclass
class Frame:
    """One clause. `other` is the subject of the far side of a comparison, `other_period` its period."""

    utterance: Utterance
    names: Names
    calendar: Calendar
    own_accounts: tuple[AccountName, ...] = ()
    only_payers: frozenset[str] = frozenset()
    include: Parts = field(default_factory=Parts)
    exclude: Parts = field(default_factory=Parts)
    other: Parts = field(default_factory=Parts)
    periods: list[PeriodSpan] = field(default_factory=list)
    barred_periods: list[PeriodSpan] = field(default_factory=list)  # "except in December", which no query can say
    other_periods: list[PeriodSpan] = field(default_factory=list)
    amounts: list[AmountSpan] = field(default_factory=list)
    accounts: list[AccountSpan] = field(default_factory=list)
    subjects: list[SubjectSpan] = field(default_factory=list)
    measures: list[tuple[Measure, int]] = field(default_factory=list)
    statistics: list[StatisticCue] = field(default_factory=list)
    joined: bool = False  # categories and merchants named side by side: either, not both at once
    grouping: Grouping = field(default_factory=Grouping)
    comparing: Comparing = field(default_factory=Comparing)

    @property
    def view(self) -> str:
        return self.utterance.view

    @property
    def payday(self) -> bool:
        return any(span.relation == "payday" for span in self.periods)

    @property
    def statistics_of_facts(self) -> bool:
        """Whether a word asks for single facts or their number, and not for a sum."""
        return any(cue.statistic is not Statistic.TOTAL for cue in self.statistics)

    @property
    def is_paid_by(self) -> bool:
        """Whether all that is named has only ever paid the person: what is asked of it is income."""
        named = self.include.merchants
        return bool(named) and not self.include.categories and set(named) <= self.only_payers

    @property
    def pair(self) -> list[Measure]:
        """Both sides of "income and spending", where no more than those two are asked for."""
        named = dict(self.measures)
        for one, two, least in ((Measure.INCOME, Measure.SPENDING, 4), (Measure.MONEY_IN, Measure.MONEY_OUT, 3)):
            if min(named.get(one, 0), named.get(two, 0)) >= least and Measure.NET_CASH_FLOW not in named:
                return [one, two]
        return []

    @property
    def concepts(self) -> frozenset[str]:
        return frozenset().union(*(span.match.concepts for span in self.subjects))

    @property
    def unmatched(self) -> list[SubjectSpan]:
        """Things named that no category of the customer's is of."""
        return [span for span in self.subjects if span.unmatched]


def frame_of(raw: str, vocabulary: Vocabulary, is_word: Callable[[str], bool]) -> Frame:
    """Reads one clause."""
    names = names_of(vocabulary)
    utterance = corrected(Utterance.of(raw), names, is_word)
    frame = Frame(utterance, names, Calendar(vocabulary.today, month_first=vocabulary.currency in _MONTH_FIRST), vocabulary.accounts)
    frame.only_payers = vocabulary.only_payers
    quoted = _read_texts(frame)
    frame.subjects = find_subjects(utterance, names, whole=True)
    weekdays = find_weekdays(utterance)
    periods = [since_paid(span, utterance, names, vocabulary) for span in find_periods(utterance, frame.calendar)]
    for period in periods:
        utterance.paint(period.start, period.end, PERIOD)
    frame.accounts = find_accounts(utterance, vocabulary)
    numbers = numbers_of_names(utterance, names)
    frame.amounts = [span for span in find_amounts(utterance, vocabulary.currency) if not span.lies_on(numbers)]
    for amount in frame.amounts:
        utterance.paint(amount.start, amount.end, AMOUNT)
    quoted += find_chains(utterance, names)
    frame.subjects = settled(utterance, [*frame.subjects, *find_subjects(utterance, names)])
    frame.measures, frame.statistics = measures_of(utterance), statistics_of(utterance)
    frame.grouping, frame.comparing = grouping_of(utterance), comparing_of(utterance)
    comparing = frame.comparing
    if comparing.yes_no and (comparing.more or comparing.less) and len(periods) == 2:
        comparing.compare = True  # "August and the August before, did I spend less?"
    _give_roles(frame, quoted, weekdays, periods)
    return frame


def _read_texts(frame: Frame) -> list[tuple[int, str]]:
    """Words to be looked for in descriptions: quoted, or after "mentioning"; a quoted name of the customer's is that name."""
    found, utterance = [], frame.utterance
    for source in (_QUOTED, _MENTION):
        for match in source.finditer(utterance.view):
            inner = match["text"].strip()
            if not inner or not utterance.free(*match.span()):
                continue
            if source is _QUOTED and (inner in frame.names.categories or inner in frame.names.merchants):
                utterance.use(match.start(), match.start("text"))
                continue
            found.append((match.start(), utterance.said(*match.span("text")).strip()))
            utterance.paint(*match.span(), TEXT)
    return found


def _give_roles(
    frame: Frame, texts: list[tuple[int, str]], weekdays: list[tuple[int, int, tuple[int, ...]]], periods: list[PeriodSpan]
) -> None:
    """Puts each span to what is asked about, left out, or compared with."""
    for span in frame.subjects:
        if not span.unmatched:
            parts = _parts(frame, span.start)
            (parts.categories if span.match.kind == "C" else parts.merchants).extend(span.match.names)
    frame.joined = any(_side_by_side(frame, one, two) for one, two in pairwise(frame.subjects))
    for account in frame.accounts:
        if account.known:
            parts = _parts(frame, account.start)
            parts.accounts.extend(account.ids)
            if account.kind:
                parts.kinds.append(str(account.kind))
    for start, text in texts:
        _parts(frame, start).text.append(text)
    for start, _, days in weekdays:
        _parts(frame, start).weekdays.extend(days)
    netted = bool(frame.measures) and (frame.measures[0][0] is Measure.NET_CASH_FLOW or len(frame.pair) == 2)
    for period in periods:
        if not netted and not frame.view[: period.start].rstrip().endswith(",") and is_left_out(frame.utterance, period.start):
            frame.barred_periods.append(period)
            continue
        other = (
            frame.comparing.compare
            and not netted
            and (is_other_side(frame.view, period.start) or period.relation in ("before", "year_earlier"))
        )
        (frame.other_periods if other and (frame.periods or _starts_with_other(frame, period)) else frame.periods).append(period)


def _side_by_side(frame: Frame, one: SubjectSpan, two: SubjectSpan) -> bool:
    """ "groceries and Netflix", as against "groceries at Aldi"."""
    between = frame.view[one.end : two.start]
    return one.match.kind != two.match.kind and bool(
        re.fullmatch(r" ?(?:,|and|or|plus|as well as|, and)(?: (?:the|my|on|at|for|to|from|in))* ?", between)
    )


def _starts_with_other(frame: Frame, period: PeriodSpan) -> bool:
    """ "more than last month": the far side is named, the near one is understood."""
    return not re.search(r"\bor (?:in |on |during )?$", frame.view[: period.start])


def _parts(frame: Frame, start: int) -> Parts:
    if is_left_out(frame.utterance, start):
        return frame.exclude
    if frame.comparing.compare and is_other_side(frame.view, start) and not frame.include.is_empty():
        return frame.other
    return frame.include
