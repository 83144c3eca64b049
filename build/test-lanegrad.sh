#!/bin/sh
# Tests the launcher `lanegrad` in every shell of this machine with a make-believe JDK and build: touches nothing outside
# its scratch folder, takes some six seconds. Run: build/test-lanegrad.sh
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/build/shelltest.sh"

project="$scratch/a project"
make_jdk "$scratch/25" 25.0.3

# A project whose build tells that it ran, fails with BUILD_EXIT, and leaves the jars that a real one leaves.
make_project() {
    rm -rf "$project"
    for module in kernels bench cli; do
        mkdir -p "$project/$module/src/main"
        : >"$project/$module/pom.xml"
    done
    mkdir -p "$project/.mvn" "$project/build" "$project/src/main/java"
    : >"$project/pom.xml"
    : >"$project/src/main/java/Tensor.java"
    cp "$root/lanegrad" "$project"
    cp "$root/.mvn/find-jdk.sh" "$project/.mvn"
    cat >"$project/mvnw" <<'EOF'
#!/bin/sh
echo "[INFO] noise"
echo "[ERROR] Tensor.java:[22,1] reached end of file"
echo "[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch."
echo "built in $PWD with $JAVA_HOME: $*" >>builds
[ -z "${BUILD_SECONDS:-}" ] || sleep "$BUILD_SECONDS"
[ "${BUILD_EXIT:-0}" -eq 0 ] || exit "$BUILD_EXIT"
mkdir -p cli/target/modules bench/target
touch cli/target/modules/cli.jar bench/target/benchmarks.jar
EOF
    chmod +x "$project/mvnw"
}

lanegrad() {
    run env -i HOME="$scratch" PATH="$scratch/bin" JAVA_HOME="$scratch/25" "$@"
}
builds() {
    [ "$(grep -c built "$project/builds")" -eq "$1" ]
}
it=$scratch/it

for shell in $shells; do
    in_shell "$project/lanegrad" >"$it"
    chmod +x "$it"
    make_project
    cd "$scratch"

    lanegrad FAKE_EXIT=3 "$it" train --out "my runs" ""
    check "first use: builds, saying so in one line" [ "$err" = "building Lanegrad (first use) ..." ]
    check "in the project, on the JDK found" contains "$(cat "$project/builds")" "built in $project with $scratch/25"
    check "runs where it was called" contains "$out" "java in $scratch:"
    check "on the module path, arguments as they are" contains "$out" \
        "<-p><$project/cli/target/modules><-m><dev.lanegrad.cli/dev.lanegrad.cli.Main><train><--out><my runs><>"
    check "exit code as it is" [ "$code" -eq 3 ]
    lanegrad LANEGRAD_JAVA_OPTS="-Xmx1g -ea" "$it"
    check "nothing changed: nothing built" [ -z "$err" ]
    check "options for java" contains "$out" "<-Xmx1g><-ea><"
    check "one build so far" builds 1

    sleep 0.02
    : >"$project/src/main/java/Tensor.java"
    : >"$project/cli/target/modules/lanegrad-0.0.9.jar"
    lanegrad "$it"
    check "jars of older versions go" [ ! -f "$project/cli/target/modules/lanegrad-0.0.9.jar" ]
    check "a source changed: builds" [ "$err" = "building Lanegrad (sources changed) ..." ]
    sleep 0.02
    rm "$project/src/main/java/Tensor.java"
    lanegrad "$it"
    check "a source deleted: builds" builds 3
    sleep 0.02
    : >"$project/cli/pom.xml"
    lanegrad "$it"
    check "a pom changed: builds" builds 4
    mkdir -p "$project/src/target" "$project/src/test"
    : >"$project/src/target/Tensor.class"
    : >"$project/src/test/TensorTest.java"
    lanegrad "$it"
    check "outputs and tests do not matter" builds 4
    rm "$project/bench/target/benchmarks.jar"
    lanegrad "$it"
    check "a missing jar: builds" builds 5

    sleep 0.02
    : >"$project/pom.xml"
    lanegrad BUILD_EXIT=1 "$it"
    check "the build fails: exit code 1" [ "$code" -eq 1 ]
    check "the build fails: nothing run" [ -z "$out" ]
    check "the build fails: its errors and its log, no more" [ "$err" = "building Lanegrad (sources changed) ...
[ERROR] Tensor.java:[22,1] reached end of file
lanegrad: the build failed, its log is $project/target/build.log" ]
    lanegrad "$it"
    check "and the next call builds again" builds 7
    check "and runs" [ "$code" -eq 0 ]

    sleep 0.02
    : >"$project/pom.xml"
    (env -i PATH="$scratch/bin" JAVA_HOME="$scratch/25" BUILD_SECONDS=0.3 "$it" >/dev/null 2>&1) &
    lanegrad BUILD_SECONDS=0.3 "$it"
    wait
    check "two at once: one build" builds 8
    mkdir -p "$project/target"
    ln -s 99999999 "$project/target/build.lock"
    : >"$project/pom.xml"
    lanegrad "$it"
    check "a lock that nobody holds is no obstacle" builds 9
    check "and no lock stays" [ ! -L "$project/target/build.lock" ]

    lanegrad "$it" bench kernels --peers
    check "peers asked for: builds them" [ "$err" = "building Lanegrad (with peers) ..." ]
    check "with their profile" contains "$(tail -n 1 "$project/builds")" "-Ppeers"
    lanegrad "$it" bench kernels --peers
    check "peers are there: nothing built" builds 10
    lanegrad "$it"
    check "and do not matter to others" builds 10

    ln -sf "$project/lanegrad" "$scratch/link"
    mkdir -p "$scratch/elsewhere"
    ln -sf ../link "$scratch/elsewhere/lanegrad"
    in_shell "$scratch/elsewhere/lanegrad" >"$it"
    cd /
    lanegrad "$it"
    check "through links, from elsewhere" contains "$out" "<-p><$project/cli/target/modules>"
    lanegrad JAVA_HOME= LANEGRAD_JDKS= "$it"
    check "no JDK: one line" one_line "$err"
    check "no JDK: exit code 1" [ "$code" -eq 1 ]
done
report lanegrad
