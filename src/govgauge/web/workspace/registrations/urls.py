"""Addresses of registrations: the body's, and the office's below its round."""

from django.urls import path

from govgauge.web.workspace.registrations import deciding, form, office, own

urlpatterns = [
    path("registrations/", own.show, name="registrations"),
    path("registrations/new", own.new, name="registration-new"),
    path("registrations/<int:number>/", form.show, name="registration"),
    path("registrations/<int:number>/save", form.save, name="registration-save"),
    path("registrations/<int:number>/letter", form.letter, name="registration-letter"),
    path("registrations/<int:number>/submit", form.submit, name="registration-submit"),
    path("registrations/<int:number>/withdraw", form.withdraw, name="registration-withdraw"),
    path("rounds/<slug:slug>/registrations/", office.show, name="round-registrations"),
    path("rounds/<slug:slug>/registrations/<int:number>/", deciding.show, name="round-registration"),
    path("rounds/<slug:slug>/registrations/<int:number>/accept", deciding.accept, name="registration-accept"),
    path("rounds/<slug:slug>/registrations/<int:number>/return", deciding.send_back, name="registration-return"),
]
