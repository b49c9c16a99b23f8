//! The guard of twins: a twin whose native function does not compile says nothing.
//!
//! The size of an `async fn`'s future is known only when its body type-checks and borrow-checks. Twins are typed through
//! `[(); N]`, where `N` is zero times that size: when the body is wrong, `N` is an error that rustc has reported already, and
//! all that is typed through it is silent.

/// Gives its parameter back, for arrays of no length.
pub trait Pass<T> {
    /// The parameter.
    type Out;
}

impl<T> Pass<T> for [(); 0] {
    type Out = T;
}

macro_rules! probes {
    ($($name:ident($($param:ident),*);)+) => {
        $(
            /// Zero, once the function's body is right.
            pub const fn $name<$($param,)* F: Fn($($param),*) -> R, R>(_: &F) -> usize {
                size_of::<R>() * 0
            }
        )+
    };
}

probes! {
    probe0();
    probe1(A);
    probe2(A, B);
    probe3(A, B, C);
    probe4(A, B, C, D);
    probe5(A, B, C, D, E);
    probe6(A, B, C, D, E, G);
    probe7(A, B, C, D, E, G, H);
    probe8(A, B, C, D, E, G, H, I);
    probe9(A, B, C, D, E, G, H, I, J);
}
