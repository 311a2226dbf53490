"""The parts of the bot, each made of the others, and hung on the app."""

from dataclasses import dataclass, field

from slack_bolt import App
from slack_sdk import WebClient

from bot.access.audit import AuditLog
from bot.access.rules import FILE_NAME, RulesFile
from bot.feedback.store import FeedbackStore
from bot.news.store import NewsStore
from bot.slack.access.directory import Directory
from bot.slack.access.gate import Gate
from bot.slack.access.guard import Guard
from bot.slack.access.record import Record
from bot.slack.access.shown import ShownUnder
from bot.slack.button_views import ButtonViews
from bot.slack.commands.delivery import Delivery
from bot.slack.commands.listeners import PrivateListeners
from bot.slack.commands.private_answers import PrivateAnswers
from bot.slack.commands.private_buttons import PrivateButtons
from bot.slack.desk import Desk
from bot.slack.edge import Edge
from bot.slack.edits.edits import Edits
from bot.slack.edits.withdrawals import Withdrawals
from bot.slack.feedback.ask_channel import AskChannel
from bot.slack.feedback.listeners import FeedbackListeners
from bot.slack.feedback.memory import ReplyMemory
from bot.slack.feedback.under import UnderButton
from bot.slack.feedback.votes import Votes
from bot.slack.hints import Hints
from bot.slack.histories.listeners import HistoryListeners
from bot.slack.histories.views import HistoryViews
from bot.slack.home_tab import HomeTab
from bot.slack.inbox import Inbox
from bot.slack.incoming import Way
from bot.slack.listeners import Listeners
from bot.slack.news.looking import Looking
from bot.slack.news.making import Making as NewsMaking
from bot.slack.news.newsroom import Newsroom
from bot.slack.news.orders import Orders
from bot.slack.news.sending import Sender
from bot.slack.original_page import Drawn, OriginalPages
from bot.slack.pace.workers import Workers
from bot.slack.posting.files import FileSender
from bot.slack.posting.poster import Poster
from bot.slack.threads.conversations import Conversations
from bot.slack.threads.follow_ups import FollowUps
from bot.slack.threads.read import Identity
from bot.slack.threads.speakers import Speakers
from index.errors import SettingError
from index.settings import Settings


