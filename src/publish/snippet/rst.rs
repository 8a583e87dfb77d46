//! An `image` directive; what stands behind its options is taken as it is.

use super::Picture;

pub(super) fn write(picture: &Picture) -> String {
    let address = picture.address.replace(' ', "%20");
    let alt = format!("   :alt: {}", picture.said);
    let target = picture.link.as_ref();
    // An underscore at its end would make it the name of another link.
    let target = target.map(|link| {
        let link = link.replace(' ', "%20");
        let safe = link
            .strip_suffix('_')
            .map_or_else(|| link.clone(), |start| format!("{start}%5F"));
        format!("\n   :target: {safe}")
    });
    format!(".. image:: {address}\n{alt}{}", target.unwrap_or_default())
}
