"""Whose number it is: a private person's, or one that an office publishes on purpose."""

import re

from govgauge import lazy_re

NOT_IDENTITY = lazy_re.compile(
    r"(?:信用代码|机构代码|登记证号|注册号|账\s*号|帐\s*号|账户|卡\s*号|合同|订单|流水|文\s*号|编\s*号|案\s*号|批\s*次|代\s*码|许可证|"
    r"执照|备案号|标识码|设备|型号|条码|二维码|运单|发票|单号|序列号|版本|公告号|示例|样例|例如)[号码]{0,2}\s*(?:为|是)?\s*[:：]?\s*$"
)
"""Words before a number that make it something else than an identity number."""
EXAMPLE = lazy_re.compile(r"(?:示例|样例|样本|例如|比如|举例|格式[为是:：]|如[:：])[^。；\n]{0,12}$")
PRIVATE = (
    r"申请人|当事人|举报人|投诉人|信访人|来信人|写信人|留言人|反映人|咨询人|提问人|求助人|诉求人|来电人|家长|监护人|学生|考生|户主|村民|居民|业主|"
    r"患者|病人|死者|伤者|受害人|失主|获奖者|获奖人|中奖人|中奖者|农户|贫困户|低保户|脱贫户|五保户|残疾人|受助人|受益人|救助对象|补贴对象|补助对象|"
    r"受让人|转让人|承租人|租户|购房人|被征收人|被拆迁人|持证人|捐赠人|报名人|参赛者|密切接触者|确诊病例|返乡人员|本人|被告人?|原告|嫌疑人|违法行为人|被处罚人"
)
PRIVATE_BEFORE = lazy_re.compile(
    rf"(?:{PRIVATE})(?P<between>[^。；;\n]{{0,40}}?)(?:联系电话|联系方式|手机号码?|手机|电话号码?|电话)?\s*[:：]?\s*$"
)
OFFICE = lazy_re.compile(
    r"公司|企业|厂|合作社|中心|[局院校园馆站所队处科室厅委办](?![\u4e00-\u9fff]?[:：]?\s*1)|协会|事务所|银行|部门|单位|学校|主任|科长|书记|局长|股长|工程师|"
    r"律师|经理|老师|教师|医生|民警|警官|法官|联系人|经办人|负责人|代理机构|采购人|招标人|值班|咨询电话|监督电话|举报电话|服务电话|热线|报名电话|联系电话[:：]?\s*0"
)
LIST_OF_PRIVATE = lazy_re.compile(
    r"申请人|村民|居民|学生|考生|家长|户主|农户|贫困户|脱贫户|低保|五保|特困|残疾|救助|补贴|补助|资助|助学|获奖|中奖|业主|参保|拟录用|录取|面试|体检|"
    r"成绩|报考|报名|培训学员|学员|志愿者|受益|公租房|廉租|保障房|危房改造|摇号|选房|拆迁|征收|返乡|隔离|接触者|核酸|疫苗|献血|捐款|退役|优抚|高龄|老年人"
)
LIST_OF_OFFICE = lazy_re.compile(
    r"部门|科室|单位|职务|职责|岗位|站点|机构|公司|企业|网点|窗口|驻村|包保|包联|包村|包户干部|帮扶干部|帮扶责任人|河长|湖长|林长|田长|路长|网格|联络|值班|负责人|"
    r"联系人|服务|律师|医生|医院|学校|幼儿园|民警|干部|领导|校长|园长|主任|书记|代表|委员|专家|人民调解|经办|店|场|厂|社|专员|教练|辅导|监督|通讯录|名录|安全员|护林员|管理员|"
    r"咨询|投诉|举报|热线|受理|办公|责任人|联系方式公布|导游|船长|裁判"
)
PERSONAL_COLUMN = lazy_re.compile(
    r"身份证|住址|家庭地址|户籍|出生|年龄|性别|准考证|成绩|低保|残疾|贫困|补贴金额|补助金额|发放金额|面积|户主|家庭人口|卡号|存折|一卡通|开户"
)
NAME_COLUMN = lazy_re.compile(r"姓\s*名|户主|申请人|学生|考生|村民|户\s*名|收款人|业主|获奖人")
PHONE_COLUMN = lazy_re.compile(r"电话|手机|联系方式|联系号码")
CARD_COLUMN = lazy_re.compile(r"卡\s*号|存折|一卡通|银行账[号户]|银行帐[号户]|[账帐]\s*号")
PERSON = lazy_re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff·]{4,12}")


def is_identity_context(before: str) -> bool:
    """Whether the words before a valid number allow it to be a person's identity number."""
    if EXAMPLE.search(before):
        return False
    return not NOT_IDENTITY.search(before) or "身份证" in before[-20:]


def is_private_mobile(before: str) -> bool:
    """Whether the words on the same line before a mobile number say that it is a private person's."""
    found = PRIVATE_BEFORE.search(before)
    return found is not None and not OFFICE.search(found.group())


def is_private_card(before: str, line: str) -> bool:
    """Whether a card number is called a card or account of a person, not of an office."""
    if not re.search(r"卡\s*号|银行卡|一卡通|存折|[账帐]\s*[号户]", before[-24:]):
        return False
    holder = re.search(
        r"(?:户\s*名|开户名|账户名称?|收款人|持卡人|姓\s*名|开户人)\s*[:：]?\s*([\u4e00-\u9fff·]{2,30})", line
    )
    if holder is None:
        return bool(re.search(r"身份证|本人", line))
    return len(holder[1]) <= 4 and not OFFICE.search(holder[1])
