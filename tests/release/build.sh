#!/usr/bin/env bash
# Makes a release of the checkout as it lies here: tests/release/build.sh DIRECTORY
# DIRECTORY/checkout becomes a repository of its own, with a tag v1.2.3, of which DIRECTORY/checkout/release.sh makes linux-x64.
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
checkout=$(realpath -m "$1")/checkout
rm -rf "$1"
mkdir -p "$checkout"

git -C "$source" ls-files -z --cached --others --exclude-standard | (cd "$source" && xargs -0 ls -d 2>/dev/null) |
  tar -C "$source" -cf - -T - | tar -C "$checkout" -xf -
cd "$checkout"
sed -i 's/^## Unreleased$/## Unreleased\n\n## 1.2.3 - 2026-01-02\n\n### Features\n- What this test looks for.\n\n## 1.2.2 - 2026-01-01/' CHANGELOG.md
git init --quiet
git add --all
git -c user.name=Test -c user.email=test@example.org commit --quiet --message "A release"
git tag v1.2.3
git tag v9.9.9
if [[ ${2:-} != --no-publish ]]; then ./release.sh v1.2.3 linux-x64; fi
