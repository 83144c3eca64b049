# Sourced by mvnw and lanegrad: the JDK to use. POSIX sh; reads the homes' `release` files and starts no JVM (about 10 ms).
#
# require_jdk PROGRAM sets `jdk` to JAVA_HOME when that is a JDK new enough, else to the lowest one that is new enough in
# the usual places, else ends the program with one line. LANEGRAD_JDKS, a colon-separated list of JDK homes (patterns
# allowed, may be empty), replaces the usual places.

jdk_minimum=25

# Sets `feature` to the feature release of the JDK home $1, or to 0: a run-time image without javac does not count.
read_feature() {
    feature=0
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    while IFS='="' read -r key _ value _ || [ -n "$key" ]; do
        case $key in JAVA_VERSION)
            feature=${value%%[!0-9]*}
            feature=${feature:-0}
            return 0
            ;;
        esac
    done <"$1/release"
}

# Of the homes given, keeps in `jdk` the first among the lowest releases that are new enough.
consider_homes() {
    for home in "$@"; do
        read_feature "$home"
        if [ "$feature" -ge $jdk_minimum ] && { [ -z "$jdk" ] || [ "$feature" -lt "$jdk_feature" ]; }; then
            jdk=$home
            jdk_feature=$feature
        fi
    done
}

# The home behind the javac on the PATH, through its symbolic links (/usr/bin/javac -> /etc/alternatives -> ...).
consider_path() {
    javac=$(command -v javac) || return 0
    while [ -L "$javac" ]; do
        link=$(readlink "$javac") || return 0
        case $link in
        /*) javac=$link ;;
        *) javac=${javac%/*}/$link ;;
        esac
    done
    consider_homes "${javac%/bin/javac*}"
}

consider_usual_places() {
    consider_path
    user=${HOME:-/nonexistent}
    consider_homes \
        "${JDK_HOME:-}" \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
        /snap/openjdk/current/jdk \
        "$user"/.jdks/* "$user"/.gradle/jdks/* "$user"/.gradle/jdks/*/*/Contents/Home "$user"/.jabba/jdk/* \
        "${SDKMAN_DIR:-$user/.sdkman}"/candidates/java/* \
        "${MISE_DATA_DIR:-$user/.local/share/mise}"/installs/java/* \
        "${ASDF_DATA_DIR:-$user/.asdf}"/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$user"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
        "/c/Program Files"/*/jdk* # Git Bash on Windows
    # hosted CI machines name their JDKs JAVA_HOME_25_X64 and the like
    while IFS= read -r line; do
        case $line in JAVA_HOME_[0-9]*=*) consider_homes "${line#*=}" ;; esac
    done <<EOF
$(env)
EOF
}

require_jdk() {
    jdk='' jdk_feature=0
    if [ -n "${JAVA_HOME:-}" ]; then
        consider_homes "$JAVA_HOME"
        [ -z "$jdk" ] || return 0
    fi
    if [ -n "${LANEGRAD_JDKS+set}" ]; then
        saved_ifs=$IFS
        IFS=:
        # shellcheck disable=SC2086 # split at colons, patterns expanded
        consider_homes $LANEGRAD_JDKS
        IFS=$saved_ifs
    else
        consider_usual_places
    fi
    [ -z "$jdk" ] || return 0
    echo "$1: no JDK $jdk_minimum or newer found${JAVA_HOME:+ (JAVA_HOME is $JAVA_HOME)}:" \
        "install one, for example Temurin $jdk_minimum from https://adoptium.net, or point JAVA_HOME at it" >&2
    exit 1
}
