//! The attributes and derives of stepwright.
