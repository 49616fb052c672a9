//! Clauses of a review: finished, going on, expected, or no statement of a thing at all.
//!
//! The verb that stands last decides, as it does in the language: 签约推进, 开工建设 leave a thing
//! open however much was done for it, 建成投用 after them closes it.

use wenzheng_text::{Span, sentence::clauses};

use super::clause::bare;
use wenzheng_text::Pattern;

use crate::model::Progress;

/// Figures that are not final.
static EXPECTED: Pattern = Pattern::new("预计|有望");
/// A verb of completion, which ends the list that 预计 opened.
static CLOSES: Pattern = Pattern::new(
    "了|^(成功|累计|全面|如期|新)*(建成|完成|新[建增]|实施|培育|开工|获|荣|入选|创建|落实|发放|争取|引进)|(建成|投产|投用|通车|完工|命名|认定|推进|启动)",
);
/// From here on a sentence draws lessons.
static TEACHES: Pattern = Pattern::new("(深切|深刻|充分)?(体会|认识|感受|领悟)到|必须|启示");

/// Shortcomings told among the results, …
static LACKS: Pattern = Pattern::new(
    "(还有|还存在|存在|仍有|尚有)[^，]{0,6}(差距|短板|不足|问题)|(不足|不够|不强|不高|不优|不快|不实|滞后|薄弱|短缺|单一|偏[低小慢弱]|欠账较?[大多]|低端)$|(问题|矛盾)(依然|仍然|还|仍)|还需|有待|(没有|未能?|尚未)(得到)?[^，]{0,4}根本|任务[^，]{0,8}(艰巨|繁重)|任重道远|压力(较|很|依然|仍然)?大$|生产现代化程度低",
);
/// … unless they are what was mended.
static MENDED: Pattern =
    Pattern::new("解决|化解|破解|补齐|补上|整改|整治|扭转|改变了|克服|面对|针对|缓解");

/// Words that look like a stage and are none.
static NOISE: Pattern = Pattern::new(
    "开工率|签约(金额|总额|额|资金)|启动了?[^，]{0,8}(响应|预案)|集中开工[^，]{0,4}活动|分批开工|前期调度|(市场|经营|农业|责任|创新|投资)主体|主体(责任|活力|倍增|地位)|推进[^，]{0,3}会|加速度|稳增长|对外开放|开放(格局|型)|改革开放|推进(机制|办法|力度|方案|措施|体系)|复工复产|加快发展方式|启动仪式",
);
/// The shell stands, the thing is not in use, whatever verb follows.
static SHELL: Pattern = Pattern::new(
    "主体(工程|结构|建设|建筑|部分)?(已|全部|基本|全面|顺利|如期|均)*(完工|建成|封顶|完成|竣工|贯通)|主线[^，]{0,4}贯通|完成了?[^，]{0,6}主体|封顶|即将|在建|未(完成|开工|建成|通车|投用|完工)|试运行|试运转|完成了?[^，]{0,12}(前期|可研|立项|勘察|勘测)",
);
/// Begun, and not more.
static BEGUN: Pattern = Pattern::new(
    "开工|动工|启动|签约|前期|正在|续建|筹建|筹备|谋划(实施|建设)|初步谋划|可研|立项|正渐次|进场施工",
);
/// In use.
static OPENED: Pattern = Pattern::new(
    "建成|竣工|投产|投用|投运|投入(使用|运营|运行|生产)|通车|并网|交付|运营|开[园馆]|开放|贯通|完工|办结|合龙|招生|挂牌|通水|通航",
);
/// Work that goes on.
static GOES_ON: Pattern = Pattern::new(
    "推进|加快|加速|提速|抓紧|推动|进展顺利|大力(发展|培育|推广|推行)|(多元|蓬勃|协调|融合)发展$|持续(深化|发力|用力|加力|加大)|稳步(开展|实施)|有序(开展|实施)|逐步|全面展开|正[^，]{0,4}展开|积极(争取|谋划)|着力(打造|构建|推)|接续(实施|优化)",
);
/// 谱写了, 完善了: the verb at the front tells it all.
static DID: Pattern = Pattern::new("^[^，]{1,3}了");
/// Results, which close what went on before them.
static RESULT: Pattern = Pattern::new(
    "取得|完成|实现|达到|增长|增加|新[增建]|获|突破|累计|率先|荣|入选|圆满|到位|下降|降[低至为]|向好|由降转升|全?覆盖|成功|了|减少|超过|翻番|清零$|见效|(提升|提高|改善|增强|优化)([到至为0-9]|$)|投资[0-9]",
);

