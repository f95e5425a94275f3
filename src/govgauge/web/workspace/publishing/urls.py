"""Addresses of publishing in the workspace."""

from django.urls import path

from govgauge.web.workspace.publishing import diagnoses, doing, showing

ROUND = "rounds/<slug:slug>"
VERSION = f"{ROUND}/publish/<int:number>"
urlpatterns = [
    path(f"{ROUND}/publish/", showing.show, name="publishing"),
    path(f"{ROUND}/publish/run", showing.run, name="publishing-run"),
    path(f"{ROUND}/publish/prepare", doing.prepare, name="publishing-prepare"),
    path(f"{VERSION}/now", doing.publish, name="publishing-now"),
    path(f"{VERSION}/withdraw", doing.withdraw, name="publishing-withdraw"),
    path(f"{VERSION}/discard", doing.discard, name="publishing-discard"),
    path(f"{VERSION}/restore", doing.restore, name="publishing-restore"),
    path(f"{VERSION}/documents", doing.documents, name="publishing-documents"),
    path(f"{VERSION}/documents/<int:document>", showing.document, name="publishing-document"),
    path(f"{ROUND}/diagnoses/", diagnoses.show, name="diagnoses"),
    path(f"{ROUND}/diagnoses/<int:number>/<str:form>", diagnoses.one, name="diagnosis"),
]
