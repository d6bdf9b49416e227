#!/bin/sh
# run.sh TARGET SECONDS [ARGUMENTS of libFuzzer]: builds a target with counters of coverage by the stable toolchain and runs it.
set -eu
cd "$(dirname "$0")"
target=$1
seconds=$2
shift 2
host=$(rustc -vV | sed -n 's/^host: //p')
# What cargo-fuzz asks of the compiler, but for the sanitizers, which need nightly: the project has no unsafe code.
RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares" \
    cargo build --release --target "$host" --bin "$target"
mkdir -p "artifacts/$target" "found/$target"
[ $# -gt 0 ] || set -- "found/$target" "seeds/$target"
exec "target/$host/release/$target" -max_total_time="$seconds" -max_len=4096 -timeout=20 -rss_limit_mb=2048 \
    -artifact_prefix="artifacts/$target/" -print_final_stats=1 "$@"
