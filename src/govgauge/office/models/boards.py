"""How far the collecting of a round has come, counted now and then: counting millions takes longer than a page may."""

from django.db import models

from govgauge.office.models.rounds import Round


class BoardCount(models.Model):
    """The last count of a round. `body` is a `queries.boards.Board` as JSON; `seconds` is how long counting took.

    `begun_at` is set while somebody counts anew.
    """

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="board")
    body = models.TextField()
    made_at = models.DateTimeField()
    seconds = models.FloatField()
    begun_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.round_id} {self.made_at}"


class WorkCount(models.Model):
    """What start pages tell of a round and a page may not count where there are millions; by the last count.

    `unsent`: findings seen at two different times of which nobody was told; `half`: answers handed in that wait for
    the other coder of their check; `batches`: those in which something waits for a reviewer. `seconds` is how long it
    took to count all rounds that were counted with it.
    """

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="work_count")
    unsent = models.PositiveIntegerField()
    half = models.PositiveIntegerField()
    batches = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    seconds = models.FloatField()

    def __str__(self) -> str:
        return f"{self.round_id} {self.made_at}"
