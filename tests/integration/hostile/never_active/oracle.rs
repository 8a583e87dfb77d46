//! What `active` needs, read from the answer itself and by nothing that the program has.
//!
//! A credential may be said to be in force on a day only if all of this holds:
//!
//! 1. The answer is of the issuer's own record or transcript, has status 200, and is one
//!    JSON object in which no member that counts is given twice.
//! 2. It has a title, and the number in it, where there is one, is the one asked for.
//! 3. Each status word in it is `Active` or `Retired`, or `Expired` if the service said so
//!    after the expiry only; none is fine.
//! 4. The expiry, by whichever name, is given as one readable instant that has not passed.
//!    Where none is given, the title is known as one that does not end, or it is an Applied
//!    Skill.
//! 5. The earned date, where one is given, is one readable instant, not after the day in
//!    question and not after the expiry. Where none is, the day lies within 18 months of the
//!    expiry, or of when the service answered.
//! 6. The sort that the service calls it is one that is known, and its identifier is not
//!    another certification's.
//! 7. Of a transcript: it stands among the active ones or the applied skills, or says why
//!    it is historical.
//!
//! It may be called active only if besides the certification is not retired, by its date or
//! by the service's word, and the renewal window (six calendar months before the expiry's
//! day, in UTC) is not open.

use super::instant::{BareDay, Seconds, day_of, months_before, read};
use super::json::Json;
use super::titles::{self, Rule, Title};

/// The question that was asked, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question<'a> {
    /// The number of the credential, where one was asked for.
    pub(super) number: Option<&'a str>,
    /// The instant of judgement.
    pub(super) as_of: Seconds,
    /// When the service answered.
    pub(super) said_at: Seconds,
}

/// The best that may be said of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Best {
    Active,
    /// In force, but its window is open or its certification retired.
    InForce,
}

/// What a credential lacks to be in force.
pub(super) type Lack = &'static str;

/// The best of one credential, or why nothing good may be said.
pub(super) type Verdict = Result<Best, Lack>;

/// Of each credential in a record's answer, in its order, what may be said.
pub(super) fn of_record(body: &[u8], question: &Question<'_>) -> Vec<Verdict> {
    vec![record(body, question)]
}

fn record(body: &[u8], question: &Question<'_>) -> Verdict {
    let Some(answer @ Json::Object(_)) = &Json::parse(without_mark(body)) else {
        return Err("one object");
    };
    let title = first_text(answer, &["title", "name"])?.ok_or("a title")?;
    about_what_was_asked(answer, question)?;
    let claim = Claim {
        title,
        uid: text(answer, "sourceUid")?,
        sort: sort(answer)?,
        statuses: given(answer, &["credentialStatus", "status"])?,
        expires: given(answer, &["expiresOn", "expiration", "expirationDate"])?,
        earned: given(answer, &["awardedOn", "earnedOn", "dateEarned", "issuedOn"])?,
    };
    claim.judge(question)
}

/// Of each credential in a transcript's answer, in its order, what may be
/// said.
pub(super) fn of_transcript(body: &[u8], question: &Question<'_>) -> Vec<Verdict> {
    let Some(answer) = Json::parse(without_mark(body)) else {
        return vec![Err("one object")];
    };
    transcript(&answer, question).unwrap_or_else(|lack| vec![Err(lack)])
}

fn transcript(answer: &Json, question: &Question<'_>) -> Result<Vec<Verdict>, Lack> {
    let data = single(answer, "certificationData")?.ok_or("certificationData")?;
    let active = entries(data, "activeCertifications")?;
    let historical = entries(data, "historicalCertifications")?;
    let skills = match single(answer, "appliedSkillsData")? {
        Some(data) => entries(data, "appliedSkillsCredentials")?,
        None => Vec::new(),
    };
    let active = active
        .iter()
        .map(|entry| certification(entry, Listing::Active, question));
    let historical = historical
        .iter()
        .map(|entry| certification(entry, Listing::Historical, question));
    let skills = skills.iter().map(|entry| applied_skill(entry, question));
    Ok(active.chain(historical).chain(skills).collect())
}

