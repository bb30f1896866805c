package dev.gatewarden.gateway.session;

import dev.gatewarden.gateway.identity.BoundedHttp;
import dev.gatewarden.gateway.identity.Metadata;
import dev.gatewarden.gateway.identity.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// An identity provider as a client sees it: its metadata, and what it is asked for. Waits, so it
/// is
/// for virtual threads alone.
///
/// Answers are bounded in size and time, redirects are not followed, and no more than a bounded
/// number of questions are under way.
final class Provider {
  private static final int MOST_BYTES = 256 << 10;
  private static final int MOST_AT_ONCE = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Duration STALE = Duration.ofHours(24);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private record Known(ProviderMetadata metadata, Instant at) {}

  private final String issuer;
  private final Client client;
  private final Supplier<HttpClient> http;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private volatile @Nullable Known known;
  private volatile Instant retry = Instant.MIN;

  Provider(
      String issuer,
      Client client,
      Supplier<HttpClient> http,
      InstantSource clock,
      RandomGenerator random) {
    this.issuer = issuer;
    this.client = client;
    this.http = http;
    this.clock = clock;
    this.random = random;
  }

  /// What the provider says of itself: asked for again now and then; the last good word is used
  /// while it is away.
  ///
  /// @throws IOException when it was never had, or too long ago
  ProviderMetadata metadata() throws IOException, InterruptedException {
    Known last = known;
    Instant now = clock.instant();
    if (last != null && now.isBefore(last.at().plus(FRESH))) {
      return last.metadata();
    }
    return fetched(now);
  }

  /// One asks, the others wait for the answer.
  private synchronized ProviderMetadata fetched(Instant now)
      throws IOException, InterruptedException {
    Known last = known;
    if (last != null && now.isBefore(last.at().plus(FRESH))) {
      return last.metadata();
    }
    ProviderMetadata usable =
        last != null && now.isBefore(last.at().plus(STALE)) ? last.metadata() : null;
    if (usable != null && now.isBefore(retry)) {
      return usable;
    }
    try {
      ProviderMetadata fresh = discovered();
      known = new Known(fresh, now);
      return fresh;
    } catch (IOException away) {
      retry = now.plus(PAUSE);
      if (usable != null) {
        return usable;
      }
      throw away;
    }
  }

  private ProviderMetadata discovered() throws IOException, InterruptedException {
    IOException first = null;
    for (URI place : Metadata.places(issuer)) {
      try {
        HttpResponse<byte[]> answer =
            sent(HttpRequest.newBuilder(place).header("accept", "application/json").GET());
        Map<String, Object> document =
            answer.statusCode() == 200 ? StrictJson.object(answer.body()) : null;
        if (document == null) {
          throw new IOException("`" + place + "` answers " + answer.statusCode());
        }
        return ProviderMetadata.read(document, issuer);
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    throw first == null ? new IOException("`" + issuer + "` has no metadata") : first;
  }

  /// Where the browser is sent to sign in: with the request itself, or with a name for it where it
  /// can be pushed (RFC 9126).
  URI authorization(Map<String, String> request) throws IOException, InterruptedException {
    ProviderMetadata metadata = metadata();
    URI pushed = metadata.pushed();
    if (pushed == null) {
      return with(metadata.authorization(), request);
    }
    Map<String, Object> answer = posted(pushed, new LinkedHashMap<>(request), 201);
    if (!(answer.get("request_uri") instanceof String name)) {
      throw new IOException("the provider names no pushed request");
    }
    Map<String, String> brief = new LinkedHashMap<>();
    brief.put("client_id", client.id());
    brief.put("request_uri", name);
    return with(metadata.authorization(), brief);
  }

  /// The tokens for a code (RFC 6749, section 4.1.3; RFC 7636, section 4.5).
  ///
  /// @throws ProviderFault when the provider does not take it
  TokenAnswer tokens(String code, FlowState flow) throws IOException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", flow.redirect());
    form.put("code_verifier", flow.verifier());
    return tokens(form);
  }

  /// New tokens for old ones (RFC 6749, section 6).
  ///
  /// @throws ProviderFault when the provider does not renew them
  TokenAnswer renewed(String refresh) throws IOException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", refresh);
    return tokens(form);
  }

  private TokenAnswer tokens(Map<String, String> form) throws IOException, InterruptedException {
    TokenAnswer answer = TokenAnswer.read(posted(metadata().token(), form, 200), clock.instant());
    if (answer == null) {
      throw new IOException("the provider gives no bearer token");
    }
    return answer;
  }

  /// Gives a token back (RFC 7009), where the provider takes it.
  void revoke(String token, String kind) throws IOException, InterruptedException {
    URI there = metadata().revocation();
    if (there != null) {
      Map<String, String> form = new LinkedHashMap<>();
      form.put("token", token);
      form.put("token_type_hint", kind);
      posted(there, form, 200);
    }
  }

  private Map<String, Object> posted(URI there, Map<String, String> form, int expected)
      throws IOException, InterruptedException {
    String authorization =
        client.prove(form, metadata().secretInForm(), issuer, clock.instant(), random);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(there)
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(query(form), StandardCharsets.US_ASCII));
    if (!authorization.isEmpty()) {
      request.header("authorization", authorization);
    }
    HttpResponse<byte[]> answer = sent(request);
    if (answer.body().length == 0 && answer.statusCode() == expected) {
      return Map.of();
    }
    Map<String, Object> document = StrictJson.object(answer.body());
    if (answer.statusCode() != expected) {
      throw answer.statusCode() < 500
              && document != null
              && document.get("error") instanceof String error
          ? new ProviderFault(plain(error))
          : new IOException("`" + there + "` answers " + answer.statusCode());
    }
    if (document == null) {
      throw new IOException("`" + there + "` answers what is no JSON");
    }
    return document;
  }

  /// An error code as the RFC spells it, so that nothing else finds its way into a log.
  private static String plain(String error) {
    return error.length() <= 64 && error.chars().allMatch(c -> c >= 'a' && c <= 'z' || c == '_')
        ? error
        : "unknown_error";
  }

  private HttpResponse<byte[]> sent(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    if (!room.tryAcquire()) {
      throw new IOException("too much is asked of the identity provider already");
    }
    try {
      return BoundedHttp.ask(http.get(), request, MOST_BYTES, PATIENCE);
    } finally {
      room.release();
    }
  }

  static URI with(URI address, Map<String, String> query) {
    String text = address.toString();
    return URI.create(text + (text.indexOf('?') < 0 ? "?" : "&") + query(query));
  }

  private static String query(Map<String, String> form) {
    StringBuilder text = new StringBuilder();
    form.forEach(
        (name, value) ->
            text.append(text.isEmpty() ? "" : "&")
                .append(Client.encoded(name))
                .append('=')
                .append(Client.encoded(value)));
    return text.toString();
  }
}
