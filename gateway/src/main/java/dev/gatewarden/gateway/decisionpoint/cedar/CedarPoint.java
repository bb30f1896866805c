package dev.gatewarden.gateway.decisionpoint.cedar;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Grounds;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.policy.DecisionPoint;
import dev.gatewarden.core.policy.Question;
import dev.gatewarden.core.policy.Relations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The decision point inside the gate: policies in Cedar's language.
///
/// Answers are given again for as long as everything they depend on is the same; a new one is
/// computed on a bounded pool, never on an event loop. What is in force is replaced as a whole.
public final class CedarPoint implements DecisionPoint {
  /// What the embedded decision point is called in configurations and decision lines.
  public static final String NAME = "cedar";

  private static final long PATIENCE_SECONDS = 2;
  private static final int WARM = 200;

  /// Where the library's own loader unpacks it.
  private static final String UNPACKED = "jne.extract.dir";

  private final CedarSettings settings;
  private final Collection<Contract> contracts;
  private final Relations relations;
  private final ExecutorService pool;
  private final Map<String, LongAdder> differences = new ConcurrentHashMap<>();
  private volatile InForce inForce;

  private CedarPoint(
      CedarSettings settings,
      Collection<Contract> contracts,
      Relations relations,
      ExecutorService pool,
      Generation generation) {
    this.settings = settings;
    this.contracts = contracts;
    this.relations = relations;
    this.pool = pool;
    this.inForce = new InForce(generation);
  }

  /// Loads and validates policies, and warms the engine, so that no request pays for that.
  ///
  /// @param contracts of the APIs that decide by them
  /// @param relations what the gate has learned of objects: what lies below what
  /// @param pool where new answers are computed: few platform threads, a bounded queue
  /// @throws ProblemsException with everything that is wrong with them
  public static CedarPoint load(
      CedarSettings settings,
      Collection<Contract> contracts,
      Relations relations,
      ExecutorService pool) {
    Generation first = CedarLoader.load(settings, contracts);
    CedarPoint point = new CedarPoint(settings, List.copyOf(contracts), relations, pool, first);
    point.warm(first);
    return point;
  }

  /// Has the native library unpacked below a folder, in one of this process alone that goes with
  /// it:
  /// another gate that unpacked over it would take it away from under this one.
  ///
  /// @throws IOException when nothing can be written there
  public static void unpackBelow(Path natives) throws IOException {
    if (System.getProperty(UNPACKED) == null) {
      Path own = natives.resolve("cedar-" + ProcessHandle.current().pid());
      Files.createDirectories(own);
      own.toFile().deleteOnExit();
      System.setProperty(UNPACKED, own.toString());
    }
  }

  /// The schema that contracts imply, as Cedar writes schemas.
  public static String schema(CedarSettings settings, Collection<Contract> contracts) {
    Engine.load(settings.place());
    return DerivedSchema.of(new Names(contracts), settings.claims());
  }

  @Override
  public String name() {
    return NAME;
  }

  /// What is in force.
  ///
  /// @param digest of the policies
  /// @param next the digest of those that are judged beside them; empty for none
  /// @param answers how many answers are kept
  public record Status(String digest, int policies, String next, int answers) {}

  /// What is in force now.
  public Status status() {
    Generation now = inForce.generation;
    PolicyVersion next = now.next();
    return new Status(
        now.current().digest(),
        now.current().count(),
        next == null ? "" : next.digest(),
        now.answers().size());
  }

  /// How often the policies that are judged beside would have answered otherwise, by operation and
  /// both answers, `shop.getOrder permit forbid`; counted for each question, also where its answer
  /// was known already.
  public Map<String, Long> differences() {
    Map<String, Long> sums = new TreeMap<>();
    differences.forEach((what, count) -> sums.put(what, count.sum()));
    return sums;
  }

  private Answer counted(Question question, Answer answer) {
    Grounds.Other next = answer.grounds().next();
    if (next != null) {
      String said =
          switch (answer) {
            case Answer.Permit _ -> " permit ";
            case Answer.Forbid _ -> " forbid ";
            case Answer.Failed _ -> " failed ";
          };
      differences
          .computeIfAbsent(
              question.environment().api() + "." + question.action() + said + next.says(),
              _ -> new LongAdder())
          .increment();
    }
    return answer;
  }

  /// Reads everything again, and puts it in force if all of it is sound.
  ///
  /// The counts of differences begin anew where those that are compared change.
  ///
  /// @return whether anything has changed
  /// @throws ProblemsException with everything that is wrong; what was in force stays
  public synchronized boolean reload() {
    Generation now = inForce.generation;
    Generation read = CedarLoader.load(settings, contracts);
    PolicyVersion next = read.next();
    PolicyVersion before = now.next();
    if (read.current().digest().equals(now.current().digest())
        && (next == null ? "" : next.digest()).equals(before == null ? "" : before.digest())) {
      return false;
    }
    warm(read);
    inForce = new InForce(read);
    differences.clear();
    return true;
  }

