package dev.gatewarden.controls.guards.response;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Response;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.Prover;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps answers that depend on the caller out of every cache: `Cache-Control: private, no-store`
/// and `Vary` with the fields in which callers prove themselves.
///
/// What the service says about caching is replaced, and what it says to single caches
/// (`CDN-Cache-Control`, `Surrogate-Control` and their kin,
/// RFC 9213) is removed. Where a credential is optional, the answer to nobody may be cached, but
/// never be given to somebody.
@Control(
    id = "private-cache",
    stage = Stage.RETURN,
    threats = {Threat.API8_MISCONFIGURATION})
public final class PrivateCacheGuard implements Guard {

  /// Nothing can be set.
  public record Config() {}

  /// Why the headers of an answer are changed.
  public enum Why implements Reason {
    PRIVATE(200, "the answer is for this caller alone");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "private-cache";
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public String summary() {
      return summary;
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          PrivateCacheGuard.class,
          new Config(),
          Reads.RESPONSE_HEAD,
          Why.values(),
          (setting, config) ->
              setting.operation().security().isPublic()
                  ? Optional.empty()
                  : Optional.of(new PrivateCacheGuard(setting)));

  private static final String AUTHORIZATION = "Authorization";
  private static final String TARGETED = "-cache-control";

  private final List<Edit> keptPrivate;
  private final Verdict forSomebody;
  private final Verdict forNobody;

  private PrivateCacheGuard(Setting setting) {
    List<Edit> vary = new ArrayList<>();
    for (String field : fields(setting)) {
      vary.add(new Edit.AddResponseValue("vary", field));
    }
    List<Edit> kept = new ArrayList<>();
    kept.add(new Edit.SetResponseHeader("cache-control", "private, no-store"));
    kept.addAll(vary);
    for (String name : List.of("expires", "pragma", "surrogate-control", "x-accel-expires")) {
      kept.add(new Edit.RemoveResponseHeader(name));
    }
    this.keptPrivate = List.copyOf(kept);
    this.forSomebody = new Verdict.Pass(Why.PRIVATE, List.of(), keptPrivate);
    Verdict.Pass varying = Verdict.pass();
    for (Edit each : vary) {
      varying = varying.editing(each);
    }
    this.forNobody = varying;
  }

  /// The fields in which callers of the operation prove themselves.
  private static Set<String> fields(Setting setting) {
    Set<String> fields = new LinkedHashSet<>();
    for (Security.Alternative alternative : setting.operation().security().alternatives()) {
      for (Security.Need need : alternative.needs()) {
        SecurityScheme scheme = setting.contract().schemes().get(need.scheme());
        boolean browser = setting.ports().provers().get(need.scheme()) instanceof Prover.Browser;
        fields.add(browser ? "Cookie" : field(scheme));
      }
    }
    return fields.isEmpty() ? Set.of(AUTHORIZATION) : fields;
  }

  private static String field(@Nullable SecurityScheme scheme) {
    return scheme != null && scheme.kind() instanceof SecurityScheme.ApiKey(var in, String name)
        ? switch (in) {
          case HEADER -> name;
          case COOKIE -> "Cookie";
          default -> AUTHORIZATION;
        }
        : AUTHORIZATION;
  }

  @Override
  public Verdict judge(Call call) {
    if (call.exchange().principal().isNobody()) {
      return forNobody;
    }
    Response response = call.exchange().response();
    List<String> targeted = response == null ? List.of() : targeted(response.headers());
    if (targeted.isEmpty()) {
      return forSomebody;
    }
    List<Edit> edits = new ArrayList<>(keptPrivate);
    targeted.forEach(name -> edits.add(new Edit.RemoveResponseHeader(name)));
    return new Verdict.Pass(Why.PRIVATE, List.of(), edits);
  }

  /// The names of the fields that speak to single caches (RFC 9213, section 2).
  private static List<String> targeted(Headers headers) {
    List<String> names = new ArrayList<>(0);
    headers.each(
        (name, value) -> {
          int from = name.length() - TARGETED.length();
          if (from > 0 && name.regionMatches(true, from, TARGETED, 0, TARGETED.length())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!names.contains(lower)) {
              names.add(lower);
            }
          }
        });
    return names;
  }
}
