package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Reading.Role;
import java.util.Arrays;
import java.util.List;

/// The items of one binding in a body, so that the item around a value is found without looking at
/// all of them: who sends a body chooses how many there are.
final class ItemSpans {
  private static final Mark[] NONE = {};

  private final Mark[] items;

  private ItemSpans(Mark[] items) {
    this.items = items;
  }

  /// @param number the binding's number, as the marks know it
  /// @param role the part that an item plays
  static ItemSpans of(List<Mark> marks, int number, Role role) {
    int count = 0;
    for (int i = 0; i < marks.size(); i++) {
      count += is(marks.get(i), number, role) ? 1 : 0;
    }
    if (count == 0) {
      return new ItemSpans(NONE);
    }
    Mark[] items = new Mark[count];
    int last = -1;
    boolean sorted = true;
    for (int i = 0, n = 0; i < marks.size(); i++) {
      if (is(marks.get(i), number, role)) {
        items[n++] = marks.get(i);
        sorted &= marks.get(i).from() > last;
        last = marks.get(i).from();
      }
    }
    if (!sorted) {
      Arrays.sort(items, (one, other) -> Integer.compare(one.from(), other.from()));
    }
    return new ItemSpans(items);
  }

  private static boolean is(Mark mark, int number, Role role) {
    return mark.meaning() instanceof Meaning.Part(int of, Role its, String name)
        && of == number
        && its == role
        && (role != Role.PATCH || name.isEmpty());
  }

  int size() {
    return items.length;
  }

  /// The items in the order of the text.
  Mark get(int index) {
    return items[index];
  }

  /// The number of the item that holds a value, or is it; -1 where none does.
  int around(Mark mark) {
    int low = 0;
    int high = items.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (items[middle].from() > mark.from()) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return high >= 0 && mark.to() <= items[high].to() ? high : -1;
  }
}
