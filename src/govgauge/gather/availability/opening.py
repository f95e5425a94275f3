"""What one probe of a home page leaves behind."""

from datetime import date, datetime

from msgspec import Struct

from govgauge.gather.availability.status import Counts, Status, counts


class Phases(Struct, frozen=True, array_like=True):
    """Milliseconds from the start of the last request to the end of each phase; 0 where it did not happen.

    `total` is that of the whole probe, with all redirects and repetitions.
    """

    dns: int = 0
    connect: int = 0
    tls: int = 0
    first_byte: int = 0
    total: int = 0


class Certificate(Struct, frozen=True, kw_only=True):
    """The certificate that a server showed. `fault` is empty when it was believed.

    Else: `expired`, `not-yet-valid`, `wrong-name`, `unknown-issuer`, `other`.
    """

    host: str
    subject: str
    issuer: str
    names: tuple[str, ...]
    not_after: date
    fault: str = ""


class Target(Struct, frozen=True):
    """A home page to be probed; `key` comes back with what was seen."""

    key: int
    url: str


class Opening(Struct, frozen=True, kw_only=True):
    """How a home page opened. `began` is UTC, `http` the last HTTP status (0: none), `size` in bytes looked at.

    `detail` is a short word on it: a libcurl message, the sign of a block, the fault of a certificate.
    """

    key: int
    url: str
    status: Status
    began: datetime
    phases: Phases = Phases()
    http: int = 0
    size: int = 0
    peer: str = ""
    final_url: str = ""
    redirects: int = 0
    detail: str = ""
    certificate: Certificate | None = None

    @property
    def counts(self) -> Counts:
        return counts(self.status)
