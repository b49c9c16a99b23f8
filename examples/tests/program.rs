//! `stepwright::main!()`: the commands of the examples' binary.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::{Value, json};
use tempfile::TempDir;

fn program(directory: &Path, arguments: &[&str], input: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_stepwright-examples"));
    program.args(arguments).current_dir(directory);
    let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that reads no input closes the pipe.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    assert!(output.status.success(), "{}", err(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[cfg(not(feature = "lambda"))]
#[test]
fn a_program_that_cannot_serve_says_so_in_lambda() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_stepwright-examples"));
    let output = program.env("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("serving tasks needs the feature `lambda`"), "{}", err(&output));
}

#[test]
fn export_writes_what_changed_and_check_tells() {
    let root = TempDir::new().unwrap();
    let export = |check: &[&str]| program(root.path(), &[&["export", "machines"], check].concat(), "");
    let missing = export(&["--check"]);
    assert!(!missing.status.success());
    assert!(err(&missing).contains("machines is not what the workflows say: run `export`"), "{}", err(&missing));
    assert!(!root.path().join("machines").exists());

    assert!(out(&export(&[])).contains("fulfil.asl.json"));
    assert_eq!(out(&export(&[])), "");
    assert_eq!(out(&export(&["--check"])), "");

    fs::write(root.path().join("machines/either.asl.json"), "{}").unwrap();
    assert!(!export(&["--check"]).status.success());
    assert_eq!(out(&export(&[])), "changed  machines/either.asl.json\n");
}

#[test]
fn the_exported_files_in_the_package_are_up_to_date() {
    let elsewhere = TempDir::new().unwrap();
    out(&program(elsewhere.path(), &["export", "--check"], ""));
}

#[test]
fn stacks_are_written_for_every_format() {
    let root = TempDir::new().unwrap();
    let files = [
        ("cloudformation", "template.json"),
        ("sam", "template.json"),
        ("terraform", "main.tf.json"),
        ("cdk", "examples.ts"),
        ("kubernetes", "manifests.yaml"),
        ("meshery", "design.yaml"),
    ];
    for (format, file) in files {
        let stack = |check: &[&str]| program(root.path(), &[&["stack", format, format], check].concat(), "");
        let missing = stack(&["--check"]);
        assert!(!missing.status.success());
        let told = format!("{format} is not what the workflows say: run `stack {format}`");
        assert!(err(&missing).contains(&told), "{}", err(&missing));
        assert!(out(&stack(&[])).contains(&format!("new      {format}/{file}\n")));
        assert_eq!(out(&stack(&["--check"])), "");
        let text = fs::read_to_string(root.path().join(format).join(file)).unwrap();
        assert!(text.contains("examples-charge"), "{text}");
    }
    let left_out = err(&program(root.path(), &["stack", "terraform", "terraform"], ""));
    assert_eq!(left_out, "warning: terraform leaves out the gradual deployment of fulfil\n");
}

#[test]
fn what_cannot_run_as_a_function_is_not_packaged() {
    let root = TempDir::new().unwrap();
    let write = |file: &str, machine: u8, service: &[u8]| {
        let program = [b"\x7fELF\x02\x01".as_slice(), &[0; 12], &[machine, 0], &[0; 100], service].concat();
        fs::write(root.path().join(file), program).unwrap();
    };
    let package = |file: &str| program(root.path(), &["package", file, "code/bootstrap.zip"], "");
    let serves = b"stepwright: are tasks served in Lambda? \x01\x01";
    write("arm", 0xb7, serves);
    write("x86", 0x3e, serves);
    write("other", 0xb7, b"");
    assert!(out(&package("arm")).starts_with("code/bootstrap.zip"));
    let packed = fs::read(root.path().join("code/bootstrap.zip")).unwrap();
    out(&package("arm"));
    assert_eq!(fs::read(root.path().join("code/bootstrap.zip")).unwrap(), packed);
    let refused = err(&package("x86"));
    assert!(refused.contains("error: x86 is a program for x86_64, but the stack is for arm64"), "{refused}");
    let refused = err(&package("other"));
    assert!(refused.contains("error: other does not end in `stepwright::main!()`"), "{refused}");
}

/// This program itself, as if it were for the stack's processor: built here, it may need a newer C library than functions have.
#[cfg(all(target_os = "linux", target_env = "gnu", not(feature = "lambda")))]
#[test]
fn a_program_that_serves_no_tasks_is_not_packaged() {
    let root = TempDir::new().unwrap();
    let mut own = fs::read(env!("CARGO_BIN_EXE_stepwright-examples")).unwrap();
    own[18] = 0xb7;
    fs::write(root.path().join("own"), own).unwrap();
    let refused = err(&program(root.path(), &["package", "own"], ""));
    let why = ["serves no tasks: it was built without the feature `lambda`", "needs glibc 2."];
    assert!(why.iter().any(|why| refused.contains(why)), "{refused}");
}

#[test]
fn list_tells_workflows_and_tasks() {
    let listed = out(&program(Path::new("."), &["list"], ""));
    assert!(listed.contains("fulfil"), "{listed}");
    assert!(listed.contains("Charges, packs and labels an order."), "{listed}");
    assert!(listed.contains("print_label"), "{listed}");
}

/// As a program does that SIGPIPE ends.
#[test]
fn output_that_nobody_reads_ends_the_program_quietly() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut program = Command::new(env!("CARGO_BIN_EXE_stepwright-examples"));
    let output = program.arg("list").stdout(writer).stderr(Stdio::piped()).output().unwrap();
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(141), ""));
}

