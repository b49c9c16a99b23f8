//! The graph as an SVG document.

mod figure;

use std::fmt::Write;

use super::{
    Edge, EdgeKind, Flow,
    layout::{Point, Route, Size},
    text,
};
use crate::StateKind;
use figure::{CAPTION, Figure, LABEL, LABEL_LINE, NAME, NAME_LINE, NodeFigure, PADDING, label_lines};

/// The space around the picture.
const MARGIN: f64 = 16.0;
/// The radius of a corner that a way turns around.
const TURN: f64 = 8.0;

const HEAD: &str = r##"<defs>
<marker id="next" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 .8 8 4 0 7.2z" fill="#4a5568"/></marker>
<marker id="error" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 .8 8 4 0 7.2z" fill="#c53030"/></marker>
</defs>
<style>text{fill:#1a202c}.caption,.note{fill:#5f6b7a}.way{fill:none;stroke:#4a5568;stroke-width:1.3}.error{stroke:#c53030;stroke-dasharray:5 3}.label{fill:#2d3748}.error-label{fill:#c53030}</style>
"##;

pub(super) fn print(flow: &Flow) -> String {
    let figure = Figure::of(flow);
    let Size { width, height } = figure.laid.size;
    let (width, height) = (number(width + 2.0 * MARGIN), number(height + 2.0 * MARGIN));
    let mut canvas = Canvas { text: String::new() };
    let _ = writeln!(
        canvas.text,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif" role="img">"#
    );
    canvas.text.push_str(HEAD);
    let _ = writeln!(canvas.text, r##"<rect width="{width}" height="{height}" fill="#ffffff"/>"##);
    canvas.figure(flow, &figure, Point { x: MARGIN, y: MARGIN });
    canvas.text.push_str("</svg>\n");
    canvas.text
}

struct Canvas {
    text: String,
}

/// The border and the ground of a state.
fn colours(kind: StateKind) -> (&'static str, &'static str) {
    match kind {
        StateKind::Task => ("#3b5bdb", "#f4f6ff"),
        StateKind::Choice => ("#b7791f", "#fff9e8"),
        StateKind::Wait => ("#6b46c1", "#f8f4ff"),
        StateKind::Pass => ("#718096", "#f7f9fb"),
        StateKind::Parallel | StateKind::Map => ("#4a5568", "#f7f9fb"),
        StateKind::Succeed => ("#2f855a", "#eefaf2"),
        StateKind::Fail => ("#c53030", "#fff3f2"),
    }
}

impl Canvas {
    /// Draws a scope: the states, then the ways over them, so that no state hides one, then what is said of the ways.
    fn figure(&mut self, flow: &Flow, figure: &Figure, at: Point) {
        let moved = |point: &Point| Point { x: point.x + at.x, y: point.y + at.y };
        for (number, middle) in figure.laid.nodes.iter().map(moved).enumerate() {
            match number.checked_sub(1).and_then(|number| flow.nodes.get(number).zip(figure.nodes.get(number))) {
                Some((node, shape)) => self.node(node, shape, middle),
                None => self.dot(middle, number > 0),
            }
        }
        let routes = || figure.laid.routes.iter().enumerate().map(|(number, route)| (figure.edge(flow, number), route));
        for (edge, route) in routes() {
            let points: Vec<_> = route.points.iter().map(moved).collect();
            self.way(edge, &points, route);
        }
        for (edge, route) in routes() {
            if let Some((edge, middle)) = edge.zip(route.label.as_ref()) {
                self.label(edge, moved(middle));
            }
        }
    }

    /// The start of a scope, or its end.
    fn dot(&mut self, middle: Point, is_end: bool) {
        let (x, y) = (number(middle.x), number(middle.y));
        let _ = writeln!(self.text, r##"<circle cx="{x}" cy="{y}" r="5" fill="#4a5568"/>"##);
        if is_end {
            let _ = writeln!(self.text, r##"<circle cx="{x}" cy="{y}" r="8" fill="none" stroke="#4a5568"/>"##);
        }
    }

    fn node(&mut self, node: &super::Node, shape: &NodeFigure, middle: Point) {
        let Size { width, height } = shape.size;
        let (left, top) = (middle.x - width / 2.0, middle.y - height / 2.0);
        let _ = writeln!(self.text, "<g><title>{}</title>", escaped(&node.name));
        self.outline(node.kind, Point { x: left, y: top }, shape.size);
        let mut y = top + PADDING + CAPTION;
        self.line("caption", CAPTION, Point { x: middle.x, y }, &shape.caption);
        for line in &shape.name {
            y += NAME_LINE;
            self.line("name\" font-weight=\"600", NAME, Point { x: middle.x, y }, line);
        }
        if let Some(note) = &shape.note {
            y += CAPTION + 4.0;
            self.line("note", CAPTION, Point { x: middle.x, y }, note);
        }
        for ((flow, inner), corner) in
            node.inner.iter().zip(&shape.inner).zip(shape.corners(Point { x: middle.x, y: top }))
        {
            let (x, y) = (number(corner.x - PADDING), number(corner.y - PADDING));
            let (width, height) =
                (number(inner.laid.size.width + 2.0 * PADDING), number(inner.laid.size.height + 2.0 * PADDING));
            let _ = writeln!(
                self.text,
                r##"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="6" fill="#ffffff" stroke="#cbd5e0" stroke-dasharray="3 3"/>"##
            );
            self.figure(flow, inner, corner);
        }
        self.text.push_str("</g>\n");
    }

    fn outline(&mut self, kind: StateKind, corner: Point, size: Size) {
        let (stroke, fill) = colours(kind);
        let Size { width, height } = size;
        let paint = format!(r#"fill="{fill}" stroke="{stroke}" stroke-width="1.3""#);
        let (x, y) = (number(corner.x), number(corner.y));
        let _ = match kind {
            StateKind::Choice => {
                let (right, bottom, middle) = (corner.x + width, corner.y + height, corner.y + height / 2.0);
                let [right, bottom, middle] = [right, bottom, middle].map(number);
                let (in_left, in_right) = (number(corner.x + 12.0), number(corner.x + width - 12.0));
                writeln!(
                    self.text,
                    r#"<path d="M{x} {middle} {in_left} {y} {in_right} {y} {right} {middle} {in_right} {bottom} {in_left} {bottom}z" stroke-linejoin="round" {paint}/>"#
                )
            }
            _ => {
                let radius = if matches!(kind, StateKind::Succeed | StateKind::Fail) {
                    number((height / 2.0).min(22.0))
                } else {
                    "7".to_owned()
                };
                let (width, height) = (number(width), number(height));
                writeln!(
                    self.text,
                    r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}" {paint}/>"#
                )
            }
        };
    }

    fn line(&mut self, class: &str, size: f64, at: Point, text: &str) {
        let (x, y) = (number(at.x), number(at.y));
        let _ = writeln!(
            self.text,
            r#"<text class="{class}" font-size="{size}" x="{x}" y="{y}" text-anchor="middle">{}</text>"#,
            escaped(text)
        );
    }

    fn way(&mut self, edge: Option<&Edge>, points: &[Point], route: &Route) {
        let is_error = edge.is_some_and(|edge| edge.kind == EdgeKind::Error);
        let (class, marker) = if is_error { ("way error", "error") } else { ("way", "next") };
        let path = if route.back { upward(points) } else { downward(points) };
        let _ = writeln!(self.text, r#"<path class="{class}" marker-end="url(#{marker})" d="{path}"/>"#);
    }

    /// What is said of a way, on a ground that sets it off from what it lies on.
    fn label(&mut self, edge: &Edge, middle: Point) {
        let Some(label) = &edge.label else { return };
        let lines = label_lines(label);
        let width = lines.iter().map(|line| text::width(line, LABEL)).fold(0.0, f64::max) + 6.0;
        let height = lines.len() as f64 * LABEL_LINE + 2.0;
        let (left, top) = (middle.x - width / 2.0, middle.y - height / 2.0);
        let (x, y, wide, high) = (number(left), number(top), number(width), number(height));
        let _ = writeln!(
            self.text,
            r##"<g><title>{}</title><rect x="{x}" y="{y}" width="{wide}" height="{high}" rx="3" fill="#ffffff" fill-opacity=".92"/>"##,
            escaped(label)
        );
        let class = if edge.kind == EdgeKind::Error { "error-label" } else { "label" };
        for (index, line) in lines.iter().enumerate() {
            let y = top + (index + 1) as f64 * LABEL_LINE - 2.5;
            self.line(class, LABEL, Point { x: middle.x, y }, line);
        }
        self.text.push_str("</g>\n");
    }
}

/// A curve through the points, which meets each of them vertically.
fn downward(points: &[Point]) -> String {
    let mut path = String::new();
    let mut before: Option<Point> = None;
    for point in points {
        curve(&mut path, before, *point);
        before = Some(*point);
    }
    path
}

fn curve(path: &mut String, before: Option<Point>, to: Point) {
    let (x, y) = (number(to.x), number(to.y));
    let _ = match before {
        None => write!(path, "M{x} {y}"),
        Some(from) if (from.x - to.x).abs() < 0.5 => write!(path, "L{x} {y}"),
        Some(from) => {
            let half = number((from.y + to.y) / 2.0);
            write!(path, "C{} {half} {x} {half} {x} {y}", number(from.x))
        }
    };
}

/// From a side of a state up a column, and to a side of another.
fn upward(points: &[Point]) -> String {
    let [first, column @ .., last] = points else { return String::new() };
    let (Some(bottom), Some(top)) = (column.first(), column.last()) else { return String::new() };
    let turn = TURN.min((bottom.y - top.y).abs() / 2.0);
    let mut path = format!("M{} {}", number(first.x), number(first.y));
    let side = |from: &Point, column: &Point| if column.x < from.x { turn } else { -turn };
    let _ = write!(path, "H{}", number(bottom.x + side(first, bottom)));
    let mut at = Point { x: bottom.x, y: bottom.y - turn };
    let _ = write!(path, "Q{} {} {} {}", number(bottom.x), number(bottom.y), number(at.x), number(at.y));
    for point in column.iter().skip(1).take(column.len().saturating_sub(2)) {
        curve(&mut path, Some(at), *point);
        at = *point;
    }
    curve(&mut path, Some(at), Point { x: top.x, y: top.y + turn });
    let _ = write!(path, "Q{} {} {} {}", number(top.x), number(top.y), number(top.x + side(last, top)), number(top.y));
    let _ = write!(path, "H{}", number(last.x));
    path
}

/// With one digit behind the point at most, so that the text is short and the same everywhere.
fn number(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    if tenths == 0.0 { "0".to_owned() } else { format!("{tenths}") }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
