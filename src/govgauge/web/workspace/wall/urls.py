"""Addresses of the board on a wall."""

from django.urls import path

from govgauge.web.workspace.wall import links, pages

ROUND = "rounds/<slug:slug>/board/wall"

urlpatterns = [
    path(f"{ROUND}/", pages.show, name="wall"),
    path(f"{ROUND}/live", pages.live, name="wall-live"),
    path(f"{ROUND}/links/", links.show, name="wall-links"),
    path(f"{ROUND}/links/<int:number>/revoke", links.revoke, name="wall-link-revoke"),
    path("wall/<str:secret>/", pages.show_of_link, name="wall-of-link"),
    path("wall/<str:secret>/live", pages.live_of_link, name="wall-of-link-live"),
]
