"""Articles are read strictly: what is wrong is named by file and field."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from kit.errors import Invalid
from knowledge.ingest import read_article, read_corpus

FRONT = {
    "title": '"Cash"',
    "slug": "cash",
    "region": "global",
    "source": "Steward",
    "written": "2026-11-21",
    "reviewed": "2026-11-21",
    "review_by": "2027-11-21",
    "tags": "[cash]",
    "asked": "[how do I pay, is cash safe, notes]",
}
BODY = "## Notes\n\nCash is money that one can hold."


def write(folder: Path, body: str = BODY, name: str = "cash", changed: Mapping[str, str | None] = MappingProxyType({})) -> Path:
    front = {**FRONT, **changed}
    lines = [f"{key}: {value}" for key, value in front.items() if value is not None]
    path = folder / f"{name}.md"
    path.write_text("---\n" + "\n".join(lines) + f"\n---\n\n{body}\n")
    return path


def refusal(path: Path) -> list[str]:
    with pytest.raises(Invalid) as caught:
        read_article(path)
    return [error.pointer for error in caught.value.errors]


def test_a_right_article_is_read_whole(tmp_path: Path) -> None:
    article = read_article(write(tmp_path))
    assert (article.slug, article.title, article.body, article.sources[0].name) == ("cash", "Cash", BODY, "Steward")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", None),
        ("title", "[]"),
        ("slug", "Cash"),
        ("slug", "other-than-the-file"),
        ("region", "Mars"),
        ("source", "[]"),
        ("source", "[{name: A law, url: 'http://example.org'}]"),
        ("source", "[{name: A law, page: 3}]"),
        ("written", "yesterday"),
        ("reviewed", "2026-11-20"),
        ("review_by", "2026-11-21"),
        ("review_by", "2036-11-21"),
        ("tags", "[]"),
        ("asked", "[only one]"),
        ("author", "somebody"),
    ],
)
def test_a_wrong_field_is_refused_by_its_name(tmp_path: Path, field: str, value: str | None) -> None:
    assert refusal(write(tmp_path, changed={field: value})) == [f"cash.md/{field}"]


@pytest.mark.parametrize("body", ["Text without a heading.", "## Empty\n\n## Next\n\nText."])
def test_a_text_without_sections_is_refused(tmp_path: Path, body: str) -> None:
    assert refusal(write(tmp_path, body)) == ["cash.md/text"]


@pytest.mark.parametrize("text", ["no front matter", "---\n- a list\n---\n## A\n\nb", "---\ntitle: [\n---\n## A\n\nb"])
def test_a_file_without_front_matter_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cash.md"
    path.write_text(text)
    assert refusal(path) == ["cash.md/front matter"]


def test_a_corpus_names_the_faults_of_all_its_files(tmp_path: Path) -> None:
    write(tmp_path, changed={"region": "Mars"})
    write(tmp_path, name="bonds", changed={"slug": "bonds", "tags": "[]"})
    with pytest.raises(Invalid, match=r"bonds\.md/tags.*cash\.md/region"):
        read_corpus(tmp_path)
