"""What monitoring reads at ``/metrics``: requests, answers, calls of Slack, the index's size."""

import datetime as dt
import time
from collections.abc import Callable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.answer.answer import Answer, Reply
from bot.history.meetings import History
from index.upkeep.condition import Condition

ROUTES = frozenset({"p", "page", "file", "style", "healthz", "metrics", "slack"})
_ANSWERED_WITHIN_S = (0.25, 0.5, 1, 2, 3, 5, 10, 20, 30, 60, 120, 300, 1800)


class Metrics:
    """Numbers of this process, in a registry of their own. Use it from any thread."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        self._requests = Counter(
            "kiroku_http_requests",
            "Requests to the viewer, by what was asked for and HTTP status",
            ["route", "status"],
            registry=registry,
        )
        self._answers = Counter(
            "kiroku_answers",
            "Questions in Slack that were looked up, by how they ended",
            ["outcome"],
            registry=registry,
        )
        self._index = _OfTheIndex(registry)
        self._errors = Counter(
            "kiroku_errors", "Errors in the log, by their kind", ["kind"], registry=registry
        )
        self._refused = Gauge(
            "kiroku_slack_tokens_refused", "Tokens that Slack refuses", registry=registry
        )
        self._connected = Gauge(
            "kiroku_slack_connected", "1 while the bot is connected to Slack", registry=registry
        )

        self._calls = Counter(
            "kiroku_slack_calls",
            "Calls of Slack's Web API, by method and result: ok, rate_limited, held_back (not even "
            "made, as Slack had limited it), refused, failed",
            ["method", "result"],
            registry=registry,
        )
        self._answer_seconds = Histogram(
            "kiroku_answer_seconds",
            "From the arrival of a question to its reply in Slack",
            buckets=_ANSWERED_WITHIN_S,
            registry=registry,
        )
        self._waiting = Gauge(
            "kiroku_questions_waiting", "Questions that have no reply yet", registry=registry
        )
        self._oldest = Gauge(
            "kiroku_oldest_question_seconds",
            "How long the oldest of them has waited; 0 where there is none",
            registry=registry,
        )

    def watch_queue(self, queue: Callable[[], tuple[int, float]]) -> None:
        """Ask ``queue`` at each reading how many wait, and since when the oldest does.

        In seconds since 1970; anything where none waits.
        """

        def oldest() -> float:
            count, since = queue()
            return max(0.0, time.time() - since) if count else 0.0

        self._waiting.set_function(lambda: queue()[0])
        self._oldest.set_function(oldest)

    def watch_tokens(self, states: Callable[[], Mapping[str, str]]) -> None:
        """Ask ``states`` at each reading how each token stands: ``ok``, or why it is refused."""
        self._refused.set_function(lambda: sum(told != "ok" for told in states().values()))

    def count_error(self, kind: str) -> None:
        """Count an error that was logged."""
        self._errors.labels(kind).inc()

    def count_call(self, method: str, result: str) -> None:
        """Count a call of Slack's Web API."""
        self._calls.labels(method, result).inc()

    def count_answered(self, seconds: float) -> None:
        """Count that a reply stands in Slack, so long after its question came."""
        self._answer_seconds.observe(seconds)

    def count_request(self, path: str, status: int) -> None:
        """Count a request; of its path only what kind of thing it names is kept."""
        found = next((part for part in path.split("/") if part in ROUTES), "other")
        self._requests.labels(found, str(status)).inc()

    def count_reply(self, reply: Reply) -> None:
        """Count how a question ended."""
        ended = "answered" if isinstance(reply, Answer) else f"declined_{reply.reason.value}"
        self._answers.labels(ended).inc()

    def count_history(self, history: History) -> None:
        """Count that prior discussions were told."""
        self._answers.labels("history" if history.meetings else "declined_history").inc()

    def text(self, counts: tuple[int, int, int], condition: Condition, *, connected: bool) -> bytes:
        """Return all numbers in Prometheus' text format.

        ``counts`` are the published generation, its documents and its passages.
        """
        self._index.set(counts, condition)
        self._connected.set(connected)
        return generate_latest(self._registry)


class _OfTheIndex:
    """The numbers of the published generation."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._generation = Gauge(
            "kiroku_index_generation", "The published generation", registry=registry
        )
        self._documents = Gauge(
            "kiroku_index_documents", "Documents in the index", registry=registry
        )
        self._passages = Gauge("kiroku_index_passages", "Passages in the index", registry=registry)
        self._segments = Gauge(
            "kiroku_index_segments",
            "Segments that the published generation consists of",
            registry=registry,
        )
        self._times = Gauge(
            "kiroku_last_timestamp_seconds",
            "When the last ingest and the last backup were made, in seconds since 1970; 0: never",
            ["what"],
            registry=registry,
        )

    def set(self, counts: tuple[int, int, int], condition: Condition) -> None:
        """Take the generation, its documents and its passages, and how it stands."""
        for gauge, count in zip(
            (self._generation, self._documents, self._passages), counts, strict=True
        ):
            gauge.set(count)
        self._segments.set(condition.segments or 0)
        self._times.labels("ingest").set(_timestamp(condition.last_ingest))
        self._times.labels("backup").set(_timestamp(condition.last_backup))


def _timestamp(at: str | None) -> float:
    """Return a time in ISO 8601 as seconds since 1970; 0 where there is none."""
    try:
        return dt.datetime.fromisoformat(at or "").timestamp()
    except ValueError:
        return 0.0
