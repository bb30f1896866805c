package dev.gatewarden.gateway.identity.client;

import dev.gatewarden.gateway.identity.BoundedHttp;
import dev.gatewarden.gateway.identity.Metadata;
import dev.gatewarden.gateway.identity.Reachable;
import dev.gatewarden.gateway.identity.StrictJson;
import dev.gatewarden.gateway.identity.Workshop;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One endpoint of an authorization server that the gate asks as a client. Waits.
///
/// Its address is configured, or stands in the issuer's metadata, which count only if they name the
/// very issuer (RFC 8414, section 3.3). Only what cannot be overheard is asked, no redirect is
/// followed, and answers are bounded in size and time. A server that keeps failing is left alone
/// for a while.
public final class Endpoint {
  private static final int MOST_BYTES = 64 << 10;
  private static final long METADATA_HOLD = Duration.ofHours(1).toMillis();

  private final HttpClient http;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Breaker breaker;
  private final URI issuer;
  private final String member;
  private final @Nullable URI fixed;
  private final ClientCredential client;
  private final Duration deadline;
  private @Nullable URI discovered;
  private long discoveredAt;

  /// @param member what the metadata call it, `introspection_endpoint`
  /// @param fixed its address, or null where the metadata name it
  /// @param deadline for one question, metadata included
  /// @throws IllegalArgumentException when an address may not be asked
  public Endpoint(
      Workshop workshop,
      URI issuer,
      String member,
      @Nullable URI fixed,
      ClientCredential client,
      Duration deadline) {
    this(
        workshop.http(),
        workshop.clock(),
        workshop.random(),
        issuer,
        member,
        fixed,
        client,
        deadline);
  }

  /// One that shares nothing with a gate: for commands.
  public Endpoint(
      HttpClient http,
      InstantSource clock,
      RandomGenerator random,
      URI issuer,
      String member,
      @Nullable URI fixed,
      ClientCredential client,
      Duration deadline) {
    this.http = http;
    this.clock = clock;
    this.random = random;
    this.breaker = new Breaker(random);
    this.issuer = issuer;
    this.member = member;
    this.fixed = fixed;
    this.client = client;
    this.deadline = deadline;
    Reachable.orThrow(fixed == null ? issuer : fixed);
  }

  /// What an endpoint answers.
  ///
  /// @param type the media type, lower case, without parameters
  public record Answer(int status, String type, byte[] body) {
    /// The object in the body, or null when there is none in it.
    public @Nullable Map<String, Object> object() {
      return type.equals("application/json") ? StrictJson.object(body) : null;
    }
  }

  /// Asks once.
  ///
  /// @param form what is asked; the proof who asks is added to it
  /// @throws IOException when nobody answers in time, or answers that something is wrong with the
  ///     server (5xx) or that it is asked too much (429); the message names the address and nothing
  ///     secret
  public Answer ask(Map<String, String> form) throws IOException, InterruptedException {
    return ask(form, "application/json");
  }

  /// The same for an answer in another form.
  ///
  /// @param accept its media type
  public Answer ask(Map<String, String> form, String accept)
      throws IOException, InterruptedException {
    if (!breaker.admits(clock.millis())) {
      throw new IOException("the " + member + " of `" + issuer + "` keeps failing and is let rest");
    }
    boolean fine = false;
    try {
      long until = System.nanoTime() + deadline.toNanos();
      URI address = fixed == null ? address(until) : fixed;
      Map<String, String> all = new LinkedHashMap<>(form);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(address)
              .header("content-type", "application/x-www-form-urlencoded")
              .header("accept", accept);
      byte[] nonce = new byte[16];
      random.nextBytes(nonce);
      client.prove(request, all, clock.millis() / 1000, nonce);
      request.POST(HttpRequest.BodyPublishers.ofString(encoded(all)));
      Answer answer = send(request, until);
      if (answer.status() >= 500 || answer.status() == 429) {
        throw new IOException("`" + address + "` answers " + answer.status());
      }
      fine = true;
      return answer;
    } finally {
      if (fine) {
        breaker.succeeded();
      } else {
        breaker.failed(clock.millis());
      }
    }
  }

  private synchronized URI address(long until) throws IOException, InterruptedException {
    URI known = discovered;
    if (known != null && clock.millis() - discoveredAt < METADATA_HOLD) {
      return known;
    }
    try {
      URI found = discover(until);
      discovered = found;
      discoveredAt = clock.millis();
      return found;
    } catch (IOException failed) {
      if (known != null) {
        return known;
      }
      throw failed;
    }
  }

  private URI discover(long until) throws IOException, InterruptedException {
    IOException first = null;
    for (URI place : Metadata.places(issuer.toString())) {
      try {
        return named(place, until);
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

  private URI named(URI metadata, long until) throws IOException, InterruptedException {
    Answer answer =
        send(HttpRequest.newBuilder(metadata).header("accept", "application/json"), until);
    Map<String, Object> said =
        answer.status() == 200 ? Metadata.of(answer.body(), issuer.toString()) : null;
    if (said == null) {
      throw new IOException("`" + metadata + "` does not describe `" + issuer + "`");
    }
    if (said.get(member) instanceof String address) {
      try {
        URI named = URI.create(address);
        Reachable.orThrow(named);
        return named;
      } catch (IllegalArgumentException e) {
        throw new IOException("`" + metadata + "` names an address that may not be asked", e);
      }
    }
    throw new IOException("`" + metadata + "` names no " + member);
  }

  private Answer send(HttpRequest.Builder request, long until)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        BoundedHttp.ask(
            http, request, MOST_BYTES, Duration.ofNanos(Math.max(1, until - System.nanoTime())));
    String type = response.headers().firstValue("content-type").orElse("");
    int end = type.indexOf(';');
    return new Answer(
        response.statusCode(),
        (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(java.util.Locale.ROOT),
        response.body());
  }

  private static String encoded(Map<String, String> form) {
    StringBuilder text = new StringBuilder();
    form.forEach(
        (name, value) ->
            text.append(text.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(Objects.requireNonNull(value), StandardCharsets.UTF_8)));
    return text.toString();
  }
}
