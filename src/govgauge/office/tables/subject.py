"""An entry as the tables take it: who it is, and what became of it."""

from msgspec import Struct

from govgauge.office.models import Entry, Standing
from govgauge.office.sheets import Sheet
from govgauge.word_enum import WordEnum


class State(WordEnum):
    """What became of an entry."""

    JUDGED = "judged"
    UNREACHABLE = "unreachable"
    CLOSED = "closed"
    """The site tells that it was given up or has moved: the list is to be put right, nothing is held against it."""
    DISTORTED = "distorted"
    """The site kept us out: nothing is said of it."""
    WAITING = "waiting"
    """It has a site and no judgement yet."""
    NO_SITE = "no-site"
    MERGED = "merged"
    GONE = "gone"


TOLD = frozenset({State.JUDGED, State.UNREACHABLE, State.CLOSED, State.DISTORTED})
"""Those of which the tables tell what was found."""
UNRANKED = {
    State.UNREACHABLE: "首页未能打开，不排名",
    State.CLOSED: "网站公告已关闭或迁移，不排名；请核实后用 round update 更新名单",
    State.DISTORTED: "网站拒绝了访问，无法判定，不排名",
    State.WAITING: "还没有判定",
    State.NO_SITE: "没有网站",
    State.MERGED: "已并入其他对象",
    State.GONE: "已撤销",
}


class Subject(Struct, frozen=True, kw_only=True):
    """An entry of a round; `distorted` as its accepted visit was."""

    id: int
    key: str
    parent: str
    name: str
    group: str
    region: str
    url: str
    system: str
    profile: str
    standing: str
    became: str
    distorted: bool

    @classmethod
    def of(cls, entry: Entry, *, distorted: bool) -> "Subject":
        return cls(
            id=entry.id,
            key=entry.key,
            parent=entry.parent,
            name=entry.name,
            group=entry.group,
            region=entry.region,
            url=entry.url,
            system=entry.system,
            profile=entry.profile,
            standing=entry.standing,
            became=entry.became,
            distorted=distorted,
        )

    def state(self, sheet: Sheet | None) -> State:
        """What became of it."""
        if self.standing != Standing.IN:
            return State(self.standing)
        if not self.url:
            return State.NO_SITE
        if sheet is None:
            return State.WAITING
        if self.distorted:
            return State.DISTORTED
        if sheet.visit.is_closed:
            return State.CLOSED
        return State.JUDGED if sheet.visit.home_ok else State.UNREACHABLE