@dataclass(slots=True)
class Making:
    """What the parts of the bot in a workspace are made from, once it is signed in there.

    ``own``: rules of ``access.toml`` that name no workspace hold in it.
    """

    settings: Settings
    inbox: Inbox
    store: FeedbackStore
    news: NewsStore
    client: WebClient
    identity: Identity
    edge: Edge
    workers: Workers
    own: bool
    poster: Poster = field(init=False)
    conversations: Conversations = field(init=False)
    guard: Guard = field(init=False)

    def __post_init__(self) -> None:
        """Make what several others are made of."""
        self.poster = Poster(self.client, self.identity, self.edge.log)
        self.conversations = Conversations(self.client, self.identity, self.edge.log)
        self.guard = self._made_guard()

    def registered(self, app: App, drawn: Drawn | None) -> Listeners:
        """Hang all listeners on the app; return those of questions, which take all that is left."""
        language, log = self.settings.language, self.edge.log
        listeners = self.listeners(drawn)
        hints = Hints(self.client, self.identity, self.workers, language, log)
        self.feedback(listeners.desk).register(app)
        self.histories().register(app)
        self.private(listeners.desk, drawn).register(app)
        app.middleware(self.edits(listeners).write_down)
        app.middleware(hints.overhear)
        listeners.register(app)
        return listeners

    def listeners(self, drawn: Drawn | None) -> Listeners:
        """Return the listeners, with all that they hand over to."""
        inbox, edge, workers, log = self.inbox, self.edge, self.workers, self.edge.log
        desk = Desk(inbox, self.poster, self.conversations, edge, self.guard, workers)
        views = ButtonViews(self.poster, self.conversations, edge, self.guard, workers)
        views.originals = OriginalPages(FileSender(self.client, log), drawn) if drawn else None
        speakers = Speakers(inbox.file)
        follow_ups = FollowUps(inbox, speakers, self.conversations, workers, desk.take_up, log)
        home = HomeTab(self.poster, self.conversations, edge, self.guard, self.store, workers)
        return Listeners(follow_ups, desk, views, home, self.identity, log)

    def private(self, desk: Desk, drawn: Drawn | None) -> PrivateListeners:
        """Return what hears of what is asked in private."""
        edge, guard, workers, log = self.edge, self.guard, self.workers, self.edge.log
        delivery = Delivery(self.client, self.inbox, log)
        answers = PrivateAnswers(self.inbox, edge, guard, workers, delivery)
        buttons = PrivateButtons(self.poster, edge, guard, workers, delivery)
        buttons.originals = OriginalPages(FileSender(self.client, log), drawn) if drawn else None
        answers.orders = Orders(self.news, self.settings.language)
        desk.elsewhere |= {way: answers.begin for way in Way if way.is_private}
        return PrivateListeners(answers, buttons, desk, self.identity, self.settings.language)

    def newsroom(self) -> Newsroom:
        """Return what tells of what is new."""
        replies, workers, log = self.edge.replies, self.workers, self.edge.log
        gate, channel = self.guard.gate, self.settings.report_channel
        looking = Looking(
            gate.rules,
            replies.shelf,
            replies.answerer,
            self.news,
            workers,
            channel,
            self.settings.language,
            log,
        )
        making = NewsMaking(gate, replies.shelf, replies.answerer)
        sender = Sender(self.client, self.identity, self.news, log)
        return Newsroom(looking, making, sender, self.news, self.guard.record, workers, log)

    def edits(self, listeners: Listeners) -> Edits:
        """Return what hears of edited and deleted questions."""
        inbox, log, language = self.inbox, self.edge.log, self.settings.language
        withdrawals = Withdrawals(self.client, self.identity, inbox, self.workers, language, log)
        listeners.desk.elsewhere[Way.DELETION] = withdrawals.begin
        return Edits(inbox, listeners.follow_ups, self.identity, log)

    def histories(self) -> HistoryListeners:
        """Return what hears of the buttons under a history."""
        shown = ShownUnder(self.conversations, self.edge, self.guard)
        sender = FileSender(self.client, self.edge.log)
        return HistoryListeners(HistoryViews(shown, self.poster, sender, self.workers))

    def feedback(self, desk: Desk) -> FeedbackListeners:
        """Return what hears of feedback."""
        log, staff = self.edge.log, None
        under = UnderButton(self.conversations, self.guard, self.store)
        votes = Votes(under, self.store, self.poster, log)
        if self.settings.ask_channel is not None:
            staff = AskChannel(
                self.settings.ask_channel,
                self.client,
                under,
                self.store,
                self.poster,
                self.edge.replies,
                self.guard,
                log,
            )
        listeners = FeedbackListeners(votes, staff, self.inbox, desk, self.workers)
        desk.elsewhere[Way.FEEDBACK] = listeners.begin
        return listeners

    def _made_guard(self) -> Guard:
        """Return what lets through and writes down; rules that are broken are told of at once."""
        settings, log = self.settings, self.edge.log
        generations, team = self.edge.replies.shelf.generations, self.identity.team
        file = RulesFile(settings.data / FILE_NAME)
        try:
            file.rules()
        except SettingError as error:
            log.error("until this is mended, nothing is shown to anybody: %s", error)  # noqa: TRY400  the message says it all
        audit = AuditLog(settings.data, settings.audit_questions, settings.audit_days)
        directory = Directory(self.client, team, log, self.identity.user)
        self.edge.replies.spoken_by = directory.language
        gate = Gate(file, directory, log, self.own)
        if not settings.declined_questions:  # nor those that were kept before
            self.store.forget_declined()
        memory = ReplyMemory(self.store, generations, settings.declined_questions, log)
        return Guard(gate, Record(audit, team, generations, log), memory)
