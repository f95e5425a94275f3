"""Which program a round belongs to."""

from django.db import transaction

from govgauge.errors import Unusable
from govgauge.office import messages
from govgauge.office.domain.acting import noted_by_command
from govgauge.office.models import JobState, Round, RoundState
from govgauge.office.program import program


@transaction.atomic
def adopt(round_: Round) -> str:
    """Let this program go on with a round that another one began; returns the name of the other one.

    Raises Unusable for a frozen round.
    """
    locked = Round.objects.select_for_update().get(id=round_.id)
    if locked.state == RoundState.FROZEN:
        raise Unusable(f"“{locked.slug}”已冻结，不能改换程序 (the round is frozen).")
    before, locked.program = locked.program, program()
    locked.save(update_fields=["program"])
    locked.jobs.filter(state=JobState.READY, attempts=0).update(reason="")
    messages.withdraw(locked)
    noted_by_command("round.adopt", locked, {"program": before}, {"program": locked.program})
    return before
