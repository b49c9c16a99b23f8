//! Expressions: for each type, the ways to make a value of it.

use crate::{
    generator::{Generator, Place, variable},
    kind::Kind,
};

/// A template. `@Kind` stands for an expression of that type, `@name:Kind` for the pattern of a new variable, which is in
/// scope up to the next `@]` or `@)`; from `@(` to `@)` nothing has effects. A form that begins with `!` calls a task, one
/// with `?` may end the function.
type Form = &'static str;

const INT: &[Form] = &[
    "(@Int + @Int)",
    "(@Int - @Int)",
    "(@Int * @Int % 101)",
    "(@Int / 3)",
    "(@Int % 4)",
    "(@Int / @Int)",
    "(-@Int)",
    "@Int.abs()",
    "@Int.min(@Int)",
    "@Int.max(@Int)",
    "@Int.clamp(-4, 6)",
    "@Int.rem_euclid(5)",
    "@Int.signum()",
    "(@Int % 9).pow(2)",
    "(@Small as i64)",
    "i64::from(@Small)",
    "@Int.saturating_sub(@Int)",
    "twice(@Int)",
    "(@Ints.len() as i64)",
    "@Ints.iter().sum::<i64>()",
    "@Ints.iter().map(@(|&@x:Int| @Int@)).sum::<i64>()",
    "(@Ints.iter().map(@(|x| x % 3@)).product::<i64>() % 101)",
    "@Ints.iter().fold(@Int, @(|@a:Int, &@x:Int| @Int % 1000@))",
    "(@Ints.iter().filter(@(|x| **x > @Int@)).count() as i64)",
    "@Ints[0]",
    "@Ints.get(@Int.rem_euclid(5) as usize).copied().unwrap_or(7)",
    "(@Text.chars().count() as i64)",
    "@Text.parse::<i64>().unwrap_or(@Int)",
    "@MaybeInt.unwrap_or(@Int)",
    "@MaybeInt.unwrap_or_default()",
    "@MaybeInt.map_or(@Int, @(|@v:Int| @Int@))",
    "@MaybeInt.unwrap_or_else(@(|| @Int@))",
    "@MaybeInt.unwrap()",
    "@MaybeInt.expect(\"a number\")",
    "@Fetched.unwrap_or(@Int)",
    "@Fetched.map(@(|@v:Int| @Int@)).unwrap_or_default()",
    "@Item.price",
    "@Item.total()",
    "@Pair.0",
    "@Map.get(&@Text).copied().unwrap_or(@Int)",
    "(@Map.len() as i64)",
    "@Map.values().sum::<i64>()",
    "(if @Bool { @Int } else { @Int })",
    "(match @MaybeInt { @[Some(@v:Int) if @(@Bool@) => @Int@], @[Some(@v:Int) => @Int@], @[None => @Int@] })",
    "(match @Status { @[Status::Open => @Int@], @[Status::Held(@v:Int) => @Int@], @[Status::Closed { code: @c:Int, .. } => @Int@] })",
    "(match @Shape { @[Shape::Point => @Int@], @[Shape::Circle { radius: @r:Int } => @Int@], @[Shape::Box { width: @w:Int, height: @h:Int } => @Int@] })",
    "(match @Int { @[0 => @Int@], @[1..=3 => @Int@], @[@v:Int if @(@Bool@) => @Int@], @[_ => @Int@] })",
    "(match @Fetched { @[Ok(@v:Int) => @Int@], @[Err(Fault::Busy) => @Int@], @[Err(Fault::Denied { code: @c:Int }) => @Int@], @[Err(_) => @Int@] })",
    "{ let f = @(|@x:Int: i64| @Int@); f(@Int) + f(@Int) }",
    "! count(@Int).await",
    "! find(@Int).await.unwrap_or(@Int)",
    "! fetch(@Int).await.unwrap_or(@Int)",
    "! (match fetch(@Int).await { @[Ok(@v:Int) => @Int@], @[Err(Fault::Denied { code: @c:Int }) => @Int@], @[Err(_) => @Int@] })",
    "? fetch(@Int).await?",
    "? @Fetched?",
    "? find(@Int).await.ok_or(AppError::Wrong(@Int))?",
];

