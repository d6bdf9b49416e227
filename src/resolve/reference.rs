//! Roles and pronouns -> the person of the document that they stand for. Asked by the quote stage.
