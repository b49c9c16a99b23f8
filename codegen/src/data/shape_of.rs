//! The shape of a field's type, which may not be known.

use std::marker::PhantomData;

use super::{Shape, Shaped};

/// Asks for the shape of any type: `ShapeOf::<T>::new().shape()`, with [`OpaqueShape`] in scope.
///
/// An inherent method goes before one of a trait, so a type that is [`Shaped`] tells its own.
#[derive(Debug)]
pub struct ShapeOf<T>(PhantomData<fn() -> T>);

impl<T> ShapeOf<T> {
    /// The question.
    #[expect(clippy::new_without_default, reason = "not a value: a way to choose a method by type")]
    #[must_use]
    pub const fn new() -> Self {
        ShapeOf(PhantomData)
    }
}

impl<T: Shaped> ShapeOf<T> {
    /// The shape that the type tells.
    #[must_use]
    pub fn shape(&self) -> fn() -> Shape {
        T::shape
    }
}

/// Answers for the types that tell none: they can be passed on, not looked into.
pub trait OpaqueShape {
    /// [`Shape::Opaque`]
    #[must_use]
    fn shape(&self) -> fn() -> Shape {
        || Shape::Opaque
    }
}

impl<T> OpaqueShape for ShapeOf<T> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_that_tell_no_shape_are_opaque() {
        assert!(matches!((ShapeOf::<u8>::new().shape())(), Shape::Integer { bits: 8, .. }));
        assert!(matches!((ShapeOf::<std::net::IpAddr>::new().shape())(), Shape::Opaque));
    }
}
