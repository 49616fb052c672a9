//! What may be wrong with how long policy documents hold.

use time::Date;

use crate::corpus::Relation;

/// A doubt about the validity of a policy document. None keeps the corpus from being served: answers tell
/// what is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ValidityDoubt {
    /// It names a document that is not loaded.
    #[error("{}", not_loaded(*.relation, .name))]
    NotLoaded {
        /// What it does to it.
        relation: Relation,
        /// Its number or title.
        name: String,
    },
    /// It names itself.
    #[error("提醒：{} 写的“{name}”就是这份文件自己。请改成{}的那份文件，或删去", relation.key(), done_to(*.relation))]
    OfItself {
        /// What it does to itself.
        relation: Relation,
        /// Its number or title.
        name: String,
    },
    /// It names a document that names it, directly or by others.
    #[error(
        "提醒：{} 写了“{name}”，而 {other} 又直接或间接地写了这份文件，成了一圈。文件只会写比自己早的文件，请核对哪一处写反了",
        relation.key()
    )]
    Circular {
        /// What it does to it.
        relation: Relation,
        /// Its number or title.
        name: String,
        /// The file of that document.
        other: String,
    },
    /// It no longer holds.
    #[error(
        "提醒：已于{}过期。如果已经延期，请导入延期的通知；如果不再执行，可以移出文件夹，留着的话回答会注明已过期",
        in_words(*.0)
    )]
    Expired(Date),
    /// It will not hold for long.
    #[error(
        "提醒：{}到期，{}。请向主管部门核实到期后是否延期；如果延期，请导入延期的通知",
        in_words(*.until),
        left(*.days)
    )]
    ExpiresSoon {
        /// The last day on which it holds.
        until: Date,
        /// Days until then; 0 on the last day.
        days: i64,
    },
}

/// What a document has done to it that another names.
const fn done_to(relation: Relation) -> &'static str {
    match relation {
        Relation::Repeals => "被废止",
        Relation::Replaces => "被替代",
        Relation::Extends => "被延期",
        Relation::Amends => "被修改",
        Relation::BasedOn => "作为依据",
    }
}

fn not_loaded(relation: Relation, name: &str) -> String {
    let key = relation.key();
    match relation {
        Relation::Repeals | Relation::Replaces => format!(
            "提醒：{key} 写了“{name}”，没有收录这份文件。请核对文号；文号没有错就不用改，以后收录旧文件时会注明已失效"
        ),
        Relation::Extends | Relation::Amends => format!(
            "提醒：{key} 写了“{name}”，没有收录这份文件，{}的内容无从查起。请核对文号，或导入那份文件",
            done_to(relation)
        ),
        Relation::BasedOn => {
            format!("提示：{key} 写了“{name}”，没有收录这份文件。上级文件一般不必收录")
        }
    }
}

fn in_words(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), u8::from(day.month()), day.day())
}

fn left(days: i64) -> String {
    match days {
        0 => "就是今天".to_owned(),
        days => format!("还有{days}天"),
    }
}
