"""Whether an answer is right: it has an expected status and states every expected value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tests.evals.answer import Answer, Figure, kind_of
from tests.evals.books import Household
from tests.evals.matching import Imported
from tests.evals.meanings import Expectation, Meaning, Proposal, Turn
from tests.evals.numerals import MONTHS, WEEKDAYS, day_phrases
from tests.evals.oracle import Cell, Expected, expected, minor
from tests.evals.wrong_numbers import wrong_numbers

NOTHING = re.compile(r"\b(no|none|nothing|never|not|zero|nobody|without|n't|hasn't|haven't|didn't)\b|n't\b", re.IGNORECASE)
UNKNOWN = re.compile(r"\b(unknown|not known|know|told|cannot|can't|without|missing)\b", re.IGNORECASE)
DOWN = re.compile(
    r"\b(less|lower|fewer|down|fell|decrease\w*|drop\w*|below|minus|negative|short|over|overspent|exceed\w*|saved)\b|[-−]\s?\S{0,3}\d",
    re.IGNORECASE,
)
YES = re.compile(r"\b(yes|yep|indeed|more|higher|up|increase\w*|over|overspent|exceed\w*|did)\b", re.IGNORECASE)
NO = re.compile(r"\b(no|nope|not|less|lower|fewer|down|decrease\w*|within|under|below|left|remain\w*|same|nothing)\b|n't\b", re.IGNORECASE)
ROWS_CHECKED = 8


@dataclass(frozen=True)
class Judgement:
    """`verdict`: right, wrong, clarify (asked back), declined (said that it may not or cannot). Wrong numbers are counted beside it."""

    verdict: str
    missing: tuple[str, ...]
    wrong_numbers: tuple[str, ...]


def judge(imported: Imported, turn: Turn, answer: Answer) -> Judgement:
    missing = [tuple(_missing(imported, form, answer)) for form in turn.expect]
    best = min(missing, key=len)
    fitting = [form for form in turn.expect if answer.status in form.status] or list(turn.expect)
    meanings = [meaning for form in fitting for meaning in form.meaning]
    wrong = wrong_numbers(imported, turn.text, answer, meanings, answer.status == "proposed" and any(form.propose for form in fitting))
    if () in missing:
        return Judgement("right" if not wrong else "wrong", (), tuple(wrong))
    asked_back = {"clarify": "clarify", "refused": "declined", "out_of_scope": "declined"}
    return Judgement(asked_back.get(answer.status, "wrong"), best, tuple(wrong))


def _missing(imported: Imported, form: Expectation, answer: Answer) -> Iterator[str]:
    """What this form of an answer would need and the given one lacks."""
    if answer.status not in form.status:
        yield f"status {' or '.join(form.status)}"
    if form.partial and not answer.partial:
        yield "that it is partial"
    if form.say and not any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", _read(answer), re.IGNORECASE) for word in form.say):
        yield f"one of {', '.join(form.say)}"
    if form.propose and not any(_proposes(imported, form.propose, proposal) for proposal in answer.proposals):
        yield f"the proposal {form.propose.model_dump(exclude_none=True, mode='json')}"
    for meaning in form.meaning:
        for value in expected(imported.books, meaning):
            if not states(imported, answer, meaning, value):
                yield f"{value.ask} {value.value}"


def _read(answer: Answer) -> str:
    return "\n".join(answer.prose())


def _proposes(imported: Imported, wish: Proposal, proposal: dict[str, Any]) -> bool:
    given: dict[str, Any] = proposal.get("arguments") or {}
    flat = [value for _, value in _flat(given)]
    if wish.kind not in str(proposal.get("kind", "")) or minor(imported.books, wish.amount) not in flat:
        return False
    names = [wish.source, wish.target]
    accounts = all(name is None or name in flat or imported.account_ids.get(name) in flat for name in names)
    categories = imported.category_names(wish.category) if wish.category else set()
    of_category = not categories or any(isinstance(value, str) and value.lower() in {name.lower() for name in categories} for value in flat)
    return accounts and of_category and (wish.period is None or wish.period in flat)


def _flat(document: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    children = (
        document.items() if isinstance(document, dict) else ((key, value) for value in document) if isinstance(document, list) else ()
    )
    if not isinstance(document, dict | list):
        yield key, document
    for name, value in children:
        yield from _flat(value, name)


def states(imported: Imported, answer: Answer, meaning: Meaning, value: Expected) -> bool:
    stated = [figure for figure in answer.said() if _is_read(answer, figure)] + answer.shown()
    if value.kind in ("money", "count", "ratio"):
        return _states_number(answer, stated, value, 1 if meaning.statistic == "average" else 0)
    if value.kind == "date":
        return _states_day(answer, stated, value)
    if value.kind == "names":
        return any(_names(imported, answer, meaning, names) for names in (value.value, *value.also))
    if value.kind == "rows":
        return _states_rows(imported, answer, meaning, value)
    if value.kind == "payments":
        return _states_payments(imported.books, stated, meaning, value)
    if value.kind == "yes":
        return _says_so(answer.text, bool(value.value))
    return bool(UNKNOWN.search(answer.text)) and not any(figure.kind == "money" for figure in answer.said())


def _is_read(answer: Answer, figure: Figure) -> bool:
    return bool(figure.text) and any(figure.text in text for text in answer.prose())


def _states_number(answer: Answer, stated: Sequence[Figure], value: Expected, slack: int) -> bool:
    for wanted in (value.value, *value.also):
        exact = Fraction(str(wanted))
        held = Fraction(6, 10_000) if value.kind == "ratio" else Fraction(slack)
        for figure in stated:
            if _kind(figure) != value.kind or not isinstance(figure.value, int | float):
                continue
            given = Fraction(str(figure.value))
            if figure.kind == "point" and value.kind == "money" and not isinstance(figure.value, int):
                continue
            if abs(given - exact) <= held or (abs(abs(given) - abs(exact)) <= held and _directed(answer, value, exact)):
                return True
        if exact == 0 and NOTHING.search(answer.text):
            return True
    return False


def _kind(figure: Figure) -> str:
    return kind_of(str(figure.source.get("path", ""))) if figure.kind == "point" and isinstance(figure.source, dict) else figure.kind


def _directed(answer: Answer, value: Expected, exact: Fraction) -> bool:
    """A magnitude stands for a signed value where the words say which way."""
    return not value.signed or exact >= 0 or bool(DOWN.search(_read(answer)))


def _states_day(answer: Answer, stated: Sequence[Figure], value: Expected) -> bool:
    days = [day for day in (value.value, *value.also) if isinstance(day, date)]
    if any(figure.kind == "date" and str(figure.value) in {day.isoformat() for day in days} for figure in stated):
        return True
    return any(phrase.days and phrase.month and phrase.fits([day]) for phrase in day_phrases(answer.text) for day in days)


def _names(imported: Imported, answer: Answer, meaning: Meaning, names: object) -> bool:
    """In order; the first of a ranking where the eye falls first: in the text, or in the first row."""
    wanted = list(names) if isinstance(names, tuple) else []
    if not wanted:
        return bool(NOTHING.search(answer.text) or re.search(r"\b(within|under|all)\b", answer.text, re.IGNORECASE))
    rows = [" | ".join(str(cell.get("text", "")) for _, cell in row) for row in answer.table_rows()]
    if len(wanted) == 1 and meaning.measure != "accounts":
        return _finds(imported, meaning, wanted[0], "\n".join([*answer.prose(), *rows[:1]])) is not None
    whole = "\n".join([*answer.prose(), *rows])
    places = [_finds(imported, meaning, name, whole) for name in wanted]
    ranked = meaning.by is not None and meaning.measure not in ("accounts", "budget")
    texts = ("\n".join(rows), "\n".join(answer.prose()))
    return None not in places and (not ranked or any(_in_order(imported, meaning, wanted, text) for text in texts))


def _in_order(imported: Imported, meaning: Meaning, wanted: list[str], text: str) -> bool:
    found = [_finds(imported, meaning, name, text) for name in wanted]
    places = [place for place in found if place is not None]
    return len(places) == len(found) and places == sorted(places)


def _finds(imported: Imported, meaning: Meaning, name: str, text: str) -> int | None:
    """Where the group is first named, under any of its names."""
    lowered, places = text.lower(), []
    for label in labels(imported, meaning, name):
        match = re.search(rf"(?<!\w){re.escape(label.lower())}(?!\w)", lowered)
        places += [match.start()] if match else []
    return min(places, default=None)


def labels(imported: Imported, meaning: Meaning, key: str) -> set[str]:
    """How a group may be called."""
    if meaning.by == "weekday":
        return {WEEKDAYS[int(key) - 1], f"{WEEKDAYS[int(key) - 1]}s"}
    if re.fullmatch(r"\d{4}-\d\d-\d\d", key):
        day = date.fromisoformat(key)
        month = MONTHS[day.month - 1]
        dated = {f"{day.day} {month}", f"{month} {day.day}", f"{day.day} {month[:3]}", key}
        units = {"month": {month, f"{month[:3]} {day.year}", key[:7]}, "year": {str(day.year)}, "quarter": {f"Q{(day.month + 2) // 3}"}}
        return dated | units.get(meaning.by or "", set())
    return imported.merchant_names(key) | imported.category_names(key)


def _states_rows(imported: Imported, answer: Answer, meaning: Meaning, value: Expected) -> bool:
    """The largest groups, each with its figure beside its name: in a row, at a point, in an item or sentence."""
    cells = [cell for cell in value.value if isinstance(cell, Cell)] if isinstance(value.value, tuple) else []
    beside = list(_beside(answer))
    for cell in sorted(cells, key=lambda cell: -abs(Fraction(str(cell.value))))[:ROWS_CHECKED]:
        if not any(_finds(imported, meaning, cell.key, text) is not None and _holds(figures, cell) for text, figures in beside):
            return False
    return True


def _holds(figures: list[object], cell: Cell) -> bool:
    return any(isinstance(given, int | float) and abs(abs(Fraction(str(given))) - abs(Fraction(str(cell.value)))) <= 1 for given in figures)


def _beside(answer: Answer) -> Iterator[tuple[str, list[object]]]:
    for row in answer.table_rows():
        yield " | ".join(str(cell.get("text") or cell.get("value")) for _, cell in row), [cell.get("value") for _, cell in row]
    for chart in answer.blocks("chart"):
        for series in chart.get("series") or ():
            yield from ((str(point.get("x")), [answer.resolve(point.get("source"))]) for point in series.get("points") or ())
    for text in answer.prose():
        for part in re.split(r"(?<=[.;])\s|\n|, ", text):
            yield part, [figure.value for figure in answer.said() if figure.text and figure.text in part]


def _states_payments(books: Household, stated: Sequence[Figure], meaning: Meaning, value: Expected) -> bool:
    """Every payment's amount; of those on the last day that fit into a list any may stand."""
    wanted = list(value.value) if isinstance(value.value, tuple) else []
    edge = min((day for day, _ in wanted), default=books.today) if meaning.statistic == "list" else None
    certain = Counter(magnitude for day, magnitude in wanted if edge is None or day > edge or len(wanted) < (meaning.top or 10))
    given = Counter(abs(figure.value) for figure in stated if figure.kind == "money" and isinstance(figure.value, int))
    return all(given[magnitude] >= number for magnitude, number in certain.items())


def _says_so(text: str, truth: bool) -> bool:
    first = re.match(r"\W*(yes|no)\b", text, re.IGNORECASE)
    if first:
        return (first[1].lower() == "yes") == truth
    return bool((YES if truth else NO).search(text))
