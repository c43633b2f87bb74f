#!/bin/sh
# Finds a Chromium for the browser tests, and the curl that the documentation's examples call, or installs them: Debian's
# packages where we may, else Playwright's own build.
# Usage: install_browser.sh PLAYWRIGHT
set -eu

command -v chromium && command -v curl && exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
    sudo -n true 2>/dev/null || as_root=none
fi

if command -v apt-get >/dev/null && [ "$as_root" != none ] &&
    $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium curl &&
    command -v chromium; then
    exit 0
fi

exec "$1" install chromium
