//! Lists: JSONata flattens what Rust keeps apart.

use super::{BLOCK, CONDITIONAL, Printer};
use crate::ir::{Array, Binary, Expr, ExprId, Kind, VarId};

impl Printer<'_> {
    pub(super) fn array(&mut self, items: &[ExprId]) -> String {
        let items: Vec<String> = items.iter().map(|item| self.element(*item)).collect();
        format!("[{}]", items.join(", "))
    }

    /// An element of an array constructor. One that is a list is appended item by item unless it is a constructor itself.
    fn element(&mut self, id: ExprId) -> String {
        let text = self.expr(id, BLOCK);
        match self.is_array(id) {
            Array::Never => text,
            Array::Always if text.starts_with('[') && self.is_constructor(id) => text,
            Array::Always => format!("[{text}]"),
            Array::Maybe => format!("($type({text}) = 'array' ? [[{text}]] : {text})"),
        }
    }

    fn is_constructor(&self, id: ExprId) -> bool {
        if self.shared.contains_key(&id) {
            return false;
        }
        match self.names.arena.get(id) {
            Expr::Literal(_) | Expr::Array(_) | Expr::Binary(Binary::Range, ..) => true,
            Expr::Map { body, .. } => self.is_array(*body) == Array::Never,
            Expr::Filter { items, .. } => items.array == Array::Never,
            _ => false,
        }
    }

    fn is_array(&self, id: ExprId) -> Array {
        self.names.arena.kind(id).array
    }

    pub(super) fn function(&mut self, parameters: &[VarId], body: impl FnOnce(&mut Self) -> String) -> String {
        let names: Vec<String> = parameters.iter().map(|parameter| self.bind(*parameter)).collect();
        let body = body(self);
        for name in &names {
            self.taken.remove(name.trim_start_matches('$'));
        }
        format!("function({}) {{ {body} }}", names.join(", "))
    }

    pub(super) fn map(&mut self, list: ExprId, item: VarId, index: Option<VarId>, body: ExprId) -> String {
        let parameters: Vec<VarId> = std::iter::once(item).chain(index).collect();
        if self.is_array(body) == Array::Never {
            let list = self.expr(list, BLOCK);
            let function = self.function(&parameters, |printer| printer.expr(body, BLOCK));
            return format!("[$map({list}, {function})]");
        }
        self.append_each(list, &parameters, |printer, acc| {
            let element = printer.element(body);
            format!("$append({acc}, [{element}])")
        })
    }

    pub(super) fn filter(
        &mut self,
        list: ExprId,
        item: VarId,
        index: Option<VarId>,
        body: ExprId,
        items: Kind,
    ) -> String {
        let parameters: Vec<VarId> = std::iter::once(item).chain(index).collect();
        if items.array == Array::Never {
            let list = self.expr(list, BLOCK);
            let function = self.function(&parameters, |printer| printer.expr(body, BLOCK));
            return format!("[$filter({list}, {function})]");
        }
        self.append_each(list, &parameters, |printer, acc| {
            let cond = printer.expr(body, CONDITIONAL + 1);
            let item = printer.variable(item);
            let element = match items.array {
                Array::Never | Array::Always => format!("[{item}]"),
                Array::Maybe => format!("($type({item}) = 'array' ? [[{item}]] : {item})"),
            };
            format!("{cond} ? $append({acc}, [{element}]) : {acc}")
        })
    }

    /// A list made item by item: what `$map` would flatten.
    fn append_each(
        &mut self,
        list: ExprId,
        parameters: &[VarId],
        body: impl FnOnce(&mut Self, &str) -> String,
    ) -> String {
        let list = self.expr(list, BLOCK);
        let acc = self.fresh("acc");
        let function = self.function(parameters, |printer| body(printer, &acc));
        let function = function.replacen("function(", &format!("function({acc}, "), 1);
        self.taken.remove(acc.trim_start_matches('$'));
        format!("$reduce({list}, {function}, [])")
    }

    pub(super) fn reduce(
        &mut self,
        list: ExprId,
        parameters: &[VarId],
        init: String,
        body: impl FnOnce(&mut Self) -> String,
    ) -> String {
        let list = self.expr(list, BLOCK);
        let function = self.function(parameters, body);
        format!("$reduce({list}, {function}, {init})")
    }
}
