//! What stands in the way of verifying, as far as its holder can mend it.

use std::fmt;

use crate::finding::Code;
use crate::link::{Kind, Link};

/// Declares the reasons once: variant and stable word.
macro_rules! whys {
    ($($(#[$doc:meta])* $variant:ident = $word:literal;)+) => {
        /// What stands in the way of verifying, as far as its holder can mend it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Why { $($(#[$doc])* $variant,)+ }

        impl Why {
            /// Every reason; each has a letter in every language.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word used in every output, and in the files of letters.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    };
}

whys! {
    /// There is no link: a PDF, a picture, a number, or nothing.
    NoLink = "no-link";
    /// The transcript was not shared.
    PrivateTranscript = "private-transcript";
    /// The page shows everyone their own.
    OwnerOnly = "owner-only";
    /// The link names a certification and no credential.
    CertificationPage = "certification-page";
    /// A profile or a list of credentials.
    List = "list";
    /// A page on which nobody's credential is.
    OtherPage = "other-page";
    /// A training achievement or another badge.
    Training = "training";
    /// Credly's copy, which is not kept up to date.
    Credly = "credly";
    /// A service that was switched off.
    Legacy = "legacy";
    /// A shortened link.
    Shortened = "shortened";
    /// A host that imitates a genuine one.
    LookAlike = "look-alike";
    /// A host that is neither Microsoft's nor Credly's.
    Foreign = "foreign";
    /// A link that cannot be read as it came.
    CutOff = "cut-off";
    /// The service knows nothing of it.
    NotFound = "not-found";
    /// The service says that it was removed.
    Gone = "gone";
    /// The service lets nobody else in.
    AccessDenied = "access-denied";
    /// The holder's name is not the expected one, or not plainly.
    Name = "name";
    /// It is another certification than was expected.
    OtherCertification = "other-certification";
}

/// The codes that a letter answers, in the order in which one of several is chosen: what
/// makes a link dangerous first, and that it cannot be read last, since a page that is
/// known by its first half says more.
const ANSWERED: [Code; 17] = [
    Code::LookalikeHost,
    Code::ForeignHost,
    Code::ShortenedLink,
    Code::PrivateTranscript,
    Code::NotACertification,
    Code::LegacyLink,
    Code::StaleIssuerCopy,
    Code::OwnerOnlyLink,
    Code::NoCredentialId,
    Code::MalformedLink,
    Code::NotFound,
    Code::Gone,
    Code::AccessDenied,
    Code::HolderDifferent,
    Code::HolderUncertain,
    Code::CertificationDifferent,
    Code::UnprovenEvidence,
];

impl Why {
    /// What stands in the way of a link; `None` where nothing need be asked. A badge on
    /// Credly can be asked for, but its answer settles nothing about a certification.
    pub fn of_link(link: &Link) -> Option<Self> {
        if link.kind() == Kind::None {
            return Some(Self::NoLink);
        }
        let has = |code: &Code| link.findings().iter().any(|found| found.code() == *code);
        let code = ANSWERED.into_iter().find(|code| has(code));
        match code {
            Some(Code::StaleIssuerCopy) => Some(Self::Credly),
            _ if link.is_verifiable() => None,
            Some(code) => Self::of_code(code, link.kind()),
            None => Some(Self::OtherPage),
        }
    }

    /// What a finding's code says to ask about a link of that kind; `None` for a code that
    /// its holder can do nothing about.
    pub fn of_code(code: Code, kind: Kind) -> Option<Self> {
        Some(match code {
            Code::LookalikeHost => Self::LookAlike,
            Code::ForeignHost => Self::Foreign,
            Code::ShortenedLink => Self::Shortened,
            Code::PrivateTranscript => Self::PrivateTranscript,
            Code::NotACertification => Self::Training,
            Code::LegacyLink => Self::Legacy,
            Code::StaleIssuerCopy => Self::Credly,
            Code::OwnerOnlyLink if kind == Kind::CredlyBadge => Self::Credly,
            Code::OwnerOnlyLink => Self::OwnerOnly,
            Code::NoCredentialId => Self::of_page(kind),
            Code::MalformedLink if kind == Kind::None => Self::NoLink,
            Code::MalformedLink => Self::CutOff,
            Code::NotFound => Self::NotFound,
            Code::Gone => Self::Gone,
            Code::AccessDenied => Self::AccessDenied,
            Code::HolderDifferent | Code::HolderUncertain => Self::Name,
            Code::CertificationDifferent => Self::OtherCertification,
            Code::UnprovenEvidence => Self::NoLink,
            _ => return None,
        })
    }

    /// The codes that there are letters for.
    pub const fn codes() -> &'static [Code] {
        &ANSWERED
    }

    fn of_page(kind: Kind) -> Self {
        match kind {
            Kind::CertificationPage | Kind::CredentialApi => Self::CertificationPage,
            Kind::CredentialsList | Kind::Profile => Self::List,
            _ => Self::OtherPage,
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link;

    #[test]
    fn every_kind_of_link_is_asked_about_as_it_should_be() {
        const LEARN: &str = "https://learn.microsoft.com";
        for (text, why) in [
            ("", Some(Why::NoLink)),
            ("My certificate is attached as a PDF.", Some(Why::NoLink)),
            ("/api/credentials/share/en-us/jo-1/20170DBC5AC04E38", None),
            ("/en-us/users/jo-1/credentials/ecf6d3c0b14c505d", None),
            ("/api/credentials/20170DBC5AC04E38", None),
            ("/en-us/users/jo-1/transcript/d8yjmf3xqgzl2k1", None),
            ("/users/me/credentials/61E788A1F33B1849", None),
            ("/users/me/credentials", Some(Why::OwnerOnly)),
            ("/users/me/credentials/what", Some(Why::OwnerOnly)),
            ("/users/me/transcript", Some(Why::PrivateTranscript)),
            ("/users/jo-1/transcript", Some(Why::PrivateTranscript)),
            (
                "/users/jo-1/credentials/certification/azure-developer",
                Some(Why::CertificationPage),
            ),
            (
                "/api/credentials/credential?sourceUid=certification.azure-developer&userId=1",
                Some(Why::CertificationPage),
            ),
            (
                "/credentials/certifications/azure-developer/",
                Some(Why::OtherPage),
            ),
            ("/users/jo-1/credentials?tab=1", Some(Why::List)),
            ("/users/jo-1", Some(Why::List)),
            ("/users/jo-1/achievements/abc", Some(Why::Training)),
            ("/api/credentials/share/en-us/jo-1", Some(Why::CutOff)),
            ("https://www.microsoft.com/", Some(Why::OtherPage)),
            (
                "https://mcp.microsoft.com/Anonymous//Transcript/Validate",
                Some(Why::Legacy),
            ),
            ("https://docs.microsoft.com/users/jo-1", Some(Why::Legacy)),
            (
                "https://www.credly.com/badges/3ed06b52-2c42-4696-ae9f-3801940fe2b4",
                Some(Why::Credly),
            ),
            (
                "https://www.credly.com/earner/earned/badge/3ed06b52-2c42-4696-ae9f-3801940fe2b4",
                Some(Why::Credly),
            ),
            ("https://www.credly.com/users/jo/badges", Some(Why::List)),
            ("https://lnkd.in/abc", Some(Why::Shortened)),
            ("https://leаrn.microsoft.com/users/a", Some(Why::LookAlike)),
            (
                "https://learn.microsoft.com@x.example/",
                Some(Why::LookAlike),
            ),
            ("https://certificates.example/jo", Some(Why::Foreign)),
        ] {
            let text = if text.starts_with('/') {
                format!("{LEARN}{text}")
            } else {
                text.to_owned()
            };
            assert_eq!(Why::of_link(&link::judge(&text)), why, "{text}");
        }
    }

    #[test]
    fn a_link_is_asked_about_or_verifiable() {
        for line in include_str!("../../../fixtures/links/links.tsv").lines() {
            for text in line.split('\t') {
                let link = link::judge(text);
                assert!(
                    link.is_verifiable() || Why::of_link(&link).is_some(),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn every_answered_code_has_a_letter_for_every_kind_and_every_letter_a_code() {
        let kinds = [
            Kind::None,
            Kind::Other,
            Kind::CredlyBadge,
            Kind::CertificationPage,
            Kind::Profile,
            Kind::OwnerPage,
        ];
        let mut reached: Vec<Why> = Vec::new();
        for code in Code::ALL {
            let whys = kinds.map(|kind| Why::of_code(*code, kind));
            let answered = Why::codes().contains(code);
            assert!(whys.iter().all(|why| why.is_some() == answered), "{code}");
            reached.extend(whys.into_iter().flatten());
        }
        for why in Why::ALL {
            assert!(reached.contains(why), "{why}");
        }
    }
}
