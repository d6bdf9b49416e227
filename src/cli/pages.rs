//! Memory in large pages, where the system gives them to those who ask (Linux with `madvise`, the setting of most distributions).
//!
//! The dictionaries, the weights and what is known of words are looked into at random, and to find the places of so many small pages
//! costs a tenth of the time of a run. The C library asks for large pages if it is told to before the program starts, and only then; so the
//! program tells it and starts once more, as the same process. Where anything is in the way, all goes on with small pages.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn ask_for_large() {
    use std::os::unix::process::CommandExt;

    const TUNABLES: &str = "GLIBC_TUNABLES";
    const SETTING: &str = "/sys/kernel/mm/transparent_hugepage/enabled";

    let is_given = std::fs::read_to_string(SETTING).is_ok_and(|s| s.contains("[madvise]"));
    // Where it is set, by us or by the user, all is decided.
    if !is_given || std::env::var_os(TUNABLES).is_some() {
        return;
    }
    let mut arguments = std::env::args_os();
    if let (Ok(program), Some(name)) = (std::env::current_exe(), arguments.next()) {
        // It comes back only where that cannot be done.
        let _ = std::process::Command::new(program)
            .arg0(name)
            .args(arguments)
            .env(TUNABLES, "glibc.malloc.hugetlb=1")
            .exec();
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn ask_for_large() {}
