package dev.gatewarden.core.contract;

import java.util.List;

/// What a request is addressed to, as far as method, host and path tell.
public sealed interface Routing {

  /// Nothing that any contract promises.
  Routing UNLISTED = new Unlisted();

  /// A promised operation.
  ///
  /// The values of its path parameters are stretches of the canonical path, still percent-encoded,
  /// in the order of the template.
  final class Matched implements Routing {
    private final Operation operation;
    private final String path;
    private final int[] bounds;

    Matched(Operation operation, String path, int[] bounds) {
      this.operation = operation;
      this.path = path;
      this.bounds = bounds;
    }

    public Operation operation() {
      return operation;
    }

    /// How many path parameters there are.
    public int count() {
      return bounds.length / 2;
    }

    /// The position of a value's first character in the path.
    public int from(int index) {
      return bounds[2 * index];
    }

    /// The position behind a value's last character in the path.
    public int to(int index) {
      return bounds[2 * index + 1];
    }

    /// A value as it stands in the path.
    public String raw(int index) {
      return path.substring(from(index), to(index));
    }

    @Override
    public String toString() {
      return operation.toString();
    }
  }

  /// The path is promised, the method is not.
  ///
  /// @param allowed the methods that are, sorted, `HEAD` wherever `GET` is
  record MethodNotListed(List<String> allowed) implements Routing {
    public MethodNotListed {
      allowed = List.copyOf(allowed);
    }
  }

  /// No contract promises the path.
  record Unlisted() implements Routing {}
}
