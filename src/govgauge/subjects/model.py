"""Subjects as values: bodies with their sites and accounts, each valid for a time, and the groups they stand in."""

from datetime import date

from msgspec import Struct

from govgauge.subjects.keys import key_of
from govgauge.word_enum import WordEnum


class Level(WordEnum):
    """The rank of a body, which is not always that of the group it is listed in."""

    CENTRAL = "central"
    PROVINCE = "province"
    SUB_PROVINCE = "sub-province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    ZONE = "zone"


class Kind(WordEnum):
    """What a body is."""

    DEPARTMENT = "department"
    INSTITUTION = "institution"
    PROVINCE = "province"
    AUTONOMOUS_REGION = "autonomous-region"
    MUNICIPALITY = "municipality"
    CORPS = "corps"
    CITY = "city"
    REGION = "region"
    AUTONOMOUS_PREFECTURE = "autonomous-prefecture"
    LEAGUE = "league"
    DISTRICT = "district"
    COUNTY = "county"
    AUTONOMOUS_COUNTY = "autonomous-county"
    BANNER = "banner"
    FOREST_DISTRICT = "forest-district"
    NEW_AREA = "new-area"
    """Run by a management committee, no administrative division."""
    ETDZ = "etdz"
    HTDZ = "htdz"
    OTHER = "other"


class Channel(WordEnum):
    """Where a body speaks to the public."""

    SITE = "site"
    WECHAT = "wechat"
    WEIBO = "weibo"
    APP = "app"
    MINI_PROGRAM = "mini-program"
    VIDEO = "video"
    OTHER = "other"


class Subject(Struct, frozen=True, forbid_unknown_fields=True):
    """A body that is assessed. Its key is made of the parent's key and its name, as the list writes it.

    `name` is what the list writes, `full_name` the official one where the list shortens it, `aliases` other names it
    is known by. `groups` are those of the list in which it stands, the closest only: those around them follow.
    `region` is the province, `code` that of the administrative divisions (six digits), both empty where there is none.
    It exists from `since` on and no longer on `until`; None: not known to begin or end. `before` holds the keys of
    the bodies that it took over from: one is a renaming or upgrading, several are a merger; several bodies that
    took over from the same one divided it.
    """

    name: str
    level: Level
    kind: Kind
    parent: str = ""
    groups: tuple[str, ...] = ()
    full_name: str = ""
    aliases: tuple[str, ...] = ()
    region: str = ""
    code: str = ""
    since: date | None = None
    until: date | None = None
    before: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The keys of all above it and its name, such as `湖北省/武汉市/武昌区`."""
        return key_of(self.parent, self.name)


class Outlet(Struct, frozen=True, forbid_unknown_fields=True):
    """A site or an account of a body, used from `since` on and no longer on `until`.

    `address` is the URL of a site and the name or number of an account; `title` what it calls itself.
    """

    subject: str
    """Key of its body."""
    channel: Channel
    address: str
    title: str = ""
    since: date | None = None
    until: date | None = None


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    """A group of a list, perhaps `within` another one; assessed by a system's profile, or as the group around."""

    id: str
    title: str
    within: str = ""
    system: str = ""
    profile: str = ""


class Announced(Struct, frozen=True, forbid_unknown_fields=True):
    """A number of subjects that the source states: of a group, of a region, or of a group in a region."""

    group: str
    number: int
    place: str
    region: str = ""


class Defect(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the source contradicts itself or the divisions of its time.

    `subject` is a key when a name is at fault; else `announced` and `listed` are figures of `group`
    (and `region`).
    """

    place: str
    text: str
    group: str = ""
    region: str = ""
    subject: str = ""
    announced: int | None = None
    listed: int | None = None


class Roster(Struct, frozen=True, forbid_unknown_fields=True):
    """A list of subjects with their sites and accounts, in the order of the source."""

    id: str
    title: str = ""
    year: int | None = None
    source: str = ""
    groups: tuple[Group, ...] = ()
    subjects: tuple[Subject, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    announced: tuple[Announced, ...] = ()
    defects: tuple[Defect, ...] = ()
    notes: tuple[str, ...] = ()
