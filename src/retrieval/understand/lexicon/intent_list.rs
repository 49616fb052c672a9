//! Which lists of patterns there are.

/// A list of patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntentList {
    /// Greetings.
    Greeting,
    /// Thanks, and words that only say that one has understood.
    Thanks,
    /// Farewells.
    Farewell,
    /// Questions about who the bot is.
    Identity,
    /// Questions about how the bot is used.
    Help,
    /// Abuse.
    Abuse,
    /// Orders to the bot.
    Instruction,
    /// Orders on the form of the answer, beside an instruction.
    Order,
    /// Wishes for a speech, a letter or a poem.
    Writing,
    /// Somebody who does not want to live.
    Despair,
    /// Injury, poisoning, sudden illness.
    Medical,
    /// Fire, explosion, people who are trapped.
    Fire,
    /// Violence, theft, people who are missing.
    Crime,
    /// Somebody who was cheated, or is being cheated.
    Fraud,
    /// Officials who take what is not theirs.
    Corruption,
    /// Wages and social insurance that an employer owes.
    Wages,
    /// What a message that speaks of danger may ask of the government.
    DistressQuestion,
    /// What makes a word of danger part of a question on policy.
    Prevention,
    /// Things and people whose faults are reported.
    FaultThing,
    /// How a thing is that is broken, missing or badly kept.
    FaultState,
    /// Faults that are dangerous at once.
    Hazard,
    /// Faults of the power supply.
    PowerCut,
    /// Faults of traffic lights.
    TrafficLight,
    /// Questions about whom to turn to, which are no questions on policy.
    Seeking,
    /// What makes a message about a fault a question on policy.
    PolicyQuestion,
    /// Wishes to speak to a person.
    Human,
    /// Complaints that do not say about what.
    Complaint,
    /// Questions about telephone numbers, and such numbers alone.
    Phone,
    /// Questions about who reads what was asked.
    Privacy,
    /// Complaints about an answer.
    Mistaken,
    /// Wishes for more of the same.
    More,
    /// Wishes for plainer words.
    Rephrase,
    /// Orders to load reports.
    Reload,
    /// Questions about what is loaded.
    Versions,
    /// Wishes for the whole report.
    FullText,
    /// Wishes for the headings of the report.
    Outline,
    /// Questions about who delivered the report.
    Speaker,
    /// Questions about when it was delivered.
    DeliveredOn,
    /// Keys hit at random, lone figures, probes for weaknesses.
    Noise,
    /// Names of stickers of WeChat.
    Sticker,
    /// What no government report speaks of.
    OutOfScope,
    /// Polite phrases; a message that holds little else is thanks or a farewell.
    Polite,
    /// Those of them that say farewell.
    Leaving,
    /// Marks of a question.
    Asking,
    /// Questions whether somebody qualifies.
    Eligibility,
    /// Questions for the work of a year as a whole.
    Priorities,
    /// Questions for the problems that the report names.
    Problems,
    /// Questions whether there is a benefit, or whether something is free.
    Benefit,
    /// Questions how and where something is applied for.
    Procedure,
    /// Questions for a day or an hour.
    Date,
    /// Questions when; for a date beside words for being finished only.
    When,
    /// Questions where.
    Where,
    /// Questions who.
    Who,
    /// Questions for money.
    Money,
    /// Questions for a share or a growth.
    Percentage,
    /// Questions for an amount a person, month or piece, or for a ceiling.
    Each,
    /// Wording that leans towards a result.
    Done,
    /// Wording that leans towards a plan.
    Planned,
    /// Questions for the figures of many years.
    Trend,
    /// Questions for all targets of a year.
    Targets,
    /// Questions for a result and a plan without naming both years.
    ResultAndPlan,
    /// Questions that hold a plan against its result.
    Against,
}

impl IntentList {
    /// All of them, in the order of the variants.
    pub const ALL: [Self; 62] = [
        Self::Greeting,
        Self::Thanks,
        Self::Farewell,
        Self::Identity,
        Self::Help,
        Self::Abuse,
        Self::Instruction,
        Self::Order,
        Self::Writing,
        Self::Despair,
        Self::Medical,
        Self::Fire,
        Self::Crime,
        Self::Fraud,
        Self::Corruption,
        Self::Wages,
        Self::DistressQuestion,
        Self::Prevention,
        Self::FaultThing,
        Self::FaultState,
        Self::Hazard,
        Self::PowerCut,
        Self::TrafficLight,
        Self::Seeking,
        Self::PolicyQuestion,
        Self::Human,
        Self::Complaint,
        Self::Phone,
        Self::Privacy,
        Self::Mistaken,
        Self::More,
        Self::Rephrase,
        Self::Reload,
        Self::Versions,
        Self::FullText,
        Self::Outline,
        Self::Speaker,
        Self::DeliveredOn,
        Self::Noise,
        Self::Sticker,
        Self::OutOfScope,
        Self::Polite,
        Self::Leaving,
        Self::Asking,
        Self::Eligibility,
        Self::Priorities,
        Self::Problems,
        Self::Benefit,
        Self::Procedure,
        Self::Date,
        Self::When,
        Self::Where,
        Self::Who,
        Self::Money,
        Self::Percentage,
        Self::Each,
        Self::Done,
        Self::Planned,
        Self::Trend,
        Self::Targets,
        Self::ResultAndPlan,
        Self::Against,
    ];

