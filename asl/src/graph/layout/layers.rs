//! Which layer each node is in, and in which order within it.

use super::{Link, Size};
use crate::order;

/// Something that takes room in a layer: a node, or the piece of a link that goes through the layer.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) kind: CellKind,
    pub(super) size: Size,
    pub(super) layer: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellKind {
    Node,
    Piece,
    Label,
}

/// The pieces of a link, from the top down.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    pub(super) cells: Vec<usize>,
    /// Whether the link leads up, and has its pieces beside both of its nodes.
    pub(super) back: bool,
}

/// The cells in their layers. The first cells are the nodes.
pub(super) struct Layers {
    pub(super) cells: Vec<Cell>,
    pub(super) layers: Vec<Vec<usize>>,
    pub(super) chains: Vec<Chain>,
    /// For each cell those above it that it is drawn to, and how strongly.
    pub(super) above: Vec<Vec<(usize, f64)>>,
    pub(super) below: Vec<Vec<(usize, f64)>>,
}

/// The room that a piece of a link takes.
const PIECE: Size = Size { width: 6.0, height: 0.0 };
/// How strongly a link that leads back is drawn to where its nodes are.
const WEAK: f64 = 0.2;
/// How often the order is improved from above and from below.
const SWEEPS: usize = 12;

impl Layers {
    pub(super) fn new(nodes: &[Size], links: &[Link]) -> Self {
        let places = places(nodes.len(), links);
        let place = |node: usize| places.get(node).copied().unwrap_or_default();
        let ranks = ranks(&places, links);
        let rank = |node: usize| ranks.get(node).copied().unwrap_or_default();
        let count = 2 * ranks.iter().copied().max().unwrap_or_default() + 1;
        let cells = nodes.iter().enumerate().map(|(node, size)| Cell {
            kind: CellKind::Node,
            size: *size,
            layer: 2 * rank(node),
        });
        let mut layers = Layers {
            cells: cells.collect(),
            layers: vec![Vec::new(); count],
            chains: Vec::new(),
            above: vec![Vec::new(); nodes.len()],
            below: vec![Vec::new(); nodes.len()],
        };
        for link in links {
            let back = place(link.to) <= place(link.from);
            let (from, to) = (2 * rank(link.from), 2 * rank(link.to));
            let chain = if back { layers.back(link, to, from) } else { layers.forward(link, from, to) };
            layers.chains.push(chain);
        }
        layers.pull_back_chains(links);
        layers.start();
        layers.improve();
        layers.put_beside(links);
        layers
    }

    fn cell(&mut self, label: Option<Size>, layer: usize) -> usize {
        let kind = if label.is_some() { CellKind::Label } else { CellKind::Piece };
        self.cells.push(Cell { kind, size: label.unwrap_or(PIECE), layer });
        self.above.push(Vec::new());
        self.below.push(Vec::new());
        self.cells.len() - 1
    }

    fn connect(&mut self, upper: usize, lower: usize, strength: f64) {
        self.below.get_mut(upper).into_iter().for_each(|below| below.push((lower, strength)));
        self.above.get_mut(lower).into_iter().for_each(|above| above.push((upper, strength)));
    }

    /// Pieces in all layers between two nodes.
    fn forward(&mut self, link: &Link, top: usize, bottom: usize) -> Chain {
        let cells: Vec<_> =
            (top + 1..bottom).map(|layer| self.cell(link.label.filter(|_| layer == top + 1), layer)).collect();
        let all: Vec<_> = [link.from].into_iter().chain(cells.iter().copied()).chain([link.to]).collect();
        self.tie(&all);
        Chain { cells, back: false }
    }

    /// Pieces in all layers from that of the upper node to that of the lower, where the link begins.
    fn back(&mut self, link: &Link, top: usize, bottom: usize) -> Chain {
        let label_at = bottom.saturating_sub(1).max(top);
        let cells: Vec<_> =
            (top..=bottom).map(|layer| self.cell(link.label.filter(|_| layer == label_at), layer)).collect();
        self.tie(&cells);
        Chain { cells, back: true }
    }

    /// Ties cells of neighbouring layers together; pieces of one link to one straight line.
    fn tie(&mut self, cells: &[usize]) {
        for pair in cells.windows(2) {
            let [upper, lower] = pair else { continue };
            let is_node = |cell: &usize| self.cells.get(*cell).is_some_and(|cell| cell.kind == CellKind::Node);
            let strength = if is_node(upper) || is_node(lower) { 2.0 } else { 8.0 };
            self.connect(*upper, *lower, strength);
        }
    }

    /// Draws the ends of a link that leads back to where their nodes are drawn to, and nothing to them.
    fn pull_back_chains(&mut self, links: &[Link]) {
        let (above, below) = (self.above.clone(), self.below.clone());
        for (number, link) in links.iter().enumerate() {
            let Some(Chain { cells, back: true }) = self.chains.get(number).cloned() else { continue };
            let (Some(first), Some(last)) = (cells.first().copied(), cells.last().copied()) else { continue };
            for (upper, _) in above.get(link.to).into_iter().flatten() {
                self.above.get_mut(first).into_iter().for_each(|ties| ties.push((*upper, WEAK)));
            }
            for (lower, _) in below.get(link.from).into_iter().flatten() {
                self.below.get_mut(last).into_iter().for_each(|ties| ties.push((*lower, WEAK)));
            }
        }
    }

