"""Addresses of nominations: one's own after signing in, and those of citizens."""

from django.urls import path

from govgauge.web.workspace.nominations import form, own, public

urlpatterns = [
    path("nominations/", own.show, name="nominations"),
    path("nominations/new", own.new, name="nomination-new"),
    path("nominations/<int:number>/", form.show, name="nomination"),
    path("nominations/<int:number>/save", form.save, name="nomination-save"),
    path("nominations/<int:number>/submit", form.submit, name="nomination-submit"),
    path("nominations/<int:number>/withdraw", form.withdraw, name="nomination-withdraw"),
    path("nominations/<int:number>/files", form.add_file, name="nomination-file-add"),
    path("nominations/<int:number>/files/<int:piece>", form.change_file, name="nomination-file"),
    path("nominate/<slug:slug>/", public.show, name="nominate"),
    path("nominate/<slug:slug>/sent", public.sent, name="nominate-sent"),
    path("nominate/<slug:slug>/<str:secret>/", public.own, name="nominate-own"),
    path("nominate/<slug:slug>/<str:secret>/files/<int:piece>", public.file, name="nominate-file"),
]
