#!/bin/sh
# Seeds for every target out of corpus/, into fuzz/seeds/.
set -eu
cd "$(dirname "$0")"
n=0
find ../corpus -type f ! -name README.md | sort | while read -r file; do
    n=$((n + 1))
    # The first kilobytes are enough to begin with, and quick.
    head=$(mktemp)
    head -c 3000 "$file" | { iconv -c -f UTF-8 -t UTF-8 2>/dev/null || true; } > "$head"
    for target in pages json csv markdown segment amounts quotes; do
        mkdir -p "seeds/$target"
        cp "$head" "seeds/$target/$n"
    done
    mkdir -p seeds/whole seeds/archives
    case "$file" in
        *.html) kind='\001' ;; *.md) kind='\002' ;; *.jsonl) kind='\003' ;; *.csv) kind='\004' ;; *) kind='\000' ;;
    esac
    { printf "$kind"; cat "$head"; } > "seeds/whole/$n"
    { printf '\003'; gzip -nc "$head"; } > "seeds/archives/gz-$n"
    { printf '\001'; tar --mtime=@0 -cf - -C "$(dirname "$head")" "$(basename "$head")" | head -c 5120; } > "seeds/archives/tar-$n"
    printf '[{"id": %s, "title": "Мост", "text": "Мост открыли, сказал министр."}]' "$n" > "seeds/json/array-$n"
    printf 'id,date,text\n%s,2026-03-05,"Мост открыли, сказал министр."\n' "$n" > "seeds/csv/table-$n"
    printf '<html><head><title>Мост</title></head><body><article><p>Мост открыли.</p></article></body></html>' > "seeds/pages/page-$n"
    printf -- '---\ntitle: Мост\n---\n# Мост\n\n**Открыт** [так](http://a.example)\n' > "seeds/markdown/page-$n"
    rm -f "$head"
done
