use stepwright::{S3Objects, prelude::*};

#[workflow]
pub(crate) async fn workflow(bucket: String) -> Vec<u32> {
    distributed_map(S3Objects::new(bucket, "")).each(async |_| 3).await
}
