package dev.gatewarden.controls.probes.input;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Shape;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Sends what no contract promises: ids of an odd form, texts that are no JSON, values of another
/// type.
///
/// Refusing is right, whatever the status; falling over is not. Where an answer tells what the code
/// looks like, or speaks with the words of a database, that is told by itself. What breaks over a
/// text that is no JSON breaks before any operation is reached: it is told once, with how many
/// operations do the same.
@Attack(
    id = "odd-input",
    title = "odd input breaks the service or makes it tell of its code",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 248,
    changes = true,
    guards = "request-schema",
    remedy =
        "validate requests against the contract before they reach the code, and answer failures"
            + " without details")
public final class OddInputProbe implements Probe {
  private static final List<String> IDS = List.of("'", "x0", "-1", "99999999999999999999999");
  private static final List<String> TEXTS = List.of("{", "[]", "\"\"");
  private static final int MOST_MEMBERS = 4;
  private static final List<Parameter> NONE = List.of();

  /// How traces look, in several languages.
  private static final Pattern TRACE =
      Pattern.compile(
          "\\bat [\\w.$]{1,200}+\\([\\w]{1,100}+\\.(java|kt|scala|js|ts):\\d+|Traceback \\(most"
              + " recent|File \"[^\"]{1,200}+\", line \\d+|\\.java:\\d+\\)|goroutine \\d+"
              + " \\[|node_modules/|"
              + "\\b(?:[a-z]{1,40}+\\.){2,12}+[A-Z]\\w{0,80}(?:Exception|Error)\\b");

  /// How databases speak.
  private static final Pattern DATABASE =
      Pattern.compile(
          "SQLSTATE|ORA-\\d{5}|SQLITE_[A-Z]|SQL syntax|syntax error at or near|"
              + "unterminated quoted string|Unclosed quotation mark|unrecognized token: |"
              + "near \"[^\"]{0,40}\": syntax error|ER_[A-Z]{1,40}_ERROR|Sequelize\\w{0,40}Error|"
              + "sqlite3\\.\\w{1,40}Error|psycopg2?\\.|Mongo\\w{0,40}Error|Prisma\\w{0,40}Error");

  /// What went wrong over odd input.
  private enum Slip {
    BROKE(Severity.MEDIUM, "odd input breaks the service"),
    TRACED(Severity.MEDIUM, "an error tells of the code"),
    DATABASE(Severity.HIGH, "an error of the database comes through");

    private final Severity severity;
    private final String title;

    Slip(Severity severity, String title) {
      this.severity = severity;
      this.title = title;
    }

    private String sentence(String what, int status) {
      return switch (this) {
        case BROKE -> what + " is answered " + status;
        case TRACED ->
            what
                + " is answered "
                + status
                + " with a trace that names files or classes of the code";
        case DATABASE -> what + " is answered " + status + " in the words of the database";
      };
    }
  }

  /// Whether a text tells what the code behind it looks like, or speaks as a database does.
  public static boolean hasTrace(String text) {
    return TRACE.matcher(text).find() || DATABASE.matcher(text).find();
  }

  /// The operations that answer the same text in the same way.
  private record Fall(Slip slip, String what, Answer answer, List<Operation> operations) {}

  @Override
  public void run(Scene scene) {
    Map<String, Fall> falls = new LinkedHashMap<>();
    try {
      for (Operation operation : scene.operations()) {
        Draft honest = Honest.expendable(scene, operation);
        if (honest != null) {
          attack(scene, honest, falls);
        }
      }
    } finally {
      falls.values().forEach(each -> tell(scene, each));
    }
  }

