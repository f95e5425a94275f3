"""TLS on loopback, with certificates as good or as bad as a test wants."""

import socket
import ssl
import subprocess
import threading
from contextlib import suppress
from pathlib import Path


class Tunnel:
    """TLS before the stage: what comes in is decrypted and passed on."""

    def __init__(self, certificate, key, port):
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate, key)
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(connection,), daemon=True).start()

    def _pass_on(self, connection):
        with suppress(OSError), connection:
            secure = self._context.wrap_socket(connection, server_side=True)
            with secure, socket.create_connection(("127.0.0.1", self._target)) as plain:
                back = threading.Thread(target=_copy, args=(plain, secure), daemon=True)
                back.start()
                _copy(secure, plain)
                back.join()

    def close(self):
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


def _copy(source, target):
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


def make_certificate(folder: Path, name: str, *, days: int = 30) -> tuple[Path, Path]:
    """A self-made certificate for a host name and its key, in a folder; with negative days it has ended."""
    key, request, made, names = (folder / part for part in ("key", "request", "cert", "names"))
    names.write_text(f"subjectAltName=DNS:{name}\n", encoding="ascii")
    ask = f"openssl req -newkey rsa:2048 -nodes -subj /CN={name} -keyout {key} -out {request}"
    sign = f"openssl x509 -req -in {request} -signkey {key} -days {days} -extfile {names} -out {made}"
    for command in (ask, sign):
        subprocess.run(command.split(), check=True, capture_output=True)
    return made, key
