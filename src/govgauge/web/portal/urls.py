"""Addresses of the portal. Those of a round lead to what holds, with `versions/NUMBER/` to a version."""

from django.urls import URLPattern, path

from govgauge.web.portal import comparing, feed, groups, pages, places, rounds, site_map, subjects, systems
from govgauge.web.portal.search import views as search


def of_round(prefix: str) -> list[URLPattern]:
    """The pages of a round."""
    return [
        path(prefix, rounds.show, name="portal-round"),
        path(f"{prefix}groups/<int:group>/", groups.show, name="portal-group"),
        path(f"{prefix}groups/<int:group>/compare/", comparing.show, name="portal-compare"),
        path(f"{prefix}map/", places.show, name="portal-map"),
        path(f"{prefix}systems/<str:system>/", systems.show_of_round, name="portal-round-system"),
        path(f"{prefix}documents/<int:file>", rounds.document, name="portal-document"),
    ]


urlpatterns = [
    path("", rounds.home, name="portal"),
    path("rounds/", rounds.show_list, name="portal-rounds"),
    *of_round("rounds/<str:slug>/versions/<int:number>/"),
    *of_round("rounds/<str:slug>/"),
    path("subjects/", subjects.show_list, name="portal-subjects"),
    path("subjects/<int:subject>/", subjects.show, name="portal-subject"),
    path("systems/", systems.show_list, name="portal-systems"),
    path("systems/<str:system>/", systems.show, name="portal-system"),
    path("systems/<str:before>/to/<str:after>/", systems.difference, name="portal-systems-difference"),
    path("feed.xml", feed.show, name="portal-feed"),
    path("search/", search.show, name="portal-search"),
    path("search/suggest", search.suggest, name="portal-suggest"),
    path("method/", pages.method, name="portal-method"),
    path("about/", pages.about, name="portal-about"),
    path("contact/", pages.contact, name="portal-contact"),
    path("sitemap/", site_map.show, name="portal-site-map"),
    path("accessibility/", pages.accessibility, name="portal-accessibility"),
    path("privacy/", pages.privacy, name="portal-privacy"),
]
