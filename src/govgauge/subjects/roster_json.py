"""Lists and subjects as plain values for `--json`."""

from datetime import date

from govgauge.subjects.model import Group, Outlet, Roster, Subject
from govgauge.subjects.roster import assessed_by, children, in_group, outlets_of
from govgauge.subjects.verify import Verification

Values = dict[str, object]


def roster_json(roster: Roster) -> Values:
    """What a list is, without its rows."""
    return {
        "id": roster.id,
        "title": roster.title,
        "year": roster.year,
        "source": roster.source,
        "subjects": len(roster.subjects),
        "outlets": len(roster.outlets),
        "groups": [group_json(roster, group) for group in roster.groups],
        "defects": [
            {
                "place": defect.place,
                "group": defect.group,
                "region": defect.region,
                "subject": defect.subject,
                "announced": defect.announced,
                "listed": defect.listed,
                "text": defect.text,
            }
            for defect in roster.defects
        ],
        "notes": list(roster.notes),
    }


def group_json(roster: Roster, group: Group) -> Values:
    """A group, by what it is assessed, and how many it has: listed, and announced (null where no number is)."""
    system, profile = assessed_by(roster, group.id) or (None, None)
    announced = next((one.number for one in roster.announced if (one.group, one.region) == (group.id, "")), None)
    return {
        "id": group.id,
        "title": group.title,
        "within": group.within or None,
        "system": system,
        "profile": profile,
        "announced": announced,
        "listed": len(in_group(roster, group.id)),
    }


def subject_json(roster: Roster, subject: Subject, *, whole: bool = False) -> Values:
    """A subject with its sites and accounts; the keys of those below it if `whole`."""
    found: Values = {
        "key": subject.key,
        "name": subject.name,
        "parent": subject.parent or None,
        "full_name": subject.full_name or None,
        "aliases": list(subject.aliases),
        "level": subject.level.value,
        "kind": subject.kind.value,
        "groups": list(subject.groups),
        "region": subject.region or None,
        "code": subject.code or None,
        "since": _day(subject.since),
        "until": _day(subject.until),
        "before": list(subject.before),
        "outlets": [_outlet(outlet) for outlet in outlets_of(roster, subject.key)],
    }
    if whole:
        found["children"] = [child.key for child in children(roster, subject.key)]
    return found


def verification_json(one: Verification) -> Values:
    """What became of the announced numbers."""
    return {
        "list": one.roster,
        "ok": one.ok(),
        "compared": one.compared,
        "mismatches": [
            {
                "group": mismatch.group,
                "region": mismatch.region or None,
                "announced": mismatch.announced,
                "listed": mismatch.listed,
                "place": mismatch.place,
                "recorded": mismatch.recorded,
            }
            for mismatch in one.mismatches
        ],
        "sentences": one.sentences(),
    }


def _outlet(outlet: Outlet) -> Values:
    return {
        "channel": outlet.channel.value,
        "address": outlet.address,
        "title": outlet.title or None,
        "since": _day(outlet.since),
        "until": _day(outlet.until),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
