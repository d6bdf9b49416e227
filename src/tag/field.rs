//! «комитет по бюджету», «штаб по борьбе с паводком»: what an office is for belongs to its name.
//!
//! One more rule over the candidates of `combine`; input and output are the same. In NEREL's training part and factRuEval's
//! development part such names go on behind «по» in 68 of 68 cases.

use super::candidate::Candidate;
use super::patterns::Context;
use crate::dictionary::organisation_words::OrganisationWord;
use crate::document::EntityType;
use crate::document::{Gap, TokenKind};
use crate::morph::{Case, Pos};

/// Most tokens that a field may have.
const LONGEST: usize = 10;

impl Context<'_> {
    /// Lets the names of offices go on over their fields.
    pub(super) fn fields(&self, found: &mut Vec<Candidate>) {
        let mut n = 0;
        while n < found.len() {
            let c = found[n];
            n += 1;
            let office = |i: usize| self.facts(i).organisation().any(OrganisationWord::OFFICE);
            if c.kind != EntityType::Organisation || !c.tokens.range().any(office) {
                continue;
            }
            let Some(end) = self.field_end(c.tokens.end as usize) else {
                continue;
            };
            let mut whole = c;
            whole.tokens.end = end as u32;
            whole.name = None;
            // A name that begins inside and goes on beyond is left alone.
            let crossed = found[n..]
                .iter()
                .take_while(|o| o.tokens.start < whole.tokens.end)
                .any(|o| o.tokens.end > whole.tokens.end);
            if !crossed {
                Self::put(found, whole);
            }
        }
    }

    /// The end of «по» with a noun phrase in the dative and the genitives and instrumentals behind it.
    fn field_end(&self, at: usize) -> Option<usize> {
        let follows = |i: usize| {
            self.doc
                .tokens
                .get(i)
                .is_some_and(|t| t.kind == TokenKind::Word && t.gap == Gap::Space)
        };
        if !follows(at) || self.facts(at).lower() != "по" {
            return None;
        }
        let is = |i: usize, pos: Pos, cases: &[Case]| {
            self.facts(i)
                .readings()
                .iter()
                .any(|r| r.tag.pos == pos && cases.contains(&r.tag.case))
        };
        let nouns = |i: usize, cases: &[Case]| is(i, Pos::Noun, cases) || is(i, Pos::Name, cases);
        let mut cases: &[Case] = &[Case::Dative];
        let mut end = None;
        let mut i = at + 1;
        while i < at + 1 + LONGEST && follows(i) {
            if self.facts(i).organisation().any(OrganisationWord::OCCASION) {
                break;
            } else if nouns(i, cases) {
                // «по борьбе с паводком и пожарами», «по делам молодёжи»: what depends on the noun.
                cases = &[Case::Genitive, Case::Instrumental, Case::Dative];
                end = Some(i + 1);
            } else if matches!(self.facts(i).lower(), "и" | "с" | "со" | "в") && end.is_some()
            {
                // Goes on where a noun follows in the case that is called for.
                cases = match self.facts(i).lower() {
                    "в" => &[Case::Locative],
                    "и" => &[Case::Dative, Case::Genitive, Case::Instrumental],
                    _ => &[Case::Instrumental],
                };
                if self.facts(i).lower().starts_with('в') && !self.office_of(i) {
                    break;
                }
            } else if !is(i, Pos::Adjective, cases) {
                break;
            }
            i += 1;
        }
        end
    }

    /// «надзор в сфере связи»: the nouns that name a field behind «в».
    fn office_of(&self, i: usize) -> bool {
        self.doc
            .tokens
            .get(i + 1)
            .is_some_and(|_| matches!(self.facts(i + 1).lower(), "сфере" | "области" | "отношении"))
    }
}
