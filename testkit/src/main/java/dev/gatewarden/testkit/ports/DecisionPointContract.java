package dev.gatewarden.testkit.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.contract.Access;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.PrincipalPart;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.DecisionPoint;
import dev.gatewarden.core.policy.DecisionPoint.Answer;
import dev.gatewarden.core.policy.Question;
import dev.gatewarden.core.policy.Question.Resource;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every adapter of `DecisionPoint` keeps. Each writes, in its own language, the policies that
/// `point()` speaks of.
public abstract class DecisionPointContract {
  /// An order with owner, tenant and an account above it.
  protected static final ObjectType ORDER =
      new ObjectType(
          "order",
          new ObjectType.Id(at("/id"), ObjectType.Form.STRING),
          new ObjectType.Fact(at("/customerId"), new PrincipalPart.Subject()),
          new ObjectType.Fact(at("/tenantId"), new PrincipalPart.Tenant()),
          Map.of("account", at("/accountId")),
          Map.of(),
          Access.OWNER,
          List.of(ObjectType.KnownBy.RELATION),
          null,
          ObjectType.Unknown.DENY,
          false,
          null,
          new Place(new Place.Origin(URI.create("test:order"), "order"), 1, 1, Place.Path.ROOT));

  private static final ZoneId BERLIN = Objects.requireNonNull(ZoneId.of("Europe/Berlin"));
  private static final Instant MORNING = Instant.parse("2026-07-01T07:30:00Z");

  /// A point with these policies for the API `shop`:
  ///
  /// - role `reader` may `getOrder` on every order;
  /// - whoever owns an order may `updateOrder` on it;
  /// - whoever has the scope `orders:read` may `listOrders` on the API;
  /// - nobody of the tenant `suspended` may do anything, whatever else permits it.
  protected abstract DecisionPoint point();

  /// What the adapter does for each question before it is asked, on a thread that may wait.
  protected Answer ask(DecisionPoint point, Question question) {
    return point.decide(question);
  }

  @Test
  void permits_what_a_policy_permits() {
    assertThat(ask(point(), question(user("sam", "t1", "reader"), "getOrder", order("alice"))))
        .isInstanceOf(Answer.Permit.class);
  }

  @Test
  void forbids_what_no_policy_speaks_of() {
    DecisionPoint point = point();

    assertThat(ask(point, question(user("sam", "t1", "reader"), "deleteOrder", order("alice"))))
        .isInstanceOf(Answer.Forbid.class);
    assertThat(ask(point, question(user("sam", "t1"), "getOrder", order("alice"))))
        .isInstanceOf(Answer.Forbid.class);
    assertThat(ask(point, question(Principal.NOBODY, "getOrder", order("alice"))))
        .isInstanceOf(Answer.Forbid.class);
  }

  @Test
  void knows_whose_an_object_is() {
    DecisionPoint point = point();

    assertThat(ask(point, question(user("alice", "t1"), "updateOrder", order("alice"))))
        .isInstanceOf(Answer.Permit.class);
    assertThat(ask(point, question(user("bob", "t1"), "updateOrder", order("alice"))))
        .isInstanceOf(Answer.Forbid.class);
  }

  @Test
  void permits_nothing_on_an_object_of_nobody_knows_whom() {
    DecisionPoint point = point();
    Resource nobodys =
        new Resource.Thing(
            ORDER,
            "o1",
            new ObjectFacts(Fact.of("o1"), Fact.MISSING, Fact.MISSING, Map.of(), 0, 0));
    Resource odd =
        new Resource.Thing(
            ORDER, "o1", new ObjectFacts(Fact.of("o1"), Fact.ODD, Fact.ODD, Map.of(), 0, 0));

    assertThat(ask(point, question(user("alice", "t1"), "updateOrder", nobodys)))
        .isNotInstanceOf(Answer.Permit.class);
    assertThat(ask(point, question(user("alice", "t1"), "updateOrder", odd)))
        .isNotInstanceOf(Answer.Permit.class);
  }

