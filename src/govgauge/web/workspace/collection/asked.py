"""The assignment that an address names."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from govgauge.office.models import Assignment, AssignmentState
from govgauge.web.access import acting_of


def assignment_of(request: HttpRequest, number: int) -> Assignment:
    """One's own assignment of a number. Raises Http404: nobody learns whether there is one of somebody else."""
    related = Assignment.objects.select_related("entry", "round", "batch", "coding")
    found = related.filter(id=number, person=acting_of(request).person).first()
    if found is not None and found.state == AssignmentState.DROPPED:
        raise Http404(_("这一项不再需要采集：对象已离开名单，或换了指标体系。"))
    if found is None:
        raise Http404(_("您没有这项采集任务，可能已改派他人；请从“我的采集”选择。"))
    return found
