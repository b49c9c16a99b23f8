//! The cheapest and the dearest way through the states of a scope.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
    ops::Range,
};

use super::{
    Bounds, Repeat, RepeatKind, Step,
    weight::{Measure, Weight, weigh},
};
use crate::{
    PlacedState, Scope, State,
    order::{Order, order, targets},
};

/// The bounds of what a run of a scope comes to.
pub(super) fn bounds(scope: &Scope<'_>, measure: &Measure) -> Bounds {
    let states: Vec<_> = scope.states().collect();
    let Some(start) = states.iter().position(|placed| placed.name == scope.start_at) else {
        return Bounds::default();
    };
    let flow = Flow::new(states, start, measure);
    let (least, shortest) = flow.shortest(start);
    let (most, longest) = flow.longest();
    Bounds { least, shortest, most, longest, repeats: flow.repeats() }
}

/// The states of a scope as a graph.
struct Flow<'a> {
    states: Vec<PlacedState<'a>>,
    weights: Vec<Weight>,
    /// Where each state leads, except by its catchers.
    next: Vec<Vec<usize>>,
    /// Where the catchers of each state lead.
    caught: Vec<Vec<usize>>,
    order: Order,
    /// The place of each state in the order; none if nothing leads to it.
    places: Vec<Option<usize>>,
    /// Where each state in the order leads, by places: forward only.
    forward: Vec<Vec<usize>>,
    /// The states, by places, that lead back to each.
    back: Vec<Vec<usize>>,
}

impl<'a> Flow<'a> {
    fn new(states: Vec<PlacedState<'a>>, start: usize, measure: &Measure) -> Self {
        let numbers: HashMap<&str, usize> =
            states.iter().enumerate().map(|(number, placed)| (placed.name, number)).collect();
        let (mut next, mut caught) = (Vec::new(), Vec::new());
        for placed in &states {
            let (by_catcher, by_itself): (Vec<_>, Vec<_>) =
                placed.state.transitions().into_iter().partition(|way| way.pointer.as_str().starts_with("/Catch/"));
            let number = |way: &crate::Transition<'_>| numbers.get(way.target).copied();
            next.push(by_itself.iter().filter_map(number).collect());
            caught.push(by_catcher.iter().filter_map(number).collect::<Vec<_>>());
        }
        let edges: Vec<Vec<usize>> =
            next.iter().zip(&caught).map(|(next, caught): (&Vec<_>, _)| [next.as_slice(), caught].concat()).collect();
        let order = order(&edges, start);
        let weights = states.iter().map(|placed| weigh(placed, measure)).collect();
        let mut places = vec![None; states.len()];
        for (place, node) in order.nodes.iter().enumerate() {
            places.get_mut(*node).into_iter().for_each(|found| *found = Some(place));
        }
        let (forward, back) = (vec![Vec::new(); order.nodes.len()], vec![Vec::new(); order.nodes.len()]);
        let mut flow = Flow { states, weights, next, caught, order, places, forward, back };
        flow.connect(&edges);
        flow
    }

    /// Tells the edges that lead on from those that lead back. One that leads into the middle of a loop may lead to its
    /// head as well, by way of the loop.
    fn connect(&mut self, edges: &[Vec<usize>]) {
        for from in 0..self.order.nodes.len() {
            let node = self.order.nodes.get(from).copied().unwrap_or_default();
            for to in targets(edges, node).iter().filter_map(|to| self.places.get(*to).copied().flatten()) {
                if to <= from {
                    self.back.get_mut(to).into_iter().for_each(|sources| sources.push(from));
                    continue;
                }
                let entered = self.order.loops.iter().filter(|range| range.contains(&to) && !range.contains(&from));
                let entered: Vec<_> = entered.map(|range| range.start).chain([to]).collect();
                self.forward.get_mut(from).into_iter().for_each(|targets| targets.extend(entered.iter().copied()));
            }
        }
    }

    /// The fewest, with a way that comes to it; nothing if there is no end.
    fn shortest(&self, start: usize) -> (u64, Vec<Step>) {
        let mut open = BinaryHeap::from([Reverse((0, start, None))]);
        let mut came: HashMap<usize, Option<(usize, u64)>> = HashMap::new();
        let mut best: Option<(u64, usize)> = None;
        while let Some(Reverse((before, node, from))) = open.pop() {
            if came.contains_key(&node) {
                continue;
            }
            came.insert(node, from);
            let Some((weight, placed)) = self.weights.get(node).zip(self.states.get(node)) else { continue };
            if placed.state.is_end() && best.is_none_or(|(least, _)| before + weight.least < least) {
                best = Some((before + weight.least, node));
            }
            for (ways, adds) in [(&self.next, weight.least), (&self.caught, weight.caught)] {
                let on = |to: &usize| Reverse((before + adds, *to, Some((node, adds))));
                open.extend(targets(ways, node).iter().map(on));
            }
        }
        let Some((least, end)) = best else { return (0, Vec::new()) };
        let last = self.weights.get(end).map_or(0, |weight| weight.least);
        (least, self.way((end, last), |node| came.get(&node).copied().flatten()))
    }

