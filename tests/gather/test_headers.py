"""Security headers read as browsers and the RFCs read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.gather import headers

GOOD = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Server": "nginx",
}
SECURE = "https://www.a.gov.cn/"


def faults(url: str = SECURE, **changes: str | None) -> dict[str, str]:
    values: dict[str, str] = dict(GOOD)
    for name, value in changes.items():
        header = name.replace("_", "-")
        values.pop(header, None)
        if value is not None:
            values[header] = value
    return {finding.target: finding.slug for finding in headers.judge(values, url)}


def test_good_headers_have_no_fault() -> None:
    assert faults() == {}


def test_everything_missing_is_named() -> None:
    wanted = {"X-Content-Type-Options", "X-Frame-Options", "Content-Security-Policy", "Referrer-Policy"}
    found = headers.judge({}, "http://www.a.gov.cn/")
    assert {finding.target for finding in found} == wanted
    assert {finding.target for finding in headers.judge({}, SECURE)} == wanted | {"Strict-Transport-Security"}
    assert {(finding.audit, finding.page, finding.slug) for finding in found} == {
        ("security-headers", "http://www.a.gov.cn/", "missing")
    }


def test_names_are_read_in_any_letter_case() -> None:
    assert headers.judge({name.upper(): value for name, value in GOOD.items()}, SECURE) == []


@pytest.mark.parametrize("value", ["nosniff", "NoSniff", "nosniff, nosniff", " nosniff "])
def test_nosniff_in_every_writing(value: str) -> None:
    assert faults(**{"X-Content-Type-Options": value}) == {}


@pytest.mark.parametrize("value", ["", "sniff", "no-sniff", "foo, nosniff", "nosniff; x"])
def test_other_content_type_options_do_nothing(value: str) -> None:
    assert faults(**{"X-Content-Type-Options": value}) == {"X-Content-Type-Options": "not-nosniff"}


@pytest.mark.parametrize(
    ("value", "slug"),
    [
        ("DENY", ""),
        ("sameorigin", ""),
        ("SAMEORIGIN, SAMEORIGIN", ""),
        ("ALLOW-FROM https://b.gov.cn/", "frame-allow-from"),
        ("DENY, SAMEORIGIN", "frame-conflict"),
        ("ALLOWALL", "frame-invalid"),
        ("", "frame-invalid"),
    ],
)
def test_frame_options(value: str, slug: str) -> None:
    assert faults(**{"X-Frame-Options": value}) == ({"X-Frame-Options": slug} if slug else {})


def test_frame_ancestors_take_the_place_of_frame_options() -> None:
    policy = "default-src 'self'; frame-ancestors 'self' https://*.gov.cn"
    assert faults(X_Frame_Options=None, Content_Security_Policy=policy) == {}
    assert faults(X_Frame_Options="ALLOW-FROM x", Content_Security_Policy=policy) == {}
    assert faults(X_Frame_Options="DENY", Content_Security_Policy="default-src 'self'; frame-ancestors *") == {
        "X-Frame-Options": "frame-open"
    }
    assert faults(X_Frame_Options=None, Content_Security_Policy="default-src 'self'; frame-ancestors 'none'") == {}


@pytest.mark.parametrize(
    ("policy", "slug"),
    [
        ("default-src 'none'", ""),
        ("script-src 'self' https://a.gov.cn", ""),
        ("script-src 'nonce-abc123=' 'unsafe-inline'", ""),
        ("script-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'unsafe-inline'", ""),
        ("script-src 'nonce-abc' 'strict-dynamic' https: 'unsafe-inline'", ""),
        ("SCRIPT-SRC 'self'", ""),
        ("script-src *; script-src 'self'", "csp-anywhere"),
        ("upgrade-insecure-requests, default-src 'self'", ""),
        ("default-src *, script-src 'self'", ""),
        ("default-src 'self' 'unsafe-inline'", "csp-unsafe-inline"),
        ("default-src 'self'; script-src 'self' 'UNSAFE-INLINE'", "csp-unsafe-inline"),
        ("default-src 'self' 'unsafe-inline'; script-src 'self'", ""),
        ("default-src *", "csp-anywhere"),
        ("default-src https:", "csp-anywhere"),
        ("upgrade-insecure-requests", "csp-no-scripts"),
        ("img-src 'self'", "csp-no-scripts"),
        ("", "csp-empty"),
        (" ; ", "csp-empty"),
    ],
)
def test_content_security_policy(policy: str, slug: str) -> None:
    assert faults(Content_Security_Policy=policy) == ({"Content-Security-Policy": slug} if slug else {})


def test_policy_that_only_reports_does_not_count() -> None:
    found = faults(Content_Security_Policy=None, Content_Security_Policy_Report_Only="default-src 'self'")
    assert found == {"Content-Security-Policy": "missing"}


@pytest.mark.parametrize(
    ("value", "slug"),
    [
        ("no-referrer", ""),
        ("Strict-Origin", ""),
        ("unsafe-url, strict-origin", ""),
        ("strict-origin, some-future-policy", ""),
        ("strict-origin, unsafe-url", "referrer-unsafe"),
        ("unsafe-url", "referrer-unsafe"),
        ("never", "referrer-invalid"),
        ("", "referrer-invalid"),
    ],
)
def test_referrer_policy(value: str, slug: str) -> None:
    assert faults(Referrer_Policy=value) == ({"Referrer-Policy": slug} if slug else {})


@pytest.mark.parametrize(
    ("value", "slug"),
    [
        ("max-age=31536000", ""),
        ('max-age="31536000"', ""),
        ("includeSubDomains; MAX-AGE = 31536000 ;", ""),
        ('max-age=31536000; preload; future="x;y"', ""),
        ("max-age=31536000, max-age=0", ""),
        ("max-age=0", "hsts-off"),
        ("max-age=86400", "hsts-short"),
        ("includeSubDomains", "hsts-invalid"),
        ("max-age=31536000; max-age=0", "hsts-invalid"),
        ("max-age=-1", "hsts-invalid"),
        ("max-age=31536000s", "hsts-invalid"),
        ("max-age=", "hsts-invalid"),
        ("", "hsts-invalid"),
    ],
)
def test_strict_transport_security(value: str, slug: str) -> None:
    assert faults(Strict_Transport_Security=value) == ({"Strict-Transport-Security": slug} if slug else {})


def test_transport_security_is_not_asked_of_plain_http() -> None:
    assert faults("http://www.a.gov.cn/", Strict_Transport_Security=None) == {}


@pytest.mark.parametrize(
    ("cookie", "faulty"),
    [
        ("JSESSIONID=AB12; Path=/; HttpOnly; Secure; SameSite=Lax", False),
        ("id=1; secure; httponly; samesite=strict; Expires=Wed, 05 Nov 2025 10:00:00 GMT", False),
        ("XSRF-TOKEN=1; Secure; SameSite=Lax", False),
        ("JSESSIONID=; Max-Age=0", False),
        ("a=1; Secure; HttpOnly; SameSite=Lax\nb=2; Secure; HttpOnly; SameSite=Lax", False),
        ("JSESSIONID=AB12; Path=/", True),
        ("JSESSIONID=AB12; HttpOnly; SameSite=Lax", True),
        ("JSESSIONID=AB12; Secure; SameSite=Lax", True),
        ("a=1; Secure; HttpOnly; SameSite=Lax, b=2; Path=/", True),
        ("a=1; HttpOnly; Secure; SameSite=whatever", True),
    ],
)
def test_cookies(cookie: str, *, faulty: bool) -> None:
    assert faults(Set_Cookie=cookie) == ({"Set-Cookie": "cookie"} if faulty else {})


def test_secure_is_not_asked_of_cookies_over_plain_http() -> None:
    assert faults("http://www.a.gov.cn/", Set_Cookie="JSESSIONID=AB12; HttpOnly; SameSite=Lax") == {}
    assert faults("http://www.a.gov.cn/", Set_Cookie="a=1; HttpOnly; SameSite=None") == {"Set-Cookie": "cookie"}


@pytest.mark.parametrize(
    "value", ["nginx/1.18.0", "Apache/2.4.6 (CentOS)", "Microsoft-IIS/10.0", "Apache Tomcat 9.0.1"]
)
def test_server_with_version_tells_too_much(value: str) -> None:
    assert faults(Server=value) == {"Server": "version"}


@pytest.mark.parametrize("value", ["nginx", "***", "Apache", "openresty", "WAF", ""])
def test_server_without_version_is_no_fault(value: str) -> None:
    assert faults(Server=value) == {}


def test_other_version_headers() -> None:
    found = faults(X_Powered_By="PHP/5.6.40", X_AspNet_Version="4.0.30319")
    assert found == {"X-Powered-By": "version", "X-AspNet-Version": "version"}
    assert faults(X_Powered_By="ASP.NET") == {}
    assert faults(X_XSS_Protection="0") == {}


@given(st.dictionaries(st.sampled_from([*GOOD, "Set-Cookie", "X-Powered-By"]), st.text()))
def test_any_values_are_borne(values: dict[str, str]) -> None:
    headers.judge(values, SECURE)
