//! `<a href="link"><img src="address" alt="said"></a>`.

use askama::Template;

use super::Picture;

#[derive(Template)]
#[template(
    path = "publish/snippet/snippet.html",
    config = "src/publish/badge/askama.toml"
)]
struct Snippet<'a> {
    picture: &'a Picture,
}

pub(super) fn write(picture: &Picture) -> String {
    let snippet = Snippet { picture }.render();
    snippet.expect("writing into a string does not fail")
}
