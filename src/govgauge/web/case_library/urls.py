"""Addresses of the case library."""

from django.urls import path

from govgauge.web.case_library import views

urlpatterns = [
    path("", views.show_list, name="case-library"),
    path("<str:case>/", views.show_case, name="case-library-case"),
]
