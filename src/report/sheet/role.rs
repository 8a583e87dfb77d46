//! A role's answer in the contract's form.

use super::{MetJson, RoleJson};
use crate::check::role::{Found, RoleAnswer};

impl RoleJson {
    /// Puts what a person has of a role into the contract's form.
    pub fn of(answer: &RoleAnswer) -> Self {
        let mut json = Self {
            name: answer.role.clone(),
            state: answer.state().as_str(),
            met_by: Vec::new(),
            missing: Vec::new(),
            open: Vec::new(),
        };
        for one in &answer.requirements {
            let wanted = one.wanted.clone();
            match &one.found {
                Found::Met { title, row } => json.met_by.push(MetJson {
                    wanted,
                    title: title.clone(),
                    row: *row,
                }),
                Found::Open { .. } => json.open.push(wanted),
                Found::Missing { .. } => json.missing.push(wanted),
            }
        }
        json
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::role::Weighed;

    #[test]
    fn every_requirement_stands_in_one_list() {
        let weighed = |wanted: &str, found| Weighed {
            wanted: wanted.to_owned(),
            in_full: String::new(),
            found,
        };
        let title = "T".to_owned();
        let answer = RoleAnswer {
            role: "r".to_owned(),
            requirements: vec![
                weighed("A", Found::Met { title, row: 3 }),
                weighed("B or C", Found::Missing { near: Vec::new() }),
                weighed("D", Found::Open { near: Vec::new() }),
            ],
        };
        let json = serde_json::to_value(RoleJson::of(&answer)).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "name": "r", "state": "unmet", "missing": ["B or C"], "open": ["D"],
                "met_by": [{"wanted": "A", "title": "T", "row": 3}],
            })
        );
    }
}
