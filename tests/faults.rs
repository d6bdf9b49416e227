//! Runs that meet damaged, hostile and missing input, and runs that are killed.
#![cfg(feature = "cli")]

mod common;

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use glagol::run::{Monitor, RunOptions};

use common::{ARTICLE, Folder, Numbers, article, column, files, glagol, many, run, status, stderr};

#[test]
fn one_bad_input_loses_nothing_else() {
    let folder = Folder::new("bad");
    folder.write("in/a.txt", ARTICLE);
    folder.write("in/b.txt", b"%PDF-1.4 \x00\x01");
    folder.write(
        "in/c.jsonl",
        format!(
            "{{\"text\": \"Да.\"}}\n{{\"text\n\n{{\"id\": 5}}\n{}",
            "x".repeat(3000)
        ),
    );
    folder.write("in/d.csv", "name;value\na;b\n");
    folder.write("in/e.json", "[{\"text\": \"Нет.\"}, {\"text\": \"");
    folder.write("in/f.txt", "ю".repeat(2000));
    folder.write("in/g.txt", "");
    folder.write("in/h.txt.gz", b"\x1F\x8Bnothing");
    folder.write("in/i.zip", b"PK\x03\x04nothing");
    folder.write("in/z.txt", article(1));
    let out = folder.path("out");
    let ran = glagol(&["run", "no-such-file.txt", "--max-bytes", "3500"])
        .arg(folder.path("in"))
        .arg("--out")
        .arg(&out)
        .output()
        .expect("runs");
    assert_eq!(status(&ran), 1, "{}", stderr(&ran));
    assert!(
        stderr(&ran).contains("no-such-file.txt: there is no such file or folder"),
        "{}",
        stderr(&ran)
    );
    assert_eq!(
        column(&out, "documents", "document"),
        ["a.txt", "c.jsonl:1", "e.json:1", "g.txt", "z.txt"]
    );
    let kinds = column(&out, "errors", "kind");
    let paths = column(&out, "errors", "path");
    let told: Vec<(String, &str)> = paths
        .iter()
        .map(|p| p.rsplit('/').next().unwrap_or("").to_owned())
        .zip(kinds.iter().map(String::as_str))
        .collect();
    let expected = [
        ("no-such-file.txt", "read"),
        ("b.txt", "decode"),
        ("c.jsonl", "format"),
        ("c.jsonl", "format"),
        ("c.jsonl", "format"),
        ("d.csv", "format"),
        ("e.json", "format"),
        ("f.txt", "limit"),
        ("h.txt.gz", "format"),
        ("i.zip", "format"),
    ];
    assert_eq!(told, expected.map(|(path, kind)| (path.to_owned(), kind)));
    assert_eq!(column(&out, "errors", "line")[2..5], ["2", "4", "5"]);
}

#[test]
fn a_quotation_mark_of_a_table_that_never_closes_is_told() {
    let folder = Folder::new("unclosed");
    for (name, rows) in [
        ("a.csv", "id,text\n1,Да.\n2,\"Нет.\n3,Может.\n"),
        ("b.csv", "id,text\n1,\"Да.\nНет.\"\n"),
        (
            "c.csv",
            "id,text\r\n1,Да.\r\n2,\"Он:\r\n\"\"Да.\"\"\" \r\n\r\n",
        ),
        ("d.csv", "text,id\n\"Да.\nНет.\",1\nДюйм 5\",2"),
    ] {
        folder.write(&format!("in/{name}"), rows);
    }
    let out = folder.path("out");
    let ran = run(&folder.path("in"), &out, &[]);
    assert_eq!(status(&ran), 1, "{}", stderr(&ran));
    assert_eq!(column(&out, "documents", "document").len(), 7);
    let (severities, lines) = (
        column(&out, "errors", "severity"),
        column(&out, "errors", "line"),
    );
    let lost = severities.iter().zip(&lines).filter(|(s, _)| *s == "error");
    assert_eq!(
        lost.map(|(_, line)| line.as_str()).collect::<Vec<_>>(),
        ["3"]
    );
    assert!(stderr(&ran).contains("a.csv:3: a quotation mark of this row never closes"));
}

