# The steps of ./check. Sourced by it, after build/jdk.sh.

modules='core testkit controls gateway platform app demo acceptance bench'
logs=$root/target/check
bless=
started=$SECONDS
red=()

# Runs one step, its output in a log; prints one line, and the telling part of the log when it is red.
step() {
  local name=$1 begun=$SECONDS log
  shift
  log=$logs/$(printf '%s' "$name" | tr ' ' '-').log
  mkdir -p "$logs"
  if "$@" >"$log" 2>&1; then
    show_notes "$log"
    printf 'ok   %s (%d s)\n' "$name" $((SECONDS - begun))
  else
    red+=("$name")
    show_failure "$log"
    printf 'RED  %s (%d s): %s\n' "$name" $((SECONDS - begun)) "${log#"$root"/}"
  fi
}

# What a green step wants to have said: its lines that begin with two blanks, and its last one.
show_notes() {
  grep -E '^  (skipped|risen|failed|fallen|note)' "$1" | head -40
  grep -E '^[0-9]+ (passed|files|controls)' "$1" | tail -1 | sed 's/^/  /'
}

show_failure() {
  local told
  told=$(grep -E '^\[(ERROR|WARNING)\] .*\.java' "$1" | sed "s|$root/||" | awk '!seen[$0]++' | head -40)
  [ -n "$told" ] || told=$(grep -E '^\[ERROR\] ' "$1" | grep -v 'Help 1' | head -12)
  [ -n "$told" ] || told=$(tail -40 "$1")
  printf '%s\n' "$told" | sed 's/^/     /'
}

