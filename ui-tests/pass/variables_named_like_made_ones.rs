#![expect(non_snake_case, reason = "thiserror makes names of the fields")]

use stepwright::prelude::*;

#[derive(Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub(crate) enum Refused {
    #[error("{__b} of {__self}")]
    Amount { __b: u64, __self: u64 },
}

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub(crate) struct Item {
    __v: u64,
    __o: u64,
}

#[pure]
impl Item {
    fn total(self, __self: u64, __b: u64) -> u64 {
        self.__v + self.__o + __self + __b
    }
}

#[pure]
fn sum((__p1, __b): (u64, u64), __p0: u64) -> u64 {
    __p1 + __b + __p0
}

#[task]
async fn charge(__p0: u64) -> u64 {
    __p0
}

#[workflow]
pub(crate) async fn workflow(__b: u64, __twin: u64, __p0: Vec<Item>) -> Result<u64, Refused> {
    let mut __r = charge(__b).await + __twin;
    for __k2 in &__p0 {
        let Item { __v, __o } = __k2.clone();
        let (__s1, __s2, __s3) = (__v + 1, __o + 2, __v + __o);
        if __s1 > 3 && __s2 > 3 {
            continue;
        }
        __r += sum((__s1, __s2), __s3) + __k2.clone().total(__v, __b);
    }
    let __c = match (__b, __twin) {
        (1, __c1) | (__c1, 1) => __c1,
        (__m3, __w4) if __m3 > __w4 => __m3,
        _ => return Err(Refused::Amount { __b, __self: __twin }),
    };
    Ok(__r + charge(__c).await)
}
