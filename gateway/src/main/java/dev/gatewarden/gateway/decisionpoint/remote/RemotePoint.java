package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.core.decision.Grounds;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.policy.DecisionPoint;
import dev.gatewarden.core.policy.Question;
import dev.gatewarden.gateway.decisionpoint.remote.Dialect.Meaning;
import dev.gatewarden.gateway.identity.BoundedHttp;
import dev.gatewarden.gateway.identity.JsonWriter;
import dev.gatewarden.gateway.identity.Reachable;
import dev.gatewarden.gateway.identity.StrictJson;
import dev.gatewarden.gateway.identity.client.Breaker;
import dev.gatewarden.gateway.identity.client.Fingerprint;
import dev.gatewarden.gateway.identity.client.Flights;
import dev.gatewarden.gateway.identity.client.Kept;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Asks a decision point of others over HTTP, within a deadline.
///
/// An answer holds for the same question for as long as the operator says; one that did not come,
/// or
/// that cannot be understood, holds for nothing and nobody. Those who ask the same at the same time
/// share one question. A point that keeps failing is left alone for a while.
public final class RemotePoint implements DecisionPoint {
  private static final int MOST_BYTES = 64 << 10;
  private static final int MOST_KEPT = 100_000;
  private static final long MOST_KEPT_BYTES = 32L << 20;
  private static final int MOST_ASKING = 256;
  private static final int BYTES_OF_ONE = 200;

  private final RemoteSettings settings;
  private final Dialect dialect;
  private final HttpClient http;
  private final InstantSource clock;
  private final Breaker breaker;
  private final Fingerprint.Maker fingerprints;
  private final Kept<Held> kept = new Kept<>(MOST_KEPT, MOST_KEPT_BYTES);
  private final Flights<Answer> flights;

  private record Held(Answer answer, long until) {}

  /// @param http follows no redirect
  /// @throws IllegalArgumentException when its address may not be asked
  public RemotePoint(
      RemoteSettings settings, HttpClient http, InstantSource clock, RandomGenerator random) {
    this.settings = settings;
    this.dialect = settings.dialect();
    this.http = http;
    this.clock = clock;
    this.breaker = new Breaker(random);
    this.fingerprints = new Fingerprint.Maker(random);
    this.flights = new Flights<>(MOST_ASKING, failed("too many questions are under way"));
    Reachable.orThrow(dialect.address());
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Answer decide(Question question) {
    Map<String, Object> body = dialect.body(question);
    if (body == null) {
      return new Answer.Forbid(new Grounds(name(), "", List.of()));
    }
    Fingerprint key = fingerprints.of(JsonWriter.write(body));
    Held held = settings.cache().isZero() ? null : kept.find(key);
    if (held != null && clock.millis() < held.until()) {
      return held.answer();
    }
    if (!Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    return flights.ask(key, () -> asked(key, dialect.timed(body, question)));
  }

  private Answer asked(Fingerprint key, Map<String, Object> body) {
    if (!breaker.admits(clock.millis())) {
      return failed("it keeps failing and is let rest");
    }
    Answer answer;
    try {
      answer = answered(body);
    } catch (IOException fault) {
      answer = failed(String.valueOf(fault.getMessage()));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      answer = failed("the question was broken off");
    }
    if (answer instanceof Answer.Failed) {
      breaker.failed(clock.millis());
    } else {
      breaker.succeeded();
      kept.put(key, new Held(answer, clock.millis() + settings.cache().toMillis()), BYTES_OF_ONE);
    }
    return answer;
  }

  private Answer answered(Map<String, Object> body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(dialect.address())
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JsonWriter.write(body)));
    if (settings.token() != null) {
      request.header(
          "authorization",
          "Bearer " + new String(settings.token().revealed(), StandardCharsets.UTF_8));
    }
    HttpResponse<byte[]> response = BoundedHttp.ask(http, request, MOST_BYTES, settings.deadline());
    if (response.statusCode() != 200) {
      return failed("it answers " + response.statusCode());
    }
    return understood(StrictJson.object(response.body()));
  }

  private Answer understood(@Nullable Map<String, Object> told) {
    if (told == null) {
      return failed("its answer is no JSON object");
    }
    Meaning meaning = dialect.meaning(told);
    Grounds grounds = new Grounds(name(), meaning.digest(), meaning.policies());
    return switch (meaning.says()) {
      case PERMIT -> new Answer.Permit(grounds);
      case FORBID -> new Answer.Forbid(grounds);
      case NOTHING -> failed("its answer says neither yes nor no");
    };
  }

  private Answer failed(String why) {
    return new Answer.Failed(new Grounds(name(), "", List.of()), why);
  }
}
