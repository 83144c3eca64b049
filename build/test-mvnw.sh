#!/bin/sh
# Tests mvnw in every shell of this machine with make-believe JDKs and Mavens: needs no network, touches nothing outside
# its scratch folder, takes about two seconds. Run: build/test-mvnw.sh
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/build/shelltest.sh"

project="$scratch/a project"
mkdir -p "$project/.mvn/wrapper"
cp "$root/mvnw" "$project"
cp "$root/.mvn/find-jdk.sh" "$project/.mvn"

jdks="$scratch/j d k s"
make_jdk "$jdks/17" 17.0.15
make_jdk "$jdks/21" 21.0.1
make_jdk "$jdks/25" 25.0.3
make_jdk "$jdks/26" 26-ea
make_jdk "$jdks/8" 1.8.0_402
make_jdk "$jdks/jre25" 25
rm "$jdks/jre25/bin/javac"
all="$jdks/8:$jdks/26:$jdks/jre25:$jdks/17:$jdks/25:$jdks/21:$jdks/none"

# A Maven 9.9.9 that tells how it was called, and the archive it comes in.
archive=apache-maven-9.9.9-bin.tar.gz
mirror=$scratch/mirror/maven/maven-3/9.9.9/binaries
mkdir -p "$scratch/apache-maven-9.9.9/bin" "$mirror"
cat >"$scratch/apache-maven-9.9.9/bin/mvn" <<'EOF'
#!/bin/sh
echo "jdk=$JAVA_HOME opts=$MAVEN_OPTS maven=$0"
printf '<%s>' "$@"
exit ${FAKE_EXIT:-0}
EOF
chmod +x "$scratch/apache-maven-9.9.9/bin/mvn"
(cd "$scratch" && tar -czf "$mirror/$archive" apache-maven-9.9.9)
sum=$(sha512sum <"$mirror/$archive" 2>/dev/null || shasum -a 512 <"$mirror/$archive")
pin() { printf '# comment\nmavenVersion=9.9.9\nmavenSha512=%s\n' "$1" >"$project/.mvn/wrapper/maven-wrapper.properties"; }
pin "${sum%% *}"

# An installed mvn that serves the archive as maven-dependency-plugin:copy does; `broken` replaces it by one that fails.
mkdir "$scratch/installed" "$scratch/broken"
cat >"$scratch/installed/mvn" <<EOF
#!/bin/sh
echo "\$PWD \$*" >"$scratch/asked"
cp "$mirror/$archive" .
EOF
printf '#!/bin/sh\necho "[ERROR] no route"\nexit 1\n' >"$scratch/broken/mvn"
chmod +x "$scratch/installed/mvn" "$scratch/broken/mvn"

# mvnw ASSIGNMENT... "$it" ARGUMENT...: runs it with nothing in the environment but what is given.
it=$scratch/it
mvnw() {
    run env -i HOME="$scratch/home" PATH="$path" LANEGRAD_MAVEN_ARCHIVE="file://$scratch/mirror" "$@"
}
fresh_home() {
    rm -rf "${scratch:?}/home"
    mkdir "$scratch/home"
    dists=$scratch/home/.m2/wrapper/dists
}
clean() { [ -z "$(find "$dists" -name '.lanegrad*' -o -name '*.tar.gz' -o -name '*.log')" ]; }
: >"$it"
chmod +x "$it"

