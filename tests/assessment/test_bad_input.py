"""What cannot be used is said in one sentence, with the right exit status."""

import os
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["http://www.a.gov.cn/", "--system", "2099-moon"], "2099-moon"),
        (["http://www.a.gov.cn/", "--rules", "none-such"], "none-such"),
        (["http://www.a.gov.cn/", "--profile", "weibo"], "weibo"),
        (["http://www.a.gov.cn/", "--as-of", "2025-13-01"], "2025-13-01"),
        (["http://www.a.gov.cn/", "--connect-to", "nonsense"], "nonsense"),
        (["ftp://www.a.gov.cn/"], "ftp://www.a.gov.cn/"),
        (["not a site"], "not a site"),
        ([""], "网站地址"),
    ],
)
def test_unusable_arguments_are_named_and_end_with_2(govgauge, tmp_path, arguments, said):
    done = govgauge("assess", *arguments, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_site_that_answers_nothing_ends_with_1_and_still_has_a_report(govgauge, tmp_path):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    connect = f"www.a.gov.cn:80:127.0.0.1:{port}"
    done = govgauge("assess", "http://www.a.gov.cn/", "--out", tmp_path / "out", "--rate", "0", "--connect-to", connect)
    assert done.returncode == 1, done.stderr
    assert "首页未能打开" in done.stdout
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out/report.html").exists()


def test_an_address_without_scheme_is_understood(govgauge, small_site, tmp_path):
    connect = f"www.a.gov.cn:80:127.0.0.1:{small_site}"
    done = govgauge("assess", "www.a.gov.cn", "--out", tmp_path / "out", "--rate", "0", "--connect-to", connect)
    assert done.returncode in {0, 1}, done.stderr
    assert "http://www.a.gov.cn/" in done.stdout


def test_a_folder_that_is_a_file_is_said(govgauge, tmp_path):
    (tmp_path / "out").write_text("")
    done = govgauge("assess", "http://www.a.gov.cn/", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert str(tmp_path / "out") in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_without_right_to_write_is_said(govgauge, tmp_path):
    (tmp_path / "closed").mkdir(mode=0o500)
    done = govgauge("assess", "http://www.a.gov.cn/", "--out", tmp_path / "closed/out")
    assert done.returncode == 2
    assert "权限" in done.stderr


def test_judging_a_folder_without_evidence_is_said(govgauge, tmp_path):
    done = govgauge("judge", tmp_path)
    assert done.returncode == 2
    assert "assess" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_audit_is_said(govgauge):
    done = govgauge("audits", "show", "no-such-audit")
    assert done.returncode == 2
    assert "no-such-audit" in done.stderr


def test_a_home_page_that_is_no_page_is_said(govgauge, tmp_path):
    class File(BaseHTTPRequestHandler):
        def do_GET(self):  # the name is the server's
            body = b"%PDF-1.4 not a page" * 20
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "application/pdf")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), File)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    connect = f"www.a.gov.cn:80:127.0.0.1:{server.server_address[1]}"
    done = govgauge("assess", "http://www.a.gov.cn/", "--out", tmp_path / "out", "--rate", "0", "--connect-to", connect)
    server.shutdown()
    server.server_close()
    thread.join()
    assert done.returncode == 1, done.stderr
    assert "不是网页" in done.stdout
    assert (tmp_path / "out/report.html").exists()
    assert (tmp_path / "out/findings.jsonl").read_text() == ""


def test_evidence_of_another_visit_is_never_overwritten(govgauge, small_site, tmp_path):
    address = f"http://127.0.0.1:{small_site}/"
    for name in ("a", "b"):
        govgauge("assess", address, "--out", tmp_path / name, "--rate", "0", "--as-of", "2025-11-30")
    kept = {path.name: path.read_bytes() for path in (tmp_path / "b").iterdir() if path.is_file()}
    done = govgauge("judge", tmp_path / "a", "--out", tmp_path / "b")
    assert done.returncode == 2
    assert "另一次采集" in done.stderr
    assert {path.name: path.read_bytes() for path in (tmp_path / "b").iterdir() if path.is_file()} == kept
    assert govgauge("judge", tmp_path / "a", "--out", tmp_path / "c").returncode in {0, 1}
    assert govgauge("judge", tmp_path / "a", "--out", tmp_path / "c").returncode in {0, 1}


def test_resuming_with_another_address_leaves_the_folder_as_it_was(govgauge, small_site, tmp_path):
    govgauge("assess", f"http://127.0.0.1:{small_site}/", "--out", tmp_path, "--rate", "0", "--as-of", "2025-11-30")
    frame = (tmp_path / "frame.json").read_bytes()
    done = govgauge("assess", "http://www.other.test/", "--out", tmp_path, "--resume")
    assert done.returncode == 2
    assert (tmp_path / "frame.json").read_bytes() == frame
