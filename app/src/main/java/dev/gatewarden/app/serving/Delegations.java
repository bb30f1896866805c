package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.ClientGrant;
import dev.gatewarden.app.configuration.Introspection;
import dev.gatewarden.app.configuration.Issuer;
import dev.gatewarden.app.configuration.OauthClient;
import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.gateway.identity.IssuerSettings;
import dev.gatewarden.gateway.identity.client.ClientCredential;
import dev.gatewarden.gateway.identity.client.ClientKey;
import dev.gatewarden.gateway.identity.exchange.ExchangeSettings;
import dev.gatewarden.gateway.identity.introspection.IntrospectionSettings;
import dev.gatewarden.gateway.identity.status.Demands;
import dev.gatewarden.gateway.lookup.Credentials;
import dev.gatewarden.gateway.walk.ApiSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the gate asks of authorization servers as their client, as a configuration says it.
final class Delegations {
  private final Making making;

  Delegations(Making making) {
    this.making = making;
  }

  /// Who proves the tokens of an issuer that is asked about them; null when something is wrong with
  /// how.
  @Nullable TokenVerifier asking(
      String name, Issuer issuer, Introspection asking, IssuerSettings settings, Demands demands) {
    String[] path = {"issuers", name, "introspection"};
    ClientCredential client = credential(asking.client(), issuer.named(), path);
    if (client == null) {
      return null;
    }
    try {
      IntrospectionSettings how =
          new IntrospectionSettings(
              asking.cache(),
              asking.whenGone().stale(),
              asking.of() == Introspection.Asked.EVERY,
              asking.answers() == Introspection.Answers.SIGNED);
      ServerAddress where = where(issuer, asking.url(), client, asking.deadline());
      boolean signs = !issuer.algorithms().isEmpty();
      if (!signs && (demands.once() || demands.status() == Demands.Status.REQUIRED)) {
        making.wrong("`once` and `status: required` need tokens that are signed", "issuers", name);
      }
      return making.world().asking(settings, how, where, signs, demands);
    } catch (IllegalArgumentException refused) {
      making.wrong(String.valueOf(refused.getMessage()), path);
      return null;
    }
  }

  /// Who exchanges callers' tokens for those of one API's service.
  ///
  /// @param presented finds the tokens that proved callers
  ApiSettings.TokenSwap exchange(
      String name, Api.Identity identity, Contract contract, Presented presented) {
    String[] path = {"apis", name, "upstream", "identity"};
    Issuer issuer = making.reading().configuration().issuers().get(identity.exchange());
    OauthClient asking = identity.client();
    ClientCredential client =
        issuer == null || asking == null ? null : credential(asking, issuer.named(), path);
    if (issuer == null || client == null) {
      return _ -> new ApiSettings.Swapped.Token("");
    }
    Operation without = presented.without(contract);
    if (without != null && identity.others() == Api.Others.REFUSED) {
      making.wrong(
          "`exchange: "
              + identity.exchange()
              + "`, but `"
              + without.id().name()
              + "` lets callers in who bring no token of it: ask for one there, or write `others:"
              + " own`",
          path);
    }
    try {
      URI resource = identity.resource();
      return making
          .world()
          .exchange(
              new ExchangeSettings(
                  identity.exchange(),
                  issuer.named(),
                  issuer.audience(),
                  identity.audience(),
                  resource == null ? null : resource.toString(),
                  identity.scopes(),
                  identity.actors(),
                  identity.acting(),
                  identity.others() == Api.Others.OWN),
              where(issuer, identity.url(), client, identity.deadline()),
              presented);
    } catch (IllegalArgumentException refused) {
      making.wrong(String.valueOf(refused.getMessage()), path);
      return _ -> new ApiSettings.Swapped.Token("");
    }
  }

  /// The line by which the gate proves itself at a service, in its own name.
  Credentials own(ClientGrant grant, String... path) {
    ClientCredential client = credential(grant.client(), grant.issuer().toString(), path);
    if (client == null) {
      return _ -> List.of();
    }
    Map<String, String> more = new LinkedHashMap<>();
    if (!grant.scopes().isEmpty()) {
      more.put("scope", String.join(" ", grant.scopes()));
    }
    if (grant.audience() != null) {
      more.put("audience", grant.audience());
    }
    if (grant.resource() != null) {
      more.put("resource", grant.resource().toString());
    }
    try {
      return making
          .world()
          .own(
              grant.client().id(),
              more,
              new ServerAddress(grant.issuer(), grant.url(), client, grant.deadline()));
    } catch (IllegalArgumentException refused) {
      making.wrong(String.valueOf(refused.getMessage()), path);
      return _ -> List.of();
    }
  }

  /// Where an issuer is asked: at an address of its own where it is named by a mere word.
  private static ServerAddress where(
      Issuer issuer, @Nullable URI url, ClientCredential client, Duration deadline) {
    URI named = issuer.url() == null ? url : issuer.url();
    if (named == null) {
      throw new IllegalArgumentException(
          "`" + issuer.named() + "` is named by a word: write the `url` where it is asked");
    }
    return new ServerAddress(named, url, client, deadline);
  }

  /// The line that presents a bearer token.
  static List<Reply.Line> bearer(String token) {
    return List.of(new Reply.Line("authorization", "Bearer " + token));
  }

  /// @param path where the object stands that has the `client`
  private @Nullable ClientCredential credential(OauthClient client, String issuer, String... path) {
    SecretReference reference = client.key() == null ? client.secret() : client.key();
    if (reference == null) {
      making.wrong("a client proves itself by a `secret` or a `key`", path);
      return null;
    }
    try {
      Secret secret = making.secrets().read(reference);
      if (client.key() != null) {
        String kid = client.kid();
        return new ClientCredential.SignedAssertion(
            client.id(), ClientKey.pem(secret.revealed(), kid == null ? "" : kid), issuer);
      }
      return switch (client.send()) {
        case BASIC -> new ClientCredential.Basic(client.id(), secret);
        case POST -> new ClientCredential.Post(client.id(), secret);
      };
    } catch (IOException absent) {
      making.wrong(String.valueOf(absent.getMessage()), path);
    } catch (IllegalArgumentException unfit) {
      if (making.secrets().isStandIn(reference)) {
        return new ClientCredential.Open(client.id());
      }
      making.wrong(String.valueOf(unfit.getMessage()), path);
    }
    return null;
  }
}
