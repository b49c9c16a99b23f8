//! Containers, builds and clusters.

use super::{Given, On, Row, Value, awaited, by, called, events, here, pass, passed_to, role};
use crate::iam::{
    name::{Form, Home, JOB_DEFINITION, TASK_DEFINITION},
    needs::{Absent, Named},
};

const ECS_CLUSTER: Named = Named {
    argument: "Cluster",
    absent: Absent::Default("default"),
    form: Form::Named { home: Home::Region, service: "ecs", prefix: "cluster/", resource: "cluster/{}" },
};
const ECS_TASKS: On = here("Cluster", "ecs", "cluster/", "task/{}/*").or("default");

const PROJECT: On = here("ProjectName", "codebuild", "project/", "project/{}");
/// The report groups of a project are named after it.
const REPORT_GROUPS: On = here("ProjectName", "codebuild", "project/", "report-group/{}-*");
/// The ids of builds begin with the name of the project.
const BUILD: On = here("Id", "codebuild", "build/", "project/{parent}");
const BUILDS: On = here("Ids", "codebuild", "build/", "project/{parent}");
const BATCH: On = here("Id", "codebuild", "build-batch/", "project/{parent}");
const REPORTS: On = here("ReportArns", "codebuild", "report/", "report-group/{parent}");
const BUILD_BATCH_RULE: On = On::Here("events", "rule/StepFunctionsGetEventForCodeBuildStartBuildBatchRule");

const NEW_EKS_CLUSTER: On = here("Name", "eks", "cluster/", "cluster/{}");
const EKS_CLUSTER: On = here("ClusterName", "eks", "cluster/", "cluster/{}");
const NODE_GROUPS: On = here("ClusterName", "eks", "cluster/", "nodegroup/{}/*");
const FARGATE_PROFILES: On = here("ClusterName", "eks", "cluster/", "fargateprofile/{}/*");

const EMR_CLUSTER: On = here("ClusterId", "elasticmapreduce", "cluster/", "cluster/{}");

const VIRTUAL_CLUSTER: On = here("VirtualClusterId", "emr-containers", "/virtualclusters/", "/virtualclusters/{}");
const VIRTUAL_CLUSTER_RUNS: On =
    here("VirtualClusterId", "emr-containers", "/virtualclusters/", "/virtualclusters/{}/jobruns/*");
const VIRTUAL_CLUSTER_BY_ID: On = here("Id", "emr-containers", "/virtualclusters/", "/virtualclusters/{}");

const APPLICATION: On = here("ApplicationId", "emr-serverless", "/applications/", "/applications/{}");
const APPLICATION_RUNS: On = here("ApplicationId", "emr-serverless", "/applications/", "/applications/{}/jobruns/*");
const APPLICATION_RULE: On = On::Here("events", "rule/StepFunctionsGetEventsForEMRServerlessApplicationRule");
const APPLICATION_RUN_RULE: On = On::Here("events", "rule/StepFunctionsGetEventsForEMRServerlessJobRule");

