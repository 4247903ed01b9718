//! How much of a register is looked at, for the test that holds that none of it is looked at again and again.

/// Counts bytes that are looked at; nothing but in tests.
#[cfg_attr(not(test), expect(unused_variables))]
pub fn looked_at(bytes: usize) {
    #[cfg(test)]
    crate::testing::counters::look_at(bytes as u64);
}
