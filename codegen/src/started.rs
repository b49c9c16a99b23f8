//! What comes of starting a workflow without waiting for it.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::data::{Data, Field, Fields, Shape, Shaped, StructShape};

/// An execution that was started: what `child(x).start().await` gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Started {
    /// The ARN of the execution.
    pub execution_arn: String,
    /// When it started, to the millisecond.
    pub start_date: DateTime<Utc>,
}

impl Shaped for Started {
    fn shape() -> Shape {
        let fields =
            vec![Field::plain("execution_arn", String::shape), Field::plain("start_date", DateTime::<Utc>::shape)];
        Shape::Struct(StructShape { name: "Started", fields: Fields::Named(fields) })
    }
}

impl Data for Started {
    type Methods = ();
}
