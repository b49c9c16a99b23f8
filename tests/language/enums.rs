//! # Enums
//!
//! Every representation of serde's: externally tagged, with `tag`, with `tag` and `content`, `untagged`. Construction and patterns follow the attributes.

use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    Point,
    Circle(f64),
    Rectangle { width: f64, height: f64 },
}

#[derive(Serialize, Deserialize, JsonSchema, Data)]
#[serde(tag = "is", content = "of")]
pub enum Area {
    None,
    Square(f64),
}

#[workflow]
pub async fn area(shape: Shape) -> Area {
    match shape {
        Shape::Point => Area::None,
        Shape::Circle(radius) => Area::Square(3.0 * radius * radius),
        Shape::Rectangle { width, height } => Area::Square(width * height),
    }
}

runs! {
    area(json!("point")) => json!({ "is": "None" }),
    area(json!({ "circle": 2.0 })) => json!({ "is": "Square", "of": 12.0 }),
    area(json!({ "rectangle": { "width": 2.0, "height": 4.0 } })) => json!({ "is": "Square", "of": 8.0 }),
}