#[test]
fn an_empty_folder_is_told() {
    let folder = Folder::new("empty");
    fs::create_dir_all(folder.path("in")).expect("made");
    let ran = run(&folder.path("in"), &folder.path("out"), &[]);
    assert_eq!(status(&ran), 1);
    assert!(stderr(&ran).contains("nothing to read"), "{}", stderr(&ran));
    assert!(column(&folder.path("out"), "quotes", "text").is_empty());
}

/// Waits until a run has noted its first document.
#[cfg(unix)]
fn wait_for_journal(out: &std::path::Path) {
    let journal = out.join(".glagol-partial/journal.jsonl");
    let begun = Instant::now();
    while fs::metadata(&journal).map_or(0, |m| m.len()) == 0 {
        assert!(begun.elapsed() < Duration::from_secs(120), "no journal");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_end() {
    let folder = Folder::new("circle");
    folder.write("in/a/b.txt", ARTICLE);
    std::os::unix::fs::symlink(folder.path("in"), folder.path("in/a/up")).expect("linked");
    std::os::unix::fs::symlink(folder.path("nowhere"), folder.path("in/gone.txt")).expect("linked");
    let out = folder.path("out");
    let ran = run(&folder.path("in"), &out, &[]);
    assert_eq!(status(&ran), 1);
    assert_eq!(column(&out, "documents", "document"), ["a/b.txt"]);
    assert_eq!(column(&out, "errors", "kind"), ["read", "read"]);
}

#[test]
fn the_output_inside_the_input_is_not_read_again() {
    let folder = Folder::new("inside");
    folder.write("a.txt", ARTICLE);
    let out = folder.path("out");
    for _ in 0..2 {
        let ran = run(&folder.path(""), &out, &[]);
        assert_eq!(status(&ran), 0, "{}", stderr(&ran));
        assert_eq!(column(&out, "documents", "document"), ["a.txt"]);
    }
}

#[test]
fn a_line_of_twenty_megabytes_is_refused_and_the_rest_is_read() {
    let folder = Folder::new("line");
    let long = "«Да», — сказал он. ".repeat(700_000);
    folder.write(
        "in/a.jsonl",
        format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"Да.\"}}\n"),
    );
    folder.write("in/b.txt", &long);
    let out = folder.path("out");
    let ran = run(&folder.path("in"), &out, &[]);
    assert_eq!(status(&ran), 1);
    assert_eq!(column(&out, "documents", "document"), ["a.jsonl:2"]);
    assert_eq!(column(&out, "errors", "kind"), ["limit", "limit"]);
}

#[test]
fn quotation_marks_without_end_take_no_time() {
    let folder = Folder::new("marks");
    folder.write("in/a.txt", "«".repeat(300_000));
    folder.write("in/b.txt", "\"a ".repeat(200_000));
    folder.write("in/c.csv", format!("text\n\"{}", "a,\n".repeat(100_000)));
    let begun = Instant::now();
    let ran = run(&folder.path("in"), &folder.path("out"), &[]);
    assert!(status(&ran) <= 1, "{}", stderr(&ran));
    assert!(
        begun.elapsed() < Duration::from_secs(60),
        "{:?}",
        begun.elapsed()
    );
}

#[cfg(feature = "archives")]
#[test]
fn a_zip_bomb_is_refused() {
    use std::io::Write;
    let folder = Folder::new("bomb");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("bomb.jsonl", options).expect("packs");
    let nothing = vec![b' '; 1 << 20];
    for _ in 0..200 {
        zip.write_all(&nothing).expect("packs");
    }
    let bytes = zip.finish().expect("packs").into_inner();
    assert!(bytes.len() < 1 << 20);
    folder.write("in/a.zip", bytes);
    folder.write("in/b.txt", ARTICLE);
    let out = folder.path("out");
    let ran = run(&folder.path("in"), &out, &["--max-bytes", "1G"]);
    assert_eq!(status(&ran), 1);
    assert_eq!(column(&out, "documents", "document"), ["b.txt"]);
    assert_eq!(column(&out, "errors", "kind"), ["limit"]);
    assert!(column(&out, "errors", "reason")[0].contains("refused"));
}

#[test]
fn a_run_that_is_killed_ten_times_gives_the_same_bytes() {
    let folder = Folder::new("kill");
    let input = folder.write("in/a.jsonl", format!("{}{{broken\n", many(1500)));
    folder.write("in/b.txt", ARTICLE);
    let whole = folder.path("whole");
    let begun = Instant::now();
    assert_eq!(
        status(&run(&folder.path("in"), &whole, &["--threads", "1"])),
        1
    );
    let time = begun.elapsed();
    let out = folder.path("out");
    let mut numbers = Numbers(20_260_305);
    let mut killed = 0;
    while killed < 10 {
        let mut child = glagol(&["run", "--quiet", "--resume", "--threads", "1", "--out"])
            .arg(&out)
            .arg(folder.path("in"))
            .stderr(Stdio::null())
            .spawn()
            .expect("runs");
        std::thread::sleep(time.mul_f64(numbers.below(500) as f64 / 1000.0));
        if child.try_wait().expect("asked").is_some() {
            // It was done before: once more from the beginning.
            assert!(files(&out) == files(&whole));
            fs::remove_dir_all(&out).expect("removed");
            continue;
        }
        child.kill().expect("killed");
        child.wait().expect("ends");
        // Files get their names at the very end, when all of them are whole; `run.json` comes last.
        let mut names = vec!["documents.csv", "quotes.csv", "documents.jsonl", "run.json"];
        names.retain(|name| out.join(name).exists());
        for name in &names {
            let bytes = |folder: &std::path::Path| fs::read(folder.join(name)).expect("read");
            assert!(bytes(&out) == bytes(&whole), "{name} looks complete");
        }
        if names.contains(&"run.json") {
            fs::remove_dir_all(&out).expect("removed");
        }
        killed += usize::from(names.is_empty());
    }
    // One more that gets far enough to leave something, and not to its end.
    let is_empty = |name: &str| {
        fs::metadata(out.join(".glagol-partial").join(name)).map_or(0, |m| m.len()) == 0
    };
    let was_taken_up = (0..20).any(|_| {
        let mut child = glagol(&["run", "--quiet", "--resume", "--threads", "1", "--out"])
            .arg(&out)
            .arg(folder.path("in"))
            .stderr(Stdio::null())
            .spawn()
            .expect("runs");
        // A file of few rows gets its bytes when all files do, and the journal after it.
        while child.try_wait().expect("asked").is_none()
            && (is_empty("errors.csv") || is_empty("journal.jsonl"))
        {
            std::thread::sleep(Duration::from_millis(2));
        }
        std::thread::sleep(Duration::from_millis(20));
        let _ = child.kill();
        child.wait().expect("ends");
        if !out.join("run.json").exists() {
            let ran = run(&folder.path("in"), &out, &["--resume", "--threads", "2"]);
            assert_eq!(status(&ran), 1, "{}", stderr(&ran));
            if stderr(&ran).contains("were taken over from the run") {
                return true;
            }
        }
        fs::remove_dir_all(&out).expect("removed");
        false
    });
    assert!(was_taken_up);
    assert!(
        files(&out) == files(&whole),
        "a run taken up gives other bytes"
    );
    // What is complete is not taken up, and what was begun otherwise neither.
    let again = run(&folder.path("in"), &out, &["--resume"]);
    assert_eq!(status(&again), 2);
    assert!(stderr(&again).contains("complete"), "{}", stderr(&again));
    assert!(input.exists());
}

#[test]
fn a_run_that_is_taken_up_counts_from_where_it_stood() {
    use std::sync::atomic::Ordering;
    let folder = Folder::new("stop");
    for i in 0..200 {
        folder.write(&format!("in/a/{i:03}.txt"), article(i));
    }
    folder.write("in/b.jsonl", many(300));
    let size: u64 = files(&folder.path("in/a"))
        .iter()
        .map(|f| f.1.len() as u64)
        .sum::<u64>()
        + fs::metadata(folder.path("in/b.jsonl"))
            .expect("a file")
            .len();
    let pipeline = glagol::Pipeline::new().expect("loads");
    let mut options = RunOptions::new(vec![folder.path("in")], folder.path("out"));
    let monitor = Monitor::default();
    let report = std::thread::scope(|scope| {
        scope.spawn(|| {
            while monitor.documents.load(Ordering::Relaxed) < 30 {
                std::thread::sleep(Duration::from_millis(1));
            }
            monitor.stop.store(true, Ordering::Relaxed);
        });
        glagol::run::run(&pipeline, &options, &monitor).expect("runs")
    });
    assert!(report.stopped && report.counts.documents < 500);
    let before = report.counts.documents;
    options.resume = true;
    let monitor = Monitor::default();
    let report = glagol::run::run(&pipeline, &options, &monitor).expect("goes on");
    assert_eq!((report.resumed, report.counts.documents), (before, 500));
    assert_eq!(monitor.resumed_documents.load(Ordering::Relaxed), before);
    assert_eq!(monitor.documents.load(Ordering::Relaxed), 500);
    assert_eq!(monitor.bytes.load(Ordering::Relaxed), report.counts.bytes);
    assert_eq!(monitor.reading.consumed.load(Ordering::Relaxed), size);
}

#[test]
fn a_run_is_not_taken_up_over_another_input() {
    use std::sync::atomic::Ordering;
    let folder = Folder::new("changed");
    for i in 0..100 {
        folder.write(&format!("in/a/{i:03}.txt"), article(i));
    }
    folder.write("in/b.jsonl", many(100));
    let pipeline = glagol::Pipeline::new().expect("loads");
    let mut options = RunOptions::new(vec![folder.path("in")], folder.path("out"));
    let stop_after = |options: &RunOptions, documents: u64| {
        let monitor = Monitor::default();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while monitor.documents.load(Ordering::Relaxed) < documents {
                    std::thread::sleep(Duration::from_millis(1));
                }
                monitor.stop.store(true, Ordering::Relaxed);
            });
            glagol::run::run(&pipeline, options, &monitor)
        })
    };
    options.batch.budget = 10_000;
    let report = stop_after(&options, 20).expect("runs");
    assert!(report.stopped && report.counts.documents < 150);
    options.resume = true;
    let go_on = |options: &RunOptions| glagol::run::run(&pipeline, options, &Monitor::default());
    // A file more, a file less: what was done and what is left do not fit each other.
    let more = folder.write("in/a/000-new.txt", ARTICLE);
    let error = go_on(&options).expect_err("another input");
    assert!(error.reason().contains("added or removed"), "{error}");
    fs::remove_file(more).expect("removed");
    let (there, gone) = (folder.path("in/a/003.txt"), folder.path("gone.txt"));
    fs::rename(&there, &gone).expect("moved");
    let error = go_on(&options).expect_err("another input");
    assert!(error.reason().contains("added or removed"), "{error}");
    fs::rename(&gone, &there).expect("moved back");
    fs::rename(folder.path("in"), folder.path("away")).expect("moved");
    fs::create_dir_all(folder.path("in")).expect("made");
    let error = go_on(&options).expect_err("no input");
    assert!(error.reason().contains("added or removed"), "{error}");
    fs::remove_dir(folder.path("in")).expect("removed");
    fs::rename(folder.path("away"), folder.path("in")).expect("moved back");
    // A file that was done is another one now: of another size, or of the same size and changed later.
    let changed = fs::metadata(&there).and_then(|m| m.modified());
    for words in [format!("{} Да.", article(3)), article(3)] {
        folder.write("in/a/003.txt", words);
        let error = go_on(&options).expect_err("another file");
        assert!(error.reason().contains("003.txt was changed"), "{error}");
    }
    let file = fs::OpenOptions::new().append(true).open(&there);
    file.and_then(|file| file.set_modified(changed?))
        .expect("the time before");
    let report = go_on(&options).expect("the same input");
    assert_eq!((report.counts.documents, report.stopped), (200, false));
    let whole = folder.path("whole");
    assert_eq!(status(&run(&folder.path("in"), &whole, &["--quiet"])), 0);
    assert!(files(&whole) == files(&folder.path("out")));
}

