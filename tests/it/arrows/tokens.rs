//! What an item mentions, read from its tokens, so that paths inside macros count too.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, ItemUse, UseTree};

use super::source::{Path, attributes, is_for_tests};

/// What an item holds.
#[derive(Default)]
pub(super) struct Mentioned {
    pub(super) paths: Vec<Path>,
    /// `use` lines inside functions.
    pub(super) imports: Vec<UseTree>,
    /// Functions with their lengths in lines.
    pub(super) functions: Vec<(String, usize)>,
}

/// Everything that `item` mentions.
pub(super) fn mentioned(item: &Item) -> Mentioned {
    let mut mentioned = Mentioned::default();
    mentioned.read(item.to_token_stream());
    mentioned
}

impl Mentioned {
    fn read(&mut self, stream: TokenStream) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            at = match &tokens[at] {
                TokenTree::Group(group) => {
                    self.read(group.stream());
                    at + 1
                }
                TokenTree::Ident(ident) if *ident == "use" => self.import(&tokens, at),
                TokenTree::Ident(ident) => {
                    if *ident == "fn" {
                        self.function(&tokens, at);
                    }
                    self.path(&tokens, at)
                }
                _ => at + 1,
            };
        }
    }

    /// Reads a `use` inside a function; a bound `use<'a>` is none.
    fn import(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        let length = tokens[at..].iter().position(|token| is(token, ';'));
        let Some(length) = length else {
            return at + 1;
        };
        let line: TokenStream = tokens[at..=at + length].iter().cloned().collect();
        match syn::parse2::<ItemUse>(line) {
            Ok(item) => {
                self.imports.push(item.tree);
                at + length + 1
            }
            Err(_) => at + 1,
        }
    }

    /// Notes the length of the function whose `fn` stands at `at`.
    fn function(&mut self, tokens: &[TokenTree], at: usize) {
        let Some(TokenTree::Ident(name)) = tokens.get(at + 1) else {
            return;
        };
        for token in &tokens[at..] {
            match token {
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    let first = tokens[at].span().start().line;
                    let last = group.span_close().end().line;
                    self.functions.push((name.to_string(), last - first + 1));
                    return;
                }
                token if is(token, ';') => return,
                _ => {}
            }
        }
    }

    /// Reads the path that begins at `at`; gives where it ends.
    fn path(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        let mut path = vec![tokens[at].to_string()];
        let mut end = at + 1;
        while let Some(TokenTree::Ident(next)) = tokens.get(end + 2)
            && is_separator(&tokens[end..])
        {
            path.push(next.to_string());
            end += 3;
        }
        let before = &tokens[..at];
        let is_field = before.last().is_some_and(|token| is(token, '.'))
            && !before[..at - 1].last().is_some_and(|token| is(token, '.'));
        let is_lifetime = before.last().is_some_and(|token| is(token, '\''));
        // `<T as Trait>::name`, `Vec::<T>::name`
        let is_rest = at >= 2 && is_separator(&before[at - 2..]);
        let next = tokens.get(end);
        // A field's or an argument's name, the name of a macro.
        let is_label = path.len() == 1
            && next.is_some_and(|token| is(token, ':'))
            && !is_separator(&tokens[end..]);
        let is_macro = path.len() == 1 && next.is_some_and(|token| is(token, '!'));
        if !(is_field || is_lifetime || is_rest || is_label || is_macro) {
            self.paths.push(path);
        }
        end
    }
}

fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// True for `::`.
fn is_separator(tokens: &[TokenTree]) -> bool {
    let joint = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint);
    tokens.len() >= 2 && is(&tokens[0], ':') && joint(&tokens[0]) && is(&tokens[1], ':')
}

/// The words of a file outside of comments, strings and tests; calls without arguments as
/// `.name()` besides.
pub(super) fn words_of_code(text: &str) -> BTreeSet<String> {
    let file = syn::parse_file(text).expect("Rust");
    let mut words = BTreeSet::new();
    for item in file
        .items
        .iter()
        .filter(|item| !is_for_tests(attributes(item)))
    {
        words_of(item.to_token_stream(), &mut words);
    }
    words
}

fn words_of(stream: TokenStream, words: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(ident) => {
                let is_method = at > 0 && is(&tokens[at - 1], '.');
                let arguments = tokens.get(at + 1).map(ToString::to_string);
                if is_method && arguments.is_some_and(|arguments| arguments == "()") {
                    words.insert(format!(".{ident}()"));
                }
                words.insert(ident.to_string());
            }
            TokenTree::Group(group) => words_of(group.stream(), words),
            _ => {}
        }
    }
}
