//! The Amazon States Language as Rust data: lossless parsing and printing.
