package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a number must obey: wholeness, bounds, multiples, a list of values; compared exactly, digit
/// by digit.
final class NumberRule extends Rule {

  /// A limit on one side.
  ///
  /// @param sign -1 for a limit from below, 1 for one from above
  record Limit(Node owner, Keyword word, Decimal value, int sign, boolean exclusive) {
    boolean holds(Visit v) {
      int compared = value.compare(v) * sign;
      return compared < 0 || (compared == 0 && !exclusive);
    }
  }

  /// A number of which only multiples pass; it has at most 17 digits.
  record Multiple(Node owner, long digits, int lowest) {
    boolean holds(Visit v) {
      int shift = v.scale - v.digitCount - lowest;
      if (v.digitCount == 0) {
        return true;
      }
      if (shift < 0) {
        return false;
      }
      long rest = 0;
      for (int i = 0; i < v.digitCount; i++) {
        rest = (rest * 10 + v.digits[i]) % digits;
      }
      return rest == 0 || shifted(rest, shift) == 0;
    }

    private long shifted(long start, int shift) {
      long rest = start;
      if (digits > Integer.MAX_VALUE) {
        for (int i = 0; i < shift && rest != 0; i++) {
          rest = rest * 10 % digits;
        }
        return rest;
      }
      long power = 10 % digits;
      for (int left = shift; left > 0; left >>= 1) {
        if ((left & 1) == 1) {
          rest = rest * power % digits;
        }
        power = power * power % digits;
      }
      return rest;
    }
  }

  /// Numbers of which the value must be one, the least first.
  record OneOf(Node owner, Keyword word, List<Decimal> values) {
    boolean holds(Visit v) {
      int low = 0;
      int high = values.size() - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        int compared = values.get(middle).compare(v);
        if (compared == 0) {
          return true;
        }
        if (compared < 0) {
          high = middle - 1;
        } else {
          low = middle + 1;
        }
      }
      return false;
    }
  }

  private final @Nullable Node wholeOwner;
  private final Limit[] limits;
  private final Multiple[] multiples;
  private final OneOf[] lists;
  private final long low;
  private final long high;

  /// @param wholeOwner the schema that asks for a whole number, or null
  NumberRule(
      @Nullable Node wholeOwner, List<Limit> limits, List<Multiple> multiples, List<OneOf> lists) {
    this.wholeOwner = wholeOwner;
    this.limits = limits.toArray(new Limit[0]);
    this.multiples = multiples.toArray(new Multiple[0]);
    this.lists = lists.toArray(new OneOf[0]);
    long least = Long.MIN_VALUE;
    long most = Long.MAX_VALUE;
    for (Limit limit : limits) {
      if (limit.sign() < 0) {
        least = Math.max(least, limit.value().least(limit.exclusive()));
      } else {
        most = Math.min(most, -limit.value().negated().least(limit.exclusive()));
      }
    }
    low = multiples.isEmpty() && lists.isEmpty() ? least : 1;
    high = multiples.isEmpty() && lists.isEmpty() ? most : 0;
  }

  @Override
  int scan(Visit v, int at) {
    if (at >= v.to || v.bytes[at] > '9' || v.bytes[at] < '-') {
      return otherwise.scan(v, at);
    }
    int end = Numbers.end(v, at);
    if (end < 0 || (v.small && v.value >= low && v.value <= high)) {
      return end;
    }
    return exactly(v, at, end);
  }

  private int exactly(Visit v, int at, int end) {
    Decimal.read(v, v.bytes, at, end);
    if (wholeOwner != null && v.scale < v.digitCount) {
      int bad = v.fail(at, wholeOwner, Keyword.TYPE);
      if (bad < 0) {
        return bad;
      }
    }
    for (Limit limit : limits) {
      if (!limit.holds(v)) {
        int bad = v.fail(at, limit.owner(), limit.word());
        if (bad < 0) {
          return bad;
        }
      }
    }
    for (Multiple multiple : multiples) {
      if (!multiple.holds(v)) {
        int bad = v.fail(at, multiple.owner(), Keyword.MULTIPLE_OF);
        if (bad < 0) {
          return bad;
        }
      }
    }
    for (OneOf list : lists) {
      if (!list.holds(v)) {
        int bad = v.fail(at, list.owner(), list.word());
        if (bad < 0) {
          return bad;
        }
      }
    }
    return end;
  }
}
