//! numpy's legacy generator, draw for draw.
//!
//! `RandomState(seed)` of numpy is MT19937 (Matsumoto and Nishimura 1998), seeded by the 2002
//! `init_genrand`. scikit-learn's splits and `lime`'s neighbours come from it, so with the same seed
//! ours are the same.

const N: usize = 624;
const M: usize = 397;

/// A stream of pseudo-random numbers, wholly decided by its seed.
#[derive(Clone, Debug)]
pub struct RandomState {
    state: Box<[u32; N]>,
    /// The state's words as they are given out.
    tempered: Box<[u32; N]>,
    next: usize,
}

impl RandomState {
    /// The generator at the start of the stream of `seed`.
    #[must_use]
    pub fn new(seed: u32) -> Self {
        let mut state = Box::new([0; N]);
        let mut word = seed;
        for (slot, i) in state.iter_mut().zip(1_u32..) {
            *slot = word;
            word = (word ^ (word >> 30)).wrapping_mul(1_812_433_253).wrapping_add(i);
        }
        Self { state, tempered: Box::new([0; N]), next: N }
    }

    fn refill(&mut self) {
        let s = &mut self.state;
        for i in 0..N - M {
            s[i] = s[i + M] ^ twist(s[i], s[i + 1]);
        }
        for i in N - M..N - 1 {
            s[i] = s[i + M - N] ^ twist(s[i], s[i + 1]);
        }
        s[N - 1] = s[M - 1] ^ twist(s[N - 1], s[0]);
        for (tempered, &word) in self.tempered.iter_mut().zip(s.iter()) {
            let mut y = word ^ (word >> 11);
            y ^= (y << 7) & 0x9d2c_5680;
            y ^= (y << 15) & 0xefc6_0000;
            *tempered = y ^ (y >> 18);
        }
        self.next = 0;
    }

    /// 32 random bits.
    pub fn next_u32(&mut self) -> u32 {
        if self.next >= N {
            self.refill();
        }
        let word = self.tempered[self.next];
        self.next += 1;
        word
    }

    /// A number in [0, 1) with 53 random bits, as `random_sample()`.
    pub fn random_sample(&mut self) -> f64 {
        let high = f64::from(self.next_u32() >> 5);
        let low = f64::from(self.next_u32() >> 6);
        (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0
    }

    /// An integer in 0..=`max`, by masked rejection as numpy's `random_interval`.
    pub fn interval(&mut self, max: u32) -> u32 {
        if max == 0 {
            return 0;
        }
        let mask = u32::MAX >> max.leading_zeros();
        loop {
            let value = self.next_u32() & mask;
            if value <= max {
                return value;
            }
        }
    }

    /// An integer in 0..`range`, as LIBSVM draws one in scikit-learn: by multiplication (Lemire, "Fast
    /// random integer generation in an interval", 2019); 0 when there is none.
    pub fn below(&mut self, range: u32) -> u32 {
        if range == 0 {
            return 0;
        }
        let least = range.wrapping_neg() % range;
        loop {
            let product = u64::from(self.next_u32()) * u64::from(range);
            if product as u32 >= least {
                return (product >> 32) as u32;
            }
        }
    }

    /// 0..`n` in random order, as `permutation(n)`.
    pub fn permutation(&mut self, n: u32) -> Vec<u32> {
        let mut order: Vec<u32> = (0..n).collect();
        self.shuffle(&mut order);
        order
    }

    /// Fisher and Yates's shuffle from the end, as `shuffle(items)`; at most 2³² items are reached.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let j = self.interval(u32::try_from(i).unwrap_or(u32::MAX));
            items.swap(i, j as usize);
        }
    }

    /// A version-4 UUID made of the stream's next 128 bits.
    pub fn uuid(&mut self) -> String {
        let [a, b, c, d] = [self.next_u32(), self.next_u32(), self.next_u32(), self.next_u32()];
        format!(
            "{a:08x}-{:04x}-4{:03x}-{:04x}-{:04x}{d:08x}",
            b >> 16,
            b & 0x0fff,
            0x8000 | ((c >> 16) & 0x3fff),
            c & 0xffff
        )
    }
}

fn twist(high: u32, low: u32) -> u32 {
    let y = (high & 0x8000_0000) | (low & 0x7fff_ffff);
    (y >> 1) ^ (0x9908_b0df & (y & 1).wrapping_neg())
}

/// Marsaglia's 32-bit xorshift ("Xorshift RNGs", 2003), with which scikit-learn's trees draw columns.
#[derive(Clone, Debug)]
pub struct XorShift(u32);

impl XorShift {
    /// Seeded as scikit-learn seeds the splitter of a tree: by `randint(0, 2³¹ − 1)`.
    #[must_use]
    pub fn of(random: &mut RandomState) -> Self {
        Self(random.interval(0x7fff_fffe))
    }

    /// An integer in `low`..`high`; `low` where that is empty.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        if self.0 == 0 {
            self.0 = 1;
        }
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        let bits = (self.0 & 0x7fff_ffff) as usize;
        low + bits.checked_rem(high.saturating_sub(low)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::RandomState;

    /// `RandomState(42).randint(0, 2**32, 3, dtype=uint32)`, `random_sample(2)` and `permutation(10)` of numpy 2.4.
    #[test]
    fn draws_what_numpy_draws() {
        let mut random = RandomState::new(42);
        assert_eq!(
            [random.next_u32(), random.next_u32(), random.next_u32()],
            [1_608_637_542, 3_421_126_067, 4_083_286_876]
        );
        let mut random = RandomState::new(42);
        assert_eq!(random.random_sample().to_bits(), 0.374_540_118_847_362_5_f64.to_bits());
        assert_eq!(random.random_sample().to_bits(), 0.950_714_306_409_916_2_f64.to_bits());
        assert_eq!(RandomState::new(42).permutation(10), [8, 1, 5, 0, 7, 2, 9, 4, 3, 6]);
    }

    #[test]
    fn a_uuid_says_version_4_and_its_variant() {
        let uuid = RandomState::new(7).uuid();
        let parts: Vec<&str> = uuid.split('-').collect();
        assert_eq!(parts.iter().map(|p| p.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert!(parts[2].starts_with('4'), "{uuid}");
        assert!(parts[3].starts_with(['8', '9', 'a', 'b']), "{uuid}");
    }
}
