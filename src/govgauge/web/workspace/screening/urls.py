"""Addresses of the office's pages of cases, below their round."""

from django.urls import path

from govgauge.web.workspace.screening import deciding, listing, one, rules, scoring, twins

urlpatterns = [
    path("rounds/<slug:slug>/cases/", listing.show, name="round-cases"),
    path("rounds/<slug:slug>/cases/rules", rules.show, name="case-rules"),
    path("rounds/<slug:slug>/cases/decide", deciding.decide, name="cases-decide"),
    path("rounds/<slug:slug>/cases/decisions/<int:number>/undo", deciding.undo, name="cases-undo"),
    path("rounds/<slug:slug>/cases/twins/<int:number>", twins.decide, name="case-twins"),
    path("rounds/<slug:slug>/cases/<int:number>/twin", twins.ask, name="case-twin-ask"),
    path("rounds/<slug:slug>/cases/<int:number>/", one.show, name="round-case"),
    path("rounds/<slug:slug>/cases/<int:number>/check", one.check, name="case-check"),
    path("rounds/<slug:slug>/cases/<int:number>/category", one.category, name="case-category"),
    path("rounds/<slug:slug>/cases/<int:number>/return", one.send_back, name="case-return"),
    path("rounds/<slug:slug>/cases/<int:number>/visit", one.visit, name="case-visit"),
    path("rounds/<slug:slug>/cases/<int:number>/visits/<int:piece>", one.picture, name="case-picture"),
    path("rounds/<slug:slug>/cases/<int:number>/score", scoring.score, name="case-score"),
]
