//! The pages of a document, what they inherit, and the links on them.

use std::collections::HashSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::super::ScanError;
use super::WHAT;
use super::ink::Area;

/// The most pages of a CV, and how deep their tree may be.
const MOST_PAGES: usize = 500;
const DEEPEST: usize = 64;

/// The most links of a page.
const MOST_LINKS: usize = 5_000;

/// A page with what it inherits.
#[derive(Debug, Clone)]
pub(super) struct Page<'a> {
    pub(super) dictionary: &'a Dictionary,
    pub(super) resources: Option<&'a Dictionary>,
    annotations: Option<&'a Object>,
}

/// A link laid over a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PageLink {
    pub(super) target: String,
    pub(super) areas: Vec<Area>,
}

/// Every page in order. A tree that leads back into itself is walked once.
pub(super) fn all(document: &Document) -> Result<Vec<Page<'_>>, ScanError> {
    let root = document
        .catalog()
        .and_then(|catalog| catalog.get(b"Pages"))
        .map_err(|error| ScanError::damaged(WHAT, error))?;
    let mut walk = Walk {
        document,
        seen: HashSet::new(),
        pages: Vec::new(),
    };
    walk.node(root, (None, None), DEEPEST)?;
    if walk.pages.is_empty() {
        return Err(ScanError::damaged(WHAT, "it has no pages"));
    }
    Ok(walk.pages)
}

struct Walk<'a> {
    document: &'a Document,
    seen: HashSet<ObjectId>,
    pages: Vec<Page<'a>>,
}

/// The resources and annotations that a node hands down.
type Inherited<'a> = (Option<&'a Dictionary>, Option<&'a Object>);

impl<'a> Walk<'a> {
    fn node(
        &mut self,
        node: &'a Object,
        inherited: Inherited<'a>,
        deeper: usize,
    ) -> Result<(), ScanError> {
        let Ok((id, object)) = self.document.dereference(node) else {
            return Ok(());
        };
        let is_new = id.is_none_or(|id| self.seen.insert(id));
        let (true, true, Ok(dictionary)) = (is_new, deeper > 0, object.as_dict()) else {
            return Ok(());
        };
        let own = dictionary.get_deref(b"Resources", self.document);
        let resources = own.and_then(Object::as_dict).ok().or(inherited.0);
        let annotations = dictionary.get(b"Annots").ok().or(inherited.1);
        let kids = dictionary
            .get_deref(b"Kids", self.document)
            .and_then(Object::as_array);
        if let Ok(kids) = kids {
            for kid in kids {
                self.node(kid, (resources, annotations), deeper - 1)?;
            }
            return Ok(());
        }
        if self.pages.len() == MOST_PAGES {
            return Err(ScanError::Bomb("more than 500 pages"));
        }
        self.pages.push(Page {
            dictionary,
            resources,
            annotations,
        });
        Ok(())
    }
}

/// The links of a page that lead to an address.
pub(super) fn links(document: &Document, page: &Page<'_>) -> Vec<PageLink> {
    let list = page
        .annotations
        .and_then(|object| resolved(document, object));
    let Some(Object::Array(list)) = list else {
        return Vec::new();
    };
    let each = list.iter().take(MOST_LINKS);
    each.filter_map(|one| link(document, one)).collect()
}

fn resolved<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

fn link(document: &Document, annotation: &Object) -> Option<PageLink> {
    let annotation = resolved(document, annotation)?.as_dict().ok()?;
    let action = annotation.get_deref(b"A", document).ok()?.as_dict().ok()?;
    let uri = action.get_deref(b"URI", document).ok()?;
    let target = lopdf::decode_text_string(uri)
        .ok()
        .or_else(|| Some(String::from_utf8_lossy(uri.as_str().ok()?).into_owned()))?;
    let numbers = |key: &[u8]| -> Vec<f64> {
        let list = annotation
            .get_deref(key, document)
            .and_then(Object::as_array);
        let list = list.map(|list| list.iter().filter_map(|it| it.as_float().ok()));
        list.map(|list| list.map(f64::from).collect())
            .unwrap_or_default()
    };
    // A link over several lines has a corner list for each; its rectangle covers them all.
    let quads = numbers(b"QuadPoints");
    let mut areas: Vec<Area> = quads.chunks_exact(8).filter_map(Area::around).collect();
    if areas.is_empty() {
        areas.extend(Area::around(&numbers(b"Rect")));
    }
    Some(PageLink { target, areas })
}
