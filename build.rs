//! Notes the SHA-256 of every dictionary, for `run.json`.

use std::fmt::Write;
use std::path::PathBuf;
use std::{env, fs, io};

use sha2::{Digest, Sha256};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=dictionaries");
    println!("cargo::rerun-if-changed=build.rs");
    let mut files: Vec<PathBuf> = fs::read_dir("dictionaries")?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<io::Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == "csv" || e == "bin"));
    files.sort();
    let mut list = String::from("&[\n");
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let hash: String = Sha256::digest(fs::read(&path)?)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        let _ = writeln!(list, "    ({name:?}, {hash:?}),");
    }
    list.push(']');
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    fs::write(PathBuf::from(out).join("dictionaries.rs"), list)
}
