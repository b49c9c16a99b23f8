//! Messages, items, executions, and jobs that move data.

use super::{On, Row, awaited, called, events, here, pass, passed_to, role};

const TABLE: On = here("TableName", "dynamodb", "table/", "table/{}");
const MACHINE: On = here("StateMachineArn", "states", "stateMachine:", "stateMachine:{}");
/// The executions of a machine, not those of its versions and aliases: their ARNs have the machine's name.
const EXECUTIONS: On = here("StateMachineArn", "states", "stateMachine:", "execution:{parent}:*");
const GLUE_JOB: On = here("JobName", "glue", "job/", "job/{}");
const RECIPE_JOB: On = here("Name", "databrew", "job/", "job/{}");
/// The ids of queries do not tell their workgroup.
const WORK_GROUP: On = here("WorkGroup", "athena", "workgroup/", "workgroup/{}");
const QUEUE: On = here("Queue", "mediaconvert", "queues/", "queues/{}");

pub(super) const ROWS: &[Row] = &[
    Row { integration: "dynamodb:getItem", rights: &[called("DynamodbGetItem", &["dynamodb:GetItem"], &[TABLE])] },
    Row { integration: "dynamodb:putItem", rights: &[called("DynamodbPutItem", &["dynamodb:PutItem"], &[TABLE])] },
    Row {
        integration: "dynamodb:updateItem",
        rights: &[called("DynamodbUpdateItem", &["dynamodb:UpdateItem"], &[TABLE])],
    },
    Row {
        integration: "dynamodb:deleteItem",
        rights: &[called("DynamodbDeleteItem", &["dynamodb:DeleteItem"], &[TABLE])],
    },
    Row {
        integration: "events:putEvents",
        rights: &[called(
            "PutEvents",
            &["events:PutEvents"],
            &[here("Entries.EventBusName", "events", "event-bus/", "event-bus/{}").or("default")],
        )],
    },
    Row {
        integration: "states:startExecution",
        rights: &[
            called("StartExecution", &["states:StartExecution"], &[MACHINE]),
            awaited("WatchExecution", &["states:DescribeExecution", "states:StopExecution"], &[EXECUTIONS]),
            events(&[On::Here("events", "rule/StepFunctionsGetEventsForStepFunctionsExecutionRule")]),
        ],
    },
    // The runs are polled, so there is no rule.
    Row {
        integration: "glue:startJobRun",
        rights: &[
            called("GlueStart", &["glue:StartJobRun"], &[GLUE_JOB]),
            awaited("GlueWatch", &["glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"], &[GLUE_JOB]),
        ],
    },
    Row {
        integration: "databrew:startJobRun",
        rights: &[
            called("DatabrewStart", &["databrew:StartJobRun"], &[RECIPE_JOB]),
            awaited("DatabrewWatch", &["databrew:ListJobRuns", "databrew:StopJobRun"], &[RECIPE_JOB]),
        ],
    },
    Row {
        integration: "athena:stopQueryExecution",
        rights: &[called("AthenaStop", &["athena:StopQueryExecution"], &[WORK_GROUP])],
    },
    Row {
        integration: "athena:getQueryExecution",
        rights: &[called("AthenaGet", &["athena:GetQueryExecution"], &[WORK_GROUP])],
    },
    Row {
        integration: "mediaconvert:createJob",
        rights: &[
            called(
                "MediaconvertCreate",
                &["mediaconvert:CreateJob"],
                &[
                    QUEUE.or("Default"),
                    here("JobTemplate", "mediaconvert", "jobTemplates/", "jobTemplates/{}").optional(),
                    here("Settings.OutputGroups.Outputs.Preset", "mediaconvert", "presets/", "presets/{}").optional(),
                ],
            ),
            awaited(
                "MediaconvertWatch",
                &["mediaconvert:GetJob", "mediaconvert:CancelJob"],
                &[On::Here("mediaconvert", "jobs/*")],
            ),
            pass("PassMediaconvert", &[role("Role")], &[passed_to("mediaconvert.amazonaws.com")]),
            events(&[On::Here("events", "rule/StepFunctionsGetEventsForMediaConvertJobRule")]),
        ],
    },
];
