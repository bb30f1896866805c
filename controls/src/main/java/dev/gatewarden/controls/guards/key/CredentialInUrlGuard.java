package dev.gatewarden.controls.guards.key;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.exchange.Target;
import dev.gatewarden.core.identity.Exposure;
import dev.gatewarden.core.identity.KeyText;
import dev.gatewarden.core.identity.Prover;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Refuses credentials in addresses, where logs, histories and other sites learn of them.
///
/// A key of the gate's own that stands anywhere in an address is recognized by its checksum: it is
/// refused, marked as leaked, opens nothing from then on, and waits for a successor
/// (`gatewarden keys list`). Other credentials are recognized by the name of their query parameter,
/// compared without case, `-` and `_`. The address itself is recorded nowhere.
///
/// A contract that declares an API key in the query does not load, unless an exception for this
/// guard says why and until when.
@Control(
    id = "credential-in-url",
    stage = Stage.INTAKE,
    threats = {Threat.API2_AUTHENTICATION, Threat.API8_MISCONFIGURATION})
public final class CredentialInUrlGuard implements Guard {

  /// What can be set.
  ///
  /// @param names the query parameters that are credentials
  public record Config(List<String> names) {
    public Config {
      names = List.copyOf(names);
    }
  }

  /// Why an address is refused.
  public enum Why implements Reason {
    API_KEY("an API key must not stand in the address"),
    PARAMETER("credentials must not stand in the address");

    private final String summary;

    Why(String summary) {
      this.summary = summary;
    }

    @Override
    public String control() {
      return "credential-in-url";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String summary() {
      return summary;
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          CredentialInUrlGuard.class,
          new Config(
              List.of(
                  "access_token",
                  "api_key",
                  "auth_token",
                  "client_secret",
                  "id_token",
                  "password",
                  "refresh_token",
                  "x-api-key")),
          Reads.HEAD,
          Why.values(),
          (setting, config) -> Optional.of(new CredentialInUrlGuard(setting, config)));

  /// Refused by `signed-token` in the words of RFC 6750 where it is seated.
  private static final String OF_BEARERS = "access_token";

  private static final Verdict KEY = Verdict.deny(Why.API_KEY);
  private static final Verdict PARAMETER = Verdict.deny(Why.PARAMETER);

  private final Exposure exposure;
  private final Set<String> names;
  private final boolean tokens;
  private final @Nullable String declared;

  private CredentialInUrlGuard(Setting setting, Config config) {
    this.exposure = setting.ports().exposure();
    this.names = new HashSet<>();
    config.names().forEach(name -> names.add(plain(name)));
    boolean bearers = false;
    String query = null;
    for (Security.Alternative alternative : setting.operation().security().alternatives()) {
      for (Security.Need need : alternative.needs()) {
        bearers |= setting.ports().provers().get(need.scheme()) instanceof Prover.Tokens;
        SecurityScheme scheme = setting.contract().schemes().get(need.scheme());
        if (scheme != null
            && scheme.kind() instanceof SecurityScheme.ApiKey(Parameter.In in, String name)
            && in == Parameter.In.QUERY) {
          query = name;
        }
      }
    }
    this.tokens = bearers;
    this.declared = query;
  }

  @Override
  public Verdict judge(Call call) {
    Target target = call.exchange().request().target();
    Query query = target.query();
    KeyText inPath = KeyText.in(target.path());
    if (inPath != null) {
      exposure.inAddress(inPath);
      return KEY;
    }
    if (query.text().isEmpty()) {
      return Verdict.pass();
    }
    boolean credential = false;
    for (int i = 0; i < query.pairs().size(); i++) {
      Query.Pair pair = query.pairs().get(i);
      boolean expected = pair.name().equals(declared);
      KeyText key = KeyText.in(pair.value());
      key = key == null ? KeyText.in(pair.name()) : key;
      if (key != null) {
        if (!expected) {
          exposure.inAddress(key);
        }
        return KEY;
      }
      credential |= expected || isCredential(pair.name());
    }
    return credential ? PARAMETER : Verdict.pass();
  }

  private boolean isCredential(String name) {
    return names.contains(plain(name)) && !(tokens && name.equals(OF_BEARERS));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }
}
