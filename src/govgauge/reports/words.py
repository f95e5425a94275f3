"""The words of reports for the values of the code."""

OUTCOMES = {
    "pass": "通过",
    "fail": "未通过",
    "partial": "部分通过",
    "not-applicable": "不适用",
    "not-observable": "无法判定",
    "open": "待评",
}

METHODS = {
    "auto": "自动检查",
    "assisted": "机评待人工确认",
    "manual": "人工采集",
    "field": "实测",
    "expert": "专家评审",
    "vote": "投票",
}

COLUMN_KINDS = {
    "home": "首页",
    "news": "动态要闻",
    "notice": "通知公告",
    "policy": "政策文件",
    "interpretation": "政策解读",
    "leadership": "领导信息",
    "institutions": "机构职能",
    "plans": "规划计划",
    "statistics": "统计信息",
    "budget": "财政预决算",
    "personnel": "人事信息",
    "procurement": "政府采购",
    "proposals": "建议提案",
    "enforcement": "行政执法",
    "emergency": "应急管理",
    "annual-report": "公开年报",
    "disclosure": "信息公开",
    "disclosure-guide": "公开指南",
    "disclosure-system": "公开制度",
    "catalogue": "公开目录",
    "request": "依申请公开",
    "guides": "办事指南",
    "services": "政务服务",
    "mailbox": "咨询信箱",
    "consultation": "征集调查",
    "interview": "在线访谈",
    "open-data": "数据开放",
    "topics": "专题专栏",
    "sitemap": "网站地图",
    "search": "站内搜索",
    "about": "关于我们",
    "other": "其他",
}

FAILURES = {
    "invalid-url": "地址无效",
    "dns": "域名无法解析",
    "refused": "连接被拒绝",
    "connect": "无法连接",
    "tls": "证书或加密错误",
    "reset": "连接中断",
    "timeout": "超时",
    "slow": "传输过慢",
    "empty": "内容为空",
    "too-large": "网页过大",
    "bomb": "压缩内容异常",
    "redirect-loop": "循环跳转",
    "protocol": "应答不合协议",
    "blocked": "被拦截",
    "wrong-content": "不是网站首页",
    "closed": "已关闭或迁移",
    "robots": "robots.txt 不允许",
    "budget": "超出采集预算",
}


def outcome(value: str) -> str:
    """An outcome (or a class of failure, or http-503) in Chinese."""
    if value.startswith("http-"):
        return f"状态码 {value.removeprefix('http-')}"
    return OUTCOMES.get(value) or FAILURES.get(value) or value
