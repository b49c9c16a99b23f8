use crate::json::{keyword, object};
use crate::{Catcher, Dynamic, ItemProcessor, Nullable, QueryLanguage, Retrier};
use serde_json::{Map as JsonMap, Number, Value};

object! {
    /// A Map state: the same small machine for each item of a list; its result is the array of their outputs.
    pub struct Map("a Map state") {
        /// Free text for people.
        comment: Option<String> = "Comment",
        /// This state's query language; absent means the machine's. States inside the processor do not inherit it.
        query_language: Option<QueryLanguage> = "QueryLanguage",
        /// Distributed: names the Map Run, 1 to 40 characters, unique in the machine; absent means a generated name.
        label: Option<String> = "Label",
        /// JSONPath: which part of the input the state sees; absent means `$`, `null` means `{}`.
        input_path: Option<Nullable<String>> = "InputPath",
        /// Distributed: the data set that the items come from, instead of the input.
        item_reader: Option<ItemReader> = "ItemReader",
        /// JSONata: the items, an array (in distributed mode also an object) or an expression; absent means the input.
        items: Option<Value> = "Items",
        /// JSONPath: where in the effective input the items are; absent means `$`.
        items_path: Option<String> = "ItemsPath",
        /// The input of each iteration, evaluated for each item; absent means the item itself.
        item_selector: Option<Value> = "ItemSelector",
        /// JSONPath: the old name of `ItemSelector`.
        parameters: Option<Value> = "Parameters",
        /// Distributed: how items are put together into one iteration's input.
        item_batcher: Option<ItemBatcher> = "ItemBatcher",
        /// How many iterations run at the same time; absent or 0 means as many as the service allows.
        max_concurrency: Option<Dynamic<u64>> = "MaxConcurrency",
        /// JSONPath: where in the input that number is found; excludes `MaxConcurrency`.
        max_concurrency_path: Option<String> = "MaxConcurrencyPath",
        /// Distributed: how many of the items may fail, in percent, 0 to 100; absent means 0.
        tolerated_failure_percentage: Option<Dynamic<Number>> = "ToleratedFailurePercentage",
        /// JSONPath: where in the input that percentage is found; excludes `ToleratedFailurePercentage`.
        tolerated_failure_percentage_path: Option<String> = "ToleratedFailurePercentagePath",
        /// Distributed: how many items may fail; absent means 0.
        tolerated_failure_count: Option<Dynamic<u64>> = "ToleratedFailureCount",
        /// JSONPath: where in the input that count is found; excludes `ToleratedFailureCount`.
        tolerated_failure_count_path: Option<String> = "ToleratedFailureCountPath",
        /// The machine that runs for each item. Exactly one of this and `Iterator`, see [`Map::processor`].
        item_processor: Option<ItemProcessor> = "ItemProcessor",
        /// The old name of `ItemProcessor`.
        iterator: Option<ItemProcessor> = "Iterator",
        /// Distributed: where and how the results are written.
        result_writer: Option<ResultWriter> = "ResultWriter",
        /// JSONPath: the template that reshapes the raw result; absent means the raw result.
        result_selector: Option<Value> = "ResultSelector",
        /// JSONPath: where in the state input the result goes; absent means `$`, `null` discards it.
        result_path: Option<Nullable<String>> = "ResultPath",
        /// JSONPath: which part of that becomes the output; absent means `$`, `null` means `{}`.
        output_path: Option<Nullable<String>> = "OutputPath",
        /// What to try again, with all items; the first retrier that names the error is taken.
        retry: Option<Vec<Retrier>> = "Retry",
        /// Where to go on an error that is not (or no longer) retried; the first catcher that names it is taken.
        catch: Option<Vec<Catcher>> = "Catch",
        /// The variables to set, all at once, after success.
        assign: Option<JsonMap<String, Value>> = "Assign",
        /// JSONata: the state's output; absent means the result.
        output: Option<Value> = "Output",
        /// The next state; exactly one of `Next` and `End`.
        next: Option<String> = "Next",
        /// `true` ends the machine here.
        end: Option<bool> = "End",
    }
}

impl Map {
    /// The machine that runs for each item, under its new or its old name.
    #[must_use]
    pub fn processor(&self) -> Option<&ItemProcessor> {
        self.item_processor.as_ref().or(self.iterator.as_ref())
    }

    /// The template of each iteration's input, under its new or its old name.
    #[must_use]
    pub fn selector(&self) -> Option<&Value> {
        self.item_selector.as_ref().or(self.parameters.as_ref())
    }

    /// How the item reader's data becomes items.
    #[must_use]
    pub fn reader_config(&self) -> Option<&ReaderConfig> {
        self.item_reader.as_ref()?.reader_config.as_ref()
    }
}

object! {
    /// Where a distributed Map takes its items from.
    pub struct ItemReader("an item reader") {
        /// The API that reads, such as `arn:aws:states:::s3:getObject`.
        resource: String = "Resource",
        /// JSONPath: the template of that call's parameters.
        parameters: Option<Value> = "Parameters",
        /// JSONata: that call's parameters.
        arguments: Option<Value> = "Arguments",
        /// How what was read becomes items.
        reader_config: Option<ReaderConfig> = "ReaderConfig",
    }
}

