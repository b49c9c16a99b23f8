//! What a program for Linux needs to run, as its headers tell.
//!
//! Source: System V Application Binary Interface, "ELF Header", "Program Header", "Dynamic Section"; Linux Standard Base, "Symbol
//! Versioning".

use stepwright_deploy::options::Architecture;

/// A program in the format of 64-bit Linux, of which all numbers have their lowest byte first.
pub(super) struct Elf<'a>(&'a [u8]);

/// A version of glibc: 2 and 34 for 2.34.
pub(super) type Version = (u32, u32);

/// A part of the file that is loaded, or tells how.
struct Segment {
    kind: u64,
    offset: u64,
    address: u64,
    length: u64,
}

// Kinds of segments.
const LOADED: u64 = 1;
const DYNAMIC: u64 = 2;
const INTERPRETER: u64 = 3;

// Tags of entries in the dynamic section.
const STRINGS: u64 = 5;
const VERSIONS: u64 = 0x6fff_fffe;

impl<'a> Elf<'a> {
    /// The program, if it is one.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        bytes.starts_with(b"\x7fELF\x02\x01").then_some(Elf(bytes))
    }

    /// The processor it is for, if functions can have it.
    pub(super) fn architecture(&self) -> Option<Architecture> {
        match self.number(18, 2)? {
            0xb7 => Some(Architecture::Arm64),
            0x3e => Some(Architecture::X86),
            _ => None,
        }
    }

    /// The file that loads it and its libraries; `None` if it is static.
    pub(super) fn interpreter(&self) -> Option<&'a str> {
        let segment = self.segments().find(|segment| segment.kind == INTERPRETER)?;
        self.text(segment.offset)
    }

    /// The newest version of glibc that it names; `None` if it names none.
    pub(super) fn glibc(&self) -> Option<Version> {
        let (mut strings, mut versions) = (None, None);
        for (tag, value) in self.dynamic()? {
            match tag {
                STRINGS => strings = self.offset(value),
                VERSIONS => versions = self.offset(value),
                _ => {}
            }
        }
        let strings = strings?;
        let (libraries, at) = (Links::new(self, versions?, 12), |link, at| self.number(link + at, 4));
        let names = libraries.flat_map(|library| {
            let first = at(library, 8).map(|first| library + first);
            first.into_iter().flat_map(|first| Links::new(self, first, 12))
        });
        names.filter_map(|name| version(self.text(strings + at(name, 8)?)?)).max()
    }

    fn segments(&self) -> impl Iterator<Item = Segment> {
        let table = (self.number(32, 8), self.number(54, 2), self.number(56, 2));
        let (start, length, count) = match table {
            (Some(start), Some(length), Some(count)) => (start, length, count),
            _ => (0, 0, 0),
        };
        (0..count).filter_map(move |index| {
            let at = start.checked_add(index * length)?;
            let field = |offset| self.number(at.checked_add(offset)?, 8);
            Some(Segment { kind: self.number(at, 4)?, offset: field(8)?, address: field(16)?, length: field(32)? })
        })
    }

    /// The tags and values of the dynamic section.
    fn dynamic(&self) -> Option<impl Iterator<Item = (u64, u64)>> {
        let Segment { offset, length, .. } = self.segments().find(|segment| segment.kind == DYNAMIC)?;
        let entry = move |index: u64| {
            let at = offset.checked_add(index * 16)?;
            Some((self.number(at, 8)?, self.number(at.checked_add(8)?, 8)?))
        };
        Some((0..length / 16).map_while(entry))
    }

    /// Where in the file an address lies.
    fn offset(&self, address: u64) -> Option<u64> {
        let is_within = |segment: &Segment| {
            segment.kind == LOADED && address.checked_sub(segment.address).is_some_and(|offset| offset < segment.length)
        };
        let segment = self.segments().find(is_within)?;
        segment.offset.checked_add(address - segment.address)
    }

    /// A number of so many bytes.
    fn number(&self, at: u64, bytes: usize) -> Option<u64> {
        let at = usize::try_from(at).ok()?;
        let bytes = self.0.get(at..at.checked_add(bytes)?)?;
        Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// The text that begins at a place, and ends with a zero.
    fn text(&self, at: u64) -> Option<&'a str> {
        let bytes = self.0.get(usize::try_from(at).ok()?..)?;
        let end = bytes.iter().position(|byte| *byte == 0)?;
        std::str::from_utf8(bytes.get(..end)?).ok()
    }
}

/// The places of records of which each tells how far it is to the next.
struct Links<'e, 'a> {
    elf: &'e Elf<'a>,
    at: Option<u64>,
    next: u64,
}

impl<'e, 'a> Links<'e, 'a> {
    /// Those from a place on, whose distances stand at `next` in each.
    fn new(elf: &'e Elf<'a>, from: u64, next: u64) -> Self {
        Links { elf, at: Some(from), next }
    }
}

impl Iterator for Links<'_, '_> {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        let at = self.at?;
        let distance = self.elf.number(at.checked_add(self.next)?, 4)?;
        self.at = (distance > 0).then(|| at.checked_add(distance)).flatten();
        Some(at)
    }
}

/// The version in `GLIBC_2.34` or `GLIBC_2.2.5`.
fn version(name: &str) -> Option<Version> {
    let mut parts = name.strip_prefix("GLIBC_")?.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        assert_eq!(version("GLIBC_2.34"), Some((2, 34)));
        assert_eq!(version("GLIBC_2.2.5"), Some((2, 2)));
        for name in ["GLIBC_PRIVATE", "GCC_3.0", "GLIBC_2"] {
            assert_eq!(version(name), None, "{name}");
        }
    }

    #[test]
    fn what_is_cut_off_tells_nothing() {
        let program = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        for length in [0, 5, 6, 19, 40, 60, 100, 500, 1000] {
            if let Some(elf) = Elf::read(&program[..length]) {
                assert_eq!(elf.glibc(), None, "{length}");
            }
        }
    }

    /// Every program that is linked to glibc needs `__libc_start_main` of it, which has been there from the first version on.
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[test]
    fn this_program_tells_what_it_needs() {
        let program = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        let elf = Elf::read(&program).unwrap();
        let newest = elf.glibc().unwrap();
        assert!(((2, 2)..(3, 0)).contains(&newest), "{newest:?}");
        assert!(elf.interpreter().unwrap().contains("ld-linux"), "{:?}", elf.interpreter());
        assert_eq!(elf.architecture().unwrap().name().replace("arm64", "aarch64"), std::env::consts::ARCH);
    }
}
