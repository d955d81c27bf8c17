"""How it goes, in the text that Prometheus reads: numbers alone, counted when they are asked for."""

import platform
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.metadata import version

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from storage import Health

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
DRAWN = {"polls": "poll", "rounds": "survey"}


def text(health: Health, now: datetime) -> bytes:
    """Return the page for a scrape."""
    registry = CollectorRegistry()
    registry.register(_Once(health, now))
    return generate_latest(registry)


class _Once(Collector):
    """What one scrape says."""

    def __init__(self, health: Health, now: datetime) -> None:
        self._health = health
        self._now = now

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily(
            "palabre_build",
            "The version that answers.",
            {"version": version("palabre"), "python": platform.python_version()},
        )
        yield self._executors()
        yield from self._jobs()
        yield _gauge(
            "palabre_messages_stale",
            "Messages in Slack that wait to be redrawn.",
            {DRAWN.get(name, name): number for name, number in self._health.stale.items()},
        )

    def _executors(self) -> Metric:
        alive, silent = self._health.alive(self._now), self._health.silent(self._now)
        return _gauge(
            "palabre_executors",
            "Processes that do later work, by whether they were heard of within a minute.",
            {"alive": len(alive), "silent": len(silent)},
            label="state",
        )

    def _jobs(self) -> Iterator[Metric]:
        waiting = self._health.waiting
        yield _gauge(
            "palabre_jobs_waiting",
            "Jobs that are not done, those that are not due yet among them.",
            {lot.name: lot.jobs for lot in waiting},
        )
        yield _gauge(
            "palabre_jobs_overdue_seconds",
            "How long the first of the waiting jobs has been due, 0 where none is.",
            {lot.name: max((self._now - lot.due).total_seconds(), 0.0) for lot in waiting},
        )
        yield _gauge(
            "palabre_jobs_oldest_seconds",
            "How long ago the oldest of the waiting jobs was added.",
            {lot.name: max((self._now - lot.since).total_seconds(), 0.0) for lot in waiting},
        )
        yield _gauge(
            "palabre_jobs_failed", "Jobs that were given up and wait for an admin.", self._health.failed
        )


def _gauge(name: str, said: str, numbers: Mapping[str, float], label: str = "kind") -> Metric:
    family = GaugeMetricFamily(name, said, labels=[label])
    for value, number in numbers.items():
        family.add_metric([value], number)
    return family
