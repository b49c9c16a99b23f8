//! Patterns: conditions on the subject, and paths from it for the names.

mod spec;

use spec::{Elements, Spec};

use super::{Expr, node, recorder, shape};
use crate::{
    data::{Fields, Shape},
    diagnostic::Code,
    ir::{self, ExprId},
    position::Position,
};

/// The types of a pattern's names, from a tuple of references.
pub trait Binds {
    /// The handles of the names.
    type Exprs;

    /// The handles of these expressions.
    fn exprs(ids: &[ExprId]) -> Self::Exprs;
}

/// Handles that alternatives of a pattern give in common.
pub trait Choose {
    /// Those of `a` where the condition holds, otherwise those of `b`.
    fn choose(condition: Expr<bool>, a: Self, b: Self) -> Self;
}

impl Binds for () {
    type Exprs = ();

    fn exprs(_: &[ExprId]) -> Self::Exprs {}
}

impl Choose for () {
    fn choose(_: Expr<bool>, (): Self, (): Self) -> Self {}
}

macro_rules! names {
    ($($name:ident $index:tt),+) => {
        impl<$($name: 'static),+> Binds for ($(&'static $name,)+) {
            type Exprs = ($(Expr<$name>,)+);

            fn exprs(ids: &[ExprId]) -> Self::Exprs {
                ($(Expr::<$name>::from_id(ids.get($index).copied().unwrap_or_else(node::null)),)+)
            }
        }

        impl<$($name),+> Choose for ($(Expr<$name>,)+) {
            fn choose(condition: Expr<bool>, a: Self, b: Self) -> Self {
                ($(Expr::<$name>::from_id(node::if_(condition.id(), a.$index.id(), b.$index.id())),)+)
            }
        }
    };
}

names!(A 0);
names!(A 0, B 1);
names!(A 0, B 1, C 2);
names!(A 0, B 1, C 2, D 3);
names!(A 0, B 1, C 2, D 3, E 4);
names!(A 0, B 1, C 2, D 3, E 4, F 5);
names!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
names!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
names!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
names!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
names!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
names!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);

/// The name and the fields of a literal that is written as a pattern.
pub(super) fn fields(literal: &str) -> (&str, Vec<&str>) {
    match Spec::parse(literal) {
        Spec::Struct(name, fields) => (name, fields.into_iter().map(|(field, _)| field).collect()),
        _ => (literal, Vec::new()),
    }
}

/// The condition under which a pattern matches, and the expressions of its names.
pub(super) fn match_pattern(shape: &Shape, subject: ExprId, pattern: &str, at: Position) -> (ExprId, Vec<ExprId>) {
    let mut matcher = Matcher { at, binds: Vec::new() };
    let condition = matcher.test(shape, subject, &Spec::parse(pattern));
    (condition, matcher.binds)
}

struct Matcher {
    at: Position,
    binds: Vec<ExprId>,
}

impl Matcher {
    fn test(&mut self, shape: &Shape, subject: ExprId, pattern: &Spec<'_>) -> ExprId {
        match pattern {
            Spec::Wild => node::constant(true),
            Spec::Bind(index) => self.bind(*index, subject),
            Spec::At(index, inner) => {
                self.bind(*index, subject);
                self.test(shape, subject, inner)
            }
            Spec::Tuple(elements) => match shape {
                Shape::Tuple(items) => {
                    let names: Vec<String> = (0..items.len()).map(|index| index.to_string()).collect();
                    let items: Vec<(&str, Shape)> =
                        names.iter().map(String::as_str).zip(items.iter().map(|item| item())).collect();
                    let read = |name: &str| shape::read(shape, subject, name, Position::caller());
                    self.positional(&items, elements, &read)
                }
                // `()`, as rustc knows.
                Shape::Unit => node::constant(true),
                _ => self.misfit(),
            },
            Spec::TupleStruct(name, elements) => self.variant(shape, subject, name, &mut |matcher, fields, content| {
                let items: Vec<(&str, Shape)> =
                    fields.list().iter().map(|field| (field.ident, (field.shape)())).collect();
                let read = |name: &str| shape::read_field(fields, content, name, Position::caller());
                matcher.positional(&items, elements, &read)
            }),
            Spec::Struct(name, fields) => self
                .variant(shape, subject, name, &mut |matcher, shapes, content| matcher.named(shapes, content, fields)),
        }
    }

