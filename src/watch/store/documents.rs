//! What is stored of each entry, as a document for whoever asks what is stored of them.

use std::path::Path;

use rusqlite::params;
use serde_json::{Value, json};

use super::rescue::{read_only, rescue};
use super::{StoreError, schema};
use crate::report::request::Language;
use crate::watch::{Entry, EntryId, MailAddress, RenewalPlan};

/// Everything that the file holds of each entry. The file is only read; of a newer or damaged
/// one, as much as can be read.
///
/// # Errors
/// When there is no list in it at all.
pub fn documents(path: &Path) -> Result<Vec<(EntryId, Value)>, StoreError> {
    let rescued = rescue(path)?;
    if rescued.is_damaged {
        return Err(StoreError::Damaged {
            path: path.to_owned(),
            said: "part of it cannot be read".to_owned(),
        });
    }
    let entries = rescued.entries;
    let connection = read_only(path)?;
    let read = || {
        let is_known = schema::version(&connection)? <= schema::VERSION;
        let rows = |sql: &str, id: EntryId| -> rusqlite::Result<Vec<Value>> {
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map(params![id.0], |row| {
                let text = |place| row.get::<_, Option<String>>(place);
                Ok(json!([text(0)?, text(1)?, text(2)?, text(3)?]))
            })?;
            rows.collect()
        };
        let document = |entry: Entry| {
            let (known, told) = if is_known {
                (rows(KNOWN, entry.id)?, rows(TOLD, entry.id)?)
            } else {
                (Vec::new(), Vec::new())
            };
            Ok((entry.id, whole(&entry, &known, &told)))
        };
        entries
            .into_iter()
            .map(document)
            .collect::<rusqlite::Result<_>>()
    };
    read().map_err(|error| StoreError::of(error, path))
}

const KNOWN: &str = "SELECT key, facts, history, NULL FROM credentials WHERE entry = ?";

const TOLD: &str = "SELECT recipient, channel, step, scope FROM deliveries WHERE entry = ?";

fn whole(entry: &Entry, known: &[Value], told: &[Value]) -> Value {
    let details = &entry.details;
    let inner = |text: &Value| -> Value {
        let text = text.as_str().unwrap_or_default();
        serde_json::from_str(text).unwrap_or(Value::Null)
    };
    let known: Vec<Value> = known
        .iter()
        .map(|row| json!({"key": row[0], "facts": inner(&row[1]), "history": inner(&row[2])}))
        .collect();
    let mail = |mail: &Option<MailAddress>| mail.as_ref().map(ToString::to_string);
    let (owner, lead) = (mail(&details.owner), mail(&details.lead));
    let told: Vec<Value> = told
        .iter()
        .map(|row| {
            let to = row[0].as_str();
            // What a team lead was told is about somebody else all the same.
            let is_lead = to.is_some() && to == lead.as_deref() && to != owner.as_deref();
            let reader = if is_lead { "lead" } else { "to" };
            json!({reader: row[0], "channel": row[1], "step": row[2], "of": row[3]})
        })
        .collect();
    json!({
        "id": entry.id.0,
        "link": entry.link.as_str(),
        "holder": details.name,
        "owner": owner,
        "lead": lead,
        "labels": details.labels.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "language": details.language.map(Language::as_str),
        "channels": details.channels,
        "note": details.note,
        "snoozed_until": entry.snoozed_until,
        "will_not_renew": entry.plan == RenewalPlan::LetEnd,
        "credentials": known,
        "told": told,
    })
}