const SMALL: &[Form] = &[
    "(@Small + @Small)",
    "(@Small - @Small)",
    "@Small.saturating_sub(@Small)",
    "(@Small % 11 * 3)",
    "@Small.abs_diff(@Small)",
    "@Item.quantity",
    "(@Ints.len() as u32)",
    "(@Int.abs() as u32)",
    "(@Int as u32 % 1000)",
    "u32::try_from(@Int).unwrap_or(3)",
    "@Small.checked_sub(@Small).unwrap_or(@Small)",
    "(if @Bool { @Small } else { @Small })",
    "(@Items.iter().map(@(|i| i.quantity@)).max().unwrap_or(@Small))",
];

const BOOL: &[Form] = &[
    "(@Int == @Int)",
    "(@Int < @Int)",
    "(@Small >= @Small)",
    "(@Text == @Text)",
    "(@Text < @Text)",
    "(@Id == @Id)",
    "(@Bool && @Bool)",
    "(@Bool || @Bool)",
    "(!@Bool)",
    "(@Ints == @Ints)",
    "@Ints.is_empty()",
    "@Ints.contains(&@Int)",
    "@Ints.iter().any(@(|&@x:Int| @Bool@))",
    "@Ints.iter().all(@(|&@x:Int| @Bool@))",
    "@MaybeInt.is_some()",
    "@MaybeInt.is_some_and(@(|@v:Int| @Bool@))",
    "(@MaybeInt == @MaybeInt)",
    "@MaybeText.is_none()",
    "@Text.is_empty()",
    "@Text.contains(&@Text)",
    "@Text.starts_with(\"a\")",
    "@Text.ends_with(&@Text)",
    "@Map.contains_key(&@Text)",
    "(@Item == @Item)",
    "(@Status == @Status)",
    "matches!(@Status, Status::Held(n) if n > 0)",
    "matches!(@Shape, Shape::Circle { .. } | Shape::Point)",
    "@Fetched.is_ok()",
    "(if @Bool { @Bool } else { @Bool })",
    "! (count(@Int).await > @Int)",
    "! fetch(@Int).await.is_err()",
];

const TEXT: &[Form] = &[
    "format!(\"{}-{}\", @Int, @Text)",
    "format!(\"{}\", @Small)",
    "format!(\"{:>4}|{:<3}|{:03}\", @Int, @Text, @Int)",
    "(@Text + &@Text)",
    "@Text.to_uppercase()",
    "@Text.to_lowercase()",
    "@Text.trim().to_string()",
    "@Text.replace(\"a\", &@Text)",
    "@Texts.join(\", \")",
    "@Texts.concat()",
    "@Int.to_string()",
    "@Bool.to_string()",
    "@Item.item_name",
    "@Pair.1",
    "label(&@Item, @Int)",
    "@MaybeText.unwrap_or_default()",
    "@MaybeText.unwrap_or(@Text)",
    "@MaybeInt.map(@(|@v:Int| @Text@)).unwrap_or(@Text)",
    "(match @Fetched { @[Ok(@v:Int) => @Text@], @[Err(error) => error.to_string()@] })",
    "(match @Text.as_str() { @[\"a\" => @Text@], @[\"\" | \"b\" => @Text@], @[_ => @Text@] })",
    "(match @MaybeText { @[Some(@v:Text) => @Text@], @[None => @Text@] })",
    "(if @Bool { @Text } else { @Text })",
    "(match @Status { @[Status::Closed { reason: @s:Text, .. } => @Text@], @[Status::Held(@v:Int) => @Text@], @[_ => @Text@] })",
    "@Text.chars().rev().collect::<String>()",
    "! name(@Text, @Int).await.unwrap_or(@Text)",
    "! (match name(@Text, @Int).await { @[Ok(@s:Text) => @Text@], @[Err(error) => format!(\"{error}\")@] })",
    "? name(@Text, @Int).await?",
];

