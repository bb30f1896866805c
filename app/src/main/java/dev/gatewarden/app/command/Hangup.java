package dev.gatewarden.app.command;

import java.lang.reflect.Proxy;

/// What is done when the operating system says SIGHUP, where it has such a word.
///
/// Java has no public name for signals: the one there is belongs to `jdk.unsupported`, which is in
/// every Java that runs this program but may be absent from one made smaller, and which the
/// compiler lets nobody name without a warning. So it is found while the program runs.
final class Hangup {
  private Hangup() {}

  /// Does something at each SIGHUP from now on, instead of ending the program.
  ///
  /// @return whether this platform has the signal, and gives it to programs
  static boolean heard(Runnable then) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object own =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "equals" -> arguments != null && proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> "hangup";
                    default -> {
                      then.run();
                      yield null;
                    }
                  });
      Object hangup = signal.getConstructor(String.class).newInstance("HUP");
      signal.getMethod("handle", signal, handler).invoke(null, hangup, own);
      return true;
    } catch (ReflectiveOperationException | IllegalArgumentException absent) {
      return false;
    }
  }
}
