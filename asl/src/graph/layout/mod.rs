//! Where the states of one scope go: in layers, from the top down (Sugiyama, Tagawa and Toda, 1981).
//!
//! States inside of a state are laid out before it, and make it as large as it is; so each scope is a graph for itself.

mod layers;
mod places;

use layers::{Cell, CellKind, Layers};

/// What is to be laid out: the size of each node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A way from a node to another, with the size of its label.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: Option<Size>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// A way on the picture.
#[derive(Clone, Debug)]
pub(super) struct Route {
    /// Where it begins and ends, and the pieces between: from top to bottom, or from bottom to top where it leads back.
    pub(super) points: Vec<Point>,
    /// Whether it leads back: it leaves its node and comes to the other at their sides.
    pub(super) back: bool,
    /// The middle of its label.
    pub(super) label: Option<Point>,
}

/// A picture of a scope.
#[derive(Clone, Debug)]
pub(super) struct Laid {
    pub(super) size: Size,
    /// The middle of each node.
    pub(super) nodes: Vec<Point>,
    /// The ways in the order of the links.
    pub(super) routes: Vec<Route>,
}

/// The space between layers; there is one for labels between each two of nodes.
const GAP: f64 = 14.0;
/// How far from its corners a way meets a node.
const INSET: f64 = 16.0;
/// The space between two ways at a node.
const PORT: f64 = 14.0;

/// Lays out nodes and the links between them, of which the first node is the start.
pub(super) fn layout(nodes: &[Size], links: &[Link]) -> Laid {
    let layers = Layers::new(nodes, links);
    let middles = places::places(&layers);
    let rows = rows(&layers);
    let at = |cell: usize| Point { x: middles.get(cell).copied().unwrap_or_default(), y: rows.middle(&layers, cell) };
    let mut laid = Laid {
        size: Size { width: width(&layers, &middles), height: rows.height },
        nodes: (0..nodes.len()).map(at).collect(),
        routes: Vec::new(),
    };
    let ports = Ports::new(&layers, links, &laid.nodes, &at);
    laid.routes = links
        .iter()
        .enumerate()
        .map(|(number, link)| route(&layers, &rows, &ports, nodes, (number, link), &at))
        .collect();
    laid
}

fn width(layers: &Layers, middles: &[f64]) -> f64 {
    let right = layers.cells.iter().zip(middles).map(|(cell, middle)| middle + cell.size.width / 2.0);
    right.fold(0.0, f64::max)
}

/// The top of each layer and its height.
struct Rows {
    rows: Vec<(f64, f64)>,
    height: f64,
}

fn rows(layers: &Layers) -> Rows {
    let mut top = 0.0;
    let mut rows = Vec::new();
    for layer in &layers.layers {
        let heights = layer.iter().filter_map(|cell| layers.cells.get(*cell)).map(|cell| cell.size.height);
        let height = heights.fold(0.0, f64::max);
        rows.push((top, height));
        top += height + GAP;
    }
    Rows { rows, height: (top - GAP).max(0.0) }
}

impl Rows {
    fn of(&self, layer: usize) -> (f64, f64) {
        self.rows.get(layer).copied().unwrap_or_default()
    }

    fn middle(&self, layers: &Layers, cell: usize) -> f64 {
        let (top, height) = self.of(layers.cells.get(cell).map_or(0, |cell| cell.layer));
        top + height / 2.0
    }
}

/// Where links meet the bottoms and tops of their nodes.
struct Ports {
    out: Vec<Option<f64>>,
    into: Vec<Option<f64>>,
}

impl Ports {
    fn new(layers: &Layers, links: &[Link], nodes: &[Point], at: &impl Fn(usize) -> Point) -> Self {
        let mut ports = Ports { out: vec![None; links.len()], into: vec![None; links.len()] };
        for node in 0..nodes.len() {
            let Some((middle, cell)) = nodes.get(node).zip(layers.cells.get(node)) else { continue };
            let forward = |number: &usize| layers.chains.get(*number).is_some_and(|chain| !chain.back);
            let of = |end: fn(&Link) -> usize| {
                (0..links.len())
                    .filter(forward)
                    .filter(move |number| links.get(*number).is_some_and(|link| end(link) == node))
            };
            let chain =
                |number: usize| layers.chains.get(number).map(|chain| chain.cells.as_slice()).unwrap_or_default();
            let below = of(|link| link.from)
                .map(|number| (number, chain(number).first().copied().or(links.get(number).map(|link| link.to))));
            spread(&mut ports.out, below.collect(), middle.x, cell, at);
            let above = of(|link| link.to)
                .map(|number| (number, chain(number).last().copied().or(links.get(number).map(|link| link.from))));
            spread(&mut ports.into, above.collect(), middle.x, cell, at);
        }
        ports
    }
}

