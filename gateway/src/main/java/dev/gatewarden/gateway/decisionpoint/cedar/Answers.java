package dev.gatewarden.gateway.decisionpoint.cedar;

import dev.gatewarden.core.policy.DecisionPoint.Answer;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Answers that hold for as long as their policies: bounded, and without a clock, since a key names
/// everything an answer depends on.
///
/// When one half is full, the older half goes; what is still asked for moves over.
final class Answers {
  private final int half;
  private volatile ConcurrentHashMap<AnswerKey, Answer> young = new ConcurrentHashMap<>();
  private volatile ConcurrentHashMap<AnswerKey, Answer> old = new ConcurrentHashMap<>();

  Answers(int most) {
    this.half = Math.max(1, most / 2);
  }

  @Nullable Answer get(AnswerKey key) {
    Answer answer = young.get(key);
    if (answer == null) {
      answer = old.get(key);
      if (answer != null) {
        keep(key, answer);
      }
    }
    return answer;
  }

  void keep(AnswerKey key, Answer answer) {
    ConcurrentHashMap<AnswerKey, Answer> into = young;
    if (into.size() >= half) {
      synchronized (this) {
        if (young == into) {
          old = into;
          young = new ConcurrentHashMap<>();
        }
        into = young;
      }
    }
    into.put(key, answer);
  }

  int size() {
    return young.size() + old.size();
  }
}
