package dev.gatewarden.core.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Which steps of business flows were done, by whom and about what. A port.
///
/// What is forgotten was not done: nobody is let on for want of memory. Each method but `digest`
/// throws `WouldWait` on an event loop when the answer is not at hand, and `OutOfReach` when it
/// cannot be had at all.
public interface Steps {
  /// How many steps of one walk through a flow are remembered; the oldest are forgotten first.
  int MOST = 64;

  /// Where nothing is remembered, and so nothing was done.
  Steps NONE =
      new Steps() {
        @Override
        public List<Done> find(String key) {
          return List.of();
        }

        @Override
        public boolean done(String key, Done step, Duration lasting) {
          return false;
        }

        @Override
        public String digest(String value) {
          return value;
        }
      };

  /// A step that was done.
  ///
  /// @param step its name within the flow
  /// @param about digests of what it was about, by name
  /// @param at when the service had answered it well
  /// @param run the exchange that did it, so that it can be used up
  record Done(String step, Map<String, String> about, Instant at, String run) {
    public Done {
      about = Map.copyOf(about);
    }
  }

  /// What was done by whoever a key stands for, the latest first.
  List<Done> find(String key);

  /// Remembers a step, in place of the same one about the same.
  ///
  /// @param lasting how long it matters
  /// @return false where there is no room for it
  boolean done(String key, Done step, Duration lasting);

  /// What stands in the place of a value that may be a code, an id or a secret: the same for the
  /// same, and of no use to who wants to try values.
  String digest(String value);
}
