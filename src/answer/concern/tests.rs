//! What is heard in messages.

use super::*;
use crate::text::normalize::fold;

fn heard(text: &str) -> Option<Heard> {
    super::heard(&Intents::default(), &fold(text))
}

fn concern(text: &str) -> Option<Concern> {
    heard(text).map(|heard| heard.referral.concern)
}

/// Messages that tell of each, and questions that only look like them.
const TOLD: [(Concern, &[&str], &[&str]); 7] = [
    (
        Concern::Crime,
        &[
            "男人又动手打我了",
            "我老公喝醉了拿棍子打我和娃",
            "隔壁两口子打起来了",
            "我妹被她对象跟踪",
            "屋头老汉走失了一天一夜",
            "娃娃放学没回来，联系不上",
            "有人撬我家的门",
            "圈里两只羊叫贼偷了",
            "我哋屋企俾人偷嘢",
            "有人拿刀在街上追人",
            "我要报警",
            "儿子被同学打得鼻青脸肿",
            "村霸打人没人管",
            "我女儿被人骚扰",
        ],
        &[
            "家暴案件去年有多少",
            "扫黑除恶抓了几个",
            "校园霸凌怎么治理",
            "打算修几条路",
            "打造几个景区",
            "老人证丢了怎么补",
        ],
    ),
    (
        Concern::Fire,
        &[
            "灶房着火了",
            "后山的草着了",
            "楼下电动车冒烟",
            "屋里煤气味大得很，怕是漏气",
            "娃娃关在电梯里出不来",
            "粮仓起火咋个办",
            "有人被困在河中间",
            "天然气管子泄漏了",
            "加油站爆炸了",
            "柴火垛烧起来了",
        ],
        &[
            "去年火灾几起",
            "消防站建了没",
            "森林防火怎么搞",
            "着力打造什么产业",
            "火车站什么时候建",
        ],
    ),
    (
        Concern::Medical,
        &[
            "我爷爷晕倒叫不醒",
            "娃喝了洁厕灵",
            "我大心梗犯了",
            "有人掉河里了",
            "媳妇羊水破了咋办",
            "工友从架子上摔下来",
            "一家三口一氧化碳中毒",
            "我妈让车撞了",
            "老汉口吐白沫",
            "奶奶吃饭噎住了",
            "快叫救护车",
            "妈妈中风了嘴歪",
        ],
        &[
            "怎么防煤气中毒",
            "脑梗报销多少",
            "急救站今年建几个",
            "防溺水做了哪些",
            "我爸腿摔断了能报销吗",
        ],
    ),
    (
        Concern::Despair,
        &[
            "我撑不下去了",
            "不如死了算了",
            "活得没意思",
            "我想跳河",
            "女儿说不想活",
            "干脆喝农药死了算了",
            "我快崩溃了",
            "真想一死了之",
            "觉得活着没盼头",
        ],
        &[
            "心理健康服务",
            "小店生意撑不下去了",
            "抑郁症能报销吗",
            "精神病院建了没",
            "自杀率是多少",
        ],
    ),
    (
        Concern::Fraud,
        &[
            "我妈被骗了三万块",
            "刷单被骗",
            "有人冒充公安说我洗钱",
            "网上贷款叫人骗了",
            "银行卡被盗刷",
            "客服让我转账到安全账户",
            "上当了咋办",
            "刚接到骗子电话",
            "老汉的养老钱让人骗光了",
        ],
        &[
            "骗子有没有人抓",
            "老是接骗子电话 今年打击不",
            "怎么防止老人被骗",
            "反诈宣传搞了几场",
            "去年电信诈骗破了多少案",
        ],
    ),
    (
        Concern::Corruption,
        &[
            "村支书把低保名额给了自家亲戚",
            "我要举报村干部贪污",
            "镇上干部收红包",
            "村长挪用修路钱",
            "会计把补贴截留了",
            "驻村干部吃拿卡要",
            "书记贪了我们的征地款",
            "想检举局长受贿",
        ],
        &[
            "反腐败抓了啥",
            "贪官抓了几个",
            "干部作风怎么抓",
            "县上查处了多少腐败案件",
            "政府廉政建设咋搞",
        ],
    ),
    (
        Concern::Wages,
        &[
            "干了半年工地不给工钱",
            "厂里拖欠三个月工资",
            "包工头跑了",
            "老板不发工资找谁",
            "公司不给我交社保",
            "工资一直没发",
            "去哪里讨薪",
            "工伤厂里不赔",
            "老板拖着工钱不结",
            "饭店欠我两个月的钱",
        ],
        &[
            "拖欠工资今年怎么治理",
            "工资涨了没",
            "根治欠薪有什么措施",
            "农民工工资保障政策",
            "教师工资待遇",
        ],
    ),
];

#[test]
fn what_somebody_has_to_be_called_for_is_heard_however_it_is_put() {
    for (told, messages, _) in TOLD {
        for text in messages {
            assert_eq!(concern(text), Some(told), "{text}");
        }
    }
}

#[test]
fn questions_on_the_same_matter_stay_questions() {
    for (told, _, questions) in TOLD {
        for text in questions {
            assert_eq!(heard(text), None, "{text}, not {told:?}");
        }
    }
}

