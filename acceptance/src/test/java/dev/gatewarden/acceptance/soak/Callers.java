package dev.gatewarden.acceptance.soak;

import dev.gatewarden.acceptance.Opened;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/// Callers who ask gates for all kinds of things until they are told to stop, and enter each answer
/// in the ledger of its gate.
final class Callers {
  private final List<Opened> gates;
  private final String alice;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Ledger> ledgers;
  private final Set<Told.Kind> well = ConcurrentHashMap.newKeySet();
  private final Queue<Throwable> failed = new ConcurrentLinkedQueue<>();
  private final Semaphore progress = new Semaphore(0);
  private volatile boolean stopped;

  /// @param ledgers of the gates, in their order
  /// @param alice her token
  Callers(List<Opened> gates, List<Ledger> ledgers, String alice) {
    this.gates = gates;
    this.ledgers = ledgers;
    this.alice = alice;
  }

  Thread begin(int number) {
    return Thread.ofVirtual()
        .name("caller-" + number)
        .start(() -> call(new Random(number), number));
  }

  void stop() {
    stopped = true;
  }

  /// Waits until they have been answered that often more.
  void goOn(int answers) throws InterruptedException {
    progress.acquire(answers);
  }

  /// What was answered otherwise than by saying that something is not there.
  Set<Told.Kind> well() {
    return well;
  }

  /// What went wrong between caller and gate.
  Queue<Throwable> failed() {
    return failed;
  }

  private void call(Random random, int number) {
    for (int i = 0; !stopped; i++) {
      try {
        Told.Kind kind = Told.Kind.values()[random.nextInt(Told.Kind.values().length)];
        int gate = random.nextInt(gates.size());
        String key = "k" + number + "-" + (kind == Told.Kind.PAYS ? i : 0);
        ask(kind, gate, key);
        if (kind == Told.Kind.PAYS) {
          ask(kind, 1 - gate, key);
        }
      } catch (IOException | RuntimeException fault) {
        failed.add(fault);
        progress.release();
      } catch (InterruptedException end) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void ask(Told.Kind kind, int gate, String key) throws IOException, InterruptedException {
    HttpRequest request = request(kind, gate, key);
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    String id = answer.headers().firstValue("x-request-id").orElse("");
    ledgers.get(gate).answered(new Told(kind, gate, id, answer.statusCode(), answer.body(), key));
    if (answer.statusCode() < 500) {
      well.add(kind);
    }
    progress.release();
  }

  private HttpRequest request(Told.Kind kind, int gate, String key) {
    return switch (kind) {
      case MINE -> to(gate, "/notes/alice-" + key, alice).build();
      case FOREIGN -> to(gate, "/notes/bob-" + key, alice).build();
      case NOBODY -> to(gate, "/notes/alice-" + key, "").build();
      case EITHER -> to(gate, "/notes?limit=5", alice).build();
      case ODD -> post(gate, key, "{\"amount\":\"much\"}");
      case PAYS -> post(gate, key, "{\"amount\":1}");
    };
  }

  private HttpRequest post(int gate, String key, String body) {
    return to(gate, "/payments", alice)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", key)
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest.Builder to(int gate, String path, String token) {
    HttpRequest.Builder request = Opened.to(gates.get(gate).uri().resolve(path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }
}
