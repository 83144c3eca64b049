# shellcheck shell=sh
# Sourced by the tests of the shell scripts: a scratch folder, make-believe JDKs, and checks that are counted.

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
passed=0 failed=0

# What the scripts may call, without the javac, java and mvn that lie beside these in /usr/bin.
mkdir "$scratch/bin"
for tool in sh env printf sed tar gzip mktemp mkdir mv rm ln ls cat cp touch grep tail find sleep readlink dirname curl \
    sha512sum shasum openssl; do
    if found=$(command -v "$tool"); then ln -s "$found" "$scratch/bin/$tool"; fi
done

# The shells of this machine that can run the scripts.
shells='sh'
for shell in dash bash ksh busybox; do
    if command -v $shell >/dev/null 2>&1; then shells="$shells $shell"; fi
done

# in_shell SCRIPT: a program that runs SCRIPT in $shell.
in_shell() {
    start=$(command -v "$shell")
    case $shell in busybox) start="$start sh" ;; esac
    printf '#!/bin/sh\nexec %s "%s" "$@"\n' "$start" "$1"
}

# make_jdk HOME VERSION: a home whose java tells how it was called and exits with FAKE_EXIT.
make_jdk() {
    mkdir -p "$1/bin"
    printf 'IMPLEMENTOR="Nobody"\nJAVA_VERSION="%s"\n' "$2" >"$1/release"
    # shellcheck disable=SC2016 # expanded when the fake runs
    printf '#!/bin/sh\necho "java in $PWD:"\nprintf "<%%s>" "$@"\nexit ${FAKE_EXIT:-0}\n' >"$1/bin/java"
    cp "$1/bin/java" "$1/bin/javac"
    chmod +x "$1/bin/java" "$1/bin/javac"
}

# run COMMAND...: keeps its output in `out`, its errors in `err`, its exit code in `code`.
run() {
    code=0
    "$@" >"$scratch/out" 2>"$scratch/err" || code=$?
    out=$(cat "$scratch/out")
    err=$(cat "$scratch/err")
}

# check WHAT TEST...: counts TEST (a command, most often `[ ... ]`) and shows the last run when it does not hold.
check() {
    what=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
        return
    fi
    failed=$((failed + 1))
    printf 'FAILED (%s) %s\n  exit code: %s\n  output: %s\n  errors: %s\n' "$shell" "$what" "$code" "$out" "$err"
}

# contains TEXT PART
contains() {
    case $1 in *"$2"*) return 0 ;; *) return 1 ;; esac
}

one_line() {
    [ -n "$1" ] && [ "$1" = "${1%%
*}" ]
}

# report NAME: the closing line; fails when a check did.
report() {
    echo "$1: $passed passed, $failed failed"
    [ $failed -eq 0 ]
}
