//! Where in its layer each cell goes: as close as possible to above and below what it is tied to, without overlap.

use super::layers::{Cell, CellKind, Layers};

/// The space between two nodes, and between a node and a link.
const NODE_GAP: f64 = 28.0;
const PIECE_GAP: f64 = 12.0;
const ROUNDS: usize = 30;

/// The middle of each cell; the leftmost begins at 0.
pub(super) fn places(layers: &Layers) -> Vec<f64> {
    let mut middles = packed(layers);
    for round in 0..ROUNDS {
        let by = if round % 2 == 0 { By::Above } else { By::Below };
        pass(layers, &mut middles, by == By::Below, |middles, cell| wanted(layers, middles, cell, by));
    }
    straighten(layers, &mut middles);
    let left = layers.cells.iter().zip(&middles).map(|(cell, middle)| middle - cell.size.width / 2.0);
    let left = left.fold(f64::INFINITY, f64::min);
    middles.iter().map(|middle| middle - left).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Above,
    Below,
    Both,
}

/// Moves the cells of each layer as close as possible to where they are drawn to.
fn pass(layers: &Layers, middles: &mut [f64], upward: bool, wanted: impl Fn(&[f64], usize) -> (f64, f64)) {
    let count = layers.layers.len();
    for step in 0..count {
        let Some(cells) = layers.layers.get(if upward { count - 1 - step } else { step }) else { continue };
        let places: Vec<_> = cells.iter().map(|cell| wanted(middles, *cell)).collect();
        for (cell, middle) in cells.iter().zip(settle(&places, &gaps(layers, cells))) {
            middles.get_mut(*cell).into_iter().for_each(|place| *place = middle);
        }
    }
}

/// Puts the pieces of each link in one line, between the nodes that give way only a little.
fn straighten(layers: &Layers, middles: &mut [f64]) {
    const STRONG: f64 = 100.0;
    for round in 0..ROUNDS {
        let mut lines: Vec<Option<f64>> = vec![None; middles.len()];
        for cells in layers.chains.iter().map(|chain| &chain.cells).filter(|cells| cells.len() > 1) {
            let sum: f64 = cells.iter().filter_map(|cell| middles.get(*cell)).sum();
            for cell in cells {
                lines.get_mut(*cell).into_iter().for_each(|line| *line = Some(sum / cells.len() as f64));
            }
        }
        pass(layers, middles, round % 2 == 1, |middles, cell| {
            lines
                .get(cell)
                .copied()
                .flatten()
                .map_or_else(|| wanted(layers, middles, cell, By::Both), |line| (line, STRONG))
        });
    }
}

/// Side by side, each layer around the same middle.
fn packed(layers: &Layers) -> Vec<f64> {
    let mut middles = vec![0.0; layers.cells.len()];
    for cells in &layers.layers {
        let gaps = gaps(layers, cells);
        let width: f64 = gaps.iter().skip(1).sum();
        let mut x = -width / 2.0;
        for (cell, gap) in cells.iter().zip(gaps.iter().copied().map(Some).skip(1).chain([None])) {
            middles.get_mut(*cell).into_iter().for_each(|middle| *middle = x);
            x += gap.unwrap_or_default();
        }
    }
    middles
}

/// The least distance of the middle of each cell from that of the one before.
fn gaps(layers: &Layers, cells: &[usize]) -> Vec<f64> {
    let cell = |number: usize| layers.cells.get(number);
    let distance = |pair: &[usize]| match pair {
        [left, right] => cell(*left).zip(cell(*right)).map_or(0.0, |(left, right)| gap(left, right)),
        _ => 0.0,
    };
    std::iter::once(0.0).chain(cells.windows(2).map(distance)).collect()
}

fn gap(left: &Cell, right: &Cell) -> f64 {
    let both_nodes = left.kind == CellKind::Node && right.kind == CellKind::Node;
    (left.size.width + right.size.width) / 2.0 + if both_nodes { NODE_GAP } else { PIECE_GAP }
}

/// Where a cell is drawn to, and how strongly.
fn wanted(layers: &Layers, middles: &[f64], cell: usize, by: By) -> (f64, f64) {
    let above = layers.above.get(cell).filter(|_| by != By::Below);
    let below = layers.below.get(cell).filter(|_| by != By::Above);
    let ties = above.into_iter().chain(below).flatten();
    let (sum, strength) = ties.fold((0.0, 0.0), |(sum, all), (other, strength)| {
        (sum + middles.get(*other).copied().unwrap_or_default() * strength, all + strength)
    });
    match strength > 0.0 {
        true => (sum / strength, strength),
        false => (middles.get(cell).copied().unwrap_or_default(), 0.1),
    }
}

/// The places closest to the wanted ones, by the squares of the differences, that keep the order and the least distances: the
/// wanted places with their strengths, and for each the distance from the one before. (Pool adjacent violators.)
pub(super) fn settle(wanted: &[(f64, f64)], gaps: &[f64]) -> Vec<f64> {
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    let mut offset = 0.0;
    let mut offsets = Vec::new();
    for ((place, strength), gap) in wanted.iter().zip(gaps) {
        // The first distance is from nothing.
        offset += if offsets.is_empty() { 0.0 } else { *gap };
        offsets.push(offset);
        let mut block = ((place - offset) * strength, *strength, 1);
        while let Some((sum, all, count)) = blocks.last().copied()
            && sum / all > block.0 / block.1
        {
            blocks.pop();
            block = (sum + block.0, all + block.1, count + block.2);
        }
        blocks.push(block);
    }
    let places = blocks.into_iter().flat_map(|(sum, strength, count)| std::iter::repeat_n(sum / strength, count));
    places.zip(offsets).map(|(place, offset)| place + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_close_is_moved_apart() {
        assert_eq!(settle(&[(0.0, 1.0), (10.0, 1.0)], &[0.0, 5.0]), [0.0, 10.0]);
        assert_eq!(settle(&[(0.0, 1.0), (0.0, 1.0)], &[0.0, 10.0]), [-5.0, 5.0]);
        assert_eq!(settle(&[(0.0, 3.0), (0.0, 1.0)], &[0.0, 8.0]), [-2.0, 6.0]);
        assert_eq!(settle(&[(9.0, 1.0), (3.0, 1.0), (0.0, 1.0)], &[0.0, 1.0, 1.0]), [3.0, 4.0, 5.0]);
    }
}
