//! The catchers of a state: several where they spare a choice behind one, one where several lead to the same.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;
use stepwright_asl::error_name;

use super::{
    graph::{Catch, Edge, Graph, StateKind, Target},
    raised::{by_its_own_name, caught, raises_again, raises_any_again},
    thread::{follow, follow_knowing},
};
use crate::{
    ir::{Arena, Binary, Expr, ExprId, Unary},
    pass::assume,
};

/// Whose errors a catcher takes, from the fewest to the most.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    Named,
    TaskFailed,
    All,
}

/// The catchers of a state in a graph, in their simplest form.
pub(super) fn simplify(arena: &mut Arena, graph: &Graph, catch: Vec<Catch>) -> Vec<Catch> {
    let catch = by_name(arena, graph, catch);
    merge(arena, graph.exact, catch)
}

/// Merges the catchers of each state, where less is assigned on their ways since.
pub(super) fn merge_all(arena: &mut Arena, graph: &mut Graph) {
    for state in &mut graph.states {
        if let StateKind::Work { work, catch, .. } = &mut state.kind {
            work.machines_mut().into_iter().for_each(|machine| merge_all(arena, machine));
            *catch = merge(arena, graph.exact, std::mem::take(catch));
        }
    }
}

fn reach(catcher: &Catch) -> Reach {
    let reach = |name: &String| match name.as_str() {
        error_name::ALL => Reach::All,
        error_name::TASK_FAILED => Reach::TaskFailed,
        _ => Reach::Named,
    };
    catcher.errors.iter().map(reach).max().unwrap_or(Reach::Named)
}

/// Whether a catcher takes the errors that another one names so. `exact` as in [`Graph`].
fn takes(catcher: &Catch, name: &str, exact: bool) -> bool {
    catcher.errors.iter().any(|own| match own.as_str() {
        own if own == name => true,
        error_name::TASK_FAILED if exact => false,
        error_name::ALL => !matches!(name, error_name::RUNTIME | error_name::DATA_LIMIT_EXCEEDED),
        error_name::TASK_FAILED => !matches!(
            name,
            error_name::ALL
                | error_name::TIMEOUT
                | error_name::HEARTBEAT_TIMEOUT
                | error_name::RUNTIME
                | error_name::DATA_LIMIT_EXCEEDED
        ),
        _ => false,
    })
}

/// Catchers that lead to the same are one, and one that only fails again as it was caught is none. Those that take the
/// errors of others come last, as the States Language wants it.
fn merge(arena: &mut Arena, exact: bool, mut catch: Vec<Catch>) -> Vec<Catch> {
    catch.sort_by_key(reach);
    let others_again = |arena: &mut Arena, catcher: &Catch| {
        reach(catcher) > Reach::Named && (raises_any_again(arena, catcher) || raises_again(arena, catcher))
    };
    while catch.last().is_some_and(|catcher| others_again(arena, catcher)) {
        catch.pop();
    }
    let takes_others = catch.last().is_some_and(|catcher| reach(catcher) > Reach::Named);
    // From the last to the first.
    let mut merged: Vec<Catch> = Vec::new();
    for mut catcher in catch.into_iter().rev() {
        if raises_again(arena, &catcher) {
            if !takes_others {
                continue;
            }
            by_its_own_name(arena, &mut catcher);
        }
        let general = catcher.edge.generalised(arena);
        let same: Vec<bool> = merged.iter().map(|other| other.edge.generalised(arena) == general).collect();
        let is_same = |index: usize| same.get(index) == Some(&true);
        let is_named = |catcher: &Catch| reach(catcher) == Reach::Named;
        // Which one takes its errors where it is not there.
        let next = merged.iter().rposition(|later| catcher.errors.iter().any(|name| takes(later, name, exact)));
        let next = next.filter(|next| is_same(*next)).and_then(|next| merged.get_mut(next));
        if let Some(next) = next
            && catcher.errors.iter().all(|name| takes(next, name, exact))
        {
            next.edge = general;
            continue;
        }
        let other = (0..merged.len()).find(|index| is_same(*index) && merged.get(*index).is_some_and(is_named));
        if let Some(other) = other.filter(|_| is_named(&catcher)) {
            catcher.errors.extend(merged.remove(other).errors);
            catcher.edge = general;
        }
        merged.push(catcher);
    }
    merged.reverse();
    merged
}

/// Where a catcher leads to a choice that asks for the name of the error, the names that it asks for have catchers of their
/// own, if that spares the choice.
fn by_name(arena: &mut Arena, graph: &Graph, catch: Vec<Catch>) -> Vec<Catch> {
    let mut told: Vec<Catch> = Vec::new();
    for catcher in catch {
        let apart = apart(arena, graph, &told, &catcher);
        told.extend(apart.unwrap_or_else(|| vec![catcher]));
    }
    told
}

