"""YAML content read strictly: no aliases, tags or repeated keys, a size limit, and a line for every field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # libyaml is an optional part of PyYAML
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_BYTES = 1_000_000
MAX_DEPTH = 20


class ContentError(ValueError):
    """A content file is wrong; says file, line, field and what to do."""

    def __init__(self, *, file: str, line: int, field: str, reason: str) -> None:
        super().__init__(f"{file}, line {line}, {field or 'document'}: {reason}")
        self.file = file
        self.line = line
        self.field = field
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Document:
    """One file read: `value` of plain dicts, lists and scalars; `lines`: field path (`measures[3].cost`) -> line."""

    file: str
    value: Any
    lines: Mapping[str, int]

    def error(self, *, field: str, reason: str) -> ContentError:
        """An error for `field`, with the line of the field or of the nearest field around it."""
        known = field
        while known and known not in self.lines:
            known = known[: max(known.rfind("."), known.rfind("["), 0)]
        return ContentError(file=self.file, line=self.lines.get(known, 1), field=field, reason=reason)


def read_yaml(path: Path, *, max_bytes: int = MAX_BYTES) -> Document:
    """The file at `path` (UTF-8) as a `Document`. Raises `ContentError`; `OSError` when the file cannot be read."""
    with path.open("rb") as stream:
        content = stream.read(max_bytes + 1)
    return parse_yaml(content, file=path.name, max_bytes=max_bytes)


def parse_yaml(content: bytes, *, file: str, max_bytes: int = MAX_BYTES) -> Document:
    """`content` (UTF-8) as a `Document`.

    Raises `ContentError` for more than `max_bytes`, broken YAML, an alias or anchor (they can unfold to any size), an
    explicit tag, nesting deeper than `MAX_DEPTH`, a key that is not text and a key given twice.
    """
    if len(content) > max_bytes:
        raise ContentError(file=file, line=1, field="", reason=f"larger than {max_bytes} bytes; split the file")
    try:
        text = content.decode("utf-8-sig")
        node = _node(text, file=file)
    except UnicodeDecodeError as error:
        raise ContentError(file=file, line=1, field="", reason="is not UTF-8; save it as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise ContentError(file=file, line=line, field="", reason=f"is not valid YAML: {error}") from error
    lines: dict[str, int] = {}
    try:
        value = None if node is None else _construct(node, field="", file=file, lines=lines)
    finally:
        # The loader of scalars would keep every node of every file for ever.
        _SCALARS.constructed_objects.clear()
    return Document(file=file, value=value, lines=lines)


def _node(text: str, *, file: str) -> yaml.Node | None:
    """The document as nodes, once nothing in it is dangerous."""
    _refuse_dangerous_events(text=text, file=file)
    node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    return node


def _refuse_dangerous_events(*, text: str, file: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ContentError(file=file, line=line, field="", reason="aliases and anchors are refused; write it out")
        if tag := getattr(event, "tag", None):
            raise ContentError(file=file, line=line, field="", reason=f"the tag {tag} is refused; remove it")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise ContentError(file=file, line=line, field="", reason=f"nested deeper than {MAX_DEPTH} levels")


def _construct(node: yaml.Node, *, field: str, file: str, lines: dict[str, int]) -> Any:
    lines.setdefault(field, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _construct_mapping(node, field=field, file=file, lines=lines)
    if isinstance(node, yaml.SequenceNode):
        return [
            _construct(item, field=f"{field}[{position}]", file=file, lines=lines)
            for position, item in enumerate(node.value)
        ]
    if reason := _loose(node):
        raise ContentError(file=file, line=lines[field], field=field, reason=reason)
    try:
        return _SCALARS.construct_object(node)
    except (ValueError, yaml.YAMLError) as error:
        raise ContentError(file=file, line=lines[field], field=field, reason=f"cannot be read: {error}") from error


def _loose(node: yaml.Node) -> str:
    """Why the scalar could be read as something else than what is written: yes, on, 010 and 1:30 in YAML 1.1."""
    if node.tag == "tag:yaml.org,2002:bool" and node.value not in ("true", "false"):
        return f"{node.value} could be a text or a truth value; write true or false, or put it in quotes"
    if node.tag == "tag:yaml.org,2002:int" and not re.fullmatch(r"[-+]?(0|[1-9][0-9_]*)", node.value):
        return f"{node.value} is not a plain decimal number; write it so, or put it in quotes"
    if node.tag == "tag:yaml.org,2002:float" and ":" in node.value:
        return f"{node.value} is not a plain decimal number; write it so, or put it in quotes"
    return ""


def _construct_mapping(node: yaml.MappingNode, *, field: str, file: str, lines: dict[str, int]) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode) or key_node.tag != "tag:yaml.org,2002:str":
            raise ContentError(file=file, line=line, field=field, reason="every key must be text; quote it")
        key = key_node.value
        path = f"{field}.{key}" if field else key
        if key in value:
            raise ContentError(file=file, line=line, field=path, reason="is given twice; keep one")
        lines[path] = line
        value[key] = _construct(value_node, field=path, file=file, lines=lines)
    return value


_SCALARS = yaml.SafeLoader("")
