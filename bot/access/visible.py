"""The one decision: what a question may see, by its channel and its asker. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from bot.access.rules import EVERYWHERE, Rule, Rules
from index.passage import Collection


class Standing(Enum):
    """What a person is in the workspace of the bot."""

    MEMBER = "member"
    GUEST = "guest"
    EXTERNAL = "external"
    """Of another workspace, by Slack Connect or within one enterprise."""
    UNKNOWN = "unknown"
    """Deactivated, another app, or nobody that Slack knows: sees nothing, even if named."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks."""

    user: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Channel:
    """Where it is asked. ``shared``: people of other workspaces read along, or may soon.

    ``members`` are all who read along in a direct message among several, where these alone count;
    ``None`` in a channel.
    """

    id: str
    shared: bool
    members: tuple[Asker, ...] | None = None


InGroup = Callable[[str, str], bool]
"""Tells whether a user group has a person in it: asked only where that decides."""


def visible(
    rules: Rules, asker: Asker, channel: Channel | None, in_group: InGroup
) -> frozenset[Collection]:
    """Return the collections that both the channel and the asker may see.

    ``channel`` is ``None`` in a direct message, where the asker alone counts. In one among several
    it is what each of them may see alone: nothing, where one is not known or is another app.
    """
    return frozenset(_open_to(rules, asker, channel, in_group))


def shown_in(rules: Rules, channel: Channel) -> frozenset[Collection]:
    """Return the collections of which a channel may be told unasked.

    All who are in it read that. So ``*`` counts only where members of the workspace are let in
    anyway; a channel that is named itself is meant. A direct message among several is no channel.
    """
    if channel.members is not None:
        return frozenset()
    return frozenset(
        name
        for name, rule in rules.items()
        if _channel_sees(rule, channel)
        and not rule.names_nobody
        and (rule.members or channel.id in rule.channels)
    )


def _open_to(
    rules: Rules, asker: Asker, channel: Channel | None, in_group: InGroup
) -> Iterator[Collection]:
    if asker.standing is Standing.UNKNOWN:
        return
    for name, rule in rules.items():
        if _asker_sees(rule, asker, in_group) and _place_sees(rule, asker, channel, in_group):
            yield name


def _place_sees(rule: Rule, asker: Asker, channel: Channel | None, in_group: InGroup) -> bool:
    if channel is None:
        return True
    if channel.members is None:
        return _channel_sees(rule, channel)
    if asker not in channel.members or (channel.shared and not rule.external):
        return False
    return all(
        each.standing is not Standing.UNKNOWN and _asker_sees(rule, each, in_group)
        for each in channel.members
    )


def _channel_sees(rule: Rule, channel: Channel) -> bool:
    """Tell whether what is said in a channel may be of a collection.

    In a shared one strangers read every answer, so it has to be open to them, also where the
    channel is named: it may have been shared after that.
    """
    if channel.shared and not rule.external:
        return False
    return EVERYWHERE in rule.channels or channel.id in rule.channels


def _asker_sees(rule: Rule, asker: Asker, in_group: InGroup) -> bool:
    by_standing = {
        Standing.MEMBER: rule.members,
        Standing.GUEST: rule.guests,
        Standing.EXTERNAL: rule.external,
    }
    return (
        by_standing.get(asker.standing, False)
        or asker.user in rule.users
        or any(in_group(group, asker.user) for group in sorted(rule.groups))
    )
