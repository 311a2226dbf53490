"""Taking up a question: from the inbox to the reply in Slack, once, and whatever goes wrong.

Three kinds of work follow each other, each on threads of its own (:mod:`bot.slack.pace.workers`):
what the question is about is read from Slack, the reply is made, the reply is posted. Where Slack
takes nothing at present, what is to be done waits without a thread.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from bot.conversation.reading import read_message
from bot.slack.access.gate import Closed
from bot.slack.access.guard import Guard
from bot.slack.buttons import Asking
from bot.slack.edge import FAULT, Edge
from bot.slack.events import about
from bot.slack.inbox import Inbox
from bot.slack.incoming import Incoming, Way
from bot.slack.pace.lanes import Aside, Hold, Then
from bot.slack.pace.workers import Workers
from bot.slack.posting.draft import Again, Draft, Posted, Refused, backoff_s
from bot.slack.posting.in_hand import Ready, Taken
from bot.slack.posting.poster import Poster
from bot.slack.threads.asked import Asked, asked_by
from bot.slack.threads.conversations import Conversations
from bot.slack.trouble import NotNow
from index.errors import StorageError

_STALE_S = 120.0
"""A reply that had to wait longer is made anew: rights and documents may have changed meanwhile."""
_TIDY_S = 15.0

Elsewhere = Callable[[Incoming, int, Callable[[], None]], None]
"""Begins work on what is in the inbox: how often it was taken up before, what is called at its end.
"""


class Desk:
    """Where questions are taken up, by the listeners and again after a failure or a restart.

    ``guard`` says what each may see, and writes down what was shown. What came in another way than
    with a message is begun ``elsewhere``.
    """

    def __init__(  # noqa: PLR0913, PLR0917  a desk is made of these
        self,
        inbox: Inbox,
        poster: Poster,
        conversations: Conversations,
        edge: Edge,
        guard: Guard,
        workers: Workers,
    ) -> None:
        self._inbox = inbox
        self._poster = poster
        self._conversations = conversations
        self._edge = edge
        self._guard = guard
        self._workers = workers
        self.log = self._log = edge.log
        self.elsewhere: dict[Way, Elsewhere] = {}
        self._claims = threading.Lock()
        self._in_hand: set[str] = set()

    def take_up(self, incoming: Incoming, attempts: int = 0) -> None:
        """Hand a question that is in the inbox over to be answered, unless it is in hand already.

        ``attempts`` counts how often it was taken up before; from the second time on the thread is
        looked through first, for the reply may stand there. Raises :class:`StorageError`.
        """
        with self._claims:
            if incoming.key in self._in_hand or not self._inbox.is_waiting(incoming):
                return
            self._in_hand.add(incoming.key)
        begin = self.elsewhere.get(incoming.way)
        if begin is not None:
            begin(incoming, attempts, partial(self._let_go, incoming))
            return
        self._begin(Taken(incoming, attempts, look_first=attempts > 0))

    def take_up_waiting(self, before: float) -> None:
        """Take up what came before that moment (seconds since 1970), is not done, and lies idle."""
        try:
            for waiting in self._inbox.waiting(before):
                if waiting.incoming.key not in self._in_hand:
                    self._inbox.taken_up_again(waiting.incoming)
                    self.take_up(waiting.incoming, waiting.attempts + 1)
        except StorageError as error:
            self._log.error("what is left in the inbox waits: %s", error)

    def _begin(self, taken: Taken) -> None:
        self._workers.reading.put(taken.incoming.key, partial(self._read, taken))

    def _read(self, taken: Taken) -> None:
        """Read what is asked and who may see what, and hand it on; or wait, or end it."""
        incoming = taken.incoming
        with self._held(incoming):
            asked = self._asked(incoming)
            if asked is None:
                self._let_go(incoming)
                return
            if isinstance(asked, NotNow):
                self._wait(taken, asked)
                return
            new = not taken.look_first and asked.instead is None
            working = self._edge.replies.words(asked.text).working if new else None
            over = self._poster.show_status(incoming, working)
            sees = self._guard.gate.sees(asked.user, incoming.channel)
            if sees is Closed.AWAY:
                self._wait(taken, NotNow("a token is refused"))
                return
            closed = sees if isinstance(sees, Closed) else None
            asked = asked if isinstance(sees, Closed) else replace(asked, sees=sees)
            make = partial(self._make, taken, asked, closed, over)
            self._workers.answering.put(incoming.channel, make)

    def _make(
        self, taken: Taken, asked: Asked, closed: Closed | None, over: Callable[[], None]
    ) -> None:
        """Make the reply and hand it on."""
        incoming = taken.incoming
        with self._held(incoming):
            told = self._edge.reply(incoming.key, asked, taken.attempts, closed)
            bad = closed is not None or told.outcome.startswith(FAULT)
            if bad and incoming.way is not Way.EDIT:  # an answer that stands is worth more
                asked = replace(asked, instead=None)
            first, cited = taken.look_first, told.cited
            draft = Draft(incoming, told.message, asked, look_first=first, cited=cited)
            ready = Ready(taken, draft, told, over, time.monotonic())
            self._workers.posting.put(draft.lane, partial(self._post, ready))

    def _post(self, ready: Ready) -> Then:
        """Try to post a reply; say what is next."""
        taken, draft = ready.taken, ready.draft
        with self._held(taken.incoming):
            if time.monotonic() - ready.made_at > _STALE_S:
                self._begin(replace(taken, look_first=draft.look_first))
                return None
            if not self._inbox.is_waiting(taken.incoming):  # its question was deleted meanwhile
                ready.over()
                self._let_go(taken.incoming)
                return None
            result = self._poster.attempt(draft)
            if isinstance(result, Again):
                return self._post_again(ready, result)
            ready.over()
            self._end(ready, result)
            self._let_go(taken.incoming)
        return None

    def _post_again(self, ready: Ready, again: Again) -> Then:
        taken, key = ready.taken, ready.taken.incoming.key
        if again.all_wait:
            taken = self._not_its_fault(taken)
            told = about(key, "waits", again.reason)
            self._log.warning("%s: waits, Slack says %s", key, again.reason, extra=told)
        else:
            self._log.info("%s: not posted yet (%s)", key, again.reason)
        step = partial(self._post, replace(ready, taken=taken, draft=again.draft))
        if again.draft.lane != ready.draft.lane:
            self._workers.posting.put(again.draft.lane, step)
            return None
        return Hold(again.wait, step) if again.all_wait else Aside(again.wait, step)

    def _end(self, ready: Ready, result: Posted | Refused) -> None:
        """Write down what was shown, mark the question as done, and tell who is left without."""
        incoming, asked, told = ready.taken.incoming, ready.draft.asked, ready.told
        # before it is marked: what was shown and is not written down is written at the restart
        stands = isinstance(result, Posted)
        outcome, hits = (told.outcome, told.hits) if stands else ("not_posted", ())
        self._guard.record.write(incoming, asked, outcome, hits, incoming.way)
        if isinstance(result, Posted):
            self._guard.memory.remember(incoming.channel, asked, told, result.ts)
        self._mark(incoming, result, told.outcome)
        if isinstance(result, Refused) and incoming.way is not Way.EDIT:
            line = self._edge.replies.words(asked.text).not_posted
            self._alone(incoming, partial(self._poster.tell_alone, incoming, line))
        elif isinstance(result, Posted) and result.repeated:
            tidy = partial(self._poster.tidy, incoming)
            self._workers.after(_TIDY_S, lambda: self._workers.reading.put(incoming.key, tidy))

    @contextmanager
    def _held(self, incoming: Incoming) -> Iterator[None]:
        """Let a question go where the work on it breaks off: it is taken up again later."""
        whole = False
        try:
            yield
            whole = True
        except StorageError as error:
            self._log.error("%s: waits in the inbox: %s", incoming.key, error)
        finally:
            if not whole:
                self._let_go(incoming)

    def _let_go(self, incoming: Incoming) -> None:
        with self._claims:
            self._in_hand.discard(incoming.key)

    def _asked(self, incoming: Incoming) -> Asked | NotNow | None:
        """Return what is to be answered; ``None`` where nothing is, which is marked as done."""
        ways = {Way.PRESS: self._pressed, Way.EDIT: self._edited}
        asked = ways.get(incoming.way, self._said)(incoming)
        if not isinstance(asked, Asked):
            return asked
        others = self._inbox.others_ask_in(incoming.channel, incoming.root, asked.user)
        return replace(asked, others=others)

    def _said(self, incoming: Incoming) -> Asked | NotNow | None:
        """Return what a message asks, with what was asked before it where it leans on that."""
        reading = read_message(incoming.text)
        if incoming.way is Way.FOLLOW_UP and reading.asks_nothing:
            self._inbox.done(incoming, "asks_nothing")
            return None
        before = self._conversations.asked_before(incoming) if reading.looks_back else ()
        if isinstance(before, NotNow):
            return before
        return replace(asked_by(incoming), before=before)

    def _pressed(self, incoming: Incoming) -> Asked | NotNow | None:
        """Return what is to be asked again."""
        asked = self._conversations.asked_under(incoming)
        if asked is None:
            line = self._edge.replies.words("", incoming.user).gone
            self._alone(incoming, partial(self._poster.tell, incoming, line))
            self._inbox.done(incoming, "gone")
        elif isinstance(asked, Asked) and asked.user != incoming.user:
            # it would change what the asker sees, or answer in their name
            line = self._edge.replies.words(asked.text).not_yours
            self._alone(incoming, partial(self._poster.tell, incoming, line))
            self._inbox.done(incoming, "not_theirs")
            return None
        return asked

    def _edited(self, incoming: Incoming) -> Asked | NotNow | None:
        """Return what an edited question asks now, in the place of its reply."""
        asked = self._conversations.edited(incoming)
        if asked is None:
            if self._inbox.is_open(incoming.channel, incoming.since):
                return NotNow("the reply to what was edited is on its way")
            self._inbox.done(incoming, "gone")
        if not isinstance(asked, Asked) or asked.instead is None:
            return asked
        # the buttons have to differ from those that stood there before
        turn = self._inbox.turns_of(incoming.channel, incoming.since, asked.instead.ts)
        return replace(asked, asking=Asking(turn=turn))

    def _alone(self, incoming: Incoming, tell: Callable[[], None]) -> None:
        self._workers.alone.put(incoming.user, tell)

    def _mark(self, incoming: Incoming, result: Posted | Refused, outcome: str) -> None:
        try:
            if isinstance(result, Posted):
                seconds = self._inbox.done(incoming, outcome, result.ts)
                told = about(incoming.key, "replied", outcome, seconds)
                self._log.info("%s: %s", incoming.key, outcome, extra=told)
            else:
                seconds = self._inbox.done(incoming, f"refused {result.reason}")
                told = about(incoming.key, "refused", result.reason, seconds)
                self._log.error(
                    "%s: Slack refuses the reply: %s", incoming.key, result.reason, extra=told
                )
        except StorageError as error:
            # it stays in the inbox; when taken up again, the reply is found in the thread
            self._log.error("%s: %s, but not marked as done: %s", incoming.key, outcome, error)

    def _wait(self, taken: Taken, result: NotNow) -> None:
        """Read it again after a while."""
        key = taken.incoming.key
        told = about(key, "waits", result.reason)
        self._log.warning("%s: waits, Slack says %s", key, result.reason, extra=told)
        later = replace(self._not_its_fault(taken), tries=taken.tries + 1)
        seconds = max(result.seconds, backoff_s(taken.tries))
        self._workers.after(seconds, lambda: self._begin(later))

    def _not_its_fault(self, taken: Taken) -> Taken:
        """Forget the attempts: it is Slack that does not answer, not the question's fault."""
        if taken.attempts:
            self._inbox.put_back(taken.incoming)
        return replace(taken, attempts=0)
