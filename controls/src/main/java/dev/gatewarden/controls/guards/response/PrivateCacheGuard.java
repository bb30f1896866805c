package dev.gatewarden.controls.guards.response;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Keeps answers that depend on the caller out of every cache: `Cache-Control: private, no-store`
/// and `Vary: Authorization`.
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
                  : Optional.of(new PrivateCacheGuard()));

  private static final String TARGETED = "-cache-control";

  private static final Edit VARY = new Edit.AddResponseValue("vary", "Authorization");

  private static final List<Edit> KEPT_PRIVATE =
      List.of(
          new Edit.SetResponseHeader("cache-control", "private, no-store"),
          VARY,
          new Edit.RemoveResponseHeader("expires"),
          new Edit.RemoveResponseHeader("pragma"),
          new Edit.RemoveResponseHeader("surrogate-control"),
          new Edit.RemoveResponseHeader("x-accel-expires"));

  private static final Verdict FOR_SOMEBODY =
      new Verdict.Pass(Why.PRIVATE, List.of(), KEPT_PRIVATE);
  private static final Verdict FOR_NOBODY = Verdict.pass().editing(VARY);

  private PrivateCacheGuard() {}

  @Override
  public Verdict judge(Call call) {
    if (call.exchange().principal().isNobody()) {
      return FOR_NOBODY;
    }
    Response response = call.exchange().response();
    List<String> targeted = response == null ? List.of() : targeted(response.headers());
    if (targeted.isEmpty()) {
      return FOR_SOMEBODY;
    }
    List<Edit> edits = new ArrayList<>(KEPT_PRIVATE);
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