fn entries<'a>(data: &'a Json, name: &str) -> Result<Vec<&'a Json>, Lack> {
    match single(data, name)? {
        None | Some(Json::Null) => Ok(Vec::new()),
        Some(Json::List(entries)) => Ok(entries.iter().collect()),
        Some(_) => Err("a list"),
    }
}

fn certification(entry: &Json, listing: Listing, question: &Question<'_>) -> Verdict {
    let claim = Claim {
        title: first_text(entry, &["name"])?.ok_or("a title")?,
        uid: None,
        sort: Some(Sort::Certification),
        statuses: given(entry, &["status"])?,
        expires: given(entry, &["expiration"])?,
        earned: given(entry, &["dateEarned"])?,
    };
    let says_why = claim.statuses.iter().any(|status| word(status) != "active");
    if listing == Listing::Historical && !says_why {
        return Err("a reason to be among the historical ones");
    }
    claim.judge(question)
}

fn applied_skill(entry: &Json, question: &Question<'_>) -> Verdict {
    let claim = Claim {
        title: first_text(entry, &["title"])?.ok_or("a title")?,
        uid: None,
        sort: Some(Sort::AppliedSkill),
        statuses: Vec::new(),
        expires: Vec::new(),
        earned: given(entry, &["awardedOn"])?,
    };
    claim.judge(question)
}

/// In which list of a transcript it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listing {
    Active,
    Historical,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Certification,
    AppliedSkill,
    Exam,
}

/// What an answer claims of one credential.
struct Claim<'a> {
    title: &'a str,
    uid: Option<&'a str>,
    sort: Option<Sort>,
    statuses: Vec<&'a Json>,
    expires: Vec<&'a Json>,
    earned: Vec<&'a Json>,
}

impl Claim<'_> {
    fn judge(&self, question: &Question<'_>) -> Verdict {
        let known = self.known()?;
        let mut is_retired = known.is_some_and(|title| is_retired(title, question));
        for status in &self.statuses {
            match word(status).as_str() {
                "active" => {}
                "retired" => is_retired = true,
                "expired" if self.only_repeats_its_expiry(question) => {}
                _ => return Err("a status that is known and good"),
            }
        }
        let expires = one_instant(&self.expires, BareDay::Last)?;
        let earned = one_instant(&self.earned, BareDay::First)?;
        in_order(earned, expires, question)?;
        let has_end = expires.is_some() || self.is_endless(known, earned);
        holds(has_end, "an expiry")?;
        let is_over = expires.is_some_and(|expires| expires < question.as_of);
        holds(!is_over, "an expiry that has not passed")?;
        let opens = expires.map(|expires| months_before(expires, 6));
        let is_open = opens.is_some_and(|opens| day_of(question.as_of) >= opens);
        Ok(if is_retired || is_open {
            Best::InForce
        } else {
            Best::Active
        })
    }

    fn known(&self) -> Result<Option<Title>, Lack> {
        let by_title = titles::by_title(self.title);
        let by_uid = self.uid.and_then(titles::by_identifier);
        let disagree = matches!((by_title, by_uid), (Some(one), Some(other)) if one != other);
        holds(!disagree, "an identifier of the same certification")?;
        Ok(by_title.or(by_uid))
    }

    /// `Expired` said after the expiry says nothing of a day before.
    fn only_repeats_its_expiry(&self, question: &Question<'_>) -> bool {
        let expires = one_instant(&self.expires, BareDay::Last);
        matches!(expires, Ok(Some(expires)) if question.said_at > expires)
    }

    fn is_endless(&self, known: Option<Title>, earned: Option<Seconds>) -> bool {
        match known.map(|title| title.rule) {
            Some(Rule::Endless) => true,
            Some(Rule::EndsIfEarnedFrom(day)) => {
                let first = read(day, BareDay::First).unwrap();
                earned.is_some_and(|earned| earned < first)
            }
            Some(Rule::Ends) => false,
            None => match self.sort {
                Some(Sort::AppliedSkill) => !titles::is_certification(self.title),
                Some(_) => false,
                None => titles::is_applied_skill(self.title),
            },
        }
    }
}

fn is_retired(title: Title, question: &Question<'_>) -> bool {
    let last = title.retires.and_then(|day| read(day, BareDay::Last));
    last.is_some_and(|last| question.as_of > last)
}

