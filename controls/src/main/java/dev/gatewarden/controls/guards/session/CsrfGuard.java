package dev.gatewarden.controls.guards.session;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.Prover;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Refuses what a page of somebody else makes a signed-in browser send.
///
/// It judges calls that a session's cookie proved, where the operation changes something: by its
/// method, by what its binding says it does, or because it opens a WebSocket, which browsers let
/// any page do with the cookie. A call passes with the token from the session's own answer in
/// `x-csrf-token`, or where `Sec-Fetch-Site` or `Origin` say that a page of the same origin sent
/// it.
@Control(
    id = "csrf",
    stage = Stage.ADMIT,
    threats = {Threat.API2_AUTHENTICATION, Threat.API8_MISCONFIGURATION})
public final class CsrfGuard implements Guard {

  /// What can be set.
  ///
  /// @param origins further origins whose pages may call with the cookie, such as
  ///     `https://app.example.com`
  public record Config(List<String> origins) {
    public Config {
      origins = List.copyOf(origins);
      for (String origin : origins) {
        if (!origin.matches("https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")) {
          throw new IllegalArgumentException(
              "`origins` must be exact, such as `https://app.example.com`, unlike `"
                  + origin
                  + "`");
        }
      }
    }
  }

  /// Why a call may not be what the user meant.
  public enum Why implements Reason {
    WRONG_TOKEN(403, FORGED),
    CROSS_SITE(403, FORGED),
    FOREIGN_ORIGIN(403, FORGED),
    NOTHING_SAID(403, FORGED);

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "csrf";
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
          CsrfGuard.class, new Config(List.of()), Reads.HEAD, Why.values(), CsrfGuard::seat);

  private static final String FORGED = "the page that sent this is not one of ours";

  private final Map<String, String> cookies;
  private final List<String> origins;

  private CsrfGuard(Map<String, String> cookies, Config config) {
    this.cookies = Map.copyOf(cookies);
    this.origins = config.origins();
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    Map<String, String> cookies = new HashMap<>();
    for (Security.Alternative alternative : setting.operation().security().alternatives()) {
      for (Security.Need need : alternative.needs()) {
        if (setting.ports().provers().get(need.scheme()) instanceof Prover.Browser(var sessions)) {
          cookies.put(need.scheme(), sessions.cookie());
        }
      }
    }
    return cookies.isEmpty() || !changes(setting.operation())
        ? Optional.empty()
        : Optional.of(new CsrfGuard(cookies, config));
  }

  private static boolean changes(Operation operation) {
    if (!operation.safe() || operation.responses().byStatus().containsKey("101")) {
      return true;
    }
    for (ObjectBinding binding : operation.objects().list()) {
      if (!binding.does().reads()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Verdict judge(Call call) {
    List<Security.Need> proved = call.exchange().proved().needs();
    for (int i = 0; i < proved.size(); i++) {
      String name = cookies.get(proved.get(i).scheme());
      if (name != null) {
        Request request = call.exchange().request();
        String value = SessionCookies.first(request.headers(), name);
        Why why = CsrfRule.judge(request, value == null ? "" : value, origins);
        if (why != null) {
          return Verdict.deny(why);
        }
      }
    }
    return Verdict.pass();
  }
}
