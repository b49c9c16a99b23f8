//! Numbers.

use super::*;

fn signed() -> Vec<(i32, i32)> {
    let numbers = [0, 1, -1, 2, -2, 3, 7, -7, 100, -100];
    numbers.iter().flat_map(|a| numbers.iter().map(move |b| (*a, *b))).collect()
}

fn unsigned() -> Vec<(u64, u64)> {
    let numbers = [0, 1, 2, 3, 7, 1000];
    numbers.iter().flat_map(|a| numbers.iter().map(move |b| (*a, *b))).collect()
}

fn narrow() -> Vec<(i8, i8)> {
    let numbers = [0, 1, -1, 2, 50, 100, 127, -128, -50];
    numbers.iter().flat_map(|a| numbers.iter().map(move |b| (*a, *b))).collect()
}

fn bytes() -> Vec<(u8, u8)> {
    let numbers = [0, 1, 2, 16, 127, 128, 255];
    numbers.iter().flat_map(|a| numbers.iter().map(move |b| (*a, *b))).collect()
}

fn floats() -> Vec<f64> {
    vec![
        0.0,
        0.5,
        -0.5,
        1.5,
        -1.5,
        2.5,
        -2.5,
        0.49999999999999994,
        3.7,
        -3.7,
        1e15,
        -1e15,
        4503599627370495.5,
        255.9,
        300.0,
        -300.2,
    ]
}

fn float_pairs() -> Vec<(f64, f64)> {
    let numbers = [0.0, 0.1, 0.2, -0.3, 7.5, -2.0, 1e10];
    numbers.iter().flat_map(|a| numbers.iter().map(move |b| (*a, *b))).collect()
}

/// An operator, natively and staged, over pairs of several types.
macro_rules! operators {
    ($($pairs:expr => [$($op:tt $staged:ident),+];)+) => {
        $($(agree($pairs, |(a, b)| a $op b, |p| B.$staged(first(p), second(p)));)+)+
    };
}

#[test]
fn arithmetic() {
    operators! {
        signed() => [+ add, - sub, * mul, / div, % rem];
        unsigned() => [+ add, - sub, * mul, / div, % rem];
        narrow() => [+ add, - sub, * mul, / div, % rem];
        bytes() => [+ add, - sub, * mul, / div, % rem];
    }
    let not_zero = || float_pairs().into_iter().filter(|(_, b)| *b != 0.0).collect::<Vec<_>>();
    operators! {
        float_pairs() => [+ add, - sub, * mul];
        not_zero() => [/ div, % rem];
    }
    agree(narrow(), |(a, _)| -a, |p| B.neg(first(p)));
    agree(signed(), |(a, _)| (-a).to_string(), |p| B.neg(first(p)).to_string());
    agree(
        signed().into_iter().filter(|p| p.1 != 0),
        |(a, b)| (a % b).to_string(),
        |p| B.rem(first(p), second(p)).to_string(),
    );
    agree(
        signed().into_iter().filter(|p| p.1 != 0),
        |(a, b)| (a / b).to_string(),
        |p| B.div(first(p), second(p)).to_string(),
    );
}

#[test]
#[should_panic(expected = "a division by zero gives no JSON number")]
fn a_float_is_not_divided_by_zero() {
    agree([(1.0, 0.0)], |(a, b)| a / b, |p| B.div(first(p), second(p)));
}

#[test]
fn comparison() {
    operators! {
        signed() => [< lt, <= le, > gt, >= ge, == eq, != ne];
        float_pairs() => [< lt, <= le, > gt, >= ge, == eq, != ne];
    }
}

#[test]
fn casts() {
    macro_rules! casts {
        ($($from:ty: $inputs:expr => $($to:ty)+;)+) => {
            $($(agree($inputs, |a: $from| a as $to, |a| B.cast::<$from, $to>(a));)+)+
        };
    }
    casts! {
        u8: [0, 1, 127, 128, 255] => u8 u16 u32 u64 usize i8 i16 i32 i64 f64;
        i8: [0, 1, -1, 127, -128] => u8 u16 u32 i8 i16 i32 i64 f64;
        i16: [0, 1, -1, 127, 128, -128, -129, 255, 256, 32767, -32768] => u8 i8 u16 u32 i32 i64;
        u32: [0, 1, 65535, 65536, u32::MAX, 1 << 31] => u8 i8 u16 i16 i32 i64 u64 usize f64;
        i32: [0, 1, -1, 65536, -65536, i32::MAX, i32::MIN] => u8 i8 u16 i16 u32 i64 f64;
        u64: [0, 255, 256, 1 << 32, (1 << 40) + 300, 1 << 53] => u8 i8 u16 i16 u32 i32 i64 usize f64;
        i64: [0, -1, 256, -256, 1 << 32, -(1 << 40) - 300] => u8 i8 u16 i16 u32 i32 f64;
        f64: floats() => u8 i8 u16 i16 u32 i32 i64 u64;
        f64: [1e20, -1e20] => u8 i8 u16 i16 u32 i32;
    }
    agree(
        [true, false],
        |b| u32::from(b),
        |b| {
            use crate::stage::assoc::*;
            u32::stage_from(b)
        },
    );
}

