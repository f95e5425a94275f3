"""What the pages say, to whom, and that nothing that comes from outside is taken for markup."""

import re
from pathlib import Path

import pytest
import seeded
from django.test import Client
from seeded import EVIL

from govgauge.office.domain import updating
from govgauge.office.domain.updating import Change
from govgauge.office.models import ChangeKind, JobState, Result


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def names_in(page: str) -> list[str]:
    """The entries of a list, in its order."""
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', page)


def test_an_empty_office_says_how_to_begin(client: Client) -> None:
    page = text_of(client, "/")
    assert "还没有年度评估" in page
    assert "govgauge round new" in page


def test_the_start_page_shows_every_round_with_its_numbers(client: Client) -> None:
    seeded.every_state(seeded.a_round("a", "甲评估"))
    seeded.a_round("b", "乙评估")
    page = text_of(client, "/")
    cards = page.partition("<h3>")[2]
    assert cards.index("乙评估") < cards.index("甲评估")
    assert re.search(r"评估对象</dt><dd>7</dd>", page)
    assert re.search(r"任务完成</dt><dd>50%</dd>", page)


def test_a_round_tells_where_it_is(client: Client) -> None:
    seeded.every_state(seeded.a_round())
    page = text_of(client, "/rounds/r/")
    told = re.search(r'aria-label="([^"]*完成[^"]*)"', page)
    assert told
    assert told.group(1) == "完成 1，首页未打开 1，被拦截 1，失败 1，进行中 1，等待 1"
    assert "江东省/进行县" in page
    assert "超过时限 … 秒，已终止" in page
    assert "killed after" not in page


def test_the_live_part_is_asked_for_until_nothing_will_change(client: Client) -> None:
    round_ = seeded.a_round()
    job = seeded.a_job(seeded.an_entry(round_, "甲县"), JobState.READY)
    assert 'hx-trigger="every' in text_of(client, "/rounds/r/")
    assert client.get("/rounds/r/progress").status_code == 200
    type(job).objects.update(state=JobState.DONE)
    assert 'hx-trigger="every' not in text_of(client, "/rounds/r/")
    assert client.get("/rounds/r/progress").status_code == 286


def test_a_site_that_is_closed_and_one_that_moved_are_listed_as_what_they_are(client: Client) -> None:
    round_ = seeded.a_round()
    closed, moved = seeded.an_entry(round_, "已关县"), seeded.an_entry(round_, "迁移县")
    for entry in (closed, moved):
        seeded.a_job(entry, JobState.DONE)
        seeded.a_result(entry, home_ok=False)
    Result.objects.filter(entry=closed).update(closed=True)
    assert 'aria-label="首页未打开 1，已关闭或迁移 1"' in text_of(client, "/rounds/r/")
    assert names_in(text_of(client, "/rounds/r/entries/?state=closed")) == ["已关县"]
    assert names_in(text_of(client, "/rounds/r/entries/?state=unreachable")) == ["迁移县"]
    change = Change(
        key=moved.key, system=moved.system, kind=ChangeKind.SITE_MOVED, before=moved.url, after="http://new.gov.cn/"
    )
    updating.apply(round_, [change], by="")
    again = moved.jobs.order_by("-id").first()
    assert again is not None
    for state, named in ((JobState.READY, "waiting"), (JobState.RUNNING, "running"), (JobState.FAILED, "failed")):
        moved.jobs.filter(id=again.id).update(state=state, lease="1" * 32 if named == "running" else "")
        listed = {
            asked: names_in(text_of(client, f"/rounds/r/entries/?state={asked}"))
            for asked in ("waiting", "running", "failed", "done", "unreachable")
        }
        assert listed == {asked: ["迁移县"] if asked == named else [] for asked in listed}
        assert f'"tag is-{named}"' in text_of(client, "/rounds/r/entries/?q=迁移")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("state=done", ["完成县"]),
        ("state=waiting", ["等待县"]),
        ("state=running", ["进行县"]),
        ("state=failed", ["失败县", "某局"]),
        ("state=unreachable", ["未开县"]),
        ("state=distorted", ["拦截县"]),
        ("state=no-site", ["无网县"]),
        ("q=无网", ["无网县"]),
        ("q=江东+等待", ["等待县"]),
        ("q=nothing", []),
        ("group=部门", ["某局"]),
        ("region=江西省", ["某局"]),
        ("region=江西省&state=done", []),
        ("q=%00等待", ["等待县"]),
    ],
)
def test_the_list_of_entries_is_sieved_by_its_address(client: Client, query: str, names: list[str]) -> None:
    round_ = seeded.a_round()
    seeded.every_state(round_)
    seeded.a_job(seeded.an_entry(round_, "某局", group="部门", parent="江西省"), JobState.FAILED, attempts=4)
    assert names_in(text_of(client, f"/rounds/r/entries/?{query}")) == names


