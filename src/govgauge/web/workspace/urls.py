"""Addresses of the office's pages."""

from django.urls import include, path

from govgauge.web.workspace import entries, entry, jobs, rounds

urlpatterns = [
    path("", include("govgauge.web.workspace.people.urls")),
    path("", include("govgauge.web.workspace.registrations.urls")),
    path("", include("govgauge.web.workspace.uploads.urls")),
    path("", include("govgauge.web.workspace.start.urls")),
    path("rounds/<slug:slug>/", rounds.show, name="round"),
    path("rounds/<slug:slug>/progress", rounds.progress, name="round-progress"),
    path("rounds/<slug:slug>/entries/", entries.show, name="entries"),
    path("rounds/<slug:slug>/entries/<int:number>/", entry.show, name="entry"),
    path("rounds/<slug:slug>/entries/<int:number>/<str:name>", entry.report, name="entry-report"),
    path("rounds/<slug:slug>/jobs/", jobs.show, name="jobs"),
    path("", include("govgauge.web.workspace.notices.urls")),
    path("", include("govgauge.web.workspace.review.urls")),
    path("", include("govgauge.web.workspace.remedies.urls")),
    path("", include("govgauge.web.workspace.collection.urls")),
    path("", include("govgauge.web.workspace.field.urls")),
    path("", include("govgauge.web.workspace.panel.urls")),
    path("", include("govgauge.web.workspace.nominations.urls")),
    path("", include("govgauge.web.workspace.screening.urls")),
    path("", include("govgauge.web.workspace.certificates.urls")),
    path("", include("govgauge.web.workspace.publishing.urls")),
    path("", include("govgauge.web.workspace.wall.urls")),
]
