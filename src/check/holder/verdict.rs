//! What an alignment of two names means.

use super::align::{Alignment, align};
use super::nickname;
use super::parts::Part;
use super::relation::{self, Relation};
use super::rule::Rule;
use super::sequence::{Reading, turns};

/// Judges two names that are not the same part for part; the lightest reading counts.
///
/// `single` says that one of the names is a single word.
pub(super) fn judge(a: &[Part], b: &[Part], reading: Reading, single: bool) -> Rule {
    let laid = |a: &[Part], b: &[Part], turned| {
        let align = align(a, b, reading);
        Laid {
            a,
            b,
            align,
            turned,
            single,
        }
        .rule()
    };
    let straight = laid(a, b, false);
    let turned_a = turns(a).map(|a| laid(&a, b, true));
    let turned_b = turns(b).map(|b| laid(a, &b, true));
    turned_a.chain(turned_b).fold(straight, Rule::min)
}

/// Two names laid beside each other, one of them perhaps begun at a later part.
struct Laid<'a> {
    a: &'a [Part],
    b: &'a [Part],
    align: Alignment,
    turned: bool,
    single: bool,
}

impl Laid<'_> {
    fn rule(&self) -> Rule {
        let contradicts = !self.align.alone_a.is_empty() && !self.align.alone_b.is_empty();
        if contradicts || self.align.pairs.is_empty() {
            return self.difference();
        }
        let slips = self.count(|relation| relation == Relation::Slip);
        if slips > 0 {
            return if self.is_one_slip() {
                Rule::TypingSlip
            } else {
                self.difference()
            };
        }
        let pairs = (0..self.align.pairs.len())
            .map(|at| self.pair_rule(at))
            .max();
        let left_out = self.left_out();
        let rule = pairs
            .into_iter()
            .chain(left_out)
            .max()
            .unwrap_or(Rule::OtherName);
        if self.count(|relation| relation != Relation::Initial) == 0 {
            rule.max(Rule::InitialsOnly)
        } else {
            rule
        }
    }

    /// What one pair of parts costs.
    fn pair_rule(&self, at: usize) -> Rule {
        let (i, j, relation) = self.align.pairs[at];
        let last = (i + 1 == self.a.len(), j + 1 == self.b.len());
        match relation {
            Relation::Same(rule) | Relation::Near(rule) => rule,
            // In a surname's place of either name, a short form is hardly one.
            Relation::Forms if (last.0 || last.1) && !self.turned => Rule::LateNickname,
            Relation::Forms => Rule::Nickname,
            Relation::Initial => self.initial_rule((&self.a[i], last.0), (&self.b[j], last.1)),
            Relation::Slip => Rule::TypingSlip,
        }
    }

    /// What an initial costs, by whether each part is its name's last.
    ///
    /// A surname in full that meets a middle initial has met nothing: Robert Smith is not
    /// Robert S. Jones.
    fn initial_rule(&self, (a, last_a): (&Part, bool), (b, last_b): (&Part, bool)) -> Rule {
        match (a.is_short(), b.is_short()) {
            (false, true) if last_a && !last_b => Rule::OtherSurname,
            (true, false) if last_b && !last_a => Rule::OtherSurname,
            (false, true) if last_b && !self.turned => Rule::SurnameInitial,
            (true, false) if last_a && !self.turned => Rule::SurnameInitial,
            _ => Rule::Initials,
        }
    }

    /// What the parts cost that one of the names leaves out.
    fn left_out(&self) -> Option<Rule> {
        let (alone, whole) = if self.align.alone_a.is_empty() {
            (&self.align.alone_b, self.b)
        } else {
            (&self.align.alone_a, self.a)
        };
        let rule = alone
            .iter()
            .map(|&at| self.part_left_out(at, whole))
            .max()?;
        let single = if self.single { Rule::SingleName } else { rule };
        Some(rule.max(single))
    }

    fn part_left_out(&self, at: usize, whole: &[Part]) -> Rule {
        let (first, last) = (at == 0, at + 1 == whole.len());
        let tied = whole[at].tied || whole.get(at + 1).is_some_and(|next| next.tied);
        if self.turned && (first || last || self.pairs_given_names()) {
            // Moved and cut is too much: James Thomas is not Thomas James Brown.
            Rule::OtherName
        } else if tied {
            Rule::DoubleName
        } else if first {
            Rule::MissingFirstName
        } else if !last {
            Rule::MissingMiddleName
        } else if self.pairs_given_names() {
            // What agrees holds no surname, however many are left out.
            Rule::MissingSurname
        } else {
            Rule::MissingLastName
        }
    }

    /// Whether the parts that agree are all known given names.
    fn pairs_given_names(&self) -> bool {
        let mut pairs = self.align.pairs.iter();
        pairs.all(|&(i, _, _)| nickname::is_given(&self.a[i].spellings.plain))
    }

    /// Whether one slip is all that lies between the names.
    fn is_one_slip(&self) -> bool {
        let complete = self.align.alone_a.is_empty() && self.align.alone_b.is_empty();
        let others = self.count(|relation| matches!(relation, Relation::Same(_)));
        !self.turned && complete && others + 1 == self.a.len() && self.slip_may_stand()
    }

    /// Given names need more letters to be one slip apart and still one name.
    fn slip_may_stand(&self) -> bool {
        let mut pairs = self.align.pairs.iter();
        pairs.all(|&(i, j, relation)| {
            let given = i == 0 && self.a.len() > 1;
            let long =
                relation::may_slip_as_given(&self.a[i]) && relation::may_slip_as_given(&self.b[j]);
            relation != Relation::Slip || !given || long
        })
    }

    /// In what way the names differ.
    fn difference(&self) -> Rule {
        if self.turned {
            return Rule::OtherName;
        }
        let pairs = self
            .align
            .pairs
            .iter()
            .filter(|(_, _, relation)| *relation != Relation::Slip);
        let has = |i: usize, j: usize| pairs.clone().any(|&(a, b, _)| (a, b) == (i, j));
        let first = has(0, 0);
        let last = has(self.a.len() - 1, self.b.len() - 1);
        match (first, last) {
            (true, true) => Rule::OtherMiddleName,
            (true, false) => Rule::OtherSurname,
            (false, true) => Rule::OtherGivenName,
            (false, false) => Rule::OtherName,
        }
    }

    fn count(&self, wanted: impl Fn(Relation) -> bool) -> usize {
        self.align
            .pairs
            .iter()
            .filter(|(_, _, relation)| wanted(*relation))
            .count()
    }
}
