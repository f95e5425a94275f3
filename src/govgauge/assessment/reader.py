"""The reading process of an assessment: each page is parsed once, read, inspected by the page-wise audits, and kept."""

import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

from govgauge.assessment.shards import PageRecord, ShardWriter
from govgauge.audits.catalogue import all_audits, params_of, run_inspect
from govgauge.gather.artifacts import Exchange, Link
from govgauge.outcomes import Finding
from govgauge.structure.page import Page, ReadContext
from govgauge.structure.reading import read


@dataclass(frozen=True, slots=True)
class ReaderFactory:
    """Makes the reader of one process, and travels to it. `audit_params` are the rule set's values by audit id."""

    folder: Path
    context: ReadContext
    audit_params: dict[str, dict[str, object]]

    def __call__(self, number: int) -> "SiteReader":
        return SiteReader(self.folder, number, self.context, self.audit_params)


class SiteReader:
    """Reads pages into a shard of its own. A fault in an audit costs that audit on that page, nothing else."""

    def __init__(
        self, folder: Path, number: int, context: ReadContext, audit_params: dict[str, dict[str, object]]
    ) -> None:
        self._context = context
        self._shard = ShardWriter(folder, number)
        self._inspecting = [
            (audit, params_of(audit, audit_params.get(audit.meta.id)))
            for audit in all_audits().values()
            if audit.inspect is not None
        ]

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
        self._shard.add(PageRecord(reading=reading, observed=tuple(observed), faults=tuple(faults)))
        return list(reading.links)

    def close(self) -> None:
        self._shard.close()
