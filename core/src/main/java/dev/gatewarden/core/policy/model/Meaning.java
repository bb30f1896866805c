package dev.gatewarden.core.policy.model;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.contract.TenantRule;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.policy.model.Finding.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the words of two contracts mean: whose an object is, and what a scheme asks for. Where that
/// is another, `own` in one is not `own` in the other, and no comparison of what callers reach can
/// tell.
final class Meaning {
  private final String api;
  private final List<Finding> findings = new ArrayList<>();

  private Meaning(String api) {
    this.api = api;
  }

  /// Each word that means something else now.
  static List<Finding> between(Contract old, Contract now) {
    Meaning meaning = new Meaning(now.api());
    for (ObjectType type : now.types().values()) {
      ObjectType was = old.types().get(type.name());
      if (was != null) {
        meaning.type(was, type);
      }
    }
    for (SecurityScheme scheme : now.schemes().values()) {
      SecurityScheme was = old.schemes().get(scheme.name());
      if (was != null && !proved(was).equals(proved(scheme))) {
        meaning.add(
            "the scheme `" + scheme.name() + "` asks for another credential",
            scheme.place(),
            was.place());
      }
    }
    meaning.tenants(old, now);
    return meaning.findings;
  }

  /// Scopes that a scheme declares are no part of what is presented.
  private static Object proved(SecurityScheme scheme) {
    return switch (scheme.kind()) {
      case SecurityScheme.OAuth2 _ -> "oauth2";
      case SecurityScheme.Http(String name, var _) -> name;
      case SecurityScheme.ApiKey key -> key;
      case SecurityScheme.OpenIdConnect connect -> connect;
      case SecurityScheme.MutualTls tls -> tls;
    };
  }

  private void type(ObjectType was, ObjectType is) {
    differs(was, is, "the owner of a `%s` is told otherwise", was.owner(), is.owner());
    differs(was, is, "the tenant of a `%s` is told otherwise", was.tenant(), is.tenant());
    differs(was, is, "the id of a `%s` is told otherwise", was.id(), is.id());
    differs(was, is, "what a `%s` lies below is told otherwise", was.parents(), is.parents());
    differs(
        was,
        is,
        "where a `%s` holds ids of others is told otherwise",
        was.references(),
        is.references());
    differs(
        was, is, "whether a `%s` is written unseen is another", was.unchanged(), is.unchanged());
    differs(was, is, "what callers see as the id of a `%s` is another", was.opaque(), is.opaque());
    differs(was, is, "the table of a `%s` is another", was.table(), is.table());
    differs(was, is, "another operation is asked whose a `%s` is", was.readBy(), is.readBy());
    differs(was, is, "whose a `%s` is, is known otherwise", was.knownBy(), is.knownBy());
    differs(was, is, "what becomes of a `%s` nobody knows is another", was.unknown(), is.unknown());
  }

  private void differs(
      ObjectType was,
      ObjectType is,
      String sentence,
      @Nullable Object before,
      @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      add(sentence.formatted(is.name()), is.place(), was.place());
    }
  }

  private void tenants(Contract old, Contract now) {
    Map<String, TenantRule> before = new LinkedHashMap<>();
    for (Operation operation : old.operations()) {
      TenantRule rule = operation.tenant();
      if (rule != null) {
        before.put(operation.method() + " " + operation.path().text(), rule);
      }
    }
    for (Operation operation : now.operations()) {
      TenantRule was = before.remove(operation.method() + " " + operation.path().text());
      TenantRule is = operation.tenant();
      if (was != null && is == null) {
        add(
            "`" + operation.id().name() + "` holds no tenant against the caller's any more",
            operation.place(),
            was.place());
      } else if (was != null
          && is != null
          && (!was.from().equals(is.from())
              || !was.also().equals(is.also())
              || !was.crossedBy().equals(is.crossedBy())
              || !was.is().equals(is.is()))) {
        add(
            "`" + operation.id().name() + "` is told its tenant otherwise",
            is.place(),
            was.place());
      }
    }
  }

  private void add(String sentence, Place place, Place before) {
    findings.add(new Finding(Kind.TRUST, api, sentence, place, before));
  }
}
