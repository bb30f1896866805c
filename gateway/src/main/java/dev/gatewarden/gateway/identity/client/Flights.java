package dev.gatewarden.gateway.identity.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Lets one of those who ask the same at the same time find the answer for all of them, and no more
/// than a bounded number look for answers at once.
public final class Flights<V> {
  private static final long PATIENCE_SECONDS = 60;

  private final ConcurrentHashMap<Fingerprint, CompletableFuture<V>> flying =
      new ConcurrentHashMap<>();
  private final Semaphore room;
  private final V overloaded;

  /// @param most how many look at once
  /// @param overloaded what is answered where there is no room, or no answer
  public Flights(int most, V overloaded) {
    this.room = new Semaphore(most);
    this.overloaded = overloaded;
  }

  /// The answer. Waits.
  public V ask(Fingerprint fingerprint, Supplier<V> looking) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> leader = flying.putIfAbsent(fingerprint, mine);
    if (leader != null) {
      return await(leader);
    }
    V answer = overloaded;
    try {
      if (room.tryAcquire()) {
        try {
          answer = looking.get();
        } finally {
          room.release();
        }
      }
      return answer;
    } finally {
      flying.remove(fingerprint, mine);
      mine.complete(answer);
    }
  }

  private V await(CompletableFuture<V> leader) {
    try {
      return leader.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return overloaded;
    } catch (ExecutionException | TimeoutException e) {
      return overloaded;
    }
  }
}
