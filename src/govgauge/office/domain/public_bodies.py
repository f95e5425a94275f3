"""Bodies over the years: which lasting record a body of a version has, and when that record takes a new name."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import F

from govgauge.office.domain.renamed_bodies import moved
from govgauge.office.models import ChangeKind, EntryChange, Publication, PublicationState, PublicSubject
from govgauge.subjects.keys import name_in
from govgauge.subjects.library import roster, roster_ids

OUTSIDE = (PublicationState.PUBLIC, PublicationState.REPLACED, PublicationState.WITHDRAWN)
"""Versions of which the public has read."""


def lasting(regions: Mapping[str, str]) -> dict[str, PublicSubject]:
    """The lasting records of some bodies, by the keys that a version has for them; `regions` by these keys.

    A body is known by its key, by one that it had once, or by one from before or after a renaming. The record of a
    renamed one stays as it is until the version is public. Bodies that nobody knows yet get a record.
    """
    found = {one.key: one for one in PublicSubject.objects.filter(key__in=regions)}
    if wanted := regions.keys() - found.keys():
        found |= _known_otherwise(wanted, regions)
    missing = [
        PublicSubject(key=key, name=name_in(key), region=region) for key, region in regions.items() if key not in found
    ]
    PublicSubject.objects.bulk_create(missing, ignore_conflicts=True)
    return found | {one.key: one for one in PublicSubject.objects.filter(key__in=[one.key for one in missing])}


def take_names(publication: Publication) -> None:
    """Give the renamed bodies of a version that becomes public their names of now; where a later round tells of them,
    the name here is one of their former ones."""
    rows = publication.published.exclude(entry__key=F("subject__key"))
    renamed = {number: (key, region) for number, key, region in rows.values_list("subject", "entry__key", "region")}
    if not renamed:
        return
    later = PublicSubject.objects.filter(
        published__publication__state__in=OUTSIDE, published__publication__as_of__gt=publication.as_of
    )
    told = set(later.filter(pk__in=renamed).values_list("pk", flat=True))
    keys = [key for key, _region in renamed.values()]
    taken = set(PublicSubject.objects.filter(key__in=keys).values_list("key", flat=True))
    changed = list(PublicSubject.objects.filter(pk__in=renamed))
    for one in changed:
        key, region = renamed[one.pk]
        if one.pk in told or key in taken:
            one.former = [*one.former, *({key} - {*one.former})]
        else:
            one.former = [*(each for each in one.former if each != key), one.key]
            one.key, one.name, one.region = key, name_in(key), region
    PublicSubject.objects.bulk_update(changed, ["former", "key", "name", "region"])


def _known_otherwise(wanted: Iterable[str], there: Mapping[str, str]) -> dict[str, PublicSubject]:
    """By a key that a body had once, else by those of which a list or a round says that they are of the same body;
    never by one that the version has beside."""
    once = {key: one for one in PublicSubject.objects.exclude(former=[]) for key in one.former}
    before = _renamed_from()
    followers = Counter(before.values())
    after = {old: new for new, old in before.items() if followers[old] == 1}
    chains = {key: [key, *_along(key, before), *_along(key, after)] for key in wanted}
    known = PublicSubject.objects.in_bulk({key for chain in chains.values() for key in chain}, field_name="key")
    found = {}
    for key, chain in chains.items():
        one = next((one for each in chain if (one := known.get(each) or once.get(each))), None)
        if one is not None and one.key not in there:
            found[key] = one
    return found


def _along(key: str, names: Mapping[str, str]) -> Iterator[str]:
    """The keys that lead on from one, the nearest first; a body goes along with the one above it."""
    seen = {key}
    while (key := moved(key, names)) and key not in seen:
        seen.add(key)
        yield key


def _renamed_from() -> dict[str, str]:
    """The key that a body had before it was renamed or upgraded, by its key now; mergers are no renaming."""
    listed = {
        subject.key: subject.before[0]
        for name in roster_ids()
        for subject in roster(name).subjects
        if len(subject.before) == 1
    }
    changes = EntryChange.objects.filter(kind=ChangeKind.RENAMED).order_by("id").values_list("after", "before")
    return listed | dict(changes)
