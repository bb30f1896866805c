package dev.gatewarden.gateway.authzen;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Possession;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.gateway.authzen.Understood.Clear;
import dev.gatewarden.gateway.authzen.Understood.Wrong;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds out whom a question is about: by a token that is proved here, else by what the service
/// says, as far as the operator believes it.
///
/// One reader serves one call, and proves each token once.
final class CallerReader {
  private static final String TOKEN = "token";

  private final Asker asker;
  private final OwnProofs own;
  private final Ip source;
  private final Map<Presented, Understood<Caller>> proved = new HashMap<>();

  private record Presented(String api, String token) {}

  /// @param source where the question comes from
  CallerReader(Asker asker, OwnProofs own, Ip source) {
    this.asker = asker;
    this.own = own;
    this.source = source;
  }

  Understood<Caller> read(Words.Entity subject, AskedApi api) {
    if (subject.type().equals("anonymous")) {
      return subject.id().equals("anonymous")
          ? Understood.clear(Caller.NOBODY)
          : Understood.wrong("who is `anonymous` has no other `subject.id`");
    }
    if (!subject.type().equals("user")) {
      return Understood.wrong("`subject.type` is `user` or `anonymous`");
    }
    if (subject.properties().containsKey(TOKEN)) {
      String token = subject.text(TOKEN);
      if (token == null) {
        return Understood.wrong("`subject.properties.token` is not a text");
      }
      Understood<Caller> caller =
          proved.computeIfAbsent(new Presented(api.name(), token), _ -> proved(token, api));
      return caller instanceof Clear<Caller>(Caller known)
              && known.proof() != null
              && !known.proof().alone().subject().equals(subject.id())
          ? Understood.wrong("`subject.id` is not whom the token names")
          : caller;
    }
    return stated(subject, api);
  }

  private Understood<Caller> proved(String token, AskedApi api) {
    Proof gates = own.prove(token, api.settings().upstreams().name());
    if (gates != null) {
      return Understood.clear(new Caller(gates, api.schemes(gates.issuer()), false, false));
    }
    for (Prover prover : Set.copyOf(api.settings().ports().provers().values())) {
      if (prover instanceof Prover.Tokens(TokenVerifier verifier, Possession possession)
          && (verifier.isNamedIn(token) || verifier.asksAbout(token))
          && verifier.verify(token, source)
              instanceof TokenVerifier.Verification.Verified(Proof proof)) {
        boolean held =
            proof.claims().containsKey("cnf")
                || verifier.once()
                || possession.demand() != Possession.Demand.NONE;
        return held
            ? Understood.wrong(
                "the token is bound to its holder, or good for one call: bring the gate's own")
            : Understood.clear(new Caller(proof, schemes(api, prover), true, false));
      }
    }
    return Understood.wrong("`subject.properties.token` proves nobody here");
  }

  private static Set<String> schemes(AskedApi api, Prover prover) {
    Set<String> schemes = new HashSet<>();
    api.settings()
        .ports()
        .provers()
        .forEach(
            (scheme, each) -> {
              if (each.equals(prover)) {
                schemes.add(scheme);
              }
            });
    return schemes;
  }

  private Understood<Caller> stated(Words.Entity subject, AskedApi api) {
    Asker.States states = asker.states();
    String issuer = states.issuer();
    if (issuer == null) {
      return Understood.wrong(
          "`subject.properties.token` is missing, and `"
              + asker.name()
              + "` is not believed"
              + " without one");
    }
    String tenant = subject.text("tenant");
    if (tenant != null && !states.tenants().contains(tenant)) {
      return Understood.wrong("`" + asker.name() + "` may not speak for that tenant");
    }
    Understood<Set<String>> roles = words(subject, "roles", states.roles());
    Understood<Set<String>> scopes = words(subject, "scopes", states.scopes());
    if (roles instanceof Wrong<Set<String>> wrong) {
      return wrong.of();
    }
    if (scopes instanceof Wrong<Set<String>> wrong) {
      return wrong.of();
    }
    Map<Facet, String> facets = new EnumMap<>(Facet.class);
    facets.put(Facet.SUBJECT, subject.id());
    String client = subject.text("client");
    if (client != null && !client.isEmpty()) {
      facets.put(Facet.CLIENT, client);
    }
    Proof said =
        new Proof(
            issuer,
            facets,
            tenant,
            ((Clear<Set<String>>) scopes).value(),
            ((Clear<Set<String>>) roles).value(),
            Map.of(),
            List.of(),
            Lease.UNBOUNDED);
    return Understood.clear(new Caller(said, api.schemes(issuer), false, true));
  }

  private Understood<Set<String>> words(Words.Entity subject, String name, Set<String> allowed) {
    Object said = subject.properties().get(name);
    if (said == null) {
      return Understood.clear(Set.of());
    }
    Set<String> words = new HashSet<>();
    if (!(said instanceof List<?> list)) {
      return Understood.wrong("`subject.properties." + name + "` is not a list of texts");
    }
    for (Object each : list) {
      if (!(each instanceof String word)) {
        return Understood.wrong("`subject.properties." + name + "` is not a list of texts");
      }
      if (!allowed.contains(word)) {
        return Understood.wrong(
            "`" + asker.name() + "` may not say that of `subject.properties." + name + "`");
      }
      words.add(word);
    }
    return Understood.clear(words);
  }

  /// From where the subject calls, where the service is believed; else an address that is in no
  /// network.
  Ip source(Words.Entity subject) {
    String said = asker.states().source() ? subject.text("ip_address") : null;
    Ip address = said == null ? null : Ip.parse(said);
    return address == null ? NOWHERE : address;
  }

  private static final Ip NOWHERE = new Ip(0, 0);
}
