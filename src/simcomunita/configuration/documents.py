"""Reading YAML that anybody may have written, with the line of every key.

YAML is read safely and plainly: only mappings, lists, text, numbers, switches (on/off, yes/no,
true/false) and nothing (``~``). Tags that would build objects, merge keys, duplicate keys, aliases that
blow up, deep nesting and large files are refused, each with its line. Three of YAML 1.1's surprises are
left out on purpose: keys are always text (``on:`` is a key, not a switch), dates stay text
(``2016-02-01``), and digits after a leading zero stay text (``017001`` is a code, not an octal number).
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from simcomunita.configuration.problems import ConfigurationError, Problem, Problems, did_you_mean, shown

MOST_BYTES = 1_000_000
MOST_DEPTH = 40
MOST_NODES = 20_000
MOST_DIGITS = 30

KeyPath = tuple[str | int, ...]
"""Where something is inside a document: ``("policies", 0, "from")``."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file: how the user named it, and where it is."""

    shown: str
    path: Path


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, and the key path there."""

    source: Source
    line: int | None
    at: KeyPath = ()


@dataclass(frozen=True)
class Document:
    """What a file says, and where it says it.

    ``places`` holds a place for every key path; paths that are not in it stand where their nearest known
    parent does.
    """

    source: Source
    data: Any
    """Dictionaries with text keys, lists, ``str``, ``int``, ``float``, ``bool`` and ``None``."""
    places: Mapping[KeyPath, Place]
    refused: frozenset[KeyPath] = frozenset()
    """Where values were left out because they could not be read; nothing more needs to be said of them."""

    def place(self, at: KeyPath = ()) -> Place:
        """Return where a key path stands, in its own file (which may be one that this one includes)."""
        for end in range(len(at), -1, -1):
            if at[:end] in self.places:
                place = self.places[at[:end]]
                return Place(place.source, place.line, (*place.at, *at[end:]))
        return Place(self.source, None, at)

    def problem(self, at: KeyPath, message: str) -> Problem:
        """Make a problem of what stands at a key path."""
        place = self.place(at)
        return Problem(place.source.shown, place.line, written(place.at), message)

    def value(self, at: KeyPath) -> Any:
        """Return what stands at a key path, or ``None``."""
        value = self.data
        for step in at:
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value


def written(at: KeyPath) -> str:
    """Write a key path as a user reads it: ``scenarios.eight.policies[0].from``."""
    text = ""
    for step in at:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{_key(step)}" if text else _key(step)
    return text


def _key(name: str) -> str:
    plain = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name[:80])
    return plain if len(name) <= 80 else f"{plain}..."


def read_yaml(source: Source | Path | str, found: Problems | None = None) -> Document:
    """Read one YAML file.

    With ``found``, problems of single values are noted there and the rest of the file is returned, so that
    all that is wrong with it can be told at once.

    Raises
    ------
    ConfigurationError
        With every problem that can be told without knowing what the file is for.
    """
    source = as_source(source)
    return parse_yaml(read_text(source), source, found)


def as_source(source: Source | Path | str) -> Source:
    """Name a file as its path is written, unless it has a name already."""
    return source if isinstance(source, Source) else Source(str(source), Path(source))


def read_text(source: Source | Path | str, most_bytes: int = MOST_BYTES) -> str:
    """Read a regular UTF-8 file of at most ``most_bytes`` bytes.

    Raises
    ------
    ConfigurationError
        If it is missing, a folder or a device, unreadable, too large, binary or in another encoding.
    """
    source = as_source(source)
    raw = _read_bytes(source, most_bytes)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ConfigurationError.of(source.shown, "the file is UTF-16; expected UTF-8; save it again so.")
    if b"\0" in raw:
        raise ConfigurationError.of(source.shown, "this is no text file (it holds zero bytes); expected UTF-8.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = (
            f"byte {raw[error.start]:#04x} is not UTF-8; expected UTF-8 text "
            "(if it was written on Windows, save it again as UTF-8)."
        )
        raise ConfigurationError.of(source.shown, message, line=line) from error


def _read_bytes(source: Source, most_bytes: int) -> bytes:
    try:
        about = source.path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise ConfigurationError.of(source.shown, "this is a folder; expected a file.")
        if not stat.S_ISREG(about.st_mode):
            raise ConfigurationError.of(source.shown, "this is a device or a pipe; expected a file.")
        if about.st_size > most_bytes:
            size = f"{about.st_size / 1e6:.1f} MB"
            raise ConfigurationError.of(source.shown, f"the file has {size}; expected at most {most_bytes / 1e6:g} MB.")
        with source.path.open("rb") as file:
            return file.read(most_bytes)
    except FileNotFoundError as error:
        message = f"there is no such file. {_beside(source.path)}".rstrip()
        raise ConfigurationError.of(source.shown, message) from error
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise ConfigurationError.of(source.shown, f"the file cannot be read: {why}.") from error


def _beside(path: Path) -> str:
    """Say which file beside a missing one was probably meant."""
    try:
        names = sorted(entry.name for entry in os.scandir(path.parent))
    except OSError:
        return ""
    hint = did_you_mean(path.name, names)
    return hint if hint.startswith("Did") else ""


def parse_yaml(text: str, source: Source | Path | str, found: Problems | None = None) -> Document:
    """Read YAML from a text; ``source`` is named in problems, ``found`` as in :func:`read_yaml`.

    Raises
    ------
    ConfigurationError
        See :func:`read_yaml`.
    """
    source = as_source(source)
    loader: _Composer | None = None
    try:
        loader = _Composer(text)
        root = loader.get_single_node()
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = "there is a character that YAML does not allow (a control character); delete it."
        raise ConfigurationError.of(source.shown, message, line=line) from error
    except yaml.MarkedYAMLError as error:
        raise ConfigurationError([_syntax_problem(error, text, source)]) from error
    finally:
        if loader is not None:
            loader.dispose()
    if root is None:
        raise ConfigurationError.of(source.shown, "the file is empty; expected keys and values.")
    construction = _Construction(source)
    data = construction.build(root, ())
    if found is None:
        construction.problems.settle()
    else:
        found.found.extend(construction.problems.found)
    return Document(source, data, construction.places, frozenset(construction.refused))


class _Composer(yaml.SafeLoader):
    """PyYAML's safe composer, with limits to size and to nesting (it would go on until the stack ends)."""

    depth = 0
    nodes = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        self.depth += 1
        self.nodes += 1
        if self.depth > MOST_DEPTH or self.nodes > MOST_NODES:
            mark = self.peek_event().start_mark
            said = _TOO_DEEP if self.depth > MOST_DEPTH else _TOO_MANY
            raise yaml.composer.ComposerError(None, None, said, mark)
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, source: Source) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = None if mark is None else mark.line + 1
    said = error.problem or error.context or "this is no YAML"
    line_text = "" if line is None else (text.splitlines() or [""])[min(line, len(text.splitlines())) - 1]
    if "\\t" in said or "\t" in line_text[: len(line_text) - len(line_text.lstrip())]:
        return Problem(source.shown, line, "", "a tab stands here; YAML is indented with spaces.")
    for part, meaning in _SYNTAX.items():
        if part in said:
            return Problem(source.shown, line, "", meaning)
    return Problem(source.shown, line, "", f"this cannot be read as YAML: {said}.")


