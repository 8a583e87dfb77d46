//! Changes inputs at random: a small part of what a fuzzer does, the same in every run.

/// Words that readers look for, and those that trip them.
const WORDS: [&[u8]; 36] = [
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"\x1b[31m",
    b"\xcc\x81",
    b"\"",
    b"'",
    b"\\u0000",
    b"\\ud800",
    b"null",
    b"[]",
    b"{}",
    b"[[[[[[[[",
    b"-1",
    b"1e999",
    b"18446744073709551616",
    b"2027-02-30",
    b"9999-12-31T23:59:59Z",
    b"0001-01-01",
    b"https://learn.microsoft.com/",
    b"%00",
    b"%2F",
    b"@",
    b"?url=",
    b"sharingId=",
    b"<a href=",
    b"](",
    b"&amp;",
    b"\r\n\r\n",
    b"--",
    b"=?utf-8?B?",
    b"endobj",
    b"stream",
    b"<w:t>",
    b"<c r=\"A1\" t=\"s\"><v>9</v></c>",
];

/// A source of changes.
pub(super) struct Mutator(u64);

impl Mutator {
    /// The changes of one entry.
    pub(super) fn new(name: &str) -> Self {
        let seed = name.bytes().fold(0x9E37_79B9_7F4A_7C15, |seed: u64, byte| {
            (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        });
        Self(seed | 1)
    }

    /// One of the seeds with one to four changes.
    pub(super) fn changed(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut input = seeds[self.below(seeds.len())].clone();
        for _ in 0..=self.below(4) {
            let other = &seeds[self.below(seeds.len())];
            self.change(&mut input, other);
        }
        input
    }

    fn change(&mut self, input: &mut Vec<u8>, other: &[u8]) {
        let at = self.below(input.len() + 1);
        let end = (at + self.below(32)).min(input.len());
        match self.below(7) {
            0 if at < input.len() => input[at] ^= 1 << self.below(8),
            1 if at < input.len() => input[at] = u8::try_from(self.below(256)).unwrap(),
            2 => input.truncate(at),
            3 => drop(input.drain(at..end)),
            4 => {
                let again = input[at..end].repeat(1 + self.below(40));
                drop(input.splice(at..at, again));
            }
            5 => {
                let from = self.below(other.len() + 1);
                let to = (from + self.below(200)).min(other.len());
                drop(input.splice(at..end, other[from..to].iter().copied()));
            }
            _ => drop(input.splice(at..at, WORDS[self.below(WORDS.len())].iter().copied())),
        }
    }

    /// A number below `limit`, by xorshift.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit).unwrap()).unwrap()
    }
}