#[test]
fn two_runs_do_not_share_a_folder() {
    use std::io::Write;
    let folder = Folder::new("lock");
    let out = folder.path("out");
    let mut first = glagol(&["run", "-", "--quiet", "--out"])
        .arg(&out)
        .stdin(Stdio::piped())
        .spawn()
        .expect("runs");
    while !out.join(".glagol-partial/documents.csv").exists() {
        std::thread::sleep(Duration::from_millis(2));
    }
    let input = folder.write("a.txt", ARTICLE);
    for more in [&[][..], &["--resume"]] {
        let second = run(&input, &out, more);
        assert_eq!(status(&second), 2);
        assert!(
            stderr(&second).contains("another run"),
            "{}",
            stderr(&second)
        );
    }
    let mut stdin = first.stdin.take().expect("a pipe");
    stdin.write_all(ARTICLE.as_bytes()).expect("written");
    drop(stdin);
    assert!(first.wait().expect("ends").success());
    assert_eq!(column(&out, "documents", "document"), ["stdin"]);
    assert_eq!(status(&run(&input, &out, &[])), 0);
}

#[cfg(all(unix, feature = "ctrlc"))]
#[test]
fn a_signal_ends_a_run_in_order() {
    use std::io::Write;
    let folder = Folder::new("signal");
    let input = folder.write("a.jsonl", many(700));
    let whole = folder.path("whole");
    assert_eq!(status(&run(&input, &whole, &["--quiet"])), 0);
    for signal in ["-INT", "-TERM"] {
        // The run reads from a pipe that does not end, so that it cannot be done before the signal.
        let out = folder.path(&format!("out{signal}"));
        let (child, mut stdin) = waiting_for_more(&out, &many(500));
        let sent = std::process::Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status();
        assert!(sent.expect("kill runs").success());
        // What comes after the signal is not taken any more; the pipe may be closed by then.
        std::thread::sleep(Duration::from_millis(200));
        let _ = stdin.write_all(&many(700).into_bytes()[many(500).len()..]);
        drop(stdin);
        let ended = child.wait_with_output().expect("ends");
        assert_eq!(status(&ended), 130, "{}", stderr(&ended));
        assert!(stderr(&ended).contains("Interrupted"), "{}", stderr(&ended));
        assert!(!out.join("run.json").exists() && !out.join("documents.csv").exists());
        let mut child = glagol(&["run", "-", "--input-format", "jsonl", "--resume", "--out"])
            .arg(&out)
            .stdin(fs::File::open(&input).expect("the input"))
            .stderr(Stdio::null())
            .spawn()
            .expect("runs");
        assert!(child.wait().expect("ends").success());
        assert_eq!(
            column(&out, "quotes", "text"),
            column(&whole, "quotes", "text")
        );
    }
}