/// An attitude, whatever verb follows: 坚持…一体推进, 以…为牵引.
static STANCE: Pattern = Pattern::new(
    "^我?们?(始终|一体|全面|更加|注重|坚决|认真|切实|牢固|紧紧|坚定不移)*(坚持|围绕|聚焦|对标|紧扣|按照|立足|着眼|遵循|秉持|牢记|锚定|面对|以[^，]*为|把[^，]*(作为|放在)|从[^，]*出发|在[^，]*下$|谨代表|一张蓝图)",
);
/// An attitude, unless a figure, a result or work that goes on is told with it.
static MANNER: Pattern = Pattern::new(
    "^(我们)?(始终|一体|全面|更加|坚决|认真|切实|牢固|紧紧|深入|严格|坚定不移|自觉)*(树立|统筹|扛[牢起]|贯彻|学习贯彻|践行|增强[^，]*意识|恪守|把握|瞄准|守[牢住好]|维护|履行|紧盯|抢抓|弘扬|发扬|注重|力戒|严守)",
);
/// What a year or an event is.
static NATURE: Pattern = Pattern::new(
    "[是为][^，]{0,60}(之年|第[一二三四五]年|关键期|(的|之|关键|重要|攻坚|收官)一年|周年)$",
);
static FIGURE: Pattern = Pattern::new("[0-9]");

/// The progress of a clause of a review; `text` is the clause, [`bare`].
pub(super) fn of(sentence: &str, clause: Span, text: &str) -> Progress {
    if TEACHES.is_match(&sentence[..clause.end]) || NATURE.is_match(text) {
        Progress::None
    } else if expected(sentence, clause) {
        Progress::Expected
    } else if LACKS.is_match(text) && !MENDED.is_match(text) {
        Progress::Assessment
    } else {
        stage(&NOISE.replace_all(text, ""))
    }
}

/// True when 预计 stands in the clause or opened the list that the clause belongs to.
fn expected(sentence: &str, clause: Span) -> bool {
    let mut open = false;
    for part in clauses(sentence, Span::new(0, sentence.len()), true) {
        if part.start >= clause.end {
            break;
        }
        let text = bare(part.of(sentence));
        if EXPECTED.is_match(&text) {
            open = true;
        } else if CLOSES.is_match(&text) {
            open = false;
        }
    }
    open
}

fn stage(text: &str) -> Progress {
    let last = |verbs: &Pattern| verbs.find_iter(text).last();
    if SHELL.is_match(text) {
        return Progress::Ongoing;
    }
    let opened = last(&OPENED).map_or(0, |verb| verb.end());
    if let Some(begun) = last(&BEGUN) {
        return if opened > begun.end() {
            Progress::Done
        } else {
            Progress::Ongoing
        };
    }
    if STANCE.is_match(text) && !FIGURE.is_match(text) && opened == 0 {
        return Progress::None;
    }
    if DID.is_match(text) {
        return Progress::Done;
    }
    let result = last(&RESULT).map_or(0, |verb| verb.end());
    if let Some(going) = last(&GOES_ON) {
        return if result.max(opened) > going.end() {
            Progress::Done
        } else {
            Progress::Ongoing
        };
    }
    if MANNER.is_match(text) && !FIGURE.is_match(text) && result.max(opened) == 0 {
        return Progress::None;
    }
    Progress::Done
}
