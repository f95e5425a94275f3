"""What a password must be, told in the reader's language."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Django's catalogue has no Chinese for its sentence."""

    def get_error_message(self) -> str:
        """The sentence of the refusal."""
        return _("密码太短，至少要 %(n)d 个字符。") % {"n": self.min_length}

    def get_help_text(self) -> str:
        """The sentence beside the field."""
        return _("密码至少要 %(n)d 个字符。") % {"n": self.min_length}
