//! Typed errors in the machine, from an error output to a value, and their catchers.

use super::{
    build::{Builder, Source},
    graph::{Catch, Edge},
};
use crate::{
    data::{EnumShape, Fields, Shape, Tagging, Variant},
    error::ErrorVariant,
    ir::{ErrorTable, Expr, ExprId, Function, Kind, VarId},
    stage,
};

/// An error name and a cause, as something else reports them.
#[derive(Clone, Copy)]
pub(super) struct Report {
    pub(super) error: ExprId,
    pub(super) cause: ExprId,
    /// Whether the cause is for sure a Lambda function's report.
    pub(super) is_lambda: bool,
}

impl Builder<'_> {
    /// What a catcher caught.
    pub(super) fn error_output(&mut self, is_lambda: bool) -> Report {
        let output = self.arena.push(Expr::ErrorOutput);
        Report { error: self.key(output, "Error"), cause: self.key(output, "Cause"), is_lambda }
    }

    /// The error that this variant is of a report, as serde writes it.
    pub(super) fn reported(&mut self, table: ErrorTable, variant: &ErrorVariant, report: Report) -> ExprId {
        let shape = (table.shape)();
        if variant.is_foreign() {
            let texts = [report.error, report.cause];
            let texts = if variant.other { &texts[..] } else { &texts[1..] };
            return stage::over(self.arena, || stage::foreign(&shape, variant, texts));
        }
        let value = self.opened(report);
        match &shape {
            Shape::Enum(shape) => match shape.variant(variant.ident) {
                Some(found) => self.known(shape, found, value),
                None => value,
            },
            _ => value,
        }
    }

    /// The value in the cause. A Lambda function reports it as the text of `errorMessage`; a machine of ours as the cause.
    fn opened(&mut self, report: Report) -> ExprId {
        let value = self.call("parse", Kind::ANY, &[report.cause]);
        let message = self.key(value, "errorMessage");
        let opened = self.call("parse", Kind::ANY, &[message]);
        if report.is_lambda {
            return opened;
        }
        let is_report = self.arena.build(Expr::Has { base: value, key: "errorMessage".to_owned() });
        self.arena.if_(is_report, opened, value)
    }

    /// A value of which the variant is known.
    fn known(&mut self, shape: &EnumShape, variant: &Variant, value: ExprId) -> ExprId {
        let unit = matches!(variant.fields, Fields::Unit);
        let name = self.arena.constant(variant.name);
        let form = match shape.tagging {
            Tagging::External if unit => name,
            Tagging::External => {
                let content = self.key(value, variant.name);
                self.arena.build(Expr::Object(vec![(variant.name.to_owned(), content)]))
            }
            Tagging::Internal { tag } | Tagging::Adjacent { tag, .. } => {
                let tag = self.arena.build(Expr::Object(vec![(tag.to_owned(), name)]));
                if unit { tag } else { self.arena.build(Expr::Merge(vec![value, tag])) }
            }
            Tagging::Untagged => return value,
        };
        self.arena.push(Expr::Known { value, form })
    }

    /// A catcher for each error.
    pub(super) fn failed(&mut self, table: ErrorTable, var: VarId, after: &Edge, source: Source) -> Vec<Catch> {
        let report = self.error_output(matches!(source, Source::Lambda { .. }));
        // A Map Run fails by itself: the errors of its executions stay with them.
        let own_only = matches!(source, Source::MapRun | Source::Written);
        let variants = table.variants.iter().filter(|variant| !own_only || variant.other || variant.is_reserved());
        let catch = variants.map(|variant| Catch {
            errors: vec![variant.error_equals().to_owned()],
            edge: self.with_error(table, variant, report, var, after),
        });
        catch.collect()
    }

    /// The edge on which a variable holds the error of a report.
    pub(super) fn with_error(
        &mut self,
        table: ErrorTable,
        variant: &ErrorVariant,
        report: Report,
        var: VarId,
        after: &Edge,
    ) -> Edge {
        let error = self.reported(table, variant, report);
        let err = self.arena.build(Expr::Object(vec![("Err".to_owned(), error)]));
        after.after(self.arena, &[(var, err)])
    }

    /// `base.key`
    pub(super) fn key(&mut self, base: ExprId, key: &str) -> ExprId {
        self.arena.key(base, key)
    }

    pub(super) fn call(&mut self, name: &'static str, kind: Kind, arguments: &[ExprId]) -> ExprId {
        self.arena.call(Function { name, kind, stable: true }, arguments.to_vec())
    }
}
