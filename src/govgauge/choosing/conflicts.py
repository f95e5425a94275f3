"""Conflicts of interest of an expert with a case: declared ones, and what employer, region and e-mail domain say.

A wrong accusation costs more than a miss: what rests on a similar name, a guess of a place or a shared domain is only
`possible`, and a person decides; nothing at all is said where names have nothing to do with each other.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Set

from msgspec import Struct

from govgauge.choosing import places
from govgauge.choosing.bodies import Body, Relation, read_body, relation
from govgauge.choosing.mail_domains import Nearness, mail_domain, nearness, site_domain
from govgauge.choosing.places import Reading
from govgauge.word_enum import WordEnum


class Strength(WordEnum):
    """Whether a conflict holds, or a person must decide."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


class Ground(WordEnum):
    """What a conflict was found by."""

    DECLARED = "declared"
    NOMINATED = "nominated"
    EMPLOYER = "employer"
    REGION = "region"
    EMAIL = "email"


class Region(WordEnum):
    """How near a case's owner may not be to the expert, by the round."""

    NONE = "none"
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"


class Tie(Struct, frozen=True):
    """What an expert declared: `about` is the id of a case, the key of a subject, or the name of a body."""

    about: str
    note: str = ""


class Expert(Struct, frozen=True):
    """An expert. `place`: the declared region, as a name (湖北省武汉市) or a code of six digits."""

    judge: str
    employer: str = ""
    place: str = ""
    email: str = ""
    ties: tuple[Tie, ...] = ()


class OwnedCase(Struct, frozen=True):
    """A case and whose it is: the owner's name, its key in the lists of subjects, its region, its site, and the expert
    who nominated the case; each may be empty."""

    case: str
    owner: str
    subject: str = ""
    place: str = ""
    site: str = ""
    nominator: str = ""


class Conflict(Struct, frozen=True):
    """A conflict, how strong it is, and the reason as a sentence for the person who decides and for the expert."""

    case: str
    judge: str
    ground: Ground
    strength: Strength
    reason: str


class _Person(Struct, frozen=True):
    expert: Expert
    declared: Reading
    body: Body


class _Owned(Struct, frozen=True):
    case: OwnedCase
    place: Reading
    body: Body
    shared_site: bool


def conflicts(experts: Iterable[Expert], cases: Iterable[OwnedCase], region: Region = Region.NONE) -> list[Conflict]:
    """Every conflict, one for each ground, in the order of cases, experts and grounds. `region` is the round's rule."""
    people = [_person(one) for one in sorted(experts, key=lambda one: one.judge)]
    held = sorted(cases, key=lambda one: one.case)
    owners_of_site = Counter(site for _, site in {(one.owner, site_domain(one.site)) for one in held})
    owned = [_owned(one, owners_of_site) for one in held]
    return [found for one in owned for person in people for found in _between(person, one, region)]


def barred(
    found: Iterable[Conflict], cleared: Set[tuple[str, str, Ground]] = frozenset(), *, undecided: bool = True
) -> frozenset[tuple[str, str]]:
    """The pairs (case, judge) that may not be assigned: certain ones always; possible ones unless a person has
    `cleared` them, or, with `undecided` False, not at all."""
    return frozenset(
        (one.case, one.judge)
        for one in found
        if one.strength is Strength.CERTAIN or (undecided and (one.case, one.judge, one.ground) not in cleared)
    )


def _person(expert: Expert) -> _Person:
    declared = places.read(expert.place) if expert.place else places.NOWHERE
    return _Person(expert, declared, read_body(expert.employer, declared.code))


def _owned(case: OwnedCase, owners_of_site: Mapping[str, int]) -> _Owned:
    known = places.of_subject(case.subject)
    place = places.read(known or case.place) if known or case.place else places.NOWHERE
    body = read_body(case.owner, place.code)
    return _Owned(case, place if place.codes else body.place, body, owners_of_site[site_domain(case.site)] > 1)


