//! `ItemReader`: items from objects.

use stepwright_asl as asl;
use stepwright_asl::{ManifestType, ReaderConfig, ReaderTransformation};

use super::dataset::{self, DatasetError, Item, broken};
use super::manifest::{Inventory, Place, athena_files};
use crate::compile::Compiler;
use crate::error::EvaluationError;
use crate::io::{Field, Template};
use crate::object_store::{ObjectEntry, ObjectError, ObjectStore};
use crate::query::View;
use crate::value::Value;

#[derive(Debug)]
pub(crate) struct ItemReader {
    lists: bool,
    parameters: Option<Template>,
    config: ReaderConfig,
    max_items: Option<Field<u64>>,
}

/// What to read, evaluated.
pub(super) struct Reading<'a> {
    reader: &'a ItemReader,
    bucket: String,
    key: String,
    /// The version of the object; the latest without.
    version: Option<String>,
    max_items: i64,
}

impl ItemReader {
    pub(crate) fn compile(compiler: &mut Compiler<'_>, definition: &asl::ItemReader) -> ItemReader {
        compiler.at("ItemReader", |compiler| {
            let parameters = [("Arguments", &definition.arguments), ("Parameters", &definition.parameters)];
            let parameters = parameters.into_iter().find_map(|(name, json)| Some((name, json.as_ref()?)));
            let config = definition.reader_config.clone().unwrap_or_default();
            let (max_items, path) = (config.max_items.as_ref(), config.max_items_path.as_deref());
            let max_items =
                compiler.at("ReaderConfig", |compiler| Field::compile_or_path(compiler, "MaxItems", max_items, path));
            ItemReader {
                lists: definition.resource.ends_with(":listObjectsV2"),
                parameters: parameters.map(|(name, json)| compiler.template_in("ItemReader", name, json)),
                config,
                max_items,
            }
        })
    }

    pub(super) fn eval(&self, view: &View<'_>) -> Result<Reading<'_>, EvaluationError> {
        let parameters = self.parameters.as_ref().map(|parameters| parameters.eval(view)).transpose()?;
        let fields = parameters.as_ref().and_then(Value::as_fields);
        let given = |name: &str| Some(fields?.get(name)?.as_str()?.to_owned());
        let text = |name: &str| given(name).unwrap_or_default();
        let key = text(if self.lists { "Prefix" } else { "Key" });
        let max_items = self.max_items.as_ref().map_or(Ok(0), |max_items| max_items.eval_signed(view))?;
        Ok(Reading { reader: self, bucket: text("Bucket"), key, version: given("VersionId"), max_items })
    }
}

impl Reading<'_> {
    /// Whether the items are within a JSON document, at a pointer.
    pub(super) fn has_pointer(&self) -> bool {
        self.reader.config.items_pointer.is_some()
    }

    /// What the context object says under `Map.Item.Source`.
    pub(super) fn source(&self) -> String {
        if self.reader.lists { format!("S3://{}", self.bucket) } else { format!("S3://{}/{}", self.bucket, self.key) }
    }

    pub(super) async fn items(&self, objects: &dyn ObjectStore) -> Result<Vec<Item>, DatasetError> {
        /// The largest number that means anything.
        const MOST: i64 = 100_000_000;
        let most = match self.max_items {
            ..0 => return Err(broken("field MaxItems must be positive")),
            0 | MOST.. => usize::MAX,
            most => usize::try_from(most).unwrap_or(usize::MAX),
        };
        let mut items = self.all(objects).await?;
        items.truncate(most);
        Ok(items)
    }

    async fn all(&self, objects: &dyn ObjectStore) -> Result<Vec<Item>, DatasetError> {
        let config = &self.reader.config;
        if self.reader.lists {
            let entries = objects.list(&self.bucket, &self.key).await.map_err(|error| unreadable(&error))?;
            return match config.transformation {
                Some(ReaderTransformation::LoadAndFlatten) => {
                    let keys = entries.into_iter().map(|entry| (self.bucket.clone(), entry.key));
                    self.each(objects, keys.collect(), config).await
                }
                Some(ReaderTransformation::None) | None => Ok(entries.iter().map(entry).collect()),
            };
        }
        let body = match &self.version {
            Some(version) => objects.get_version(&self.bucket, &self.key, version).await,
            None => objects.get(&self.bucket, &self.key).await,
        };
        let body = body.map_err(|error| unreadable(&error))?;
        match config.manifest_type {
            None => dataset::read(&body, config),
            Some(ManifestType::AthenaData) => self.each(objects, athena_files(&body), config).await,
            Some(ManifestType::S3Inventory) => self.inventory(objects, &Inventory::read(&body)?).await,
        }
    }

    /// The rows of an inventory, or the items of the objects that it lists.
    async fn inventory(&self, objects: &dyn ObjectStore, inventory: &Inventory) -> Result<Vec<Item>, DatasetError> {
        let rows = self.each(objects, inventory.files(), &inventory.config()).await?;
        if self.reader.config.transformation != Some(ReaderTransformation::LoadAndFlatten) {
            return Ok(rows);
        }
        let places = rows.iter().filter_map(|row| {
            let cell = |name: &str| Some(row.value.as_fields()?.get(name)?.as_str()?.to_owned());
            Some((cell("Bucket")?, cell("Key")?))
        });
        self.each(objects, places.collect(), &self.reader.config).await
    }

    /// The items of several files.
    async fn each(
        &self,
        objects: &dyn ObjectStore,
        files: Vec<Place>,
        config: &ReaderConfig,
    ) -> Result<Vec<Item>, DatasetError> {
        let mut items = Vec::new();
        for (bucket, key) in files {
            let body = objects.get(&bucket, &key).await.map_err(|error| unreadable(&error))?;
            items.extend(dataset::read(&body, config)?);
        }
        Ok(items)
    }
}

/// The item for an object of a listing.
fn entry(entry: &ObjectEntry) -> Item {
    #[expect(clippy::cast_precision_loss, reason = "the service writes these as numbers of that kind")]
    let (modified, size) = (entry.last_modified.timestamp() as f64, entry.size as f64);
    Item::plain(Value::record([
        ("Etag", Value::string(entry.etag.as_str())),
        ("Key", Value::string(entry.key.as_str())),
        ("LastModified", Value::number(modified)),
        ("Size", Value::number(size)),
        ("StorageClass", Value::string("STANDARD")),
    ]))
}

fn unreadable(error: &ObjectError) -> DatasetError {
    broken(error.to_string())
}
