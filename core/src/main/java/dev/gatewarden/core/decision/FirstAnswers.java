package dev.gatewarden.core.decision;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where the first answers to requests that may be repeated are kept. A port.
///
/// Each method throws `WouldWait` on an event loop when the answer is not at hand, and `OutOfReach`
/// when it cannot be had at all.
public interface FirstAnswers {

  /// Where nothing is kept.
  FirstAnswers NONE =
      new FirstAnswers() {
        @Override
        public @Nullable Kept find(String key) {
          return null;
        }

        @Override
        public void keep(String key, Kept answer, Duration lasting) {}
      };

  /// What was asked first under a key, and what was answered.
  ///
  /// @param asked a digest of what was asked
  /// @param reply null where the answer was too long to be kept
  record Kept(byte[] asked, @Nullable Reply reply) {}

  /// What is kept under a key, or null.
  @Nullable Kept find(String key);

  /// Keeps an answer; of one that is too long, or that there is no room for, that it was given.
  void keep(String key, Kept answer, Duration lasting);
}
