package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.core.decision.Grounds;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.policy.DecisionPoint;
import dev.gatewarden.core.policy.Question;
import dev.gatewarden.gateway.decisionpoint.remote.Dialect.Meaning;
import dev.gatewarden.gateway.decisionpoint.remote.RemoteLine.Told;
import dev.gatewarden.gateway.identity.JsonWriter;
import dev.gatewarden.gateway.identity.Reachable;
import dev.gatewarden.gateway.identity.client.Breaker;
import dev.gatewarden.gateway.identity.client.Fingerprint;
import dev.gatewarden.gateway.identity.client.Flights;
import dev.gatewarden.gateway.identity.client.Kept;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Asks a decision point of others over HTTP, within a deadline.
///
/// An answer holds for the same question for as long as the operator says; one that did not come,
/// or that cannot be understood, holds for nothing and nobody. Those who ask the same at the same
/// time share one question. A point that keeps failing is left alone for a while.
///
/// Several questions go in one call, where the point takes such calls; an answer that is not about
/// each of them is none to any. A point that has no such call is asked one after another.
public final class RemotePoint implements DecisionPoint {
  private static final int MOST_KEPT = 100_000;
  private static final long MOST_KEPT_BYTES = 32L << 20;
  private static final int MOST_ASKING = 256;
  private static final int MOST_BATCHES = 64;
  private static final int BYTES_OF_ONE = 200;
  private static final long BATCHLESS = 60_000;

  private final RemoteSettings settings;
  private final Dialect dialect;
  private final RemoteLine line;
  private final InstantSource clock;
  private final Fingerprint.Maker fingerprints;
  private final Kept<Held> kept = new Kept<>(MOST_KEPT, MOST_KEPT_BYTES);
  private final Flights<Answer> flights;
  private final Semaphore batches = new Semaphore(MOST_BATCHES);
  private volatile long batchlessUntil = Long.MIN_VALUE;

  private record Held(Answer answer, long until) {}

  /// A question that is still to be asked.
  private record Asked(int place, Fingerprint key, Map<String, Object> body) {}

  /// @param http follows no redirect
  /// @throws IllegalArgumentException when its address may not be asked
  public RemotePoint(
      RemoteSettings settings, HttpClient http, InstantSource clock, RandomGenerator random) {
    this.settings = settings;
    this.dialect = settings.dialect();
    this.line = new RemoteLine(settings, http, clock, new Breaker(random));
    this.clock = clock;
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
      return unaskable();
    }
    Fingerprint key = fingerprints.of(JsonWriter.write(body));
    Answer known = known(key);
    if (known != null) {
      return known;
    }
    mayWait();
    return flights.ask(key, () -> asked(key, dialect.timed(body, question)));
  }

  @Override
  public List<Answer> decide(List<Question> questions) {
    Batch batch = settings.batch() > 1 && !batchless() ? dialect.batch() : null;
    if (batch == null || questions.size() < 2) {
      return DecisionPoint.super.decide(questions);
    }
    @Nullable Answer[] answers = new @Nullable Answer[questions.size()];
    List<Asked> open = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      Map<String, Object> body = dialect.body(questions.get(i));
      if (body == null) {
        answers[i] = unaskable();
        continue;
      }
      Fingerprint key = fingerprints.of(JsonWriter.write(body));
      answers[i] = known(key);
      if (answers[i] == null) {
        open.add(new Asked(i, key, dialect.timed(body, questions.get(i))));
      }
    }
    if (!open.isEmpty()) {
      mayWait();
    }
    for (int from = 0; from < open.size(); from += settings.batch()) {
      int to = Math.min(open.size(), from + settings.batch());
      List<Asked> some = open.subList(from, to);
      List<Answer> told = together(batch, some);
      for (int i = 0; i < some.size(); i++) {
        answers[some.get(i).place()] = told.get(i);
      }
    }
    return Arrays.stream(answers)
        .map(each -> each == null ? failed("nobody asked") : each)
        .toList();
  }

  private void mayWait() {
    if (!Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
  }

  /// Whether the point said lately that it has no call for several questions.
  private boolean batchless() {
    return clock.millis() < batchlessUntil;
  }

  private Answer unaskable() {
    return new Answer.Forbid(new Grounds(name(), "", List.of()));
  }

  private @Nullable Answer known(Fingerprint key) {
    Held held = settings.cache().isZero() ? null : kept.find(key);
    return held != null && clock.millis() < held.until() ? held.answer() : null;
  }

  private Answer asked(Fingerprint key, Map<String, Object> body) {
    return switch (line.ask(dialect.address(), body, 1)) {
      case Told.Nothing(var _, String why) -> failed(why);
      case Told.Members(Map<String, Object> all) -> keeping(key, understood(dialect.meaning(all)));
    };
  }

  /// The answers to several questions, in their order.
  private List<Answer> together(Batch batch, List<Asked> some) {
    if (batchless()) {
      return some.stream().map(each -> asked(each.key(), each.body())).toList();
    }
    List<Map<String, Object>> bodies = some.stream().map(Asked::body).toList();
    if (!batches.tryAcquire()) {
      return all(some, "too many questions are under way");
    }
    Told told;
    try {
      told = line.ask(batch.address(), batch.body(bodies), some.size());
    } finally {
      batches.release();
    }
    return switch (told) {
      case Told.Nothing(int status, String why) -> {
        if (status == 404 || status == 405 || status == 501) {
          // It has no such call, which the standard leaves it free to.
          batchlessUntil = clock.millis() + BATCHLESS;
          yield together(batch, some);
        }
        yield all(some, why);
      }
      case Told.Members(Map<String, Object> members) -> each(batch, some, bodies, members);
    };
  }

  private List<Answer> each(
      Batch batch,
      List<Asked> some,
      List<Map<String, Object>> bodies,
      Map<String, Object> members) {
    List<Meaning> meanings = batch.meanings(members, bodies);
    if (meanings == null || meanings.size() != some.size()) {
      return all(some, "its answer is not about what it was asked");
    }
    List<Answer> answers = new ArrayList<>(some.size());
    for (int i = 0; i < some.size(); i++) {
      answers.add(keeping(some.get(i).key(), understood(meanings.get(i))));
    }
    return answers;
  }

  private List<Answer> all(List<Asked> some, String why) {
    return some.stream().<Answer>map(_ -> failed(why)).toList();
  }

  private Answer keeping(Fingerprint key, Answer answer) {
    if (!(answer instanceof Answer.Failed) && !settings.cache().isZero()) {
      kept.put(key, new Held(answer, clock.millis() + settings.cache().toMillis()), BYTES_OF_ONE);
    }
    return answer;
  }

  private Answer understood(Meaning meaning) {
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
