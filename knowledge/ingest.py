"""Reads the articles of a corpus: front matter and text, checked field by field. A wrong field names its file and itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from kit.errors import FieldError, Invalid

CORPUS = Path(__file__).parent / "corpus"
FIELDS = frozenset({"title", "slug", "region", "source", "written", "reviewed", "review_by", "tags", "asked"})
REGIONS = frozenset({"global", "EU", "UK", "US", "DE"})
ASKED_MIN = 3
REVIEW_AFTER_MAX = timedelta(days=3 * 366)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Source:
    """The public law, authority or standard on which an article rests, or Steward itself."""

    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Article:
    """One text of the corpus. `body` is Markdown below the front matter, in sections headed by `##`."""

    slug: str
    title: str
    region: str
    sources: tuple[Source, ...]
    written: date
    reviewed: date
    review_by: date
    tags: tuple[str, ...]
    asked: tuple[str, ...]  # how people ask for it, in their own words; found by, never quoted
    body: str


def read_corpus(folder: Path = CORPUS) -> tuple[Article, ...]:
    """All articles of a folder by slug, or Invalid with every wrong field of every file."""
    articles: list[Article] = []
    wrong: list[FieldError] = []
    for path in sorted(folder.glob("*.md")):
        try:
            articles.append(read_article(path))
        except Invalid as error:
            wrong.extend(error.errors)
    if wrong:
        raise Invalid("corpus_is_not_valid", _sentence(wrong), wrong)
    return tuple(articles)


def read_article(path: Path) -> Article:
    """One article, or Invalid with each wrong field as `file/field`."""
    front, body = _split(path)
    wrong = [FieldError(f"{path.name}/{field}", reason) for field, reason in _faults(front, body, path)]
    if wrong:
        raise Invalid("article_is_not_valid", _sentence(wrong), wrong)
    return Article(
        slug=front["slug"],
        title=front["title"],
        region=front["region"],
        sources=_sources(front["source"]),
        written=front["written"],
        reviewed=front["reviewed"],
        review_by=front["review_by"],
        tags=tuple(str(tag) for tag in front["tags"]),
        asked=tuple(front["asked"]),
        body=body,
    )


def _sentence(wrong: Sequence[FieldError]) -> str:
    return "; ".join(f"{error.pointer}: {error.detail}" for error in wrong)


def _split(path: Path) -> tuple[dict[str, Any], str]:
    found = re.fullmatch(r"---\n(.*?)\n---\n(.*)", path.read_text(encoding="utf-8"), re.DOTALL)
    if not found:
        raise _no_front_matter(path, "is missing: the file starts and closes it with a line of ---")
    try:
        front = yaml.safe_load(found[1])
    except yaml.YAMLError as error:
        raise _no_front_matter(path, f"is not YAML: {error}") from error
    if not isinstance(front, dict):
        raise _no_front_matter(path, "is not a mapping of fields")
    return front, found[2].strip()


def _no_front_matter(path: Path, reason: str) -> Invalid:
    wrong = [FieldError(f"{path.name}/front matter", reason)]
    return Invalid("article_is_not_valid", _sentence(wrong), wrong)


def _faults(front: dict[str, Any], body: str, path: Path) -> list[tuple[str, str]]:
    faults = [(field, "is missing") for field in sorted(FIELDS - front.keys())]
    faults += [(str(field), "is not a field of an article") for field in front.keys() - FIELDS]
    if faults:
        return faults
    for field in ("title", "slug", "region"):
        if not isinstance(front[field], str) or not front[field].strip():
            faults.append((field, "must be a text"))
    if faults:
        return faults
    if not SLUG.fullmatch(front["slug"]) or front["slug"] != path.stem:
        faults.append(("slug", "must be the file's name in small letters, digits and hyphens"))
    if front["region"] not in REGIONS:
        faults.append(("region", f"must be one of {', '.join(sorted(REGIONS))}"))
    if not isinstance(front["tags"], list) or not front["tags"]:
        faults.append(("tags", "must be a list with at least one word"))
    if not isinstance(front["asked"], list) or len(front["asked"]) < ASKED_MIN or not all(isinstance(one, str) for one in front["asked"]):
        faults.append(("asked", f"must be a list of at least {ASKED_MIN} questions or phrases"))
    return faults + _source_faults(front["source"]) + _date_faults(front) + _body_faults(body)


def _source_faults(source: object) -> list[tuple[str, str]]:
    if source == "Steward":
        return []
    if not isinstance(source, list) or not source:
        return [("source", "must be Steward or a list of {name, url}")]
    for entry in source:
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str) or entry.keys() - {"name", "url"}:
            return [("source", "each entry has a name, perhaps a url, and nothing else")]
        if "url" in entry and not str(entry["url"]).startswith("https://"):
            return [("source", f"the address of {entry['name']} must start with https://")]
    return []


def _date_faults(front: dict[str, Any]) -> list[tuple[str, str]]:
    faults = [(field, "must be a day (YYYY-MM-DD)") for field in ("written", "reviewed", "review_by") if type(front[field]) is not date]
    if faults:
        return faults
    if front["reviewed"] < front["written"]:
        faults.append(("reviewed", "lies before the day of writing"))
    if not front["reviewed"] < front["review_by"] <= front["reviewed"] + REVIEW_AFTER_MAX:
        faults.append(("review_by", "must lie after the last review, by three years at most"))
    return faults


def _body_faults(body: str) -> list[tuple[str, str]]:
    if not body.startswith("## "):
        return [("text", "must begin with a section headed by ##")]
    if empty := [match[1] for match in re.finditer(r"^## (.+)\n+(?=## |\Z)", body, re.MULTILINE)]:
        return [("text", f"the section {empty[0]} is empty")]
    return []


def _sources(source: object) -> tuple[Source, ...]:
    if not isinstance(source, list):
        return (Source("Steward", None),)
    return tuple(Source(entry["name"], entry.get("url")) for entry in source)
