//! Customer numbers of the form `1234-BCDFG`, all different.

use crate::numerics::random::RandomState;

const NUMBERS: u32 = 10_000;
/// No vowels, so that no number spells a word.
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
const WORDS: u32 = 20 * 20 * 20 * 20 * 20;

/// A one-to-one map from row to customer number, decided by a seed: two Feistel rounds over
/// (number, word), so no set of numbers in use is needed.
pub(super) struct Identifiers {
    keys: [u32; 2],
}

impl Identifiers {
    /// Takes two draws.
    pub fn draw(random: &mut RandomState) -> Self {
        Self { keys: [random.next_u32(), random.next_u32()] }
    }

    /// Appends the number of a `row`, different for every row under 32 · 10⁹.
    pub fn push(&self, out: &mut String, row: u32) {
        let [word_key, number_key] = self.keys;
        let number = row % NUMBERS;
        let word = (row / NUMBERS + scramble(number ^ word_key) % WORDS) % WORDS;
        let number = (number + scramble(word ^ number_key) % NUMBERS) % NUMBERS;

        for place in [1_000, 100, 10, 1] {
            out.push(char::from(b'0' + (number / place % 10) as u8));
        }
        out.push('-');
        for place in [160_000, 8_000, 400, 20, 1] {
            out.push(char::from(LETTERS[(word / place % 20) as usize]));
        }
    }
}

/// The finaliser of MurmurHash3 (Appleby 2011): every bit of the input moves every bit of the output.
fn scramble(word: u32) -> u32 {
    let mut h = word;
    h = (h ^ (h >> 16)).wrapping_mul(0x85eb_ca6b);
    h = (h ^ (h >> 13)).wrapping_mul(0xc2b2_ae35);
    h ^ (h >> 16)
}