    /// A first order: as the cells are met on the way down.
    fn start(&mut self) {
        let mut seen = vec![false; self.cells.len()];
        let backs: Vec<_> =
            self.chains.iter().filter(|chain| chain.back).filter_map(|chain| chain.cells.first().copied()).collect();
        let nodes =
            self.cells.iter().enumerate().filter(|(_, cell)| cell.kind == CellKind::Node).map(|(number, _)| number);
        let mut open: Vec<_> = nodes.chain(backs).collect();
        open.reverse();
        while let Some(cell) = open.pop() {
            if std::mem::replace(seen.get_mut(cell).unwrap_or(&mut true), true) {
                continue;
            }
            let layer = self.cells.get(cell).map_or(0, |cell| cell.layer);
            self.layers.get_mut(layer).into_iter().for_each(|layer| layer.push(cell));
            open.extend(self.below.get(cell).into_iter().flatten().rev().map(|(lower, _)| *lower));
        }
    }

    /// Sorts each layer by where its cells are drawn to, and keeps the order with the fewest crossings.
    fn improve(&mut self) {
        let mut best = (self.crossings(), self.layers.clone());
        for sweep in 0..2 * SWEEPS {
            let down = sweep % 2 == 0;
            let count = self.layers.len();
            for step in 1..count {
                let layer = if down { step } else { count - 1 - step };
                self.sort(layer, down);
            }
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.layers.clone());
            }
        }
        self.layers = best.1;
    }

    fn sort(&mut self, layer: usize, down: bool) {
        let positions = self.positions();
        let neighbours = if down { &self.above } else { &self.below };
        let wanted = |(position, cell): (usize, &usize)| {
            let (sum, strength) =
                neighbours.get(*cell).into_iter().flatten().fold((0.0, 0.0), |(sum, all), (other, strength)| {
                    (sum + positions.get(*other).copied().unwrap_or_default() as f64 * strength, all + strength)
                });
            if strength > 0.0 { sum / strength } else { position as f64 }
        };
        let Some(cells) = self.layers.get_mut(layer) else { return };
        let mut keyed: Vec<_> = cells.iter().enumerate().map(|entry| (wanted(entry), *entry.1)).collect();
        keyed.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        *cells = keyed.into_iter().map(|(_, cell)| cell).collect();
    }

    /// The position of each cell in its layer.
    fn positions(&self) -> Vec<usize> {
        let mut positions = vec![0; self.cells.len()];
        for layer in &self.layers {
            for (position, cell) in layer.iter().enumerate() {
                positions.get_mut(*cell).into_iter().for_each(|place| *place = position);
            }
        }
        positions
    }

    fn crossings(&self) -> usize {
        let positions = self.positions();
        let position = |cell: usize| positions.get(cell).copied().unwrap_or_default();
        let mut crossings = 0;
        for layer in &self.layers {
            let ends = layer.iter().flat_map(|cell| {
                let lower = self.below.get(*cell).into_iter().flatten();
                lower.filter(|(_, strength)| *strength > WEAK).map(|(lower, _)| (position(*cell), position(*lower)))
            });
            let ends: Vec<_> = ends.collect();
            for (index, (upper, lower)) in ends.iter().enumerate() {
                crossings +=
                    ends.iter().skip(index + 1).filter(|(other, under)| other > upper && under < lower).count();
            }
        }
        crossings
    }

    /// Puts the ends of links that lead back directly beside their nodes, on the side where they are.
    fn put_beside(&mut self, links: &[Link]) {
        let ends: Vec<_> = self
            .chains
            .iter()
            .zip(links)
            .filter(|(chain, _)| chain.back)
            .flat_map(|(chain, link)| {
                [chain.cells.first().map(|cell| (*cell, link.to)), chain.cells.last().map(|cell| (*cell, link.from))]
            })
            .flatten()
            .collect();
        for (cell, node) in ends {
            let layer = self.cells.get(cell).map_or(0, |cell| cell.layer);
            let Some(order) = self.layers.get_mut(layer) else { continue };
            let at = |wanted: usize| order.iter().position(|other| *other == wanted);
            let (Some(own), Some(node)) = (at(cell), at(node)) else { continue };
            order.remove(own);
            order.insert(if own < node { node - 1 } else { node + 1 }, cell);
        }
    }
}

/// The places of the nodes in an order in which only loops lead back. The first node leads, and so does any that nothing
/// else leads to.
fn places(nodes: usize, links: &[Link]) -> Vec<usize> {
    let mut edges = vec![Vec::new(); nodes];
    for link in links {
        edges.get_mut(link.from).into_iter().for_each(|targets: &mut Vec<usize>| targets.push(link.to));
    }
    edges.push((0..nodes).collect());
    let mut places = vec![0; nodes + 1];
    for (place, node) in order::order(&edges, nodes).nodes.into_iter().enumerate() {
        places.get_mut(node).into_iter().for_each(|known| *known = place);
    }
    places
}

/// The layer of each node: below all that lead to it.
fn ranks(places: &[usize], links: &[Link]) -> Vec<usize> {
    let mut ranks = vec![0; places.len()];
    let place = |node: usize| places.get(node).copied().unwrap_or_default();
    let mut forward: Vec<_> = links.iter().filter(|link| place(link.from) < place(link.to)).collect();
    forward.sort_by_key(|link| place(link.from));
    for link in forward {
        let below = ranks.get(link.from).copied().unwrap_or_default() + 1;
        ranks.get_mut(link.to).into_iter().for_each(|rank| *rank = below.max(*rank));
    }
    ranks
}
