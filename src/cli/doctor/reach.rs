//! What is outside of this machine: the issuer, its clock, the channels.

use chrono::TimeDelta;

use crate::cli::args::Doctor as Args;
use crate::cli::settings::Settings;
use crate::notify::{self, Recipient, channel};
use crate::report::doctor::{Check, DoctorDocument, State};
use crate::source::{EvidenceKind, Knock, Live, proxy_for};

/// Clocks further apart than this may give different days.
const APART: TimeDelta = TimeDelta::minutes(5);

pub(super) async fn look(
    document: &mut DoctorDocument,
    args: &Args,
    settings: &Settings,
) -> anyhow::Result<()> {
    issuer(document, args, settings).await?;
    channels(document, args, settings).await?;
    pings(document, settings).await;
    Ok(())
}

async fn issuer(
    document: &mut DoctorDocument,
    args: &Args,
    settings: &Settings,
) -> anyhow::Result<()> {
    let live = Live::new(settings.policy(&args.reach.fetch()))?;
    let base = live.policy().base(EvidenceKind::LearnCredential);
    let proxy = proxy_for(base.as_url());
    let way = proxy.as_ref().map_or_else(
        || "directly, without a proxy".to_owned(),
        |proxy| format!("through the proxy {proxy}"),
    );
    match live.knock(base).await {
        Ok(knock) => {
            let message = format!("{} answers, {way}", knock.host);
            document.found(Check::Network, None, State::Fine, &message);
            clock(document, &knock);
        }
        Err(failure) => {
            let message = format!("{failure} (asked {way})");
            document.found(Check::Network, None, State::Problem, &message);
            let message = "could not be held against the service's";
            document.found(Check::Clock, None, State::Note, message);
        }
    }
    document.proxy = proxy;
    Ok(())
}

fn clock(document: &mut DoctorDocument, knock: &Knock) {
    let host = &knock.host;
    document.clock_ahead_seconds = knock.ahead.map(|ahead| ahead.num_seconds());
    let (state, message) = match knock.ahead {
        None => (State::Note, format!("{host} does not say what time it is")),
        Some(ahead) if ahead.abs() <= APART => (State::Fine, format!("agrees with that of {host}")),
        Some(ahead) => {
            let seconds = std::time::Duration::from_secs(ahead.num_seconds().unsigned_abs());
            let apart = humantime::format_duration(seconds);
            let way = if ahead > TimeDelta::zero() {
                "ahead of"
            } else {
                "behind"
            };
            let message = format!("is {apart} {way} that of {host}; set it right");
            (State::Problem, message)
        }
    };
    document.found(Check::Clock, None, state, &message);
}

async fn channels(
    document: &mut DoctorDocument,
    args: &Args,
    settings: &Settings,
) -> anyhow::Result<()> {
    let channels = settings.channels()?;
    let known = settings.channel_settings();
    if channels.is_empty() {
        let message = "none is configured, so nobody can be told anything; add a [channel.NAME] \
                       to the configuration";
        document.found(Check::Channel, None, State::Problem, message);
    }
    for channel in channels {
        // The document goes to standard output, where a message would stand in it.
        let is_stdout = matches!(known.get(channel.name()), Some(channel::Settings::Stdout));
        let looked = if args.send_test && !is_stdout {
            let recipient = Recipient {
                name: None,
                addresses: args.to.iter().map(ToString::to_string).collect(),
            };
            let language = settings.remind().plan().language;
            let at = settings.as_of().instant();
            let sent = notify::test_message(channel.as_ref(), recipient, language, at).await;
            sent.map(|receipt| format!("took the test message: {}", receipt.answer))
        } else {
            channel.look().await.map(|receipt| receipt.answer)
        };
        let (state, message) = match looked {
            Ok(answer) => (State::Fine, answer),
            Err(error) => (State::Problem, error.to_string()),
        };
        document.found(Check::Channel, Some(channel.name()), state, &message);
    }
    Ok(())
}

/// Looks at the signs of life, and gives none: they would say that a run began.
async fn pings(document: &mut DoctorDocument, settings: &Settings) {
    let ping = &settings.remind().ping;
    let signs = [
        ("start", &ping.start),
        ("success", &ping.success),
        ("failure", &ping.failure),
    ];
    for (name, to) in signs {
        let Some(to) = to else { continue };
        let (state, message) = match channel::look_at_ping(to, settings.place()).await {
            Ok(receipt) => (State::Fine, receipt.answer),
            Err(error) => (State::Problem, error.to_string()),
        };
        document.found(Check::Ping, Some(name), state, &message);
    }
}
