//! Protocol buffers' wire format, as far as a model needs it: written, never read.
//!
//! A field is its number and kind in one varint, then a varint, four bytes, or a length and as many
//! bytes. <https://protobuf.dev/programming-guides/encoding/>

/// The three kinds of field that a model has.
#[derive(Clone, Copy)]
enum Kind {
    Varint = 0,
    Sized = 2,
    Fixed32 = 5,
}

/// A message that grows field by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message(Vec<u8>);

impl Message {
    /// The bytes so far.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// A whole number; a negative one takes ten bytes.
    pub fn int(mut self, field: u32, number: i64) -> Self {
        self.key(field, Kind::Varint);
        varint(&mut self.0, number as u64);
        self
    }

    /// A number in single precision.
    pub fn float(mut self, field: u32, number: f32) -> Self {
        self.key(field, Kind::Fixed32);
        self.0.extend(number.to_le_bytes());
        self
    }

    /// Bytes.
    pub fn bytes(mut self, field: u32, bytes: &[u8]) -> Self {
        self.key(field, Kind::Sized);
        varint(&mut self.0, bytes.len() as u64);
        self.0.extend_from_slice(bytes);
        self
    }

    /// A text.
    pub fn text(self, field: u32, text: &str) -> Self {
        self.bytes(field, text.as_bytes())
    }

    /// A message within the message.
    pub fn message(self, field: u32, message: Self) -> Self {
        self.bytes(field, &message.0)
    }

    /// Many whole numbers in one piece.
    pub fn ints(self, field: u32, numbers: &[i64]) -> Self {
        let mut packed = Vec::with_capacity(numbers.len() * 2);
        numbers.iter().for_each(|&number| varint(&mut packed, number as u64));
        self.bytes(field, &packed)
    }

    /// Many numbers in one piece.
    pub fn floats(self, field: u32, numbers: &[f32]) -> Self {
        let packed: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        self.bytes(field, &packed)
    }

    fn key(&mut self, field: u32, kind: Kind) {
        varint(&mut self.0, u64::from(field) << 3 | kind as u64);
    }
}

/// Seven bits a byte, the lowest first, the eighth bit where more follow.
fn varint(to: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        to.push(number as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::Message;

    /// The examples of the format's own documentation.
    #[test]
    fn writes_what_the_format_says() {
        let message = Message::default;
        assert_eq!(message().int(1, 150).into_bytes(), [0x08, 0x96, 0x01]);
        assert_eq!(message().text(2, "testing").into_bytes(), b"\x12\x07testing");
        let inner = message().int(1, 150);
        assert_eq!(message().message(3, inner).into_bytes(), [0x1a, 0x03, 0x08, 0x96, 0x01]);
        let packed = [0x32, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05];
        assert_eq!(message().ints(6, &[3, 270, 86_942]).into_bytes(), packed);
        let minus_2 = [0x08, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        assert_eq!(message().int(1, -2).into_bytes(), minus_2);
        assert_eq!(message().float(2, 1.0).into_bytes(), [0x15, 0, 0, 0x80, 0x3f]);
        assert_eq!(message().floats(7, &[1.0]).into_bytes(), [0x3a, 4, 0, 0, 0x80, 0x3f]);
        // a field above 15 takes two bytes
        assert_eq!(message().int(20, 1).into_bytes(), [0xa0, 0x01, 0x01]);
    }
}
