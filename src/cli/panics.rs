//! Panics of the library are caught document by document and told in errors.csv; the program's own handler would print them, too.

/// Keeps the default message of panics from the terminal, unless GLAGOL_DEBUG is set.
pub fn keep_quiet() {
    if std::env::var_os("GLAGOL_DEBUG").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
}
