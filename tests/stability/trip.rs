//! A trip: branches side by side, items one by one, and what is undone when a later step fails.
use stepwright::{join, prelude::*};

use super::Edit;

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum Failed {
    NoRoom { hotel: String },
    NoSeat,
}

#[task]
pub async fn price(what: String) -> u64 {
    what.len() as u64
}

#[task]
pub async fn book(hotel: String) -> Result<String, Failed> {
    Ok(hotel)
}

#[task]
pub async fn fly(to: String, most: u64) -> Result<String, Failed> {
    Ok(format!("{to}{most}"))
}

#[task]
pub async fn cancel(room: String) {
    let _ = room;
}

#[task]
pub async fn invite(guest: String) -> String {
    guest
}

#[task]
pub async fn log(what: String) {
    let _ = what;
}

#[task]
pub async fn note(what: String) {
    let _ = what;
}

#[workflow]
pub async fn trip(hotel: String, guests: Vec<String>) -> Result<String, Failed> {
    let (room, seat) = join!(price(hotel.clone()), price("seat".to_string()));
    let booked = book(hotel.clone()).await?;
    let flight = match fly(hotel, room + seat).await {
        Ok(flight) => flight,
        Err(failure) => {
            cancel(booked.clone()).await;
            return Err(failure);
        }
    };
    for guest in guests {
        let answer = invite(guest).await;
        if answer == "no" {
            log(answer).await;
        }
    }
    Ok(format!("{booked} {flight}"))
}

#[workflow]
pub async fn logged_failure(hotel: String, guests: Vec<String>) -> Result<String, Failed> {
    let (room, seat) = join!(price(hotel.clone()), price("seat".to_string()));
    let booked = book(hotel.clone()).await?;
    let flight = match fly(hotel, room + seat).await {
        Ok(flight) => flight,
        Err(failure) => {
            note("failed".to_string()).await;
            cancel(booked.clone()).await;
            return Err(failure);
        }
    };
    for guest in guests {
        let answer = invite(guest).await;
        if answer == "no" {
            log(answer).await;
        }
    }
    Ok(format!("{booked} {flight}"))
}

#[workflow]
pub async fn logged_guests(hotel: String, guests: Vec<String>) -> Result<String, Failed> {
    let (room, seat) = join!(price(hotel.clone()), price("seat".to_string()));
    let booked = book(hotel.clone()).await?;
    let flight = match fly(hotel, room + seat).await {
        Ok(flight) => flight,
        Err(failure) => {
            cancel(booked.clone()).await;
            return Err(failure);
        }
    };
    for guest in guests {
        note(guest.clone()).await;
        let answer = invite(guest).await;
        if answer == "no" {
            log(answer).await;
        }
    }
    Ok(format!("{booked} {flight}"))
}

#[workflow]
pub async fn logged_prices(hotel: String, guests: Vec<String>) -> Result<String, Failed> {
    let (room, seat) = join!(price(hotel.clone()), price("seat".to_string()));
    note(hotel.clone()).await;
    let booked = book(hotel.clone()).await?;
    let flight = match fly(hotel, room + seat).await {
        Ok(flight) => flight,
        Err(failure) => {
            cancel(booked.clone()).await;
            return Err(failure);
        }
    };
    for guest in guests {
        let answer = invite(guest).await;
        if answer == "no" {
            log(answer).await;
        }
    }
    Ok(format!("{booked} {flight}"))
}

#[workflow]
pub async fn three_prices(hotel: String, guests: Vec<String>) -> Result<String, Failed> {
    let (room, seat, _) = join!(price(hotel.clone()), price("seat".to_string()), note(hotel.clone()));
    let booked = book(hotel.clone()).await?;
    let flight = match fly(hotel, room + seat).await {
        Ok(flight) => flight,
        Err(failure) => {
            cancel(booked.clone()).await;
            return Err(failure);
        }
    };
    for guest in guests {
        let answer = invite(guest).await;
        if answer == "no" {
            log(answer).await;
        }
    }
    Ok(format!("{booked} {flight}"))
}

#[workflow]
pub async fn not_cancelled(hotel: String, guests: Vec<String>) -> Result<String, Failed> {
    let (room, seat) = join!(price(hotel.clone()), price("seat".to_string()));
    let booked = book(hotel.clone()).await?;
    let flight = match fly(hotel, room + seat).await {
        Ok(flight) => flight,
        Err(failure) => {
            return Err(failure);
        }
    };
    for guest in guests {
        let answer = invite(guest).await;
        if answer == "no" {
            log(answer).await;
        }
    }
    Ok(format!("{booked} {flight}"))
}

#[workflow]
pub async fn silent(hotel: String, guests: Vec<String>) -> Result<String, Failed> {
    let (room, seat) = join!(price(hotel.clone()), price("seat".to_string()));
    let booked = book(hotel.clone()).await?;
    let flight = match fly(hotel, room + seat).await {
        Ok(flight) => flight,
        Err(failure) => {
            cancel(booked.clone()).await;
            return Err(failure);
        }
    };
    for guest in guests {
        invite(guest).await;
    }
    Ok(format!("{booked} {flight}"))
}

#[workflow]
pub async fn renamed(hotel: String, guests: Vec<String>) -> Result<String, Failed> {
    let (room, seat) = join!(price(hotel.clone()), price("seat".to_string()));
    let booked = book(hotel.clone()).await?;
    let ticket = match fly(hotel, room + seat).await {
        Ok(ticket) => ticket,
        Err(failure) => {
            cancel(booked.clone()).await;
            return Err(failure);
        }
    };
    for guest in guests {
        let answer = invite(guest).await;
        if answer == "no" {
            log(answer).await;
        }
    }
    Ok(format!("{booked} {ticket}"))
}

edits! { trip:
    "insert a call into an arm" => logged_failure;
    "insert a call into a loop" => logged_guests;
    "insert a call behind a parallel block" => logged_prices;
    "insert a branch" => three_prices;
    "remove a call from an arm" => not_cancelled;
    "remove a condition from a loop" => silent;
    "rename a variable" => renamed;
}
