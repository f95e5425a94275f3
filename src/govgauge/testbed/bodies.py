"""Markup of columns that hold no list: duties, leaders, guides to disclosure, forms, statistics, catalogues."""

from govgauge.testbed.content import Entry
from govgauge.testbed.writer import Writer, fields


def institutions(writer: Writer) -> str:
    """What the body is for and what it consists of."""
    duties = "".join(
        f"<p>（{number}）负责{field.works[0]}和{field.works[1]}的组织实施，承担{field.name}领域的日常协调工作。</p>"
        for number, field in enumerate(fields()[:6], 1)
    )
    return (
        f"<h3>主要职责</h3>{duties}<h3>内设机构</h3><p>{writer.body}设综合科、业务科、法规科、监督科四个科室，"
        f"办公地址在政务中心西楼，办公时间为工作日上午9:00至12:00、下午13:30至17:00，办公电话{writer.phone}。</p>"
    )


def leaders(writer: Writer, titles: tuple[str, ...]) -> str:
    """Leaders with their duties."""
    rows = "".join(
        f'<div class="leader"><h4>{writer.person()}</h4><p>职务：{title}</p><p>分工：主持或协助做好{field.name}、{field.works[0]}等方面工作。</p></div>'
        for title, field in zip(titles, fields()[2:], strict=False)
    )
    return f'<div class="leaders">{rows}</div>'


def disclosure_guide(writer: Writer) -> str:
    return (
        f"<p>为方便公民、法人和其他组织依法获取政府信息，{writer.body}编制本指南。</p>"
        f"<p>一、主动公开的信息通过本网站发布，可以在信息公开目录中查询。</p>"
        f"<p>二、需要本机关主动公开以外的政府信息的，可以提出申请。受理机构：综合科，联系电话：{writer.phone}。</p>"
        "<p>三、本机关收到申请后，能够当场答复的当场答复，不能当场答复的自收到申请之日起二十个工作日内答复。</p>"
    )


def request_form() -> str:
    """The online form for requesting information."""
    return (
        "<p>申请人可以在线填写申请表，也可以下载表格后邮寄。</p>"
        '<form action="/apply/submit" method="post" class="apply"><table>'
        '<tr><td>申请人姓名</td><td><input type="text" name="applicant"></td></tr>'
        '<tr><td>联系地址</td><td><input type="text" name="address"></td></tr>'
        '<tr><td>所需信息的内容描述</td><td><textarea name="content"></textarea></td></tr>'
        '<tr><td colspan="2"><input type="submit" value="提交申请"></td></tr></table></form>'
    )


def request_by_post(writer: Writer) -> str:
    """How to request information where there is no form."""
    return (
        f"<p>申请人请将书面申请邮寄至{writer.body}综合科，信封上注明“政府信息公开申请”字样。</p>"
        f"<p>本机关不接受电话方式的申请，如有疑问可以拨打{writer.phone}了解办理要求。</p>"
    )


def letter_form() -> str:
    """The form by which one writes to the body."""
    return (
        '<form action="/letters/submit" method="post" class="letter"><table>'
        '<tr><td>您的称呼</td><td><input type="text" name="writer"></td></tr>'
        '<tr><td>信件标题</td><td><input type="text" name="subject"></td></tr>'
        '<tr><td>信件内容</td><td><textarea name="content"></textarea></td></tr>'
        '<tr><td>验证码</td><td><input type="text" name="code"></td></tr>'
        '<tr><td colspan="2"><input type="submit" value="提交信件"></td></tr></table></form>'
    )


def letter_statistics(writer: Writer, year: int) -> str:
    """How many letters came and were answered."""
    random = writer.random
    rows = ""
    for month in range(1, 11):
        came = random.randint(20, 60)
        rows += f"<tr><td>{year}年{month}月</td><td>{came}</td><td>{came}</td><td>100%</td></tr>"
    return f"<h3>来信办理情况统计</h3><table><tr><th>月份</th><th>来信数量</th><th>办结数量</th><th>办结率</th></tr>{rows}</table>"


def catalogue(entries: list[Entry], *, without: tuple[str, ...] = ()) -> str:
    """The catalogue of disclosed items as a table; `without` names heads that it lacks."""
    heads = [head for head in ("索引号", "名称", "内容概述", "生成日期") if head not in without]
    rows = ""
    for number, entry in enumerate(entries, 1):
        cells = {
            "索引号": f"0001/{entry.day.year}-{number:05d}",
            "名称": f'<a href="{entry.path}">{entry.title}</a>',
            "内容概述": f"公开{entry.source or entry.theme}的有关事项",
            "生成日期": entry.day.isoformat(),
        }
        rows += "<tr>" + "".join(f"<td>{cells[head]}</td>" for head in heads) + "</tr>"
    head = "<tr>" + "".join(f"<th>{name}</th>" for name in heads) + "</tr>"
    return f'<table class="catalogue" border="1">{head}{rows}</table>'


LIBRARY_FILTERS = (
    '<form class="filter" action="/policysearch" method="get"><dl>'
    "<dt>成文日期</dt><dd><select name=y><option>2025年</option><option>2024年</option><option>2023年</option></select></dd>"
    "<dt>有效性</dt><dd><select name=v><option>现行有效</option><option>失效</option><option>废止</option></select></dd>"
    "<dt>公文种类</dt><dd><select name=k><option>通知</option><option>意见</option><option>决定</option></select></dd>"
    "<dt>层级</dt><dd><select name=l><option>市级文件</option><option>省级文件</option></select></dd>"
    "<dt>主题分类</dt><dd><select name=t><option>交通</option><option>民政</option><option>卫生健康</option></select></dd>"
    "<dt>服务对象</dt><dd><select name=o><option>个人</option><option>企业</option></select></dd></dl></form>"
)
"""All six dimensions of a policy library."""
