"""Chosen cases of this office's rounds in the case library: there once they are published, gone when taken back."""

import csv
import io
import json

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from test_case_results import a_judged_panel, voted

from govgauge.office.domain import case_counts

LIST = "/case-library/"


def page(client: Client, query: str) -> str:
    answer = client.get(LIST + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_published_cases_are_found_filtered_exported_and_lead_to_their_own_pages(anonymous: Client) -> None:
    made = a_judged_panel()
    voted(made)
    count = case_counts.count(made.chair, made.call)
    assert "203 个案例" in page(anonymous, "")
    case_counts.publish(made.chair, count)
    chosen = [one.case for one in count.results.filter(chosen=True).order_by("place").select_related("case")]
    assert len(chosen) == 2
    whole = page(anonymous, "")
    assert "205 个案例" in whole
    first = f"/awards/{made.round.slug}/{chosen[0].number}/"
    assert f'<h3><a lang="zh-CN" href="{first}">{chosen[0].name}</a></h3>' in whole
    assert made.call.title in whole
    assert anonymous.get(first).status_code == 200
    found = page(anonymous, f"?q={chosen[0].name}")
    assert "1 个案例" in found
    assert first in found
    category = page(anonymous, "?category=一体化服务")
    assert all(one.name in category for one in chosen)
    year = made.round.as_of.year
    assert page(anonymous, f"?year={year}&category=一体化服务").count("<h3>") == 2
    identity = f"{made.round.slug}-case-{chosen[0].number:03d}"
    moved = anonymous.get(f"{LIST}{identity}/")
    assert (moved.status_code, moved.headers["Location"]) == (302, first)
    told = json.loads(anonymous.get(f"{LIST}?q={chosen[0].name}&format=json").content)
    assert [(one["id"], one["source"], one["address"]) for one in told] == [(identity, made.call.title, first)]
    table = anonymous.get(f"{LIST}?q={chosen[0].name}&format=csv")
    lines = list(csv.reader(io.StringIO(b"".join(table.streaming_content).decode("utf-8-sig"))))  # type: ignore[arg-type]
    assert lines[1][:2] == [identity, str(year)]
    assert lines[1][9] == made.call.title
    with CaptureQueriesContext(connection) as queries:
        page(anonymous, "")
    assert len(queries) == 1
    case_counts.take_back(made.chair, count, "计票办法有误")
    assert "203 个案例" in page(anonymous, "")
    assert anonymous.get(f"{LIST}{identity}/").status_code == 404
