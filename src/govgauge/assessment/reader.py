"""The reading process of an assessment: each page is parsed once, read, inspected by the page-wise audits, and kept."""

import contextlib
import ctypes
import gc
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

from govgauge.assessment.shards import PageRecord, ShardWriter
from govgauge.audits.catalogue import page_wise, params_of, run_inspect
from govgauge.gather.artifacts import Exchange, Link, Purpose
from govgauge.outcomes import Finding
from govgauge.structure.page import Page, ReadContext
from govgauge.structure.reading import read

WARMING = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>关于印发工作方案的通知</title></head><body>
<div class="nav"><ul><li><a href="/tzgg/">通知公告</a></li></ul></div><div>当前位置：<a href="/">首页</a></div>
<h1>关于印发工作方案的通知</h1><div>发布时间：2025-11-05</div><div class="content"><p>各有关单位：</p>
<p>现将工作方案印发给你们，请认真组织实施，抓好落实。索引号：000。受理条件、办理流程、联系电话13800000000。</p>
<p><a href="http://www.example.com/a.pdf">附件</a></p></div><ul><li><a href="/a/1.html">一</a>11-05</li></ul></html>
""".encode()
"""A page that stirs most readers and audits."""


_WARM: list[bool] = []
"""Not empty when everything has been loaded in this process, or in the one that it was forked from."""


def settle() -> None:
    """Make what is in memory now fit to be shared with forked processes."""
    gc.collect()
    gc.freeze()  # what is shared stays shared: the collector of a forked process would write into all of it
    with contextlib.suppress(OSError, AttributeError):  # only this C library knows it
        ctypes.CDLL(None).malloc_trim(0)


@dataclass(frozen=True, slots=True)
class ReaderFactory:
    """Makes the reader of one process, and travels to it. `audit_params` are the rule set's values by audit id."""

    folder: Path
    context: ReadContext
    audit_params: dict[str, dict[str, object]]

    def __call__(self, number: int) -> "SiteReader":
        return SiteReader(ShardWriter(self.folder, number), self.context, self.audit_params)

    def warm(self) -> None:
        """Look at one page with everything, so that word lists are loaded before processes are forked: once for all.

        What was loaded before this process was forked itself is there already.
        """
        if _WARM:
            return
        _WARM.append(True)
        exchange = Exchange(url=self.context.home, purpose=Purpose.PAGE, status=200, depth=1, content="html")
        SiteReader(None, self.context, self.audit_params).read(exchange, WARMING)
        settle()


class SiteReader:
    """Reads pages into a shard of its own. A fault in an audit costs that audit on that page, nothing else."""

    def __init__(
        self, shard: ShardWriter | None, context: ReadContext, audit_params: dict[str, dict[str, object]]
    ) -> None:
        self._context = context
        self._shard = shard
        self._inspecting = [(audit, params_of(audit, audit_params.get(audit.meta.id))) for audit in page_wise()]

    def read(self, exchange: Exchange, body: bytes) -> list[Link]:
        page = Page(exchange, body, self._context)
        reading = read(page)
        observed: list[Finding] = []
        faults: list[str] = []
        for audit, params in self._inspecting:
            try:
                observed += run_inspect(audit, page, params)
            except Exception:  # an audit of ours must not cost the page
                faults.append(audit.meta.id)
                print(f"{audit.meta.id} failed on {page.url}", file=sys.stderr)
                traceback.print_exc()
        if self._shard:
            self._shard.add(PageRecord(reading=reading, observed=tuple(observed), faults=tuple(faults)), exchange.order)
        return page.links

    def close(self) -> None:
        if self._shard:
            self._shard.close()
