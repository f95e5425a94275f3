"""What kind a page is, in the styles of many systems."""

import pytest

LIST = "".join(
    f"<li><a href='/a/{number}.html'>关于做好第{number}项重点工作的通知</a><span>2025-11-{number:02}</span></li>"
    for number in range(1, 9)
)
PROSE = "各区县人民政府，市政府各部门：为贯彻落实有关会议精神，做好今年冬季供暖保障工作，现就有关事项通知如下。" * 6
AT = "http://www.a.gov.cn"

CASES = [
    ("column", "/tzgg/", f"<h2>通知公告</h2><ul>{LIST}</ul>"),
    ("column", "/tzgg/index.html", "<h2>通知公告</h2><ul></ul>"),
    ("column", "/tzgg/index.html", "<h2>通知公告</h2><ul><li>暂无信息</li></ul>"),
    (
        "column",
        "/jgzn/index.html",
        "<meta name='ColumnName' content='机构职能'><meta name='ArticleTitle' content=''>"
        f"<div class='position'>当前位置：<a href='/'>首页</a>&gt;机构职能</div><div class='con'><p>{PROSE}</p></div>",
    ),
    ("article", "/tzgg/202511/t20251105_12.html", f"<h1>关于做好供暖工作的通知</h1><div><p>{PROSE}</p></div>"),
    (
        "article",
        "/art/2025/11/5/art_1_2.html",
        "<meta name='ArticleTitle' content='我市举行升旗仪式'><meta name='PubDate' content='2025-11-05 08:00'>"
        f"<h1>我市举行升旗仪式</h1><p><img src='1.jpg'></p><div class='relate'><h3>相关阅读</h3><ul>{LIST}</ul></div>",
    ),
    (
        "article",
        "/content/12.aspx?id=5",
        f"<table><tr><td>关于停水的通告</td></tr><tr><td>发布时间：2025-11-05 来源：市水务局</td></tr><tr><td>{PROSE}</td></tr></table>",
    ),
    (
        "article",
        "/about.html",
        "<h1>联系我们</h1><p>地址：某市人民路1号，邮政编码：100000，联系电话：010-12345678。</p>",
    ),
    ("article", "/x/1.html", f"<h1>网站404页面整改情况的通报</h1><p>{PROSE}网站出现404错误，您访问的页面不存在。</p>"),
    ("error", "/x/2.html", "<title>404</title><h1>您访问的页面不存在</h1><a href='/'>返回首页</a>"),
    ("error", "/x/3.html", "<title>提示</title><p>抱歉，您要访问的页面已被删除或不存在。</p><p>5秒后返回首页</p>"),
    ("error", "/x/4.html", "<title>IIS Windows Server</title><img src='iisstart.png' alt='IIS'>"),
    ("error", "/x/5.html", "<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1><p>If you see this page</p>"),
    (
        "error",
        "/x/6.html",
        "<title>Apache Tomcat/7.0.57 - Error report</title><h1>HTTP Status 404 - /x/6.html</h1><p>The requested "
        "resource is not available.</p>",
    ),
    ("sitemap", "/wzdt.html", "<title>网站地图</title>" + "".join(f"<a href='/c{n}/'>栏目之{n}</a>" for n in range(9))),
    ("search", "/search/index.html?q=x", "<title>搜索结果</title><form action='/search'><input name='q'></form>"),
    (
        "form",
        "/xx/write.html",
        "<title>我要写信</title><form action='/save'>姓名<input name='a'>电话<input name='b'>内容<textarea "
        "name='c'></textarea></form>",
    ),
    ("frame", "/old.htm", "<frameset cols='20%,80%'><frame src='left.htm'><frame src='right.htm'></frameset>"),
]


@pytest.mark.parametrize(
    ("kind", "path", "html"), CASES, ids=[f"{case[0]} at {case[1]} {number}" for number, case in enumerate(CASES)]
)
def test_the_kind_is_seen(reading_of, kind, path, html):
    reading = reading_of(html, url=AT + path)
    assert (reading.kind.value, reading.soft_error) == (kind, reading.soft_error if kind == "error" else "")


SHELLS = {
    "single page application": "<div id='app'></div><script src='/js/app.js'></script>",
    "template": "<ul><li v-for='item in list'><a :href='item.url'>{{ item.title }}</a></li></ul>",
    "request": "<ul id='list'></ul><script>$.ajax({url:'/api/list',success:function(d){}})</script>",
    "inner frame": "<h2>通知公告</h2><iframe src='/list.aspx?id=3'></iframe>",
}


@pytest.mark.parametrize("html", SHELLS.values(), ids=SHELLS.keys())
def test_a_list_made_by_script_or_frame_is_not_taken_for_an_empty_one(reading_of, html):
    reading = reading_of(f"<h2>通知公告</h2>{html}", url=AT + "/tzgg/index.html")
    assert (reading.items, reading.script_only) == ((), True)


def test_an_empty_list_without_scripts_is_empty(reading_of):
    reading = reading_of("<h2>通知公告</h2><ul class='list'></ul><script>var a = 1;</script>", url=AT + "/tzgg/")
    assert (reading.items, reading.script_only) == ((), False)