  /// A number that changes with the files: with their names, lengths and times of writing.
  long trace() {
    return PolicyFile.trace(settings);
  }

  @Override
  public DecisionPoint now() {
    return inForce;
  }

  /// The policies that are in force at one time, by which who began with them goes on.
  private final class InForce implements DecisionPoint {
    private final Generation generation;

    InForce(Generation generation) {
      this.generation = generation;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Answer decide(Question question) {
      return CedarPoint.this.decide(generation, question);
    }

    @Override
    public List<Answer> decide(List<Question> questions) {
      return CedarPoint.this.decide(generation, questions);
    }
  }

  @Override
  public Answer decide(Question question) {
    return decide(inForce.generation, question);
  }

  @Override
  public List<Answer> decide(List<Question> questions) {
    return decide(inForce.generation, questions);
  }

  private Answer decide(Generation now, Question question) {
    Pending pending = pending(now, question);
    Answer known = pending.known();
    return counted(question, known == null ? computed(now, List.of(pending)).getFirst() : known);
  }

  private List<Answer> decide(Generation now, List<Question> questions) {
    List<Pending> all = new ArrayList<>(questions.size());
    List<Pending> open = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      Pending pending = pending(now, questions.get(i));
      all.add(pending);
      if (pending.known() == null) {
        open.add(pending);
      }
    }
    List<Answer> computed = open.isEmpty() ? List.of() : computed(now, open);
    List<Answer> answers = new ArrayList<>(all.size());
    int next = 0;
    for (int i = 0; i < all.size(); i++) {
      Answer known = all.get(i).known();
      answers.add(counted(questions.get(i), known == null ? computed.get(next++) : known));
    }
    return answers;
  }

  /// A question on its way to an answer.
  ///
  /// @param key by which the answer is kept; null where it holds for this moment only
  private record Pending(
      Question question, Ancestry above, @Nullable AnswerKey key, @Nullable Answer known) {}

  private Pending pending(Generation now, Question question) {
    String api = question.environment().api();
    Ancestry above =
        Ancestry.of(api, question.resource(), now.names().of(api).contract().types(), relations);
    if (!above.whole()) {
      return new Pending(
          question, above, null, failed(now, "the object lies below more than can be followed"));
    }
    AnswerKey key = AnswerKey.of(question, above, now.uses());
    return new Pending(question, above, key, key == null ? null : now.answers().get(key));
  }

  private List<Answer> computed(Generation now, List<Pending> open) {
    if (!Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    Future<List<Answer>> computing;
    try {
      computing = pool.submit(() -> answers(now, open));
    } catch (RejectedExecutionException full) {
      return failed(now, open, "too many decisions wait");
    }
    try {
      return computing.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      computing.cancel(true);
      return failed(now, open, "the decision took too long");
    } catch (ExecutionException broken) {
      return failed(now, open, "the engine failed");
    } catch (InterruptedException stopped) {
      computing.cancel(true);
      Thread.currentThread().interrupt();
      return failed(now, open, "the gate is stopping");
    }
  }

  private static List<Answer> answers(Generation now, List<Pending> open) {
    List<Answer> answers = new ArrayList<>(open.size());
    for (Pending pending : open) {
      if (Thread.currentThread().isInterrupted()) {
        return failed(now, open, "nobody waits any more");
      }
      Answer answer = now.decide(pending.question(), pending.above());
      AnswerKey key = pending.key();
      if (key != null && !(answer instanceof Answer.Failed)) {
        now.answers().keep(key, answer);
      }
      answers.add(answer);
    }
    return answers;
  }

  private static List<Answer> failed(Generation now, List<Pending> open, String why) {
    List<Answer> answers = new ArrayList<>(open.size());
    for (int i = 0; i < open.size(); i++) {
      answers.add(failed(now, why));
    }
    return answers;
  }

  private static Answer failed(Generation now, String why) {
    return new Answer.Failed(new Grounds(NAME, now.current().digest(), List.of()), why);
  }

  /// The first call of the engine costs seconds, and the first hundred are slow.
  private void warm(Generation loaded) {
    List<Samples.Sample> samples = new ArrayList<>();
    Map<Object, Boolean> sets = new HashMap<>();
    for (Names.OfApi api : loaded.names().all()) {
      for (Operation operation : api.contract().operations()) {
        Object set = loaded.current().slices().of(operation.id().api(), operation.id().name());
        if (sets.put(set, true) == null) {
          samples.addAll(Samples.of(loaded.names(), api, operation, settings));
        }
      }
    }
    for (int i = 0; i < WARM && !samples.isEmpty(); i++) {
      var unused = loaded.decide(samples.get(i % samples.size()).question(), Ancestry.NONE);
    }
  }
}
