#!/bin/sh
# Finds a Chromium for the browser tests, or installs one: Debian's package where we may, else Playwright's own build.
# Usage: install_browser.sh PLAYWRIGHT
set -eu

command -v chromium && exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
    sudo -n true 2>/dev/null || as_root=none
fi

if command -v apt-get >/dev/null && [ "$as_root" != none ] &&
    $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium &&
    command -v chromium; then
    exit 0
fi

exec "$1" install chromium
