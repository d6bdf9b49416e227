//! How a language sets attributions beside words in marks, and what is seen on the way to one.

/// How a language sets attributions beside words in marks.
#[derive(Clone, Copy, Debug)]
pub struct Habits {
    /// Longest attribution before or behind words in marks, in tokens.
    pub reach: usize,
    /// The same before them.
    pub reach_before: usize,
    /// Marks of punctuation that may stand between a closing mark and the attribution.
    pub marks_between: usize,
    /// The comma of an attribution stands inside the marks: “…,” said X.
    pub comma_inside: bool,
    /// Tokens behind a closing mark and a comma within which the cue of an attribution stands.
    pub cue_behind: usize,
    /// The same behind a question or exclamation mark inside.
    pub cue_behind_stop: usize,
    /// Nouns and verbs agree, so that who is meant shows by gender, number and case; else by what stands nearest.
    pub inflected: bool,
    /// The words may stand on a line of their own that opens with a dash, behind a colon: «Он помолчал и спросил:».
    pub dashed_line: bool,
}

/// What has been seen between a closing mark and the attribution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lead {
    /// A comma, or what stands for one.
    pub comma: bool,
    /// A dash.
    pub dash: bool,
}

/// What a token behind a closing mark says of the attribution to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It stands between; look at the next one.
    Over(Lead),
    /// The attribution begins here.
    Begin(Lead),
    /// Nothing belongs to the words in marks any more.
    Apart,
}

/// Tokens behind words in marks that may hold an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// First token.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// A dash stands before it.
    pub dash: bool,
}

/// The words that lead up to an opening mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeadUp {
    /// First token.
    pub from: usize,
    /// The last token before the mark: a comma, a colon, a dash or a word.
    pub last: usize,
    /// One past the last word.
    pub end: usize,
    /// One past the last token before the mark.
    pub to: usize,
}
