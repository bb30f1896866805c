# Finds a JDK that can build and run Gatewarden, and verifies it. Sourced, not started.

GATEWARDEN_JAVA=25

# Prints the folders where a JDK may lie, the user's own wish first.
jdk_candidates() {
  local java
  [ -n "${JAVA_HOME:-}" ] && printf '%s\n' "$JAVA_HOME"
  java=$(command -v java 2>/dev/null) && jdk_home_of "$java"
  [ -x /usr/libexec/java_home ] && /usr/libexec/java_home -v "$GATEWARDEN_JAVA+" 2>/dev/null
  local folder
  for folder in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/*jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -d "$folder" ] && printf '%s\n' "$folder"
  done
}

# Follows the links of a `java` on the path to the JDK it belongs to.
jdk_home_of() {
  local file=$1 target
  while target=$(readlink "$file" 2>/dev/null); do
    case $target in
      /*) file=$target ;;
      *) file=$(dirname "$file")/$target ;;
    esac
  done
  (cd "$(dirname "$file")/.." 2>/dev/null && pwd -P)
}

# Prints the feature release that a JDK says it has; nothing when it is none.
jdk_feature() {
  local home=$1 version=
  [ -x "$home/bin/java" ] && [ -x "$home/bin/javac" ] || return 0
  if [ -r "$home/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
  else
    version=$("$home/bin/java" -version 2>&1 | sed -n '1s/[^"]*"\([0-9]*\).*/\1/p')
  fi
  printf '%s' "$version"
}

# Starts a JDK once: one for another processor, or a broken one, says the right release and yet does not run.
jdk_runs() {
  local home=$1 seen=$2
  [ -r "$seen" ] && [ "$(cat "$seen" 2>/dev/null)" = "$home" ] && return 0
  "$home/bin/java" -Xshare:auto -version >/dev/null 2>&1 || return 1
  { mkdir -p "$(dirname "$seen")" && printf '%s' "$home" >"$seen"; } 2>/dev/null || true
}

# Exports JAVA_HOME for a verified JDK, or ends with one line that says what to install.
# $1: where to remember the JDK that was found to run.
use_jdk() {
  local seen=$1 home feature
  while IFS= read -r home; do
    feature=$(jdk_feature "$home")
    [ -n "$feature" ] && [ "$feature" -ge "$GATEWARDEN_JAVA" ] || continue
    jdk_runs "$home" "$seen" || continue
    export JAVA_HOME=$home
    return 0
  done <<EOF
$(jdk_candidates)
EOF
  echo "gatewarden needs a JDK $GATEWARDEN_JAVA: install temurin-$GATEWARDEN_JAVA-jdk (https://adoptium.net) or openjdk-$GATEWARDEN_JAVA-jdk, or point JAVA_HOME to one" >&2
  exit 2
}

# Ends with one line when there is no Maven to build with.
need_maven() {
  command -v mvn >/dev/null 2>&1 && return 0
  echo "gatewarden needs Maven 3.8 or newer to build: install it (apt-get install maven, brew install maven)" >&2
  exit 2
}