const MAYBE_INT: &[Form] = &[
    "None::<i64>",
    "Some(@Int)",
    "@Ints.iter().max().copied()",
    "@Ints.iter().min().copied()",
    "@Ints.first().copied()",
    "@Ints.last().copied()",
    "@Ints.iter().copied().find(@(|&@x:Int| @Bool@))",
    "@Ints.iter().position(@(|x| *x > @Int@)).map(@(|at| at as i64@))",
    "@Ints.get(1).copied()",
    "@MaybeInt.map(@(|@v:Int| @Int@))",
    "@MaybeInt.filter(@(|&@v:Int| @Bool@))",
    "@MaybeInt.and_then(@(|@v:Int| @MaybeInt@))",
    "@MaybeInt.or(@MaybeInt)",
    "@Map.get(&@Text).copied()",
    "@Int.checked_add(@Int)",
    "@Int.checked_div(@Int)",
    "@Text.parse::<i64>().ok()",
    "@Fetched.ok()",
    "(if @Bool { @MaybeInt } else { @MaybeInt })",
    "@Items.iter().map(@(|i| i.price@)).max()",
    "! find(@Int).await",
    "! fetch(@Int).await.ok()",
];

const MAYBE_TEXT: &[Form] = &[
    "None::<String>",
    "Some(@Text)",
    "@Item.note",
    "@Texts.first().cloned()",
    "@Texts.iter().max().cloned()",
    "@Text.strip_prefix(\"a\").map(@(|s| s.to_string()@))",
    "@MaybeInt.map(@(|@v:Int| @Text@))",
    "@MaybeText.filter(@(|s| !s.is_empty()@))",
    "@MaybeText.map(@(|@s:Text| @Text@))",
    "@Items.iter().find(@(|i| i.price > @Int@)).map(@(|i| i.item_name.clone()@))",
    "(if @Bool { @MaybeText } else { @MaybeText })",
    "! name(@Text, @Int).await.ok()",
];

const INTS: &[Form] = &[
    "Vec::<i64>::new()",
    "vec![@Int, @Int]",
    "vec![@Int]",
    "(0..@Int % 4).collect::<Vec<i64>>()",
    "@Ints.iter().map(@(|&@x:Int| @Int@)).collect::<Vec<i64>>()",
    "@Ints.into_iter().filter(@(|&@x:Int| @Bool@)).collect::<Vec<i64>>()",
    "@Ints.into_iter().filter_map(@(|@x:Int| @MaybeInt@)).collect::<Vec<i64>>()",
    "@Ints.into_iter().take(2).flat_map(@(|@x:Int| @Ints@)).take(6).collect::<Vec<i64>>()",
    "@Ints.iter().rev().copied().collect::<Vec<i64>>()",
    "@Ints.iter().copied().take(2).collect::<Vec<i64>>()",
    "@Ints.iter().copied().skip(1).collect::<Vec<i64>>()",
    "@Ints.into_iter().take_while(@(|&@x:Int| @Bool@)).collect::<Vec<i64>>()",
    "@Ints.into_iter().enumerate().map(@(|(i, @x:Int)| @Int + i as i64@)).collect::<Vec<i64>>()",
    "@Ints.into_iter().zip(@Ints).map(@(|(@x:Int, @y:Int)| @Int@)).collect::<Vec<i64>>()",
    "@Items.iter().map(@(|i| i.price@)).collect::<Vec<i64>>()",
    "@Items.into_iter().map(@(|@i:Item| @Int@)).collect::<Vec<i64>>()",
    "@Map.values().copied().collect::<Vec<i64>>()",
    "{ let mut v = @Ints; v.sort(); v }",
    "{ let mut v = @Ints; v.reverse(); v.push(@Int); v }",
    "{ let mut v = @Ints; v.retain(@(|&@x:Int| @Bool@)); v.truncate(3); v }",
    "{ let mut v = @Ints; v.dedup(); v.insert(0, @Int); v }",
    "{ let mut v = @Ints; v.sort_by_key(@(|&@x:Int| @Int@)); v }",
    "{ let mut v = @Ints; v.extend(@Ints.into_iter().take(2)); v }",
    "[@Ints, @Ints].concat().into_iter().take(5).collect::<Vec<i64>>()",
    "(if @Bool { @Ints } else { @Ints })",
    "! numbers(@Int).await",
    "! map(@Ints, async |@x:Int| count(@(@Int@)).await).max_concurrency(1).await",
];

const TEXTS: &[Form] = &[
    "vec![@Text]",
    "vec![@Text, @Text]",
    "@Text.split(\"a\").map(@(|s| s.to_string()@)).collect::<Vec<String>>()",
    "@Ints.iter().map(@(|&@x:Int| @Text@)).collect::<Vec<String>>()",
    "@Texts.into_iter().filter(@(|@s:Text| @Bool@)).collect::<Vec<String>>()",
    "@Item.tags",
    "@Map.keys().cloned().collect::<Vec<String>>()",
    "@Items.iter().map(@(|i| i.item_name.clone()@)).collect::<Vec<String>>()",
    "@Items.into_iter().filter_map(@(|i| i.note@)).collect::<Vec<String>>()",
    "@Items.into_iter().flat_map(@(|i| i.tags@)).collect::<Vec<String>>()",
    "{ let mut v = @Texts; v.sort(); v }",
    "(if @Bool { @Texts } else { @Texts })",
];

