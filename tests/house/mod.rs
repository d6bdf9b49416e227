//! The sources of the library as the compiler sees them: modules, what each file imports, and its functions.
//!
//! Input: files with their text. Output: [`House`]. Modules are found from `lib.rs` and `main.rs` by their `mod` lines, and what stands under
//! `#[cfg(test)]` is left out. An import is a path in a `use` line or anywhere else; it is one of the file that holds the innermost module on
//! the path. Names that the root of the crate hands on are followed to the file that they come from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A module: the crate's root file and the names below it, `lib::dictionary::entry`.
pub type Module = String;

/// All files of `src`.
#[derive(Default)]
pub struct House {
    pub files: BTreeMap<Module, File>,
}

/// One file.
#[derive(Default)]
pub struct File {
    /// Its place below `src`.
    pub path: String,
    /// The files that it imports from, each with a path as it is written.
    pub imports: BTreeMap<Module, String>,
    pub functions: Vec<Function>,
    children: BTreeSet<String>,
    uses: Vec<Use>,
    /// Paths outside `use` lines.
    paths: Vec<Vec<String>>,
}

/// A function with its lines from `fn` to the closing brace.
#[derive(Debug, PartialEq)]
pub struct Function {
    pub name: String,
    pub lines: usize,
    pub parameters: usize,
    /// The lines of its documentation.
    pub docs: Vec<String>,
}

/// A path of a `use` line and the name that it has in the file.
struct Use {
    path: Vec<String>,
    name: String,
    public: bool,
}

impl House {
    /// The files of a folder.
    pub fn of_folder(src: &Path) -> io::Result<Self> {
        let mut texts = BTreeMap::new();
        read_all(src, src, &mut texts)?;
        Ok(House::of(&texts))
    }

    /// Files by their places below `src`.
    pub fn of(texts: &BTreeMap<String, String>) -> Self {
        let mut house = House::default();
        for root in ["lib", "main"] {
            house.add(texts, root.to_owned(), format!("{root}.rs"), String::new());
        }
        let imports: Vec<(Module, BTreeMap<Module, String>)> = house
            .files
            .iter()
            .map(|(module, file)| (module.clone(), house.imports_of(module, file)))
            .collect();
        for (module, imports) in imports {
            if let Some(file) = house.files.get_mut(&module) {
                file.imports = imports;
            }
        }
        house
    }

    /// Adds a file and the modules that it declares, which lie in `folder`.
    fn add(
        &mut self,
        texts: &BTreeMap<String, String>,
        module: Module,
        path: String,
        folder: String,
    ) {
        let Some(text) = texts.get(&path) else { return };
        let tokens: TokenStream = text
            .parse()
            .unwrap_or_else(|e| panic!("{path} is no Rust: {e}"));
        let mut file = File {
            path,
            ..File::default()
        };
        file.read(tokens, 0);
        for child in &file.children {
            let below = format!("{folder}{child}");
            let flat = format!("{below}.rs");
            let path = match texts.contains_key(&flat) {
                true => flat,
                false => format!("{below}/mod.rs"),
            };
            self.add(
                texts,
                format!("{module}::{child}"),
                path,
                format!("{below}/"),
            );
        }
        self.files.insert(module, file);
    }

    fn imports_of(&self, module: &str, file: &File) -> BTreeMap<Module, String> {
        let mut imports = BTreeMap::new();
        let paths = file.uses.iter().map(|u| &u.path).chain(&file.paths);
        for path in paths {
            if let Some(target) = self.resolve(module, path)
                && target != module
            {
                imports.entry(target).or_insert_with(|| path.join("::"));
            }
        }
        imports
    }

    /// The module that a path of `module` leads to, where it is one of ours.
    fn resolve(&self, module: &str, path: &[String]) -> Option<Module> {
        let (mut at, mut rest) = self.first(module, path)?;
        while let [next, after @ ..] = rest {
            let child = format!("{at}::{next}");
            if !self.files.contains_key(&child) {
                break;
            }
            (at, rest) = (child, after);
        }
        let root = !at.contains("::");
        if let (true, Some(item)) = (root, rest.first())
            && let Some(handed_on) = self.files[&at]
                .uses
                .iter()
                .find(|u| u.public && u.name == *item)
        {
            return self.resolve(&at, &handed_on.path);
        }
        Some(at)
    }