_TOO_DEEP = f"more than {MOST_DEPTH} levels of nesting"
_TOO_MANY = f"more than {MOST_NODES:,} values"
_SYNTAX = {
    _TOO_MANY: f"the file holds {_TOO_MANY}; that many are refused.",
    _TOO_DEEP: f"lists and mappings are nested in more than {MOST_DEPTH} levels; that many are refused.",
    "mapping values are not allowed here": "a colon stands where no key can be: the line above may lack its "
    "colon or be indented differently, or a text holds a colon and needs quotes.",
    "could not find expected ':'": 'a colon is missing after a key (expected "key: value").',
    "expected <block end>": "this line is indented differently from the lines it belongs to.",
    "found undefined alias": "this alias (*name) has no anchor (&name) before it.",
    "expected a single document": "there is a second document (---); expected one in a file.",
    "but found another document": "there is a second document (---); expected one in a file.",
    "unexpected end of stream": "a quote or bracket is opened and never closed.",
    "found unexpected end of stream": "a quote is opened and never closed.",
    "expected ',' or ']'": "a list in brackets is not closed, or a comma is missing.",
    "expected ',' or '}'": "a mapping in braces is not closed, or a comma is missing.",
}

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_SWITCHES = {
    spelling: value
    for word, value in {
        "on": True,
        "yes": True,
        "true": True,
        "off": False,
        "no": False,
        "false": False,
    }.items()
    for spelling in (word, word.capitalize(), word.upper())
}
_INT = re.compile(r"[-+]?(0|[1-9][0-9_]*)")
_FLOAT = re.compile(r"[-+]?((0|[1-9][0-9_]*)\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))([eE][-+]?[0-9]{1,4})?")
_SPECIAL = re.compile(r"([-+]?)\.(inf|Inf|INF|nan|NaN|NAN)")


