//! A function item, with or without a body.

use proc_macro2::{Group, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{
    Attribute, Block, Expr, Lit, Meta, Signature, Token, Visibility,
    ext::IdentExt as _,
    parse::{Parse, ParseStream, Parser as _},
};

use crate::errors::Errors;

/// `attributes visibility async fn name(…) -> R { body }`, or with `;` in place of the body.
pub(crate) struct Function {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) signature: Signature,
    pub(crate) body: Option<Body>,
}

/// The body of a function: as it is written, which is moved faster than the block is written out again, and as a block, if it
/// is one: where rustc has told what is wrong and goes on, it is not.
pub(crate) struct Body {
    written: Group,
    block: syn::Result<Block>,
}

impl Parse for Body {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let block = input.fork().parse();
        Ok(Body { block, written: input.parse()? })
    }
}

impl Body {
    /// Where it begins.
    pub(crate) fn span(&self) -> Span {
        self.written.span_open()
    }

    /// The block; what is wrong with it is reported.
    pub(crate) fn block(&self, errors: &Errors) -> Option<&Block> {
        self.block.as_ref().map_err(|error| errors.push(error.clone())).ok()
    }
}

impl ToTokens for Body {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.written.to_tokens(tokens);
    }
}

impl Parse for Function {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        let signature = input.parse()?;
        let body = match input.parse::<Option<Token![;]>>()? {
            Some(_) => None,
            None => Some(input.parse()?),
        };
        Ok(Function { attributes, visibility, signature, body })
    }
}

impl ToTokens for Function {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Function { attributes, visibility, signature, body } = self;
        let body = body.as_ref().map_or_else(|| quote!(;), ToTokens::to_token_stream);
        tokens.extend(quote!(#(#attributes)* #visibility #signature #body));
    }
}

impl Function {
    /// The doc comment, without the blank that `///` leaves before each line.
    pub(crate) fn docs(&self) -> String {
        let lines: Vec<String> = self.attributes.iter().filter_map(doc_line).collect();
        lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
    }

    /// Where the name stands.
    pub(crate) fn span(&self) -> Span {
        self.signature.ident.span()
    }

    /// The name as text.
    pub(crate) fn ident_text(&self) -> String {
        self.signature.ident.unraw().to_string()
    }

    /// The fields of an `Info` that say where the function stands.
    pub(crate) fn place(&self) -> TokenStream {
        quote_spanned! {self.span()=>
            module: ::core::module_path!(),
            file: ::core::file!(),
            line: ::core::line!(),
            column: ::core::column!(),
        }
    }
}

/// Whether an item starts as a function does, whatever comes behind.
pub(crate) fn is_meant(item: &TokenStream) -> bool {
    let start = |input: ParseStream<'_>| {
        input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        input.parse::<Option<Token![const]>>()?;
        input.parse::<Option<Token![async]>>()?;
        input.parse::<Option<Token![unsafe]>>()?;
        input.parse::<Token![fn]>()?;
        input.parse::<TokenStream>()
    };
    start.parse2(item.clone()).is_ok()
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(doc) if doc.path.is_ident("doc") => match &doc.value {
            Expr::Lit(syn::ExprLit { lit: Lit::Str(line), .. }) => Some(line.value()),
            _ => None,
        },
        Meta::NameValue(_) | Meta::Path(_) | Meta::List(_) => None,
    }
}
