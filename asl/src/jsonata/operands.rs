//! What an expression begins with, and calls.

use super::lexer::{Token, TokenKind};
use super::parser::Parser;
use super::{BinaryOperator, Id, Kind, SyntaxError, signature};

/// The power of unary minus.
const NEGATION: u8 = 70;

impl Parser<'_> {
    /// The operand that `token`, already taken, begins.
    pub(super) fn operand(&mut self, token: Token) -> Result<Id, SyntaxError> {
        let Token { at, kind } = token;
        let kind = match kind {
            TokenKind::Name(name) => Kind::Name(name),
            TokenKind::Variable(name) => Kind::Variable(name),
            TokenKind::Text(text) => Kind::Text(text),
            TokenKind::Number(number) => Kind::Number(number),
            TokenKind::Constant(name) => Kind::Constant(name),
            TokenKind::Regex => Kind::Regex,
            TokenKind::End => return Err(SyntaxError::new("S0207", at, "Unexpected end of expression")),
            TokenKind::Operator(operator) => self.prefix(at, operator)?,
        };
        Ok(self.tree.add(at, kind))
    }

    fn prefix(&mut self, at: usize, operator: &'static str) -> Result<Kind, SyntaxError> {
        Ok(match operator {
            "and" | "or" | "in" => Kind::Name(operator.to_owned()),
            "*" => Kind::Wildcard,
            "**" => Kind::Descendants,
            "%" => Kind::Parent,
            "-" => Kind::Negation(self.expression(NEGATION)?),
            "(" => Kind::Block(self.block()?),
            "[" => Kind::Array(self.array()?),
            "{" => Kind::Object(self.pairs()?),
            "|" => self.transform()?,
            _ => {
                let message = format!("The symbol \"{operator}\" cannot be used as a unary operator");
                return Err(SyntaxError::new("S0211", at, message));
            }
        })
    }

    fn block(&mut self) -> Result<Vec<Id>, SyntaxError> {
        let mut expressions = Vec::new();
        while !self.is_at(")") {
            expressions.push(self.expression(0)?);
            if !self.accept(";")? {
                break;
            }
        }
        self.expect(")", false)?;
        Ok(expressions)
    }

    fn array(&mut self) -> Result<Vec<Id>, SyntaxError> {
        let mut items = Vec::new();
        while !self.is_at("]") || !items.is_empty() {
            let mut item = self.expression(0)?;
            let at = self.token.at;
            if self.accept("..")? {
                let end = self.expression(0)?;
                item = self.tree.add(at, Kind::Binary(BinaryOperator::Range, item, end));
            }
            items.push(item);
            if !self.accept(",")? {
                break;
            }
        }
        self.expect("]", false)?;
        Ok(items)
    }

    /// The members of an object, after its brace.
    pub(super) fn pairs(&mut self) -> Result<Vec<(Id, Id)>, SyntaxError> {
        let mut pairs = Vec::new();
        while !self.is_at("}") || !pairs.is_empty() {
            let key = self.expression(0)?;
            self.expect(":", true)?;
            pairs.push((key, self.expression(0)?));
            if !self.accept(",")? {
                break;
            }
        }
        self.expect("}", false)?;
        Ok(pairs)
    }

    fn transform(&mut self) -> Result<Kind, SyntaxError> {
        let pattern = self.expression(0)?;
        self.expect("|", true)?;
        let update = self.expression(0)?;
        let delete = if self.accept(",")? { Some(self.expression(0)?) } else { None };
        self.expect("|", false)?;
        Ok(Kind::Transform(pattern, update, delete))
    }

    /// A call, or the definition of a function, after the parenthesis.
    pub(super) fn call(&mut self, at: usize, callee: Id) -> Result<Id, SyntaxError> {
        let mut arguments = Vec::new();
        while !self.is_at(")") || !arguments.is_empty() {
            let argument_at = self.token.at;
            arguments.push(if self.accept_placeholder()? {
                self.tree.add(argument_at, Kind::Placeholder)
            } else {
                self.expression(0)?
            });
            if !self.accept(",")? {
                break;
            }
        }
        self.expect(")", false)?;
        let is_function = matches!(self.tree.kind(callee), Some(Kind::Name(name)) if name == "function" || name == "λ");
        let kind = if is_function { self.function(&arguments)? } else { Kind::Call(callee, arguments) };
        Ok(self.tree.add(at, kind))
    }

    /// After a placeholder there is a comma or the end, so that no operand follows.
    fn accept_placeholder(&mut self) -> Result<bool, SyntaxError> {
        let is_next = self.is_at("?");
        if is_next {
            self.take(false)?;
        }
        Ok(is_next)
    }

    fn function(&mut self, parameters: &[Id]) -> Result<Kind, SyntaxError> {
        let mut names = Vec::new();
        for (index, parameter) in parameters.iter().enumerate() {
            let Some(Kind::Variable(name)) = self.tree.kind(*parameter) else {
                let message =
                    format!("Parameter {} of function definition must be a variable name (start with $)", index + 1);
                return Err(self.error("S0208", message));
            };
            names.push(name.clone());
        }
        if self.is_at("<") {
            self.signature()?;
        }
        self.expect("{", true)?;
        let body = self.expression(0)?;
        self.expect("}", false)?;
        Ok(Kind::Function(names, body))
    }

    /// The types of a function's parameters, `<a<n>-s:b>`.
    fn signature(&mut self) -> Result<(), SyntaxError> {
        let at = self.token.at;
        let mut text = String::new();
        let mut depth = 0_usize;
        loop {
            match &self.token.kind {
                TokenKind::Operator("<") => depth += 1,
                TokenKind::Operator(">") => depth = depth.saturating_sub(1),
                TokenKind::Operator("{") | TokenKind::End => return self.expect(">", false),
                _ => {}
            }
            match &self.token.kind {
                TokenKind::Operator(operator) => text.push_str(operator),
                TokenKind::Name(name) => text.push_str(name),
                _ => {}
            }
            self.take(false)?;
            if depth == 0 {
                return signature::check(&text).map_err(|(code, message)| SyntaxError::new(code, at, message));
            }
        }
    }
}