class _Construction:
    """Turns PyYAML's nodes into plain data with places, noting every problem on the way."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.places: dict[KeyPath, Place] = {}
        self.problems = Problems()
        self.refused: set[KeyPath] = set()
        self._open: set[int] = set()
        self._nodes = 0
        self._full = False

    def build(self, node: yaml.Node, at: KeyPath) -> Any:
        self.places.setdefault(at, Place(self.source, node.start_mark.line + 1, at))
        self._nodes += 1
        if self._nodes > MOST_NODES or id(node) in self._open:
            self._refuse_alias(node, at)
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, at)
        allowed = "map" if isinstance(node, yaml.MappingNode) else "seq"
        if not self._tag_is(node, at, allowed):
            return None
        self._open.add(id(node))
        built: Any
        if isinstance(node, yaml.MappingNode):
            built = dict(self._entries(node, at))
        else:
            built = [self.build(item, (*at, i)) for i, item in enumerate(node.value) if not self._full]
        self._open.discard(id(node))
        return built

    def _entries(self, node: yaml.MappingNode, at: KeyPath) -> Iterator[tuple[str, Any]]:
        first: dict[str, int] = {}
        for key, value in node.value:
            if self._full:
                return
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self._tell(line, at, "a key is a list or a mapping; expected a word.")
                continue
            name = str(key.value)
            here = (*at, name)
            if key.tag == "tag:yaml.org,2002:merge" and key.style is None:
                self._note(line, here, "merge keys (<<) are not read; write the keys out, or use include.")
            elif not self._tag_is(key, here, *_PLAIN_TAGS):
                continue
            elif name in first:
                self._note(line, here, f"this key is given twice (first on line {first[name]}); keep one.")
            elif not name:
                self._tell(line, at, "a key is empty; expected a word before the colon.")
            else:
                first[name] = line
                self.places[here] = Place(self.source, line, here)
                yield name, self.build(value, here)

    def _scalar(self, node: yaml.ScalarNode, at: KeyPath) -> Any:
        if not self._tag_is(node, at, *_PLAIN_TAGS):
            return None
        text = str(node.value)
        if node.style is not None or node.tag == "tag:yaml.org,2002:str":
            # Quoted, or text in YAML 1.1 too; 1e3 and the like are numbers for everybody but YAML 1.1.
            plain = node.style is None and _FLOAT.fullmatch(text) is not None
            return float(text.replace("_", "")) if plain else text
        if text in _NULLS:
            return None
        if text in _SWITCHES:
            return _SWITCHES[text]
        if _INT.fullmatch(text):
            if len(text) > MOST_DIGITS:
                self._note(node.start_mark.line + 1, at, f"{len(text)} digits; expected at most {MOST_DIGITS}.")
                return None
            return int(text.replace("_", ""))
        if _FLOAT.fullmatch(text):
            return float(text.replace("_", ""))
        if special := _SPECIAL.fullmatch(text):
            return float(special[1] + special[2])
        return text

    def _tag_is(self, node: yaml.Node, at: KeyPath, *allowed: str) -> bool:
        tag = str(node.tag)
        if tag.removeprefix("tag:yaml.org,2002:") in allowed:
            return True
        said = tag.replace("tag:yaml.org,2002:", "!!")
        self._note(
            node.start_mark.line + 1,
            at,
            f"the tag {shown(said)} is refused: files hold data, nothing that is run or built; remove it.",
        )
        return False

    def _refuse_alias(self, node: yaml.Node, at: KeyPath) -> None:
        if id(node) in self._open:
            message = "this alias (*name) contains itself; write the values out."
            self._note(self.places[at].line, at, message)
        elif not self._full:
            self._full = True
            at = at[:1]  # deeper, the line would be that of the anchor, which is not to blame
            message = f"the file holds {_TOO_MANY} once its aliases are written out."
            self._note(self.places[at].line, at, message)

    def _note(self, line: int | None, at: KeyPath, message: str) -> None:
        self.refused.add(at)
        self._tell(line, at, message)

    def _tell(self, line: int | None, at: KeyPath, message: str) -> None:
        self.problems.add(self.source.shown, line, written(at), message)


_PLAIN_TAGS = ("str", "int", "float", "bool", "null", "timestamp", "value", "merge")