#[test]
fn run_prints_the_output_and_tells_the_calls() {
    let run = program(Path::new("."), &["run", "double_all", "--input", "-", "--history"], "[1, 2]");
    assert_eq!(serde_json::from_str::<Value>(&out(&run)).unwrap(), json!([2, 4]));
    assert!(err(&run).contains("double 1\n"), "{}", err(&run));
    assert!(err(&run).contains("MapStateEntered"), "{}", err(&run));
}

#[test]
fn run_tells_why_and_where_an_execution_failed() {
    let root = TempDir::new().unwrap();
    fs::write(root.path().join("input.json"), r#""bad""#).unwrap();
    let run = program(root.path(), &["run", "always_clean_up", "--input", "input.json"], "");
    assert!(!run.status.success());
    assert!(err(&run).contains("error: the execution failed with Refusal.Refused"), "{}", err(&run));
    assert!(err(&run).contains("  --> examples/src/classics.rs:"), "{}", err(&run));
}

#[test]
fn a_failed_call_is_shown_with_its_statement() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = program(
        package,
        &["run", "book_trip", "--input", "-", "--history"],
        r#"{"traveller": "Ann", "city": "no flight"}"#,
    );
    let said = err(&run);
    assert!(said.contains("TaskStateEntered                 book  examples/src/saga.rs:"), "{said}");
    let (_, place) = said.split_once("  --> examples/src/saga.rs:").unwrap();
    let (line, statement) = place.split_once(" | ").unwrap();
    assert!(line.contains("state `book`"), "{said}");
    assert!(statement.contains("book(") && statement.contains(".await"), "{said}");
}

#[test]
fn input_that_is_no_json_is_told_with_its_place() {
    let run = program(Path::new("."), &["run", "either", "--input", "-"], "{\n  \"a\": }");
    assert_eq!(run.status.code(), Some(1));
    assert!(
        err(&run).contains("error: cannot read the input from -: expected value at line 2 column 8"),
        "{}",
        err(&run)
    );
    assert_eq!(program(Path::new("."), &["run", "either"], "").status.code(), Some(2));
}

