"""Which parts really made a count, and how much each weighed: experts, the public, or both."""

from fractions import Fraction

from django.db.models import Count, Q
from msgspec import Struct

from govgauge.office.models import CaseCount

SHARE = "0.3"
"""What the public weighs where the rules of a count do not say."""


class Parts(Struct, frozen=True):
    """The weights that held; their sum is 1, or both are 0 where nothing was given."""

    experts: Fraction
    public: Fraction

    @property
    def words(self) -> str:
        """By whom cases were chosen: somebody whose part weighed nothing is not named."""
        names = ("专家评审" if self.experts else "", "公众投票" if self.public else "")
        return "和".join(filter(None, names)) or "评选"


def parts(made: CaseCount) -> Parts:
    """What weighed how much in a count: a part that gave no case anything passes its share to the other. One query."""
    given = made.results.aggregate(experts=Count("pk", filter=~Q(experts="")), public=Count("pk", filter=~Q(public="")))
    share = Fraction(str(made.rules.get("public_share", SHARE)))
    experts, public = (1 - share if given["experts"] else Fraction(0)), (share if given["public"] else Fraction(0))
    whole = experts + public
    return Parts(experts / whole, public / whole) if whole else Parts(Fraction(0), Fraction(0))
