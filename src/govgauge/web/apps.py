"""The pages as a Django app: templates, static files and template tags are found through it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages only; every row belongs to the office."""

    name = "govgauge.web"
    label = "web"
    verbose_name = "网页"