/// A run that has read `input`, JSON lines, from a pipe that stays open as long as what is given back with it, and has begun its journal.
#[cfg(unix)]
fn waiting_for_more(
    out: &std::path::Path,
    input: &str,
) -> (std::process::Child, std::process::ChildStdin) {
    use std::io::Write;
    let mut child = glagol(&["run", "-", "--input-format", "jsonl", "--out"])
        .arg(out)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input.as_bytes()).expect("written");
    wait_for_journal(out);
    (child, stdin)
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_goes_away_is_told() {
    let folder = Folder::new("away");
    let out = folder.path("out");
    let (child, stdin) = waiting_for_more(&out, &many(400));
    while fs::remove_dir_all(&out).is_err() {}
    drop(stdin);
    let ended = child.wait_with_output().expect("ends");
    assert_eq!(status(&ended), 3);
    assert!(
        stderr(&ended).contains("output folder is gone")
            && stderr(&ended).contains("nothing of it is left"),
        "{}",
        stderr(&ended)
    );
}

/// The most memory that a run over so many short articles takes, in kilobytes.
#[cfg(target_os = "linux")]
fn peak(folder: &Folder, count: u64) -> u64 {
    use std::io::Write;
    let path = folder.write(&format!("{count}.jsonl"), "");
    let mut file = std::io::BufWriter::new(fs::File::create(&path).expect("a file"));
    for n in 0..count {
        let text: Vec<String> = article(n)
            .split("\n\n")
            .take(2)
            .map(str::to_owned)
            .collect();
        let record = serde_json::json!({"id": format!("doc-{n}"), "text": format!("{}\n\nНомер {n}.", text.join("\n\n"))});
        writeln!(file, "{record}").expect("written");
    }
    drop(file);
    let out = folder.path(&format!("{count}-out"));
    let mut child = glagol(&["run", "--quiet", "--threads", "2", "--out"])
        .arg(&out)
        .arg(&path)
        .spawn()
        .expect("runs");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().expect("asked").is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let now = text
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .and_then(|kilobytes| kilobytes.split_whitespace().next()?.parse().ok());
        most = most.max(now.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(child.wait().expect("ends").success());
    let record: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(out.join("run.json")).expect("run.json"))
            .expect("JSON");
    assert_eq!(record["counts"]["documents"], count);
    fs::remove_dir_all(out).expect("removed");
    most
}

