//! Rows of a CSV text, by the names of their columns. The build script reads the compiled-in tables with the same code as the library
//! does, so that this file leans on nothing but the standard library and `csv`.

/// Hands the named columns of every row of a CSV text to `take`, without allocating per row. A column that the header lacks is an
/// empty string. The error is the line (the header is line 1) and the reason, which may come from `take`.
pub fn each_row<const N: usize>(
    text: &str,
    columns: [&str; N],
    mut take: impl FnMut([&str; N]) -> Result<(), String>,
) -> Result<(), (u64, String)> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|e| (1, e.to_string()))?;
    let places = columns.map(|column| headers.iter().position(|h| h == column));
    let mut record = csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(e) => return Err((line, e.to_string())),
        }
        let line = record.position().map_or(line, csv::Position::line);
        let fields = places.map(|place| place.and_then(|i| record.get(i)).unwrap_or(""));
        take(fields).map_err(|reason| (line, reason))?;
    }
}
