"""What stands under the search box: the typed query of its words, a chip for each part of it, and the words that it could not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from assistant import formats
from assistant.reading.seeking import Sought
from assistant.speech import Books, Speech
from assistant.wording import Wording
from tools.query.model import Measure, Query, Statistic, Subject
from tools.vocabulary import Vocabulary


class Searches(Protocol):
    def search(self, text: str, vocabulary: Vocabulary) -> Sought: ...


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of a query that can be taken away: `field` is its path ("include/categories"), `value` its value as JSON."""

    field: str
    label: str
    value: Any


@dataclass(frozen=True, slots=True)
class Search:
    query: Query
    chips: tuple[Chip, ...]
    unread: tuple[str, ...]


class SearchBox:
    """Pure but for what it was loaded with."""

    def __init__(self, understanding: Searches, wording: Wording) -> None:
        self._understanding, self._wording = understanding, wording

    def search(self, text: str, vocabulary: Vocabulary) -> Search:
        found = self._understanding.search(text, vocabulary)
        books = Books(vocabulary.currency, vocabulary.today, {account.id: account.name for account in vocabulary.accounts})
        return Search(found.query, tuple(self._chips(found.query, Speech(self._wording, books), books)), found.unread)

    def _chips(self, query: Query, speech: Speech, books: Books) -> Iterator[Chip]:
        words = self._wording.words
        if query.measure is not Measure.MOVEMENTS:
            yield Chip("measure", words["titles"][query.measure], str(query.measure))
        if query.statistic is not Statistic.LIST:
            yield Chip("statistic", words["search"]["statistics"][query.statistic], str(query.statistic))
        yield from self._of_subject("include", query.include, speech)
        yield from self._of_subject("exclude", query.exclude, speech)
        for field, minor in (("amount_min_minor", query.amount_min_minor), ("amount_max_minor", query.amount_max_minor)):
            if minor is not None:
                amount = formats.money(minor, books.currency, self._wording.language)
                yield Chip(field, words["search"][field].format(amount=amount), minor)
        if query.period is not None:
            yield Chip("period", speech.period(query.period), query.period.model_dump(mode="json"))

    def _of_subject(self, side: str, subject: Subject, speech: Speech) -> Iterator[Chip]:
        for field in Subject.model_fields:
            for value in getattr(subject, field):
                name = speech.names(speech.bare_names(Subject.model_validate({field: (value,)})))
                said = self._wording.words["search"]["text"].format(word=name) if field == "text" else name
                yield Chip(f"{side}/{field}", said if side == "include" else self._wording.words["search"]["not"].format(name=said), value)
