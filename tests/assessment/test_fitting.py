"""Whether the chosen system fits the body that a site's name speaks of."""

import pytest

from govgauge.assessment.fitting import doubt, kinds_of_body
from govgauge.systems import library


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("青禾市人民政府", ("city",)),
        ("青禾市人民政府门户网站", ("city",)),
        ("青禾市政府网", ("city",)),
        ("中国·青禾市人民政府", ("city",)),
        ("青禾", ()),
        ("中国青禾", ()),
        ("中国青禾门户网站", ()),
        ("青禾县人民政府办公室", ("county",)),
        ("青禾县", ("county",)),
        ("青禾市东区人民政府", ("county",)),
        ("阿尔山地区行政公署", ()),
        ("北京市人民政府", ("province",)),
        ("西藏自治区人民政府", ("province",)),
        ("恩施土家族苗族自治州人民政府", ("city",)),
        ("青禾县林业局-青禾县林业局", ("department",)),
        ("青禾市发展和改革委员会官网", ("department",)),
        ("青禾省财政厅", ("department",)),
        ("国家卫生健康委员会", ("ministry",)),
        ("海关总署", ("ministry",)),
        ("中华人民共和国教育部政府门户网站", ("ministry",)),
        ("东风镇人民政府", ("township",)),
        ("青禾经济技术开发区管理委员会", ("zone",)),
        ("首页-青禾县教育局", ("department",)),
        ("青禾县林业局_青禾县人民政府", ("department", "county")),
        ("", ()),
        ("www.qinghe.gov.cn", ()),
    ],
)
def test_a_name_tells_the_kind_of_its_body(name: str, kinds: tuple[str, ...]) -> None:
    assert kinds_of_body(name) == kinds


@pytest.mark.parametrize(
    ("name", "system", "profile"),
    [
        ("青禾市人民政府", "2025-city", "city"),
        ("青禾市人民政府", "2025-county", "county"),
        ("青禾县人民政府", "2025-county", "county"),
        ("青禾县人民政府", "2020-local", "county"),
        ("北京市人民政府", "2025-municipality", "municipality"),
        ("中华人民共和国教育部", "2025-ministry", "ministry"),
        ("青禾开发区管委会", "2025-development-zone", "etdz"),
        ("青禾县林业局_青禾市人民政府", "2025-city", "city"),
        ("青禾之声", "2025-city", "city"),
    ],
)
def test_nothing_is_asked_when_the_system_may_fit(name: str, system: str, profile: str) -> None:
    assert doubt(name, library.system(system), profile) == ""


@pytest.mark.parametrize(
    ("name", "system", "profile", "said"),
    [
        ("青禾县林业局", "2025-city", "city", "像是部门网站"),
        ("青禾省财政厅", "2025-province", "province", "像是部门网站"),
        ("青禾市卫健委", "2025-city", "city", "像是部门网站"),
        ("青禾县人民政府", "2025-city", "city", "像是区县政府门户网站"),
        ("青禾县人民政府", "2020-local", "city", "像是区县政府门户网站"),
        ("青禾市教育局", "2025-ministry", "ministry", "用于国务院部门网站"),
        ("东风镇人民政府", "2025-county", "county", "像是乡镇、街道网站"),
    ],
)
def test_a_system_for_other_bodies_is_asked_about(name: str, system: str, profile: str, said: str) -> None:
    asked = doubt(name, library.system(system), profile)
    assert asked.startswith("指标体系是否选对了？")
    assert said in asked
    assert name in asked


def test_every_profile_that_weighs_a_body_is_known() -> None:
    for name in library.system_ids():
        system = library.system(name)
        for profile in system.profiles:
            assert doubt("东风镇人民政府", system, profile.id) or name == "2020-new-media", name
