"""A file that somebody sends to be looked at: held in memory while the answer is made, written nowhere."""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from govgauge.reports.certificates.checking import MOST_BYTES


class HeldUpload(FileUploadHandler):
    """Takes one file, and of it one byte more than is looked at: so that a larger one is told as such."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._held: io.BytesIO | None = None
        self._files = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file. Raises SkipFile for any after the first."""
        super().new_file(*args, **kwargs)
        self._files += 1
        if self._files > 1:
            raise SkipFile
        self._held = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep what is still looked at, drop the rest."""
        if self._held is not None and start <= MOST_BYTES:
            self._held.write(raw_data[: MOST_BYTES + 1 - start])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """The file as it was held."""
        if self._held is None:
            return None
        self._held.seek(0)
        name, self.file_name = self.file_name or "file", None
        return InMemoryUploadedFile(self._held, self.field_name, name, "application/pdf", file_size, None)
