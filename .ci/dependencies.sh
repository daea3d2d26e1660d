#!/bin/sh
# Installs the one library that the build needs and the toolchain lacks: GSL.
# Without the right to install: says what to install, exit 2.
set -eu

command -v swift >/dev/null 2>&1 || {
  echo "marketsim needs a Swift toolchain, 6.2 or later: https://www.swift.org/install" >&2
  exit 2
}
if pkg-config --exists gsl 2>/dev/null || [ -f /usr/include/gsl/gsl_version.h ]; then exit 0; fi

if [ "$(uname)" = Darwin ]; then
  if command -v brew >/dev/null 2>&1; then exec brew install gsl pkg-config; fi
  echo "marketsim needs the GNU Scientific Library: install Homebrew, then brew install gsl" >&2
  exit 2
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "marketsim needs the GNU Scientific Library: install its development package" \
    "(libgsl-dev, gsl-devel or gsl)" >&2
  exit 2
fi
root=
if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    root="sudo -n"
  else
    echo "marketsim needs the GNU Scientific Library: sudo apt-get install libgsl-dev pkg-config" >&2
    exit 2
  fi
fi
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -qq
$root apt-get install -y -qq --no-install-recommends libgsl-dev pkg-config >/dev/null
