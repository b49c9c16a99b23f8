//! How large everything is: states by their text and by the scopes inside of them.

use crate::StateKind;

use super::super::{
    Edge, Flow, Node,
    layout::{Laid, Link, Point, Size, layout},
    text::{width, wrap},
};

/// Sizes of the fonts, and of the lines of names and labels.
pub(super) const NAME: f64 = 13.0;
pub(super) const NAME_LINE: f64 = 17.0;
pub(super) const CAPTION: f64 = 10.0;
pub(super) const LABEL: f64 = 10.5;
pub(super) const LABEL_LINE: f64 = 13.0;
/// The space between a border and what is within.
pub(super) const PADDING: f64 = 10.0;
/// The space between branches.
const BRANCH_GAP: f64 = 12.0;

const WIDEST_NAME: f64 = 210.0;
const WIDEST_LABEL: f64 = 180.0;
/// Room at the sides of the text of a state.
const SIDES: f64 = 14.0;

/// A scope that is laid out. The first of its nodes is the dot where it starts; the last is the one where it ends, if there is any.
pub(super) struct Figure {
    pub(super) laid: Laid,
    pub(super) nodes: Vec<NodeFigure>,
}

/// A state with its text in lines.
pub(super) struct NodeFigure {
    pub(super) size: Size,
    pub(super) caption: String,
    pub(super) name: Vec<String>,
    pub(super) note: Option<String>,
    pub(super) inner: Vec<Figure>,
    /// The height of the text.
    head: f64,
}

impl Figure {
    pub(super) fn of(flow: &Flow) -> Self {
        let nodes: Vec<_> = flow.nodes.iter().map(NodeFigure::of).collect();
        let mut sizes = vec![Size { width: 10.0, height: 10.0 }];
        sizes.extend(nodes.iter().map(|node| node.size));
        let mut links = vec![Link { from: 0, to: flow.start + 1, label: None }];
        links.extend(flow.edges.iter().map(|edge| Link {
            from: edge.from + 1,
            to: edge.to + 1,
            label: edge.label.as_deref().map(label_size),
        }));
        let ends = flow.nodes.iter().enumerate().filter(|(_, node)| node.ends);
        links.extend(ends.map(|(number, _)| Link { from: number + 1, to: sizes.len(), label: None }));
        if flow.nodes.iter().any(|node| node.ends) {
            sizes.push(Size { width: 16.0, height: 16.0 });
        }
        Figure { laid: layout(&sizes, &links), nodes }
    }

    /// The edge that a way stands for; none for those from the start and to the end.
    pub(super) fn edge<'a>(&self, flow: &'a Flow, way: usize) -> Option<&'a Edge> {
        way.checked_sub(1).and_then(|number| flow.edges.get(number))
    }
}

impl NodeFigure {
    fn of(node: &Node) -> Self {
        let name = wrap(&node.name, NAME * 1.06, WIDEST_NAME, 4);
        let text = name.iter().map(|line| width(line, NAME * 1.06)).chain([width(&node.caption, CAPTION)]);
        let text = text.chain(node.note.iter().map(|note| width(note, CAPTION))).fold(40.0, f64::max);
        let note = if node.note.is_some() { CAPTION + 4.0 } else { 0.0 };
        let head = PADDING + CAPTION + name.len() as f64 * NAME_LINE + note + PADDING;
        let inner: Vec<_> = node.inner.iter().map(Figure::of).collect();
        let sides = if node.kind == StateKind::Choice { SIDES + 8.0 } else { SIDES };
        let mut size = Size { width: text + 2.0 * sides, height: head };
        if !inner.is_empty() {
            let panels: f64 = inner.iter().map(|figure| figure.laid.size.width + 2.0 * PADDING + BRANCH_GAP).sum();
            let height = inner.iter().map(|figure| figure.laid.size.height).fold(0.0, f64::max);
            size.width = size.width.max(panels - BRANCH_GAP + 2.0 * PADDING);
            size.height += height + 3.0 * PADDING;
        }
        NodeFigure { size, caption: node.caption.clone(), name, note: node.note.clone(), inner, head }
    }

    /// The upper left corners of what is inside, given the middle of the upper border.
    pub(super) fn corners(&self, top: Point) -> Vec<Point> {
        let panels: f64 = self.inner.iter().map(|figure| figure.laid.size.width + 2.0 * PADDING + BRANCH_GAP).sum();
        let mut x = top.x - (panels - BRANCH_GAP) / 2.0;
        let mut corners = Vec::new();
        for figure in &self.inner {
            corners.push(Point { x: x + PADDING, y: top.y + self.head + PADDING });
            x += figure.laid.size.width + 2.0 * PADDING + BRANCH_GAP;
        }
        corners
    }
}

/// What is said of a way, in lines.
pub(super) fn label_lines(label: &str) -> Vec<String> {
    wrap(label, LABEL, WIDEST_LABEL, 3)
}

fn label_size(label: &str) -> Size {
    let lines = label_lines(label);
    let widest = lines.iter().map(|line| width(line, LABEL)).fold(0.0, f64::max);
    Size { width: widest + 10.0, height: lines.len() as f64 * LABEL_LINE + 4.0 }
}
