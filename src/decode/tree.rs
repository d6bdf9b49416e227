//! The source of a page -> its tree of elements, or which limit it passes.
//!
//! A few kilobytes can make a tree without end: elements nested thousands deep, unclosed marks of the text (`<b>`, `<font>`) that are
//! opened again in every paragraph, attributes in thousands. So the tree is counted while it grows, the source is fed in small pieces, and
//! after a piece that passes a limit no more is. Invariant: a tree that is given is at most [`DEEPEST`] deep.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use dom_query::{Document, NodeId};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};
use rustc_hash::FxHashMap;

/// Depth of nesting; browsers stop at the same one.
const DEEPEST: u32 = 512;
/// Nodes that any page may have, and those that none has.
const FREE_NODES: usize = 20_000;
const MOST_NODES: usize = 500_000;
/// Attributes of one element.
const ATTRIBUTES: usize = 512;
/// Bytes of attributes that any page may have; one of a length of its own may have as many times as many bytes again.
const FREE_BYTES: usize = 1 << 20;
const TIMES: usize = 4;
/// Bytes of the source between two looks at the counts.
const PIECE: usize = 1 << 10;

/// The tree of a page.
///
/// # Errors
/// The limit that it passes, in words.
pub(super) fn of(html: &str) -> Result<Document, String> {
    // The parser compares the attributes of one tag with each other before the tree hears of them.
    if attributes(html) > ATTRIBUTES {
        return Err(too_many_attributes());
    }
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    let mut parser = parse_document(Counted::new(html.len()), options);
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(crate::bytes::boundary_before(rest, PIECE));
        rest = behind;
        parser.process(StrTendril::from(piece));
        if let Some(limit) = parser.tokenizer.sink.sink.passed() {
            return Err(limit);
        }
    }
    let counted = parser.finish();
    match counted.passed() {
        Some(limit) => Err(limit),
        // Elements may have been moved below others when they were counted already.
        None if is_too_deep(&counted.tree) => Err(too_deep()),
        None => Ok(counted.tree),
    }
}

fn too_deep() -> String {
    format!("its elements are nested more than {DEEPEST} deep")
}

fn too_many_attributes() -> String {
    format!("one of its elements has more than {ATTRIBUTES} attributes")
}

/// A tree that is counted while it grows.
struct Counted {
    tree: Document,
    most_nodes: usize,
    most_bytes: usize,
    nodes: Cell<usize>,
    /// Bytes of attributes.
    bytes: Cell<usize>,
    deepest: Cell<u32>,
    /// Most attributes that were added to one element behind its own.
    added: Cell<usize>,
    depths: RefCell<FxHashMap<NodeId, u32>>,
}

impl Counted {
    fn new(length: usize) -> Self {
        Counted {
            tree: Document::default(),
            most_nodes: (FREE_NODES + length).min(MOST_NODES),
            most_bytes: FREE_BYTES + TIMES * length,
            nodes: Cell::new(0),
            bytes: Cell::new(0),
            deepest: Cell::new(0),
            added: Cell::new(0),
            depths: RefCell::default(),
        }
    }

    /// The limit that is passed, in words.
    fn passed(&self) -> Option<String> {
        if self.deepest.get() > DEEPEST {
            return Some(too_deep());
        }
        if self.added.get() > ATTRIBUTES {
            return Some(too_many_attributes());
        }
        let (nodes, bytes) = (self.most_nodes, self.most_bytes);
        if self.nodes.get() > nodes {
            return Some(format!("it has more than {nodes} elements and texts"));
        }
        (self.bytes.get() > bytes).then(|| format!("its attributes have more than {bytes} bytes"))
    }

    fn node(&self, id: NodeId) -> NodeId {
        self.nodes.set(self.nodes.get() + 1);
        id
    }

    fn depth(&self, of: &NodeId) -> u32 {
        self.depths.borrow().get(of).copied().unwrap_or(0)
    }

    /// Notes where a child comes to stand.
    fn place(&self, child: &NodeOrText<NodeId>, depth: u32) {
        match child {
            NodeOrText::AppendNode(id) => {
                self.depths.borrow_mut().insert(*id, depth);
                self.deepest.set(self.deepest.get().max(depth));
            }
            NodeOrText::AppendText(_) => self.nodes.set(self.nodes.get() + 1),
        }
    }

    fn weigh(&self, attributes: &[Attribute]) {
        let bytes: usize = attributes
            .iter()
            .map(|a| a.name.local.len() + a.value.len())
            .sum();
        self.bytes.set(self.bytes.get() + bytes);
    }
}

