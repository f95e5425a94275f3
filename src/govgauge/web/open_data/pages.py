"""Pages about open data: what there is, what its columns mean, and how programs ask for it."""

from django.contrib.auth.decorators import login_not_required as public
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from govgauge.office.open_data.found import LATEST, NotThere, Withdrawn, rounds, version
from govgauge.office.open_data.licence import licence
from govgauge.office.open_data.making import made
from govgauge.reports.open_data.dictionary import tables
from govgauge.web.open_data.listed import listed


@public
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every round with its versions and the files of the one that holds."""
    found = []
    for one in rounds():
        told = list(one.told)  # type: ignore[attr-defined]
        for publication in told:
            publication.round = one  # asked for already
        holding = next((publication for publication in told if publication.state == "public"), None)
        found.append({"round": one, "versions": told, "holding": listed(holding) if holding else None})
    return render(request, "open_data/list.html", {"rounds": found, "licence": licence()})


@public
@require_safe
def show_version(request: HttpRequest, slug: str, version_name: str) -> HttpResponse:
    """One version: tables, files, checksums; one that was withdrawn says why."""
    try:
        chosen = version(slug, version_name)
    except Withdrawn as gone:
        return render(request, "open_data/withdrawn.html", {"gone": gone}, status=410)
    except NotThere:
        raise Http404(_("没有这个年度评估或版本；请从开放数据的列表中选择。")) from None
    if version_name == LATEST:
        return HttpResponseRedirect(listed(chosen.publication).path)
    shown = {"one": listed(chosen.publication), "about": chosen.material.about, "licence": licence()}
    return render(request, "open_data/version.html", {**shown, "whole": made(chosen, "about.json")})


@public
@require_safe
def show_dictionary(request: HttpRequest) -> HttpResponse:
    """What each column means."""
    return render(request, "open_data/dictionary.html", {"tables": tables().values()})
