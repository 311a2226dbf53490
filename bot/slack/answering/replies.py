"""From what was asked to the message that replies: talk, answers, histories, several at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from bot.answer.answer import Answer, Reply
from bot.answer.at_a_glance import has_more
from bot.conversation.reading import MOST_QUESTIONS, Question, Reading, read_message
from bot.conversation.talk import Talk
from bot.history.meetings import History, hits_of
from bot.history.prior_discussions import ALL_MEETINGS, MOST_MEETINGS
from bot.question.history_intent import prior_topic
from bot.question.leaning import topics_of
from bot.slack.access.gate import Closed
from bot.slack.answering.source import AnswersQuestions, Collections, Shelf
from bot.slack.answering.told import Told, hits_in
from bot.slack.feedback.buttons import with_feedback
from bot.slack.incoming import LONGEST_QUESTION, without_emoji
from bot.slack.messages.cited import as_cited, cited_by, ids_in
from bot.slack.messages.full_text import full_text_message, sources_message
from bot.slack.messages.history import Below, first_shown, history_message
from bot.slack.messages.layout import Message, plain_message
from bot.slack.messages.looked import holdings_of
from bot.slack.messages.reply import Beside, reply_message, to_whom
from bot.slack.messages.several import Answered, several_message
from bot.slack.messages.shortening import shorten_line
from bot.slack.messages.talk import help_lines, talk_lines
from bot.slack.original_page import with_original
from bot.slack.pace.turns import Turns
from bot.slack.threads.asked import BETWEEN, Asked
from bot.texts import Wording, language_of, wording
from bot.texts.private import private_wording

_LONGEST_SHOWN = 120
_MOST_DISCUSSED = 1_000


@dataclass(slots=True)
class Replies:
    """Makes messages. ``answerer`` gives one on the newest generation of some collections.

    It is given those that the question may see, and so is the shelf: nothing else is in reach here.
    Answering uses all of a processor, so one question is answered at a time, and what a button
    shows before others. ``originals``: there is a button for the cited pages; ``staff``: there is
    one that asks the staff in charge; ``timelines``: histories can be drawn.
    """

    answerer: Callable[[Collections], AnswersQuestions]
    shelf: Shelf
    language: str
    originals: bool = False
    staff: bool = False
    timelines: bool = False
    spoken_by: Callable[[str], str | None] = lambda _: None
    """Tells the language of a person, ``ja`` or ``en``, where it is known."""
    _answering: Turns = field(default_factory=Turns)
    _discussed: dict[object, bool] = field(default_factory=dict)

    def to(self, asked: Asked) -> Told:
        """Return the message that replies."""
        reading = read_message(asked.text)
        if reading.talk is not None:
            return self._with_files(self._to_talk(reading.talk, asked), asked)
        if not reading.questions:
            return self._with_files(self._help(asked), asked)
        beside = self._beside(asked, reading)
        part = asked.asking.part
        if part is None and len(reading.questions) > 1:
            return self._to_several(asked, reading.questions, beside)
        question = _meant(reading, part)
        topic = prior_topic(question.text)
        if topic is not None:
            return self._told((topic,), asked, beside)
        found = self._answer(asked, question)
        return self._with_pages(reply_message(found, asked.asking, beside), found, asked)

    def discussed(self, sees: Collections) -> Callable[[str], bool]:
        """Return what tells whether somebody spoke of a matter in the meetings of collections.

        It is looked up once, as long as nothing is changed in these.
        """
        state = (sees, tuple(sorted(self.shelf.generations(sees).items())))

        def is_discussed(topic: str) -> bool:
            if (state, topic) not in self._discussed:
                if len(self._discussed) >= _MOST_DISCUSSED:  # of generations that are gone
                    self._discussed.clear()
                with self._answering.turn():
                    history = self.answerer(sees).history(topic)
                self._discussed[state, topic] = history.is_spoken_of
            return self._discussed[state, topic]

        return is_discussed

    def closed(self, closed: Closed, asked: Asked) -> Told:
        """Return the message where nothing may be seen: one sentence, whatever there is."""
        return Told(plain_message(self.closed_line(closed, asked.text, asked.user)), closed.value)

    def closed_line(self, closed: Closed, text: str, user: str = "") -> str:
        """Return the sentence where nothing may be seen, in the language of ``text``."""
        return closed.line(self.words(text, user))

    def found(self, asked: Asked) -> Reply:
        """Return the reply that a message shows: for what its buttons open."""
        question = _meant(read_message(asked.text), asked.asking.part)
        return self._answer(asked, question, hurried=True)

    def as_cited(self, asked: Asked, now: Reply) -> Reply | None:
        """Return the reply that a button stands under, where ``now`` another would be given.

        Made of the passages that it cited and that still stand as they were; ``None`` of none.
        """
        cited = asked.cited or ""
        with self._answering.turn(hurried=True):
            held = self.answerer(asked.sees).held(ids_in(cited))
        return as_cited(now, cited, held)

    def words(self, text: str, user: str = "") -> Wording:
        """Return our texts in the language that is set, or that of ``text``.

        Where it says nothing in any language, in that of the user.
        """
        return wording(language_of(without_emoji(text), self.language, self.spoken_by(user)))

    def language_at_home(self, user: str) -> str:
        """Return the language of a person's Home tab; ``auto`` where it is not known."""
        return self.language if self.language in {"ja", "en"} else self.spoken_by(user) or "auto"

    def _to_talk(self, talk: Talk, asked: Asked) -> Told:
        if talk is Talk.HELP:
            return self._help(asked)
        words = self.words(asked.text)
        ingested = self.shelf.ingested(asked.sees) if talk is Talk.INDEX else None
        lines = talk_lines(talk, self.shelf.documents(asked.sees), words, ingested)
        if lines is not None:
            return Told(plain_message(*lines), talk.value)
        nothing = Told(plain_message(words.nothing_before), "nothing_before")
        if not asked.before:
            return nothing
        beside = Beside(to=asked.user if asked.others else None)
        if talk in {Talk.MORE, Talk.SOURCE}:
            return self._to_last(talk, asked, beside)
        with self._answering.turn():
            matter = self.answerer(asked.sees).matter(asked.before)
        if matter is None:
            return nothing
        return self._told(topics_of(matter), asked, beside)

    def _help(self, asked: Asked) -> Told:
        documents = self.shelf.documents(asked.sees)
        words = self.words(asked.text, asked.user)
        lines = help_lines(documents, words, self.discussed(asked.sees))
        return Told(plain_message(*lines), "help")

    def _with_files(self, told: Told, asked: Asked) -> Told:
        """Say first that files are not read, where some came with what asks nothing."""
        if not asked.files:
            return told
        line = plain_message(self._files_line(asked))
        blocks = (*line.blocks, *told.message.blocks)
        return replace(told, message=Message(f"{line.text}\n{told.message.text}", blocks))

    def _files_line(self, asked: Asked) -> str:
        return private_wording(
            language_of(without_emoji(asked.text), self.language, self.spoken_by(asked.user))
        ).files_unread

    def _to_last(self, talk: Talk, asked: Asked, beside: Beside) -> Told:
        """Tell more of the last answer, or where its words stand."""
        found = self._last_told(asked)
        line = to_whom(beside.to, wording(found.language))
        if talk is Talk.SOURCE:
            return Told(sources_message(found, line), talk.value, hits_in(found))
        if isinstance(found, Answer) and not has_more(found):
            return Told(plain_message(self.words(asked.text).no_more), "no_more")
        return Told(full_text_message(found, line), talk.value, hits_in(found))

    def _last_told(self, asked: Asked) -> Reply:
        """Return the newest answer in a conversation, or the last decline where there is none."""
        before = asked.before
        with self._answering.turn():
            answerer = self.answerer(asked.sees)
            newest_first = range(len(before) - 1, -1, -1)
            found = (answerer.answer(before[at], before=before[:at]) for at in newest_first)
            last = next(found)
            return next((each for each in chain([last], found) if isinstance(each, Answer)), last)

    def history_under(self, asked: Asked) -> History | None:
        """Return the whole history that a message tells, for what its buttons open.

        ``None`` where none is told any more.
        """
        topic = prior_topic(_meant(read_message(asked.text), asked.asking.part).text)
        if topic is None and asked.before:
            with self._answering.turn(hurried=True):
                topic = self.answerer(asked.sees).matter(asked.before)
            topics = topics_of(topic) if topic else ()
        else:
            topics = (topic,) if topic else ()
        history = self._history(topics, asked, whole=True) if topics else None
        return history if history and history.meetings else None

    def _told(self, topics: Sequence[str], asked: Asked, beside: Beside) -> Told:
        """Tell the prior discussions of the first of these topics that has any."""
        history = self._history(topics, asked)
        line = to_whom(beside.to, wording(history.language))
        below = Below(beside.notes, line, asked.asking, self.timelines)
        hits = hits_of(first_shown(history))
        outcome = "history" if history.meetings else "declined"
        return Told(history_message(history, below), outcome, hits)

    def _history(self, topics: Sequence[str], asked: Asked, *, whole: bool = False) -> History:
        """Return the prior discussions of the first of these topics that has any."""
        most = ALL_MEETINGS if whole else MOST_MEETINGS
        with self._answering.turn(hurried=whole):
            answerer = self.answerer(asked.sees)
            found = (answerer.history(topic, most=most) for topic in topics)
            history = next((each for each in found if each.meetings), None)
            history = history or answerer.history(topics[0])
        return replace(history, language=language_of(without_emoji(asked.text), self.language))

    def _to_several(self, asked: Asked, questions: Sequence[Question], beside: Beside) -> Told:
        answered = [
            Answered(
                question.text,
                self._answer(asked, question),
                replace(asked.asking, part=part),
            )
            for part, question in enumerate(questions)
        ]
        message = several_message(answered, beside)
        if self.originals:
            for each in answered:
                message = with_original(message, each.reply, each.asking)
        told = any(isinstance(each.reply, Answer) for each in answered)
        hits = tuple(hit for each in answered for hit in hits_in(each.reply))
        cited = BETWEEN.join(cited_by(each.reply) for each in answered)
        found = tuple(each.reply for each in answered)
        message = with_feedback(message, found, asked.asking, staff=self.staff)
        return Told(message, "answered" if told else "declined", hits, found, cited)

    def _with_pages(self, message: Message, found: Reply, asked: Asked) -> Told:
        if self.originals:
            message = with_original(message, found, asked.asking)
        message = with_feedback(message, (found,), asked.asking, staff=self.staff)
        outcome = "answered" if isinstance(found, Answer) else "declined"
        return Told(message, outcome, hits_in(found), (found,), cited_by(found))

    def _answer(self, asked: Asked, question: Question, *, hurried: bool = False) -> Reply:
        how = asked.asking
        alone = how.alone or question.fresh
        before = () if alone else (*asked.before, *question.context)
        with self._answering.turn(hurried=hurried):
            return self.answerer(asked.sees).answer(
                question.text, how.filters, narrow=how.narrow, before=before
            )

    def _beside(self, asked: Asked, reading: Reading) -> Beside:
        words = self.words(asked.text)
        notes: list[str] = []
        if reading.found_in and len(reading.questions) == 1:
            shown = shorten_line(reading.questions[0].text, _LONGEST_SHOWN)
            notes.append(words.found_in.format(question=shown))
        elif asked.cut:
            notes.append(words.cut_question.format(length=LONGEST_QUESTION))
        if reading.left:
            notes.append(words.questions_left.format(most=MOST_QUESTIONS, count=reading.left))
        if asked.files:
            notes.append(self._files_line(asked))
        holdings = holdings_of(self.shelf.documents(asked.sees))
        return Beside(tuple(notes), holdings, asked.user if asked.others else None)


def _meant(reading: Reading, part: int | None) -> Question:
    """Return the question that a button belongs to; of a message without any, nothing."""
    if part is not None and 0 <= part < len(reading.questions):
        return reading.questions[part]
    return reading.questions[0] if reading.questions else Question("")