def test_unknown_filters_orders_and_pages_do_no_harm(client: Client) -> None:
    seeded.every_state(seeded.a_round())
    page = text_of(client, "/rounds/r/entries/?state=x&group=%27&sort=password&page=99999999999999999999")
    assert len(names_in(page)) == 7
    assert len(names_in(text_of(client, "/rounds/r/jobs/?state=x&lane=y&sort=-nothing&page=-1"))) == 6


def test_entries_are_sorted_by_any_heading_with_empty_values_last(client: Client) -> None:
    round_ = seeded.a_round()
    for number, low in enumerate((30, 10, 20)):
        seeded.a_result(seeded.an_entry(round_, f"县{number}"), low=low)
    seeded.an_entry(round_, "县3")
    assert names_in(text_of(client, "/rounds/r/entries/?sort=low")) == ["县1", "县2", "县0", "县3"]
    page = text_of(client, "/rounds/r/entries/?sort=-low")
    assert names_in(page) == ["县0", "县2", "县1", "县3"]
    assert 'aria-sort="descending"' in page


def test_pages_of_a_list_keep_its_filters(client: Client) -> None:
    round_ = seeded.a_round()
    for number in range(51):
        seeded.an_entry(round_, f"县{number:02}")
    page = text_of(client, "/rounds/r/entries/?group=区县&sort=-name")
    assert len(names_in(page)) == 50
    assert "sort=-name&amp;page=2" in page
    assert names_in(text_of(client, "/rounds/r/entries/?group=区县&sort=-name&page=2")) == ["县00"]


def test_htmx_gets_the_list_alone_and_caches_tell_the_two_apart(client: Client) -> None:
    seeded.every_state(seeded.a_round())
    for place in ("entries", "jobs"):
        answer = client.get(f"/rounds/r/{place}/", headers={"HX-Request": "true"})
        assert answer.content.decode().startswith('<div id="list">')
        assert "HX-Request" in answer.headers["Vary"]


def test_jobs_tell_reasons_and_how_to_try_again(client: Client) -> None:
    seeded.every_state(seeded.a_round())
    page = text_of(client, "/rounds/r/jobs/")
    assert "govgauge round retry r" in page
    assert names_in(text_of(client, "/rounds/r/jobs/?reason=超过时限")) == ["失败县"]
    assert names_in(text_of(client, "/rounds/r/jobs/?state=failed")) == ["失败县"]


def test_an_entry_tells_its_result_findings_visits_and_jobs(client: Client) -> None:
    made = seeded.every_state(seeded.a_round())["完成县"]
    page = text_of(client, f"/rounds/r/entries/{made.id}/")
    assert "36.15～98.54" in page
    assert "无法打开的链接" in page or "链接" in page
    assert "点击查看" in page
    assert f"{made.url}p1" in page
    assert "历次访问" in page
    assert "采集并判定" in page


def test_findings_that_are_gone_are_not_shown_as_there(client: Client) -> None:
    made = seeded.every_state(seeded.a_round())["完成县"]
    seeded.a_finding(made, 2, gone_since=seeded.NOW, excerpt="已经改好")
    assert "已经改好" not in text_of(client, f"/rounds/r/entries/{made.id}/")


def test_findings_are_sieved_by_audit(client: Client) -> None:
    made = seeded.every_state(seeded.a_round())["完成县"]
    seeded.a_finding(made, 2, audit="column-stale", slug="failure", excerpt="另一类问题")
    page = text_of(client, f"/rounds/r/entries/{made.id}/?audit=column-stale")
    assert "另一类问题" in page
    assert "点击查看" not in page
    assert "怎样改正" in page


def test_a_finding_of_an_audit_that_is_no_more_is_still_shown(client: Client) -> None:
    made = seeded.every_state(seeded.a_round())["完成县"]
    seeded.a_finding(made, 2, audit="no-such-audit", slug="odd", excerpt="旧版本的问题")
    assert "旧版本的问题" in text_of(client, f"/rounds/r/entries/{made.id}/")


def test_a_site_that_keeps_us_out_is_not_called_failed(client: Client) -> None:
    made = seeded.every_state(seeded.a_round())["拦截县"]
    page = text_of(client, f"/rounds/r/entries/{made.id}/")
    assert "网站拦截了我们（防火墙拦截页）" in page
    assert "不是零分" not in page


