"""/metrics: the office's vital signs in Prometheus' text format, from the database, whichever process is asked."""

import hmac
import platform
from collections.abc import Iterable, Iterator
from ipaddress import ip_address

import django
from django.conf import settings
from django.contrib.auth.decorators import login_not_required as public
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from govgauge import __version__
from govgauge.office.queries.vitals import Vitals, vitals

FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Proto")
"""By these a proxy says that somebody else asks."""


@public
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The metrics: for who brings the token that is set; without one for programs of this machine alone."""
    if not _may(request):
        told = "需要令牌：请设 GOVGAUGE_METRICS_TOKEN，并带上 Authorization: Bearer … (a token is needed).\n"
        return HttpResponse(told, "text/plain; charset=utf-8", 401)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Office())
    answer = HttpResponse(generate_latest(registry), CONTENT_TYPE_LATEST)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _may(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


class _Office(Collector):
    """What is told of the office when it is asked. A database that is away is a figure, too."""

    def collect(self) -> Iterable[Metric]:
        build = {"version": __version__, "django": django.__version__, "python": platform.python_version()}
        yield InfoMetricFamily("govgauge_build", "The program", build)
        try:
            signs = vitals()
        except DatabaseError:
            yield GaugeMetricFamily("govgauge_database_up", "Whether the database answers", 0)
            return
        yield GaugeMetricFamily("govgauge_database_up", "Whether the database answers", 1)
        yield from _jobs(signs)
        yield from _rounds(signs)
        yield _home_pages(signs)


def _jobs(signs: Vitals) -> Iterator[Metric]:
    jobs = GaugeMetricFamily("govgauge_jobs", "Jobs by round, lane and state", labels=("round", "lane", "state"))
    for one in signs.jobs:
        jobs.add_metric((one.round, one.lane, one.state), one.count)
    yield jobs
    failed = GaugeMetricFamily("govgauge_jobs_failed", "Jobs failed for good, by class of reason", labels=("reason",))
    for reason, count in signs.failed.items():
        failed.add_metric((reason,), count)
    yield failed
    yield GaugeMetricFamily("govgauge_oldest_lease_seconds", "How long the oldest running job runs", signs.oldest_lease)
    yield GaugeMetricFamily("govgauge_workers_busy", "Workers that hold a job", signs.workers)


def _home_pages(signs: Vitals) -> Metric:
    told = GaugeMetricFamily(
        "govgauge_home_pages", "Watched home pages by the status last seen", labels=("round", "status")
    )
    for one in signs.watched:
        told.add_metric((one.round, one.status or "unprobed"), one.count)
    return told


def _rounds(signs: Vitals) -> Iterator[Metric]:
    rounds = GaugeMetricFamily("govgauge_rounds", "Rounds by state", labels=("state",))
    for state, count in signs.states.items():
        rounds.add_metric((state,), count)
    yield rounds
    told = {
        "results": ("Entries with a result", "results"),
        "unreachable": ("Results of sites whose home page did not open", "unreachable"),
        "pages": ("Pages of accepted visits", "pages"),
        "findings": ("Findings of accepted visits", "findings"),
    }
    for name, (words, field) in told.items():
        family = GaugeMetricFamily(f"govgauge_{name}", words, labels=("round",))
        for one in signs.rounds:
            family.add_metric((one.round,), getattr(one, field))
        yield family
