//! ONNX's messages: a graph that grows node by node, and the model around it.
//!
//! Field numbers are those of `onnx.proto` (<https://github.com/onnx/onnx/blob/main/onnx/onnx.proto>).

use std::collections::BTreeSet;

use super::wire::Message;

/// Version of the file format, and of both sets of operators.
const IR_VERSION: i64 = 8;
const OPSET: i64 = 17;
const ML_OPSET: i64 = 3;
/// The set of operators for models.
const ML: &str = "ai.onnx.ml";

/// What a tensor holds, by ONNX's number.
#[derive(Clone, Copy)]
pub enum Element {
    Float = 1,
    Whole = 7,
    Text = 8,
    Double = 11,
}

/// What an operator is set to.
pub enum Attribute<'a> {
    Int(i64),
    Float(f32),
    Text(&'a str),
    Ints(&'a [i64]),
    Floats(&'a [f32]),
    Texts(&'a [String]),
    /// A tensor of one dimension.
    Doubles(&'a [f64]),
}

impl Attribute<'_> {
    fn message(&self, name: &str) -> Message {
        let message = Message::default().text(1, name);
        let (message, kind) = match self {
            Self::Float(number) => (message.float(2, *number), 1),
            Self::Int(number) => (message.int(3, *number), 2),
            Self::Text(text) => (message.text(4, text), 3),
            Self::Doubles(numbers) => {
                let shape = [numbers.len() as i64];
                (message.message(5, tensor("", Element::Double, &shape, numbers)), 4)
            }
            Self::Floats(numbers) => (message.floats(7, numbers), 6),
            Self::Ints(numbers) => (message.ints(8, numbers), 7),
            Self::Texts(texts) => (texts.iter().fold(message, |m, text| m.text(9, text)), 8),
        };
        message.int(20, kind)
    }
}

/// Numbers of a shape, rounded to what the tensor holds.
fn tensor(name: &str, element: Element, shape: &[i64], numbers: &[f64]) -> Message {
    let raw: Vec<u8> = match element {
        Element::Double => numbers.iter().flat_map(|n| n.to_le_bytes()).collect(),
        Element::Whole => numbers.iter().flat_map(|&n| (n as i64).to_le_bytes()).collect(),
        _ => numbers.iter().flat_map(|&n| (n as f32).to_le_bytes()).collect(),
    };
    let message = Message::default().ints(1, shape).int(2, element as i64);
    let message = if name.is_empty() { message } else { message.text(8, name) };
    message.bytes(9, &raw)
}

/// A graph under construction. A value is known by its name.
#[derive(Default)]
pub struct Graph {
    nodes: Vec<Message>,
    constants: Vec<Message>,
    inputs: Vec<Message>,
    outputs: Vec<Message>,
    names: BTreeSet<String>,
}

impl Graph {
    /// A name that no value has yet: the wished one, or that and as many `_` as it takes.
    pub fn name(&mut self, wished: &str) -> String {
        let mut name = wished.to_owned();
        while name.is_empty() || !self.names.insert(name.clone()) {
            name.push('_');
        }
        name
    }

    /// A column of rows that the graph is given.
    pub fn input(&mut self, wished: &str, element: Element, doc: &str) -> String {
        let name = self.name(wished);
        self.inputs.push(value(&name, element, Some(1), doc));
        name
    }

    /// What the graph gives: one a row, or `width` of them.
    pub fn output(&mut self, name: &str, element: Element, width: Option<i64>, doc: &str) {
        self.outputs.push(value(name, element, width, doc));
    }

    /// A number that does not change, rounded to what it is to be.
    pub fn constant(&mut self, wished: &str, element: Element, number: f64) -> String {
        self.table(wished, element, &[1], &[number])
    }

    /// Numbers of a shape that do not change, rounded to what they are to be.
    pub fn table(
        &mut self,
        wished: &str,
        element: Element,
        shape: &[i64],
        numbers: &[f64],
    ) -> String {
        let name = self.name(wished);
        self.constants.push(tensor(&name, element, shape, numbers));
        name
    }

    /// The same value as another element.
    pub fn cast(&mut self, of: &str, to: Element, wished: &str) -> String {
        self.apply("Cast", &[of], wished, &[("to", Attribute::Int(to as i64))])
    }

    /// An operator of the standard set; gives the name of its value.
    pub fn apply(
        &mut self,
        operator: &str,
        inputs: &[&str],
        wished: &str,
        attributes: &[(&str, Attribute<'_>)],
    ) -> String {
        let output = self.name(wished);
        self.node(operator, "", inputs, &[&output], attributes);
        output
    }

    /// An operator of the set for models; gives the name of its value.
    pub fn apply_ml(
        &mut self,
        operator: &str,
        input: &str,
        wished: &str,
        attributes: &[(&str, Attribute<'_>)],
    ) -> String {
        let output = self.name(wished);
        self.node(operator, ML, &[input], &[&output], attributes);
        output
    }

    /// A classifier, which gives a class and a number of each class.
    pub fn classify(
        &mut self,
        operator: &str,
        input: &str,
        [classes, scores]: [&str; 2],
        attributes: &[(&str, Attribute<'_>)],
    ) {
        self.node(operator, ML, &[input], &[classes, scores], attributes);
    }

    /// An operator of the set for models whose value has a name already.
    pub fn apply_ml_to(
        &mut self,
        operator: &str,
        input: &str,
        output: &str,
        attributes: &[(&str, Attribute<'_>)],
    ) {
        self.node(operator, ML, &[input], &[output], attributes);
    }

    /// A standard operator whose value has a name already.
    pub fn apply_to(
        &mut self,
        operator: &str,
        inputs: &[&str],
        output: &str,
        attributes: &[(&str, Attribute<'_>)],
    ) {
        self.node(operator, "", inputs, &[output], attributes);
    }

    fn node(
        &mut self,
        operator: &str,
        domain: &str,
        inputs: &[&str],
        outputs: &[&str],
        attributes: &[(&str, Attribute<'_>)],
    ) {
        let mut node = Message::default();
        node = inputs.iter().fold(node, |node, input| node.text(1, input));
        node = outputs.iter().fold(node, |node, output| node.text(2, output));
        // every value has one node, so its name names the node too
        node = node.text(3, outputs.last().unwrap_or(&operator)).text(4, operator);
        for (name, attribute) in attributes {
            node = node.message(5, attribute.message(name));
        }
        self.nodes.push(if domain.is_empty() { node } else { node.text(7, domain) });
    }

    /// The model around the graph, as a file.
    pub fn into_model(self, name: &str, doc: &str, properties: &[(&str, String)]) -> Vec<u8> {
        let repeated = |to: Message, field, messages: Vec<Message>| {
            messages.into_iter().fold(to, |to, message| to.message(field, message))
        };
        let mut graph = repeated(Message::default(), 1, self.nodes).text(2, name);
        graph = repeated(graph, 5, self.constants);
        graph = repeated(graph, 11, self.inputs);
        graph = repeated(graph, 12, self.outputs);
        let opset = |domain: &str, version| Message::default().text(1, domain).int(2, version);
        let mut model = Message::default()
            .int(1, IR_VERSION)
            .text(2, "Churn Lab")
            .text(3, env!("CARGO_PKG_VERSION"))
            .text(6, doc)
            .message(7, graph)
            .message(8, opset("", OPSET))
            .message(8, opset(ML, ML_OPSET));
        for (key, value) in properties {
            model = model.message(14, Message::default().text(1, key).text(2, value));
        }
        model.into_bytes()
    }
}

/// `(N)` or `(N, width)` elements.
fn value(name: &str, element: Element, width: Option<i64>, doc: &str) -> Message {
    let rows = Message::default().text(2, "N");
    let mut shape = Message::default().message(1, rows);
    if let Some(width) = width {
        shape = shape.message(1, Message::default().int(1, width));
    }
    let tensor = Message::default().int(1, element as i64).message(2, shape);
    let kind = Message::default().message(1, tensor);
    Message::default().text(1, name).message(2, kind).text(3, doc)
}