finish() {
  local took=$((SECONDS - started))
  if [ ${#red[@]} -eq 0 ]; then
    printf 'green in %d s\n' "$took"
    exit 0
  fi
  printf 'red in %d s: %s\n' "$took" "$(printf '%s, ' "${red[@]}" | sed 's/, $//')"
  exit 1
}

# Two checks in one tree would read each other's half-written classes.
one_at_a_time() {
  command -v flock >/dev/null 2>&1 || return 0
  mkdir -p .gatewarden
  exec 8>.gatewarden/check.lock
  flock -n 8 && return 0
  echo 'waiting for another ./check in this folder' >&2
  flock 8
}

maven() {
  MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" \
    mvn -B -ntp -Dstyle.color=never "$@" 8>&-
}

# The formatter is fetched once and kept beside the other build output.
formatter() {
  local version lib
  version=$(sed -n 's/.*<googlejavaformat.version>\(.*\)<.*/\1/p' pom.xml)
  lib=$root/target/format/$version
  if [ ! -d "$lib" ]; then
    maven -q -f build/format/pom.xml -Dmaven.test.skip dependency:copy-dependencies \
      -DoutputDirectory="$lib.new" || return 1
    rm -rf "$lib" && mv "$lib.new" "$lib" || return 1
  fi
  local exports=() part
  for part in api code file main parser tree util; do
    exports+=(--add-exports "jdk.compiler/com.sun.tools.javac.$part=ALL-UNNAMED")
  done
  local command=$1 folders=() module
  shift
  if [ $# -gt 0 ]; then
    folders=("$@")
  else
    for module in $modules; do [ -d "$module/src" ] && folders+=("$module/src"); done
    folders+=(build)
  fi
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "${exports[@]}" \
    -cp "$lib/*" build/format/Format.java "$command" "${folders[@]}"
}

# Of all sources, or those of the folders named.
check_format() {
  formatter check "$@" && return 0
  echo 'run ./check format'
  return 1
}

apply_format() {
  formatter apply "$@"
}

# What was compiled under other rules is compiled again.
forget_old_rules() {
  local rules
  rules=$(cat pom.xml ./*/pom.xml "$JAVA_HOME/release" | cksum)
  [ "$(cat target/check/rules 2>/dev/null)" = "$rules" ] && return 0
  local module
  for module in $modules; do rm -rf "$module/target/check"; done
  mkdir -p target/check && printf '%s\n' "$rules" >target/check/rules
}

forget_reports() {
  local module
  for module in $modules; do rm -rf "$module/$1/surefire-reports" "$module/$1/ratchets.txt"; done
}

# Compiles, all modules or those named.
strict_compile() {
  forget_old_rules
  local only=()
  [ $# -eq 0 ] || only=(-pl "$(printf '%s\n' "$@" | paste -sd, -)" -am)
  without_warnings "${only[@]+"${only[@]}"}" -DskipTests test-compile
}

strict_tests() {
  forget_old_rules
  forget_reports target/check
  rm -f target/check/built
  without_warnings -fae -Dmaven.test.failure.ignore=true -DforkCount=2 "$@" test
  local status=$?
  [ $status -eq 1 ] || touch target/check/built
  return $status
}

# Runs Maven strictly: 1 when something does not compile, 3 when it compiles with warnings.
without_warnings() {
  local log=$logs/maven.log status
  maven -P strict "$@" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  forget_faulty target/check "$log" || [ "$status" -ne 0 ] || status=3
  return "$status"
}

# Forgets what was compiled of each module that the log complains of: Maven puts the classes of before
# back after an error, and then takes them for new; and what is compiled now would not warn again.
forget_faulty() {
  local target=$1 log=$2 faulty module
  faulty=$(sed -n "s|^\[[A-Z]*\] $root/\([a-z]*\)/.*\.java:.*|\1|p" "$log" | sort -u)
  for module in $faulty; do rm -rf "$module/$target/"{classes,test-classes,maven-status}; done
  [ -z "$faulty" ]
}

# Of the modules on the request path, and without what is tagged as long: fuzz against another validator, and the
# largest of real contracts. Neither the compiler nor most tests run for long enough to be worth the second
# compiler of the virtual machine. The formatter looks at the sources meanwhile.
fast_tests() {
  forget_reports target
  check_format {core,testkit,controls,gateway}/src >"$logs/format.log" 2>&1 &
  local format=$! status
  MAVEN_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${MAVEN_OPTS:-}" \
    maven -fae -pl core,testkit,controls,gateway -Dmaven.test.failure.ignore=true -DexcludedGroups=long \
      -DforkCount=2 -Dgatewarden.jvm=-XX:TieredStopAtLevel=1 test 2>&1 | tee "$logs/maven.log"
  status=${PIPESTATUS[0]}
  [ "$status" -eq 0 ] || forget_faulty target "$logs/maven.log"
  wait "$format" || { cat "$logs/format.log"; status=1; }
  return "$status"
}

# Whether everything compiled, so that going on makes sense.
built() {
  [ -f target/check/built ]
}

# Of the inner loop, which leaves the long tests out.
sum_part() {
  summary target surefire-reports part
}

sum_up() {
  summary "$1" surefire-reports $bless
}

summary() {
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 build/summary/Summary.java \
    "$root" "$1" "$2" build/ratchets.txt "${@:3}"
}

# Whether there is a program already, so that its steps make sense.
has_program() {
  [ -f app/src/main/java/dev/gatewarden/app/Main.java ] && return 0
  echo '  note: no program yet'
  return 1
}

# Builds the program as a user does, and holds the launcher to its word: only results on stdout, an
# older JDK in the way does no harm, and the second start needs neither Maven nor network.
build_program() {
  has_program || return 0
  local old said
  ./gatewarden --version || return 1
  for old in /usr/lib/jvm/*17* "$JAVA_HOME"; do [ -x "$old/bin/java" ] && break; done
  mkdir -p target/check/no-maven
  printf '#!/bin/sh\necho "maven was started" >&2; exit 1\n' >target/check/no-maven/mvn
  chmod +x target/check/no-maven/mvn
  said=$(JAVA_HOME=$old LC_ALL=C PATH=$root/target/check/no-maven:$PATH ./gatewarden --version 2>target/check/stderr) || {
    cat target/check/stderr
    return 1
  }
  [ "$(printf '%s\n' "$said" | wc -l)" -eq 1 ] && [ "$said" = "$(printf '%s' "$said" | tr -d '\r')" ] && return 0
  printf 'not one clean line: %s\n' "$said"
  return 1
}

generated_documents() {
  has_program || return 0
  ./gatewarden docs --help >/dev/null 2>&1 || { echo '  note: no generated documents yet'; return 0; }
  if [ -n "$bless" ]; then ./gatewarden docs; else ./gatewarden docs --check; fi
}

run_examples() {
  has_program || return 0
  local folder failed=0
  # First the demo, which makes the secret that the shop's configuration refers to.
  ./gatewarden demo --once --ports auto || failed=1
  for folder in examples/*/; do
    [ -f "$folder/gatewarden.yaml" ] || continue
    echo "$folder"
    (cd "$folder" && "$root/gatewarden" check-config) || failed=1
  done
  return $failed
}

# Each control that an acceptance test names is taken away in turn, in two processes that share the rows:
# each test that names it must fail.
requirement_rows() {
  local tests=acceptance/src/test/java told=$root/acceptance/target/check/taken-away status=0
  rm -rf acceptance/target/check/rows "$told"
  mkdir -p "$told"
  maven -P strict -pl acceptance -am '-Dtest=TakenAway*' -Dsurefire.failIfNoSpecifiedTests=false \
    -Dmaven.test.failure.ignore=true -DforkCount=2 -Dgatewarden.reports=rows -Dgatewarden.rows="$told" test \
    >"$logs/rows.log" 2>&1 || { tail -20 "$logs/rows.log"; return 1; }
  touch "$told/told"
  sort "$told/told" | awk '
    { if ($1 != control) say(); control = $1; classes = classes sep $2; sep = ","; red += $3; bad += $4; skipped += $5 }
    function say() {
      if (control) print "  note: without " control " (" classes "): " red " red as they must be, " bad " not" \
        (skipped ? ", " skipped " skipped" : "")
      classes = sep = ""; red = bad = skipped = 0
    }
    END { say() }'
  summary target/check rows rows | grep -v 'red as they must be' ; [ "${PIPESTATUS[0]}" -eq 0 ] || status=1
  echo "  note: rows with tests: $(grep -rhoE '@Requirement\([^)]*id *= *"[^"]+"' "$tests" 2>/dev/null |
    sed 's/.*"\([^"]*\)"$/\1/' | sort -u | paste -sd' ' -)"
  echo "$(cut -d' ' -f1 "$told/told" | sort -u | wc -l) controls taken away, $(awk '$4 > 0 { print $1 }' "$told/told" | sort -u | wc -l) of them not missed by every test that names them"
  [ "$status" -eq 0 ]
}
