"""Loads `prompts/<language>`: every word that the assistant says. Templates are Jinja, sandboxed, and see only what they are given.

A template is a Markdown file with YAML front matter (name, version, language, purpose). `parts/` holds macros, `words.yaml` short words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jinja2 import DictLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

PROMPTS = Path(__file__).resolve().parent.parent / "prompts"
_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_FRONT_KEYS = {"name", "version", "language", "purpose"}


class PromptIsMalformed(ValueError):
    """A prompt without its front matter."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The templates of one language, and the hash of all of them."""

    language: str
    words: Mapping[str, Any]
    templates: Mapping[str, str]
    sha256: str
    environment: ImmutableSandboxedEnvironment

    @classmethod
    def load(cls, language: str = "en", folder: Path = PROMPTS) -> Wording:
        root = folder / language
        templates, digest = {}, hashlib.sha256()
        for path in sorted(root.rglob("*.md")):
            name = path.relative_to(root).with_suffix("").as_posix()
            text = path.read_text(encoding="utf-8")
            templates[name] = _body(text, name)
            digest.update(f"{name}\0{text}\0".encode())
        raw = (root / "words.yaml").read_text(encoding="utf-8")
        digest.update(raw.encode())
        environment = ImmutableSandboxedEnvironment(
            loader=DictLoader(templates), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
        )
        environment.policies["json.dumps_kwargs"] = {}  # columns stay in the order in which a template names them
        environment.filters["cap"] = _capitalised
        for name in templates:
            environment.get_template(name)  # compiled now, not in the first turn that needs it
        return cls(language, yaml.safe_load(raw), templates, digest.hexdigest(), environment)

    def has(self, name: str) -> bool:
        return name in self.templates

    def speak(self, name: str, /, **context: Any) -> str:
        """The template's text: one line for each paragraph and block, blank lines between them."""
        parts: list[str] = [""]
        for line in self.environment.get_template(name).render(**context).splitlines():
            if line.startswith("::"):
                parts += [line, ""]
            elif line.strip():
                parts[-1] += f" {line}"
            else:
                parts.append("")
        return "\n\n".join(part if part.startswith("::") else _tidied(part) for part in parts if part.strip())

    def raw(self, name: str, /, **context: Any) -> str:
        """The template's text line by line as it stands, for prompts that nobody reads aloud."""
        return self.environment.get_template(name).render(**context).strip()


def _body(text: str, name: str) -> str:
    match = _FRONT.match(text)
    front = yaml.safe_load(match[1]) if match else None
    if match is None or not isinstance(front, dict) or not front.keys() >= _FRONT_KEYS or front["name"] != name:
        raise PromptIsMalformed(f"{name}: needs front matter with {', '.join(sorted(_FRONT_KEYS))}, name = {name}")
    return match[2]


def _tidied(line: str) -> str:
    """Single blanks, and none before a full stop: where a subject or a period was empty."""
    return re.sub(r" +([.,;:?])(?=\s|$)", r"\1", " ".join(line.split()))


def _capitalised(text: str) -> str:
    """The first letter large: of a sentence that may begin with a name or a figure."""
    text = text.strip()
    return text[:1].upper() + text[1:]