impl TreeSink for Counted {
    type Handle = NodeId;
    type Output = Self;
    type ElemName<'a> = <Document as TreeSink>::ElemName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.tree.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        TreeSink::elem_name(&self.tree, target)
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> NodeId {
        self.weigh(&attributes);
        self.node(TreeSink::create_element(
            &self.tree, name, attributes, flags,
        ))
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.node(TreeSink::create_comment(&self.tree, text))
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.node(TreeSink::create_pi(&self.tree, target, data))
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.place(&child, self.depth(parent) + 1);
        TreeSink::append(&self.tree, parent, child);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.place(&child, self.depth(sibling));
        TreeSink::append_before_sibling(&self.tree, sibling, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        let depth = self.depth(element).max(self.depth(previous) + 1);
        self.place(&child, depth);
        TreeSink::append_based_on_parent_node(&self.tree, element, previous, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        TreeSink::append_doctype_to_document(&self.tree, name, public, system);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        let contents = TreeSink::get_template_contents(&self.tree, target);
        let depth = self.depth(target) + 1;
        self.depths.borrow_mut().insert(contents, depth);
        contents
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        TreeSink::set_quirks_mode(&self.tree, mode);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.weigh(&attributes);
        self.added.set(self.added.get() + attributes.len());
        if self.added.get() <= ATTRIBUTES {
            TreeSink::add_attrs_if_missing(&self.tree, target, attributes);
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        TreeSink::remove_from_parent(&self.tree, target);
    }

    fn reparent_children(&self, node: &NodeId, parent: &NodeId) {
        TreeSink::reparent_children(&self.tree, node, parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        TreeSink::is_mathml_annotation_xml_integration_point(&self.tree, handle)
    }
}

/// Whether a finished tree is too deep; goes along its edges, each twice.
fn is_too_deep(tree: &Document) -> bool {
    let mut depth = 0u32;
    let mut node = Some(tree.root());
    while let Some(at) = node {
        if let Some(child) = at.first_child() {
            depth += 1;
            if depth > DEEPEST {
                return true;
            }
            node = Some(child);
            continue;
        }
        let mut up = Some(at);
        node = None;
        while let Some(at) = up {
            if depth == 0 {
                return false;
            }
            if let Some(next) = at.next_sibling() {
                node = Some(next);
                break;
            }
            depth -= 1;
            up = at.parent();
        }
    }
    false
}

/// The most attributes of a tag, or a few more; those of scripts, styles and comments are none.
fn attributes(html: &str) -> usize {
    let bytes = html.as_bytes();
    let (mut at, mut most) = (0, 0);
    while let Some(open) = memchr::memchr(b'<', &bytes[at..]).map(|n| at + n) {
        if html[open..].starts_with("<!--") {
            at = html[open..]
                .find("-->")
                .map_or(bytes.len(), |n| open + n + 3);
            continue;
        }
        at = open + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let name = super::breaks::tag_name(&html[at..]);
        let (count, end) = tag(bytes, at);
        most = most.max(count);
        at = end;
        if let Some(raw) = super::breaks::raw(name) {
            at = super::breaks::end_of(html, at, raw);
        }
    }
    most
}

/// Attributes of the tag whose name begins at `at`, and where it ends.
fn tag(bytes: &[u8], mut at: usize) -> (usize, usize) {
    let mut count = 0;
    // Whether the last byte but white space was a sign of equality.
    let mut is_value = false;
    let mut is_apart = false;
    while let Some(&b) = bytes.get(at) {
        at += 1;
        match b {
            b'>' => break,
            b'"' | b'\'' if is_value => {
                at = memchr::memchr(b, &bytes[at..]).map_or(bytes.len(), |n| at + n + 1);
                (is_value, is_apart) = (false, true);
            }
            b'=' => (is_value, is_apart) = (true, false),
            b if b.is_ascii_whitespace() || b == b'/' => is_apart = true,
            _ => {
                count += usize::from(is_apart && !is_value);
                (is_value, is_apart) = (false, false);
            }
        }
    }
    (count, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_has_limits() {
        let fonts: String = (0..400).map(|n| format!("<font color={n}>")).collect();
        let bodies: String = (0..600).map(|n| format!("<body a{n}=1>")).collect();
        let attributes: String = (0..600).map(|n| format!(" a{n}=\"1\"")).collect();
        let value = "x".repeat(8000);
        let marks: String = (0..100).map(|n| format!("<b a='{n}{value}'>")).collect();
        for (html, word) in [
            ("<div>".repeat(600), "nested"),
            ("<table><td>".repeat(600), "nested"),
            (format!("<p>{fonts}{}", "<p>а".repeat(400)), "elements"),
            (bodies, "attributes"),
            (format!("<p{attributes}>"), "attributes"),
            (format!("<p>{marks}{}", "<p>а</p>".repeat(100)), "bytes"),
            ("<p>".repeat(MOST_NODES + 1000), "elements"),
        ] {
            let passed = of(&html).err().unwrap_or_default();
            assert!(passed.contains(word), "{word}: {passed:?}");
        }
        for html in [
            "<div>".repeat(500),
            "<p>a ".repeat(20_000),
            "</p>".repeat(15_000),
            format!("<script>if (a <b {})</script>", "c ".repeat(1000)),
            format!("<!-- <p {}> -->", "c ".repeat(1000)),
            format!("<img alt='{}'>", "c ".repeat(1000)),
        ] {
            assert_eq!(of(&html).err(), None);
        }
    }

    #[test]
    fn attributes_are_counted_outside_values() {
        for (html, count) in [
            ("<p>", 0),
            ("<p a b = 'c d' e=f/>", 3),
            ("<p a=\"x>y z\"b=c>", 2),
            ("a < b c d", 0),
        ] {
            assert_eq!(attributes(html), count, "{html}");
        }
    }
}
