//! `parse`.

use super::*;

fn numbers() -> Vec<String> {
    let texts = [
        "",
        "+",
        "-",
        "0",
        "00",
        "-0",
        "+0",
        "7",
        "+7",
        "-7",
        "007",
        "-007",
        "127",
        "128",
        "-128",
        "-129",
        "255",
        "256",
        "65535",
        "65536",
        "2147483647",
        "2147483648",
        "-2147483648",
        "-2147483649",
        "4294967295",
        "4294967296",
        " 1",
        "1 ",
        "1\n",
        "1.0",
        "1e3",
        "0x10",
        "1_000",
        "--1",
        "+-1",
        "9007199254740992",
        "99999999999999999999999999",
        "٣",
        "a",
        "-99999999999999999999999999",
        "12a",
        "1+",
    ];
    texts.map(str::to_owned).to_vec()
}

macro_rules! parses {
    ($($type:ty)+) => {
        $(agree(numbers(), |s| s.parse::<$type>().map_err(|e| e.to_string()), |s| {
            s.parse::<$type>().map_err(|e| e.to_string())
        });)+
    };
}

#[test]
fn integers() {
    parses!(u8 i8 u16 i16 u32 i32 u64 i64 usize);
}

#[test]
fn floats() {
    let texts = [
        "",
        ".",
        "5.",
        ".5",
        "-.5",
        "+.5e1",
        "1e5",
        "1E-5",
        "1e+05",
        "00.50",
        "007",
        "1e",
        "e5",
        "1.5.2",
        "1,5",
        "0.1",
        "-0.25",
        " 1",
        "1\n",
        "123456789.123456789",
        "0e0",
        "5.e3",
        "+-1",
        "1e5e5",
        "!",
        "5!x",
    ];
    let texts = || texts.map(str::to_owned);
    agree(texts(), |s| s.parse::<f64>().map_err(|e| e.to_string()), |s| s.parse::<f64>().map_err(|e| e.to_string()));
    parses!(f64);
}

#[test]
#[should_panic(expected = "infinity and `NaN` are no JSON numbers")]
fn infinity_is_no_number() {
    agree(["-INF".to_owned()], |s| s.parse::<f64>().ok(), |s| s.parse::<f64>().ok());
}

#[test]
fn others() {
    let texts = || super::texts().into_iter().chain(["true", "false", "True"].map(str::to_owned));
    agree(texts(), |s| s.parse::<bool>().map_err(|e| e.to_string()), |s| s.parse::<bool>().map_err(|e| e.to_string()));
    agree(texts(), |s| s.parse::<char>().map_err(|e| e.to_string()), |s| s.parse::<char>().map_err(|e| e.to_string()));
    agree(texts(), |s| s.parse::<String>().ok(), |s| s.parse::<String>().ok());
}
