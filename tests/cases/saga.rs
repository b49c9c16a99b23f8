//! Five bookings; when one fails, those before it are undone, the last first.

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Trip {
    pub city: String,
    pub days: u32,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum BookingError {
    #[error("no {what} left")]
    SoldOut { what: String, waiting: u32 },
    #[error("closed")]
    Closed,
}

#[task]
pub async fn book(what: String, trip: Trip) -> Result<String, BookingError> {
    let mut dice = dice(("book", &what, &trip));
    match dice.roll(10) {
        0 => Err(BookingError::SoldOut { what, waiting: trip.days }),
        1 => Err(BookingError::Closed),
        n => Ok(format!("{what}-{n}")),
    }
}

#[task]
pub async fn cancel(booking: String) {
    let _ = booking;
}

/// Written out step by step.
#[workflow]
pub async fn five_steps(trip: Trip) -> Result<Vec<String>, BookingError> {
    let flight = book("flight".into(), trip.clone()).await?;
    let hotel = match book("hotel".into(), trip.clone()).await {
        Ok(hotel) => hotel,
        Err(error) => {
            cancel(flight).await;
            return Err(error);
        }
    };
    let car = match book("car".into(), trip.clone()).await {
        Ok(car) => car,
        Err(error) => {
            cancel(hotel).await;
            cancel(flight).await;
            return Err(error);
        }
    };
    let museum = match book("museum".into(), trip.clone()).await {
        Ok(museum) => museum,
        Err(error) => {
            cancel(car).await;
            cancel(hotel).await;
            cancel(flight).await;
            return Err(error);
        }
    };
    match book("dinner".into(), trip).await {
        Ok(dinner) => Ok(vec![flight, hotel, car, museum, dinner]),
        Err(error) => {
            cancel(museum).await;
            cancel(car).await;
            cancel(hotel).await;
            cancel(flight).await;
            Err(error)
        }
    }
}

/// The same with a list of what is done.
#[workflow]
pub async fn any_steps(trip: Trip, steps: Vec<String>) -> Result<Vec<String>, BookingError> {
    let mut done: Vec<String> = vec![];
    for step in steps {
        match book(step, trip.clone()).await {
            Ok(booking) => done.push(booking),
            Err(error) => {
                while let Some(booking) = done.pop() {
                    cancel(booking).await;
                }
                return Err(error);
            }
        }
    }
    Ok(done)
}

fn trips() -> impl Strategy<Value = Trip> {
    (words(), 0..9u32).prop_map(|(city, days)| Trip { city, days })
}

fn tours() -> impl Strategy<Value = serde_json::Value> {
    (trips(), crate::support::few(words()))
        .prop_map(|(trip, steps)| serde_json::json!({ "trip": trip, "steps": steps }))
}

cases! { five_steps => trips(), any_steps => tours() }
