//! Paths and folders -> files, in a fixed order, with the ids that their documents get.
//!
//! A folder's entries come by name (bytes), each subfolder in its place. Hidden entries are passed over; links are followed, and a
//! link that leads back to a folder it lies in is an error of its own. Passed over are a README, the JSON beside a text of the same
//! name, and pictures and the like by their names; what else is no document shows when it is opened. Only the names of open folders are
//! held in memory.

use std::ffi::OsString;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind};

use super::format;
use super::options::ReadOptions;

/// What is met on the way.
#[derive(Debug)]
#[non_exhaustive]
pub enum Walked {
    /// A file to read.
    File {
        /// Where it is.
        path: PathBuf,
        /// Path relative to the input, with `/` between parts.
        id: String,
        /// Whether the user named it himself.
        named: bool,
    },
    /// A file of no known format, or one that only accompanies documents.
    Skipped {
        /// Where it is.
        path: PathBuf,
        /// Why.
        reason: &'static str,
    },
    /// What cannot be read.
    Broken(Error),
}

/// Why files are passed over.
pub(super) const NO_ARTICLE: &str = "files of this extension are no articles";
pub(super) const HIDDEN: &str = "its name begins with a dot (--hidden reads it)";
pub(super) const README: &str = "a README";

/// Goes through one input.
pub fn walk(
    input: &Path,
    options: &ReadOptions,
    take: &mut dyn FnMut(Walked) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let broken = |e: &std::io::Error, path: &Path| {
        let reason = match e.kind() {
            std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
            _ => e.to_string(),
        };
        Walked::Broken(Error::new(ErrorKind::Read, reason).at(path))
    };
    let meta = match fs::metadata(input) {
        Ok(meta) => meta,
        Err(e) => return take(broken(&e, input)),
    };
    if !meta.is_dir() {
        let id = input.file_name().unwrap_or(input.as_os_str());
        return take(Walked::File {
            path: input.to_path_buf(),
            id: id.to_string_lossy().into_owned(),
            named: true,
        });
    }
    // Open folders, innermost last: path, id prefix, names still to come (last first), canonical path.
    let mut open: Vec<Folder> = Vec::new();
    match Folder::open(input.to_path_buf(), String::new()) {
        Ok(folder) => open.push(folder),
        Err(e) => return take(broken(&e, input)),
    }
    while let Some(folder) = open.last_mut() {
        let Some(name) = folder.names.pop() else {
            open.pop();
            continue;
        };
        let path = folder.path.join(&name);
        if !options.hidden && name.as_encoded_bytes().starts_with(b".") {
            take(Walked::Skipped {
                path,
                reason: HIDDEN,
            })?;
            continue;
        }
        let id = format!("{}{}", folder.prefix, name.to_string_lossy());
        let meta = match fs::metadata(&path) {
            Ok(meta) => meta,
            Err(e) => {
                take(broken(&e, &path))?;
                continue;
            }
        };
        if meta.is_dir() {
            match Folder::open(path.clone(), format!("{id}/")) {
                Ok(inner) if options.leave_out.as_ref() == Some(&inner.real) => {}
                Ok(inner) if open.iter().any(|outer| outer.real == inner.real) => {
                    let reason = "a link that leads back to a folder it lies in";
                    take(Walked::Broken(
                        Error::new(ErrorKind::Read, reason).at(&path),
                    ))?;
                }
                Ok(inner) => open.push(inner),
                Err(e) => take(broken(&e, &path))?,
            }
        } else {
            take(match passed_over(&path, &meta) {
                Some(reason) => Walked::Skipped { path, reason },
                None => Walked::File {
                    path,
                    id,
                    named: false,
                },
            })?;
        }
    }
    ControlFlow::Continue(())
}

/// Why a file found in a folder is passed over.
fn passed_over(path: &Path, meta: &fs::Metadata) -> Option<&'static str> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if !meta.is_file() {
        Some("no file but a pipe, a socket or a device")
    } else if format::is_other(&name) {
        Some(NO_ARTICLE)
    } else if is_readme(&name) {
        Some(README)
    } else if name.ends_with(".json") && path.with_extension("txt").exists() {
        Some("it accompanies the .txt of the same name")
    } else {
        None
    }
}

/// Whether a file of this name tells of the documents and is none.
pub(super) fn is_readme(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    stem.eq_ignore_ascii_case("readme")
}

struct Folder {
    path: PathBuf,
    prefix: String,
    names: Vec<OsString>,
    real: PathBuf,
}

impl Folder {
    fn open(path: PathBuf, prefix: String) -> std::io::Result<Self> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&path)? {
            names.push(entry?.file_name());
        }
        names.sort_unstable_by(|a, b| b.as_encoded_bytes().cmp(a.as_encoded_bytes()));
        names.shrink_to_fit();
        let real = fs::canonicalize(&path)?;
        Ok(Folder {
            path,
            prefix,
            names,
            real,
        })
    }
}
