"""The house rules that a program can hold: sizes, no floats near money, prompts and links that resolve, nothing unfinished or local."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import jinja2
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60
CODE = {".py", ".ts", ".tsx", ".css", ".sql", ".sh", ".js", ".html"}
TEXT = CODE | {".md", ".toml", ".yaml", ".yml", ".json", ".txt", ".j2", ".csv", ""}
SELF = Path("tests/test_tidy.py")
UNFINISHED = re.compile(r"\b(TODO|FIXME|HACK)\b|\bfor now\b|not implemented yet", re.IGNORECASE)
LOCAL = re.compile(r"(?<![\w.])/(?:work|root|opt|home/[a-z]\w*|Users/\w+)/[\w.-]+|\bissue [A-M]\b|\bworking agreement\b")
NOT_MONEY = {"ledger/feeds/csv_evidence.py"}  # weighs how well readings of a column's dates fit; touches no amount
MONEY_FOLDERS = ("ledger/", "risk/", "customers/", "migrations/")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git knows or would add, by its path in the repository."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return tuple(sorted(Path(name) for name in names if name and (ROOT / name).is_file()))


@cache
def read(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")  # banks' files have encodings of their own


def texts(suffixes: set[str]) -> Iterator[Path]:
    for path in tracked():
        if path.suffix in suffixes and path != SELF and path.name != "package-lock.json" and b"\0" not in (ROOT / path).read_bytes()[:1024]:
            yield path


def is_generated(path: Path) -> bool:
    return "generated" in read(path)[:400].lower() and path.parts[:2] == ("web", "ui")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(read(path))


def python_files(*folders: str) -> Iterator[Path]:
    for path in texts({".py"}):
        if not folders or str(path).startswith(folders):
            yield path


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    long = {str(path): lines for path in texts(CODE) if not is_generated(path) and (lines := read(path).count("\n")) > FILE_LINES_MAX}
    assert long == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {}
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES_MAX:
                    long[f"{path}:{node.lineno} {node.name}"] = lines
    assert long == {}


def test_no_float_comes_near_money() -> None:
    found = [f"{path}:{line}" for path in python_files(*MONEY_FOLDERS) if str(path) not in NOT_MONEY for line in _floats(tree(path))]
    assert found == []


def _floats(module: ast.Module) -> Iterator[int]:
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node.lineno
        if isinstance(node, ast.Name) and node.id == "float":
            yield node.lineno


def test_what_is_called_minor_is_never_a_float() -> None:
    found = []
    for path in python_files():
        for node in ast.walk(tree(path)):
            name, annotation = _annotated(node)
            if name.endswith("_minor") and annotation is not None and "float" in ast.unparse(annotation):
                found.append(f"{path}:{getattr(node, 'lineno', 0)} {name}")
    assert found == []


def _annotated(node: ast.AST) -> tuple[str, ast.expr | None]:
    if isinstance(node, ast.arg):
        return node.arg, node.annotation
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id, node.annotation
    return "", None


def test_the_database_keeps_no_floating_point_money() -> None:
    kinds = re.compile(r"_minor\s+(float|real|double precision|numeric|money)\b", re.IGNORECASE)
    assert [str(path) for path in texts({".sql"}) if kinds.search(read(path))] == []


def test_prompts_parse() -> None:
    broken = []
    for path in texts({".md", ".j2", ".yaml", ".yml"}):
        if path.parts[0] != "prompts":
            continue
        try:
            _parse_prompt(path)
        except (yaml.YAMLError, jinja2.TemplateError, AssertionError) as error:
            broken.append(f"{path}: {error}")
    assert broken == []


def _parse_prompt(path: Path) -> None:
    text = read(path)
    if path.suffix in {".yaml", ".yml"}:
        assert yaml.safe_load(text), "is empty"
        return
    front = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    assert front, "has no front matter"
    assert isinstance(yaml.safe_load(front[1]), dict), "has a front matter that is no mapping"
    jinja2.Environment(autoescape=False, extensions=["jinja2.ext.do"]).parse(text[front.end() :])


def test_links_between_documents_resolve() -> None:
    broken = [f"{path}: {target}" for path in texts({".md"}) if path.parts[0] != "prompts" for target in _broken_links(path)]
    assert broken == []


def _broken_links(path: Path) -> Iterator[str]:
    prose = re.sub(r"```.*?```", "", read(path), flags=re.DOTALL)
    for target in re.findall(r"!?\[[^\]]*\]\(([^)\s]+)\)", prose):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = unquote(target).partition("#")
        place = (ROOT / path).parent / file if file else ROOT / path
        if not place.exists() or (anchor and place.suffix == ".md" and anchor not in _anchors(place.read_text())):
            yield target


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+\s+(.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_nothing_is_left_unfinished() -> None:
    assert list(_matches(UNFINISHED, CODE | {".toml", ".yaml", ".yml"})) == []


def test_nothing_names_one_machine() -> None:
    assert list(_matches(LOCAL, TEXT)) == []


def _matches(pattern: re.Pattern[str], suffixes: set[str]) -> Iterator[str]:
    for path in texts(suffixes):
        for number, line in enumerate(read(path).splitlines(), 1):
            if match := pattern.search(line):
                yield f"{path}:{number}: {match[0]}"


def test_every_room_stands_under_the_import_rules() -> None:
    project = tomllib.loads(read(Path("pyproject.toml")))
    outside = {"migrations", "deploy", "tests", "benchmarks", "docs"}
    rooms = {path.parts[0] for path in python_files() if len(path.parts) > 1} - outside
    assert rooms == set(project["tool"]["importlinter"]["root_packages"])


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads(read(Path("pyproject.toml")))["project"]
    wanted = [*project["dependencies"], *(name for extra in project["optional-dependencies"].values() for name in extra)]
    pinned = {line.split("==")[0] for line in read(Path("constraints.txt")).splitlines()}
    assert [name for name in wanted if re.split(r"[<>=;\[ ]", name)[0].lower() not in pinned] == []


@pytest.mark.parametrize("script", [".ci/run"])
def test_scripts_can_be_executed(script: str) -> None:
    assert (ROOT / script).stat().st_mode & 0o111


def test_generated_documents_are_as_the_code_says() -> None:
    from deploy.docs import documents

    assert [str(path) for path, text in documents().items() if not (ROOT / path).exists() or read(path) != text] == []
