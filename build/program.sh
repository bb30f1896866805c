# Builds the program into dist/ when the sources changed. Sourced by the launcher, after build/jdk.sh.

program_modules='core controls gateway platform app demo'

# Names the state of everything the program is built from; works in a tarball as in a clone.
source_digest() {
  cd "$root"
  local module paths='pom.xml'
  for module in $program_modules; do
    paths="$paths $module/pom.xml"
    [ -d "$module/src/main" ] && paths="$paths $module/src/main"
  done
  # The program carries what was written for its reference, and writes the rest itself.
  [ -d docs ] && paths="$paths docs"
  # shellcheck disable=SC2086 # the paths are ours
  find $paths -path docs/reference -prune -o -type f ! -name '*~' ! -name '.*' -print | LC_ALL=C sort | tr '\n' '\0' | xargs -0 $(sha256) | $(sha256) | cut -c1-16
  cd "$OLDPWD"
}

sha256() {
  if command -v sha256sum >/dev/null 2>&1; then echo sha256sum; else echo 'shasum -a 256'; fi
}

# Builds into a folder of its own, so that a running program keeps the jars it was started with.
build_program() {
  need_maven
  mkdir -p "$state" "$root/dist"
  lock_build
  if [ ! -f "$dist/classpath" ]; then
    local begun=$SECONDS
    run_maven || build_failed
    collect_program
    say "built in $((SECONDS - begun)) s"
    forget_old_programs
  fi
  unlock_build
}

say() {
  end_progress
  printf 'gatewarden: %s\n' "$1" >&2
}

# Two terminals do not build at once: the second waits, and finds the work done.
lock_build() {
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$state/build.lock"
    flock -n 9 && return 0
    say 'waiting for the build in another terminal'
    flock 9
  else
    local told=
    until mkdir "$state/build.lock.d" 2>/dev/null; do
      # A holder that died leaves its folder behind.
      kill -0 "$(cat "$state/build.lock.d/pid" 2>/dev/null || echo $$)" 2>/dev/null || rm -rf "$state/build.lock.d"
      [ -n "$told" ] || say 'waiting for the build in another terminal'
      told=yes
      sleep 1
    done
    echo $$ >"$state/build.lock.d/pid"
    trap 'rm -rf "$state/build.lock.d"' EXIT
  fi
}

unlock_build() {
  if command -v flock >/dev/null 2>&1; then
    exec 9>&-
  else
    rm -rf "$state/build.lock.d"
    trap - EXIT
  fi
}

run_maven() {
  local before maven status=0
  before=$(megabytes)
  if [ -n "$(ls "$root/dist")" ]; then say 'building'; else say 'building for the first time: up to 75 MB to download'; fi
  # Only what the program needs: nothing of the tests is resolved. Its own output folder leaves a developer's alone.
  (
    cd "$root"
    MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" \
      exec mvn -q -B -ntp -Dstyle.color=never -P dist -pl app,demo -am -Dmaven.test.skip \
      -Dgatewarden.target=target/dist package
  ) >"$state/build.log" 2>&1 9>&- &
  maven=$!
  trap 'kill "$maven" 2>/dev/null; exit 130' INT TERM
  watch_build "$maven" "$before"
  wait "$maven" || status=$?
  trap - INT TERM
  return $status
}

# Tells how far the download is: on one line of a terminal, else a line for each step that can be seen.
watch_build() {
  local maven=$1 before=$2 told=-1 now waited=0
  while kill -0 "$maven" 2>/dev/null; do
    sleep 0.5
    waited=$((waited + 1))
    [ $((waited % 4)) -eq 0 ] || continue
    now=$(($(megabytes) - before))
    [ "$now" -ge 0 ] || now=0
    if [ -t 2 ]; then
      printf '\rgatewarden: building: %d MB downloaded, %d s ' "$now" $((waited / 2)) >&2
      progress=shown
    elif [ "$now" -ge $((told + 5)) ]; then
      printf 'gatewarden: building: %d MB downloaded\n' "$now" >&2
      told=$now
    fi
  done
}

end_progress() {
  [ -n "${progress:-}" ] && printf '\r\033[K' >&2
  progress=
}

# The size of the local repository, where Maven puts what it downloads.
megabytes() {
  local folder
  folder=$(local_repository)
  [ -d "$folder" ] || { echo 0; return; }
  echo $(($(du -sk "$folder" 2>/dev/null | cut -f1) / 1024))
}

local_repository() {
  local set
  set=$(printf '%s' "${MAVEN_OPTS:-}" | sed -n 's/.*-Dmaven\.repo\.local=\([^ ]*\).*/\1/p')
  [ -n "$set" ] || set=$(sed -n 's/.*<localRepository>\(.*\)<\/localRepository>.*/\1/p' "$HOME/.m2/settings.xml" 2>/dev/null | head -1)
  printf '%s' "${set:-$HOME/.m2/repository}"
}

build_failed() {
  local log=$state/build.log
  # Maven puts the classes of before back after an error, and would take them for new the next time.
  rm -rf "$root"/*/target/dist
  if grep -q -e 'Unknown host' -e 'Could not transfer' -e 'Could not find artifact' -e 'Cannot access' "$log"; then
    say 'the build could not download what it needs: is the network there?'
  else
    say 'the build failed:'
  fi
  { grep '^\[ERROR\] /.*\.java:' "$log" || grep '^\[ERROR\] .' "$log" || tail -20 "$log"; } |
    sed -e 's/^\[ERROR\] //' -e "s|^$root/||" | grep -v -e 'Help 1' -e 'Maven' -e 'mvn ' | awk '!seen[$0]++' | head -10 >&2
  say "all of it: $log"
  exit 2
}

# Puts the jars together, and last the file that says the folder is whole.
collect_program() {
  local new=$dist.new jar
  rm -rf "$new"
  mv "$root/demo/target/dist/program" "$new"
  (cd "$new" && LC_ALL=C ls -- *.jar) >"$new/classpath.new"
  rm -rf "$dist"
  mv "$new" "$dist"
  mv "$dist/classpath.new" "$dist/classpath"
}

# Keeps the program before this one, which may still run.
forget_old_programs() {
  local folder
  (cd "$root/dist" && ls -td -- */ | tail -n +3) | while read -r folder; do
    rm -rf "$root/dist/${folder%/}"
  done
}

# Sets the flags and the class path.
read_program() {
  local jar path=
  while IFS= read -r jar; do
    path=$path${path:+:}$dist/$jar
  done <"$dist/classpath"
  flags=(
    "@$root/build/jvm.flags"
    -cp "$path"
    "-Dgatewarden.root=$root"
    "-Djava.io.tmpdir=$state/tmp"
    "-Dio.netty.native.workdir=$state/native"
    "-Dorg.sqlite.tmpdir=$state/native"
    "-DZstdTempFolder=$state/native"
    "-Dcom.amazon.corretto.crypto.provider.tmpdir=$state/native"
  )
}
