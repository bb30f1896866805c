package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.contract.FlowStep.Holder;
import dev.gatewarden.core.contract.FlowStep.Once;
import dev.gatewarden.core.contract.FlowStep.Whose;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowsTest {

  /// A shop in which one looks, fills a cart and pays; each says what it is given.
  private static Contracts shop(String view, String cart, String pay) {
    return shop("[{bearer: []}]", view, cart, pay);
  }

  private static Contracts shop(String security, String view, String cart, String pay) {
    return Contracts.paths(
        """
        paths:
          /products:
            get:
              operationId: view
              security: SECURITY
              x-gatewarden-flow: %s
              x-gatewarden-object: {none: a test}
              responses: {'204': {description: x}}
          /carts/{cart}:
            put:
              operationId: fill
              security: SECURITY
              x-gatewarden-flow: %s
              x-gatewarden-object: {none: a test}
              parameters: [{name: cart, in: path, required: true, schema: {type: string}}]
              responses: {'200': {description: x, content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}}
          /payments:
            post:
              operationId: pay
              security: SECURITY
              x-gatewarden-flow: %s
              x-gatewarden-object: {none: a test}
              requestBody: {content: {application/json: {schema: {type: object, properties: {cart: {type: string}, lines: {type: array}}}}}}
              responses: {'204': {description: x}}
        components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}
        """
            .formatted(view, cart, pay)
            .replace("SECURITY", security));
  }

  private static Flows.Seat seat(Contracts contracts, String operation) {
    Contract contract = contracts.read();
    Operation found = contract.operation(operation);
    if (found == null) {
      throw new AssertionError(operation);
    }
    return Flows.of(contract).at(found).getFirst();
  }

  private static void refused(Contracts contracts, String... parts) {
    assertThat(contracts.problems()).singleElement().asString().contains(parts);
  }

  @Test
  void two_lines_make_a_sane_flow() {
    Contracts shop = shop("shop.view", "purchase.cart", "purchase.pay");

    Flows.Seat pay = seat(shop, "pay");
    assertThat(pay.step().after()).containsExactly("cart");
    assertThat(pay.step().within()).isEqualTo(Duration.ofHours(1));
    assertThat(pay.step().once()).isEqualTo(new Once.Run());
    assertThat(pay.step().most().get(Whose.CALLER)).hasToString("20/1d");
    assertThat(pay.holder()).isEqualTo(new Holder.Caller());
    assertThat(pay.keeps()).isZero();
    assertThat(pay.lasts()).isEqualTo(Duration.ofHours(1));
    // nobody has to look where the contract has no such step
    Flows.Seat cart = seat(shop, "fill");
    assertThat(cart.step().after()).isEmpty();
    assertThat(cart.keeps()).isEqualTo(Duration.ofHours(1));
    assertThat(seat(shop("purchase.view", "purchase.cart", "purchase.pay"), "fill").step().after())
        .containsExactly("view");
  }

  @Test
  void what_is_said_holds_in_place_of_the_presets() {
    Contracts shop =
        shop(
            "shop.view",
            "{step: purchase.cart, same: {cart: path.cart}}",
            "{step: purchase.pay, same: {cart: body#/cart}, once: cart, pace: 2s, within: 10m,"
                + " most: {source: 3/1h}, failed: none, different: {cart: {everybody: 9/1d}},"
                + " block: 1h, step-up: {acr: mfa}}");

    FlowStep pay = seat(shop, "pay").step();
    assertThat(pay.once()).isEqualTo(new Once.Each("cart"));
    assertThat(pay.pace()).isEqualTo(Duration.ofSeconds(2));
    assertThat(pay.most()).containsOnlyKeys(Whose.SOURCE);
    assertThat(pay.failed()).isEmpty();
    assertThat(pay.different().get("cart")).containsOnlyKeys(Whose.EVERYBODY);
    assertThat(pay.block()).isEqualTo(Duration.ofHours(1));
    assertThat(pay.summary())
        .isEqualTo(
            "purchase.pay after cart within 10m, same cart, once for each cart, not sooner than 2s,"
                + " bounded");
    assertThat(seat(shop, "pay").topic()).containsExactly("cart");
  }

  @Test
  void a_flow_that_goes_by_what_it_is_about_needs_that_at_each_step() {
    Contracts reset = shop("[]", "shop.view", "password-reset.ask", "password-reset.confirm");
    // nothing tells one reset from another: what is left is the volume by source
    assertThat(seat(reset, "pay").step().after()).isEmpty();
    assertThat(seat(reset, "pay").step().failed()).doesNotContainKey(Whose.OBJECT);
    Contracts told =
        shop(
            "[]",
            "shop.view",
            "{step: password-reset.ask, by: object, same: {account: path.cart}}",
            "{step: password-reset.confirm, same: {account: body#/cart}}");
    assertThat(seat(told, "pay").step().after()).containsExactly("ask");
    assertThat(seat(told, "pay").holder()).isEqualTo(new Holder.Topic());
    refused(
        shop("[]", "shop.view", "{step: own.a, by: object}", "{step: own.b, after: a}"),
        "goes by what it is about",
        "same:");
  }

  @Test
  void refuses_steps_that_nobody_can_reach() {
    refused(
        shop("shop.view", "{step: own.a}", "{step: own.b, after: c}"),
        "shop.yaml:24:26",
        "comes after `c`, which no operation is");
    assertThat(shop("shop.view", "{step: own.a, after: b}", "{step: own.b, after: a}").problems())
        .hasSize(2)
        .allMatch(each -> each.contains("nobody can reach"));
    refused(shop("shop.view", "own.a", "{step: own.b, after: b}"), "nobody can reach `own.b`");
    refused(
        shop("shop.view", "own.a", "{step: own.b, after: a, within: 5s, pace: 5s}"),
        "not sooner than `5s` and not later than `5s`");
  }

  @Test
  void refuses_what_cannot_be_compared_in_time() {
    refused(
        shop("shop.view", "own.a", "{step: own.b, after: a, same: {cart: body#/cart}}"),
        "is compared with nothing");
    refused(
        shop(
            "{step: own.a, same: {cart: response.header.X}}",
            "{step: own.a, same: {cart: path.cart}}",
            "{step: own.b, after: a, same: {cart: body#/cart}}"),
        "X");
    refused(
        shop(
            "shop.view",
            "{step: own.b, after: a, same: {cart: response.body#/id}}",
            "{step: own.a, same: {cart: body#/cart}}"),
        "known when the service has answered");
    assertThat(
            shop(
                    "shop.view",
                    "{step: own.a, same: {cart: response.body#/id}}",
                    "{step: own.b, after: a, same: {cart: body#/cart}}")
                .problems())
        .isEmpty();
    refused(
        shop(
            "own.a",
            "{step: own.a, same: {cart: path.cart}}",
            "{step: own.b, after: a, same: {cart: body#/cart}}"),
        "`view` does not say its `cart`, by which `b` knows it");
  }

  @Test
  void refuses_to_go_by_callers_where_anybody_may_call() {
    assertThat(shop("[]", "shop.view", "own.a", "{step: own.b, after: a}").problems())
        .hasSize(2)
        .allMatch(each -> each.contains("lets callers in who prove nothing"))
        .allMatch(each -> each.contains("by: cookie.sid"));
    assertThat(
            shop("[]", "shop.view", "{step: own.a, by: source}", "{step: own.b, after: a}")
                .problems())
        .isEmpty();
    refused(
        shop("shop.view", "{step: own.a, by: source}", "{step: own.b, after: a, by: caller}"),
        "goes by `source` at another step, and here by `caller`");
  }

  @Test
  void refuses_words_that_say_nothing_or_mean_nobody() {
    for (String[] each :
        new String[][] {
          {"true", "a name or a map"},
          {"[]", "names no step"},
          {"buy", "names no step"},
          {"Purchase.pay", "names no step"},
          {"purchase.pays", "did you mean `pay`?"},
          {"{after: a}", "which `step`"},
          {"{step: own.b, afther: a}", "did you mean `after`?"},
          {"{step: own.b, by: anyone}", "tells nobody"},
          {"{step: own.b, most: many}", "is no rate"},
          {"{step: own.b, most: {user: 5/1d}}", "`user` is not known here"},
          {"{step: own.b, most: {caller: 5/100d}}", "at most for `30d`"},
          {"{step: own.b, most: 5/1d, block: soon}", "no length of time"},
          {"{step: own.b, most: 5/1d, block: 40d}", "between"},
          {"{step: own.b, most: 5/1d, same: {cart: 'body#/lines/*'}}", "one value is wanted"},
          {"{step: own.b, most: 5/1d, same: {cart: principal.subject}}", "what `by` says"},
          {"{step: own.b, most: 5/1d, same: {cart: body#/card}}", "no `card`"},
          {"{step: own.b, once: cart}", "`once` should be"},
          {"{step: own.b, once: true, most: 5/1d}", "there are none"},
          {"{step: own.b, different: {code: 5/1d}}", "is not among"},
          {"{step: own.b, most: {object: 5/1d}}", "does not say what it is about"},
          {"{step: own.b, step-up: {acr: mfa}, after: a}", "for who spent a limit"},
          {"[{step: own.b, after: a}, {step: own.b, after: a}]", "already a step"},
        }) {
      assertThat(shop("shop.view", "own.a", each[0]).problems())
          .as(each[0])
          .isNotEmpty()
          .anyMatch(problem -> problem.contains(each[1]));
    }
  }

  @Test
  void belongs_in_operations_alone() {
    assertThat(
            Contracts.paths(
                    """
                    x-gatewarden-flow: own.a
                    paths: {/a: {get: {operationId: a, responses: {'204': {description: x}}}}}
                    """)
                .problems())
        .singleElement()
        .asString()
        .contains("belongs in an operation");
  }

  @Test
  void may_be_laid_over_a_contract_and_warns_where_it_guards_nothing() {
    Contracts laid =
        Contracts.paths(
                """
                paths: {/a: {get: {operationId: a, responses: {'204': {description: x}}}}}
                """)
            .file(
                "flow.overlay.yaml",
                """
                overlay: 1.0.0
                info: {title: x, version: 1}
                actions:
                - target: $.paths['/a'].get
                  update: {x-gatewarden-flow: {step: own.a, by: source}}
                """);
    assertThat(seat(laid, "a").holder()).isEqualTo(new Holder.Source());
    assertThat(laid.warnings()).anyMatch(each -> each.contains("`own.a` guards nothing"));
    assertThat(List.copyOf(laid.problems())).isEmpty();
  }
}
