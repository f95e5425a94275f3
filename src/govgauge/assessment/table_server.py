"""The process that keeps the tables: it reads requests from stdin and answers on stdout, until its input ends.

It brings the table library with its threads and memory, and keeps them away from the process that visits and judges.
"""

import errno
import os
import re
import sys
from pathlib import Path
from typing import BinaryIO

import msgspec
from polars.exceptions import PolarsError

from govgauge.assessment.table_requests import FRAME, Answer, LinksTable, Request, Table, Uses
from govgauge.assessment.tables import Tables


def serve(folder: Path, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests about an assessment's tables until there are no more. An error is an answer, too."""
    decoder = msgspec.msgpack.Decoder(Request)
    tables = Tables(folder)
    while (request := _next(requests, decoder)) is not None:
        answer = Answer()
        try:
            match request:
                case LinksTable():
                    tables.write_links(request.order)
                case Uses():
                    answer = Answer(uses=tables.uses(request.wanted, request.limit))
                case Table():
                    tables.write(request.name, request.rows)
        except (OSError, PolarsError) as error:
            answer = Answer(errno=_number(error), error=str(error))
        raw = msgspec.msgpack.encode(answer)
        answers.write(FRAME.pack(len(raw)) + raw)
        answers.flush()


def _next(requests: BinaryIO, decoder: msgspec.msgpack.Decoder[Request]) -> Request | None:
    head = requests.read(FRAME.size)
    return decoder.decode(requests.read(*FRAME.unpack(head))) if len(head) == FRAME.size else None


def _number(error: Exception) -> int:
    """The system's number of an error; the table library tells it in words."""
    told = re.search(r"os error (\d+)", str(error))
    return getattr(error, "errno", None) or (int(told[1]) if told else errno.EIO)


if __name__ == "__main__":
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing but answers may come out of the pipe
    serve(Path(sys.argv[1]), sys.stdin.buffer, pipe)
