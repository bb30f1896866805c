package dev.gatewarden.controls.guards.limit;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.exchange.Written;
import dev.gatewarden.core.identity.Pseudonyms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Bounds how many different objects one caller may name within a time, so that nobody finds out by
/// trying which there are.
///
/// What a request names by an id counts, to read it, to change it, or to refer to it: in its path,
/// in its query, in its body, and each item of a batch, whether the object is the caller's, is
/// another's, or is not there at all. One that was named before costs nothing until a whole window
/// has passed without it. A single request may name 500 at most. What a list shows was not named
/// and does not count. Ids are remembered as
/// digests keyed by the gate's secret.
///
/// It begins where `within` is set.
@Control(
    id = "distinct-objects",
    stage = Stage.AUTHORIZE,
    threats = {Threat.API1_OBJECT_AUTHORIZATION, Threat.API6_BUSINESS_FLOWS})
public final class DistinctObjectsGuard implements Guard {
  private static final long MOST = 10_000;

  /// One request takes all of them in one step.
  private static final long MOST_AT_ONCE = 500;

  /// What can be set.
  ///
  /// @param within how long an object that was named counts; from 1m to 30d
  /// @param each how many objects of one type may be named; from 1 to 10000, 200 where it is not
  ///     set
  /// @param all how many objects of all types together; from 1 to 10000, 500 where it is not set
  /// @param types how many of single types, by their names
  /// @param per by what callers are told apart, as a share is: `user`, `client`, `tenant+user`
  public record Config(
      Optional<Duration> within,
      Optional<Long> each,
      Optional<Long> all,
      Map<String, Long> types,
      Per per) {
    static final Config OFF =
        new Config(
            Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Per.parse("user"));

    public Config {
      types = Map.copyOf(types);
      within.ifPresent(
          value -> Bound.within("within", value, Duration.ofMinutes(1), Duration.ofDays(30)));
      each.ifPresent(value -> Bound.within("each", value, 1, MOST));
      all.ifPresent(value -> Bound.within("all", value, 1, MOST));
      types.forEach((type, value) -> Bound.within("types." + type, value, 1, MOST));
      if (within.isEmpty() && (each.isPresent() || all.isPresent() || !types.isEmpty())) {
        throw new IllegalArgumentException("`within` is missing: nothing is counted without it");
      }
      long most = all.orElse(USUAL_ALL);
      if (each.orElse(Math.min(USUAL_EACH, most)) > most) {
        throw new IllegalArgumentException(
            "`each` is `" + each.orElse(most) + "`, more than `all`, which is `" + most + "`");
      }
      types.forEach(
          (type, value) -> {
            if (value > most) {
              throw new IllegalArgumentException(
                  "`types` has `"
                      + type
                      + ": "
                      + value
                      + "`, more than `all`, which is `"
                      + most
                      + "`");
            }
          });
    }

    private static final long USUAL_EACH = 200;
    private static final long USUAL_ALL = 500;

    long of(String type) {
      long most = all.orElse(USUAL_ALL);
      return types.getOrDefault(type, each.orElse(Math.min(USUAL_EACH, most)));
    }

    long ofAll() {
      return all.orElse(USUAL_ALL);
    }
  }

  /// Why a request is refused.
  public enum Why implements Reason {
    TOO_MANY_OBJECTS;

    @Override
    public String control() {
      return "distinct-objects";
    }

    @Override
    public int status() {
      return 429;
    }

    @Override
    public String summary() {
      return "too many different objects were asked for";
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          DistinctObjectsGuard.class,
          Config.OFF,
          Reads.BODY,
          Why.values(),
          DistinctObjectsGuard::seated);

  private final Config config;
  private final Duration within;
  private final String prefix;
  private final String api;
  private final Pseudonyms pseudonyms;
  private final List<Parent> parents;

  /// An object that a binding names without an id of its own: in whose list it looks or creates.
  private record Parent(String type, Selector at) {}

  /// One object by its type.
  private record Named(String type, String id) {}

  private DistinctObjectsGuard(Setting setting, Config config, Duration within) {
    this.config = config;
    this.within = within;
    this.api = setting.contract().api();
    this.prefix = "distinct-objects/" + api + ".";
    this.pseudonyms = setting.ports().pseudonyms();
    List<Parent> listed = new ArrayList<>();
    for (ObjectBinding binding : setting.operation().objects().list()) {
      Selector id = binding.id();
      if (id == null || id.afterwards()) {
        binding.within().forEach((type, at) -> listed.add(new Parent(type, at)));
      }
    }
    this.parents = List.copyOf(listed);
  }

  private static Optional<Guard> seated(Setting setting, Config config) {
    return config.within().isEmpty() || setting.operation().objects().list().isEmpty()
        ? Optional.empty()
        : Optional.of(new DistinctObjectsGuard(setting, config, config.within().get()));
  }

  @Override
  public Verdict judge(Call call) {
    Set<Named> named = named(call);
    if (named.isEmpty()) {
      return Verdict.pass();
    }
    if (named.size() > Math.min(config.ofAll(), MOST_AT_ONCE)) {
      return Verdict.deny(Why.TOO_MANY_OBJECTS);
    }
    String caller = "/" + config.per().of(call.exchange());
    List<Claim> claims = new ArrayList<>(2 * named.size());
    for (Named each : named) {
      String member = pseudonyms.of(api, "object\0" + each.type + "\0" + each.id);
      claims.add(claim(each.type, caller, member, config.of(each.type)));
      claims.add(claim("*", caller, member, config.ofAll()));
    }
    return new Verdict.Pass(null, List.copyOf(claims), List.of());
  }

  /// Kept although the object turns out to be another's, or not to be there.
  private Claim claim(String of, String caller, String member, long most) {
    String key = prefix + of + caller;
    return Claim.distinct(key, member, most, within, Why.TOO_MANY_OBJECTS).keptAlways();
  }

  private Set<Named> named(Call call) {
    Set<Named> named = new LinkedHashSet<>();
    for (ObjectUse use : call.objects()) {
      named.add(new Named(use.binding().type().name(), use.id()));
      use.within().forEach((type, id) -> named.add(new Named(type, id)));
    }
    for (Written each : call.written()) {
      if (each.kind() != Written.Kind.TENANT && each.fact() instanceof Fact.Known(String id)) {
        named.add(new Named(each.type().name(), id));
      }
    }
    for (Parent parent : parents) {
      String id = value(parent.at, call.exchange());
      if (id != null) {
        named.add(new Named(parent.type, id));
      }
    }
    return named;
  }

  private static @Nullable String value(Selector at, Exchange exchange) {
    return switch (at) {
      case Selector.PathParameter(String name) -> exchange.pathValue(name);
      case Selector.QueryParameter(String name) -> exchange.request().target().query().first(name);
      default -> null;
    };
  }
}
