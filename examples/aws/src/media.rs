//! Videos made smaller by MediaConvert.

use std::collections::BTreeMap;

use stepwright::{aws::mediaconvert, prelude::*};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Video {
    pub id: String,
    pub source: String,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum VideoError {
    #[error("not converted: {cause}")]
    Failed { cause: String },
    #[error("refused: {cause}")]
    Refused { cause: String },
}

/// Converts a video to MP4, and tells the id of the job.
#[workflow]
pub async fn convert(video: Video) -> Result<Option<String>, VideoError> {
    let picture = mediaconvert::VideoCodecSettings {
        codec: Some(mediaconvert::VideoCodec::H_264.to_owned()),
        h264_settings: Some(mediaconvert::H264Settings {
            rate_control_mode: Some(mediaconvert::H264RateControlMode::QVBR.to_owned()),
            max_bitrate: Some(5_000_000),
            ..Default::default()
        }),
        ..Default::default()
    };
    let output = mediaconvert::Output {
        container_settings: Some(mediaconvert::ContainerSettings {
            container: Some(mediaconvert::ContainerType::MP4.to_owned()),
            ..Default::default()
        }),
        video_description: Some(mediaconvert::VideoDescription {
            height: Some(720),
            codec_settings: Some(picture),
            ..Default::default()
        }),
        ..Default::default()
    };
    let files = mediaconvert::OutputGroupSettings {
        r#type: Some(mediaconvert::OutputGroupType::FILE_GROUP_SETTINGS.to_owned()),
        file_group_settings: Some(mediaconvert::FileGroupSettings {
            destination: Some(format!("s3://videos-ready/{}/", video.id)),
            ..Default::default()
        }),
        ..Default::default()
    };
    let request = mediaconvert::CreateJobRequest {
        role: "arn:aws:iam::123456789012:role/convert".to_owned(),
        settings: mediaconvert::JobSettings {
            inputs: Some(vec![mediaconvert::Input { file_input: Some(video.source), ..Default::default() }]),
            output_groups: Some(vec![mediaconvert::OutputGroup {
                output_group_settings: Some(files),
                outputs: Some(vec![output]),
                ..Default::default()
            }]),
            ..Default::default()
        },
        user_metadata: Some(BTreeMap::from([("video".to_owned(), video.id)])),
        ..Default::default()
    };
    match mediaconvert::create_job_sync(request).await {
        Ok(answer) => Ok(answer.job.unwrap_or_default().id),
        Err(mediaconvert::CreateJobError::TaskFailed(cause)) => Err(VideoError::Failed { cause }),
        Err(mediaconvert::CreateJobError::BadRequest(cause)) => Err(VideoError::Refused { cause }),
        Err(_) => Err(VideoError::Refused { cause: "MediaConvert".to_owned() }),
    }
}