def test_markup_in_any_field_is_shown_as_text(client: Client) -> None:
    round_ = seeded.a_round(title=EVIL)
    entry = seeded.an_entry(round_, EVIL, group=EVIL, parent=EVIL)
    seeded.a_job(entry, JobState.FAILED, reason=f"{EVIL} (x)", worker=EVIL)
    seeded.a_result(entry, distorted=True, distorted_why=EVIL, vetoes=[EVIL])
    seeded.a_finding(entry, page="javascript:alert(1)", target=EVIL, excerpt=EVIL, data={"a": EVIL}, slug=EVIL)
    places = ("", "entries/", "jobs/", f"entries/{entry.id}/", "progress")
    for place in ("/", *(f"/rounds/r/{one}" for one in places), f"/rounds/r/entries/?q={EVIL}"):
        answer = client.get(place)
        assert b"<script>alert" not in answer.content, place
        assert b'href="javascript:' not in answer.content, place


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/rounds/nowhere/", "没有名为“nowhere”的年度评估"),
        ("/rounds/nowhere/entries/", "没有名为“nowhere”的年度评估"),
        ("/rounds/r/entries/999/", "没有这个评估对象"),
        ("/rounds/r/entries/99999999999999999999999/", "没有这个评估对象"),
        ("/rounds/r/entries/999/report.html", "没有这个评估对象"),
        ("/nothing", "地址可能写错了"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(client: Client, address: str, said: str) -> None:
    seeded.a_round()
    assert said in text_of(client, address, 404)


def test_an_entry_of_another_round_is_not_shown(client: Client) -> None:
    seeded.a_round()
    other = seeded.an_entry(seeded.a_round("o"), "别处县")
    assert "别处县" not in text_of(client, f"/rounds/r/entries/{other.id}/", 404)


@pytest.mark.parametrize("name", ["report.html", "..%2Fsecret.key", "assessment.json"])
def test_no_file_but_a_report_that_is_there_is_given_out(client: Client, name: str) -> None:
    made = seeded.every_state(seeded.a_round())["完成县"]
    assert client.get(f"/rounds/r/entries/{made.id}/{name}").status_code == 404


@pytest.mark.usefixtures("settings_home")
def test_a_report_is_shown_as_of_an_origin_of_its_own(client: Client, office: Path) -> None:
    made = seeded.every_state(seeded.a_round())["完成县"]
    folder = office / made.result.evidence
    folder.mkdir(parents=True)
    (folder / "report.html").write_text("<h1>报告</h1>", encoding="utf-8")
    answer = client.get(f"/rounds/r/entries/{made.id}/report.html")
    assert b"".join(answer.streaming_content).decode() == "<h1>报告</h1>"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox allow-scripts")
    assert "查看评估报告" in text_of(client, f"/rounds/r/entries/{made.id}/")


def test_every_page_is_strict_and_carries_no_script_or_style_of_its_own(client: Client) -> None:
    made = seeded.every_state(seeded.a_round())["完成县"]
    for address in (
        "/",
        "/rounds/r/",
        "/rounds/r/entries/",
        "/rounds/r/jobs/",
        f"/rounds/r/entries/{made.id}/",
        "/scanner",
    ):
        answer = client.get(address)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        page = answer.content.decode()
        assert not re.search(r"<style|\sstyle=|<script(?![^>]* src=)|\son[a-z]+=", page), address
        assert not re.search(r'(?:src|href)="https?://(?!s\d+\.test|gone\.test|testserver/)', page), address
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_elderly_mode_and_language_are_kept_and_the_reader_comes_back(client: Client) -> None:
    seeded.a_round()
    assert 'class="elder"' not in text_of(client, "/rounds/r/")
    answer = client.post("/display", {"mode": "elder", "back": "/rounds/r/?x=1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/rounds/r/?x=1")
    assert 'class="elder"' in text_of(client, "/rounds/r/")
    client.post("/display", {"language": "en"})
    assert '<html lang="en" class="elder">' in text_of(client, "/")
    client.post("/display", {"mode": "plain", "language": "zh-hans"})
    assert '<html lang="zh-CN">' in text_of(client, "/")


@pytest.mark.parametrize("back", ["https://evil.test/", "//evil.test/", "javascript:alert(1)", ""])
def test_the_way_back_leads_to_no_other_site(client: Client, back: str) -> None:
    assert client.post("/display", {"mode": "elder", "back": back}).headers["Location"] == "/"


def test_the_browsers_own_language_changes_nothing(client: Client) -> None:
    answer = client.get("/", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert "年度评估" in answer.content.decode()
    assert answer.headers["Content-Language"] == "zh-CN"


def test_names_that_are_not_ours_are_refused(client: Client) -> None:
    assert client.get("/", headers={"Host": "evil.test"}).status_code == 400


@pytest.mark.parametrize("address", ["/", "/rounds/r/", "/metrics", "/scanner", "/healthz"])
def test_pages_change_nothing_whatever_is_sent_to_them(client: Client, address: str) -> None:
    seeded.a_round()
    assert client.post(address, {"x": "y"}).status_code == 405
