package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.core.policy.Question;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How one kind of decision point is asked, and what its answers mean.
interface Dialect {

  /// Where it is asked.
  URI address();

  /// What it is asked, as a JSON object without the time of the request; null where the question
  /// cannot be put in its words, so that nobody may say yes to another one.
  @Nullable Map<String, Object> body(Question question);

  /// The same with the time, which is no part of what answers are kept under.
  default Map<String, Object> timed(Map<String, Object> body, Question question) {
    return body;
  }

  /// What an answer of status 200 means.
  Meaning meaning(Map<String, Object> answer);

  /// How several questions are asked in one call; null where there is no such call.
  default @Nullable Batch batch() {
    return null;
  }

  /// What an answer means.
  ///
  /// @param digest of the policies that were in force, where it says so
  /// @param policies those that determined it, where it says so
  record Meaning(Says says, String digest, List<String> policies) {
    public Meaning {
      policies = List.copyOf(policies);
    }

    static Meaning of(Says says) {
      return new Meaning(says, "", List.of());
    }
  }

  /// Yes, no, or nothing that can be understood.
  enum Says {
    PERMIT,
    FORBID,
    NOTHING
  }
}
