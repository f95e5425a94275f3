"""Addresses of the public vote, and of the chair's page about it. `narrow` takes most ballots before they come here."""

from django.urls import path

from govgauge.web.vote import cases, casting, office, proving

urlpatterns = [
    path("vote/<slug:slug>/", cases.show, name="vote"),
    path("vote/<slug:slug>/turnout", cases.turnout, name="vote-turnout"),
    path("vote/<slug:slug>/pictures/<int:number>", cases.picture, name="vote-picture"),
    path("vote/<slug:slug>/proof", proving.show, name="vote-proof"),
    path("vote/<slug:slug>/code", proving.enter, name="vote-code"),
    path("vote/<slug:slug>/outside", proving.outside, name="vote-outside"),
    path("vote/<slug:slug>/cast", casting.cast, name="vote-cast"),
    path("vote/<slug:slug>/receipt", casting.receipt, name="vote-receipt"),
    path("vote/<slug:slug>/receipts", casting.receipts, name="vote-receipts"),
    path("rounds/<slug:slug>/vote/", office.show, name="round-vote"),
    path("rounds/<slug:slug>/vote/look", office.look, name="round-vote-look"),
    path("rounds/<slug:slug>/vote/aside/<int:number>", office.decide, name="round-vote-decide"),
]