#[test]
fn run_takes_mocked_responses_from_a_file() {
    let run = |options: &[&str]| {
        let arguments = ["run", "fulfil", "--input", "inputs/order.json"];
        program(Path::new(env!("CARGO_MANIFEST_DIR")), &[&arguments, options].concat(), "")
    };
    let mocked = run(&["--mocks", "inputs/order.mocks.json", "--case", "GatewayDownTwice"]);
    let output: Value = serde_json::from_str(&out(&mocked)).unwrap();
    assert_eq!(output["receipt"]["id"], "r-mocked");
    assert_eq!(err(&mocked).lines().filter(|line| line.starts_with("charge ")).count(), 3, "{}", err(&mocked));

    let failed = run(&["--mocks", "inputs/order.mocks.json", "--case", "GatewayDown"]);
    assert!(err(&failed).contains("the execution failed with FulfilError.PaymentDown"), "{}", err(&failed));

    let unknown = err(&run(&["--mocks", "inputs/order.mocks.json", "--case", "Gateway"]));
    let expected = "error: inputs/order.mocks.json: the mocks have no test case `Gateway`; \
                    there are: GatewayDown, GatewayDownTwice\n";
    assert_eq!(unknown, expected);
    let alone = err(&run(&["--case", "GatewayDown"]));
    assert!(alone.contains("required arguments were not provided") && alone.contains("--mocks <FILE>"), "{alone}");
}

#[test]
fn unknown_names_are_told() {
    let run = program(Path::new("."), &["run", "fulfill", "--input", "-"], "{}");
    assert!(err(&run).contains("no workflow `fulfill` in this program; there are: "), "{}", err(&run));
    assert!(err(&run).contains("  = help: did you mean `fulfil`?"), "{}", err(&run));
    let schema = program(Path::new("."), &["schema", "charg"], "");
    assert!(
        err(&schema).contains("no workflow or task `charg`") && err(&schema).contains("did you mean `charge`?"),
        "{}",
        err(&schema)
    );
}

#[test]
fn schema_prints_what_goes_in_and_out() {
    let schemas: Value = serde_json::from_str(&out(&program(Path::new("."), &["schema", "charge"], ""))).unwrap();
    assert_eq!(schemas["input"]["required"], json!(["customer", "amount"]));
    assert_eq!(schemas["output"]["$ref"], "#/$defs/Receipt");
}

#[test]
fn cost_tells_transitions_and_price_of_all_workflows() {
    let table = out(&program(Path::new("."), &["cost"], ""));
    assert!(table.contains("seven_calls"), "{table}");
    assert!(table.contains("50 to 175 +  2 to 7 + 1 per item of `Map pick`"), "{table}");
}

#[test]
fn cost_reports_on_one_workflow() {
    let report = out(&program(Path::new("."), &["cost", "run_job"], ""));
    let loop_at = "of the loop at examples/src/jobs.rs:54";
    for line in [
        format!("transitions                  4 to 5 + 3 per further turn {loop_at}"),
        "longest way                  submit_job > job_status > match job_status(job_id, polls) > Wait 30 s 2"
            .to_owned(),
        format!("per million                  100 to 125 + 75 per further turn {loop_at} USD"),
        "payload of `job_status`      unbounded: `job_id`: no `maxLength`".to_owned(),
        format!("warning: the history is full, with 25,000 events, after 2,776 further turns {loop_at}"),
    ] {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let found = report.lines().any(|told| told.split_whitespace().collect::<Vec<_>>().join(" ").starts_with(&line));
        assert!(found, "no {line:?} in\n{report}");
    }
}

#[test]
fn graph_draws_workflows_and_files() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let graph = |arguments: &[&str]| out(&program(here, &[&["graph"], arguments].concat(), ""));
    let svg = graph(&["fulfil"]);
    assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n"), "{svg}");
    assert!(svg.contains(">orders.rs:95<"), "{svg}");
    assert!(graph(&["run_job", "--format", "mermaid"]).starts_with("flowchart TD\n"));
    let dot = graph(&["asl/fulfil.asl.json", "--format", "dot"]);
    assert!(dot.contains("subgraph cluster_") && dot.contains("style=dashed color=\"#c53030\""), "{dot}");

    let missing = program(here, &["graph", "asl/none.json"], "");
    assert!(err(&missing).contains("error: cannot read a state machine from asl/none.json: "), "{}", err(&missing));
}

