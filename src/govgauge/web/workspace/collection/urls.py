"""Addresses of those who collect and of those who plan it."""

from django.urls import path

from govgauge.web.workspace.collection import coding, copies, evidence, grids, guides, mine, planning

urlpatterns = [
    path("work/", mine.show, name="my-work"),
    path("work/grids", grids.choose, name="coding-grids"),
    path("work/grid", grids.show, name="coding-grid"),
    path("work/bulk/<int:number>/undo", grids.undo, name="coding-undo"),
    path("work/<int:number>/", coding.show, name="coding"),
    path("work/<int:number>/copy", copies.show, name="coding-copy"),
    path("work/<int:number>/save", coding.save, name="coding-save"),
    path("work/<int:number>/take-back", coding.take_back, name="coding-take-back"),
    path("work/<int:number>/evidence", evidence.show, name="coding-evidence"),
    path("work/<int:number>/evidence/add", evidence.add, name="coding-evidence-add"),
    path("work/<int:number>/evidence/<int:piece>/remove", evidence.remove, name="coding-evidence-remove"),
    path("work/<int:number>/evidence/<int:piece>/picture", evidence.picture, name="coding-picture"),
    path("rounds/<slug:slug>/guides/", guides.show, name="check-guides"),
    path("rounds/<slug:slug>/guides/<slug:system>/<str:check>/", guides.one, name="check-guide"),
    path("rounds/<slug:slug>/collection/", planning.show, name="collection-plan"),
    path("rounds/<slug:slug>/collection/plan", planning.plan, name="collection-plan-do"),
    path("rounds/<slug:slug>/collection/move", planning.move, name="collection-move"),
    path("rounds/<slug:slug>/collection/batches/<int:number>/", planning.batch, name="collection-batch"),
]