    /// The module that a path starts from, and what is left of the path.
    fn first<'p>(&self, module: &str, path: &'p [String]) -> Option<(Module, &'p [String])> {
        let (first, mut rest) = path.split_first()?;
        let root = module.split("::").next()?;
        let mut at = module;
        match first.as_str() {
            "crate" => at = root,
            "glagol" if root == "main" => at = "lib",
            "self" => {}
            "super" => {
                at = at.rsplit_once("::")?.0;
                while let [next, after @ ..] = rest
                    && next == "super"
                {
                    (at, rest) = (at.rsplit_once("::")?.0, after);
                }
            }
            name => {
                let child = format!("{module}::{name}");
                if self.files.contains_key(&child) {
                    return Some((child, rest));
                }
                // A module that the file imports by its name.
                let named = self.files[module]
                    .uses
                    .iter()
                    .find(|u| u.name == name && u.path != path)?;
                let whole = self.resolve(module, &named.path)?;
                let is_module = named
                    .path
                    .last()
                    .is_some_and(|last| whole.ends_with(&format!("::{last}")));
                return is_module.then_some((whole, rest));
            }
        }
        Some((at.to_owned(), rest))
    }
}

impl File {
    /// Reads tokens; `depth` is in how many modules without files of their own they stand.
    fn read(&mut self, tokens: TokenStream, depth: usize) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut docs = Vec::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let rest = &tokens[at..];
            if let Some(attribute) = attribute(rest) {
                at += 2;
                if attribute == "cfg (test)" {
                    at += item(&tokens[at..]);
                } else if let Some(doc) = attribute.strip_prefix("doc = ") {
                    docs.push(doc.trim_matches(['r', '#', '"']).trim().to_owned());
                }
                continue;
            }
            let word = match token {
                TokenTree::Ident(ident) => ident.to_string(),
                _ => String::new(),
            };
            let path = path(rest);
            match (word.as_str(), rest) {
                ("use", _) => {
                    let end = find(rest, ';');
                    let public = at > 0 && is_visibility(&tokens[at - 1]);
                    self.use_tree(&rest[1..end], &[], public, depth);
                    at += end;
                }
                ("mod", [_, TokenTree::Ident(name), TokenTree::Punct(_), ..]) => {
                    self.children.insert(name.to_string());
                    at += 2;
                }
                ("mod", [_, TokenTree::Ident(_), TokenTree::Group(group), ..]) => {
                    self.read(group.stream(), depth + 1);
                    at += 2;
                }
                ("fn", [_, TokenTree::Ident(_), ..]) => {
                    self.functions
                        .extend(function(rest, std::mem::take(&mut docs)));
                    at += 1;
                }
                _ if path.len() > 1 => {
                    at += 3 * (path.len() - 1);
                    self.paths.push(in_file(path, depth));
                }
                _ => {
                    if let TokenTree::Group(group) = token {
                        self.read(group.stream(), depth);
                    }
                    if is_end(token) {
                        docs.clear();
                    }
                }
            }
            at += 1;
        }
    }

    /// The paths of a `use` line; `before` them stands what they have in common.
    fn use_tree(&mut self, tokens: &[TokenTree], before: &[String], public: bool, depth: usize) {
        let mut path = before.to_vec();
        let mut name = None;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Ident(ident) if *ident == "as" => {
                    name = tokens.get(at + 1).map(ToString::to_string);
                    at += 1;
                }
                // `{self, …}` is the module before the braces.
                TokenTree::Ident(ident) if *ident == "self" && !before.is_empty() => {}
                TokenTree::Ident(ident) => path.push(ident.to_string()),
                TokenTree::Group(group) => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    for part in inner.split(|token| is_punct(token, ',')) {
                        if !part.is_empty() {
                            self.use_tree(part, &path, public, depth);
                        }
                    }
                    return;
                }
                _ => {}
            }
            at += 1;
        }
        let name = name.or_else(|| path.last().cloned()).unwrap_or_default();
        let path = in_file(path, depth);
        self.uses.push(Use { path, name, public });
    }
}

