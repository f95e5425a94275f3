"""What a column is for, from its name: a table of words, the longest match decides."""

import re
from functools import lru_cache

from govgauge.structure.kinds import ColumnKind

_K = ColumnKind

NAMES: dict[ColumnKind, str] = {
    _K.HOME: "首页 网站首页 主页",
    _K.NEWS: (
        "新闻 要闻 动态 快讯 头条 资讯 新闻中心 新闻动态 工作动态 政务动态 政务要闻 今日要闻 本地要闻 时政要闻 图片新闻 视频新闻 部门动态 "
        "区县动态 县区动态 乡镇动态 基层动态 镇街动态 街道动态 地方动态 行业动态 机关动态 领导活动 政务活动 会议活动 重要会议 媒体关注 "
        "媒体报道 媒体聚焦 媒体看 国务院要闻 国务院信息 上级要闻 省内要闻 市内要闻 信息快报 工作信息 部门信息 科室动态 党建动态 综合新闻 "
        "重要活动 要闻动态 政府工作动态 政策新闻 政策动态 党建工作 信息动态 财政动态 招商动态 督查动态 统计动态 执法动态 应急动态 "
        "改革动态 疫情动态 林业信息 教育信息 工作简报 重要讲话 领导讲话 讲话 图片报道 今日关注 热点关注 政务信息 专题新闻"
    ),
    _K.NOTICE: (
        "通知公告 公示公告 公告公示 通知 公告 公示 通告 公告栏 通知通告 重要通知 最新公告 公告通知 通知公示 公告信息 最新通知 告示 政务公告 "
        "政府公告 拍卖公告 土地公告 环评公示 双公示 征地公告 公文通知 招考公告 政府通知 预警信息 停水停电公告"
    ),
    _K.POLICY: (
        "政策文件 规范性文件 政策法规 法规文件 法律法规 规章 政府规章 地方性法规 行政规范性文件 政府文件 部门文件 政策 市政府文件 县政府文件 "
        "政府办文件 政策库 政策文件库 文件库 公文 政府公文 重要文件 文件 政策性文件 党内法规 上级文件 国家政策 省级政策 惠企政策 其他文件 "
        "其他公文 行政法规 政策汇编 惠民政策 优惠政策 扶持政策 国务院文件 中央文件 省政府文件 政府令 政府公报 公报 文件下载 现行有效文件 "
        "政策发布 公开文件 发文 重要政策信息转载 重要政策 政策信息 政策制度 标准规范 文件资料 废止文件 失效文件 政策文件废止 规章库 局发文件 本局文件"
    ),
    _K.INTERPRETATION: (
        "政策解读 解读 文件解读 图解 图解政策 图文解读 政策图解 解读回应 专家解读 领导解读 媒体解读 部门解读 政策问答 政策解析 权威解读 "
        "一图读懂 视频解读 动漫解读 上级政策解读 本级政策解读 法规解读 在线解读 政策解答 发布解读 新闻发布 新闻发布会"
    ),
    _K.LEADERSHIP: (
        "领导之窗 领导信息 政府领导 领导分工 领导介绍 领导班子 领导简介 市长之窗 县长之窗 区长之窗 局领导 现任领导 领导成员 市领导 县领导 "
        "区领导 市政府领导 县政府领导 区政府领导 领导专栏 政府领导信息 局长 党组成员 领导介绍及分工 领导机构 委领导 厅领导 部领导 历任领导 领导"
    ),
    _K.INSTITUTIONS: (
        "机构职能 机构设置 机构概况 机构简介 内设机构 组织机构 机构信息 机构职责 部门职责 直属单位 直属机构 下属单位 工作机构 政府机构 机构科室 "
        "二级机构 单位概况 单位简介 职能职责 部门概况 机构介绍 主要职责 政府部门 职能介绍 内设科室 科室设置 科室职能 直属学校 机关处室 处室 科室 "
        "派出机构 事业单位 机构 单位职能 机关简介 部门简介 政府工作部门 市政府部门 机构领导 单位信息 组织架构 领导及机构 机构编制"
    ),
    _K.PLANS: (
        "规划计划 发展规划 计划总结 规划信息 工作计划 专项规划 规划 计划 国民经济和社会发展规划 工作总结 年度计划 规划总结 区域规划 总体规划 "
        "五年规划 十四五规划 十五五规划 政府工作报告 工作要点 发展计划 规划纲要 计划规划 重点工作 中长期规划 国土空间规划 城市规划 城乡规划 工作规划"
    ),
    _K.STATISTICS: (
        "统计信息 统计数据 统计公报 数据发布 统计分析 统计资料 统计 统计月报 统计年鉴 数据统计 经济数据 经济运行 月度数据 季度数据 年度数据 统计报告 "
        "政府数据 数据解读 统计指标 数说 统计快报 国民经济统计 经济社会发展统计信息 行业统计"
    ),
    _K.BUDGET: (
        "财政预决算 预决算公开 预算决算 财政信息 预算公开 决算公开 部门预决算 三公经费 财政预算 财政决算 预决算 部门预算 部门决算 财政资金 政府债务 "
        "财政专项资金 专项资金 资金信息 财务信息 财政预决算及三公经费 财政收支 预算 决算 财政公开 政府预决算 财政资金直达基层 财政专项清单 收费目录 "
        "行政事业性收费 收费项目 涉企收费 绩效评价 财政预算决算 三公 财政 财政数据 预决算及三公经费 财政审计 审计公开"
    ),
    _K.PERSONNEL: (
        "人事任免 人事信息 人事招考 招考录用 招录信息 干部任免 任免信息 公务员招考 人事管理 人事 招聘信息 事业单位招聘 人事招聘 任前公示 人事考试 "
        "公务员招录 招考信息 干部任前公示 人才招聘 考试录用 招聘 任免 选拔任用 人员招聘 招聘公告 招录 招教考试 公开招聘 职称评审 干部人事"
    ),
    _K.PROCUREMENT: (
        "政府采购 招标采购 采购信息 招投标 招标公告 中标公告 采购公告 招标投标 公共资源交易 公共资源配置 采购 招投标信息 政府集中采购 采购目录 "
        "招标信息 集中采购 采购招标 中标公示 采购意向"
    ),
    _K.PROPOSALS: (
        "建议提案办理 建议提案 人大建议 政协提案 提案办理 议案提案 代表建议 人大代表建议 两会建议提案 建议办理 人大代表建议办理 政协委员提案办理 "
        "议提案办理 建议提案答复 人大建议政协提案 建议和提案办理结果公开 人大建议办理 政协提案办理 提案 议案 建议提案办理情况 提案答复 建议答复"
    ),
    _K.ENFORCEMENT: (
        "行政执法 行政处罚 执法公示 行政执法公示 行政许可 双随机 双随机一公开 行政处罚和行政许可 执法信息 权责清单 责权清单 权力清单 责任清单 "
        "行政执法三项制度 监督检查 行政强制 行政检查 市场监管 责权 行政权力 随机抽查 行政审批 信用信息双公示 行政复议 处罚信息 执法监督 监管信息 执法公开 "
        "行政许可公示 行政处罚公示 行政许可和行政处罚 许可信息 双随机公示 事中事后监管 执法检查 信用监管 负面清单"
    ),
    _K.EMERGENCY: (
        "应急管理 应急预案 突发事件 应急信息 应急处置 预警预报 安全生产 应急值守 突发公共事件 应急演练 应急 公共安全 应急救援 事故调查 防灾减灾 "
        "应急知识 预警 预警发布 安全应急 应急管理信息"
    ),
    _K.ANNUAL_REPORT: (
        "政府信息公开年报 信息公开年报 政府信息公开年度报告 政府信息公开工作年度报告 年度报告 公开年报 信息公开年度报告 公开年度报告 年报 "
        "政府信息公开工作年报 信息公开工作年度报告 政务公开年报 政务公开年度报告"
    ),
    _K.DISCLOSURE: (
        "政府信息公开 信息公开 政务公开 法定主动公开内容 主动公开 公开内容 重点领域信息公开 重点领域 政府信息公开专栏 信息公开专栏 公开 基层政务公开 "
        "政务公开专栏 部门信息公开 法定公开内容 政府信息主动公开 主动公开内容 政府信息公开平台 重点信息公开 公开专栏 政务公开工作 公开事项 法定主动公开"
    ),
    _K.DISCLOSURE_GUIDE: "政府信息公开指南 信息公开指南 公开指南",
    _K.DISCLOSURE_SYSTEM: (
        "政府信息公开制度 信息公开制度 公开制度 政务公开制度 公开规定 信息公开规定 公开条例 信息公开条例 政府信息公开条例 公开法规 公开工作制度 "
        "政府信息公开规定 政务公开工作制度 信息公开保密审查制度"
    ),
    _K.CATALOGUE: (
        "政府信息公开目录 信息公开目录 公开目录 主动公开目录 基本目录 主动公开基本目录 政务公开目录 标准目录 政务公开标准目录 公开事项目录 目录 "
        "基层政务公开标准目录 政府信息主动公开目录 公开标准目录"
    ),
    _K.REQUEST: "依申请公开 申请公开 网上申请 依申请 信息公开申请 政府信息公开申请 公开申请 申请公开指南 依申请公开系统",
    _K.GUIDES: (
        "办事指南 服务指南 办事流程 办理指南 业务指南 服务事项 办事须知 审批指南 个人办事 法人办事 事项清单 企业办事 办事事项 行政审批事项 政务服务事项"
    ),
    _K.SERVICES: (
        "政务服务 办事服务 网上办事 在线服务 公共服务 便民服务 服务大厅 办事大厅 网上服务 一网通办 在线办事 便民查询 服务 办事 公众服务 政务服务网 "
        "网上办事大厅 服务导航 表格下载 下载中心 资料下载 便民信息 主题服务 特色服务 高频服务 网上审批 结果查询 服务平台 便民提示 场景式服务 "
        "资料中心 常用表格 查询服务 利企服务 企业服务 办件公示 办件公告 教育资格证"
    ),
    _K.MAILBOX: (
        "领导信箱 市长信箱 县长信箱 区长信箱 局长信箱 书记信箱 镇长信箱 咨询投诉 投诉举报 咨询建议 网上咨询 在线咨询 信箱 我要写信 写信 留言 公众留言 "
        "网上信访 信访 咨询 投诉 来信选登 信件选登 留言选登 互动交流 政民互动 互动 公众互动 交流互动 群众来信 网友留言 问政 网络问政 厅长信箱 主任信箱 "
        "部长信箱 信件公开 来信回复 回复选登 诉求 诉求平台 咨询反馈 留言反馈 我要咨询 咨询留言 投诉建议 建言献策 我有话说 常见问题 热点问答 智能问答 "
        "互动回应 留言咨询 网民留言 12345 政务热线 民生热线 在线投诉 纪检举报 举报 监督举报 百姓心声 来信 来信须知 办件统计 留言板 回应关切 热点回应"
    ),
    _K.CONSULTATION: (
        "民意征集 调查征集 意见征集 征求意见 网上调查 在线调查 问卷调查 征集调查 民意调查 网上征集 在线征集 结果反馈 征集反馈 网络调查 征集结果 "
        "调查结果 公众参与 征集 意见反馈 重大行政决策 决策预公开 决策公开 意见征求 征集公告 决策征集 调查问卷 草案征集 民意征集结果 意见征集反馈 "
        "重大决策预公开 重大决策 听证 听证会 公开征求意见 满意度调查 投票"
    ),
    _K.INTERVIEW: "在线访谈 访谈 网上访谈 访谈直播 嘉宾访谈 在线直播 政务访谈 领导访谈 网络直播 直播 访谈回顾 往期访谈 图文直播 微访谈",
    _K.OPEN_DATA: "数据开放 开放数据 公共数据 公共数据开放 政府数据开放 数据集 数据目录 数据开放平台 开放平台 公共数据开放平台 数据资源",
    _K.TOPICS: "专题专栏 专题 专栏 热点专题 专题报道 专题活动 往期专题 历史专题 专题集锦 专题回顾 重点专题 活动专题 专题列表 主题教育",
    _K.SITEMAP: "网站地图 站点地图 网站导航 站点导航",
    _K.SEARCH: "搜索 检索 全文检索 高级搜索 站内搜索 站内检索 智能搜索",
    _K.ABOUT: (
        "关于我们 联系我们 联系方式 网站声明 隐私声明 隐私保护 版权声明 免责声明 网站概况 使用帮助 网站帮助 法律声明 关于本站 隐私政策 网站说明 "
        "友情链接 帮助 走进 概况 区情 市情 县情 政区 历史沿革 地理位置 市情概况 县情概况 魅力 风采 旅游 自然地理 城市概况 美丽 图说 风光"
    ),
}
"""Names and parts of names, by kind. A name found whole decides at once; else the longest part it contains, and of
equally long ones the last: what stands at the end of a Chinese name is its head."""

