# What 'run', 'jmh' and 'soak' need before they start: a JDK, Maven, and this module built. Sourced by them, with 'name' set.
# Exits with 2 when something is missing, and with 1 when the build fails.

least_version=21
here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
target=$here/target

say() {
  printf '%s: %s\n' "$name" "$1" >&2
}

stop() {
  say "$1"
  exit 2
}

jdk_candidates() {
  local java
  printf '%s\n' "${JAVA_HOME:-}"
  java=$(command -v java || true)
  [ -z "$java" ] || dirname "$(dirname "$(readlink -f "$java")")"
  printf '%s\n' {/usr/lib/jvm,/usr/lib64/jvm,/usr/java,/opt/java,/opt}/* ~/.sdkman/candidates/java/* ~/{.jdks,.m2/jdks}/*
}

# Sets 'jdk' to JAVA_HOME or the one on the PATH if it is new enough, else to the newest in the usual folders.
find_jdk() {
  local home version best=0 place=0
  while IFS= read -r home; do
    place=$((place + 1))
    [ -x "$home/bin/javac" ] || continue
    version=$("$home/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    if [ "${version:-0}" -ge "$least_version" ] && [ "$version" -gt "$best" ]; then
      jdk=$home
      best=$version
      [ "$place" -gt 2 ] || break
    fi
  done < <(jdk_candidates)
  [ "$best" -gt 0 ] || stop "no JDK of version $least_version or later, neither in JAVA_HOME nor on the PATH nor in the usual folders such as /usr/lib/jvm"
}

# install WHAT PACKAGES...: installs Debian packages where that is allowed, else says which are missing.
install() {
  local log
  command -v apt-get >/dev/null || stop "missing: $*; install what your system calls these Debian packages"
  [ "$(id -u)" = 0 ] || stop "missing: $*; run: sudo apt-get update && sudo apt-get install -y $*"
  log=$(mktemp)
  say "installing $*"
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y "$@"; } </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    stop "apt-get could not install $*; its output is above"
  fi
  rm -f "$log"
}

is_built() {
  set -- "$target"/app/priz-benchmarks-*.jar
  jar=$1
  [ -e "$jar" ] && [ -z "$(find "$root"/{core,websocket,benchmarks}/{src/main,pom.xml} "$root"/{pom.xml,testing/payloads} -newer "$jar" -print -quit)" ]
}

build() {
  is_built && return
  command -v mvn >/dev/null || stop "no 'mvn' on the PATH; install Maven 3.8.6 or later (Debian, Ubuntu: apt-get install maven)"
  say "building..."
  mkdir -p "$target"
  if ! (cd "$root" && JAVA_HOME=$jdk mvn -B -ntp -Dquick -pl benchmarks -am package </dev/null) >"$target/build.log" 2>&1; then
    cat "$target/build.log" >&2
    say "the build failed; what Maven says is above and in $target/build.log"
    exit 1
  fi
}

# Sets 'options' to what every JVM here gets.
jvm_options() {
  options=(--enable-native-access=ALL-UNNAMED)
  ! "$jdk/bin/java" --sun-misc-unsafe-memory-access=allow -version >/dev/null 2>&1 || options+=(--sun-misc-unsafe-memory-access=allow)
}
