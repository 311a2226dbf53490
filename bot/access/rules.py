"""The rules of ``access.toml`` in the data folder: to whom each collection is open."""

import re
import threading
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import SettingError
from index.passage import DEFAULT_COLLECTION, Collection

FILE_NAME = "access.toml"
EVERYWHERE = "*"

_IDS = {
    "channels": (re.compile(r"\*|[CG][A-Z0-9]+"), 'a channel\'s id (C… or G…), or "*"'),
    "groups": (re.compile(r"S[A-Z0-9]+"), "a user group's id (S…)"),
    "users": (re.compile(r"[UW][A-Z0-9]+"), "a person's id (U… or W…)"),
    "workspaces": (re.compile(r"T[A-Z0-9]+"), "a workspace's id (T…)"),
}
_FLAGS = ("members", "guests", "external", "model")


@dataclass(frozen=True, slots=True)
class Rule:
    """To whom one collection is open. What is not named is closed.

    ``channels`` are ids, or ``*`` for every channel. ``members`` are the full members of the
    workspace, ``external`` people of other workspaces; ``groups`` and ``users`` name single ones.
    ``model``: whether its text may go to a chat model. ``workspaces`` are those in which the rule
    holds, with its ids; ``None``: the operator's own.
    """

    channels: frozenset[str] = frozenset()
    members: bool = False
    guests: bool = False
    external: bool = False
    groups: frozenset[str] = frozenset()
    users: frozenset[str] = frozenset()
    model: bool = True
    workspaces: frozenset[str] | None = None

    @property
    def names_nobody(self) -> bool:
        """Whether nobody at all is let in."""
        return not (self.members or self.guests or self.external or self.groups or self.users)


Rules = Mapping[Collection, Rule]
"""A rule for each collection; one without a rule is closed to everybody."""

DEFAULT_RULES: Rules = {
    DEFAULT_COLLECTION: Rule(channels=frozenset({EVERYWHERE}), members=True),
}
"""In force where nothing else is said of the default collection."""


def rules_in(rules: Rules, team: str, *, own: bool) -> Rules:
    """Return the rules that hold in a workspace; ``own``: it is the operator's own.

    A channel or a person of another workspace may have any id: so where a rule does not hold, none
    of what it names is looked at.
    """
    return {
        name: rule
        for name, rule in rules.items()
        if (own if rule.workspaces is None else team in rule.workspaces)
    }


def workspaces_named(rules: Rules) -> frozenset[str]:
    """Return the workspaces that any of the rules names."""
    return frozenset().union(*(rule.workspaces or () for rule in rules.values()))


def read_rules(path: Path) -> Rules:
    """Read the rules; a file that is not there stands for the default ones.

    Raises :class:`SettingError`, naming file and key, for whatever is not understood.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return DEFAULT_RULES
    except (OSError, UnicodeDecodeError) as error:
        message = f"{FILE_NAME} cannot be read: save it as UTF-8 text that this user may read"
        raise SettingError(message) from error
    try:
        sections = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"{FILE_NAME} is not TOML ({error}): mend it, docs/access.md has an example"
        raise SettingError(message) from error
    return {**DEFAULT_RULES, **{Collection(k): _rule(k, v) for k, v in sections.items()}}


def _rule(name: str, section: object) -> Rule:
    if not isinstance(section, dict):
        message = f"{FILE_NAME}: {name} stands outside of a section: put it below [COLLECTION]"
        raise SettingError(message)
    known = (*_IDS, *_FLAGS)
    values: dict[str, frozenset[str] | bool] = {}
    for key, value in section.items():
        where = f"{FILE_NAME}: [{name}] {key}"
        if key in _FLAGS:
            if not isinstance(value, bool):
                message = f"{where}: set it to true or false"
                raise SettingError(message)
            values[key] = value
        elif key in _IDS:
            values[key] = _ids(where, key, value)
        else:
            message = f"{where}: there is no such key; the keys are {', '.join(known)}"
            raise SettingError(message)
    return Rule(**values)  # type: ignore[arg-type]  # each key was checked for its kind


def _ids(where: str, key: str, value: object) -> frozenset[str]:
    pattern, what = _IDS[key]
    if not isinstance(value, list):
        message = f"{where}: set it to a list, such as {key} = []"
        raise SettingError(message)
    for each in value:
        if not (isinstance(each, str) and pattern.fullmatch(each)):
            message = f"{where}: {each!r} is not {what}"
            raise SettingError(message)
    return frozenset(value)


@dataclass(slots=True)
class RulesFile:
    """The rules as the file says now: read again when it changes. Use it from any thread."""

    path: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _read: tuple[tuple[int, ...], Rules | SettingError] | None = None

    def rules(self) -> Rules:
        """Return the rules in force. Raises :class:`SettingError` while the file is broken."""
        with self._lock:
            state = self._state()
            if self._read is None or self._read[0] != state:
                self._read = state, self._now()
            found = self._read[1]
        if isinstance(found, SettingError):
            raise found
        return found

    def _now(self) -> Rules | SettingError:
        try:
            return read_rules(self.path)
        except SettingError as error:
            return error

    def _state(self) -> tuple[int, ...]:
        """Return what is another one once the file was written, replaced or removed."""
        try:
            found = self.path.stat()
        except OSError:
            return ()
        return found.st_mtime_ns, found.st_size, found.st_ino, found.st_mode