const ITEM: &[Form] = &[
    "(Item { item_name: @Text, price: @Int, quantity: @Small, note: @MaybeText, tags: @Texts })",
    "(Item { price: @Int, ..@Item })",
    "(Item { note: @MaybeText, quantity: @Small, ..@Item })",
    "{ let mut item = @Item; item.price += @Int; item }",
    "{ let mut item = @Item; item.tags.push(@Text); item.note = @MaybeText; item }",
    "(if @Bool { @Item } else { @Item })",
];

const ITEMS: &[Form] = &[
    "vec![@Item]",
    "@Items.into_iter().filter(@(|i| i.price > @Int@)).collect::<Vec<Item>>()",
    "@Items.into_iter().map(@(|@i:Item| @Item@)).collect::<Vec<Item>>()",
    "{ let mut v = @Items; v.sort_by_key(@(|i| i.price@)); v }",
    "{ let mut v = @Items; v.push(@Item); v }",
];

const STATUS: &[Form] = &[
    "Status::Open",
    "Status::Held(@Int)",
    "(Status::Closed { reason: @Text, code: @Int })",
    "(if @Bool { @Status } else { @Status })",
    "! status(@Int).await",
];

const SHAPE: &[Form] = &[
    "Shape::Point",
    "(Shape::Circle { radius: @Int })",
    "(Shape::Box { width: @Int, height: @Int })",
    "(if @Bool { @Shape } else { @Shape })",
];

const PAIR: &[Form] = &[
    "(@Int, @Text)",
    "(@Int, @Pair.1)",
    "(if @Bool { @Pair } else { @Pair })",
    "! join!(count(@(@Int@)), async { @(@Text@) })",
];

const MAP: &[Form] = &[
    "BTreeMap::<String, i64>::new()",
    "{ let mut m = @Map; m.insert(@Text, @Int); m }",
    "@Ints.into_iter().map(@(|@x:Int| (@Text, @Int)@)).collect::<BTreeMap<String, i64>>()",
    "@Map.into_iter().filter(@(|(k, v)| *v > @Int@)).collect::<BTreeMap<String, i64>>()",
];

const FETCHED: &[Form] = &[
    "Ok::<i64, Fault>(@Int)",
    "Err::<i64, Fault>(Fault::Broken(@Text))",
    "Err::<i64, Fault>(Fault::Denied { code: @Int })",
    "@MaybeInt.ok_or(Fault::Busy)",
    "@Fetched.map(@(|@v:Int| @Int@))",
    "@Fetched.and_then(@(|@v:Int| @Fetched@))",
    "! fetch(@Int).await",
];

/// What differs at each evaluation, and is only compared: it has to stay one value wherever it is read.
const ID: &[Form] = &[
    "stepwright::uuid()",
    "format!(\"{}-{}\", @Int, stepwright::uuid())",
    "(@Id + \"-\")",
    "(if @Bool { @Id } else { @Id })",
];

fn forms(kind: Kind) -> &'static [Form] {
    match kind {
        Kind::Int => INT,
        Kind::Small => SMALL,
        Kind::Bool => BOOL,
        Kind::Text => TEXT,
        Kind::MaybeInt => MAYBE_INT,
        Kind::MaybeText => MAYBE_TEXT,
        Kind::Ints => INTS,
        Kind::Texts => TEXTS,
        Kind::Item => ITEM,
        Kind::Items => ITEMS,
        Kind::Status => STATUS,
        Kind::Shape => SHAPE,
        Kind::Pair => PAIR,
        Kind::Map => MAP,
        Kind::Id => ID,
        Kind::Fetched => FETCHED,
    }
}

/// Texts that JSONata, ASL or a regular expression could take for something else.
const WORDS: &[&str] = &[
    "\"\"",
    "\"a\"",
    "\"b c\"",
    "\"12\"",
    "\"-3\"",
    "\"{% $x %}\"",
    "\"é😀\"",
    "\"it's \\\"q\\\"\\\\n\"",
    "\" a \"",
    "\"$1.*\"",
];