/// Takes a minute or two: `cargo test --test faults -- --ignored --nocapture memory`.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes a minute or two and a gigabyte of disk"]
fn memory_does_not_grow_with_the_number_of_documents() {
    let folder = Folder::new("memory");
    let (few, many) = (peak(&folder, 1_000), peak(&folder, 100_000));
    println!("1,000 documents: {few} kB; 100,000 documents: {many} kB");
    assert!(
        few > 10_000 && many * 100 <= few * 120,
        "{few} kB, {many} kB"
    );
}

/// Damages bytes in one of many ways.
fn damage(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    let at = numbers
        .below(bytes.len().max(1))
        .min(bytes.len().saturating_sub(1));
    match numbers.below(10) {
        0 => bytes[at] ^= 1 << numbers.below(8),
        1 => bytes.truncate(at),
        2 => bytes.insert(at, 0),
        3 => bytes[at] = 0xFF,
        4 => drop(bytes.splice(at..at, *b"\\ud83d")),
        5 => drop(bytes.splice(at..at, "»«“”\"'„—".bytes())),
        6 => {
            let end = (at + numbers.below(400)).min(bytes.len());
            let piece = bytes[at..end].to_vec();
            drop(bytes.splice(at..at, piece));
        }
        7 => {
            let text = String::from_utf8_lossy(bytes).into_owned();
            *bytes = encoding_rs::KOI8_R.encode(&text).0.into_owned();
        }
        8 => drop(bytes.splice(at..at, "\u{202E}\u{AD}\u{301}\u{FEFF}\u{0}\u{1b}\r".bytes())),
        _ => {
            let text = String::from_utf8_lossy(bytes).into_owned();
            *bytes = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        }
    }
}

