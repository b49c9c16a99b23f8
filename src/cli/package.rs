//! `package PROGRAM [FILE]`

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use flate2::{Compression, write::DeflateEncoder};
use rawzip::{CompressionMethod, ZipArchiveWriter, time::UtcDateTime};
use stepwright_deploy::options::Architecture;

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

/// Whether a program can run as a function of the stack, as far as its first bytes tell.
///
/// Source: System V Application Binary Interface, "ELF Header".
fn check(code: &[u8], expected: Architecture) -> Result<(), String> {
    let machine = match code.get(..20) {
        Some(header) if header.starts_with(b"\x7fELF") => header.get(18..20),
        _ => None,
    };
    let found = match machine {
        Some([0xb7, 0]) => Architecture::Arm64,
        Some([0x3e, 0]) => Architecture::X86,
        _ => return Err(format!("is no program for Linux on {}", expected.name())),
    };
    if found == expected {
        return Ok(());
    }
    let help = format!("build it for that, or say `architecture = \"{}\"` in Stepwright.toml", found.name());
    Err(format!("is a program for {}, but the stack is for {}\n  = help: {help}", found.name(), expected.name()))
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

    fn program(machine: [u8; 2]) -> Vec<u8> {
        [b"\x7fELF".as_slice(), &[0; 14], &machine, &[0; 100]].concat()
    }

    #[test]
    fn the_archive_has_one_executable_and_is_always_the_same() {
        let code = program([0xb7, 0]);
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
        assert_eq!(check(&program([0xb7, 0]), Architecture::Arm64), Ok(()));
        assert_eq!(check(&program([0x3e, 0]), Architecture::X86), Ok(()));
        let other = check(&program([0x3e, 0]), Architecture::Arm64).unwrap_err();
        assert!(other.starts_with("is a program for x86_64, but the stack is for arm64"), "{other}");
        assert_eq!(check(b"#!/bin/sh", Architecture::Arm64), Err("is no program for Linux on arm64".to_owned()));
    }
}
