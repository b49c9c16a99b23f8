//! What distributed maps read and write: sources of items in S3, and the results that they leave there.

use std::marker::PhantomData;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use stepwright_asl::{CsvHeaderLocation, InputType, ItemReader, ManifestType, ReaderConfig};

use crate::{
    data::{Data, Field, Fields, Shape, Shaped, StructShape},
    ir,
    stage::{Expr, node},
};

/// How items come out of S3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// A JSON array in an object.
    Json,
    /// One JSON value on each line of an object.
    JsonLines,
    /// The rows of a CSV file, by the names in its first row.
    Csv,
    /// The objects whose keys begin with a prefix.
    Objects,
    /// The objects that an S3 inventory lists.
    Inventory,
}

impl Reader {
    /// The API that reads.
    fn resource(self) -> &'static str {
        match self {
            Reader::Objects => "arn:aws:states:::s3:listObjectsV2",
            Reader::Json | Reader::JsonLines | Reader::Csv | Reader::Inventory => "arn:aws:states:::s3:getObject",
        }
    }

    /// What its second argument is called.
    #[must_use]
    pub fn key(self) -> &'static str {
        if self == Reader::Objects { "Prefix" } else { "Key" }
    }

    /// The state's `ItemReader`, given the arguments of the API.
    #[must_use]
    pub fn item_reader(self, arguments: Value) -> ItemReader {
        let of_type = |input_type| ReaderConfig { input_type: Some(input_type), ..Default::default() };
        let reader_config = match self {
            Reader::Json => Some(of_type(InputType::Json)),
            Reader::JsonLines => Some(of_type(InputType::Jsonl)),
            Reader::Csv => {
                Some(ReaderConfig { csv_header_location: Some(CsvHeaderLocation::FirstRow), ..of_type(InputType::Csv) })
            }
            Reader::Inventory => {
                Some(ReaderConfig { manifest_type: Some(ManifestType::S3Inventory), ..Default::default() })
            }
            Reader::Objects => None,
        };
        let resource = self.resource().to_owned();
        ItemReader { resource, arguments: Some(arguments), reader_config, ..Default::default() }
    }
}

/// What `distributed_map` takes its items from: a list, or something in S3.
#[diagnostic::on_unimplemented(
    message = "`distributed_map` cannot take items from `{Self}` [SW250]",
    note = "it takes a list, `S3Json`, `S3JsonLines`, `S3Csv`, `S3Objects` or `S3Inventory`"
)]
pub trait Source: Serialize + Shaped {
    /// An item.
    type Item: Data;
    /// How they are read; `None` for a list.
    const READER: Option<Reader>;
}

impl<T: Data> Source for Vec<T> {
    type Item = T;
    const READER: Option<Reader> = None;
}

/// A place in S3 as a workflow holds it.
fn place(second: &'static str) -> Shape {
    let fields = vec![Field::plain("bucket", String::shape), Field::plain(second, String::shape)];
    Shape::Struct(StructShape { name: "S3", fields: Fields::Named(fields) })
}

fn staged<T>(second: &str, bucket: Expr<String>, key: Expr<String>) -> Expr<T> {
    let fields = vec![("bucket".to_owned(), bucket.id()), (second.to_owned(), key.id())];
    Expr::from_id(node::build(ir::Expr::Object(fields)))
}

macro_rules! sources {
    ($($(#[doc = $doc:literal])+ $name:ident $(<$param:ident>)?: $key:ident, $item:ty, $reader:expr;)+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Clone, Debug, Serialize)]
            pub struct $name $(<$param>)? {
                bucket: String,
                $key: String,
                #[serde(skip)]
                of: PhantomData<fn() -> $item>,
            }

            impl $(<$param>)? $name $(<$param>)? {
                #[doc = concat!("The bucket's name and the ", stringify!($key), ".")]
                pub fn new(bucket: impl Into<String>, $key: impl Into<String>) -> Self {
                    $name { bucket: bucket.into(), $key: $key.into(), of: PhantomData }
                }

                /// The same in a workflow.
                #[doc(hidden)]
                #[must_use]
                pub fn stage_new(bucket: Expr<String>, $key: Expr<String>) -> Expr<Self> {
                    staged(stringify!($key), bucket, $key)
                }
            }

            impl $(<$param: 'static>)? Shaped for $name $(<$param>)? {
                fn shape() -> Shape {
                    place(stringify!($key))
                }
            }

            impl $(<$param: Data>)? Source for $name $(<$param>)? {
                type Item = $item;
                const READER: Option<Reader> = $reader;
            }
        )+
    };
}

sources! {
    /// The items of a JSON array in an object of S3.
    S3Json<T>: key, T, Some(Reader::Json);
    /// The lines of an object of S3, each a JSON value.
    S3JsonLines<T>: key, T, Some(Reader::JsonLines);
    /// The rows of a CSV file in S3, by the names in its first row. All cells are texts.
    S3Csv<T>: key, T, Some(Reader::Csv);
    /// The objects of a bucket whose keys begin with a prefix.
    S3Objects: prefix, S3Object, Some(Reader::Objects);
    /// The objects that the manifest of an S3 inventory lists.
    S3Inventory: key, S3InventoryObject, Some(Reader::Inventory);
}

/// Where a distributed map writes its results.
#[derive(Clone, Debug, Serialize)]
pub struct S3Prefix {
    bucket: String,
    prefix: String,
}

impl S3Prefix {
    /// The bucket's name, and what the keys begin with.
    pub fn new(bucket: impl Into<String>, prefix: impl Into<String>) -> Self {
        S3Prefix { bucket: bucket.into(), prefix: prefix.into() }
    }

    /// The same in a workflow.
    #[doc(hidden)]
    #[must_use]
    pub fn stage_new(bucket: Expr<String>, prefix: Expr<String>) -> Expr<Self> {
        staged("prefix", bucket, prefix)
    }
}

macro_rules! records {
    ($($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $field_doc:literal])+ $field:ident: $ty:ty = $key:literal;)+ })+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
            pub struct $name {
                $($(#[doc = $field_doc])+ #[serde(rename = $key)] pub $field: $ty,)+
            }

            impl Shaped for $name {
                fn shape() -> Shape {
                    let fields = vec![$(Field {
                        ident: stringify!($field),
                        ..Field::plain($key, <$ty>::shape)
                    }),+];
                    Shape::Struct(StructShape { name: stringify!($name), fields: Fields::Named(fields) })
                }
            }

            impl Data for $name {
                type Methods = ();
            }
        )+
    };
}

records! {
    /// An object of S3, as a listing describes it.
    S3Object {
        /// The key.
        key: String = "key";
        /// The size in bytes.
        size: u64 = "size";
        /// The entity tag, in quotes.
        etag: String = "etag";
        /// When it was written last, to the second.
        last_modified: DateTime<Utc> = "last_modified";
    }
    /// An object of S3, as an inventory describes it.
    S3InventoryObject {
        /// The bucket.
        bucket: String = "Bucket";
        /// The key.
        key: String = "Key";
    }
    /// Where a distributed map has left its results.
    WrittenResults {
        /// The ARN of the Map Run.
        map_run_arn: String = "map_run_arn";
        /// The bucket.
        bucket: String = "bucket";
        /// The key of the manifest, which lists the files with the results.
        key: String = "key";
    }
}
