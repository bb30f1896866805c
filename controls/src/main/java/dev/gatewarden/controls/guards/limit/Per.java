package dev.gatewarden.controls.guards.limit;

import dev.gatewarden.controls.guards.KeyText;
import dev.gatewarden.controls.guards.intake.Source;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.identity.Principal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// By what requests are told apart for counting, written `tenant` or `tenant+user`: those that are
/// alike in all of it take from one share.
public final class Per {
  private final String text;
  private final List<Part> parts;

  private Per(String text, List<Part> parts) {
    this.text = text;
    this.parts = parts;
  }

  /// What a text spells: `source` (an address; of IPv6 its 64 bits), `source/24/48` (of IPv4 the
  /// first 24 bits, of IPv6 the first 48), `user`, `client`, `tenant`, `operation`, `claim:/plan`
  /// (what a proof says there), or several of them with `+` between them.
  ///
  /// @throws IllegalArgumentException when it spells nothing of it, with a message for the user
  public static Per parse(String text) {
    List<Part> parts = new ArrayList<>();
    for (String word : text.split("\\+", -1)) {
      Part part = part(word.strip());
      if (part == null || parts.contains(part)) {
        throw new IllegalArgumentException(
            "`"
                + text
                + "` is nothing to count by; write `source`, `source/24/48`, `user`, `client`,"
                + " `tenant`, `operation`, `claim:/plan`, or several with `+` between them");
      }
      parts.add(part);
    }
    return new Per(text, List.copyOf(parts));
  }

  private static @Nullable Part part(String word) {
    return switch (word) {
      case "source" -> Part.Network.USUAL;
      case "user" -> new Part.User();
      case "client" -> new Part.Client();
      case "tenant" -> new Part.Tenant();
      case "operation" -> new Part.Operation();
      default ->
          word.startsWith("claim:")
              ? claim(word.substring("claim:".length()))
              : word.startsWith("source/") ? network(word.split("/", -1)) : null;
    };
  }

  private static @Nullable Part claim(String text) {
    Pointer at = Pointer.parse(text);
    return at == null || at.tokens().isEmpty() ? null : new Part.Claim(new ClaimPlace(at));
  }

  private static @Nullable Part network(String[] words) {
    try {
      int v4 = Integer.parseInt(words[1]);
      int v6 = words.length == 3 ? Integer.parseInt(words[2]) : -1;
      return v4 >= 8 && v4 <= 32 && v6 >= 16 && v6 <= 128 ? new Part.Network(v4, v6) : null;
    } catch (NumberFormatException wrong) {
      return null;
    }
  }

  /// Whether no share is that of two tenants.
  boolean byTenant() {
    return parts.contains(new Part.Tenant());
  }

  /// The name of a request's share. Who lacks a part is counted by name, and who has none by
  /// address, so that nobody is without a share.
  String of(Exchange exchange) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      String value = parts.get(i).of(exchange);
      if (i > 0) {
        name.append('/');
      }
      if (value == null) {
        name.append('~');
        value = fallback(exchange);
      }
      KeyText.part(value, name);
    }
    return name.toString();
  }

  private static String fallback(Exchange exchange) {
    Principal principal = exchange.principal();
    return principal.isNobody() ? Source.of(exchange.request().peer().address()) : principal.key();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Per per && per.parts.equals(parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