_TRAPS: tuple[tuple[re.Pattern[str], ColumnKind], ...] = (
    (re.compile(r"(?:新闻|要闻|动态|快讯|资讯|简报)$"), _K.NEWS),
    (re.compile(r"解读$|^图解|问答$(?<!智能问答)(?<!热点问答)"), _K.INTERPRETATION),
    (re.compile(r"(?:公开|公开工作)(?:年度)?(?:报告|年报)|公开.*年报"), _K.ANNUAL_REPORT),
    (re.compile(r"公开.{0,4}指南$"), _K.DISCLOSURE_GUIDE),
    (re.compile(r"公开.{0,6}制度$"), _K.DISCLOSURE_SYSTEM),
    (re.compile(r"公开.{0,8}目录$"), _K.CATALOGUE),
    (re.compile(r"(?:办理|服务|办事|审批)指南$"), _K.GUIDES),
    (re.compile(r"(?:书记|市长|县长|区长|局长|镇长|州长|厅长|主任|部长|省长|领导|行长|院长|校长)信箱$"), _K.MAILBOX),
    (re.compile(r"^(?:市长|县长|区长|州长|省长|局长|主任|厅长)之窗"), _K.LEADERSHIP),
    (re.compile(r"(?:规范性)?文件$|文件(?:库|汇编)$"), _K.POLICY),
    (re.compile(r"(?:公示|公告|通知|通告)$"), _K.NOTICE),
    (re.compile(r"(?:专题|专栏)$"), _K.TOPICS),
)
"""Heads of names that decide whatever stands before them (政策新闻 is news, not policy). Whole names come first."""