#[test]
fn a_fault_is_told_by_a_thing_and_how_it_is() {
    for text in [
        "我们村路灯全黑了",
        "楼上天天半夜施工吵得睡不着",
        "自来水管爆了",
        "水龙头流黄水",
        "村口垃圾堆成山",
        "公交车等半天不来",
        "卫生院的大夫骂人",
        "办事大厅没人上班",
        "小区电梯困不住人就是老坏",
        "娃学校的饮水机坏了没人修",
        "手机信号差得打不出电话",
        "门口那条路烂得车都过不去",
        "沟里的污水臭得很",
        "厕所锁着进不去",
        "滑梯裂了个大口子",
        "树倒了把路堵死",
        "物业光收钱不管事",
        "窗口的人推来推去不给办",
        "班车半个月没来了",
        "暖气片冰凉，不热",
        "路边井盖没了",
        "石头滚下来把路挡了",
        "这条沟的桥垮了",
        "大喇叭从早吵到晚",
        "屋头停水三天了",
        "街上流浪狗追着娃咬",
        "烧烤摊油烟呛得人没法开窗",
        "体育场的灯不亮",
        "快递不送到村",
        "污水管子破了往地里流",
        "红绿灯坏了",
        "电线掉在地上",
        "变压器老跳闸",
        "庄里没有路灯",
        "养猪场臭味熏死人",
        "护栏叫车撞断了",
        "下水道返水",
    ] {
        let concern = concern(text);
        assert!(
            concern.is_some_and(Concern::is_fault),
            "{text}: {concern:?}"
        );
    }
}

#[test]
fn what_asks_for_a_plan_a_policy_or_a_figure_is_no_fault() {
    for text in [
        "路灯什么时候装",
        "今年修路吗",
        "骗子有没有人抓",
        "没爹没妈的孤儿政府管不管",
        "12345热线去年办了多少件",
        "网上投诉怎么处理的",
        "家暴案件去年有多少",
        "怎么防止老人被骗",
        "去年火灾几起",
        "拖欠工资今年怎么治理",
        "自来水改造到哪了",
        "村里厕所改造有补贴吗",
        "断头路打通了没",
        "污水处理厂建好了吗",
        "电梯加装给补贴不",
        "危房改造",
        "老旧小区改造",
        "黑臭水体治理",
        "公厕建了几座",
        "垃圾分类怎么推进",
        "5G信号覆盖率",
        "农村电网改造投资",
        "学校食堂怎么管",
        "医生招聘多少人",
        "干部作风怎么抓",
        "反腐败抓了啥",
        "消防站建了没",
        "急救站今年建几个",
        "防溺水做了哪些",
        "心理健康服务",
        "养狗有啥规定",
        "桥啥时候修",
        "贪官抓了几个",
        "人工智能产业",
        "人工影响天气",
        "工资涨了没",
        "县长说要建医院吗",
        "县委书记是谁",
        "副县长是谁",
        "谁负责修路",
        "报告里怎么说教育",
        "更多学位",
        "版本升级改造",
        "投诉办结率多少",
        "低保在哪申请",
        "还有哪些项目",
        "看病难怎么解决",
        "停车难",
        "高速什么时候通车",
        "抢险救灾",
        "路修好了没",
        "火车站",
        "三公经费",
        "通讯基站建多少个",
        "今年给群众办了什么实事",
        "老百姓吃水问题解决了吗",
        "煤改气有补助吗",
        "打工的有啥政策",
        "高血压买药报销多少",
        "水库建成了吗",
        "灾后重建",
        "校园霸凌怎么治理",
    ] {
        assert_eq!(heard(text), None, "{text}");
    }
}

#[test]
fn some_faults_have_a_number_of_their_own() {
    for (text, told) in [
        ("红绿灯坏了", Concern::TrafficLight),
        ("变压器老跳闸", Concern::PowerCut),
        ("石头滚下来把路挡了", Concern::Hazard),
        ("班车半个月没来了", Concern::Fault),
    ] {
        assert_eq!(concern(text), Some(told), "{text}");
    }
}

#[test]
fn whom_to_turn_to_may_be_asked_beside_a_fault() {
    for text in [
        "路灯坏了找谁",
        "水管爆了咋办",
        "井盖丢了有没有人管",
        "垃圾没人拉，能不能派人来清理",
        "路灯咋又不亮了",
        "自来水好几天没来了谁来修",
    ] {
        assert!(concern(text).is_some_and(Concern::is_fault), "{text}");
    }
}

#[test]
fn of_several_things_the_one_that_is_broken_or_missing_is_the_matter() {
    for (text, matter) in [
        ("我们巷子路灯坏了", "路灯"),
        ("停车场的充电桩不走电", "充电桩"),
        ("娃宿舍没暖气", "暖气"),
        ("路烂得没法走", "路"),
        ("公园里的健身器材断了", "健身器材"),
        ("小区垃圾桶满了没人拉", "垃圾桶"),
    ] {
        let heard = heard(text).map(|heard| heard.referral.matter);
        assert_eq!(heard.as_deref(), Some(matter), "{text}");
    }
}

#[test]
fn danger_beside_a_question_on_the_government_is_answered_as_well() {
    for (text, asks) in [
        ("心里绝望想自杀，县里有心理服务没有", true),
        ("我不想活了，低保能不能给办", true),
        ("我被骗了，政府打击不打击", true),
        ("我被骗了", false),
        ("我不想活了", false),
    ] {
        assert_eq!(heard(text).map(|heard| heard.asks), Some(asks), "{text}");
    }
}
