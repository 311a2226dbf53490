"""What monitoring reads at ``/metrics``: counts of requests and answers, and the index's size."""

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from bot.answer.answer import Answer, Reply
from bot.history.meetings import History

ROUTES = frozenset({"p", "page", "file", "style", "healthz", "metrics"})


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
        self._generation = Gauge(
            "kiroku_index_generation", "The published generation", registry=registry
        )
        self._documents = Gauge(
            "kiroku_index_documents", "Documents in the index", registry=registry
        )
        self._passages = Gauge("kiroku_index_passages", "Passages in the index", registry=registry)
        self._connected = Gauge(
            "kiroku_slack_connected", "1 while the bot is connected to Slack", registry=registry
        )

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

    def text(self, counts: tuple[int, int, int], *, connected: bool) -> bytes:
        """Return all numbers in Prometheus' text format.

        ``counts`` are the published generation, its documents and its passages.
        """
        for gauge, count in zip(
            (self._generation, self._documents, self._passages), counts, strict=True
        ):
            gauge.set(count)
        self._connected.set(connected)
        return generate_latest(self._registry)
