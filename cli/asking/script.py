"""One question of a script, read as at the prompt: one reply, as JSON."""

from dataclasses import replace

from bot.answer.answer import Answer, Declined, DeclineReason, Reply
from bot.conversation.reading import Question, Reading, questions_of, read_message
from bot.conversation.talk import Talk
from bot.history.as_answer import as_answer
from bot.history.meetings import History
from bot.question.history_intent import prior_topic
from bot.slack.messages.history import head
from bot.texts import language_of, wording
from cli.asking.talking import Asks, Held, other_years, own_words
from cli.options import Narrowed
from cli.output.json_output import reply_json
from cli.output.json_types import Json


class Script:
    """Replies to one question at a time; what was asked before comes with it."""

    def __init__(self, index: Asks, held: Held, language: str) -> None:
        self._index = index
        self._held = held
        self._language = language

    def reply(self, text: str, narrowed: Narrowed) -> Json:
        """Return what a question is answered with.

        What is said before it and is no question (``narrowed.before``) is passed over. A message
        of several questions is asked as a whole: there is one reply.
        """
        narrowed = replace(narrowed, before=questions_of(narrowed.before))
        reading = read_message(text)
        if not reading.questions:
            return self._to_talk(reading.talk or Talk.HELP, text, narrowed)
        question = _whole(reading, text)
        earlier = () if question.fresh else narrowed.before
        if topic := prior_topic(question.text):
            history = self._index.history(topic, narrowed)
            if history.meetings:
                return _told(history, text, narrowed)
        narrowed = replace(narrowed, before=(*earlier, *question.context))
        return reply_json(replace(self._index.ask(question.text, narrowed), question=text))

    def _to_talk(self, talk: Talk, text: str, narrowed: Narrowed) -> Json:
        language = language_of(text, self._language)
        words = wording(language)
        lines = own_words(talk, self._index, narrowed, self._held, words)
        if lines is None and talk is Talk.OTHER_YEARS:
            history = other_years(self._index, narrowed, narrowed.before)
            if history is not None and history.meetings:
                return _told(history, text, narrowed, talk)
            lines = head(history, words, "") if history is not None else None
        elif lines is None and (last := self._last_told(narrowed)):
            return reply_json(replace(last, question=text), talk=talk)
        message = "\n".join(lines or [words.nothing_before])
        declined = Declined(text, DeclineReason.NOT_COVERED, message, language)
        return reply_json(declined, talk=talk)

    def _last_told(self, narrowed: Narrowed) -> Reply | None:
        """Return the newest answer of a conversation, else the last decline: as Slack does."""
        before, last = narrowed.before, None
        for at in reversed(range(len(before))):
            reply = self._index.ask(before[at], replace(narrowed, before=before[:at]))
            if isinstance(reply, Answer):
                return reply
            last = last or reply
        return last


def _whole(reading: Reading, text: str) -> Question:
    """Return the question of a message, without thanks around it; of several the message itself."""
    return reading.questions[0] if len(reading.questions) == 1 else Question(text)


def _told(history: History, text: str, narrowed: Narrowed, talk: Talk | None = None) -> Json:
    answer = as_answer(history, text, narrowed.filters, narrowed.limit)
    answer = replace(answer, taken_over=history.topic if talk else None)
    return reply_json(answer, talk=talk, history=history)
