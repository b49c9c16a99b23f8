//! Any action of any service.

use stepwright::prelude::*;

stepwright::aws_sdk!(s3::{delete_object, list_objects_v2}, ssm::get_parameter);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TaskError, thiserror::Error)]
pub enum ClearError {
    #[error("{0}")]
    List(#[from] s3::ListObjectsV2Error),
    #[error("{0}")]
    Delete(#[from] s3::DeleteObjectError),
}

/// Deletes what stands under a prefix, page for page, and counts it; a bucket that is gone is empty.
#[workflow]
pub async fn clear_prefix(bucket: String, prefix: String) -> Result<usize, ClearError> {
    let mut deleted = 0;
    let mut token = None;
    loop {
        let request = s3::ListObjectsV2Request {
            bucket: bucket.clone(),
            prefix: Some(prefix.clone()),
            continuation_token: token,
            ..Default::default()
        };
        let page = match s3::list_objects_v2(request).await {
            Ok(page) => page,
            Err(s3::ListObjectsV2Error::NoSuchBucket(_)) => return Ok(0),
            Err(error) => return Err(error.into()),
        };
        for object in page.contents.unwrap_or_default() {
            let key = object.key.unwrap_or_default();
            s3::delete_object(s3::DeleteObjectRequest { bucket: bucket.clone(), key, ..Default::default() }).await?;
            deleted += 1;
        }
        token = page.next_continuation_token;
        if token.is_none() {
            return Ok(deleted);
        }
    }
}

/// A parameter of the configuration; `None` if there is none of that name.
#[workflow]
pub async fn read_setting(name: String) -> Result<Option<String>, ssm::GetParameterError> {
    let request = ssm::GetParameterRequest { name, ..Default::default() };
    match ssm::get_parameter(request).await {
        Ok(found) => Ok(found.parameter.and_then(|parameter| parameter.value)),
        Err(ssm::GetParameterError::ParameterNotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
