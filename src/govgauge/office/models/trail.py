"""The audit trail: who changed what, when, from what to what. Rows are added, never changed.

But for one: what is saved by itself while somebody types makes one row, which grows until they do something else.
"""

from collections.abc import Set
from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from govgauge.office.models.people import Person
from govgauge.office.models.rounds import Entry, Round


class Change(models.Model):
    """One change of one record, written in the transaction that made it.

    `actor` is empty for what the program does by itself. `before` and `after` hold only the fields that differ. `until`
    is when the last of several saves was taken in; `before` is then as it was ahead of the first one.
    """

    at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True, blank=True)
    actor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="trail")
    actor_name = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=45, blank=True, help_text="来自哪个网络地址")
    verb = models.CharField(max_length=60)
    topic = models.CharField(max_length=40)
    record = models.CharField(max_length=40)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="trail")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="trail")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["topic", "record", "id"], name="change_of_record"),
            models.Index(fields=["round", "id"], name="change_of_round"),
            models.Index(fields=["actor", "id"], name="change_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.topic} {self.record}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises ValueError for one that is there already: what happened stays as it was."""
        if self.pk is not None:
            raise ValueError("a change is added, never changed")
        super().save(*args, **kwargs)

    def take_in(self, before: dict[str, Any], after: dict[str, Any], at: datetime, kept_back: Set[str]) -> None:
        """Take a further save in: from what was ahead of the first one to what is now. `kept_back`: fields whose
        content is not told, so that nothing can be said of whether they are as before."""
        first = {**before, **self.before} if self.before else {}
        last = {**self.after, **after}
        same = {name for name in first.keys() & last.keys() - kept_back if first[name] == last[name]}
        Change.objects.filter(pk=self.pk).update(
            before={name: value for name, value in first.items() if name not in same},
            after={name: value for name, value in last.items() if name not in same},
            until=at,
        )

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: what happened stays as it was."""
        raise ValueError("a change is never deleted")
