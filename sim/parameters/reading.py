"""Reads a YAML file given by a user: plain data only, every key text, nothing written twice.

Refused with a Fault: a missing, empty or too large file, tags (they can build objects), aliases
(they can multiply a small file), deep nesting, keys that are not text (a department code read as
a number), keys written twice, numbers in notations that surprise (010, 1:30). Texts come `cleaned`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from sim.errors import Fault, InputError
from sim.files import is_there
from sim.plain_text import cleaned

MOST_BYTES = 1_000_000
MOST_NESTING = 30
DATED_KEY = "dated"
_SURPRISING_NUMBER = re.compile(r"[-+]?0[0-9_]+$|.*[0-9]:[0-9]|.*[0-9]_[0-9]")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN: Any = yaml.SafeLoader("")
_BUILDERS: dict[str, Callable[[yaml.Node], object]] = {
    "tag:yaml.org,2002:null": _PLAIN.construct_yaml_null,
    "tag:yaml.org,2002:bool": _PLAIN.construct_yaml_bool,
    "tag:yaml.org,2002:int": _PLAIN.construct_yaml_int,
    "tag:yaml.org,2002:float": _PLAIN.construct_yaml_float,
    "tag:yaml.org,2002:timestamp": _PLAIN.construct_yaml_timestamp,
}


def read_yaml(path: Path, shown_as: str | None = None) -> dict[str, object]:
    """The top-level mapping of a YAML file; raises one InputError with all faults found.

    ``shown_as`` is the name of the file in messages (default: its path).
    """
    name = shown_as or str(path)
    if not is_there(path) or not path.is_file():
        raise InputError([Fault(name, "", "no such file (or a folder)", "a YAML file that exists")])
    size = path.stat().st_size
    if size > MOST_BYTES:
        accepted = f"a file of at most {MOST_BYTES:,} bytes"
        raise InputError([Fault(name, "", f"{size:,} bytes", accepted)])
    try:
        content = path.read_bytes()
    except OSError as error:
        found = f"a file that cannot be read ({error.strerror})"
        raise InputError([Fault(name, "", found, "a readable YAML file")]) from None
    return parse_yaml(content, name)


def parse_yaml(content: bytes | str, name: str) -> dict[str, object]:
    """The top-level mapping of YAML text; ``name`` stands for the file in messages."""
    accepted_file = "a YAML file with keys and values"
    if len(content) > MOST_BYTES:
        accepted = f"a file of at most {MOST_BYTES:,} bytes"
        raise InputError([Fault(name, "", f"{len(content):,} bytes", accepted)])
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        text.encode("utf-8")  # halves of characters, which YAML's reader cannot take
    except UnicodeError:
        fault = Fault(name, "", "bytes that are not UTF-8 text", "a text file in UTF-8")
        raise InputError([fault]) from None
    try:
        faults = _event_faults(text, name)
        if faults:
            raise InputError(faults)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise InputError([_syntax_fault(error, name)]) from None
    if root is None:
        raise InputError([Fault(name, "", "an empty file", accepted_file)])
    if not isinstance(root, yaml.MappingNode):
        raise InputError([Fault(name, "", "no keys at the top level", accepted_file)])
    reader = _Reader(name)
    tree = reader.mapping(root, "")
    if reader.faults:
        raise InputError(reader.faults)
    if not tree:
        raise InputError([Fault(name, "", "an empty file", accepted_file)])
    return tree


def _syntax_fault(error: yaml.YAMLError, name: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "text that is not YAML"
    where = "" if mark is None else f"line {mark.line + 1}"
    return Fault(name, where, str(problem), "valid YAML (indent with spaces, 'key: value')")


def _event_faults(text: str, name: str) -> list[Fault]:
    """Faults that must be known before anything is built from the text."""
    faults: list[Fault] = []
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        where = f"line {event.start_mark.line + 1}" if event.start_mark else ""
        if isinstance(event, yaml.AliasEvent):
            faults.append(Fault(name, where, f"the alias *{event.anchor}", "the value in full"))
        elif tag := getattr(event, "tag", None):
            found = f"the tag {tag}, which asks to build an object"
            faults.append(Fault(name, where, found, "plain text, numbers, dates, lists, keys"))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MOST_NESTING:
                found = f"more than {MOST_NESTING} levels"
                return [*faults, Fault(name, where, found, f"at most {MOST_NESTING} levels")]
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return faults


class _Reader:
    """Turns nodes into plain data and collects the faults it meets."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []

    def mapping(self, node: yaml.MappingNode, path: str) -> dict[str, object]:
        result: dict[str, object] = {}
        first_line: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node, path)
            if key is None:
                continue
            line = key_node.start_mark.line + 1
            where = f"{path}.{key}" if path else key
            if key in result:
                found = f"the key twice (lines {first_line[key]} and {line})"
                self.faults.append(Fault(self.name, where, found, "each key once"))
                continue
            first_line[key] = line
            result[key] = self._any(value_node, where)
        return result

    def _key(self, node: yaml.Node, path: str) -> str | None:
        where = path or f"line {node.start_mark.line + 1}"
        if not isinstance(node, yaml.ScalarNode):
            self.faults.append(Fault(self.name, where, "a key that is a list or a block", "text"))
            return None
        key = self._scalar(node, where)
        if isinstance(key, str):
            return key
        if isinstance(key, date) and path.rpartition(".")[2] == DATED_KEY:
            return key.isoformat()
        kind = "date" if isinstance(key, date) else type(key).__name__
        found = f"the key {node.value} (line {node.start_mark.line + 1}), read as a {kind}"
        self.faults.append(Fault(self.name, where, found, f'text between quotes: "{node.value}"'))
        return None

    def _any(self, node: yaml.Node, path: str) -> object:
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._any(item, f"{path}[{i}]") for i, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _scalar(self, node: yaml.Node, path: str) -> object:
        is_number = node.tag in ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
        if is_number and _SURPRISING_NUMBER.match(node.value):
            accepted = "an ordinary decimal number, or text between quotes"
            self.faults.append(Fault(self.name, path, node.value, accepted))
            return None
        build = _BUILDERS.get(node.tag)
        if build is None:
            return cleaned(str(node.value))
        try:
            value = build(node)
        except (ValueError, OverflowError, yaml.YAMLError):
            accepted = "a number or a date that exists"
            self.faults.append(Fault(self.name, path, str(node.value), accepted))
            return None
        if isinstance(value, datetime):
            self.faults.append(Fault(self.name, path, str(node.value), "a date without a time"))
            return None
        return value