for shell in $shells; do
    in_shell "$project/mvnw" >"$it"

    # the JDK
    fresh_home
    rm -f "$scratch/asked"
    path=$scratch/installed:$scratch/bin
    mvnw JAVA_HOME="$jdks/17" LANEGRAD_JDKS="$all" "$it" verify
    check "JAVA_HOME too old: the lowest that is new enough" contains "$out" "jdk=$jdks/25 "
    check "and Maven came through the installed mvn" contains "$(cat "$scratch/asked")" \
        " -B -q org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy -Dartifact=org.apache.maven:apache-maven:9.9.9:tar.gz:bin "
    check "asked in a folder outside the project" contains "in $(cat "$scratch/asked")" "in $dists/.lanegrad."
    check "into the usual place" contains "$out" "maven=$dists/apache-maven-9.9.9/lanegrad/bin/mvn"
    check "announced in one line" [ "$err" = "mvnw: fetching Maven 9.9.9 (once) ..." ]
    check "leaving nothing else" clean
    path=$scratch/bin
    mvnw LANEGRAD_JDKS="$all" "$it"
    check "JAVA_HOME unset: the same JDK, and the Maven fetched before, silently" [ "$code:$err" = 0: ]
    mvnw JAVA_HOME="$jdks/26" LANEGRAD_JDKS="$all" "$it"
    check "JAVA_HOME new enough wins" contains "$out" "jdk=$jdks/26 "
    mvnw JAVA_HOME="$jdks/jre25" LANEGRAD_JDKS="$jdks/2*" "$it"
    check "a JRE does not count; the list may hold patterns" contains "$out" "jdk=$jdks/25 "
    mkdir -p "$scratch/onpath"
    ln -sf "$jdks/25/bin/javac" "$scratch/alternative"
    ln -sf ../alternative "$scratch/onpath/javac"
    path=$scratch/onpath:$scratch/bin
    mvnw JAVA_HOME="$jdks/17" "$it"
    check "the javac on the PATH, through its links" contains "$out" "jdk=$jdks/25 "
    path=$scratch/bin
    mvnw JAVA_HOME="$jdks/17" LANEGRAD_JDKS="$jdks/17:$jdks/21:$jdks/jre25" "$it" verify
    check "no JDK is new enough: exit code 1" [ "$code" -eq 1 ]
    check "no JDK is new enough: nothing printed" [ -z "$out" ]
    check "no JDK is new enough: one line" one_line "$err"
    check "which says what to install" contains "$err" "no JDK 25 or newer found (JAVA_HOME is $jdks/17): install one"
    mvnw LANEGRAD_JDKS= "$it"
    check "an empty list finds none" contains "$err" "no JDK 25 or newer found: install one"

    # the call
    mvnw LANEGRAD_JDKS="$all" MAVEN_OPTS=-Xmx1g FAKE_EXIT=7 "$it" -Dx="a  b" "*" ""
    check "arguments as they are" contains "$out" "<-Dx=a  b><*><>"
    check "exit code as it is" [ "$code" -eq 7 ]
    check "MAVEN_OPTS kept, warnings silenced" contains "$out" \
        "opts=--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED -Xmx1g"

    # Maven from elsewhere
    for layout in apache-maven-9.9.9/0a1b2c apache-maven-9.9.9-bin/0a1b2c/apache-maven-9.9.9; do
        fresh_home
        mkdir -p "$dists/$layout"
        cp -R "$scratch/apache-maven-9.9.9/bin" "$dists/$layout"
        mvnw LANEGRAD_JDKS="$all" "$it"
        check "a Maven that another wrapper unpacked serves" contains "$out" "maven=$dists/$layout/bin/mvn"
    done
    fresh_home
    dists=$scratch/elsewhere/wrapper/dists
    mvnw LANEGRAD_JDKS="$all" MAVEN_USER_HOME="$scratch/elsewhere" "$it"
    check "no mvn: downloaded, to MAVEN_USER_HOME" contains "$out" "maven=$dists/apache-maven-9.9.9/lanegrad/bin/mvn"
    check "no mvn: leaving nothing else" clean
    rm -rf "$scratch/elsewhere"
    fresh_home
    path=$scratch/broken:$scratch/bin
    mvnw LANEGRAD_JDKS="$all" MVNW_VERBOSE=true "$it"
    check "mvn fails: downloaded" contains "$out" "maven=$dists/apache-maven-9.9.9/lanegrad/bin/mvn"
    check "mvn fails: the reason on request" contains "$err" "the installed mvn failed: [ERROR] no route"
    fresh_home
    mvnw LANEGRAD_JDKS="$all" LANEGRAD_MAVEN_ARCHIVE="file://$scratch/nowhere" "$it"
    check "nothing to be had: exit code 1" [ "$code" -eq 1 ]
    check "nothing to be had: says so" contains "$err" "mvnw: cannot fetch Maven 9.9.9 from file://$scratch/nowhere/maven"
    check "nothing to be had: nothing left" clean

    # the checksum
    pin 00ff
    for path in "$scratch/installed:$scratch/bin" "$scratch/bin"; do
        fresh_home
        mvnw LANEGRAD_JDKS="$all" "$it"
        check "wrong checksum: exit code 1" [ "$code" -eq 1 ]
        check "wrong checksum: refused" contains "$err" "its SHA-512 is ${sum%% *}, not the pinned 00ff"
        check "wrong checksum: nothing run" [ -z "$out" ]
        check "wrong checksum: nothing unpacked" [ -z "$(find "$dists" -name mvn)" ]
        check "wrong checksum: nothing left" clean
    done
    printf 'mavenVersion=9.9.9\r\nmavenSha512=%s\r\n' "${sum%% *}" >"$project/.mvn/wrapper/maven-wrapper.properties"
    mvnw LANEGRAD_JDKS="$all" "$it"
    check "properties with Windows line ends" [ "$code" -eq 0 ]
    pin ""
    mvnw LANEGRAD_JDKS="$all" "$it"
    check "no pinned checksum: refused" contains "$err" "must set mavenVersion and mavenSha512"
    pin "${sum%% *}"
done
report mvnw