def _between(person: _Person, owned: _Owned, region: Region) -> Iterable[Conflict]:
    grounds = {
        Ground.DECLARED: _declared(person, owned),
        Ground.NOMINATED: _nominated(person, owned),
        Ground.EMPLOYER: _employer(person, owned),
        Ground.REGION: _region(person, owned, region),
        Ground.EMAIL: _email(person, owned),
    }
    for ground, found in grounds.items():
        if found is not None:
            yield Conflict(owned.case.case, person.expert.judge, ground, *found)


def _declared(person: _Person, owned: _Owned) -> tuple[Strength, str] | None:
    near = None
    for tie in person.expert.ties:
        note = f"（{tie.note}）" if tie.note else ""
        if tie.about in {owned.case.case, owned.case.subject, owned.case.owner} - {""}:
            return Strength.CERTAIN, f"专家本人申报与“{tie.about}”有关{note}。"
        if relation(read_body(tie.about), owned.body) is not None:
            near = Strength.POSSIBLE, f"专家本人申报与“{tie.about}”有关{note}，可能就是“{owned.case.owner}”或其上下级。"
    return near


def _nominated(person: _Person, owned: _Owned) -> tuple[Strength, str] | None:
    if owned.case.nominator != person.expert.judge:
        return None
    return Strength.CERTAIN, "案例由该专家推荐。"


def _employer(person: _Person, owned: _Owned) -> tuple[Strength, str] | None:
    employer, owner = person.expert.employer, owned.case.owner
    if employer and person.declared.code and owned.place.code and _apart(person.declared.code, owned.place.code):
        same_name_only = not person.body.place.codes and person.body.place.rest == owned.body.place.rest
        if same_name_only or len(person.body.place.codes) > 1:
            return None
    match relation(person.body, owned.body):
        case Relation.SAME:
            return Strength.CERTAIN, f"专家的工作单位“{employer}”就是案例单位“{owner}”。"
        case Relation.PART:
            return Strength.CERTAIN, f"专家的工作单位“{employer}”与案例单位“{owner}”是同一地方的政府及其部门。"
        case Relation.MAYBE_SAME:
            return Strength.POSSIBLE, f"专家的工作单位“{employer}”可能就是案例单位“{owner}”，请核实。"
        case Relation.MAYBE_PART:
            return Strength.POSSIBLE, f"专家的工作单位“{employer}”与案例单位“{owner}”可能是上下级，请核实。"
        case None:
            return None


def _apart(one: str, other: str) -> bool:
    return not places.holds(one, other) and not places.holds(other, one)


def _region(person: _Person, owned: _Owned, region: Region) -> tuple[Strength, str] | None:
    level = {Region.COUNTY: "县（市、区）", Region.CITY: "市（地、州、盟）", Region.PROVINCE: "省（区、市）"}.get(
        region
    )
    if level is None:
        return None
    owner = owned.case.owner
    if _near(person.declared, owned.place, region):
        return Strength.CERTAIN, f"专家所在地区“{person.expert.place}”与案例单位“{owner}”在同一{level}。"
    if _near(person.body.place, owned.place, region):
        employer = person.expert.employer
        return Strength.POSSIBLE, f"由工作单位“{employer}”推断，专家与案例单位“{owner}”在同一{level}，请核实。"
    return None


def _near(one: Reading, other: Reading, region: Region) -> bool:
    if not one.code or not other.code:
        return False
    match region:
        case Region.NONE:
            return False
        case Region.PROVINCE:
            return places.province_of(one.code) == places.province_of(other.code)
        case Region.CITY:
            return places.city_of(one.code) == places.city_of(other.code) != ""
        case Region.COUNTY:
            listed = places.county_of(one.code) == places.county_of(other.code) != ""
            return one.below == other.below and (listed or (one.code == other.code and one.below != ""))


def _email(person: _Person, owned: _Owned) -> tuple[Strength, str] | None:
    domain = mail_domain(person.expert.email)
    match nearness(person.expert.email, owned.case.site):
        case Nearness.SAME if not owned.shared_site:
            return Strength.CERTAIN, f"专家的邮箱域名 {domain} 就是案例单位“{owned.case.owner}”的网站域名。"
        case None:
            return None
        case _:
            return (
                Strength.POSSIBLE,
                f"专家的邮箱域名 {domain} 与案例单位“{owned.case.owner}”的网站属于同一注册域名或共用网站，请核实。",
            )