pub(super) const ROWS: &[Row] = &[
    Row {
        integration: "ecs:runTask",
        rights: &[
            called("EcsRun", &["ecs:RunTask"], &[by("TaskDefinition", TASK_DEFINITION)]).given(&[Given(
                "ArnEquals",
                "ecs:cluster",
                Value::Named(ECS_CLUSTER),
            )]),
            called("EcsTag", &["ecs:TagResource"], &[ECS_TASKS]).with("Tags"),
            // The roles of the task definition, unless the call has others.
            pass(
                "PassEcs",
                &[role("Overrides.TaskRoleArn"), role("Overrides.ExecutionRoleArn")],
                &[passed_to("ecs-tasks.amazonaws.com")],
            ),
            awaited("EcsWatch", &["ecs:StopTask", "ecs:DescribeTasks"], &[ECS_TASKS]),
            events(&[On::Here("events", "rule/StepFunctionsGetEventsForECSTaskRule")]),
        ],
    },
    Row {
        integration: "batch:submitJob",
        rights: &[
            called(
                "BatchSubmit",
                &["batch:SubmitJob"],
                &[by("JobDefinition", JOB_DEFINITION), here("JobQueue", "batch", "job-queue/", "job-queue/{}")],
            ),
            called("BatchTag", &["batch:TagResource"], &[On::Here("batch", "job/*")]).with("Tags"),
            // DescribeJobs knows no resources.
            awaited("BatchDescribe", &["batch:DescribeJobs"], &[On::Any]),
            awaited("BatchTerminate", &["batch:TerminateJob"], &[On::Here("batch", "job/*")]),
            events(&[On::Here("events", "rule/StepFunctionsGetEventsForBatchJobsRule")]),
        ],
    },
    Row {
        integration: "codebuild:startBuild",
        rights: &[
            called("CodebuildStart", &["codebuild:StartBuild"], &[PROJECT]),
            awaited("CodebuildWatch", &["codebuild:StopBuild", "codebuild:BatchGetBuilds"], &[PROJECT]),
            awaited("CodebuildReports", &["codebuild:BatchGetReports"], &[REPORT_GROUPS]),
            events(&[On::Here("events", "rule/StepFunctionsGetEventForCodeBuildStartBuildRule")]),
        ],
    },
    Row {
        integration: "codebuild:startBuildBatch",
        rights: &[
            called("CodebuildStartBatch", &["codebuild:StartBuildBatch"], &[PROJECT]),
            awaited("CodebuildWatchBatch", &["codebuild:StopBuildBatch", "codebuild:BatchGetBuildBatches"], &[PROJECT]),
            awaited("CodebuildReports", &["codebuild:BatchGetReports"], &[REPORT_GROUPS]),
            events(&[BUILD_BATCH_RULE]),
        ],
    },
    Row {
        integration: "codebuild:retryBuildBatch",
        rights: &[
            called("CodebuildRetryBatch", &["codebuild:RetryBuildBatch"], &[BATCH]),
            awaited("CodebuildWatchBatch", &["codebuild:StopBuildBatch", "codebuild:BatchGetBuildBatches"], &[BATCH]),
            events(&[BUILD_BATCH_RULE]),
        ],
    },
    Row { integration: "codebuild:stopBuild", rights: &[called("CodebuildStop", &["codebuild:StopBuild"], &[BUILD])] },
    Row {
        integration: "codebuild:stopBuildBatch",
        rights: &[called("CodebuildStopBatch", &["codebuild:StopBuildBatch"], &[BATCH])],
    },
    Row {
        integration: "codebuild:deleteBuildBatch",
        rights: &[called("CodebuildDeleteBatch", &["codebuild:DeleteBuildBatch"], &[BATCH])],
    },
    Row {
        integration: "codebuild:batchDeleteBuilds",
        rights: &[called("CodebuildDelete", &["codebuild:BatchDeleteBuilds"], &[BUILDS])],
    },
    Row {
        integration: "codebuild:batchGetReports",
        rights: &[called("CodebuildReports", &["codebuild:BatchGetReports"], &[REPORTS])],
    },
    // What is made on EKS is polled, so there are no rules.
    Row {
        integration: "eks:createCluster",
        rights: &[
            // A cluster that is to be made is no resource yet.
            called("EksCreateCluster", &["eks:CreateCluster"], &[On::Any]),
            pass("PassEks", &[role("RoleArn")], &[passed_to("eks.amazonaws.com")]),
            awaited("EksWatchCluster", &["eks:DescribeCluster", "eks:DeleteCluster"], &[NEW_EKS_CLUSTER]),
        ],
    },
    Row {
        integration: "eks:deleteCluster",
        rights: &[
            called("EksDeleteCluster", &["eks:DeleteCluster"], &[NEW_EKS_CLUSTER]),
            awaited("EksDescribeCluster", &["eks:DescribeCluster"], &[NEW_EKS_CLUSTER]),
        ],
    },
    Row {
        integration: "eks:createNodegroup",
        rights: &[
            called("EksCreateNodegroup", &["eks:CreateNodegroup"], &[EKS_CLUSTER]),
            // EKS looks at the subnets and the role as the caller. DescribeSubnets knows no resources.
            called("EksSubnets", &["ec2:DescribeSubnets"], &[On::Any]),
            called("EksNodeRole", &["iam:GetRole", "iam:ListAttachedRolePolicies"], &[role("NodeRole")]),
            pass("PassEks", &[role("NodeRole")], &[passed_to("eks.amazonaws.com")]),
            awaited("EksWatchNodegroup", &["eks:DescribeNodegroup", "eks:DeleteNodegroup"], &[NODE_GROUPS]),
        ],
    },
    Row {
        integration: "eks:deleteNodegroup",
        rights: &[
            called("EksDeleteNodegroup", &["eks:DeleteNodegroup"], &[NODE_GROUPS]),
            awaited("EksDescribeNodegroup", &["eks:DescribeNodegroup"], &[NODE_GROUPS]),
        ],
    },
    Row {
        integration: "eks:createFargateProfile",
        rights: &[
            called("EksCreateFargateProfile", &["eks:CreateFargateProfile"], &[EKS_CLUSTER]),
            pass("PassEksPods", &[role("PodExecutionRoleArn")], &[passed_to("eks-fargate-pods.amazonaws.com")]),
            awaited(
                "EksWatchFargateProfile",
                &["eks:DescribeFargateProfile", "eks:DeleteFargateProfile"],
                &[FARGATE_PROFILES],
            ),
        ],
    },
    Row {
        integration: "eks:deleteFargateProfile",
        rights: &[
            called("EksDeleteFargateProfile", &["eks:DeleteFargateProfile"], &[FARGATE_PROFILES]),
            awaited("EksDescribeFargateProfile", &["eks:DescribeFargateProfile"], &[FARGATE_PROFILES]),
        ],
    },
    // The Kubernetes API asks the cluster's own access control about the role, not IAM.
    Row { integration: "eks:call", rights: &[] },
    Row { integration: "eks:runJob", rights: &[] },
    Row {
        integration: "elasticmapreduce:createCluster",
        rights: &[
            // A cluster that is to be made is no resource yet.
            called("EmrRun", &["elasticmapreduce:RunJobFlow"], &[On::Any]),
            called("EmrTag", &["elasticmapreduce:AddTags"], &[On::Here("elasticmapreduce", "cluster/*")]).with("Tags"),
            pass("PassEmr", &[role("ServiceRole")], &[passed_to("elasticmapreduce.amazonaws.com")]),
            // Instances get a profile, which has the name of its role unless someone made it otherwise.
            pass("PassEmrInstances", &[role("JobFlowRole")], &[passed_to("ec2.amazonaws.com")]),
            pass(
                "PassEmrScaling",
                &[role("AutoScalingRole").optional()],
                &[passed_to("application-autoscaling.amazonaws.com")],
            ),
            awaited(
                "EmrWatchCluster",
                &["elasticmapreduce:DescribeCluster", "elasticmapreduce:TerminateJobFlows"],
                &[On::Here("elasticmapreduce", "cluster/*")],
            ),
            events(&[On::Here("events", "rule/StepFunctionsGetEventForEMRRunJobFlowRule")]),
        ],
    },
    Row {
        integration: "elasticmapreduce:addStep",
        rights: &[
            called("EmrAddStep", &["elasticmapreduce:AddJobFlowSteps"], &[EMR_CLUSTER]),
            pass("PassEmr", &[role("ExecutionRoleArn").optional()], &[passed_to("elasticmapreduce.amazonaws.com")]),
            awaited("EmrWatchStep", &["elasticmapreduce:DescribeStep", "elasticmapreduce:CancelSteps"], &[EMR_CLUSTER]),
            events(&[On::Here("events", "rule/StepFunctionsGetEventForEMRAddJobFlowStepsRule")]),
        ],
    },
    Row {
        integration: "elasticmapreduce:terminateCluster",
        rights: &[
            called("EmrTerminate", &["elasticmapreduce:TerminateJobFlows"], &[EMR_CLUSTER]),
            awaited("EmrDescribe", &["elasticmapreduce:DescribeCluster"], &[EMR_CLUSTER]),
            events(&[On::Here("events", "rule/StepFunctionsGetEventForEMRTerminateJobFlowsRule")]),
        ],
    },
    Row {
        integration: "elasticmapreduce:cancelStep",
        rights: &[called("EmrCancelStep", &["elasticmapreduce:CancelSteps"], &[EMR_CLUSTER])],
    },
    Row {
        integration: "elasticmapreduce:setClusterTerminationProtection",
        rights: &[called("EmrProtect", &["elasticmapreduce:SetTerminationProtection"], &[EMR_CLUSTER])],
    },
    Row {
        integration: "elasticmapreduce:modifyInstanceFleetByName",
        rights: &[called(
            "EmrModifyFleet",
            &["elasticmapreduce:ModifyInstanceFleet", "elasticmapreduce:ListInstanceFleets"],
            &[EMR_CLUSTER],
        )],
    },
    Row {
        integration: "elasticmapreduce:modifyInstanceGroupByName",
        rights: &[called(
            "EmrModifyGroup",
            &["elasticmapreduce:ModifyInstanceGroups", "elasticmapreduce:ListInstanceGroups"],
            &[EMR_CLUSTER],
        )],
    },
    Row {
        integration: "emr-containers:createVirtualCluster",
        rights: &[
            // A cluster that is to be made is no resource yet.
            called("EmrContainersCreate", &["emr-containers:CreateVirtualCluster"], &[On::Any]),
            called(
                "EmrContainersServiceRole",
                &["iam:CreateServiceLinkedRole"],
                &[On::Account(
                    "iam",
                    "role/aws-service-role/emr-containers.amazonaws.com/AWSServiceRoleForAmazonEMRContainers",
                )],
            )
            .given(&[Given(
                "StringEquals",
                "iam:AWSServiceName",
                Value::Text("emr-containers.amazonaws.com"),
            )]),
        ],
    },
    Row {
        integration: "emr-containers:deleteVirtualCluster",
        rights: &[
            called("EmrContainersDelete", &["emr-containers:DeleteVirtualCluster"], &[VIRTUAL_CLUSTER_BY_ID]),
            awaited("EmrContainersDescribe", &["emr-containers:DescribeVirtualCluster"], &[VIRTUAL_CLUSTER_BY_ID]),
        ],
    },
    // The runs are polled, so there is no rule.
    Row {
        integration: "emr-containers:startJobRun",
        rights: &[
            called("EmrContainersStart", &["emr-containers:StartJobRun"], &[VIRTUAL_CLUSTER]).given(&[Given(
                "StringLike",
                "emr-containers:ExecutionRoleArn",
                Value::Named(Named { argument: "ExecutionRoleArn", absent: Absent::Required, form: Form::Arn }),
            )]),
            awaited(
                "EmrContainersWatch",
                &["emr-containers:DescribeJobRun", "emr-containers:CancelJobRun"],
                &[VIRTUAL_CLUSTER_RUNS],
            ),
        ],
    },
    Row {
        integration: "emr-serverless:createApplication",
        rights: &[
            // An application that is to be made is no resource yet.
            called("EmrServerlessCreate", &["emr-serverless:CreateApplication"], &[On::Any]),
            called(
                "EmrServerlessServiceRole",
                &["iam:CreateServiceLinkedRole"],
                &[On::Account(
                    "iam",
                    "role/aws-service-role/ops.emr-serverless.amazonaws.com/AWSServiceRoleForAmazonEMRServerless",
                )],
            )
            .given(&[Given(
                "StringEquals",
                "iam:AWSServiceName",
                Value::Text("ops.emr-serverless.amazonaws.com"),
            )]),
            awaited(
                "EmrServerlessWatchCreation",
                &["emr-serverless:GetApplication", "emr-serverless:DeleteApplication"],
                &[On::Here("emr-serverless", "/applications/*")],
            ),
            events(&[APPLICATION_RULE]),
        ],
    },
    Row {
        integration: "emr-serverless:startApplication",
        rights: &[
            called("EmrServerlessStart", &["emr-serverless:StartApplication"], &[APPLICATION]),
            awaited(
                "EmrServerlessWatchStart",
                &["emr-serverless:GetApplication", "emr-serverless:StopApplication"],
                &[APPLICATION],
            ),
            events(&[APPLICATION_RULE]),
        ],
    },
    Row {
        integration: "emr-serverless:stopApplication",
        rights: &[
            called("EmrServerlessStop", &["emr-serverless:StopApplication"], &[APPLICATION]),
            awaited("EmrServerlessGet", &["emr-serverless:GetApplication"], &[APPLICATION]),
            events(&[APPLICATION_RULE]),
        ],
    },
    Row {
        integration: "emr-serverless:deleteApplication",
        rights: &[
            called("EmrServerlessDelete", &["emr-serverless:DeleteApplication"], &[APPLICATION]),
            awaited("EmrServerlessGet", &["emr-serverless:GetApplication"], &[APPLICATION]),
            events(&[APPLICATION_RULE]),
        ],
    },
    Row {
        integration: "emr-serverless:startJobRun",
        rights: &[
            called("EmrServerlessStartRun", &["emr-serverless:StartJobRun"], &[APPLICATION]),
            pass("PassEmrServerless", &[role("ExecutionRoleArn")], &[passed_to("emr-serverless.amazonaws.com")]),
            awaited(
                "EmrServerlessWatchRun",
                &["emr-serverless:GetJobRun", "emr-serverless:CancelJobRun"],
                &[APPLICATION_RUNS],
            ),
            events(&[APPLICATION_RUN_RULE]),
        ],
    },
    Row {
        integration: "emr-serverless:cancelJobRun",
        rights: &[
            called("EmrServerlessCancelRun", &["emr-serverless:CancelJobRun"], &[APPLICATION_RUNS]),
            awaited("EmrServerlessGetRun", &["emr-serverless:GetJobRun"], &[APPLICATION_RUNS]),
            events(&[APPLICATION_RUN_RULE]),
        ],
    },
];
