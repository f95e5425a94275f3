"""Settings for all tests, and a small site on loopback."""

from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest
from hypothesis import HealthCheck, settings

import files_in_memory
from served_site import Quiet, build

files_in_memory.use()
settings.register_profile("govgauge", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("govgauge")  # a busy machine is no fault of the program


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the small site on 127.0.0.1."""
    root = tmp_path_factory.mktemp("site")
    build(root)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()
