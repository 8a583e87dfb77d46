//! Documents of several places that one run makes.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::world::{Kind, World};

/// Documents by the name of their place.
pub(crate) type Documents = BTreeMap<String, Vec<Vec<u8>>>;

/// Documents, and what is masked in them.
type Once = OnceLock<(Documents, Vec<(String, String)>)>;

/// What was made once with words and once with payloads, and where.
pub(crate) struct Made([Once; 2]);

impl Made {
    pub(crate) const fn new() -> Self {
        Self([OnceLock::new(), OnceLock::new()])
    }

    /// The documents of a place, made with those of all others when the first is asked for.
    pub(crate) fn documents(
        &self,
        world: &World,
        name: &str,
        make: impl FnOnce(&World, &mut Documents),
    ) -> Vec<Vec<u8>> {
        let at = usize::from(world.kind == Kind::Hostile);
        let (made, masks) = self.0[at].get_or_init(|| {
            let mut made = Documents::new();
            make(world, &mut made);
            (made, world.masks())
        });
        world.mask_also(masks);
        made.get(name)
            .unwrap_or_else(|| panic!("{name} was not made"))
            .clone()
    }
}
