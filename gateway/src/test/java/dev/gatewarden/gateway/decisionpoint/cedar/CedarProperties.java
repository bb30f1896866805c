package dev.gatewarden.gateway.decisionpoint.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.DecisionPoint.Answer;
import dev.gatewarden.core.policy.Question;
import dev.gatewarden.core.policy.Question.Environment;
import dev.gatewarden.core.policy.Question.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// The whole way to Cedar and back — entities, facts, circumstances, slices by operation, kept
/// answers — against a slow evaluator of the same policies.
class CedarProperties {
  private static final ObjectType ORDER =
      Objects.requireNonNull(Policies.contract().types().get("order"));
  private static final Set<String> READS = Set.of("getOrder");

  /// A part of a policy as Cedar writes it, and what it means.
  record Part(String text, Predicate<Question> holds) {}

  record Rule(boolean permits, Part principal, Part action, Part resource, List<Part> when) {
    String text(int number) {
      StringBuilder text =
          new StringBuilder("@id(\"p" + number + "\") " + (permits ? "permit" : "forbid") + " (");
      text.append(principal.text()).append(", ").append(action.text()).append(", ");
      text.append(resource.text()).append(")");
      for (Part part : when) {
        text.append(" when { ").append(part.text()).append(" }");
      }
      return text.append(";\n").toString();
    }

    boolean applies(Question question) {
      boolean head =
          principal.holds().test(question)
              && action.holds().test(question)
              && resource.holds().test(question);
      return head && when.stream().allMatch(part -> part.holds().test(question));
    }
  }

  @Property(tries = 40)
  void answers_as_the_slow_evaluator_does(
      @ForAll("rules") List<Rule> rules, @ForAll("questions") List<Question> questions)
      throws IOException {
    Path folder = Files.createTempDirectory("cedar-properties");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rules.size(); i++) {
      text.append(rules.get(i).text(i));
    }
    CedarPoint point = new Policies(folder, text.toString()).point();

