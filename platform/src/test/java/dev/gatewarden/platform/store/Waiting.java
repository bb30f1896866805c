package dev.gatewarden.platform.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Calls a port where waiting is allowed.
final class Waiting {
  private Waiting() {}

  static <T> T on(Class<T> port, T adapter) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              FutureTask<Object> task = new FutureTask<>(() -> method.invoke(adapter, arguments));
              Thread.ofVirtual().start(task);
              try {
                return task.get();
              } catch (ExecutionException failed) {
                throw failed.getCause() instanceof InvocationTargetException inner
                    ? inner.getCause()
                    : failed.getCause();
              }
            }));
  }
}
