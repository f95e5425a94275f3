"""Names of government websites and of the bodies behind them."""

import re

from govgauge import lazy_re

_BODY = (
    r"人民政府|政府|管理委员会|管委会|委员会|办公厅|办公室|人民法院|检察院|监察委|总局|管理局|分局|局|厅|署|海关|部|院|"
    r"党委|省委|市委|区委|县委|州委|发改委|国资委|卫健委|工信委|经信委|住建委|农委|教委|科委|民委|纪委|兵团|联合会|总工会|协会|中心|支队|总队|大队|"
    r"银行|学会|行署|公署|街道|镇|乡|站|处|所|档案馆|图书馆|博物馆|公安"
)
_NAMES_BODY = lazy_re.compile(
    rf"[\u4e00-\u9fff]{{1,30}}?(?:{_BODY}|厅|办)(?=$|[\s\-—–_|·,，:：()（）!！.。/~>]|门户|官|网|政务|欢迎|首页|主办|信息|政府|公众|外网|英文|中文|互联网|电子|集约|站群)"
)
_WELCOME = lazy_re.compile(
    r"^(?:热烈)?(?:欢迎(?:您|你)?(?:访问|光临|来到|浏览|进入|登录)?|首页|网站首页|主页)[\s\-—–_|:：!！,，]*"
)
_EMPTY_NAMES = lazy_re.compile(
    r"(?:首页|网站首页|主页|默认页|门户首页|index|home|homepage|default|welcome|欢迎访问|欢迎光临|欢迎|"
    r"无标题(?:文档|页|文件)?|untitled(?: document| page)?|"
    r"新建网页\s*\d*|new page\s*\d*|document|title|标题|网站名称|网站标题|站点名称|"
    r"template|模板|test|测试|网站|门户网站|政府网站|政务网|.)",
    re.IGNORECASE,
)
_TEMPLATE_TAG = lazy_re.compile(r"[{}<>$]|\[!|@")
_PORTAL = lazy_re.compile(
    r"(?:省|自治区|市|县|区|旗|州|盟|地区)(?:人民)?政府(?=$|[\s\-—–_|·,，.。()（）]|门户|官|网|政务|公众|信息|欢迎|主办)"
)
_TOWNSHIP = lazy_re.compile(r"(?:镇|乡|街道|苏木|办事处)")
_LOCAL_DEPARTMENT = lazy_re.compile(
    r"(?:省|自治区|市|县|区|旗|州|盟|地区)[\u4e00-\u9fff]{2,20}(?:厅|局|委员会|办公室|委)$"
)
_VERTICAL = lazy_re.compile(
    r"税务|海关|海事|气象|地震|烟草|邮政|通信管理|银保监|证监|金融监管|人民银行|出入境|铁路|民航|国家统计局|调查(?:总)?队|煤矿安全|能源监管|外汇|粮食和物资储备局.*局|自然资源督察|国家税务|农垦|监狱"
)


def clean(name: str) -> str:
    """A site's name without welcome words and surrounding blanks."""
    return _WELCOME.sub("", " ".join(name.split())).strip(" -—–_|:：!！·")


def is_empty(name: str) -> bool:
    """Whether a name says nothing: empty, a default of an editor, or an unfilled template tag."""
    return not name or bool(_EMPTY_NAMES.fullmatch(name)) or bool(_TEMPLATE_TAG.search(name))


def names_body(name: str) -> bool:
    """Whether a name names a public body (某市人民政府门户网站, 某县林业局), as the naming rule asks."""
    return bool(_NAMES_BODY.search(name))


def is_portal(name: str) -> bool:
    """Whether it is the portal of a government at county level or above, by its name."""
    return bool(_PORTAL.search(name)) and not _TOWNSHIP.search(name)


def is_local_department(name: str) -> bool:
    """Whether it is the site of a local government's department, by its name; organs led from above are none."""
    return bool(_LOCAL_DEPARTMENT.search(name)) and not _VERTICAL.search(name)
