"""How every form looks: `{{ form }}` is laid out by templates of ours, errors beside their fields."""

from django.forms.renderers import TemplatesSetting


class FormLook(TemplatesSetting):
    """Fields one below the other: words, hint, field, error."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"
