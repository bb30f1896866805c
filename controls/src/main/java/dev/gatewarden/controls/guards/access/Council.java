package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Grounds;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.Consulted;
import dev.gatewarden.core.policy.DecisionPoint;
import dev.gatewarden.core.policy.DecisionPoint.Answer;
import dev.gatewarden.core.policy.Question;
import dev.gatewarden.core.policy.Zones;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The decision points of one API, asked about one operation: each must permit.
final class Council {
  private final String api;
  private final String action;
  private final List<Consulted> points;
  private final Zones zones;

  Council(Setting setting) {
    this(setting, setting.operation());
  }

  private Council(Setting setting, Operation operation) {
    this.api = setting.contract().api();
    this.action = operation.id().name();
    this.points = setting.ports().decisionPoints();
    this.zones = setting.ports().zones();
  }

  /// What all of them say together about one resource.
  ///
  /// @param grounds what it rests on: of all who permit, or of the one who does not
  record Word(Kind kind, List<Grounds> grounds) {

    /// Whether it may be done.
    enum Kind {
      /// All permit.
      PERMITTED,
      /// Some permit, the others cannot say, and an exception lets their failures pass.
      OPEN,
      /// One does not permit.
      FORBIDDEN,
      /// One cannot say.
      UNDECIDED
    }
  }

  /// What the points say about each of the resources, in their order. A point is not asked about
  /// what an earlier one has refused, and decides for an exchange by the same policies to its end.
  List<Word> on(Exchange exchange, List<Question.Resource> resources) {
    Word[] words = new Word[resources.size()];
    List<Question> questions = questions(exchange, resources);
    for (int i = 0; i < points.size(); i++) {
      List<Question> open = i == 0 ? questions : unrefused(questions, words);
      if (open.isEmpty()) {
        break;
      }
      Consulted consulted = points.get(i);
      DecisionPoint point =
          exchange.settled().of(consulted.point(), DecisionPoint::now, DecisionPoint.class);
      List<Answer> answers =
          open.size() == 1 ? List.of(point.decide(open.getFirst())) : point.decide(open);
      boolean excused = exchange.request().at().isBefore(consulted.openUntil());
      int next = 0;
      for (int j = 0; j < words.length; j++) {
        if (i == 0 || !refuses(words[j])) {
          words[j] = joined(i == 0 ? null : words[j], answers.get(next++), excused);
        }
      }
    }
    return List.of(words);
  }

  private List<Question> questions(Exchange exchange, List<Question.Resource> resources) {
    Principal caller = exchange.principal();
    Request request = exchange.request();
    Question.Environment environment =
        new Question.Environment(
            api,
            request.method(),
            request.at(),
            zones.of(caller.tenant()),
            request.peer().address(),
            request.peer().encrypted());
    List<Question> questions = new ArrayList<>(resources.size());
    for (int i = 0; i < resources.size(); i++) {
      questions.add(new Question(caller, action, resources.get(i), environment));
    }
    return questions;
  }

  private static List<Question> unrefused(List<Question> questions, Word[] words) {
    List<Question> open = new ArrayList<>(questions.size());
    for (int i = 0; i < words.length; i++) {
      if (!refuses(words[i])) {
        open.add(questions.get(i));
      }
    }
    return open;
  }

  static boolean refuses(Word word) {
    return word.kind() == Word.Kind.FORBIDDEN || word.kind() == Word.Kind.UNDECIDED;
  }

  private static Word joined(@Nullable Word before, Answer answer, boolean excused) {
    return switch (answer) {
      case Answer.Forbid(Grounds grounds) -> new Word(Word.Kind.FORBIDDEN, List.of(grounds));
      case Answer.Failed(Grounds grounds, var _) ->
          excused
              ? with(before, Word.Kind.OPEN, grounds)
              : new Word(Word.Kind.UNDECIDED, List.of(grounds));
      case Answer.Permit(Grounds grounds) ->
          with(before, before == null ? Word.Kind.PERMITTED : before.kind(), grounds);
    };
  }

  private static Word with(@Nullable Word before, Word.Kind kind, Grounds grounds) {
    if (before == null) {
      return new Word(kind, List.of(grounds));
    }
    List<Grounds> all = new ArrayList<>(before.grounds());
    all.add(grounds);
    return new Word(kind, all);
  }
}
