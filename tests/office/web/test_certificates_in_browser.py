"""Certificates through a browser: issued, ended, kept by their holder, checked by everybody, without scripts, too."""

from pathlib import Path
from typing import Any

import pytest
from certified import a_published_call
from in_browser import PHONE, Visitor
from people_at_work import cookie_of, give, somebody

from govgauge.office.models import Certificate, RoleKind

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("settings_home")]


def test_from_issuing_to_the_check(browser: Any, address: str, tmp_path: Path) -> None:
    made = a_published_call(4)
    assert made.chair.person is not None
    give(made.chair.person, RoleKind.ADMINISTRATOR, round_=made.round)
    chair = Visitor(browser, address)
    chair.context.add_cookies([cookie_of(made.chair.person, address)])
    page = chair.page
    chair.go("/rounds/r/certificates/")
    chair.look("certificates-none")
    page.get_by_role("link", name="颁发证书").click()
    page.get_by_label("入选案例（4 个）").check()
    page.get_by_role("button", name="预览").click()
    chair.look("certificates-preview", phone=True)
    page.get_by_role("button", name="颁发 4 份证书").click()
    page.get_by_text("已颁发 4 份证书").wait_for()
    ended, kept = Certificate.objects.order_by("serial")[:2]
    chair.go(f"/rounds/r/certificates/{ended.pk}/")
    page.get_by_label("撤销的理由（核验的人会看到）").fill("案例材料不实，经核查取消入选")
    page.get_by_role("button", name="撤销证书").click()
    page.get_by_text("已撤销，核验的人会看到理由").wait_for()
    chair.look("certificate-revoked", phone=True)
    chair.go(f"/rounds/r/certificates/{kept.pk}/")
    chair.look("certificate-one")
    chair.go("/rounds/r/certificates/")
    chair.look("certificates", phone=True)
    assert chair.faults == []
    files = keep(browser, address, kept, tmp_path)
    check(browser, address, ended, files)


def keep(browser: Any, address: str, kept: Certificate, folder: Path) -> dict[str, Path]:
    """The holder finds the certificate from the start page; the file, and one with a letter changed."""
    holder = Visitor(browser, address)
    person = somebody(RoleKind.ASSESSED, scope=kept.entry.key)
    holder.context.add_cookies([cookie_of(person, address)])
    holder.go("/")
    holder.look("certificates-start")
    holder.page.get_by_role("link", name="查看和下载（1 份）").click()
    holder.look("certificates-own", phone=True)
    with holder.page.expect_download() as waiting:
        holder.page.get_by_role("link", name="PDF").click()
    files = {name: folder / f"{name}.pdf" for name in ("genuine", "altered")}
    waiting.value.save_as(files["genuine"])
    files["altered"].write_bytes(files["genuine"].read_bytes().replace(b"/MediaBox", b"/MediaBOX"))
    return files


def check(browser: Any, address: str, ended: Certificate, files: dict[str, Path]) -> None:
    """Everybody checks: by file, by number; a reader without scripts on a phone."""
    reader = Visitor(browser, address)
    reader.go("/certificates/")
    reader.look("check", phone=True)
    for name, words in (("genuine", "证书真实有效"), ("altered", "文件被改动过")):
        reader.page.get_by_label("PDF 证书文件").set_input_files(files[name])
        reader.page.get_by_role("button", name="核验").last.click()
        reader.page.get_by_role("heading", name=words).wait_for()
        reader.look(f"check-{name}", phone=True)
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/certificates/")
    page.get_by_label("证书编号").fill(ended.code)
    page.get_by_role("button", name="核验").first.click()
    page.wait_for_url(f"{address}/certificates/{ended.code}/")
    assert "案例材料不实，经核查取消入选" in page.get_by_role("status").inner_text()
    reader.go(f"/certificates/{ended.code}/")
    reader.look("check-revoked", phone=True)
    assert reader.faults == []
