# The ahead-of-time cache: trained in the background, used when it matches. Sourced by the launcher, after build/program.sh.

# Adds the cache to the flags when there is one for just these jars, flags and this Java; else begins to train it.
use_ahead_of_time_cache() {
  [ "${GATEWARDEN_AOT:-on}" != off ] && [ -z "${GATEWARDEN_JAVA_OPTS:-}" ] || return 0
  local key cache
  key=$(cat "$root/build/jvm.flags" "$JAVA_HOME/release" "$root/build/aot.sh" 2>/dev/null | $(sha256) | cut -c1-16)
  cache=$state/aot/$digest-$key.aot
  if [ -f "$cache" ]; then
    flags+=("-XX:AOTCache=$cache")
  elif [ ! -f "$cache.tried" ] && [ -z "${CI:-}" ]; then
    train "$cache"
  fi
}

# Never in the way of the command it was started by: lowest priority, detached, silent, bounded in time, tried once, on none of the
# usual ports and in a state folder of its own.
train() {
  local cache=$1 detach=
  mkdir -p "$state/aot" && rm -rf "$state/aot/"* && touch "$cache.tried" || return 0
  command -v setsid >/dev/null 2>&1 && detach=setsid
  (
    cd "$state" || exit 0
    export GATEWARDEN_STATE=$state/aot/state
    $detach nice -n 19 bash -c '
      limit=; command -v timeout >/dev/null 2>&1 && limit="timeout -k 5 120"
      cache=$1; shift
      $limit "$@"
      [ $? -lt 124 ] && [ -s "$cache.new" ] && mv "$cache.new" "$cache"
      rm -f "$cache.new"*
    ' train "$cache" "$JAVA_HOME/bin/java" "${flags[@]}" "-XX:AOTCacheOutput=$cache.new" \
      dev.gatewarden.demo.DemoMain --once --ports any </dev/null >"$state/aot/train.log" 2>&1 &
  ) || true
}
