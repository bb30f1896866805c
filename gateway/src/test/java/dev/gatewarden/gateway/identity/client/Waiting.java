package dev.gatewarden.gateway.identity.client;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// Runs on a virtual thread what may wait there alone.
public final class Waiting {
  private Waiting() {}

  public static <T> T on(Callable<T> step) throws Exception {
    FutureTask<T> task = new FutureTask<>(step);
    Thread.ofVirtual().start(task);
    return task.get(30, TimeUnit.SECONDS);
  }
}
