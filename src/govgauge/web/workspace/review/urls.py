"""Addresses of reviewers, adjudicators, bodies that object, and the head of collection."""

from django.urls import path

from govgauge.web.workspace.review import (
    answers,
    batch,
    batches,
    board,
    disputes,
    objecting,
    objections,
    pieces,
    preliminary,
)

ROUND = "rounds/<slug:slug>"
urlpatterns = [
    path(f"{ROUND}/review/", batches.show, name="review"),
    path(f"{ROUND}/review/<int:number>/", batch.show, name="review-batch"),
    path(f"{ROUND}/review/<int:number>/do", batch.do, name="review-do"),
    path(f"{ROUND}/review/pictures/<int:number>", pieces.for_reviewers, name="review-picture"),
    path(f"{ROUND}/disputes/", disputes.show, name="disputes"),
    path(f"{ROUND}/disputes/<int:number>/", disputes.one, name="dispute"),
    path(f"{ROUND}/disputes/pictures/<int:number>", pieces.for_adjudicators, name="dispute-picture"),
    path(f"{ROUND}/answers/", answers.show, name="answers"),
    path(f"{ROUND}/answers/<int:number>/", answers.one, name="answer"),
    path(f"{ROUND}/answers/<int:number>/reopen", answers.reopen, name="answer-reopen"),
    path(f"{ROUND}/own/", preliminary.own, name="own-entries"),
    path(f"{ROUND}/entries/<int:number>/answers/", preliminary.show, name="entry-answers"),
    path(f"{ROUND}/entries/<int:number>/answers/confirm", answers.confirm, name="answer-confirm"),
    path(f"{ROUND}/entries/<int:number>/answers/<str:check>/object", objecting.file, name="object"),
    path(f"{ROUND}/objections/", objections.show, name="objections"),
    path(f"{ROUND}/objections/period", objections.set_period, name="objection-period"),
    path(f"{ROUND}/objections/publish", objections.publish, name="objections-publish"),
    path(f"{ROUND}/objections/<int:number>/", objections.one, name="objection"),
    path(f"{ROUND}/objections/<int:number>/withdraw", objecting.withdraw, name="objection-withdraw"),
    path(f"{ROUND}/objections/<int:number>/decide", objections.decide, name="objection-decide"),
    path(f"{ROUND}/objections/pictures/<int:number>", pieces.for_deciders, name="objection-picture"),
    path(f"{ROUND}/board/", board.show, name="board"),
    path(f"{ROUND}/board/policy", board.change_policy, name="review-policy"),
]
