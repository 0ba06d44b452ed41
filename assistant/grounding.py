"""Holds an answer to its sources: no figure outside a bound cell, and the period, subject and measure spoken are those of the call.

What remains when figures, names of the books, words of the person and periods of the calls are taken away may hold no digit, no number
word, no currency sign and no percent. An answer with a fault is never sent: the turn rebuilds it from the template.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant import formats
from assistant.calls import Call
from assistant.draft import plain
from assistant.plan import Plan
from assistant.render import Rendered, Run, Text
from assistant.speech import Books, Speech, label_is_sound
from tools.query.model import Measure, Period, Query, Result

_NUMBER_WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|billions?|dozens?|half|halves|double|twice|triple"
    r"|zero|per ?cent|percentage points?)\b",
    re.IGNORECASE,
)
_SIGN = re.compile(r"(?:\bminus|\bnegative|[-−–+~])\s*$", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\b(?:19|20)\d\d\b"
    r"|\b(?i:this|last|previous|past|next) (?i:week|month|quarter|year)\b|\b(?i:today|yesterday)\b"
)
_QUOTED = re.compile(r"“([^“”]{1,80})”")
_OUT = {Measure.SPENDING, Measure.MONEY_OUT, Measure.NET_CASH_FLOW, Measure.SAVINGS_RATE, Measure.REFUNDS}
_IN = {Measure.INCOME, Measure.MONEY_IN, Measure.NET_CASH_FLOW, Measure.SAVINGS_RATE}
_MEASURES: tuple[tuple[re.Pattern[str], set[Measure]], ...] = (
    (re.compile(r"\b(?:spent|spend|spending)\b", re.I), _OUT),
    (re.compile(r"\b(?:earned|income|received)\b", re.I), _IN),
    (re.compile(r"\bbalances?\b", re.I), {Measure.BALANCE}),
    (re.compile(r"\bnet worth\b", re.I), {Measure.NET_WORTH}),
    (re.compile(r"\bsavings rate\b", re.I), {Measure.SAVINGS_RATE}),
    (re.compile(r"\brefund", re.I), {Measure.REFUNDS, Measure.SPENDING, Measure.NET_CASH_FLOW, Measure.SAVINGS_RATE}),
    (re.compile(r"\binvest", re.I), {Measure.INVESTMENTS}),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an answer may not be sent, and the words at fault."""

    code: str
    text: str


@dataclass(frozen=True)
class Grounds:
    """What an answer may stand on. `foreign`: the draft was written by a language model, not by a template of ours."""

    calls: Sequence[Call]
    plan: Plan
    books: Books
    speech: Speech
    foreign: bool = False

    def query(self, index: int) -> Query | None:
        call = next((c for c in self.calls if c.index == index and c.name == "query" and not c.failed), None)
        return Query.model_validate(call.args) if call else None

    def periods(self, index: int) -> list[str]:
        """Every way in which a call's periods may be spoken."""
        query = self.query(index)
        if query is None:
            return []
        result = Result.model_validate(next(c.result for c in self.calls if c.index == index))
        compared = result.comparison.period if result.comparison else None
        found: list[str] = []
        for period in (query.period, query.compare_period, result.period, compared):
            found.extend(self._ways(period) if period else ())
        return found

    def _ways(self, period: Period) -> Iterator[str]:
        for stock in (False, True):
            yield self.speech.period(period, stock=stock)
        yield self.speech.range(period.start_on, period.end_on)
        yield from (formats.day(day, self.speech.locale) for day in (period.start_on, period.end_on))
        if period.label and label_is_sound(period.label, period):
            yield " ".join(period.label.split())

    def names(self, index: int) -> list[str]:
        """What a call's arguments name, and what its result notes by name."""
        query = self.query(index)
        if query is None:
            return []
        subjects = [query.include, query.exclude, *([query.compare_include] if query.compare_include else [])]
        call = next(c for c in self.calls if c.index == index)
        noted = [note.partition(":")[2] for note in call.result.get("notes", ()) if ":" in note]
        return [plain(name) for name in (*(name for subject in subjects for name in self.speech.bare_names(subject)), *noted)]

    def _is_known(self, name: str) -> bool:
        """Whether a name is of the books or of the person's words: a language model can put anything among its arguments."""
        known = {plain(one).casefold() for one in (*self.books.names, *self.books.accounts.values())}
        return name.casefold() in known or name.casefold() in self.plan.text.casefold()

    def phrases(self) -> list[str]:
        """Literal words that may hold digits, longest first."""
        found: list[str] = []
        for call in self.calls:
            found += self.periods(call.index)
            found += [name for name in self.names(call.index) if not self.foreign or self._is_known(name)]
            query = self.query(call.index)
            if query is not None and not self.foreign:
                found.append(self.speech.subject(query))
            if call.name != "query":
                asked = [call.args.get(key) for key in ("category", "merchant")]
                found += [name for name in asked if isinstance(name, str) and (not self.foreign or self._is_known(name))]
        found += [words for step in self.plan.steps for words in (step.subject, step.reading)]
        found += [words for choice in self.plan.choices for words in (choice.label, choice.text)]
        found += [f"“{word}”" for word in self.plan.unread]
        return sorted({plain(words) for words in found if words}, key=len, reverse=True)


