package dev.gatewarden.bench;

import com.sun.management.ThreadMXBean;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.Question;
import dev.gatewarden.core.policy.Question.Resource;
import dev.gatewarden.gateway.decisionpoint.cedar.CedarPoint;
import dev.gatewarden.gateway.decisionpoint.cedar.CedarSettings;
import dev.gatewarden.gateway.state.LocalRelations;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// What a decision of the embedded policies costs the processor: known, and new with its shares.
final class PolicyCosts {
  private static final int KNOWN = 200_000;
  private static final int NEW = 1_500;
  private static final int ROUNDS = 5;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private PolicyCosts() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("µs of CPU a decision, median of " + ROUNDS + " rounds");
    System.out.printf("%-34s %8s %8s%n", "", "known", "new");
    row("3 policies", 0, 0);
    row("3, and 100 for other operations", 100, 0);
    row("3, and 100 for this one", 0, 100);
    System.out.println();
    System.out.println("shares of a new one, by Cedar's library alone");
    new EngineShares().print();
  }

  private static void row(String name, int others, int here) throws IOException {
    Path folder = Files.createTempDirectory("policies");
    Files.writeString(folder.resolve("shop.cedar"), policies(others, here));
    Path file = Path.of("examples/shop/shop.yaml").toAbsolutePath();
    Contract contract =
        new ContractReader(address -> Files.readAllBytes(Path.of(address)), Bounds.DEFAULT)
            .read(
                new ContractFiles("shop", new Place.Origin(file.toUri(), "shop.yaml")), _ -> false);
    Thread[] judge = new Thread[1];
    try (ExecutorService pool =
        Executors.newSingleThreadExecutor(
            work -> judge[0] = Thread.ofPlatform().daemon().unstarted(work))) {
      CedarPoint point =
          CedarPoint.load(settings(folder), List.of(contract), new LocalRelations(10), pool);
      Question same = question(contract, 0);
      asks(point, List.of(same));
      double known = median(() -> point.decide(same), Thread.currentThread(), KNOWN);
      double[] rounds = new double[ROUNDS];
      int next = 1;
      for (int round = -2; round < ROUNDS; round++) {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < NEW; i++) {
          questions.add(question(contract, next++));
        }
        long before = THREADS.getThreadCpuTime(judge[0].threadId());
        asks(point, questions);
        if (round >= 0) {
          rounds[round] = (THREADS.getThreadCpuTime(judge[0].threadId()) - before) / 1000.0 / NEW;
        }
      }
      Arrays.sort(rounds);
      System.out.printf("%-34s %8.2f %8.1f%n", name, known, rounds[ROUNDS / 2]);
    }
  }

  private static void asks(CedarPoint point, List<Question> questions) {
    try {
      Thread.ofVirtual().start(() -> questions.forEach(point::decide)).join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// The median of what a piece costs a thread.
  static double median(Runnable piece, Thread thread, int calls) {
    for (int i = 0; i < calls; i++) {
      piece.run();
    }
    double[] rounds = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getThreadCpuTime(thread.threadId());
      for (int i = 0; i < calls; i++) {
        piece.run();
      }
      rounds[round] = (THREADS.getThreadCpuTime(thread.threadId()) - before) / 1000.0 / calls;
    }
    Arrays.sort(rounds);
    return rounds[ROUNDS / 2];
  }

  private static String policies(int others, int here) {
    StringBuilder text =
        new StringBuilder(
            """
            permit (principal in Role::"reader", action == shop::Action::"getOrder", resource);
            permit (principal is User, action == shop::Action::"getOrder", resource)
            when { resource has owner && resource.owner == principal.subject && context.local.hour >= 8 };
            forbid (principal, action, resource)
            unless { context.source.isInRange(ip("10.0.0.0/8")) };
            """);
    for (int i = 0; i < others + here; i++) {
      String action = i < others ? "listOrders" : "getOrder";
      text.append("permit (principal in Role::\"role-")
          .append(i)
          .append("\", action == shop::Action::\"")
          .append(action)
          .append("\", resource) when { principal is User && principal has tenant };\n");
    }
    return text.toString();
  }

  private static CedarSettings settings(Path folder) {
    return new CedarSettings(
        folder,
        new Place(new Place.Origin(folder.toUri(), "bench"), 1, 1, Place.Path.ROOT),
        List.of("*.cedar"),
        List.of(),
        null,
        null,
        List.of(),
        Map.of(),
        List.of());
  }

  private static Question question(Contract contract, int number) {
    ObjectType order = Objects.requireNonNull(contract.types().get("order"));
    Principal caller =
        new Principal(
            "corp",
            "alice",
            "north",
            "web",
            Set.of("orders:read", "orders:write"),
            Set.of("reader"),
            Map.of(),
            List.of());
    ObjectFacts facts =
        new ObjectFacts(Fact.of("o1"), Fact.of("alice"), Fact.of("north"), Map.of(), 0, 0);
    return new Question(
        caller,
        "getOrder",
        new Resource.Thing(order, "o" + number, facts),
        new Question.Environment(
            "shop",
            "GET",
            Instant.parse("2026-07-01T09:30:00Z"),
            ZoneId.of("Europe/Berlin"),
            Objects.requireNonNull(Ip.parse("10.1.2.3")),
            true));
  }
}
