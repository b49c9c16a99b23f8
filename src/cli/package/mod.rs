//! `package PROGRAM [FILE]`

mod elf;
mod service;

pub(super) use service::declare_service;

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use flate2::{Compression, write::DeflateEncoder};
use rawzip::{CompressionMethod, ZipArchiveWriter, time::UtcDateTime};
use stepwright_deploy::options::Architecture;

use self::elf::Elf;
use super::{Done, say, stack::options};

/// Writes the code of the Lambda functions: the program under the name that the runtime looks for.
///
/// The same program gives the same bytes, so that functions change only when it does.
pub(super) fn package(package: &Path, program: &Path, file: Option<PathBuf>) -> Done {
    let code = fs::read(program).map_err(|error| format!("error: cannot read {}: {error}", program.display()))?;
    let expected = options(package)?.architecture;
    check(&code, expected).map_err(|problem| format!("error: {} {problem}", program.display()))?;
    let archive = archive(&code).map_err(|error| format!("error: cannot pack {}: {error}", program.display()))?;
    let file = file.unwrap_or_else(|| package.join("stack/bootstrap.zip"));
    let written = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&file, &archive));
    written.map_err(|error| format!("error: cannot write {}: {error}", file.display()))?;
    say(format!("{}  {} bytes", file.display(), archive.len()));
    Ok(ExitCode::SUCCESS)
}

/// The C library of Amazon Linux 2023, which functions run on.
const GLIBC: elf::Version = (2, 34);

/// Why a program cannot run as a function of the stack, as far as it tells.
fn check(code: &[u8], expected: Architecture) -> Result<(), String> {
    let elf = Elf::read(code);
    let Some((elf, found)) = elf.and_then(|elf| elf.architecture().map(|found| (elf, found))) else {
        return Err(format!("is no program for Linux on {}", expected.name()));
    };
    if found != expected {
        let help = format!("build it for that, or say `architecture = \"{}\"` in Stepwright.toml", found.name());
        return Err(format!(
            "is a program for {}, but the stack is for {}\n  = help: {help}",
            found.name(),
            expected.name()
        ));
    }
    let build = format!("build it with `{}`, or for the target `{}`", cargo_lambda(found), static_target(found));
    if let Some((major, minor)) = elf.glibc().filter(|needed| *needed > GLIBC) {
        return Err(format!(
            "needs glibc {major}.{minor}, but functions have {}.{} (Amazon Linux 2023)\n  = help: {build}",
            GLIBC.0, GLIBC.1
        ));
    }
    if let Some(interpreter) = elf.interpreter().filter(|file| file.contains("musl")) {
        return Err(format!(
            "is linked to {interpreter}, which functions do not have\n  = help: link it statically: {build}"
        ));
    }
    match service::declared(code) {
        Some(true) => Ok(()),
        Some(false) => Err("serves no tasks: it was built without the feature `lambda` of `stepwright`\n  \
             = help: say `features = [\"lambda\"]` in the Cargo.toml, and build it again"
            .to_owned()),
        None => Err("does not end in `stepwright::main!()`, so it serves no tasks".to_owned()),
    }
}

/// The command that builds a program for the C library of functions.
fn cargo_lambda(architecture: Architecture) -> &'static str {
    match architecture {
        Architecture::Arm64 => "cargo lambda build --release --arm64",
        Architecture::X86 => "cargo lambda build --release --x86-64",
    }
}

/// The target of programs that need no C library.
fn static_target(architecture: Architecture) -> &'static str {
    match architecture {
        Architecture::Arm64 => "aarch64-unknown-linux-musl",
        Architecture::X86 => "x86_64-unknown-linux-musl",
    }
}

/// The first second of 1980.
const FIRST_DAY: i64 = 315_532_800;

/// An archive with one executable file, `bootstrap`, from the first day that archives know.
fn archive(code: &[u8]) -> Result<Vec<u8>, rawzip::Error> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    let file = archive.new_file("bootstrap").compression_method(CompressionMethod::DEFLATE);
    let file = file.last_modified(UtcDateTime::from_unix(FIRST_DAY)).unix_permissions(0o755);
    let (mut entry, config) = file.start()?;
    let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
    writer.write_all(code)?;
    let (encoder, descriptor) = writer.finish()?;
    encoder.finish()?;
    entry.finish(descriptor)?;
    archive.finish()
}

#[cfg(test)]
mod tests {
    use rawzip::ZipArchive;

    use super::*;

    /// The first bytes of a static program, and what it says of its service.
    fn program(machine: u8, service: &[u8]) -> Vec<u8> {
        [b"\x7fELF\x02\x01".as_slice(), &[0; 12], &[machine, 0], &[0; 100], service].concat()
    }

    const ARM: u8 = 0xb7;
    const X86: u8 = 0x3e;

    #[test]
    fn the_archive_has_one_executable_and_is_always_the_same() {
        let code = program(ARM, &[]);
        let packed = archive(&code).unwrap();
        assert_eq!(packed, archive(&code).unwrap());
        let read = ZipArchive::from_slice(&packed).unwrap();
        let entry = read.entries().next_entry().unwrap().unwrap();
        assert_eq!(entry.file_path().as_ref(), b"bootstrap");
        assert_eq!(entry.mode().permissions(), 0o755);
        assert_eq!(entry.uncompressed_size_hint(), code.len() as u64);
    }

    #[test]
    fn programs_for_other_processors_are_refused() {
        assert_eq!(check(&program(ARM, service::SERVES), Architecture::Arm64), Ok(()));
        assert_eq!(check(&program(X86, service::SERVES), Architecture::X86), Ok(()));
        let other = check(&program(X86, service::SERVES), Architecture::Arm64).unwrap_err();
        assert!(other.starts_with("is a program for x86_64, but the stack is for arm64"), "{other}");
        assert_eq!(check(b"#!/bin/sh", Architecture::Arm64), Err("is no program for Linux on arm64".to_owned()));
    }

    #[test]
    fn programs_that_serve_no_tasks_are_refused() {
        let without = check(&program(ARM, service::SERVES_NOT), Architecture::Arm64).unwrap_err();
        assert!(without.starts_with("serves no tasks: it was built without the feature `lambda`"), "{without}");
        let other = check(&program(ARM, &[]), Architecture::Arm64).unwrap_err();
        assert!(other.starts_with("does not end in `stepwright::main!()`"), "{other}");
    }
}
