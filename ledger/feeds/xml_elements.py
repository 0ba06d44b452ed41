"""XML as a stream of elements, safe against what XML can do: a document type, and with it every entity of its own, is refused.

Nothing is fetched and nothing expanded: expat knows the five entities of XML and no others once there is no document type.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from functools import cache
from typing import Any
from xml.parsers import expat

from kit.errors import FieldError, Invalid

DEPTH_MAX = 64
_CHUNK = 1 << 20


@cache
def _names_of(path: str) -> tuple[str, ...]:
    return tuple(path.split("/"))


class Element:
    """An element with its children, its own text, and the line where it begins if it is an outermost one."""

    __slots__ = ("attributes", "children", "line", "name", "text")

    def __init__(self, name: str, line: int, attributes: dict[str, str]) -> None:
        self.name = name
        self.line = line
        self.attributes = attributes
        self.text = ""
        self.children: list[Element] = []

    def all(self, name: str) -> list[Element]:
        return [child for child in self.children if child.name == name]

    def find(self, path: str) -> Element | None:
        """The first element at a path like `Acct/Id/IBAN`."""
        found: Element = self
        for name in _names_of(path):
            for child in found.children:
                if child.name == name:
                    found = child
                    break
            else:
                return None
        return found

    def value(self, path: str) -> str:
        """The text at a path; empty where there is none."""
        found = self.find(path)
        return "" if found is None else found.text.strip()


def read_elements(content: bytes, wanted: Container[str], begun: Callable[[str, int], None], take: Callable[[Element], None]) -> int | None:
    """Calls `begun` for each element's name on the way down and `take` with each wanted element, whole, in the order of the file.

    Gives the line where a broken or truncated file stops being XML, None for a whole one. Raises Invalid for one with a document type.
    """
    build = _Build(wanted, begun, take)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    build.parser = parser
    parser.StartElementHandler = build.start
    parser.EndElementHandler = build.stop
    parser.CharacterDataHandler = build.words
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.EntityDeclHandler = _refuse_document_type
    try:
        for start in range(0, len(content), _CHUNK):
            parser.Parse(content[start : start + _CHUNK], False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        return parser.ErrorLineNumber
    except (LookupError, ValueError) as error:  # an encoding that Python does not know, or of several bytes
        raise Invalid("file_is_not_xml", f"the file's encoding cannot be read: {error}"[:200], [FieldError("/file", "encoding")]) from None
    return None


def _refuse_document_type(*_: Any) -> None:
    raise Invalid("file_has_a_document_type", "the file declares a document type or entities; a bank's file needs none", _AT_FILE)


_AT_FILE = [FieldError("/file", "document type")]


class _Build:
    """Builds wanted elements only; everything outside them is passed by. Only the outermost needs its line."""

    parser: Any

    def __init__(self, wanted: Container[str], begun: Callable[[str, int], None], take: Callable[[Element], None]) -> None:
        self._wanted, self._begun, self._take = wanted, begun, take
        self._names: dict[str, str] = {}  # with prefix to without
        self._open: list[Element] = []
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEPTH_MAX:
            detail = f"the file's elements are nested more than {DEPTH_MAX} deep"
            raise Invalid("file_is_too_deep", detail, [FieldError("/file", "too deep")])
        plain = self._names.get(name)
        if plain is None:
            plain = self._names[name] = name.rpartition(":")[2]
        if self._open:
            element = Element(plain, 0, attributes)
            self._open[-1].children.append(element)
            self._open.append(element)
        elif plain in self._wanted:
            self._open.append(Element(plain, self.parser.CurrentLineNumber, attributes))
        else:
            self._begun(plain, self.parser.CurrentLineNumber)

    def stop(self, _name: str) -> None:
        self._depth -= 1
        if self._open:
            element = self._open.pop()
            if not self._open:
                self._take(element)

    def words(self, text: str) -> None:
        if self._open:
            self._open[-1].text += text
