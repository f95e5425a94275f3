"""The office as a Django app."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """One app with one migration history, cut by layers and inside each layer by topic."""

    name = "govgauge.office"
    label = "office"
    verbose_name = "评估工作"
    default_auto_field = "django.db.models.BigAutoField"