    /// The most without a turn of any loop, with a way that comes to it.
    fn longest(&self) -> (u64, Vec<Step>) {
        let reached = self.run(0..self.order.nodes.len(), None);
        let last = reached.iter().enumerate().filter(|(place, _)| self.may_be_last(*place));
        // Of two such ways, one that does not fail says more.
        let rank = |place: usize, most: u64| {
            (most, !self.at(place).is_some_and(|(_, placed)| matches!(placed.state, State::Fail(_))))
        };
        let Some((end, (most, _))) = last.rev().max_by_key(|(place, (most, _))| rank(*place, *most)) else {
            return (0, Vec::new());
        };
        let step = |place: usize| self.order.nodes.get(place).map(|node| (*node, self.most(place)));
        let came = |node: usize| {
            let place = self.places.get(node).copied().flatten()?;
            reached.get(place).and_then(|(_, from)| *from).and_then(step)
        };
        (*most, step(end).map(|last| self.way(last, came)).unwrap_or_default())
    }

    /// Whether an execution can stop at this place of the order in no turn of a loop.
    fn may_be_last(&self, place: usize) -> bool {
        let is_end = self.at(place).is_some_and(|(_, placed)| placed.state.is_end());
        is_end || !self.order.loops.iter().any(|range| range.contains(&place))
    }

    /// The state at a place of the order.
    fn at(&self, place: usize) -> Option<(usize, &PlacedState<'a>)> {
        let node = self.order.nodes.get(place).copied()?;
        self.states.get(node).map(|placed| (node, placed))
    }

    /// The most that the state at a place of the order adds.
    fn most(&self, place: usize) -> u64 {
        self.at(place).and_then(|(node, _)| self.weights.get(node)).map_or(0, |weight| weight.most)
    }

    /// For each state of a part of the order, the most on a way to its end, and the state before it on that way.
    /// The way starts at the first state, or at any with `start`.
    fn run(&self, part: Range<usize>, start: Option<u64>) -> Vec<(u64, Option<usize>)> {
        let mut reached: Vec<(Option<u64>, Option<usize>)> = part.clone().map(|_| (start, None)).collect();
        if let Some(first) = reached.first_mut() {
            first.0 = Some(0);
        }
        for place in part.clone() {
            let Some(entry) = reached.get_mut(place - part.start) else { continue };
            let most = entry.0.unwrap_or_default().saturating_add(self.most(place));
            entry.0 = Some(most);
            for to in self.forward.get(place).into_iter().flatten().filter(|to| part.contains(to)) {
                if let Some(target) = reached.get_mut(*to - part.start)
                    && target.0.is_none_or(|known| known < most)
                {
                    *target = (Some(most), Some(place));
                }
            }
        }
        reached.into_iter().map(|(most, from)| (most.unwrap_or_default(), from)).collect()
    }

    /// The loops, and what is repeated inside of the states.
    fn repeats(&self) -> Vec<Repeat> {
        let name = |node: &usize| self.states.get(*node).map(|placed| placed.name.to_owned());
        let turns = self.order.loops.iter().map(|range| {
            let reached = self.run(range.clone(), Some(0));
            let sources = self.back.get(range.start).into_iter().flatten();
            let each = sources.filter_map(|source| reached.get(source - range.start)).map(|(most, _)| *most).max();
            let states: Vec<_> =
                self.order.nodes.get(range.clone()).unwrap_or_default().iter().filter_map(name).collect();
            Repeat {
                kind: RepeatKind::Turn,
                state: states.first().cloned().unwrap_or_default(),
                states,
                further: !self.is_left_at_its_head(range),
                each: each.unwrap_or_default(),
            }
        });
        let reached = self.order.nodes.iter().filter_map(|node| self.weights.get(*node));
        turns.chain(reached.flat_map(|weight| weight.repeats.iter().cloned())).collect()
    }

    /// Whether the head of a loop itself, not its catcher, leads out of the loop.
    fn is_left_at_its_head(&self, range: &Range<usize>) -> bool {
        let head = self.order.nodes.get(range.start).copied().unwrap_or_default();
        let places = targets(&self.next, head).iter().filter_map(|to| self.places.get(*to).copied().flatten());
        places.into_iter().any(|place| !range.contains(&place))
    }

    /// The way to its last state, given what that adds; of any other, `came` tells the state before, and what it adds.
    fn way(&self, last: (usize, u64), came: impl Fn(usize) -> Option<(usize, u64)>) -> Vec<Step> {
        let way = std::iter::successors(Some(last), |(node, _)| came(*node));
        let step = |(node, adds): (usize, u64)| Some(Step { state: self.states.get(node)?.name.to_owned(), adds });
        let mut steps: Vec<_> = way.filter_map(step).collect();
        steps.reverse();
        steps
    }
}