_KEPT_BEFORE_TRAPS = frozenset(
    name
    for kind in (_K.PERSONNEL, _K.PROCUREMENT, _K.ENFORCEMENT, _K.CONSULTATION, _K.DISCLOSURE)
    for name in NAMES[kind].split()
)
_WHOLE = {name: kind for kind, names in NAMES.items() for name in names.split()}
_PARTS = sorted(((name, kind) for name, kind in _WHOLE.items() if len(name) >= 2), key=lambda pair: -len(pair[0]))
_ORNAMENT = re.compile(r"[\s　·•:：|>》《〉〈【】\[\]“”\"'（）()、，,.。!！+＋-]+|更多|more", re.IGNORECASE)


def clean(name: str) -> str:
    """A column name without white space, brackets and marks."""
    return _ORNAMENT.sub("", name)


@lru_cache(maxsize=16384)
def kind_of(name: str) -> ColumnKind:
    """The kind that a column's name speaks of; OTHER when it says nothing known."""
    plain = clean(name)
    if not plain:
        return ColumnKind.OTHER
    whole = _WHOLE.get(plain)
    if whole is not None:
        return whole
    if len(plain) > 24:
        return ColumnKind.OTHER
    for pattern, kind in _TRAPS:
        if pattern.search(plain) and not any(plain.endswith(kept) for kept in _KEPT_BEFORE_TRAPS):
            return kind
    best: tuple[int, int] = (0, -1)
    found = ColumnKind.OTHER
    for part, kind in _PARTS:
        if len(part) < best[0]:
            break
        place = plain.rfind(part)
        if place >= 0 and (len(part), place) > best:
            best, found = (len(part), place), kind
    return found


def is_known(name: str) -> bool:
    """Whether these words, as a whole, are a usual name of a column."""
    return clean(name) in _WHOLE