    for (int round = 0; round < 2; round++) {
      for (Question question : questions) {
        Answer answer = Policies.ask(point, question);
        TreeSet<String> permitting = new TreeSet<>();
        TreeSet<String> forbidding = new TreeSet<>();
        for (int i = 0; i < rules.size(); i++) {
          if (rules.get(i).applies(question)) {
            (rules.get(i).permits() ? permitting : forbidding).add("p" + i);
          }
        }
        boolean permitted = forbidding.isEmpty() && !permitting.isEmpty();
        assertThat(answer)
            .as("%s asked %s", text, question)
            .isInstanceOf(permitted ? Answer.Permit.class : Answer.Forbid.class);
        assertThat(answer.grounds().policies())
            .containsExactlyElementsOf(permitted ? permitting : forbidding);
      }
    }
    Files.delete(folder.resolve("shop.cedar"));
    Files.delete(folder);
  }

  @Provide
  Arbitrary<List<Rule>> rules() {
    Arbitrary<Part> principals =
        Arbitraries.of(
            new Part("principal is User", _ -> true),
            new Part(
                "principal is User in Role::\"clerk\"",
                asked -> asked.caller().roles().contains("clerk")),
            new Part(
                "principal == User::\"corp/alice\"",
                asked -> asked.caller().subject().equals("alice")),
            new Part(
                "principal is User in Tenant::\"t1\"",
                asked -> "t1".equals(asked.caller().tenant())));
    Arbitrary<Part> actions =
        Arbitraries.of(
            new Part(
                "action in [" + name("getOrder") + ", " + name("deleteOrder") + "]",
                asked -> Set.of("getOrder", "deleteOrder").contains(asked.action())),
            new Part("action in shop::Action::\"reads\"", asked -> READS.contains(asked.action())),
            new Part(
                "action in shop::Action::\"writes\"", asked -> !READS.contains(asked.action())),
            new Part(
                "action == " + name("updateOrder"), asked -> asked.action().equals("updateOrder")));
    Arbitrary<Part> resources =
        Arbitraries.of(
            new Part("resource is shop::order", _ -> true),
            new Part(
                "resource is shop::order in shop::account::\"a1\"",
                asked -> Fact.of("a1").equals(facts(asked).parents().get("account"))),
            new Part(
                "resource is shop::order in Tenant::\"t1\"",
                asked -> Fact.of("t1").equals(facts(asked).tenant())),
            new Part(
                "resource == shop::order::\"o1\"", asked -> asked.resource().named().equals("o1")));
    Arbitrary<Part> conditions =
        Arbitraries.of(
            new Part(
                "resource has owner && resource.owner == principal.subject",
                asked -> Fact.of(asked.caller().subject()).equals(facts(asked).owner())),
            new Part(
                "principal.scopes.contains(\"orders\")",
                asked -> asked.caller().scopes().contains("orders")),
            new Part(
                "context.local.hour >= 9",
                asked ->
                    asked.environment().at().atZone(asked.environment().zone()).getHour() >= 9),
            new Part(
                "context.source.isInRange(ip(\"10.0.0.0/8\"))",
                asked -> asked.environment().source().toString().startsWith("10.")),
            new Part(
                "context has encrypted && context.encrypted",
                asked -> asked.environment().encrypted()),
            new Part(
                "context.owner",
                asked ->
                    Fact.of(asked.caller().subject()).equals(facts(asked).owner())
                        && Fact.of(String.valueOf(asked.caller().tenant()))
                            .equals(facts(asked).tenant())),
            new Part(
                "resource has account && resource.account == shop::account::\"a2\"",
                asked -> Fact.of("a2").equals(facts(asked).parents().get("account"))));
    return Combinators.combine(
            Arbitraries.of(true, true, false),
            principals,
            actions,
            resources,
            conditions.list().ofMaxSize(2))
        .as(Rule::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<List<Question>> questions() {
    Arbitrary<Principal> callers =
        Combinators.combine(
                Arbitraries.of("alice", "bob"),
                Arbitraries.of("t1", "t2"),
                Arbitraries.of(Set.of("clerk"), Set.<String>of()),
                Arbitraries.of(Set.of("orders"), Set.<String>of()))
            .as(
                (subject, tenant, roles, scopes) ->
                    new Principal(
                        "corp", subject, tenant, null, scopes, roles, Map.of(), List.of()));
    Arbitrary<Resource> orders =
        Combinators.combine(
                Arbitraries.of("o1", "o2"),
                facts("alice", "bob"),
                facts("t1", "t2"),
                facts("a1", "a2"))
            .as(
                (id, owner, tenant, account) ->
                    new Resource.Thing(
                        ORDER,
                        id,
                        new ObjectFacts(
                            Fact.of(id), owner, tenant, Map.of("account", account), 0, 0)));
    Arbitrary<Environment> circumstances =
        Combinators.combine(
                Arbitraries.of("2026-07-01T08:59:30Z", "2026-07-01T09:00:00Z"),
                Arbitraries.of("UTC", "Europe/Berlin"),
                Arbitraries.of("10.1.2.3", "192.0.2.1", "2001:db8::1"),
                Arbitraries.of(true, false))
            .as(
                (at, zone, source, encrypted) ->
                    new Environment(
                        "shop",
                        "GET",
                        Instant.parse(at),
                        Objects.requireNonNull(ZoneId.of(zone)),
                        Objects.requireNonNull(Ip.parse(source)),
                        encrypted));
    return Combinators.combine(
            callers,
            Arbitraries.of("getOrder", "updateOrder", "deleteOrder"),
            orders,
            circumstances)
        .as(Question::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }

  private static Arbitrary<Fact> facts(String... texts) {
    List<Fact> facts = new ArrayList<>(List.of(Fact.MISSING, Fact.ODD));
    for (String text : texts) {
      facts.add(Fact.of(text));
      facts.add(Fact.of(text));
    }
    return Arbitraries.of(facts);
  }

  private static ObjectFacts facts(Question asked) {
    return ((Resource.Thing) asked.resource()).facts();
  }

  private static String name(String action) {
    return "shop::Action::\"" + action + "\"";
  }
}
