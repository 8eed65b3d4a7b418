//! Where the page's code is cut: the room a visitor lands in comes with the page, the others in a second
//! file soon after, and the heaviest, Explore, Train and Customers, in files of their own when they are
//! entered. What answers programs comes when the first of them asks.
//!
//! They stand in the binary and not in the library, whose other binary, the worker, would carry them
//! too.

use std::sync::Arc;

use churn_lab::experiments::Run;
use churn_lab::web::actions::Lab;
use churn_lab::web::api::{self, Answering, Args, Lister, Method};
use churn_lab::web::explaining::{CardPart, Cards, Explaining};
use churn_lab::web::exports::{Export, Exporter, Exporting};
use churn_lab::web::pages::{customers, data, explain, explore, monitor, serve, train};
use churn_lab::web::query::View;
use churn_lab::web::rooms::{RoomError, Rooms};
use futures::FutureExt;
use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

/// The rooms of the page.
pub const ROOMS: Rooms = Rooms {
    first: View::Explain,
    heavy: [View::Explore, View::Train, View::Customers],
    load: |view| match view {
        View::Data => load_data().boxed_local(),
        View::Explore => load_explore().boxed_local(),
        View::Train => load_train().boxed_local(),
        View::Explain => std::future::ready(Ok(())).boxed_local(),
        View::Serve => load_serve().boxed_local(),
        View::Customers => load_customers().boxed_local(),
        View::Monitor => load_monitor().boxed_local(),
    },
    enter: |view| match view {
        View::Data => data_room().now_or_never(),
        View::Explore => explore_room().now_or_never(),
        View::Train => train_room().now_or_never(),
        View::Explain => Some(Ok(explain_room())),
        View::Serve => serve_room().now_or_never(),
        View::Customers => customers_room().now_or_never(),
        View::Monitor => monitor_room().now_or_never(),
    },
    programs: |lab, method, args| program(lab, method, args).boxed_local(),
};

fn explain_room() -> AnyView {
    let trust =
        CardPart { load: || load_trust().boxed_local(), enter: |of| trust_card(of).now_or_never() };
    let whatif = CardPart {
        load: || load_whatif().boxed_local(),
        enter: |of| whatif_card(of).now_or_never(),
    };
    let whole =
        CardPart { load: || load_whole().boxed_local(), enter: |of| whole_card(of).now_or_never() };
    let versions = CardPart {
        load: || load_versions().boxed_local(),
        enter: |of| versions_card(of).now_or_never(),
    };
    let cards = Cards { trust, whatif, whole, versions };
    explain::ExplainPage(explain::ExplainPageProps { cards }).into_any()
}

#[wasm_split(trust, fallible, preload(load_trust))]
fn trust_card(of: Explaining) -> Result<AnyView, RoomError> {
    Ok(explain::trust::trust(of))
}

#[wasm_split(whatif, fallible, preload(load_whatif))]
fn whatif_card(of: Explaining) -> Result<AnyView, RoomError> {
    Ok(explain::whatif::whatif(of))
}

#[wasm_split(whole, fallible, preload(load_whole))]
fn whole_card(of: Explaining) -> Result<AnyView, RoomError> {
    Ok(explain::whole::whole(of))
}

#[wasm_split(versions, fallible, preload(load_versions))]
fn versions_card(of: Explaining) -> Result<AnyView, RoomError> {
    Ok(explain::versions::versions(of))
}

#[wasm_split(rooms, fallible, preload(load_data))]
fn data_room() -> Result<AnyView, RoomError> {
    Ok(data::DataPage().into_any())
}

#[wasm_split(explore, fallible, preload(load_explore))]
fn explore_room() -> Result<AnyView, RoomError> {
    Ok(explore::ExplorePage().into_any())
}

#[wasm_split(train, fallible, preload(load_train))]
fn train_room() -> Result<AnyView, RoomError> {
    Ok(train::TrainPage().into_any())
}

#[wasm_split(programs, fallible)]
fn program(lab: Lab, method: Method, args: Args) -> Result<Answering, RoomError> {
    let exporter: Exporter = |lab, run, format| export(lab, run, format).boxed_local();
    let lister: Lister = |lab, args| list(lab, args).boxed_local();
    Ok(api::answer(lab, api::Rooms { exporter, lister }, method, args))
}

#[wasm_split(customers, fallible)]
fn list(lab: Lab, args: Args) -> Result<Answering, RoomError> {
    Ok(api::customers(lab, args))
}

#[wasm_split(train, fallible)]
fn export(lab: Lab, run: Arc<Run>, format: Export) -> Result<Exporting, RoomError> {
    Ok(train::export::file(lab, run, format, None))
}

#[wasm_split(rooms, fallible, preload(load_serve))]
fn serve_room() -> Result<AnyView, RoomError> {
    Ok(serve::ServePage().into_any())
}

#[wasm_split(customers, fallible, preload(load_customers))]
fn customers_room() -> Result<AnyView, RoomError> {
    Ok(customers::CustomersPage().into_any())
}

#[wasm_split(rooms, fallible, preload(load_monitor))]
fn monitor_room() -> Result<AnyView, RoomError> {
    Ok(monitor::MonitorPage().into_any())
}