/// A path as it reads outside of the `depth` modules without files that it stands in.
fn in_file(mut path: Vec<String>, depth: usize) -> Vec<String> {
    let supers = path
        .iter()
        .take(depth)
        .take_while(|name| *name == "super")
        .count();
    if supers > 0 {
        path.splice(..supers, ["self".to_owned()]);
    }
    path
}

fn is_punct(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(p) if p.as_char() == char)
}

fn is_brace(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace)
}

/// Whether an item or a field ends here.
fn is_end(token: &TokenTree) -> bool {
    is_punct(token, ';') || is_punct(token, ',') || is_brace(token)
}

/// Whether it is `pub`, or the brackets behind it.
fn is_visibility(token: &TokenTree) -> bool {
    token.to_string() == "pub"
        || matches!(token, TokenTree::Group(g) if g.delimiter() == Delimiter::Parenthesis)
}

/// Place of the first such mark, or the end.
fn find(tokens: &[TokenTree], char: char) -> usize {
    tokens
        .iter()
        .position(|t| is_punct(t, char))
        .unwrap_or(tokens.len())
}

/// What stands in the attribute that begins here.
fn attribute(tokens: &[TokenTree]) -> Option<String> {
    match tokens {
        [hash, TokenTree::Group(group), ..]
            if is_punct(hash, '#') && group.delimiter() == Delimiter::Bracket =>
        {
            Some(group.stream().to_string())
        }
        _ => None,
    }
}

/// How many tokens the item, statement or field that begins here has.
fn item(tokens: &[TokenTree]) -> usize {
    const ITEMS: [&str; 12] = [
        "fn", "impl", "mod", "struct", "enum", "use", "static", "const", "type", "trait", "pub",
        "let",
    ];
    let mut first = 0;
    while attribute(&tokens[first..]).is_some() {
        first += 2;
    }
    let word = tokens
        .get(first)
        .map(ToString::to_string)
        .unwrap_or_default();
    let is_item = ITEMS.contains(&word.as_str());
    let ends = |token: &TokenTree| match word.as_str() {
        "use" => is_punct(token, ';'),
        _ => is_punct(token, ';') || is_brace(token) || !is_item && is_punct(token, ','),
    };
    let end = tokens[first..].iter().position(ends);
    end.map_or(tokens.len(), |end| first + end + 1)
}

/// The names of the path that begins here.
fn path(tokens: &[TokenTree]) -> Vec<String> {
    let mut path = Vec::new();
    let mut rest = tokens;
    while let [TokenTree::Ident(name), after @ ..] = rest {
        path.push(name.to_string());
        match after {
            [a, b, after @ ..] if is_punct(a, ':') && is_punct(b, ':') => rest = after,
            _ => break,
        }
    }
    path
}

/// The function that begins here, unless it has no body.
fn function(tokens: &[TokenTree], docs: Vec<String>) -> Option<Function> {
    let body = tokens.iter().position(is_brace)?;
    if find(tokens, ';') < body {
        return None;
    }
    let list = tokens.iter().find_map(|token| match token {
        TokenTree::Group(g) if g.delimiter() == Delimiter::Parenthesis => Some(g.stream()),
        _ => None,
    })?;
    Some(Function {
        name: tokens[1].to_string(),
        lines: tokens[body].span().end().line - tokens[0].span().start().line + 1,
        parameters: parameters(list),
        docs,
    })
}

/// How many parameters a list has; a comma inside angle brackets parts none.
fn parameters(list: TokenStream) -> usize {
    let (mut count, mut depth, mut open, mut last) = (0, 0, false, ' ');
    for token in list {
        let mark = match &token {
            TokenTree::Punct(p) => p.as_char(),
            _ => ' ',
        };
        match mark {
            '<' => depth += 1,
            '>' if last != '-' => depth -= 1,
            _ => {}
        }
        last = mark;
        open = mark != ',' || depth > 0;
        count += usize::from(!open);
    }
    count + usize::from(open)
}

/// All files below a folder, by their places below `src`.
fn read_all(src: &Path, folder: &Path, texts: &mut BTreeMap<String, String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_all(src, &path, texts)?;
        } else if path.extension().is_some_and(|e| e == "rs") {
            let place = path.strip_prefix(src).unwrap_or(&path);
            let place = place.to_string_lossy().replace('\\', "/");
            texts.insert(place, fs::read_to_string(&path)?);
        }
    }
    Ok(())
}
