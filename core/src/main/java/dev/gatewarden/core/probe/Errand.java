package dev.gatewarden.core.probe;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A request beside the contract, to an address of its own: a login, a token, a code.
///
/// @param what it is for, as a log tells it: `login of alice`
/// @param as whose credential goes with it
/// @param address where to, in full
/// @param headers without those of the credential
/// @param body as it is sent; empty where none is
/// @param shown the body as it may be written down
public record Errand(
    String what,
    Identity as,
    String method,
    String address,
    List<Draft.Pair> headers,
    String body,
    String shown) {
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(pass|pwd|secret|pin|otp|token|code|verifier|assertion).*");

  public Errand {
    headers = List.copyOf(headers);
  }

  /// A request without a body.
  public static Errand get(String what, Identity as, String address) {
    return new Errand(what, as, "GET", address, List.of(), "", "");
  }

  /// A form; what is called like a secret is not shown.
  public static Errand form(String what, Identity as, String address, Map<String, String> fields) {
    return typed(
        what,
        as,
        address,
        "application/x-www-form-urlencoded",
        encoded(fields),
        encoded(hidden(fields)));
  }

  /// An object; what is called like a secret is not shown.
  public static Errand json(String what, Identity as, String address, Map<String, Node> members) {
    Map<String, Node> shown = new LinkedHashMap<>(members);
    shown.replaceAll((name, value) -> SECRET.matcher(name).matches() ? Json.of("…") : value);
    return typed(
        what,
        as,
        address,
        "application/json",
        Json.text(Json.of(members)),
        Json.text(Json.of(shown)));
  }

  private static Errand typed(
      String what, Identity as, String address, String type, String body, String shown) {
    return new Errand(
        what, as, "POST", address, List.of(new Draft.Pair("Content-Type", type)), body, shown);
  }

  private static Map<String, String> hidden(Map<String, String> fields) {
    Map<String, String> shown = new LinkedHashMap<>(fields);
    shown.replaceAll((name, value) -> SECRET.matcher(name).matches() ? "…" : value);
    return shown;
  }

  private static String encoded(Map<String, String> fields) {
    StringBuilder text = new StringBuilder();
    fields.forEach(
        (name, value) ->
            text.append(text.isEmpty() ? "" : "&")
                .append(Draft.encoded(name))
                .append('=')
                .append(value.equals("…") ? value : Draft.encoded(value)));
    return text.toString();
  }

  public Errand method(String other) {
    return new Errand(what, as, other, address, headers, body, shown);
  }

  /// With one more header.
  public Errand header(String name, String value) {
    List<Draft.Pair> more = new java.util.ArrayList<>(headers);
    more.add(new Draft.Pair(name, value));
    return new Errand(what, as, method, address, more, body, shown);
  }

  /// Nothing of what it carries.
  @Override
  public String toString() {
    return what + ": " + method;
  }
}