/// Files with damage of every sort: none may end the program or be lost. GLAGOL_MUTATIONS sets their number.
#[test]
fn damaged_files_are_read_or_told() {
    let count: usize = std::env::var("GLAGOL_MUTATIONS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(300);
    let folder = Folder::new("damage");
    let mut numbers = Numbers(97);
    let page = format!(
        "<html><body><article><p>{}</p></article></body></html>",
        ARTICLE.replace("\n\n", "</p><p>")
    );
    let mut singles = 0;
    for i in 0..count {
        let (extension, text) = match i % 5 {
            0 | 1 => ("txt", article(i as u64)),
            2 => ("html", page.clone()),
            3 => ("jsonl", many(2)),
            _ => (
                "csv",
                format!(
                    "id,text\n1,\"{}\"\n2,Да.\n",
                    article(i as u64).replace('"', "\"\"")
                ),
            ),
        };
        let mut bytes = text.into_bytes();
        for _ in 0..=numbers.below(4) {
            if bytes.is_empty() {
                break;
            }
            damage(&mut bytes, &mut numbers);
        }
        singles += usize::from(matches!(extension, "txt" | "html"));
        folder.write(&format!("in/{i:05}.{extension}"), bytes);
    }
    let out = folder.path("out");
    let ran = run(&folder.path("in"), &out, &[]);
    assert!(matches!(status(&ran), 0 | 1), "{}", stderr(&ran));
    let kinds = column(&out, "errors", "kind");
    assert!(
        !kinds.iter().any(|k| k == "bug"),
        "{:?}",
        column(&out, "errors", "reason")
    );
    // Every file that is one document is in one of the two tables.
    let is_single = |path: &String| path.ends_with(".txt") || path.ends_with(".html");
    let severities = column(&out, "errors", "severity");
    let lost = column(&out, "errors", "path")
        .iter()
        .zip(&severities)
        .filter(|(path, severity)| is_single(path) && *severity == "error")
        .count();
    let read = column(&out, "documents", "path")
        .iter()
        .filter(|p| is_single(p))
        .count();
    assert_eq!(lost + read, singles);
}

#[cfg(feature = "archives")]
#[test]
fn members_of_an_archive_are_counted() {
    use std::io::Write;
    let folder = Folder::new("members");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in [
        ("a.txt", "Первый."),
        ("b.txt", "Второй."),
        ("c.txt", "Third."),
    ] {
        zip.start_file(name, options).expect("packs");
        zip.write_all(text.as_bytes()).expect("packs");
    }
    let mut bytes = zip.finish().expect("packs").into_inner();
    // Writers of the library refuse two of one name; others do not.
    let places: Vec<usize> = (0..bytes.len())
        .filter(|&i| bytes[i..].starts_with(b"b.txt"))
        .collect();
    assert_eq!(places.len(), 2);
    for place in places {
        bytes[place] = b'a';
    }
    folder.write("in/a.zip", &bytes);
    // The directory at the end lists one member more than there are.
    let end = bytes.len() - 22;
    let third = (0..end)
        .rfind(|&i| bytes[i..].starts_with(b"PK\x01\x02"))
        .expect("listed");
    bytes[third] = b'X';
    folder.write("in/b.zip", &bytes);
    let mut tar = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(6);
    header.set_mode(0o644);
    for (name, kind) in [
        ("a.txt", tar::EntryType::Regular),
        ("b.txt", tar::EntryType::GNUSparse),
    ] {
        header.set_entry_type(kind);
        header.set_path(name).expect("a name");
        if kind == tar::EntryType::GNUSparse {
            header.as_gnu_mut().expect("of GNU").set_real_size(6);
        }
        header.set_cksum();
        tar.append(&header, &b"Third."[..]).expect("packs");
    }
    folder.write("in/c.tar", tar.into_inner().expect("packs"));
    let records: String = (0..50)
        .map(|n| format!("{{\"text\": \"Запись {n}.\"}}\n"))
        .collect();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    gzip.write_all(records.as_bytes()).expect("packs");
    let packed = gzip.finish().expect("packs");
    folder.write("in/d.jsonl.gz", &packed[..packed.len() * 9 / 10]);
    let out = folder.path("out");
    let ran = run(&folder.path("in"), &out, &[]);
    assert_eq!(status(&ran), 1, "{}", stderr(&ran));
    let ids = column(&out, "documents", "document");
    assert_eq!(
        ids[..6],
        [
            "a.zip/a.txt",
            "a.zip/a.txt#2",
            "a.zip/c.txt",
            "b.zip/a.txt",
            "b.zip/a.txt#2",
            "c.tar/a.txt"
        ]
    );
    assert!((40..50).contains(&(ids.len() - 6)), "{ids:?}");
    let severities = column(&out, "errors", "severity");
    let lost: Vec<String> = column(&out, "errors", "reason")
        .into_iter()
        .zip(severities)
        .filter_map(|(reason, severity)| (severity == "error").then_some(reason))
        .collect();
    assert_eq!(lost.len(), 3, "{lost:?}");
    assert!(
        lost[0].contains("lists 3 members and is broken at number 3"),
        "{lost:?}"
    );
    assert!(lost[1].contains("sparse"), "{lost:?}");
    assert!(lost[2].contains("ends too early"), "{lost:?}");
}
