//! Numbers by chance, the same on every machine.

/// A small generator of numbers by chance, the same on every machine.
pub(crate) struct Chance(u64);

impl Chance {
    pub fn new() -> Self {
        Chance::of_round(0)
    }

    /// Another sequence for every round.
    pub fn of_round(round: usize) -> Self {
        Chance(0x9E37_79B9_7F4A_7C15_u64.wrapping_add((round as u64).wrapping_mul(0x1234_5677)))
    }

    /// A number from 0 to below 1.
    pub fn unit(&mut self) -> f32 {
        (self.next() % 1000) as f32 / 1000.0
    }

    /// Yes, in this share of draws.
    pub fn share(&mut self, share: f32) -> bool {
        self.unit() < share
    }

    /// One of several, all as likely; there must be one.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[(self.next() % from.len() as u64) as usize]
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}
