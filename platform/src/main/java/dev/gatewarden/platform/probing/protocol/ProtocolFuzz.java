package dev.gatewarden.platform.probing.protocol;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Scene;
import dev.gatewarden.platform.probing.Found;
import dev.gatewarden.platform.probing.Report;
import dev.gatewarden.platform.probing.protocol.Seen.Wrong;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A run of requests made from a schema, half of them right and half with one thing wrong; what
/// shows a fault is made as small as it can be while it still shows it.
///
/// The same seed sends the same requests.
public final class ProtocolFuzz {
  /// Requests for an operation that only make cases smaller.
  private static final int SHRINKING = 120;

  private final Protocol protocol;
  private final List<Identity> identities;
  private final Attack attack;
  private final int cases;
  private final long seed;
  private final List<ProtocolCase> corpus;
  private final @Nullable String only;
  private final Map<String, ProtocolCase> failing = new LinkedHashMap<>();
  private final List<Found> found = new ArrayList<>();
  private final List<Report.Untested> untested = new ArrayList<>();
  private final List<String> withstood = new ArrayList<>();

  /// @param attack the name under which faults are told
  /// @param cases how many requests are made for each operation, beside those of the corpus
  /// @param corpus requests that showed something before; they come first
  /// @param only the id of the one finding that is to be shown again; null for everything
  public ProtocolFuzz(
      Protocol protocol,
      List<Identity> identities,
      Attack attack,
      int cases,
      long seed,
      List<ProtocolCase> corpus,
      @Nullable String only) {
    this.protocol = protocol;
    this.identities = List.copyOf(identities);
    this.attack = attack;
    this.cases = only == null ? cases : 0;
    this.seed = seed;
    this.corpus = List.copyOf(corpus);
    this.only = only;
  }

  /// The corpus of the next run: what this one had, and what it found.
  public List<ProtocolCase> corpus() {
    Map<String, ProtocolCase> all = new LinkedHashMap<>();
    corpus.forEach(each -> all.put(each.finding(), each));
    all.putAll(failing);
    return List.copyOf(all.values());
  }

  /// @param operations those that may be called
  public Report run(List<Operation> operations) {
    try {
      for (Operation operation : operations) {
        if (isWanted(operation)) {
          String why = protocol.unsent(operation);
          if (why != null) {
            untested(operation, why);
          } else {
            new Round(operation).run();
          }
        }
      }
    } catch (Scene.Spent spent) {
      untested.add(new Report.Untested("", protocol.spent(), probes()));
    }
    return new Report(
        found, untested, Map.of(attack.id(), withstood), List.of(), protocol.attempts(), 0);
  }

  private List<String> probes() {
    return List.of(attack.id());
  }

  private void untested(Operation operation, String why) {
    untested.add(new Report.Untested(operation.id().name(), why, probes()));
  }

  private boolean isWanted(Operation operation) {
    return only == null || kept(operation).stream().findFirst().isPresent();
  }

  /// What the corpus has for an operation.
  private List<ProtocolCase> kept(Operation operation) {
    return corpus.stream()
        .filter(each -> each.operation().equals(operation.id().name()))
        .filter(each -> only == null || each.finding().equals(only))
        .toList();
  }

  /// The requests of one operation.
  private final class Round {
    private final Operation operation;
    private final Random random;
    private final Set<String> told = new HashSet<>();
    private final List<Wrong> known = new ArrayList<>();
    private final Set<String> tried = new HashSet<>();
    private @Nullable Identity as;
    private int shrinking = SHRINKING;

    private Round(Operation operation) {
      this.operation = operation;
      this.random = new Random(seed * 31 + operation.id().name().hashCode());
    }

    private void run() {
      ProtocolCase first = protocol.right(operation, new Random(seed));
      if (first == null) {
        untested(operation, "no request can be made from its schema");
        return;
      }
      as = somebody(first);
      if (as == null) {
        return;
      }
      kept(operation).forEach(this::judge);
      for (int i = 0; i < cases; i++) {
        ProtocolCase made =
            i % 2 == 0 ? protocol.right(operation, random) : protocol.wrong(operation, random);
        if (made != null && tried.add(made.line())) {
          judge(made);
        }
      }
      if (told.isEmpty()) {
        withstood.add(operation.id().name());
      }
    }

    /// Who may call it at all; null where nobody may, which is told.
    private @Nullable Identity somebody(ProtocolCase first) {
      String refusal = "nobody is named who may call it";
      for (Identity each : identities) {
        Seen seen = protocol.send(operation, first, each);
        if (seen.refusal() == null) {
          return each;
        }
        refusal = seen.refusal();
      }
      untested(operation, refusal);
      return null;
    }

    private Seen sent(ProtocolCase made) {
      return protocol.send(operation, made, Objects.requireNonNull(as));
    }

    private void judge(ProtocolCase made) {
      Seen seen = sent(made);
      Wrong wrong = seen.wrong();
      if (wrong == null || told.contains(cause(wrong)) || (made.right() && isKnown(wrong))) {
        return;
      }
      ProtocolCase small = made;
      ProtocolCase less = smaller(small, wrong);
      while (less != null) {
        small = less;
        less = smaller(small, wrong);
      }
      if (small != made) {
        Seen last = sent(small);
        Wrong again = last.wrong();
        seen = again == null ? seen : last;
        small = again == null ? made : small;
        wrong = again == null ? wrong : again;
      }
      if (told.add(cause(wrong))) {
        if (made.right()) {
          known.add(wrong);
        }
        tell(small, seen.attempt(), wrong);
      }
    }

    /// Whether less than this showed the same before; or the same was shown, and no request is left
    /// to tell whether this is another.
    private boolean isKnown(Wrong wrong) {
      Set<String> places = Set.of(wrong.place().split(" ", -1));
      return known.stream()
          .filter(each -> each.kind().equals(wrong.kind()))
          .anyMatch(
              each ->
                  shrinking <= 0
                      || each.place().isEmpty()
                      || places.containsAll(Set.of(each.place().split(" ", -1))));
    }

    private static String cause(Wrong wrong) {
      return wrong.place() + " " + wrong.kind();
    }

    private @Nullable ProtocolCase smaller(ProtocolCase made, Wrong wrong) {
      for (ProtocolCase less : protocol.simpler(operation, made)) {
        if (!tried.add(less.line())) {
          continue;
        }
        if (shrinking-- <= 0) {
          return null;
        }
        Wrong again = sent(less).wrong();
        if (again != null && again.kind().equals(wrong.kind())) {
          return less;
        }
      }
      return null;
    }

    private void tell(ProtocolCase made, int attempt, Wrong wrong) {
      Found fault =
          new Found(
              attack,
              new Fault(
                  operation,
                  cause(wrong),
                  wrong.severity(),
                  Confidence.PROVED,
                  wrong.message(),
                  List.of(attempt)));
      String id = fault.finding(protocol.contract()).id();
      failing.put(id, made.showing(id));
      found.add(fault);
    }
  }
}