fn apart(arena: &mut Arena, graph: &Graph, before: &[Catch], catcher: &Catch) -> Option<Vec<Catch>> {
    let Target::State(choice) = catcher.edge.target else { return None };
    let Some(StateKind::Choice { rules, .. }) = graph.get(choice).map(|state| &state.kind) else { return None };
    let tests = name_tests(arena, &catcher.edge, rules);
    let arrives =
        |name: &str| takes(catcher, name, graph.exact) && !before.iter().any(|before| takes(before, name, graph.exact));
    let error = caught(arena, "Error");
    let mut own: Vec<Catch> = Vec::new();
    for name in tests.keys().filter(|name| arrives(name)) {
        let text = arena.constant(name.as_str());
        let edge = catcher.edge.map(&mut |value| arena.replace(value, error, text));
        own.push(Catch { errors: vec![name.clone()], edge: follow(arena, graph, edge) });
    }
    let others: Vec<String> = catcher.errors.iter().filter(|name| !tests.contains_key(*name)).cloned().collect();
    if !others.is_empty() {
        let mut known: Vec<(ExprId, bool)> = tests.into_values().map(|is_name| (is_name, false)).collect();
        known.extend(known.clone().iter().map(|(is_name, _)| (arena.unary(Unary::Not, *is_name), true)));
        let edge = catcher
            .edge
            .map(&mut |value| known.iter().fold(value, |value, (cond, holds)| assume(arena, value, *cond, *holds)));
        own.push(Catch { errors: others, edge: follow_knowing(arena, graph, edge, &known) });
    }
    own.iter().any(|own| own.edge.target != catcher.edge.target).then_some(own)
}

/// Whether a name in `ErrorEquals` stands for the errors of this name and no others.
fn goes_by_itself(name: &str) -> bool {
    let wide = [
        error_name::ALL,
        error_name::TASK_FAILED,
        error_name::HEARTBEAT_TIMEOUT,
        error_name::RUNTIME,
        error_name::DATA_LIMIT_EXCEEDED,
    ];
    !name.is_empty()
        && !wide.contains(&name)
        && (!name.starts_with(error_name::RESERVED_PREFIX) || error_name::is_defined(name))
}

/// The names that the caught error's name is compared with, on an edge and in the conditions that it leads to, with the
/// condition that it is this name; those that can have catchers of their own.
fn name_tests(arena: &mut Arena, edge: &Edge, rules: &[(ExprId, Edge)]) -> BTreeMap<String, ExprId> {
    let assigned: HashMap<_, _> = edge.assign.iter().copied().collect();
    let mut values: Vec<ExprId> = rules.iter().map(|(cond, _)| arena.substitute(*cond, &assigned)).collect();
    values.extend(assigned.into_values());
    let error = caught(arena, "Error");
    let mut names: HashSet<String> = HashSet::new();
    for value in values {
        arena.visit(value, &mut |expr| {
            if let Expr::Binary(Binary::Eq | Binary::Ne, left, right) = expr
                && *left == error
                && let Some(name) = arena.literal(*right).and_then(Value::as_str)
                && goes_by_itself(name)
            {
                names.insert(name.to_owned());
            }
        });
    }
    let test = |name: String| {
        let text = arena.constant(name.as_str());
        (name, arena.binary(Binary::Eq, error, text))
    };
    names.into_iter().map(test).collect()
}

#[cfg(test)]
mod tests {
    use super::{
        super::graph::{State, StateId},
        *,
    };
    use crate::{
        ir::{Kind, Var},
        position::Position,
    };

    /// The names of catchers of which the first ends the machine, and the second leads to a choice between `Feed.Stale` and
    /// others.
    fn simplified(ending: &[&str], choosing: &[&str]) -> Vec<Vec<String>> {
        let mut arena = Arena::default();
        let var = arena.new_var(Var { name: "stale".to_owned(), named: true, mutable: false, kind: Kind::SCALAR });
        let (error, name) = (caught(&mut arena, "Error"), arena.constant("Feed.Stale"));
        let is_stale = arena.binary(Binary::Eq, error, name);
        let (stale, ended) = (arena.push(Expr::Var(var)), arena.constant("ended"));
        let rules = vec![(stale, Edge::to(Target::End(name)))];
        let choice = StateKind::Choice { rules, default: Edge::to(Target::End(error)) };
        let edge = Edge { assign: vec![(var, is_stale)], ..Edge::to(Target::State(StateId(0))) };
        let graph = Graph {
            states: vec![State::new(choice, Position::caller())],
            entry: edge.clone(),
            errors: &[],
            exact: false,
        };
        let errors = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let catch = vec![
            Catch { errors: errors(ending), edge: Edge::to(Target::End(ended)) },
            Catch { errors: errors(choosing), edge },
        ];
        simplify(&mut arena, &graph, catch).into_iter().map(|catcher| catcher.errors).collect()
    }

    #[test]
    fn a_name_that_is_asked_for_has_a_catcher_unless_one_before_takes_it() {
        assert_eq!(simplified(&["Feed.Gone"], &["States.ALL"]), [["Feed.Gone"], ["Feed.Stale"], ["States.ALL"]]);
        assert_eq!(simplified(&["Feed.Gone"], &["A", "Feed.Stale"]), [["Feed.Gone"], ["Feed.Stale"], ["A"]]);
        assert_eq!(simplified(&["Feed.Stale"], &["States.ALL"]), [["Feed.Stale"], ["States.ALL"]]);
        assert_eq!(simplified(&["States.TaskFailed"], &["States.ALL"]), [["States.TaskFailed"], ["States.ALL"]]);
    }
}
