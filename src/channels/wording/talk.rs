//! Replies to small talk.

use super::fixed::NAME;
use crate::{answer::Smalltalk, channels::deployment::Deployment, staff::TextName};

/// Who sees what is asked, and for how long.
fn privacy(deployment: &Deployment) -> String {
    let never = "您问的话不写进运行日志，也不公开，别的提问的人看不到。";
    let mut here = "网页上显示的对话保存在您自己的浏览器里，点“清空对话”就删掉。".to_owned();
    if deployment.conversation_minutes > 0 {
        let minutes = deployment.conversation_minutes;
        here +=
            &format!("在 Telegram 和微信里，为了听懂接着问的话，您最近问的几句记 {minutes} 分钟。");
    }
    match deployment.kept_days {
        None => format!("{never}{here}"),
        Some(days) => format!(
            "{never}为了改进回答，问题去掉手机号、身份证号和银行卡号以后保存 {days} 天，只有负责这项工作的人能看到；\
             不保存您的姓名和账号，只留一个还原不了的编号，网页上的编号是浏览器随机生成的。\
             在 Telegram 和微信里，发送 /mydata 可以看保存了什么，发送 /forgetme 就全部删掉；在网页上请点“我的数据”。{here}"
        ),
    }
}

/// How to reach a person.
#[must_use]
pub(super) fn human(deployment: &Deployment) -> String {
    let hotline = deployment.hotline();
    let hours = match deployment.texts.get(TextName::Hours) {
        hours if hours.is_empty() => String::new(),
        hours => format!("（{hours}）"),
    };
    match deployment.texts.get(TextName::HandOver) {
        own if own.is_empty() => format!(
            "请拨打 {hotline}{hours}，有工作人员接听。我是自动问答机器人，只能帮您查政府工作报告。"
        ),
        own => format!("{own}\n电话：{hotline}{hours}"),
    }
}

/// The reply to small talk.
#[must_use]
pub(super) fn smalltalk(kind: Smalltalk, deployment: &Deployment) -> String {
    let hotline = deployment.hotline();
    match kind {
        Smalltalk::Greeting => match deployment.texts.get(TextName::Greeting) {
            own if own.is_empty() => {
                "您好！我是“问政”，可以帮您查政府工作报告里的内容。请直接说您想了解的事。".into()
            }
            own => own,
        },
        Smalltalk::Identity => {
            format!("{NAME}我只引用报告原文，并注明出处；报告没写的，我会直说。")
        }
        Smalltalk::Thanks => "不客气！还想了解什么，随时问我。".into(),
        Smalltalk::Farewell => "再见，欢迎随时再来问。".into(),
        Smalltalk::Abuse => {
            format!("没能帮上您，很抱歉。请换个说法再问一次，或拨打 {hotline} 反映您的诉求。")
        }
        Smalltalk::Instruction => {
            "我只能根据政府工作报告回答问题，不能执行其他指令。请问您想了解报告里的什么内容？"
                .into()
        }
        Smalltalk::Writing => {
            "我不写稿子，只引用政府工作报告的原文。要用哪件事的原文，请直接问，例如：今年修哪几条高速？"
                .into()
        }
        Smalltalk::Human => human(deployment),
        Smalltalk::Complaint => format!(
            "投诉、举报、反映问题请拨打 {hotline}，会转给管这件事的单位办理并答复您。我这里收不了诉求，只能帮您查政府工作报告。"
        ),
        Smalltalk::Phone => format!(
            "政务服务热线是 {hotline}，咨询、投诉、反映问题都可以打；遇到危险请拨打 110。"
        ),
        Smalltalk::Privacy => privacy(deployment),
        Smalltalk::Mistaken => format!(
            "抱歉，没答到您要问的。我只引用报告原文，请打开出处核对；换个说法、说得具体些再问一次，或拨打 {hotline} 核实。\
             回答下面有“没用”的，请点一下告诉我们哪里不好。"
        ),
        Smalltalk::More => "想看更多，请打开回答下面的“更多相关”，或者点出处看整节；微信里请回复它前面的数字。\
            也可以问得更具体，例如加上年份、地方。"
            .into(),
        Smalltalk::Rephrase => "我只引用报告原文，不改写、也不解释，免得说走了样。\
            哪个词不明白，可以单独问，例如：“三抓三促”是什么意思？"
            .into(),
        Smalltalk::Reliability => format!(
            "我只逐字引用政府工作报告的原文，不编、不改写，每条都注明出处，您可以点开核对。\
             报告说的是作报告那时的情况，后来有没有变化，请以主管部门的答复为准，或拨打 {hotline} 核实。"
        ),
        Smalltalk::Labels => "“计划”是报告说今年要做的，“已完成”是已经做成的，“推进中”是还在做的，“预计”是报告估计的数，\
            “报告指出的问题”是报告自己说的不足；都按原文的用词和它在报告里的位置判断。引文下面写着出处，点开能看整节。"
            .into(),
        Smalltalk::Chat => "闲聊我不在行，只会查政府工作报告。修路、上学、看病、补贴这些事，报告里怎么说的，直接问我就行。"
            .into(),
        Smalltalk::Command => "没有这个命令。直接用自己的话问就行，例如：今年修哪几条高速？".into(),
        Smalltalk::Picture => {
            "收到。我只看得懂文字，请直接问您想了解的事，例如：今年修哪几条高速？".into()
        }
        Smalltalk::Noise => {
            "没看懂您发的内容。请用一句话说您想了解的事，例如：今年修哪几条高速？".into()
        }
    }
}