/// Spreads the links at one side of a node, each towards the cell that it goes to.
fn spread(
    ports: &mut [Option<f64>],
    links: Vec<(usize, Option<usize>)>,
    middle: f64,
    node: &Cell,
    at: &impl Fn(usize) -> Point,
) {
    let reach = (node.size.width / 2.0 - INSET).max(0.0);
    let mut wanted: Vec<_> = links
        .into_iter()
        .filter_map(|(number, cell)| Some((number, at(cell?).x.clamp(middle - reach, middle + reach))))
        .collect();
    wanted.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    let step = if wanted.len() > 1 { PORT.min(2.0 * reach / (wanted.len() - 1) as f64) } else { 0.0 };
    let placed = places::settle(&wanted.iter().map(|(_, x)| (*x, 1.0)).collect::<Vec<_>>(), &vec![step; wanted.len()]);
    let count = wanted.len();
    for (index, ((number, _), x)) in wanted.iter().zip(placed).enumerate() {
        let (from_left, from_right) = (index as f64 * step, (count - 1 - index) as f64 * step);
        let x = x.max(middle - reach + from_left).min(middle + reach - from_right);
        ports.get_mut(*number).into_iter().for_each(|port| *port = Some(x));
    }
}

fn route(
    layers: &Layers,
    rows: &Rows,
    ports: &Ports,
    nodes: &[Size],
    (number, link): (usize, &Link),
    at: &impl Fn(usize) -> Point,
) -> Route {
    let (cells, back) =
        layers.chains.get(number).map_or((&[][..], false), |chain| (chain.cells.as_slice(), chain.back));
    let label = cells.iter().find(|cell| layers.cells.get(**cell).is_some_and(|cell| cell.kind == CellKind::Label));
    let size = |node: usize| nodes.get(node).copied().unwrap_or(Size { width: 0.0, height: 0.0 });
    let through = cells.iter().flat_map(|cell| {
        let x = at(*cell).x;
        let (top, height) = rows.of(layers.cells.get(*cell).map_or(0, |cell| cell.layer));
        [Point { x, y: top }, Point { x, y: top + height }]
    });
    let (from, to) = (at(link.from), at(link.to));
    let port = |ports: &[Option<f64>], otherwise: f64| ports.get(number).copied().flatten().unwrap_or(otherwise);
    let mut points: Vec<Point> = Vec::new();
    if back {
        let mut upward: Vec<_> = through.collect();
        upward.reverse();
        let column = |index: Option<&Point>| index.map_or(from.x, |point| point.x);
        let (first, last) = (column(upward.first()), column(upward.last()));
        points.push(side(from, size(link.from), first, 1.0));
        points.extend(upward);
        points.push(side(to, size(link.to), last, -1.0));
        if let [_, first, .., last, _] = points.as_mut_slice() {
            first.y = from.y + lean(size(link.from));
            last.y = to.y - lean(size(link.to));
        }
    } else {
        points.push(Point { x: port(&ports.out, from.x), y: from.y + size(link.from).height / 2.0 });
        points.extend(through);
        points.push(Point { x: port(&ports.into, to.x), y: to.y - size(link.to).height / 2.0 });
    }
    Route { points, back, label: label.map(|cell| at(*cell)) }
}

/// How far from the middle a way back meets the side of a node: close to it, but not where states are inside.
fn lean(size: Size) -> f64 {
    const CLOSE: f64 = 8.0;
    const TALL: f64 = 150.0;
    if size.height > TALL { size.height / 2.0 - INSET } else { CLOSE.min(size.height / 2.0) }
}

/// Where a way back meets the side of a node that faces its column.
fn side(node: Point, size: Size, column: f64, direction: f64) -> Point {
    let x = if column < node.x { node.x - size.width / 2.0 } else { node.x + size.width / 2.0 };
    Point { x, y: node.y + direction * lean(size) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever leads where: no two nodes overlap, nothing is outside of the picture, and ways end at their nodes.
        #[test]
        fn nodes_are_apart_and_within_the_picture(
            sizes in prop::collection::vec((20.0..200.0, 10.0..90.0), 1..14),
            ends in prop::collection::vec((0_usize..14, 0_usize..14, any::<bool>()), 0..24),
        ) {
            let nodes: Vec<_> = sizes.iter().map(|(width, height)| Size { width: *width, height: *height }).collect();
            let label = |has: bool| has.then_some(Size { width: 60.0, height: 14.0 });
            let links: Vec<_> = ends.iter().map(|(from, to, has)| Link { from: from % nodes.len(), to: to % nodes.len(), label: label(*has) }).collect();
            let laid = layout(&nodes, &links);
            let boxes: Vec<_> = laid.nodes.iter().zip(&nodes).collect();
            for (index, (at, size)) in boxes.iter().enumerate() {
                prop_assert!(at.x - size.width / 2.0 > -0.01 && at.x + size.width / 2.0 < laid.size.width + 0.01);
                prop_assert!(at.y - size.height / 2.0 > -0.01 && at.y + size.height / 2.0 < laid.size.height + 0.01);
                for (other, room) in &boxes[index + 1..] {
                    let apart = (at.x - other.x).abs() >= (size.width + room.width) / 2.0
                        || (at.y - other.y).abs() >= (size.height + room.height) / 2.0;
                    prop_assert!(apart, "{at:?} {size:?} {other:?} {room:?}");
                }
            }
            for (route, link) in laid.routes.iter().zip(&links) {
                for (end, node) in [(route.points.first(), link.from), (route.points.last(), link.to)] {
                    let (end, at, size) = (end.unwrap(), laid.nodes[node], nodes[node]);
                    prop_assert!((end.x - at.x).abs() <= size.width / 2.0 + 0.01 && (end.y - at.y).abs() <= size.height / 2.0 + 0.01);
                }
                prop_assert_eq!(route.label.is_some(), link.label.is_some());
            }
        }
    }
}
