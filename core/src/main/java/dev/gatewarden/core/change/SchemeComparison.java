package dev.gatewarden.core.change;

import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.contract.SecurityScheme.ApiKey;
import dev.gatewarden.core.contract.SecurityScheme.Http;
import dev.gatewarden.core.contract.SecurityScheme.MutualTls;
import dev.gatewarden.core.contract.SecurityScheme.OAuth2;
import dev.gatewarden.core.contract.SecurityScheme.OpenIdConnect;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Compares two security schemes of one name.
final class SchemeComparison {
  private final Ledger ledger;
  private final SecurityScheme before;
  private final SecurityScheme after;

  SchemeComparison(Ledger ledger, SecurityScheme before, SecurityScheme after) {
    this.ledger = ledger;
    this.before = before;
    this.after = after;
  }

  void compare() {
    switch (before.kind()) {
      case OAuth2 old when after.kind() instanceof OAuth2 now -> oauth(old, now);
      case OpenIdConnect old when after.kind() instanceof OpenIdConnect now -> {
        if (!old.url().equals(now.url())) {
          note(Kind.SCHEME_AUTHORITY_CHANGED, "", "is proved by another issuer");
        }
      }
      case Http old when after.kind() instanceof Http now -> {
        if (!old.scheme().equals(now.scheme())) {
          changed();
        }
      }
      case ApiKey old -> {
        if (!old.equals(after.kind())) {
          changed();
        }
      }
      case MutualTls old -> {
        if (!old.equals(after.kind())) {
          changed();
        }
      }
      case OAuth2 _, OpenIdConnect _, Http _ -> changed();
    }
  }

  private void changed() {
    note(Kind.SCHEME_CHANGED, "", "was " + shown(before) + " and is " + shown(after));
  }

  private static String shown(SecurityScheme scheme) {
    return switch (scheme.kind()) {
      case ApiKey(var in, String name) ->
          "a key in `" + in.name().toLowerCase(java.util.Locale.ROOT) + "." + name + "`";
      case Http(String word, var _) -> "`" + word + "` in `Authorization`";
      case OAuth2 _ -> "a token of an OAuth 2.0 server";
      case OpenIdConnect _ -> "a token of an OpenID provider";
      case MutualTls _ -> "a client certificate";
    };
  }

  private void oauth(OAuth2 old, OAuth2 now) {
    Set<String> flows = new TreeSet<>(old.flows().keySet());
    flows.addAll(now.flows().keySet());
    for (String flow : flows) {
      flow(flow, old.flows(), now.flows());
    }
    Set<String> scopes = new TreeSet<>(old.scopes());
    scopes.addAll(now.scopes());
    for (String scope : scopes) {
      if (!now.scopes().contains(scope)) {
        note(
            Kind.SCHEME_SCOPE_REMOVED,
            scope,
            "names no scope `" + Literals.shown(scope) + "` any more");
      } else if (!old.scopes().contains(scope)) {
        note(Kind.SCHEME_SCOPE_ADDED, scope, "names the scope `" + Literals.shown(scope) + "`");
      }
    }
  }

  private void flow(String flow, Map<String, String> old, Map<String, String> now) {
    String was = old.get(flow);
    String is = now.get(flow);
    if (is == null) {
      note(Kind.SCHEME_FLOW_REMOVED, flow, "has no flow `" + flow + "` any more");
    } else if (was == null) {
      note(Kind.SCHEME_FLOW_ADDED, flow, "has the flow `" + Literals.shown(flow) + "` now");
    } else if (!was.equals(is)) {
      note(Kind.SCHEME_AUTHORITY_CHANGED, flow, "has another token URL in its flow `" + flow + "`");
    }
  }

  private void note(Kind kind, String about, String what) {
    ledger.note(
        kind,
        after.name() + "\n" + about,
        before.place(),
        after.place(),
        "the security scheme `" + Literals.shown(after.name()) + "` " + what);
  }
}