    fn bind(&mut self, index: usize, subject: ExprId) -> ExprId {
        while self.binds.len() <= index {
            self.binds.push(subject);
        }
        if let Some(slot) = self.binds.get_mut(index) {
            *slot = subject;
        }
        node::constant(true)
    }

    fn positional(
        &mut self,
        items: &[(&str, Shape)],
        Elements { before, after, rest }: &Elements<'_>,
        read: &dyn Fn(&str) -> ExprId,
    ) -> ExprId {
        let skipped = if *rest { items.len().saturating_sub(before.len() + after.len()) } else { 0 };
        let tail = items.iter().skip(before.len() + skipped);
        let pairs: Vec<_> = before.iter().zip(items).chain(after.iter().zip(tail)).collect();
        let tests: Vec<ExprId> =
            pairs.into_iter().map(|(pattern, (name, shape))| self.test(shape, read(name), pattern)).collect();
        node::all(tests)
    }

    fn named(&mut self, shapes: &Fields, content: ExprId, fields: &[(&str, Spec<'_>)]) -> ExprId {
        let tests: Vec<ExprId> = fields
            .iter()
            .filter(|(_, pattern)| !matches!(pattern, Spec::Wild))
            .map(|(name, pattern)| {
                let value = shape::read_field(shapes, content, name, self.at);
                let shape = shapes.list().iter().find(|field| field.ident == *name).map(|field| (field.shape)());
                self.test(&shape.unwrap_or(Shape::Opaque), value, pattern)
            })
            .collect();
        node::all(tests)
    }

    /// The test for the variant, and then that of its content.
    fn variant(
        &mut self,
        shape: &Shape,
        subject: ExprId,
        name: &str,
        inner: &mut dyn FnMut(&mut Self, &Fields, ExprId) -> ExprId,
    ) -> ExprId {
        match shape {
            Shape::Struct(shape) => inner(self, &shape.fields, subject),
            Shape::Option(some) => {
                let before = self.binds.len();
                let field = Fields::unnamed(*some);
                let content = inner(self, &field, subject);
                let irrefutable = node::literal(content) == Some(true.into());
                if some().is_nullable() && irrefutable && self.binds.len() >= before {
                    let message = format!("`{name}(…)` of an `Option` whose inner value may be `null`");
                    recorder::report(Code::NestedOption, self.at, message);
                }
                node::all([node::is_some(subject), content])
            }
            Shape::Result(ok, err) => {
                let side = if name == "Ok" { *ok } else { *err };
                let is = node::build(ir::Expr::Has { base: subject, key: name.to_owned() });
                let content = node::key(subject, name, side().kind());
                let content = inner(self, &Fields::unnamed(side), content);
                node::all([is, content])
            }
            Shape::Enum(shape) => match shape.variant(name) {
                Some(variant) => {
                    let is = shape::is_variant(shape, variant, subject);
                    let content = shape::content(shape, variant, subject);
                    let content = inner(self, &variant.fields, content);
                    node::all([is, content])
                }
                None => {
                    let message = format!("`{name}` is not a variant of `{}` by that name", shape.name);
                    recorder::report(Code::RenamedVariant, self.at, message);
                    node::constant(false)
                }
            },
            _ => self.misfit(),
        }
    }

    fn misfit(&mut self) -> ExprId {
        recorder::report(Code::Pattern, self.at, "a workflow cannot take this value apart");
        node::constant(false)
    }
}
