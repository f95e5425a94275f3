"""One person is one voter, however they write their address or number; a network is told however a proxy writes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.errors import Unusable
from govgauge.office import vote_identity

ONE_MAILBOX = {
    "wang.wu@example.cn": (
        *("Wang.Wu@EXAMPLE.cn", " wang.wu@example.cn. ", "wang.wu+vote@example.cn", "wang.wu+a+b@example.cn"),
        *(
            "ｗａｎｇ.ｗｕ＠ｅｘａｍｐｌｅ.ｃｎ",
            "wang.wu@example。cn",
            "\u212aang.wu@example.cn".replace("\u212a", "w"),
        ),
    ),
    "wangwu@gmail.com": ("w.a.n.g.w.u@gmail.com", "WangWu@googlemail.com", "wang.wu+1@GMail.com"),
    "wang.wu@icloud.com": ("wang.wu@me.com", "wang.wu+x@mac.com"),
    "wangwu@proton.me": ("wang_wu@protonmail.com", "wang-w.u@pm.me"),
    "wang.wu@yandex.com": ("wang-wu@ya.ru", "wang.wu@yandex.ru"),
    "wang@yahoo.com": ("wang-vote1@yahoo.com", "wang@ymail.com"),
    "wang@xn--fsqu00a.xn--fiqs8s": ("wang@例子.中国", "wang@例子。中国"),
}
TWO_PEOPLE = (
    ("wang.wu@example.cn", "wangwu@example.cn"),
    ("wang-wu@example.cn", "wang@example.cn"),
    ("wang@icloud.com", "wang@example.cn"),
    ("iva-nivanov@yandex.ru", "ivan-ivanov@yandex.ru"),
    ("wang@qq.com", "wang@vip.qq.com"),
)
ONE_TELEPHONE = {
    "+8613900000000": (
        *("13900000000", "139 0000 0000", "139-0000-0000", "(139)0000.0000", "＋８６　１３９００００００００"),
        *(
            "+86 139 0000 0000",
            "0086 139 0000 0000",
            "86 13900000000",
            "00 86-139-0000-0000",
            "139\u00a00000\u20030000",
        ),
    ),
    "+447911123456": ("+44 7911 123456", "+44 (0)7911 123456", "0044 7911 123456", "00 44 07911 123456"),
    "+886912345678": ("+886 912 345 678", "+886 0912 345 678"),
    "+85291234567": ("+852 9123 4567", "00852 91234567"),
    "+390612345678": ("+39 06 1234 5678",),
    "+2250708091011": ("+225 07 08 09 10 11",),
}
NO_TELEPHONE = (
    *("", "1", "12900000000", "1390000000", "139000000000", "+8612345678901", "+86 0139 0000 0000", "++8613900000000"),
    *("1390000000٠", "١٣٩٠٠٠٠٠٠٠٠", "+86١٣٩00000000", "+٤٤7911123456", "13900000000x", "1390000000\n0x"),
)


@pytest.mark.parametrize(("one", "written"), [(one, way) for one, ways in ONE_MAILBOX.items() for way in ways])
def test_one_mailbox_is_one_person_however_it_is_written(one: str, written: str) -> None:
    assert vote_identity.email(written) == vote_identity.email(one) == one


@pytest.mark.parametrize(("one", "other"), TWO_PEOPLE)
def test_mailboxes_of_two_people_stay_two(one: str, other: str) -> None:
    assert vote_identity.email(one) != vote_identity.email(other)


@pytest.mark.parametrize(("one", "written"), [(one, way) for one, ways in ONE_TELEPHONE.items() for way in ways])
def test_one_telephone_is_one_person_however_it_is_written(one: str, written: str) -> None:
    assert vote_identity.phone(written) == one


@pytest.mark.parametrize("written", NO_TELEPHONE)
def test_what_is_no_mobile_number_is_nobody(written: str) -> None:
    with pytest.raises(Unusable, match="手机号码不对"):
        vote_identity.phone(written)


@pytest.mark.parametrize(
    "written",
    ["a\u200bb@c.cn", "а@example.cn", "a@b@c.cn", "a@exa mple.cn", "a@-x.cn", "a@x..cn", "a@[8.8.8.8]", "\0a@x.cn"],
)
def test_signs_that_nobody_sees_and_letters_that_look_alike_are_no_address(written: str) -> None:
    with pytest.raises(Unusable, match="邮箱地址不对"):
        vote_identity.email(written)


def test_a_mail_goes_to_the_domain_that_is_counted() -> None:
    assert vote_identity.sendable(" Wang+v@Straße.DE ") == "Wang+v@strasse.de"
    assert vote_identity.email("Wang+v@Straße.DE") == "wang@strasse.de"


@given(st.text(max_size=40))
def test_the_one_form_of_an_address_or_number_is_its_own(written: str) -> None:
    for form in (vote_identity.email, vote_identity.phone):
        try:
            once = form(written)
        except Unusable:
            continue
        assert form(once) == once
        assert once.isascii()


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("a@example.cn", "example.cn"),
        ("a@x7.mail.example.cn", "example.cn"),
        ("a@jxj.wuhan.gov.cn", "wuhan.gov.cn"),
        ("a@cs.tsinghua.edu.cn", "tsinghua.edu.cn"),
        ("a@vip.qq.com", "qq.com"),
    ],
)
def test_domains_below_one_that_is_registered_are_one(address: str, domain: str) -> None:
    assert vote_identity.domain_of(address) == domain


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("8.8.8.8", "8.8.8.0/24"),
        ("8.8.8.8:5123", "8.8.8.0/24"),
        ("::ffff:8.8.8.8", "8.8.8.0/24"),
        ("2400:1:2:3::4", "2400:1:2::/48"),
        ("[2400:1:2:3::4]:443", "2400:1:2::/48"),
        ("[2400:1:2:3::4]", "2400:1:2::/48"),
        ("10.0.0.1:80", ""),
        ("127.0.0.1", ""),
        ("[::1]:80", ""),
        ("unknown", ""),
        ("8.8.8.8, 9.9.9.9", ""),
        ("", ""),
    ],
)
def test_a_network_is_told_however_a_proxy_writes_an_address(address: str, network: str) -> None:
    assert vote_identity.network(address) == network