  @Test
  void is_asked_about_the_api_where_there_is_no_object() {
    DecisionPoint point = point();
    Resource shop = new Resource.Api("shop");

    assertThat(ask(point, question(scoped("orders:read"), "listOrders", shop)))
        .isInstanceOf(Answer.Permit.class);
    assertThat(ask(point, question(scoped("orders:write"), "listOrders", shop)))
        .isInstanceOf(Answer.Forbid.class);
  }

  @Test
  void lets_what_forbids_win() {
    assertThat(
            ask(point(), question(user("sam", "suspended", "reader"), "getOrder", order("alice"))))
        .isInstanceOf(Answer.Forbid.class);
  }

  @Test
  void answers_several_questions_as_if_each_were_asked_alone() {
    DecisionPoint point = point();
    List<Question> questions =
        List.of(
            question(user("sam", "t1", "reader"), "getOrder", order("alice")),
            question(user("sam", "t1"), "getOrder", order("alice")),
            question(user("alice", "t1"), "updateOrder", order("alice")),
            question(user("bob", "t1"), "updateOrder", order("alice")));
    List<Answer> alone = new ArrayList<>();
    for (Question question : questions) {
      alone.add(ask(point, question));
    }

    assertThat(point.decide(questions)).isEqualTo(alone);
    assertThat(point.decide(List.<Question>of())).isEmpty();
  }

  @Test
  void says_the_same_again() {
    DecisionPoint point = point();
    Question question = question(user("sam", "t1", "reader"), "getOrder", order("alice"));

    assertThat(ask(point, question)).isEqualTo(ask(point, question));
  }

  @Test
  void tells_callers_and_objects_of_like_names_apart() {
    DecisionPoint point = point();
    ask(point, question(user("alice", "t1"), "updateOrder", order("alice")));

    assertThat(ask(point, question(user("alice ", "t1"), "updateOrder", order("alice"))))
        .isInstanceOf(Answer.Forbid.class);
    assertThat(ask(point, question(user("Alice", "t1"), "updateOrder", order("alice"))))
        .isInstanceOf(Answer.Forbid.class);
    assertThat(ask(point, question(user("a\"] || true", "t1"), "updateOrder", order("alice"))))
        .isInstanceOf(Answer.Forbid.class);
    assertThat(ask(point, question(user("bob", "t1"), "updateOrder", order("alice"))))
        .isInstanceOf(Answer.Forbid.class);
  }

  @Test
  void names_itself_in_what_it_answers() {
    DecisionPoint point = point();
    Answer answer = ask(point, question(user("sam", "t1", "reader"), "getOrder", order("alice")));

    assertThat(answer.grounds().point()).isEqualTo(point.name());
  }

  private static PointerPattern at(String pointer) {
    return Objects.requireNonNull(PointerPattern.parse(pointer));
  }

  /// A user of the issuer `corp`.
  protected static Principal user(String subject, String tenant, String... roles) {
    return new Principal(
        "corp", subject, tenant, "web", Set.of(), Set.of(roles), Map.of(), List.of());
  }

  private static Principal scoped(String scope) {
    return new Principal(
        "corp", "alice", "t1", "web", Set.of(scope), Set.of(), Map.of(), List.of());
  }

  /// The order `o1` of somebody in the tenant `t1`, below the account `a1`.
  protected static Resource order(String owner) {
    return new Resource.Thing(
        ORDER,
        "o1",
        new ObjectFacts(
            Fact.of("o1"), Fact.of(owner), Fact.of("t1"), Map.of("account", Fact.of("a1")), 0, 0));
  }

  /// A question of a morning in Berlin.
  protected static Question question(Principal caller, String action, Resource resource) {
    Ip source = Objects.requireNonNull(Ip.parse("192.0.2.1"));
    return new Question(
        caller,
        action,
        resource,
        new Question.Environment("shop", "GET", MORNING, BERLIN, source, true));
  }
}
