package dev.gatewarden.gateway.identity.exchange;

import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.gateway.identity.Workshop;
import dev.gatewarden.gateway.identity.client.ClientTokens;
import dev.gatewarden.gateway.identity.client.Endpoint;
import dev.gatewarden.gateway.identity.client.Fingerprint;
import dev.gatewarden.gateway.identity.client.Flights;
import dev.gatewarden.gateway.identity.client.Kept;
import dev.gatewarden.gateway.identity.client.TokenAnswer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gets, for the token of a caller, one that is good at a single upstream (RFC 8693).
///
/// What came back is kept for the next requests with the same token until shortly before it ends,
/// never beyond the caller's own lease. Where none can be had the request fails: the caller's own
/// token never takes its place, and never goes to another issuer than its own.
public final class TokenExchange {
  private static final Logger LOG = LoggerFactory.getLogger(TokenExchange.class);
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
  private static final int MOST_ENTRIES = 1 << 14;
  private static final long MOST_BYTES = 32L << 20;
  private static final int MOST_ASKING = 128;
  private static final int OVERHEAD = 256;
  private static final long REFUSED_FOR = 5_000;
  private static final long MARGIN = 30_000;

  /// What comes of an exchange.
  public sealed interface Outcome {
    /// @param token for the upstream's `Authorization` line
    record Token(String token) implements Outcome {
      /// Nothing of the token.
      @Override
      public String toString() {
        return "Token";
      }
    }

    record Failed(ExchangeWhy why) implements Outcome {}
  }

  private record Entry(Outcome outcome, String caller, long until) {}

  private final ExchangeSettings settings;
  private final Endpoint endpoint;
  private final @Nullable ClientTokens actor;
  private final @Nullable ClientTokens own;

  /// The gate's own token that was looked at last and may go upstream.
  private volatile String fit = "";

  private final Returned returned;
  private final InstantSource clock;
  private final Fingerprint.Maker fingerprints;
  private final Kept<Entry> kept = new Kept<>(MOST_ENTRIES, MOST_BYTES);
  private final Flights<Outcome> flights =
      new Flights<>(MOST_ASKING, new Outcome.Failed(ExchangeWhy.OVERLOADED));

  /// @param endpoint the issuer's token endpoint
  public TokenExchange(ExchangeSettings settings, Endpoint endpoint, Workshop workshop) {
    this.settings = settings;
    this.endpoint = endpoint;
    this.returned = new Returned(settings);
    this.clock = workshop.clock();
    this.fingerprints = new Fingerprint.Maker(workshop.random());
    this.actor =
        settings.acting()
            ? new ClientTokens(settings.issuer(), endpoint, Map.of(), workshop.clock())
            : null;
    this.own =
        settings.others()
            ? new ClientTokens(settings.issuer(), endpoint, meant(), workshop.clock())
            : null;
  }

