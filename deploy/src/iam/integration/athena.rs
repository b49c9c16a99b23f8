//! Queries of Athena, which reads the data, the catalogue and the results with the rights of the caller.

use super::{Call, Needs, here};
use crate::{
    arn::Arn,
    iam::{
        Text,
        name::{S3_URI, S3_URI_BUCKET},
        needs::{Absent, Named},
    },
};

const RESULTS: &str = "ResultConfiguration.OutputLocation";

/// What the author calls the data that the tables consist of, which no argument names.
const DATA: &str = "Data";

/// The words that begin statements which only read.
const READING: [&str; 6] = ["SELECT", "WITH", "SHOW", "DESCRIBE", "EXPLAIN", "VALUES"];

const READ_CATALOG: [&str; 7] = [
    "glue:GetDatabase",
    "glue:GetDatabases",
    "glue:GetTable",
    "glue:GetTables",
    "glue:GetPartition",
    "glue:GetPartitions",
    "glue:BatchGetPartition",
];

const WRITE_CATALOG: [&str; 9] = [
    "glue:CreateDatabase",
    "glue:UpdateDatabase",
    "glue:DeleteDatabase",
    "glue:CreateTable",
    "glue:UpdateTable",
    "glue:DeleteTable",
    "glue:BatchCreatePartition",
    "glue:UpdatePartition",
    "glue:DeletePartition",
];

pub(super) fn start_query_execution(needs: &mut Needs, call: &Call) {
    let group = here("WorkGroup", "athena", "workgroup/", "workgroup/{}").or("primary").resources(needs, call);
    let catalog = here("QueryExecutionContext.Catalog", "athena", "datacatalog/", "datacatalog/{}");
    let catalog = catalog.or("AwsDataCatalog").resources(needs, call);
    needs.add(call, "AthenaStart", &["athena:StartQueryExecution"], group.clone());
    needs.add(call, "AthenaCatalog", &["athena:GetDataCatalog"], catalog);
    if call.sync {
        needs.add(call, "AthenaWatch", &["athena:GetQueryExecution", "athena:StopQueryExecution"], group);
    }
    let writes = needs.texts(call, "QueryString", Absent::Required).iter().any(|(query, _)| !reads_only(query));
    glue(needs, call, writes);
    // Lake Formation knows no resources.
    needs.add(call, "LakeFormation", &["lakeformation:GetDataAccess"], vec![Text::any()]);
    data(needs, call, writes);
    results(needs, call, &["s3:GetObject", "s3:PutObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"]);
}

/// The results are read from where the query left them.
pub(super) fn get_query_results(needs: &mut Needs, call: &Call) {
    let group = here("WorkGroup", "athena", "workgroup/", "workgroup/{}").resources(needs, call);
    needs.add(call, "AthenaResults", &["athena:GetQueryResults"], group);
    results(needs, call, &["s3:GetObject"]);
}

fn reads_only(query: &str) -> bool {
    let word = query.trim_start_matches(|c: char| c.is_whitespace() || c == '(');
    let word = word.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    READING.iter().any(|reading| word.eq_ignore_ascii_case(reading))
}

fn glue(needs: &mut Needs, call: &Call, writes: bool) {
    let catalog: Text = Arn::here("glue", "catalog").into();
    let mut resources = vec![catalog];
    resources.extend(here("QueryExecutionContext.Database", "glue", "database/", "database/{}").resources(needs, call));
    resources.extend(here("QueryExecutionContext.Database", "glue", "database/", "table/{}/*").resources(needs, call));
    needs.add(call, "GlueRead", &READ_CATALOG, resources.clone());
    if writes {
        let functions = here("QueryExecutionContext.Database", "glue", "database/", "userDefinedFunction/{}/*");
        resources.extend(functions.resources(needs, call));
        needs.add(call, "GlueWrite", &WRITE_CATALOG, resources);
    }
}

fn data(needs: &mut Needs, call: &Call, writes: bool) {
    let objects = needs.resources(call, Named { argument: DATA, absent: Absent::Required, form: S3_URI });
    let buckets = needs.resources(call, Named { argument: DATA, absent: Absent::Required, form: S3_URI_BUCKET });
    needs.add(call, "AthenaReadData", &["s3:GetObject"], objects.clone());
    if writes {
        needs.add(call, "AthenaWriteData", &["s3:PutObject", "s3:DeleteObject"], objects);
    }
    needs.add(call, "AthenaListData", &["s3:ListBucket", "s3:GetBucketLocation"], buckets);
}

fn results(needs: &mut Needs, call: &Call, actions: &[&str]) {
    let objects = needs.arns(call, Named { argument: RESULTS, absent: Absent::Required, form: S3_URI });
    let buckets = needs.arns(call, Named { argument: RESULTS, absent: Absent::None, form: S3_URI_BUCKET });
    needs.add(call, "AthenaResultObjects", actions, objects.into_iter().map(Text::Arn).collect());
    let buckets = buckets.into_iter().map(Text::Arn).collect();
    let actions = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"];
    needs.add(call, "AthenaResultBuckets", &actions, buckets);
}
