package dev.gatewarden.acceptance.soak;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What one gate answered and what it wrote, laid beside each other as they come: whatever agrees
/// is forgotten, so that a load of any length has room.
final class Ledger extends OutputStream {
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, Object> open = new ConcurrentHashMap<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Map<String, Set<Integer>> byGeneration = new ConcurrentHashMap<>();
  private final AtomicLong agreed = new AtomicLong();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /// What a decision line says.
  private record Written(int status, String generation) {}

  /// A caller has an answer.
  void answered(Told told) {
    if (!told.isRight()) {
      wrong.add("not right: " + told);
    }
    meet(told.id(), told);
  }

  @Override
  public synchronized void write(int b) {
    if (b != '\n') {
      line.write(b);
      return;
    }
    JsonNode json = JSON.readTree(line.toString(StandardCharsets.UTF_8));
    line.reset();
    meet(
        json.path("id").asString(),
        new Written(json.path("status").asInt(), json.path("generation").asString()));
  }

  private void meet(String id, Object half) {
    Object other = open.putIfAbsent(id, half);
    if (other == null) {
      return;
    }
    open.remove(id);
    switch (half) {
      case Told told when other instanceof Written written -> compare(told, written);
      case Written written when other instanceof Told told -> compare(told, written);
      default -> wrong.add("said twice: " + half + " and " + other);
    }
  }

  private void compare(Told told, Written written) {
    if (told.status() != written.status()) {
      wrong.add("the line says " + written.status() + " of " + told);
    }
    if (told.kind() == Told.Kind.EITHER && told.status() < 500) {
      byGeneration
          .computeIfAbsent(written.generation(), _ -> ConcurrentHashMap.newKeySet())
          .add(told.status());
    }
    agreed.incrementAndGet();
  }

  /// Answers without a line, and lines without an answer.
  Map<String, Object> open() {
    return open;
  }

  Queue<String> wrong() {
    return wrong;
  }

  /// How what one configuration allows and another refuses was answered, by generation.
  Map<String, Set<Integer>> byGeneration() {
    return byGeneration;
  }

  long agreed() {
    return agreed.get();
  }
}
