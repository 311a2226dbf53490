"""``/kiroku follow …``: who follows which topic, and what they are told of it."""

import re
from dataclasses import dataclass
from enum import Enum

from bot.history.topicality import MOST_CHARACTERS
from bot.news.rows import Follow
from bot.news.store import NewsStore
from bot.question.question import understand
from bot.slack.answering.told import Told
from bot.slack.incoming import Incoming, Way
from bot.slack.messages.layout import plain_message
from bot.texts import language_of
from bot.texts.news import NewsWording, news_wording
from index.language.tokens import content_words

MOST_TOPICS = 20
"""Topics that one person can follow."""
_ORDER = re.compile(r"(follow|unfollow)(?:[\s　]+(.*))?", re.IGNORECASE | re.DOTALL)
_QUESTION_MARKS = ("?", "？")


class Do(Enum):
    """What is ordered."""

    LIST = "list"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"


@dataclass(frozen=True, slots=True)
class Order:
    """What a command orders; ``topic`` is empty where it names none."""

    do: Do
    topic: str


def order_in(incoming: Incoming) -> Order | None:
    """Return what a command orders; ``None`` of a question, and of whatever is no command."""
    found = _ORDER.fullmatch(incoming.text.strip())
    if incoming.way is not Way.COMMAND or found is None:
        return None
    topic = " ".join((found[2] or "").split())[:MOST_CHARACTERS]
    if topic.endswith(_QUESTION_MARKS):
        return None
    do = Do(found[1].lower())
    return Order(Do.LIST if do is Do.FOLLOW and not topic else do, topic)


@dataclass(frozen=True, slots=True)
class Orders:
    """Does what is ordered. ``setting`` is the language that is set, ``auto`` where none is."""

    store: NewsStore
    setting: str

    def done(self, incoming: Incoming, spoken: str | None) -> Told | None:
        """Do what a command orders and return what is told of it; ``None`` where it orders nothing.

        ``spoken`` is the language of who orders. Raises :class:`index.errors.StorageError`.
        """
        order = order_in(incoming)
        if order is None:
            return None
        language = language_of(order.topic, self.setting, spoken)
        words = news_wording(language)
        if order.do is Do.LIST:
            return self._list(incoming.user, words)
        if order.do is Do.UNFOLLOW:
            return self._unfollow(incoming.user, order.topic, words)
        return self._follow(Follow(incoming.user, order.topic, language), words)

    def _list(self, user: str, words: NewsWording) -> Told:
        follows = self.store.follows(user)
        lines = [f"・{each.topic}" for each in follows]
        return _told([words.follows, *lines] if lines else [words.follows_none])

    def _unfollow(self, user: str, topic: str, words: NewsWording) -> Told:
        if not topic:
            return _told([words.unfollow_which])
        gone = self.store.unfollow(user, topic)
        return _told([(words.unfollowed if gone else words.not_followed).format(topic=topic)])

    def _follow(self, follow: Follow, words: NewsWording) -> Told:
        held = self.store.follows(follow.user)
        already = any(each.folded == follow.folded for each in held)
        if not content_words(understand(follow.topic).text):
            return _told([words.follow_wordless.format(topic=follow.topic)])
        if not already and len(held) >= MOST_TOPICS:
            return _told([words.follow_most.format(most=MOST_TOPICS)])
        new = self.store.follow(follow)
        line = (words.followed if new else words.followed_already).format(topic=follow.topic)
        return _told([line, words.followed_where.format(topic=follow.topic)])


def _told(lines: list[str]) -> Told:
    return Told(plain_message(*lines), "order")