  /// The token for the upstream.
  ///
  /// @param lease how long the caller's own proof holds
  /// @param presented the access token that proved the caller, or null where none did
  /// @throws WouldWait on an event loop when it is not at hand
  public Outcome of(Principal caller, Lease lease, @Nullable String presented) {
    if (presented == null) {
      return new Outcome.Failed(ExchangeWhy.NO_TOKEN);
    }
    if (!caller.issuer().equals(settings.issuer())) {
      return new Outcome.Failed(ExchangeWhy.OTHER_ISSUER);
    }
    int acting = caller.actors().size() + (settings.acting() ? 1 : 0);
    if (acting > settings.deepest()) {
      return new Outcome.Failed(ExchangeWhy.CHAIN_TOO_LONG);
    }
    Fingerprint fingerprint = fingerprints.of(presented);
    Outcome known = known(fingerprint, caller);
    if (known != null) {
      return known;
    }
    if (!Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    return flights.ask(fingerprint, () -> exchanged(presented, fingerprint, caller, lease));
  }

  private @Nullable Outcome known(Fingerprint fingerprint, Principal caller) {
    Entry entry = kept.find(fingerprint);
    return entry != null && clock.millis() < entry.until() && entry.caller().equals(caller.key())
        ? entry.outcome()
        : null;
  }

  /// The gate's own token for the upstream, for callers who were proved by something else than a
  /// token; it names none of them.
  ///
  /// @throws WouldWait on an event loop when it is not at hand
  public Outcome own() {
    if (own == null) {
      return new Outcome.Failed(ExchangeWhy.NO_TOKEN);
    }
    try {
      String token = own.token();
      String wrong = token.equals(fit) ? null : returned.wrong(token, clock.millis());
      if (wrong != null) {
        LOG.warn("issuer `{}` gives the gate a token that is unfit: {}", settings.issuer(), wrong);
        return new Outcome.Failed(ExchangeWhy.UNFIT);
      }
      fit = token;
      return new Outcome.Token(token);
    } catch (TokenAnswer.Refused no) {
      LOG.warn("issuer `{}` gives the gate no token: {}", settings.issuer(), no.getMessage());
      return new Outcome.Failed(ExchangeWhy.REFUSED);
    } catch (IOException gone) {
      LOG.warn("issuer `{}` cannot be asked for a token: {}", settings.issuer(), gone.getMessage());
      return new Outcome.Failed(ExchangeWhy.UNREACHABLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed(ExchangeWhy.OVERLOADED);
    }
  }

  private Outcome exchanged(
      String presented, Fingerprint fingerprint, Principal caller, Lease lease) {
    Outcome meanwhile = known(fingerprint, caller);
    if (meanwhile != null) {
      return meanwhile;
    }
    try {
      long asked = clock.millis();
      TokenAnswer answer = answer(presented);
      String wrong = returned.wrong(answer.access(), presented, caller, asked);
      if (wrong != null) {
        LOG.warn(
            "issuer `{}` exchanged a token for one that is unfit: {}", settings.issuer(), wrong);
        return refused(fingerprint, caller, ExchangeWhy.UNFIT);
      }
      Outcome token = new Outcome.Token(answer.access());
      long life = answer.seconds() * 1000;
      long until = asked + life - Math.min(MARGIN, life / 5);
      long held =
          lease.until().equals(Lease.UNBOUNDED.until()) ? until : lease.until().toEpochMilli();
      kept.put(
          fingerprint,
          new Entry(token, caller.key(), Math.min(until, held)),
          OVERHEAD + 2 * answer.access().length());
      return token;
    } catch (TokenAnswer.Refused no) {
      LOG.warn("issuer `{}` exchanges no token: {}", settings.issuer(), no.getMessage());
      return refused(fingerprint, caller, ExchangeWhy.REFUSED);
    } catch (IOException gone) {
      LOG.warn(
          "issuer `{}` cannot be asked for an exchange: {}", settings.issuer(), gone.getMessage());
      return new Outcome.Failed(ExchangeWhy.UNREACHABLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed(ExchangeWhy.OVERLOADED);
    }
  }

  private TokenAnswer answer(String presented) throws IOException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
    form.put("subject_token", presented);
    form.put("subject_token_type", ACCESS_TOKEN);
    form.put("requested_token_type", ACCESS_TOKEN);
    form.putAll(meant());
    ClientTokens acting = actor;
    if (acting != null) {
      form.put("actor_token", acting.token());
      form.put("actor_token_type", ACCESS_TOKEN);
    }
    return TokenAnswer.of(endpoint.ask(form));
  }

  /// Whom the token is for, and what it may be used for.
  private Map<String, String> meant() {
    Map<String, String> form = new LinkedHashMap<>();
    put(form, "audience", settings.audience());
    put(form, "resource", settings.resource());
    put(form, "scope", String.join(" ", settings.scopes()));
    return form;
  }

  private static void put(Map<String, String> form, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      form.put(name, value);
    }
  }

  private Outcome refused(Fingerprint fingerprint, Principal caller, ExchangeWhy why) {
    Outcome outcome = new Outcome.Failed(why);
    kept.put(fingerprint, new Entry(outcome, caller.key(), clock.millis() + REFUSED_FOR), OVERHEAD);
    return outcome;
  }
}
