"""Addresses of experts, of the panel's chair, and of the announcement."""

from django.urls import path

from govgauge.web.workspace.panel import (
    announced,
    bonus,
    judging,
    mine,
    minute_book,
    overview,
    results,
    scores,
    seating,
    tie_list,
)

ROUND = "rounds/<slug:slug>"
urlpatterns = [
    path("judging/", mine.calls, name="my-panels"),
    path(f"{ROUND}/my-cases/", mine.show, name="my-cases"),
    path(f"{ROUND}/my-cases/declaration", mine.declare, name="my-declaration"),
    path(f"{ROUND}/my-cases/tie", mine.avoid, name="my-tie"),
    path(f"{ROUND}/my-cases/ballot/", mine.ballot, name="my-ballot"),
    path(f"{ROUND}/my-cases/ballot/cast", mine.cast, name="my-ballot-cast"),
    path(f"{ROUND}/my-cases/files/<int:number>", judging.picture, name="my-case-file"),
    path(f"{ROUND}/my-cases/read/<int:number>/", judging.read, name="my-case-read"),
    path(f"{ROUND}/my-cases/<int:number>/", judging.show, name="my-case"),
    path(f"{ROUND}/my-cases/<int:number>/save", judging.save, name="my-case-save"),
    path(f"{ROUND}/my-cases/<int:number>/submit", judging.submit, name="my-case-submit"),
    path(f"{ROUND}/my-cases/<int:number>/abstain", judging.abstain, name="my-case-abstain"),
    path(f"{ROUND}/my-cases/<int:number>/reopen", judging.reopen, name="my-case-reopen"),
    path(f"{ROUND}/panel/", overview.show, name="panel"),
    path(f"{ROUND}/panel/experts", overview.seat, name="panel-seat"),
    path(f"{ROUND}/panel/experts/<int:number>/leave", overview.leave, name="panel-leave"),
    path(f"{ROUND}/panel/ties/", tie_list.show, name="panel-ties"),
    path(f"{ROUND}/panel/ties/do", tie_list.do, name="panel-ties-do"),
    path(f"{ROUND}/panel/ties/<int:number>/decide", tie_list.decide, name="panel-tie-decide"),
    path(f"{ROUND}/panel/seats/", seating.show, name="panel-seats"),
    path(f"{ROUND}/panel/seats/do", seating.do, name="panel-seats-do"),
    path(f"{ROUND}/panel/seats/<int:number>/take-back", seating.take_back, name="panel-seat-back"),
    path(f"{ROUND}/panel/scores/", scores.show, name="panel-scores"),
    path(f"{ROUND}/panel/scores/calibrate", scores.calibrate, name="panel-calibrate"),
    path(f"{ROUND}/panel/minutes/", minute_book.show, name="panel-minutes"),
    path(f"{ROUND}/panel/minutes/do", minute_book.do, name="panel-minutes-do"),
    path(f"{ROUND}/panel/results/", results.show, name="case-results"),
    path(f"{ROUND}/panel/results/do", results.do, name="case-results-do"),
    path(f"{ROUND}/panel/bonus/", bonus.show, name="case-bonus"),
    path(f"{ROUND}/panel/bonus/do", bonus.do, name="case-bonus-do"),
    path("awards/<slug:slug>/", announced.show, name="awards"),
    path("awards/<slug:slug>/<int:number>/", announced.one, name="award"),
    path("awards/<slug:slug>/<int:number>/files/<int:file>", announced.picture, name="award-file"),
    path("awards/<slug:slug>/<int:number>/certificate", announced.certificate, name="award-certificate"),
]
