"""The conclusion of an assessment: everything that its files and the terminal tell."""

from dataclasses import dataclass, field
from fractions import Fraction

from govgauge.assessment.frame import NOT_HTML, Frame
from govgauge.gather.artifacts import Failure, Purpose
from govgauge.gather.visit import Visit
from govgauge.outcomes import Outcome, Result
from govgauge.scoring.score import Scored
from govgauge.scoring.vetoes import Hit, VetoVerdict
from govgauge.structure.site import Site
from govgauge.systems.model import System
from govgauge.systems.rules import RuleSet

DECIMALS = 2
"""Decimals of a score on the terminal; files hold more."""

STOPPED = {
    "shut-out": "采集中途网站不再应答，可能已拦截本机；没有读到的部分一律不判定 (the site stopped answering).",
    "robots-unreachable": "robots.txt 无法取得，按规则不能继续采集；稍后重试或加 --ignore-robots (robots.txt failed).",
    "seconds": "到达时间上限，没有读完的部分一律不判定；可加大 --max-seconds 后用 --resume 继续 (out of time).",
    "interrupted": "这是一次没有完成的采集；没有读到的部分一律不判定 (an interrupted visit).",
}
"""Sentences for what ended a visit early."""


@dataclass(frozen=True, slots=True)
class Basis:
    """By what a site is judged."""

    frame: Frame
    system: System
    rules: RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """A judged site. `results` hold one entry per audit, `by_check` what answers each check."""

    frame: Frame
    visit: Visit
    site: Site
    system: System
    results: dict[str, Result]
    by_check: dict[str, Result]
    scored: Scored
    vetoes: list[VetoVerdict]
    early_warnings: list[VetoVerdict]
    warnings: list[str] = field(default_factory=list)
    reported: bool = True

    @property
    def vetoed(self) -> bool:
        return any(verdict.hit is Hit.YES for verdict in self.vetoes)

    @property
    def status(self) -> int:
        """Exit status: 1 for a site that did not open or that a veto hits, else 0."""
        return 1 if self.vetoed or not self.site.facts.home_ok else 0

    def lines(self) -> list[str]:
        """What the terminal shows, in Chinese."""
        facts, total, coverage = self.site.facts, self.scored.base, self.scored.base_coverage
        lines = [f"{facts.name or facts.host}  {facts.home}  截至 {facts.as_of.isoformat()}"]
        if not facts.home_ok:
            lines.append(self.unreachable())
        elif self.incomplete():
            lines.append(self.incomplete())
        lines.append(
            f"已读网页 {facts.pages_visited} 个；得分区间 {shown(total.low)}–{shown(total.high)}"
            f"（满分 {shown(coverage.weight_total)}，不含加分；已判定 {shown(coverage.weight_answered)} 分的指标）"
        )
        counts = dict.fromkeys(Outcome, 0)
        for result in self.results.values():
            counts[result.outcome] += 1
        found = sum(len(result.findings) for result in self.results.values())
        lines.append(
            f"自动检查 {len(self.results)} 项：通过 {counts[Outcome.PASS]}，"
            f"部分通过 {counts[Outcome.PARTIAL]}，未通过 {counts[Outcome.FAIL]}，"
            f"不适用 {counts[Outcome.NOT_APPLICABLE]}，无法判定 {counts[Outcome.NOT_OBSERVABLE]}；问题 {found} 个"
        )
        lines += [f"单项否决：{verdict.title}。{verdict.sentence}" for verdict in self.vetoes if verdict.hit is Hit.YES]
        lines += [
            f"待核定：{verdict.title}。{verdict.sentence}"
            for verdict in self.vetoes
            if verdict.person and verdict.findings
        ]
        lines += [f"预警：{verdict.sentence}" for verdict in self.early_warnings if verdict.hit is Hit.YES]
        return lines

    def unreachable(self) -> str:
        """Why there is nothing to judge, and what to do."""
        failure = self.site.facts.home_failure
        if failure == Failure.BLOCKED.value:
            return "网站拒绝了访问（可能是防火墙拦截）；请把本机地址加入白名单后重试 (the site blocks the visitor)."
        if failure == Failure.DNS.value:
            return f"域名 {self.site.facts.host} 无法解析；请核对地址 (the host does not exist)."
        if failure == Failure.ROBOTS.value:
            return "robots.txt 不允许访问首页；经网站同意后可加 --ignore-robots (robots.txt forbids the home page)."
        if failure == NOT_HTML:
            return (
                "首页地址给出的不是网页；请核对地址是否为网站首页 (the address answers with something that is no page)."
            )
        if failure == Failure.CLOSED.value:
            return self._closed()
        if failure == Failure.WRONG_CONTENT.value:
            return (
                "首页地址打开的不是网站首页，而是服务器默认页、维护公告或域名停放页；各项检查不作判定，请核对地址，"
                "恢复首页后重新评估 (what opens is not the home page)."
            )
        details = [made.detail for made in self.visit.exchanges() if made.purpose is Purpose.HOME and made.detail]
        detail = f"：{details[-1]}" if details else ""
        return f"首页未能打开（{failure}{detail}）；请核对地址或稍后重试 (the home page did not open)."

    def _closed(self) -> str:
        """What a closed site tells of itself."""
        told = [made.detail for made in self.visit.exchanges() if made.failure is Failure.CLOSED and made.detail]
        where = f"，页面所示新网址：{told[-1]}" if told else ""
        return (
            f"网站公告已关闭或迁移{where}；各项检查不作判定，请核实后更新名单中的网址或注明关停日期 "
            "(the site tells that it is closed or has moved)."
        )

    def incomplete(self) -> str:
        """Why the visit ended before the site was read whole; empty when it did not."""
        return STOPPED.get(self.visit.stopped, "")

    def summary(self) -> dict[str, object]:
        """The conclusion as plain values for `--json`."""
        total = self.scored.total
        return {
            "subject": {"url": self.site.facts.home, "name": self.site.facts.name, "host": self.site.facts.host},
            "total": {name: as_number(getattr(total, name)) for name in ("low", "high", "points")},
            "pages": self.site.facts.pages_visited,
            "findings": sum(len(result.findings) for result in self.results.values()),
            "outcomes": {audit: result.outcome.value for audit, result in self.results.items()},
            "vetoes": [verdict.id for verdict in self.vetoes if verdict.hit is Hit.YES],
            "early_warnings": [verdict.id for verdict in self.early_warnings if verdict.hit is Hit.YES],
            "home_ok": self.site.facts.home_ok,
            "home_failure": self.site.facts.home_failure,
        }


def shown(value: Fraction | float | int) -> str:
    """A score as the terminal shows it."""
    return f"{float(value):.{DECIMALS}f}".rstrip("0").rstrip(".")


def as_number(value: Fraction | float | int) -> float:
    return round(float(value), 6)