#[test]
#[should_panic(expected = "an integer beyond 2^53 is not exact")]
fn a_cast_beyond_exact_integers_fails() {
    agree([-1_i64], |a| a as u64, |a| B.cast::<i64, u64>(a));
}

#[test]
fn methods_of_integers() {
    agree(signed(), |(a, _)| a.abs(), |p| first(p).abs());
    agree(narrow(), |(a, _)| a.abs(), |p| first(p).abs());
    agree(signed(), |(a, _)| a.signum(), |p| first(p).signum());
    agree(signed(), |(a, _)| a.is_positive(), |p| first(p).is_positive());
    agree(signed(), |(a, _)| a.is_negative(), |p| first(p).is_negative());
    agree(signed(), |(a, b)| a.min(b), |p| first(p).min(second(p)));
    agree(signed(), |(a, b)| a.max(b), |p| first(p).max(second(p)));
    agree(signed(), |(a, b)| a.clamp(-2, b), |p| first(p).clamp(B.lit(-2), second(p)));
    agree(signed(), |(a, b)| a.abs_diff(b), |p| first(p).abs_diff(second(p)));
    agree(signed().into_iter().filter(|p| p.1 != 0), |(a, b)| a.rem_euclid(b), |p| first(p).rem_euclid(second(p)));
    agree(signed().into_iter().filter(|p| p.1 != 0), |(a, b)| a.div_euclid(b), |p| first(p).div_euclid(second(p)));
    agree(unsigned(), |(a, b)| a.div_ceil(b), |p| first(p).div_ceil(second(p)));
    agree(unsigned(), |(a, b)| a.is_multiple_of(b), |p| first(p).is_multiple_of(second(p)));
    let powers = || [(2, 10), (-3, 3), (0, 0), (10, 9), (2, 31), (-2, 31), (46341, 2)];
    agree(powers(), |(a, n): (i32, u32)| a.pow(n), |p| first(p).pow(second(p)));
    agree(powers(), |(a, n): (i32, u32)| a.checked_pow(n), |p| first(p).checked_pow(second(p)));
    agree([(2_u64, 53_u32), (3, 30), (10, 15)], |(a, n)| a.pow(n), |p| first(p).pow(second(p)));
}

#[test]
fn methods_that_tell_of_overflow() {
    macro_rules! each {
        ($($pairs:expr => $($method:ident)+;)+) => {
            $($(agree($pairs, |(a, b)| a.$method(b), |p| first(p).$method(second(p)));)+)+
        };
    }
    let wide = || {
        let numbers = [0, 1, -1, 1 << 30, i32::MAX, i32::MIN];
        numbers.iter().flat_map(|a| numbers.iter().map(move |b| (*a, *b))).collect::<Vec<_>>()
    };
    each! {
        narrow() => checked_add checked_sub checked_mul checked_div checked_rem saturating_add saturating_sub saturating_mul;
        bytes() => checked_add checked_sub checked_mul checked_div checked_rem saturating_add saturating_sub saturating_mul;
        wide() => checked_add checked_sub checked_mul checked_div checked_rem saturating_add saturating_sub saturating_mul;
        unsigned() => checked_add checked_sub checked_mul checked_div checked_rem saturating_add saturating_sub saturating_mul;
    }
}

#[test]
fn methods_of_floats() {
    both!(floats(), |x: f64| x.floor());
    both!(floats(), |x: f64| x.ceil());
    both!(floats(), |x: f64| x.round());
    both!(floats(), |x: f64| x.trunc());
    both!(floats(), |x: f64| x.fract());
    both!(floats(), |x: f64| x.abs());
    both!([0.0, 2.0, 0.25, 1e300, 3.0], |x: f64| x.sqrt());
    agree(float_pairs(), |(a, b)| a.min(b), |p| first(p).min(second(p)));
    agree(float_pairs(), |(a, b)| a.max(b), |p| first(p).max(second(p)));
    agree(
        float_pairs().into_iter().filter(|p| p.1 != 0.0),
        |(a, b)| a.rem_euclid(b),
        |p| first(p).rem_euclid(second(p)),
    );
}

#[test]
fn conversions() {
    use crate::stage::assoc::*;
    let numbers = || [0, 1, -1, 127, 128, -128, -129, 255, 256, 65536, i32::MAX, i32::MIN];
    macro_rules! conversions {
        ($($to:ty)+) => {
            $(
                agree(numbers(), |a| <$to>::try_from(a).ok(), |a| <$to>::stage_try_from(a).ok());
                agree(numbers(), |a| <$to>::try_from(a).map_err(|e| e.to_string()), |a| {
                    a.try_into::<$to>().map_err(|e| e.to_string())
                });
            )+
        };
    }
    conversions!(u8 i8 u16 i16 u32 u64 i64 usize);
    agree(numbers(), |a| i64::from(a), |a| i64::stage_from(a));
    agree(numbers(), |a| a.to_string(), |a| a.to_string());
}
