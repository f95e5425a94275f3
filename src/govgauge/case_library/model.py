"""Cases as values: the chosen cases of a year, what their source contradicts, and what those described can do."""

from msgspec import Struct

from govgauge.word_enum import WordEnum


class CaseKind(WordEnum):
    """Which of the two contests a case won."""

    DIGITAL = "digital"
    """数字政府类"""
    SITE = "site"
    """政府网站类"""


class CaseGroup(WordEnum):
    """Among whom a case was chosen, or, where the source makes no groups, the rank of its owner."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    CITY = "city"
    """Sub-provincial cities, provincial capitals and prefectures."""
    COUNTY = "county"
    ZONE = "zone"
    """National development zones."""


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """A chosen case. `id` stays for ever and is never given to another one.

    `owner` and `name` are as the source prints them, line breaks undone. `subject` is the owner's key in the lists of
    subjects, empty where none of them has it; `region` the province, empty for ministries. `place` tells where in the
    source it stands.
    """

    id: str
    year: int
    kind: CaseKind
    group: CaseGroup
    owner: str
    name: str
    place: str
    subject: str = ""
    region: str = ""
    categories: tuple[str, ...] = ()
    source: str = ""
    """What it was published by, where that is no edition of the library."""
    address: str = ""
    """The page that tells of it, where that is none of the library."""


class Announced(Struct, frozen=True, forbid_unknown_fields=True):
    """A number of cases that the source states: of a kind, or of a group of that kind."""

    kind: CaseKind
    number: int
    place: str
    group: CaseGroup | None = None


class Defect(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the source contradicts itself, in both languages; about a `case` where it is about one.

    `announced` and `listed` are numbers of a `kind` (and `group`) that do not agree.
    """

    place: str
    text: str
    en: str
    case: str = ""
    kind: CaseKind | None = None
    group: CaseGroup | None = None
    announced: int | None = None
    listed: int | None = None


class Edition(Struct, frozen=True, forbid_unknown_fields=True):
    """The cases of one year, in the order of the source."""

    id: str
    year: int
    title: str
    source: str
    cases: tuple[Case, ...] = ()
    announced: tuple[Announced, ...] = ()
    defects: tuple[Defect, ...] = ()
    notes: tuple[str, ...] = ()


class Capability(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that a described case can do, in words of our own and in both languages.

    `checks` measure it: a system's id and the check's id in it, such as `2025-city:4.2.1-5`. `audits` are those
    that measure it beside the audits of these checks. `unmeasured` says that no system has a check for it.
    """

    zh: str
    en: str
    checks: tuple[str, ...] = ()
    audits: tuple[str, ...] = ()
    unmeasured: bool = False


class Described(Struct, frozen=True, forbid_unknown_fields=True):
    """What the source tells at length about a case: where it does, and what the case can do."""

    id: str
    place: str
    capabilities: tuple[Capability, ...]
