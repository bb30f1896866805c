package dev.gatewarden.controls.guards.response;

import dev.gatewarden.controls.guards.Bound;
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
import dev.gatewarden.core.exchange.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets scripts of the listed origins, and of no others, read the answers of an API.
///
/// Origins are exact. The service's own words about sharing are removed, so that a wildcard or an
/// echoed origin of the service opens nothing. A
/// wildcard together with credentials does not load. Preflights are answered by the gate, see
/// `Preflight`.
@Control(
    id = "cors",
    stage = Stage.RETURN,
    threats = {Threat.API8_MISCONFIGURATION})
public final class CorsGuard implements Guard {

  /// What can be set.
  ///
  /// @param origins whose scripts may read, such as `https://app.example.com`, or `*` for
  ///     everybody's; nobody's where none is listed
  /// @param credentials whether those scripts may send cookies and certificates
  /// @param headers the request headers those scripts may set
  /// @param exposed the response headers those scripts may read
  /// @param maxAge how long a browser may remember a preflight; from `0s` to `1d`
  public record Config(
      List<String> origins,
      boolean credentials,
      List<String> headers,
      List<String> exposed,
      Duration maxAge) {
    public Config {
      origins = List.copyOf(origins);
      headers = List.copyOf(headers);
      exposed = List.copyOf(exposed);
      for (String origin : origins) {
        if (!origin.equals(ANY) && !Origins.exact(origin)) {
          throw new IllegalArgumentException(
              "`origins` must be exact, such as `https://app.example.com`, unlike `"
                  + origin
                  + "`");
        }
      }
      if (credentials && origins.contains(ANY)) {
        throw new IllegalArgumentException(
            "`credentials` must not be allowed to every origin: list those that may send them");
      }
      fields("headers", headers);
      fields("exposed", exposed);
      Bound.within("max-age", maxAge, Duration.ZERO, Duration.ofDays(1));
    }

    /// Whether scripts of an origin may read.
    public boolean admits(String origin) {
      return origins.contains(origin) || origins.contains(ANY);
    }

    private static void fields(String name, List<String> fields) {
      for (String field : fields) {
        if (!field.matches("[A-Za-z0-9!#$%&'+.^_`|~-]+")) {
          throw new IllegalArgumentException(
              "`" + name + "` must be names of headers, unlike `" + field + "`");
        }
      }
    }
  }

  /// Why the headers of an answer are changed.
  public enum Why implements Reason {
    SHARED(200, "scripts of this origin may read the answer"),
    NOT_SHARED(200, "scripts of other origins may not read the answer");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "cors";
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
          CorsGuard.class,
          new Config(
              List.of(),
              false,
              List.of("authorization", "content-type"),
              List.of(),
              Duration.ofMinutes(10)),
          Reads.RESPONSE_HEAD,
          Why.values(),
          (setting, config) -> Optional.of(new CorsGuard(config)));

  /// The origin that stands for every one.
  static final String ANY = "*";

  private static final Edit VARY = new Edit.AddResponseValue("vary", "Origin");
  private static final List<String> FIELDS =
      List.of(
          "access-control-allow-origin",
          "access-control-allow-credentials",
          "access-control-expose-headers",
          "access-control-allow-methods",
          "access-control-allow-headers",
          "access-control-max-age",
          "access-control-allow-private-network");

  private final @Nullable Verdict toAnybody;
  private final Verdict toNobody;
  private final Map<String, Verdict> toListed = new HashMap<>();

  private CorsGuard(Config config) {
    this.toAnybody = config.origins().contains(ANY) ? shared(ANY, config) : null;
    this.toNobody = notShared(!config.origins().isEmpty());
    for (String origin : config.origins()) {
      toListed.put(origin, shared(origin, config));
    }
  }

  @Override
  public Verdict judge(Call call) {
    if (toAnybody != null) {
      return toAnybody;
    }
    if (toListed.isEmpty()) {
      return toNobody;
    }
    Headers headers = call.exchange().request().headers();
    String origin = headers.count("origin") == 1 ? headers.first("origin") : null;
    Verdict listed = origin == null ? null : toListed.get(origin);
    return listed == null ? toNobody : listed;
  }

  private static Verdict shared(String origin, Config config) {
    List<Edit> edits = new ArrayList<>();
    for (String field : FIELDS) {
      String value =
          switch (field) {
            case "access-control-allow-origin" -> origin;
            case "access-control-allow-credentials" -> config.credentials() ? "true" : "";
            case "access-control-expose-headers" -> String.join(", ", config.exposed());
            default -> "";
          };
      edits.add(
          value.isEmpty()
              ? new Edit.RemoveResponseHeader(field)
              : new Edit.SetResponseHeader(field, value));
    }
    if (!origin.equals(ANY)) {
      edits.add(VARY);
    }
    return new Verdict.Pass(Why.SHARED, List.of(), List.copyOf(edits));
  }

  /// Where some origins are listed, the answer to others differs, and caches must know (Fetch,
  /// "CORS protocol and HTTP caches").
  private static Verdict notShared(boolean someListed) {
    List<Edit> edits = new ArrayList<>();
    FIELDS.forEach(field -> edits.add(new Edit.RemoveResponseHeader(field)));
    if (someListed) {
      edits.add(VARY);
    }
    return new Verdict.Pass(Why.NOT_SHARED, List.of(), List.copyOf(edits));
  }
}