impl Generator {
    /// An expression of this type.
    pub(crate) fn expression(&mut self, kind: Kind, depth: u32) -> String {
        if depth == 0 || self.one_in(4) {
            if !self.one_in(4)
                && let Some(read) = self.read(kind)
            {
                return read;
            }
            return self.leaf(kind);
        }
        if depth > 1 && self.one_in(10) {
            return self.with(&[], |inner| {
                let place = Place { loops: Vec::new(), ..inner.place.clone() };
                let (body, value) =
                    inner.inside(&[], place, |inner| (inner.statements(depth - 2), inner.expression(kind, depth - 1)));
                format!("{{ {body}\n{value} }}")
            });
        }
        loop {
            let form = *self.pick(forms(kind));
            let fallible = self.place.returns.is_some_and(|returns| returns.fails);
            let allowed = match form.as_bytes()[0] {
                b'!' => self.place.effects,
                b'?' => self.place.effects && fallible,
                _ => true,
            };
            // What may panic is rare, so that most programs come to their end.
            let risky = ["unwrap()", "expect(", "[0]", "/ @Int"].iter().any(|panics| form.contains(panics));
            if allowed && (!risky || self.one_in(6)) {
                return self.fill(form.trim_start_matches(['!', '?']), depth - 1);
            }
        }
    }

    fn leaf(&mut self, kind: Kind) -> String {
        match kind {
            Kind::Int => format!("{}i64", self.rng.i64(0..8)),
            Kind::Small => format!("{}u32", self.rng.u32(0..6)),
            Kind::Bool => self.rng.bool().to_string(),
            Kind::Text => format!("{}.to_string()", self.pick(WORDS)),
            Kind::MaybeInt => "Some(4i64)".to_owned(),
            Kind::MaybeText => "None::<String>".to_owned(),
            Kind::Ints => "vec![3i64, 1, 2]".to_owned(),
            Kind::Texts => "Vec::<String>::new()".to_owned(),
            Kind::Item => self.fill(ITEM[0], 0),
            Kind::Items => "Vec::<Item>::new()".to_owned(),
            Kind::Status => "Status::Open".to_owned(),
            Kind::Shape => "(Shape::Circle { radius: 2 })".to_owned(),
            Kind::Pair => self.fill(PAIR[0], 0),
            Kind::Map => "BTreeMap::<String, i64>::new()".to_owned(),
            Kind::Id => self.fill(ID[0], 0),
            Kind::Fetched => self.fill(FETCHED[0], 0),
        }
    }

    /// Fills a form with expressions and fresh names.
    fn fill(&mut self, form: &str, depth: u32) -> String {
        let mut pieces = form.split('@');
        let mut text = pieces.next().unwrap().to_owned();
        let mut outer = vec![(self.scope.len(), self.place.clone())];
        for piece in pieces {
            match piece.as_bytes()[0] {
                b'[' => outer.push((self.scope.len(), self.place.clone())),
                b'(' => {
                    let closure = Place { own: self.scope.len(), ..Place::default() };
                    outer.push((self.scope.len(), std::mem::replace(&mut self.place, closure)));
                }
                b']' | b')' => self.go_back(outer.pop()),
                _ => {
                    text += &self.hole(piece, depth);
                    continue;
                }
            }
            text += &piece[1..];
        }
        self.go_back(outer.pop());
        text
    }

    fn go_back(&mut self, outer: Option<(usize, Place)>) {
        let (known, place) = outer.unwrap();
        self.scope.truncate(known);
        self.place = place;
    }

    /// What stands for `name:Kind` or `Kind`, with the text behind it.
    fn hole(&mut self, piece: &str, depth: u32) -> String {
        let is_name = piece.starts_with(|first: char| first.is_lowercase());
        let (name, rest) = if is_name { piece.split_once(':').unwrap() } else { ("", piece) };
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let (kind, rest) = rest.split_at(end);
        let kind = *Kind::ALL.iter().find(|known| format!("{known:?}") == kind).unwrap();
        if name.is_empty() {
            return self.expression(kind, depth) + rest;
        }
        let name = self.fresh(name);
        self.scope.push(variable(&name, kind, false));
        name + rest
    }
}
