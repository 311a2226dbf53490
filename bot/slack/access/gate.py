"""The gate: every question, button and view passes it, each time anew."""

import logging
from dataclasses import dataclass
from enum import Enum

from bot.access.rules import Rules, RulesFile, rules_in
from bot.access.visible import shown_in, visible
from bot.slack.access.directory import Directory, UncheckedError
from bot.texts import Wording
from index.errors import SettingError
from index.passage import Collection


class Closed(Enum):
    """Why nothing is to be seen."""

    NOTHING = "refused"
    """There is nothing for this asker."""
    NOT_HERE = "refused_here"
    """There is nothing in this channel; alone with the bot there would be."""
    UNCHECKED = "unchecked"
    """It cannot be told at present."""
    AWAY = "away"
    """It cannot be told, and could not be said either: Slack refuses the bot's token."""

    def line(self, words: Wording) -> str:
        """Return the sentence that says so: the same whatever there is."""
        lines = {Closed.NOTHING: words.refused, Closed.NOT_HERE: words.refused_here}
        return lines.get(self, words.unchecked)


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets through to what may be seen; whatever fails on the way there closes it.

    ``own``: the workspace is the operator's own, in which rules hold that name none.
    """

    file: RulesFile
    directory: Directory
    log: logging.Logger
    own: bool

    @property
    def team(self) -> str:
        """The workspace that members are members of."""
        return self.directory.team

    def rules(self) -> Rules:
        """Return the rules that hold in the workspace. Raises :class:`SettingError`."""
        return rules_in(self.file.rules(), self.team, own=self.own)

    def sees(self, user: str, channel: str) -> frozenset[Collection] | Closed:
        """Return the collections that a person may see in a channel, one at least, or why none."""
        try:
            rules = self.rules()
            found = self._visible(rules, user, channel)
            if found:
                return found
            alone = self._visible(rules, user, f"D{user}")
        except (SettingError, UncheckedError) as error:
            self.log.error("nothing is shown, as rights cannot be checked: %s", error)  # noqa: TRY400  the message says it all
            away = isinstance(error, UncheckedError) and error.token_refused
            return Closed.AWAY if away else Closed.UNCHECKED
        return Closed.NOT_HERE if alone else Closed.NOTHING

    def shows_in(self, channel: str) -> frozenset[Collection] | Closed:
        """Return the collections of which a channel may be told unasked, or why none."""
        try:
            place = self.directory.channel(channel)
            found = shown_in(self.rules(), place) if place else frozenset[Collection]()
        except (SettingError, UncheckedError) as error:
            self.log.error("nothing is told, as rights cannot be checked: %s", error)  # noqa: TRY400  the message says it all
            return Closed.UNCHECKED
        return found or Closed.NOTHING

    def _visible(self, rules: Rules, user: str, channel: str) -> frozenset[Collection]:
        asker, place = self.directory.asker(user), self.directory.channel(channel)
        return visible(rules, asker, place, self.directory.in_group)
