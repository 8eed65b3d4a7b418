//! Reads protocol buffers and the parts of an ONNX file that tests look at, apart from the code under test.

#![allow(clippy::unwrap_used, reason = "a broken file fails the test")]

/// A field's content.
#[derive(Clone, Debug, PartialEq)]
pub enum Field<'b> {
    Varint(u64),
    Bytes(&'b [u8]),
    Fixed32([u8; 4]),
}

impl<'b> Field<'b> {
    pub fn bytes(&self) -> &'b [u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            other => panic!("{other:?} has no bytes"),
        }
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.bytes().to_vec()).unwrap()
    }

    pub fn int(&self) -> i64 {
        match self {
            Self::Varint(number) => *number as i64,
            other => panic!("{other:?} is no number"),
        }
    }
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    for shift in (0..).step_by(7) {
        let (first, rest) = bytes.split_first().unwrap();
        *bytes = rest;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            break;
        }
    }
    number
}

fn take<'b>(bytes: &mut &'b [u8], n: usize) -> &'b [u8] {
    let (taken, rest) = bytes.split_at(n);
    *bytes = rest;
    taken
}

/// The fields of a message in the order they come.
pub fn fields(mut bytes: &[u8]) -> Vec<(u64, Field<'_>)> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let key = varint(&mut bytes);
        let field = match key & 7 {
            0 => Field::Varint(varint(&mut bytes)),
            2 => {
                let length = varint(&mut bytes) as usize;
                Field::Bytes(take(&mut bytes, length))
            }
            5 => Field::Fixed32(take(&mut bytes, 4).try_into().unwrap()),
            kind => panic!("kind {kind}"),
        };
        fields.push((key >> 3, field));
    }
    fields
}

/// All fields of a number.
pub fn all(message: &[u8], number: u64) -> Vec<Field<'_>> {
    fields(message).into_iter().filter(|(of, _)| *of == number).map(|(_, field)| field).collect()
}

/// The only field of a number.
pub fn one(message: &[u8], number: u64) -> Field<'_> {
    let mut all = all(message, number);
    assert_eq!(all.len(), 1, "field {number}");
    all.remove(0)
}

/// An operator of a graph.
pub struct Node<'b> {
    pub operator: String,
    pub inputs: Vec<String>,
    pub outputs: Vec<String>,
    message: &'b [u8],
}

impl<'b> Node<'b> {
    fn attribute(&self, name: &str) -> &'b [u8] {
        let attributes = all(self.message, 5).into_iter().map(|field| field.bytes());
        let mut named = attributes.filter(|attribute| one(attribute, 1).text() == name);
        named.next().unwrap_or_else(|| panic!("{} has no {name}", self.operator))
    }

    pub fn floats(&self, name: &str) -> Vec<f32> {
        let packed = one(self.attribute(name), 7).bytes();
        packed.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().unwrap())).collect()
    }

    pub fn ints(&self, name: &str) -> Vec<i64> {
        let mut packed = one(self.attribute(name), 8).bytes();
        let mut all = Vec::new();
        while !packed.is_empty() {
            all.push(varint(&mut packed) as i64);
        }
        all
    }

    pub fn texts(&self, name: &str) -> Vec<String> {
        all(self.attribute(name), 9).iter().map(Field::text).collect()
    }

    pub fn text(&self, name: &str) -> String {
        one(self.attribute(name), 4).text()
    }

    pub fn doubles(&self, name: &str) -> Vec<f64> {
        let raw = one(one(self.attribute(name), 5).bytes(), 9).bytes();
        raw.chunks_exact(8).map(|eight| f64::from_le_bytes(eight.try_into().unwrap())).collect()
    }
}

/// A model file.
pub struct Model<'b> {
    pub bytes: &'b [u8],
    graph: &'b [u8],
}

impl<'b> Model<'b> {
    pub fn read(bytes: &'b [u8]) -> Self {
        Self { bytes, graph: one(bytes, 7).bytes() }
    }

    pub fn nodes(&self) -> Vec<Node<'b>> {
        let texts = |message, number| all(message, number).iter().map(Field::text).collect();
        let nodes = all(self.graph, 1).into_iter().map(|field| field.bytes());
        let node = |message| Node {
            operator: one(message, 4).text(),
            inputs: texts(message, 1),
            outputs: texts(message, 2),
            message,
        };
        nodes.map(node).collect()
    }

    pub fn node(&self, operator: &str) -> Node<'b> {
        let mut named = self.nodes().into_iter().filter(|node| node.operator == operator);
        named.next().unwrap_or_else(|| panic!("no {operator}"))
    }

    pub fn inputs(&self) -> Vec<String> {
        all(self.graph, 11).iter().map(|input| one(input.bytes(), 1).text()).collect()
    }

    pub fn outputs(&self) -> Vec<String> {
        all(self.graph, 12).iter().map(|output| one(output.bytes(), 1).text()).collect()
    }

    /// Names of values that are given: inputs and constants.
    pub fn given(&self) -> Vec<String> {
        let constants = all(self.graph, 5).into_iter().map(|field| one(field.bytes(), 8).text());
        self.inputs().into_iter().chain(constants).collect()
    }

    pub fn properties(&self) -> Vec<(String, String)> {
        let pairs = all(self.bytes, 14).into_iter().map(|field| field.bytes());
        pairs.map(|pair| (one(pair, 1).text(), one(pair, 2).text())).collect()
    }
}
