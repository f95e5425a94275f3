"""Addresses of field tests."""

from django.urls import path

from govgauge.web.workspace.field import calendar, evidence, mine, of_round, planning, scripts, test

urlpatterns = [
    path("field/", mine.show, name="field-tests"),
    path("field/calendar", calendar.show, name="field-calendar"),
    path("field/<int:number>/", test.show, name="field-test"),
    path("field/<int:number>/step", test.step, name="field-step"),
    path("field/<int:number>/close", test.close, name="field-close"),
    path("field/<int:number>/withdraw", test.withdraw, name="field-withdraw"),
    path("field/<int:number>/strike", test.strike, name="field-strike"),
    path("field/<int:number>/evidence", evidence.add, name="field-evidence-add"),
    path("field/<int:number>/evidence/<int:piece>/remove", evidence.remove, name="field-evidence-remove"),
    path("rounds/<slug:slug>/field/", of_round.show, name="round-field-tests"),
    path("rounds/<slug:slug>/field/<int:number>/", of_round.one, name="round-field-test"),
    path("rounds/<slug:slug>/field/<int:number>/strike", of_round.strike, name="round-field-strike"),
    path("rounds/<slug:slug>/field/<int:number>/withdraw", of_round.withdraw, name="round-field-withdraw"),
    path("rounds/<slug:slug>/field/plan", planning.show, name="field-plan"),
    path("rounds/<slug:slug>/field/plan/do", planning.plan, name="field-plan-do"),
    path("rounds/<slug:slug>/field/policy", planning.settle, name="field-policy"),
    path("rounds/<slug:slug>/field/scripts/new", scripts.new, name="field-script-new"),
    path("rounds/<slug:slug>/field/scripts/<int:number>/", scripts.edit, name="field-script"),
]
