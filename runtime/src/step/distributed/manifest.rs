//! Manifests: objects that list the objects with the items.

use serde::Deserialize;
use stepwright_asl::{CsvHeaderLocation, InputType, ReaderConfig};

use super::dataset::{DatasetError, broken};

/// Where an object is: bucket and key.
pub(super) type Place = (String, String);

/// The files that an Athena manifest lists, one URI on each line.
pub(super) fn athena_files(manifest: &[u8]) -> Vec<Place> {
    let text = String::from_utf8_lossy(manifest);
    let uris = text.lines().filter_map(|line| line.trim().strip_prefix("s3://")?.split_once('/'));
    uris.map(|(bucket, key)| (bucket.to_owned(), key.to_owned())).collect()
}

/// What an S3 inventory is, by its manifest.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Inventory {
    destination_bucket: String,
    file_format: String,
    file_schema: String,
    files: Vec<InventoryFile>,
}

#[derive(Deserialize)]
struct InventoryFile {
    key: String,
}

impl Inventory {
    pub(super) fn read(manifest: &[u8]) -> Result<Inventory, DatasetError> {
        let inventory: Inventory = serde_json::from_slice(manifest).map_err(|_| broken("Invalid manifest file"))?;
        match inventory.file_format.as_str() {
            "CSV" => Ok(inventory),
            _ => Err(DatasetError::Unsupported("S3 inventories that are no CSV files as items")),
        }
    }

    /// The files with the rows.
    pub(super) fn files(&self) -> Vec<Place> {
        let bucket = self.destination_bucket.rsplit(':').next().unwrap_or_default();
        self.files.iter().map(|file| (bucket.to_owned(), file.key.clone())).collect()
    }

    /// How the files are read: rows without a header, in the columns that the manifest names.
    pub(super) fn config(&self) -> ReaderConfig {
        ReaderConfig {
            input_type: Some(InputType::Csv),
            csv_header_location: Some(CsvHeaderLocation::Given),
            csv_headers: Some(self.file_schema.split(',').map(|name| name.trim().to_owned()).collect()),
            ..ReaderConfig::default()
        }
    }
}
