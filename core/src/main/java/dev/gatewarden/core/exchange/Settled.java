package dev.gatewarden.core.exchange;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What one exchange is judged by from its first stage to its last: whatever can change while the
/// exchange is under way stays for it as it was when it was asked for first.
public final class Settled {
  private @Nullable Entry first;

  private record Entry(Object changing, Object was, @Nullable Entry next) {}

  /// What something was when this exchange asked for it first.
  ///
  /// @param changing what changes; told apart by identity
  /// @param now what it is at the moment; itself where it does not change
  /// @param kind what it is
  public synchronized <T> T of(T changing, UnaryOperator<T> now, Class<T> kind) {
    for (Entry each = first; each != null; each = each.next) {
      if (each.changing == changing) {
        return kind.cast(each.was);
      }
    }
    T is = now.apply(changing);
    if (is != changing) {
      first = new Entry(changing, is, first);
    }
    return is;
  }
}