    /// True for a list that is compared with letters and digits only.
    #[must_use]
    pub const fn is_bare(self) -> bool {
        matches!(
            self,
            Self::Greeting
                | Self::Thanks
                | Self::Farewell
                | Self::Identity
                | Self::Help
                | Self::Human
                | Self::Complaint
                | Self::Phone
                | Self::Privacy
                | Self::Mistaken
                | Self::More
                | Self::Rephrase
                | Self::Reload
                | Self::Versions
                | Self::FullText
                | Self::Outline
                | Self::Speaker
                | Self::DeliveredOn
                | Self::Sticker
        )
    }

    /// Where it stands below the folder of all lists.
    pub(super) fn name(self) -> String {
        format!("intents/{}", self.file().0)
    }

    /// Its file in `config/lexicon/intents`, and the list inside the program.
    pub(super) const fn file(self) -> (&'static str, &'static str) {
        macro_rules! file {
            ($name:literal) => {
                (
                    $name,
                    include_str!(concat!("../../../../config/lexicon/intents/", $name)),
                )
            };
        }
        match self {
            Self::Greeting => file!("greeting.txt"),
            Self::Thanks => file!("thanks.txt"),
            Self::Farewell => file!("farewell.txt"),
            Self::Identity => file!("identity.txt"),
            Self::Help => file!("help.txt"),
            Self::Abuse => file!("abuse.txt"),
            Self::Instruction => file!("instruction.txt"),
            Self::Order => file!("order.txt"),
            Self::Writing => file!("writing.txt"),
            Self::Despair => file!("despair.txt"),
            Self::Medical => file!("medical.txt"),
            Self::Fire => file!("fire.txt"),
            Self::Crime => file!("crime.txt"),
            Self::Fraud => file!("fraud.txt"),
            Self::Corruption => file!("corruption.txt"),
            Self::Wages => file!("wages.txt"),
            Self::DistressQuestion => file!("distress-question.txt"),
            Self::Prevention => file!("prevention.txt"),
            Self::FaultThing => file!("fault-thing.txt"),
            Self::FaultState => file!("fault-state.txt"),
            Self::Hazard => file!("hazard.txt"),
            Self::PowerCut => file!("power-cut.txt"),
            Self::TrafficLight => file!("traffic-light.txt"),
            Self::Seeking => file!("seeking.txt"),
            Self::PolicyQuestion => file!("policy-question.txt"),
            Self::Human => file!("human.txt"),
            Self::Complaint => file!("complaint.txt"),
            Self::Phone => file!("phone.txt"),
            Self::Privacy => file!("privacy.txt"),
            Self::Mistaken => file!("mistaken.txt"),
            Self::More => file!("more.txt"),
            Self::Rephrase => file!("rephrase.txt"),
            Self::Reload => file!("reload.txt"),
            Self::Versions => file!("versions.txt"),
            Self::FullText => file!("full-text.txt"),
            Self::Outline => file!("outline.txt"),
            Self::Speaker => file!("speaker.txt"),
            Self::DeliveredOn => file!("delivered-on.txt"),
            Self::Noise => file!("noise.txt"),
            Self::Sticker => file!("sticker.txt"),
            Self::OutOfScope => file!("out-of-scope.txt"),
            Self::Polite => file!("polite.txt"),
            Self::Leaving => file!("leaving.txt"),
            Self::Asking => file!("asking.txt"),
            Self::Eligibility => file!("eligibility.txt"),
            Self::Priorities => file!("priorities.txt"),
            Self::Problems => file!("problems.txt"),
            Self::Benefit => file!("benefit.txt"),
            Self::Procedure => file!("procedure.txt"),
            Self::Date => file!("date.txt"),
            Self::When => file!("when.txt"),
            Self::Where => file!("where.txt"),
            Self::Who => file!("who.txt"),
            Self::Money => file!("money.txt"),
            Self::Percentage => file!("percentage.txt"),
            Self::Each => file!("each.txt"),
            Self::Done => file!("done.txt"),
            Self::Planned => file!("planned.txt"),
            Self::Trend => file!("trend.txt"),
            Self::Targets => file!("targets.txt"),
            Self::ResultAndPlan => file!("result-and-plan.txt"),
            Self::Against => file!("against.txt"),
        }
    }
}
