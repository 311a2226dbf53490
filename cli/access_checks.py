"""What ``kiroku check`` looks at of who may see what: ``access.toml``, and the audit log."""

import os
from collections.abc import Iterator

from bot.access.audit import FOLDER
from bot.access.rules import EVERYWHERE, FILE_NAME, Rule, read_rules
from cli.health_checks import Finding, State
from cli.options import Place
from index.errors import KirokuError, SettingError
from index.passage import Collection
from index.settings import Settings
from index.store.opening import holds_index
from index.store.store import Store


def check_access(place: Place) -> Iterator[Finding]:
    """Check that the rules can be read; tell of each collection who sees it."""
    try:
        rules = read_rules(place.data / FILE_NAME)
        held = _collections(place)
    except SettingError as error:
        yield Finding("access", State.FAULT, f"{error}; until then nothing is shown in Slack")
        return
    except KirokuError as error:
        yield Finding("access", State.FAULT, str(error))
        return
    for name, rule in rules.items():
        if rule.names_nobody:
            message = f"[{name}] lets nobody in: name members, groups or users (docs/access.md)"
            yield Finding("access", State.UNSET, message)
        else:
            told = f"{name}: {_who(rule)}; {_where(rule)}{_in_workspaces(rule)}"
            yield Finding("access", State.OK, told)
    for name in held:
        if name not in rules:
            message = f"{name} is seen by nobody in Slack: {FILE_NAME} does not name it"
            yield Finding("access", State.UNSET, message)


def check_audit(settings: Settings) -> Iterator[Finding]:
    """Check that the audit log can be written; nothing is written here."""
    folder = settings.data / FOLDER
    there = folder if folder.exists() else settings.data
    files = list(folder.glob("*.jsonl")) if folder.is_dir() else []
    if not there.is_dir() or not all(os.access(path, os.W_OK) for path in (there, *files)):
        message = f"{folder} cannot be written: let this user write there"
        yield Finding("audit log", State.FAULT, message)
        return
    words = "with" if settings.audit_questions else "without"
    kept = f"kept for {settings.audit_days} days" if settings.audit_days else "kept for ever"
    yield Finding("audit log", State.OK, f"{folder}, {words} the words of questions, {kept}")


def _collections(place: Place) -> list[Collection]:
    if not holds_index(place.index):
        return []
    store = Store.open(place.index)
    try:
        return store.collections()
    finally:
        store.close()


def _who(rule: Rule) -> str:
    named = [
        ("members", rule.members),
        ("guests", rule.guests),
        ("people of other workspaces", rule.external),
        (f"{len(rule.groups)} user group(s)", rule.groups),
        (f"{len(rule.users)} named", rule.users),
    ]
    return ", ".join(text for text, there in named if there)


def _where(rule: Rule) -> str:
    if EVERYWHERE in rule.channels:
        where = "in every channel"
    elif rule.channels:
        where = f"in {len(rule.channels)} channel(s)"
    else:
        return "in direct messages only"
    return where if rule.external else f"{where} that is not shared"


def _in_workspaces(rule: Rule) -> str:
    if rule.workspaces is None:
        return ""
    named = ", ".join(sorted(rule.workspaces))
    return f"; in the workspaces {named} alone" if named else "; in no workspace"