def faults(rendered: Rendered, grounds: Grounds) -> list[Fault]:
    """Everything that keeps an answer from being sent."""
    phrases = grounds.phrases()
    found: list[Fault] = []
    for text in rendered.texts:
        found += _unbound(text, phrases, grounds)
        for sentence in _sentences(text):
            found += _mismatches(sentence, text.call, grounds)
    return found


def _unbound(text: Text, phrases: Sequence[str], grounds: Grounds) -> Iterator[Fault]:
    for run in text.runs:
        asked = run.origin == "asked" and run.kind == "text"
        if (run.origin == "said" or asked) and (words := _sweep(run.text, phrases, grounds.plan.text)):
            yield Fault("figure_is_unbound", words)
        if run.origin == "asked" and run.kind in ("money", "count", "ratio") and not _was_said(run.text, grounds.plan.text):
            yield Fault("figure_was_not_said", run.text)
    for before, after in zip(text.runs, text.runs[1:], strict=False):
        if after.origin == "figure" and before.origin == "said" and _SIGN.search(before.text):
            yield Fault("sign_is_unbound", before.text[-12:])
        if before.origin != "said" and after.origin != "said" and before.text[-1:].isdigit() and after.text[:1].isdigit():
            yield Fault("figures_run_together", before.text + after.text)


def _sweep(text: str, phrases: Iterable[str], person: str) -> str:
    """The first word of a literal text that looks like a figure once all that is allowed is taken away; empty when none does."""
    left = _QUOTED.sub(lambda match: "“ ”" if match[1].casefold() in person.casefold() else match.group(), text)
    for phrase in phrases:
        left = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ", left, flags=re.IGNORECASE)
    if word := _NUMBER_WORDS.search(left):
        return word.group()
    for match in re.finditer(r"\S+", left):
        if any(_is_figure(char) for char in match.group()):
            return match.group()
    return ""


def _is_figure(char: str) -> bool:
    return unicodedata.numeric(char, None) is not None or unicodedata.category(char) == "Sc" or char in "%‰‱٪﹪％"


def _was_said(text: str, person: str) -> bool:
    whole = re.sub(r"\D", "", re.split(r"[.](?=\d+$)", text)[0])
    return bool(whole) and whole in re.sub(r"(?<=\d)[,. '](?=\d{3})", "", person)


def _sentences(text: Text) -> Iterator[tuple[Run, ...]]:
    """The runs of each sentence; only what the draft itself says can end one."""
    current: list[Run] = []
    for run in text.runs:
        if run.origin != "said":
            current.append(run)
            continue
        first, *others = re.split(r"(?<=[.!?])\s+", run.text)
        current.append(Run(first, "said"))
        for part in others:
            yield tuple(current)
            current = [Run(part, "said")]
    yield tuple(current)


def _mismatches(sentence: Sequence[Run], owner: int | None, grounds: Grounds) -> Iterator[Fault]:
    """Where a sentence's words are not those of the calls whose figures it states."""
    cited = {run.call for run in sentence if run.origin == "figure" and run.call is not None} | ({owner} if owner is not None else set())
    queries = [query for index in cited if (query := grounds.query(index)) is not None]
    if not queries or len(queries) < len(cited):
        return
    names = [name for index in cited for name in grounds.names(index)]
    spoken = " ".join(run.text for run in sentence if run.origin in ("said", "asked"))
    bare = spoken
    for name in sorted(names, key=len, reverse=True):
        bare = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", bare, flags=re.IGNORECASE)
    periods = " | ".join(way for index in cited for way in grounds.periods(index)).casefold()
    for match in _TIME.finditer(bare):
        if match.group().casefold() not in periods:
            yield Fault("period_is_not_the_calls", match.group())
    measures = {query.measure for query in queries}
    claimed = [allowed for pattern, allowed in _MEASURES if pattern.search(bare)]
    if claimed and not any(allowed & measures for allowed in claimed):
        yield Fault("measure_is_not_the_calls", spoken[:80])
    if grounds.foreign:
        yield from _strange_subjects(spoken, names, sentence, grounds)


def _strange_subjects(spoken: str, names: Sequence[str], sentence: Sequence[Run], grounds: Grounds) -> Iterator[Fault]:
    own = [name.casefold() for name in names] + [run.text.casefold() for run in sentence if run.origin == "name"]
    for name in (known.casefold() for known in grounds.books.names if len(known) > 3):
        if name not in own and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", spoken.casefold()) and not any(name in one for one in own):
            yield Fault("subject_is_not_the_calls", name)
