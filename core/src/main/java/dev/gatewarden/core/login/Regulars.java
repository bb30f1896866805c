package dev.gatewarden.core.login;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who has logged in well before, and from where. A port.
///
/// Everything is named by digests that the port makes itself, so that no account stands in clear in
/// what is kept. Each method but `digest` throws `WouldWait` on an event loop when the answer is
/// not
/// at hand, and `OutOfReach` when it cannot be had at all. What there is no room for is not
/// remembered: nobody who is known is forgotten to make room.
public interface Regulars {

  /// Where nobody is remembered, and names are what they are.
  Regulars NONE =
      new Regulars() {
        @Override
        public String digest(String name) {
          return name;
        }

        @Override
        public boolean knows(String account, List<String> places) {
          return false;
        }

        @Override
        public boolean knows(String source) {
          return false;
        }

        @Override
        public void welcome(String account, List<String> places, String source, Duration lasting) {}

        @Override
        public void begin(String pending, Begun login, Duration lasting) {}

        @Override
        public @Nullable Begun begun(String pending) {
          return null;
        }
      };

  /// A login whose first step went well.
  ///
  /// @param account whose it is, as digest
  /// @param counted the accounts whose allowance it takes from, as digests
  record Begun(String account, List<String> counted) {
    public Begun {
      counted = List.copyOf(counted);
    }
  }

  /// A digest keyed by a secret of the gate, the same for the same name.
  String digest(String name);

  /// Whether somebody logged in at an account before from one of the places.
  boolean knows(String account, List<String> places);

  /// Whether somebody logged in from a source before, at whatever account.
  boolean knows(String source);

  /// Remembers a login that went well. Of one account only so many places, and only so many new
  /// ones
  /// a day, are remembered.
  void welcome(String account, List<String> places, String source, Duration lasting);

  /// Remembers whose login it is that a second step is to finish.
  void begin(String pending, Begun login, Duration lasting);

  /// Whose login a second step is to finish, or null.
  @Nullable Begun begun(String pending);
}
