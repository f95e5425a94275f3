"""QR codes as SVG: one path, no script, no text."""

import qrcode
from qrcode.constants import ERROR_CORRECT_Q

QUIET = 2
"""Empty modules around the code. The sheet leaves white around it besides, so that four are there (ISO/IEC 18004)."""


def svg(text: str) -> str:
    """A QR code (error level Q: a quarter may be soiled) of a text."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=QUIET, box_size=1)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    size = len(rows)
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#14202e" d="{path}"/></svg>'
    )