object! {
    /// How the data that an item reader reads becomes items.
    pub struct ReaderConfig("a reader configuration") {
        /// The format of the data.
        input_type: Option<InputType> = "InputType",
        /// Whether listed objects are items themselves (the default) or are opened for theirs.
        transformation: Option<ReaderTransformation> = "Transformation",
        /// What kind of manifest lists the data.
        manifest_type: Option<ManifestType> = "ManifestType",
        /// Where the names of the columns are; required for `CSV`.
        csv_header_location: Option<CsvHeaderLocation> = "CSVHeaderLocation",
        /// The names of the columns, if `CSVHeaderLocation` is `GIVEN`.
        csv_headers: Option<Vec<String>> = "CSVHeaders",
        /// What separates the columns; absent means a comma.
        csv_delimiter: Option<CsvDelimiter> = "CSVDelimiter",
        /// A JSON pointer to the items within a JSON file.
        items_pointer: Option<String> = "ItemsPointer",
        /// How many items at most; absent or 0 means all.
        max_items: Option<Dynamic<u64>> = "MaxItems",
        /// JSONPath: where in the input that number is found; excludes `MaxItems`.
        max_items_path: Option<String> = "MaxItemsPath",
    }
}

keyword! {
    /// The format of the data that an item reader reads.
    pub enum InputType {
        /// Rows of text.
        Csv = "CSV",
        /// One JSON array or object.
        Json = "JSON",
        /// One JSON value on each line.
        Jsonl = "JSONL",
        /// An Apache Parquet file.
        Parquet = "PARQUET",
        /// A list of further files.
        Manifest = "MANIFEST",
    }
}

keyword! {
    /// What is done with listed objects.
    pub enum ReaderTransformation {
        /// The objects' descriptions are the items.
        None = "NONE",
        /// The contents of the objects are the items.
        LoadAndFlatten = "LOAD_AND_FLATTEN",
    }
}

keyword! {
    /// What kind of manifest lists the data.
    pub enum ManifestType {
        /// Of an Athena `UNLOAD` query.
        AthenaData = "ATHENA_DATA",
        /// Of an S3 inventory.
        S3Inventory = "S3_INVENTORY",
    }
}

keyword! {
    /// Where the names of the columns of a CSV file are.
    pub enum CsvHeaderLocation {
        /// In the file's first row.
        FirstRow = "FIRST_ROW",
        /// In `CSVHeaders`.
        Given = "GIVEN",
    }
}

keyword! {
    /// What separates the columns of a CSV file.
    pub enum CsvDelimiter {
        /// `,`
        Comma = "COMMA",
        /// `|`
        Pipe = "PIPE",
        /// `;`
        Semicolon = "SEMICOLON",
        /// A blank.
        Space = "SPACE",
        /// A tabulator.
        Tab = "TAB",
    }
}

object! {
    /// How a distributed Map puts items together: each child gets `{"BatchInput": …, "Items": […]}`.
    pub struct ItemBatcher("an item batcher") {
        /// What each batch gets beside its items.
        batch_input: Option<Value> = "BatchInput",
        /// How many items a batch has at most, at least 1.
        max_items_per_batch: Option<Dynamic<u64>> = "MaxItemsPerBatch",
        /// JSONPath: where in the input that number is found; excludes `MaxItemsPerBatch`.
        max_items_per_batch_path: Option<String> = "MaxItemsPerBatchPath",
        /// How many bytes a batch has at most, 1 to 262,144.
        max_input_bytes_per_batch: Option<Dynamic<u64>> = "MaxInputBytesPerBatch",
        /// JSONPath: where in the input that number is found; excludes `MaxInputBytesPerBatch`.
        max_input_bytes_per_batch_path: Option<String> = "MaxInputBytesPerBatchPath",
    }
}

object! {
    /// What a distributed Map does with its results.
    pub struct ResultWriter("a result writer") {
        /// The API that writes, such as `arn:aws:states:::s3:putObject`; absent means that nothing is written.
        resource: Option<String> = "Resource",
        /// JSONPath: the template of that call's parameters.
        parameters: Option<Value> = "Parameters",
        /// JSONata: that call's parameters.
        arguments: Option<Value> = "Arguments",
        /// The form of the results.
        writer_config: Option<WriterConfig> = "WriterConfig",
    }
}

object! {
    /// The form in which a result writer leaves the results.
    pub struct WriterConfig("a writer configuration") {
        /// How much of each child execution is kept; absent means all.
        transformation: Option<WriterTransformation> = "Transformation",
        /// The format of the files; absent means JSON.
        output_type: Option<OutputType> = "OutputType",
    }
}

keyword! {
    /// How much of each child execution is kept in the results.
    pub enum WriterTransformation {
        /// The execution's description with its input and output.
        None = "NONE",
        /// The output only.
        Compact = "COMPACT",
        /// The output only, with arrays put end to end.
        Flatten = "FLATTEN",
    }
}

keyword! {
    /// The format of the files that a result writer writes.
    pub enum OutputType {
        /// One JSON array.
        Json = "JSON",
        /// One JSON value on each line.
        Jsonl = "JSONL",
    }
}
