package dev.gatewarden.gateway.login;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// From where one account was logged in, as a store keeps it: one line for each place.
///
/// @param each those that came last, first
record Haunts(List<Haunt> each) {
  static final Haunts NONE = new Haunts(List.of());

  /// How many places of one account are kept.
  static final int MOST = 32;

  /// How many new ones in a day.
  static final int NEW_A_DAY = 8;

  private static final long DAY = 24;

  Haunts {
    each = List.copyOf(each);
  }

  /// One place.
  ///
  /// @param since the hour since 1970 in which somebody came from there first
  /// @param last the hour in which somebody did last, as far as it is written down
  /// @param until the hour at which it is forgotten
  record Haunt(String place, long since, long last, long until) {}

  static Haunts of(byte[] bytes) {
    List<Haunt> each = new ArrayList<>();
    new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .forEach(
            line -> {
              String[] words = line.split(" ", -1);
              each.add(
                  new Haunt(
                      words[0],
                      Long.parseLong(words[1]),
                      Long.parseLong(words[2]),
                      Long.parseLong(words[3])));
            });
    return new Haunts(each);
  }

  byte[] bytes() {
    StringBuilder text = new StringBuilder();
    for (Haunt one : each) {
      text.append(one.place)
          .append(' ')
          .append(one.since)
          .append(' ')
          .append(one.last)
          .append(' ')
          .append(one.until)
          .append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  boolean any(List<String> places, long hour) {
    for (int i = 0; i < each.size(); i++) {
      Haunt one = each.get(i);
      if (hour < one.until && places.contains(one.place)) {
        return true;
      }
    }
    return false;
  }

  /// With these places, as far as there is room for new ones; the very same where nothing is worth
  /// writing down, so that most logins write nothing.
  ///
  /// @param lasting hours until a place is forgotten
  Haunts with(List<String> places, long hour, long lasting) {
    List<Haunt> all = new ArrayList<>(each);
    all.removeIf(one -> hour >= one.until);
    boolean changed = false;
    for (String place : places) {
      Haunt known = find(all, place);
      if (known == null && fresh(all, hour) < NEW_A_DAY) {
        all.add(new Haunt(place, hour, hour, hour + lasting));
        changed = true;
      } else if (known != null && hour - known.last >= DAY) {
        all.remove(known);
        all.add(new Haunt(place, known.since, hour, hour + lasting));
        changed = true;
      }
    }
    if (!changed) {
      return this;
    }
    all.sort(Comparator.comparingLong(Haunt::last).reversed());
    return new Haunts(all.subList(0, Math.min(MOST, all.size())));
  }

  private static @org.jspecify.annotations.Nullable Haunt find(List<Haunt> all, String place) {
    for (Haunt one : all) {
      if (one.place.equals(place)) {
        return one;
      }
    }
    return null;
  }

  private static long fresh(List<Haunt> all, long hour) {
    long fresh = 0;
    for (Haunt one : all) {
      fresh += hour - one.since < DAY ? 1 : 0;
    }
    return fresh;
  }
}
