"""The board on the wall of a command centre: its last count, and the links that open it without signing in."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.people import Person
from govgauge.office.models.rounds import Round


class WallCount(models.Model):
    """The last count of a round for its wall. `body` is a `queries.wall.Wall` as JSON; `seconds`: how long it took.

    `begun_at` is set while somebody counts anew: however many boards hang, one of them has it counted.
    """

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="wall")
    body = models.TextField()
    made_at = models.DateTimeField()
    seconds = models.FloatField()
    begun_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.round_id} {self.made_at}"


class WallLink(models.Model):
    """A secret address that shows the wall of a round and nothing else, until a day or until it is revoked.

    Only the hash of the secret is kept. `name` tells which screen it is for.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="wall_links")
    name = models.CharField(max_length=60, help_text="挂在哪里")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="wall_links")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["round", "-id"], name="wall_links_of_round")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.name}"
