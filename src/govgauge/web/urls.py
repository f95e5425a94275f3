"""Which address shows what."""

from django.urls import include, path

from govgauge.web import display
from govgauge.web.api import interface
from govgauge.web.portal import for_engines
from govgauge.web.service import health, metrics, scanner

urlpatterns = [
    path("", include("govgauge.web.workspace.urls")),
    path("", include("govgauge.web.vote.urls")),
    path("accounts/", include("govgauge.web.workspace.people.accounts")),
    path("case-library/", include("govgauge.web.case_library.urls")),
    path("certificates/", include("govgauge.web.certificates.urls")),
    path("portal/", include("govgauge.web.portal.urls")),
    path("open-data/", include("govgauge.web.open_data.urls")),
    path("api/v1/", include(interface.patterns)),
    path("robots.txt", for_engines.robots, name="robots"),
    path("sitemap.xml", for_engines.index, name="site-map"),
    path("sitemap-<int:number>.xml", for_engines.part, name="site-map-part"),
    path("display", display.choose, name="display"),
    path("scanner", scanner.show, name="scanner"),
    path("scanner.txt", scanner.as_text, name="scanner-text"),
    path("scanner.json", scanner.as_json, name="scanner-json"),
    path("metrics", metrics.show, name="metrics"),
    path("healthz", health.show, name="health"),
]
handler400 = "govgauge.web.faults.bad"
handler403 = "govgauge.web.faults.forbidden"
handler404 = "govgauge.web.faults.not_found"
handler500 = "govgauge.web.faults.broken"
