#!/usr/bin/env bash
# Makes docs/site.png for the README: two pages of this project's own log, as a browser shows them. Needs
# Chromium. Run it again when the look of the site has changed.
set -euo pipefail
cd "$(dirname "$0")/.."

browser=''
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then browser=$name; break; fi
done
[ -n "$browser" ] || { echo 'error: no Chromium; on Debian: apt-get install chromium' >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo run --locked -q -- build --out "$work/site"

# Both pages side by side, each as wide as a small window.
cat >"$work/both.html" <<'HTML'
<!doctype html>
<style>
  body { margin: 0; display: flex; gap: 24px; padding: 24px; background: #d9d6cd }
  iframe { flex: 1; height: 760px; border: 0; border-radius: 6px }
</style>
<iframe src="site/index.html"></iframe>
<iframe src="site/decisions/0013.html"></iframe>
HTML

# A browser that runs as root has no sandbox; the pages are our own.
"$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1600,808 \
    --screenshot="$PWD/docs/site.png" "file://$work/both.html" 2>/dev/null
echo docs/site.png