/// A status in lower case; of anything but a text, nothing that is known.
fn word(status: &Json) -> String {
    match status {
        Json::Text(word) => word.trim().to_ascii_lowercase(),
        _ => String::new(),
    }
}

fn in_order(
    earned: Option<Seconds>,
    expires: Option<Seconds>,
    question: &Question<'_>,
) -> Result<(), Lack> {
    match (earned, expires) {
        (Some(earned), Some(expires)) if expires < earned => Err("dates in their order"),
        (Some(earned), _) if day_of(earned) > day_of(question.as_of) => Err("to be earned by then"),
        (Some(_), _) => Ok(()),
        (None, end) => {
            let begin = months_before(end.unwrap_or(question.said_at), 18);
            holds(
                day_of(question.as_of) >= begin,
                "an earned date, for a day so far back",
            )
        }
    }
}

fn holds(it: bool, lack: Lack) -> Result<(), Lack> {
    if it { Ok(()) } else { Err(lack) }
}

fn about_what_was_asked(answer: &Json, question: &Question<'_>) -> Result<(), Lack> {
    let number = |text: &str| {
        let text = text.trim();
        let fits = (1..=16).contains(&text.len());
        u64::from_str_radix(text, 16)
            .ok()
            .filter(|_| fits && !text.starts_with('+'))
    };
    let given = given(answer, &["credentialId"])?;
    let Some(asked) = question.number else {
        return Ok(());
    };
    match given.first() {
        None => Ok(()),
        Some(Json::Text(text)) if number(text).is_some() && number(text) == number(asked) => Ok(()),
        Some(_) => Err("the number that was asked for"),
    }
}

/// The sort in the service's own words; `None` where it says nothing.
fn sort(answer: &Json) -> Result<Option<Sort>, Lack> {
    let of = |word: &str| {
        let plain: String = word.trim().to_lowercase();
        match plain.replace(['-', '_', ' '], "").as_str() {
            "certification" | "certifications" | "mergedcertification" => {
                Ok(Some(Sort::Certification))
            }
            "appliedskill" | "appliedskills" => Ok(Some(Sort::AppliedSkill)),
            "exam" | "exams" => Ok(Some(Sort::Exam)),
            _ => Err("a sort that is known"),
        }
    };
    match given(answer, &["sourceType"])?.first() {
        Some(Json::Text(word)) => of(word),
        Some(_) => Err("a sort that is known"),
        None => match text(answer, "sourceUid")?.and_then(|uid| uid.split_once('.')) {
            Some((word, _)) => of(word),
            None => Ok(None),
        },
    }
}

/// The instant that all of them say; `None` where there are none.
fn one_instant(values: &[&Json], bare: BareDay) -> Result<Option<Seconds>, Lack> {
    let instant = |value: &&Json| match value {
        Json::Text(text) => read(text, bare),
        _ => None,
    };
    let instants: Option<Vec<_>> = values.iter().map(instant).collect();
    let instants = instants.ok_or("dates that can be read")?;
    holds(
        instants.windows(2).all(|two| two[0] == two[1]),
        "dates that agree",
    )?;
    Ok(instants.first().copied())
}

/// A member, where it is given once.
fn single<'a>(object: &'a Json, name: &str) -> Result<Option<&'a Json>, Lack> {
    match object.all(name)[..] {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => Err("each member once"),
    }
}

/// The values of these members, without null.
fn given<'a>(object: &'a Json, names: &[&str]) -> Result<Vec<&'a Json>, Lack> {
    let values: Result<Vec<_>, _> = names.iter().map(|name| single(object, name)).collect();
    Ok(values?
        .into_iter()
        .flatten()
        .filter(|value| **value != Json::Null)
        .collect())
}

fn text<'a>(object: &'a Json, name: &str) -> Result<Option<&'a str>, Lack> {
    Ok(match single(object, name)? {
        Some(Json::Text(text)) if !text.trim().is_empty() => Some(text.trim()),
        _ => None,
    })
}

fn first_text<'a>(object: &'a Json, names: &[&str]) -> Result<Option<&'a str>, Lack> {
    let texts: Result<Vec<_>, _> = names.iter().map(|name| text(object, name)).collect();
    Ok(texts?.into_iter().flatten().next())
}

fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body)
}
