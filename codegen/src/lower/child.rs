//! How the execution of another workflow fails.
//!
//! Whatever a nested execution failed with, the state that waits for it fails with `States.TaskFailed`, and a description of
//! the execution as the cause. A choice tells the errors apart by the name in the description; what the type cannot hold
//! fails this machine as it failed the other.

use stepwright_asl::error_name;

use super::{
    build::Builder,
    errors::Report,
    graph::{Catch, Edge, Origin, StateKind, Target},
};
use crate::{
    error::ErrorVariant,
    ir::{Binary, ErrorTable, Expr, ExprId, Kind, Var, VarId},
    position::Position,
};

impl Builder<'_> {
    /// The catchers of a call of a workflow, whose value goes into a variable.
    pub(super) fn child_failed(
        &mut self,
        callee: &str,
        table: ErrorTable,
        var: VarId,
        after: &Edge,
        at: Position,
    ) -> Vec<Catch> {
        let other = table.variants.iter().find(|variant| variant.other);
        let own = table.variants.iter().filter(|variant| is_of_the_state(variant));
        let report = self.error_output(false);
        let mut catch: Vec<Catch> = own
            .map(|variant| Catch {
                errors: vec![variant.name.to_owned()],
                edge: self.with_error(table, variant, report, var, after),
            })
            .collect();
        let failed = self.failed_execution(report, other.is_some());
        let error =
            self.arena.new_var(Var { name: "failed".to_owned(), named: true, mutable: false, kind: Kind::SCALAR });
        let choice = self.which_error(callee, table, error, var, after, at);
        let edge = Edge { assign: vec![(error, failed)], ..choice };
        let errors = vec![if other.is_some() { error_name::ALL } else { error_name::TASK_FAILED }.to_owned()];
        catch.push(Catch { errors, edge });
        catch
    }

    /// A choice by the error name in a variable.
    fn which_error(
        &mut self,
        callee: &str,
        table: ErrorTable,
        error: VarId,
        var: VarId,
        after: &Edge,
        at: Position,
    ) -> Edge {
        let read = self.arena.push(Expr::Var(error));
        let (error, cause) = (self.key(read, "Error"), self.key(read, "Cause"));
        let report = Report { error, cause, is_lambda: false };
        let (others, named): (Vec<&ErrorVariant>, Vec<&ErrorVariant>) =
            table.variants.iter().partition(|variant| variant.other);
        let rules = named.into_iter().map(|variant| {
            let name = self.arena.constant(variant.name);
            let is = self.arena.binary(Binary::Eq, error, name);
            (is, self.with_error(table, variant, report, var, after))
        });
        let rules = rules.collect();
        let default = match others.first() {
            Some(other) => self.with_error(table, other, report, var, after),
            None => Edge::to(Target::Fail(self.failure(error, cause, Origin(Some(at))))),
        };
        let id = self.state(StateKind::Choice { rules, default }, at);
        self.call_it(id, &format!("Why {callee} failed"));
        Edge::to(Target::State(id))
    }

    /// The error name and the cause that an execution failed with; where everything is caught, also of what is none.
    fn failed_execution(&mut self, report: Report, catches_all: bool) -> ExprId {
        let description = self.call("parse", Kind::ANY, &[report.cause]);
        let status = self.key(description, "Status");
        let [timed_out, timeout, failed] =
            ["TIMED_OUT", error_name::TIMEOUT, error_name::TASK_FAILED].map(|text| self.arena.constant(text));
        let is_timeout = self.arena.binary(Binary::Eq, status, timed_out);
        let ended = self.arena.if_(is_timeout, timeout, failed);
        let error = self.key_or(description, "Error", ended);
        let empty = self.arena.constant("");
        let cause = self.key_or(description, "Cause", empty);
        let inner = self.pair(error, cause);
        if !catches_all {
            return inner;
        }
        let outer = self.pair(report.error, report.cause);
        let is_execution = self.arena.binary(Binary::Eq, report.error, failed);
        self.arena.if_(is_execution, inner, outer)
    }

    fn key_or(&mut self, base: ExprId, key: &str, otherwise: ExprId) -> ExprId {
        let has = self.arena.build(Expr::Has { base, key: key.to_owned() });
        let value = self.key(base, key);
        self.arena.if_(has, value, otherwise)
    }

    fn pair(&mut self, error: ExprId, cause: ExprId) -> ExprId {
        self.arena.build(Expr::Object(vec![("Error".to_owned(), error), ("Cause".to_owned(), cause)]))
    }
}

/// Whether the state itself can fail with this error, too.
fn is_of_the_state(variant: &ErrorVariant) -> bool {
    variant.is_reserved() && variant.name != error_name::TASK_FAILED
}
