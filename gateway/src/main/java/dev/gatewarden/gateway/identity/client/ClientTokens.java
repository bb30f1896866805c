package dev.gatewarden.gateway.identity.client;

import dev.gatewarden.core.decision.WouldWait;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The gate's own access token at an authorization server (client credentials, RFC 6749, section
/// 4.4).
///
/// It is fetched by who needs it first and again, beside the requests, when four fifths of its life
/// are over; it is never used beyond its end.
public final class ClientTokens {
  private static final Logger LOG = LoggerFactory.getLogger(ClientTokens.class);
  private static final long MARGIN = 2_000;

  private record Held(String token, long renewAt, long until) {}

  private final Endpoint endpoint;
  private final Map<String, String> form = new LinkedHashMap<>();
  private final InstantSource clock;
  private final String name;
  private final AtomicBoolean renewing = new AtomicBoolean();
  private volatile @Nullable Held held;

  /// @param name what messages call it
  /// @param endpoint the server's token endpoint
  /// @param more parameters beside the grant: `scope`, `audience`, `resource`
  public ClientTokens(
      String name, Endpoint endpoint, Map<String, String> more, InstantSource clock) {
    this.name = name;
    this.endpoint = endpoint;
    this.form.put("grant_type", "client_credentials");
    this.form.putAll(more);
    this.clock = clock;
  }

  /// A token that is good now.
  ///
  /// @throws WouldWait on an event loop when there is none
  /// @throws IOException when none can be had
  public String token() throws IOException, InterruptedException {
    Held now = held;
    long at = clock.millis();
    if (now != null && at < now.until()) {
      if (at >= now.renewAt() && renewing.compareAndSet(false, true)) {
        Thread.ofVirtual().name("client-token-" + name).start(this::renew);
      }
      return now.token();
    }
    if (!Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    return fetched(at).token();
  }

  private void renew() {
    try {
      fetch();
    } catch (IOException e) {
      LOG.warn("the gate's own token `{}` cannot be renewed: {}", name, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      renewing.set(false);
    }
  }

  /// One fetches for all who wait.
  private synchronized Held fetched(long at) throws IOException, InterruptedException {
    Held meanwhile = held;
    return meanwhile != null && at < meanwhile.until() ? meanwhile : fetch();
  }

  private Held fetch() throws IOException, InterruptedException {
    long asked = clock.millis();
    TokenAnswer answer = TokenAnswer.of(endpoint.ask(form));
    long life = answer.seconds() * 1000;
    Held fresh =
        new Held(answer.access(), asked + life * 4 / 5, asked + Math.max(life - MARGIN, life / 2));
    held = fresh;
    return fresh;
  }
}
