//! Tokens to syntax trees: operators by precedence.

use super::lexer::{Lexer, Token, TokenKind};
use super::{BinaryOperator, Expression, Id, Kind, SyntaxError};

/// How deep the parts of an expression may be inside each other.
pub const DEEPEST: usize = 200;

pub(super) struct Parser<'t> {
    lexer: Lexer<'t>,
    pub(super) token: Token,
    pub(super) tree: Expression,
    depth: usize,
    /// What is wrong with the meaning of a part; reported only if nothing is wrong with the form of the whole.
    misuse: Option<SyntaxError>,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str) -> Result<Self, SyntaxError> {
        let mut lexer = Lexer::new(text);
        let token = lexer.next(true)?;
        Ok(Self { lexer, token, tree: Expression::default(), depth: 0, misuse: None })
    }

    pub(super) fn parse(mut self) -> Result<Expression, SyntaxError> {
        let root = self.expression(0)?;
        if self.token.kind != TokenKind::End {
            return Err(self.error("S0201", format!("Syntax error: {}", self.token_text())));
        }
        self.tree.root = root;
        self.misuse.map_or(Ok(self.tree), Err)
    }

    /// Reads an expression as far as operators bind tighter than `power`.
    pub(super) fn expression(&mut self, power: u8) -> Result<Id, SyntaxError> {
        if self.depth == DEEPEST {
            return Err(self.error("S0500", "The expression is nested too deeply"));
        }
        self.depth += 1;
        let token = self.take(false)?;
        let mut left = self.operand(token)?;
        while let TokenKind::Operator(operator) = self.token.kind
            && power < binding_power(operator)
        {
            let at = self.take(true)?.at;
            left = self.infix(at, operator, left)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    fn infix(&mut self, at: usize, operator: &'static str, left: Id) -> Result<Id, SyntaxError> {
        let kind = match operator {
            "(" => return self.call(at, left),
            "[" => return self.filter(at, left),
            "{" => {
                self.check_grouping(left, "S0210", "Each step can only have one grouping expression");
                Kind::Group(left, self.pairs()?)
            }
            "^" => self.sort(left)?,
            "?" => self.condition(left)?,
            ":=" => self.binding(left)?,
            "@" => {
                self.check_focus(left);
                Kind::Focus(left, self.bound_variable(operator)?)
            }
            "#" => Kind::Position(left, self.bound_variable(operator)?),
            "." => {
                let right = self.expression(binding_power(operator))?;
                self.check_step(left);
                self.check_step(right);
                Kind::Binary(BinaryOperator::Step, left, right)
            }
            _ => {
                let right = self.expression(binding_power(operator))?;
                let kind = if operator == "~>" { BinaryOperator::Chain } else { BinaryOperator::Other };
                Kind::Binary(kind, left, right)
            }
        };
        Ok(self.tree.add(at, kind))
    }

    fn filter(&mut self, at: usize, left: Id) -> Result<Id, SyntaxError> {
        if self.is_at("]") {
            self.expect("]", false)?;
            return Ok(self.tree.add(at, Kind::KeepArray(left)));
        }
        let predicate = self.expression(0)?;
        self.expect("]", false)?;
        self.check_grouping(left, "S0209", "A predicate cannot follow a grouping expression in a step");
        Ok(self.tree.add(at, Kind::Filter(left, predicate)))
    }

    fn sort(&mut self, left: Id) -> Result<Kind, SyntaxError> {
        self.expect("(", true)?;
        let mut terms = Vec::new();
        loop {
            if self.is_at("<") || self.is_at(">") {
                self.take(true)?;
            }
            terms.push(self.expression(0)?);
            if !self.accept(",")? {
                break;
            }
        }
        self.expect(")", false)?;
        Ok(Kind::Sort(left, terms))
    }

    fn condition(&mut self, condition: Id) -> Result<Kind, SyntaxError> {
        let then = self.expression(0)?;
        let otherwise = if self.accept(":")? { Some(self.expression(0)?) } else { None };
        Ok(Kind::Condition(condition, then, otherwise))
    }

    fn binding(&mut self, left: Id) -> Result<Kind, SyntaxError> {
        let Some(Kind::Variable(name)) = self.tree.kind(left).cloned() else {
            let at = self.tree.node(left).map_or(0, |node| node.at);
            return Err(SyntaxError::new("S0212", at, "The left side of := must be a variable name (start with $)"));
        };
        let value = self.expression(binding_power(":=") - 1)?;
        Ok(Kind::Binding(name, value))
    }

    fn bound_variable(&mut self, operator: &str) -> Result<String, SyntaxError> {
        let right = self.expression(binding_power(operator))?;
        match self.tree.kind(right) {
            Some(Kind::Variable(name)) => Ok(name.clone()),
            _ => {
                Err(self
                    .error("S0214", format!("The right side of \"{operator}\" must be a variable name (start with $)")))
            }
        }
    }

    fn check_grouping(&mut self, left: Id, code: &'static str, message: &str) {
        if matches!(self.tree.kind(left), Some(Kind::Group(..))) {
            self.note_misuse(code, message);
        }
    }

    fn check_focus(&mut self, left: Id) {
        match self.tree.kind(left) {
            Some(Kind::Filter(..)) => {
                self.note_misuse("S0215", "A context variable binding must precede any predicates on a step");
            }
            Some(Kind::Sort(..)) => {
                self.note_misuse("S0216", "A context variable binding must precede the 'order-by' clause on a step");
            }
            _ => {}
        }
    }

    fn check_step(&mut self, step: Id) {
        let literal = match self.tree.kind(step) {
            Some(Kind::Number(number)) => number.as_str(),
            Some(Kind::Constant(name)) => name,
            _ => return,
        };
        let message = format!("The literal value {literal} cannot be used as a step within a path expression");
        self.note_misuse("S0213", message);
    }

    fn note_misuse(&mut self, code: &'static str, message: impl Into<String>) {
        let error = self.error(code, message);
        self.misuse.get_or_insert(error);
    }

    pub(super) fn is_at(&self, operator: &str) -> bool {
        matches!(self.token.kind, TokenKind::Operator(found) if found == operator)
    }

    /// Takes the operator if it comes next; an operand follows.
    pub(super) fn accept(&mut self, operator: &'static str) -> Result<bool, SyntaxError> {
        let is_next = self.is_at(operator);
        if is_next {
            self.take(true)?;
        }
        Ok(is_next)
    }

    pub(super) fn expect(&mut self, operator: &'static str, wants_operand: bool) -> Result<(), SyntaxError> {
        if self.is_at(operator) {
            self.take(wants_operand)?;
            return Ok(());
        }
        Err(match self.token.kind {
            TokenKind::End => self.error("S0203", format!("Expected \"{operator}\" before end of expression")),
            _ => self.error("S0202", format!("Expected \"{operator}\", got {}", self.token_text())),
        })
    }

    /// Takes the token and reads the one after it.
    pub(super) fn take(&mut self, wants_operand: bool) -> Result<Token, SyntaxError> {
        let next = self.lexer.next(wants_operand)?;
        if let TokenKind::Operator(operator @ ("!" | "~")) = next.kind {
            return Err(SyntaxError::new("S0204", next.at, format!("Unknown operator: \"{operator}\"")));
        }
        Ok(std::mem::replace(&mut self.token, next))
    }

    pub(super) fn error(&self, code: &'static str, message: impl Into<String>) -> SyntaxError {
        SyntaxError::new(code, self.token.at, message)
    }

    /// The current token as messages show it.
    fn token_text(&self) -> String {
        match &self.token.kind {
            TokenKind::End => "\"(end)\"".to_owned(),
            TokenKind::Name(text) | TokenKind::Variable(text) | TokenKind::Text(text) => format!("{text:?}"),
            TokenKind::Number(number) => number.clone(),
            TokenKind::Constant(name) => (*name).to_owned(),
            TokenKind::Regex => "a regular expression".to_owned(),
            TokenKind::Operator(operator) => format!("\"{operator}\""),
        }
    }
}

/// How tight an infix operator binds; 0 for those that are none.
fn binding_power(operator: &str) -> u8 {
    match operator {
        "[" | "(" | "@" | "#" => 80,
        "." => 75,
        "{" => 70,
        "*" | "/" | "%" => 60,
        "+" | "-" | "&" => 50,
        "=" | "!=" | "<" | "<=" | ">" | ">=" | "^" | "~>" | "in" => 40,
        "and" => 30,
        "or" => 25,
        "?" => 20,
        ":=" => 10,
        _ => 0,
    }
}