#[test]
fn diff_compares_with_what_is_deployed() {
    let root = TempDir::new().unwrap();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let exported = fs::read_to_string(here.join("asl/fulfil.asl.json")).unwrap();
    let diff = |definition: &str, more: &[&str]| {
        let answer = json!({"name": "fulfil", "type": "STANDARD", "definition": definition}).to_string();
        fs::write(root.path().join("deployed.json"), answer).unwrap();
        program(root.path(), &[&["diff", "fulfil", "--deployed", "deployed.json"], more].concat(), "")
    };
    // As a template deploys it: the ARNs of functions, which have the name of the stack before theirs.
    let arn = "arn:aws:lambda:eu-west-1:123456789012:function:shop-charge";
    let deployed = exported.replace(r#""FunctionName": "charge""#, &format!(r#""FunctionName": "{arn}""#));
    assert_ne!(deployed, exported);
    assert_eq!(out(&diff(&deployed, &[])), "the definitions are the same\n");

    // As templates hold it, with references to functions and activities.
    for format in ["cloudformation", "sam"] {
        let folder = root.path().join(format);
        out(&program(here, &["stack", format, folder.to_str().unwrap()], ""));
        let template = folder.join("template.json");
        let same = program(here, &["diff", "fulfil", "--deployed", template.to_str().unwrap()], "");
        assert_eq!(out(&same), "the definitions are the same\n");
    }

    let changed = deployed.replace(r#""TimeoutSeconds": 30"#, r#""TimeoutSeconds": 60"#);
    let found = diff(&changed, &[]);
    assert_eq!(found.status.code(), Some(1));
    let told = String::from_utf8(found.stdout).unwrap();
    assert!(
        told.contains("~ state `charge` (/States/charge)\n    /States/charge/TimeoutSeconds: 60 -> 30\n"),
        "{told}"
    );

    let schema = fs::read_to_string(here.join("asl/fulfil.input.schema.json")).unwrap();
    fs::write(root.path().join("same.json"), &schema).unwrap();
    assert_eq!(diff(&deployed, &["--input-schema", "same.json"]).status.code(), Some(0));
    let mut fewer: Value = serde_json::from_str(&schema).unwrap();
    fewer["$defs"]["Order"]["required"].as_array_mut().unwrap().retain(|name| name != "customer");
    fs::write(root.path().join("fewer.json"), fewer.to_string()).unwrap();
    let found = diff(&deployed, &["--input-schema", "fewer.json"]);
    assert_eq!(found.status.code(), Some(1));
    assert!(String::from_utf8(found.stdout).unwrap().contains("! input /customer: is required now"));

    let trouble = |output: Output| (output.status.code(), err(&output));
    let (status, told) = trouble(diff("{}", &[]));
    assert_eq!(status, Some(2));
    assert!(told.starts_with("error: deployed.json: the definition is no state machine"), "{told}");
    let (status, told) = trouble(program(root.path(), &["diff", "fulfill", "--deployed", "deployed.json"], ""));
    assert_eq!(status, Some(2));
    assert!(told.contains("did you mean `fulfil`?"), "{told}");
}

#[test]
fn policy_tells_what_a_machine_needs() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let place = ["--partition", "aws", "--region", "eu-west-1", "--account", "123456789012"];
    let policy = out(&program(here, &[&["policy", "fulfil"], &place[..]].concat(), ""));
    let policy: Value = serde_json::from_str(&policy).unwrap();
    let statements = policy["Statement"].as_array().unwrap();
    let invoke = statements.iter().find(|statement| statement["Sid"] == "LambdaInvoke").unwrap();
    let function = |task: &str| format!("arn:aws:lambda:eu-west-1:123456789012:function:examples-{task}");
    assert_eq!(invoke["Resource"], json!(["charge", "pack", "pick", "print_label"].map(function)));

    let told = out(&program(here, &["policy", "fulfil", "--explain"], ""));
    let right = "  arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:examples-charge\n    \
                 needed by state `charge` (/States/charge)\n";
    assert!(told.contains(right), "{told}");
    let missing = program(here, &["policy", "fulfill"], "");
    assert!(err(&missing).contains("did you mean `fulfil`?"), "{}", err(&missing));
}