  private static void attack(Scene scene, Draft honest, Map<String, Fall> falls) {
    boolean stood = true;
    // an odd id may be somebody's: only reads try them
    Set<String> names = honest.operation().safe() ? honest.path().keySet() : Set.of();
    for (String name : names) {
      for (String id : IDS) {
        String what = "`" + id + "` as `" + name + "`";
        stood = stood && withstood(scene, honest.path(name, id), "path." + name, what);
      }
    }
    for (Parameter each : honest.operation().safe() ? texts(honest.operation()) : NONE) {
      String what = "`'` as `" + each.name() + "`";
      Draft draft = honest.query(each.name(), "'");
      stood = stood && withstood(scene, draft, "query." + each.name(), what);
    }
    if (Honest.json(honest) && honest.body() instanceof Obj body) {
      for (String text : TEXTS) {
        stood = stood && withstood(scene, honest, text, falls);
      }
      for (List<String> at : members(body)) {
        Node other =
            Json.at(body, at) instanceof Obj ? Json.of(List.of()) : Json.of(List.of(Json.NULL));
        String what = "a list as `" + String.join(".", at) + "`";
        stood = stood && withstood(scene, honest.member(at, other), "body", what);
      }
    }
    if (stood) {
      scene.withstood(honest.operation());
    }
  }

  /// The parameters of an address that take any text.
  private static List<Parameter> texts(Operation operation) {
    List<Parameter> texts = new ArrayList<>();
    for (Parameter each : operation.parameters()) {
      Shape shape = each.in() == Parameter.In.QUERY ? Shape.of(each.schema()) : null;
      if (shape != null && shape.types().contains("string") && !shape.has("enum")) {
        texts.add(each);
      }
    }
    return texts.size() > MOST_MEMBERS ? texts.subList(0, MOST_MEMBERS) : texts;
  }

  /// The members of an object, and of those within it.
  private static List<List<String>> members(Obj body) {
    List<List<String>> members = new ArrayList<>();
    for (Node.Member each : body.entries()) {
      members.add(List.of(each.name()));
      if (each.value() instanceof Obj inner) {
        inner.entries().forEach(below -> members.add(List.of(each.name(), below.name())));
      }
    }
    return members.size() > MOST_MEMBERS ? members.subList(0, MOST_MEMBERS) : members;
  }

  /// A text that is no JSON, or not the one that is wanted.
  private static boolean withstood(
      Scene scene, Draft honest, String text, Map<String, Fall> falls) {
    Answer answer = scene.send(honest.written(text, honest.mediaType()));
    Slip slip = slip(answer);
    if (slip == null) {
      return true;
    }
    falls
        .computeIfAbsent(
            slip + " " + text + " " + answer.status(),
            _ -> new Fall(slip, "`" + text + "` as body", answer, new ArrayList<>()))
        .operations()
        .add(honest.operation());
    return false;
  }

  private static boolean withstood(Scene scene, Draft draft, String place, String what) {
    Answer answer = scene.send(draft);
    Slip slip = slip(answer);
    if (slip == null) {
      return true;
    }
    scene.found(
        new Fault(
                draft.operation(),
                place,
                slip.severity,
                Confidence.PROVED,
                slip.sentence(what, answer.status()),
                List.of(answer.attempt()))
            .titled(slip.title));
    return false;
  }

  private static void tell(Scene scene, Fall fall) {
    int others = fall.operations().size() - 1;
    scene.found(
        new Fault(
                fall.operations().getFirst(),
                "body",
                fall.slip().severity,
                Confidence.PROVED,
                fall.slip().sentence(fall.what(), fall.answer().status())
                    + (others == 0
                        ? ""
                        : ", here and in "
                            + others
                            + (others == 1 ? " more operation" : " more operations")),
                List.of(fall.answer().attempt()))
            .titled(fall.slip().title));
  }

  private static @Nullable Slip slip(Answer answer) {
    String text = answer.ok() ? "" : answer.beginning();
    return DATABASE.matcher(text).find()
        ? Slip.DATABASE
        : TRACE.matcher(text).find() ? Slip.TRACED : answer.broke() ? Slip.BROKE : null;
  }
}
