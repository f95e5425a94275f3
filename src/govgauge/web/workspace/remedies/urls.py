"""Addresses of putting findings right."""

from django.urls import path

from govgauge.web.workspace.remedies import acts, lists, one, region, self_checks, site_file, statistics, unsent

urlpatterns = [
    path("remedies/", lists.mine, name="my-remedies"),
    path("rounds/<slug:slug>/remedies/", lists.show, name="remedies"),
    path("rounds/<slug:slug>/remedies/report", acts.report, name="remedies-report"),
    path("rounds/<slug:slug>/remedies/decide", acts.decide, name="remedies-decide"),
    path("rounds/<slug:slug>/remedies/office", acts.office, name="remedies-office"),
    path("rounds/<slug:slug>/remedies/unsent", unsent.show, name="findings-unsent"),
    path("rounds/<slug:slug>/remedies/notify", unsent.notify, name="findings-notify"),
    path("rounds/<slug:slug>/remedies/statistics", statistics.show, name="remedy-statistics"),
    path("rounds/<slug:slug>/remedies/<int:number>/", one.show, name="remedy"),
    path("rounds/<slug:slug>/remedies/<int:number>/source", one.source, name="remedy-source"),
    path("rounds/<slug:slug>/region/", region.show, name="region"),
    path("rounds/<slug:slug>/entries/<int:number>/checks/", self_checks.show, name="self-checks"),
    path("rounds/<slug:slug>/entries/<int:number>/checks/start", self_checks.start, name="self-check-start"),
    path("rounds/<slug:slug>/entries/<int:number>/checks/findings", self_checks.look, name="finding-look"),
    path(
        "rounds/<slug:slug>/entries/<int:number>/checks/<int:check>/<str:name>",
        self_checks.report,
        name="self-check-report",
    ),
    path("rounds/<slug:slug>/entries/<int:number>/file/", site_file.show, name="site-file"),
]
