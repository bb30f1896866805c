package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContractReaderTest {
  private static final String SHOP =
      """
      openapi: 3.1.0
      info: {title: Shop, version: 1.2.0}
      servers: [{url: 'https://{region}.example.com/v1/', variables: {region: {default: eu}}}]
      security: [{bearer: [read]}, {key: []}]
      x-gatewarden-owner: team-shop
      paths:
        /orders/{orderId}:
          x-gatewarden-lifecycle: deprecated
          parameters:
            - {name: orderId, in: path, required: true, schema: {type: string}}
            - {$ref: '#/components/parameters/Trace'}
            - {name: fields, in: query, schema: {type: string}}
          get:
            operationId: getOrder
            x-gatewarden-object: {none: an order is public here}
            parameters:
              - {name: fields, in: query, explode: false, schema: {type: array, items: {type: string}}}
            responses:
              200: {$ref: '#/components/responses/Order'}
              4xx: {description: yours}
              default: {description: ours}
          delete:
            security: []
            x-gatewarden-owner: team-delete
            x-gatewarden-object: {none: an order is public here}
            responses: {'204': {description: gone}}
        /pay:
          post:
            operationId: pay
            security: [{}, {oauth: [pay]}]
            requestBody:
              required: true
              content:
                Application/JSON; charset=utf-8: {schema: {$ref: 'types.yaml#/Pay'}}
                text/*: {schema: {type: string}}
            responses: {'202': {description: taken}}
            callbacks:
              paid:
                '{$request.body#/url}':
                  post: {requestBody: {content: {application/json: {schema: {}}}}, responses: {'200': {description: x}}}
      webhooks:
        settled:
          post: {responses: {'200': {description: x}}}
      components:
        parameters:
          Trace: {name: X-Trace, in: header, schema: {type: string}}
        responses:
          Order:
            description: an order
            headers: {ETag: {required: true, schema: {type: string}}, Content-Type: {schema: {}}}
            content: {application/json: {schema: {type: object}}}
        securitySchemes:
          bearer: {type: http, scheme: Bearer, bearerFormat: JWT}
          key: {type: apiKey, in: header, name: X-Key}
          oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: /token, scopes: {pay: Pay}}}}
      """;

  private final Contract contract =
      Contracts.of(SHOP).file("types.yaml", "Pay: {type: object}").read();

  private Operation operation(String name) {
    Operation operation = contract.operation(name);
    assertThat(operation).isNotNull();
    return operation;
  }

  @Test
  void reads_what_the_api_says_of_itself() {
    assertThat(contract.title()).isEqualTo("Shop");
    assertThat(contract.version()).isEqualTo("1.2.0");
    assertThat(contract.dialect()).isEqualTo(Dialect.OPENAPI_3_1);
    assertThat(contract.servers())
        .singleElement()
        .satisfies(
            server -> {
              assertThat(server.host()).isEqualTo("eu.example.com");
              assertThat(server.basePath()).isEqualTo("/v1");
            });
    assertThat(contract.schemes().get("bearer").kind())
        .isEqualTo(new SecurityScheme.Http("bearer", "JWT"));
    assertThat(contract.schemes().get("key").kind())
        .isEqualTo(new SecurityScheme.ApiKey(Parameter.In.HEADER, "X-Key"));
  }

  @Test
  void names_operations_and_numbers_them() {
    assertThat(contract.operations())
        .extracting(each -> each.index() + " " + each.id())
        .containsExactly("0 shop.getOrder", "1 shop.delete /orders/{orderId}", "2 shop.pay");
    assertThat(operation("getOrder").place()).hasToString("shop.yaml:13:5");
  }

  @Test
  void merges_the_parameters_of_path_and_operation() {
    Operation get = operation("getOrder");

    assertThat(get.parameters())
        .extracting(Parameter::name)
        .containsExactly("orderId", "X-Trace", "fields");
    Parameter fields = get.parameter(Parameter.In.QUERY, "fields");
    assertThat(fields).isNotNull();
    assertThat(fields.explode()).isFalse();
    assertThat(fields.style()).isEqualTo(Parameter.Style.FORM);
    assertThat(get.parameter(Parameter.In.HEADER, "x-trace")).isNotNull();
    assertThat(operation("delete /orders/{orderId}").parameter(Parameter.In.QUERY, "fields"))
        .satisfies(each -> assertThat(each.explode()).isTrue());
  }

  @Test
  void reads_responses_by_status_class_and_default() {
    Responses responses = operation("getOrder").responses();

    assertThat(responses.of(200))
        .satisfies(
            each -> {
              assertThat(each.headers()).extracting(Parameter::name).containsExactly("ETag");
              assertThat(each.content().of("application/json; charset=utf-8")).isNotNull();
              assertThat(each.content().of("text/html")).isNull();
            });
    assertThat(responses.of(404).status()).isEqualTo("4XX");
    assertThat(responses.of(500).status()).isEqualTo("default");
    assertThat(operation("pay").responses().of(500)).isNull();
  }

  @Test
  void reads_bodies_by_media_type() {
    RequestBody body = operation("pay").body();

    assertThat(body).isNotNull();
    assertThat(body.required()).isTrue();
    assertThat(body.content().types().keySet()).containsExactly("application/json", "text/*");
    assertThat(body.content().of("TEXT/plain").range()).isEqualTo("text/*");
  }

  @Test
  void knows_who_may_call() {
    assertThat(operation("getOrder").security().alternatives())
        .containsExactly(
            new Security.Alternative(List.of(new Security.Need("bearer", List.of("read")))),
            new Security.Alternative(List.of(new Security.Need("key", List.of()))));
    assertThat(operation("getOrder").security().isPublic()).isFalse();
    assertThat(operation("delete /orders/{orderId}").security().isPublic()).isTrue();
    assertThat(operation("pay").security().isPublic()).isFalse();
    assertThat(operation("pay").security().admitsAnonymous()).isTrue();
  }

  @Test
  void tells_an_api_that_says_nothing_of_security_from_a_public_one() {
    Contract silent =
        Contracts.of(
                "openapi: 3.0.3\ninfo: {title: a, version: b}\npaths: {/a: {get: {responses: {}}}}")
            .read();

    Security security = silent.operations().getFirst().security();
    assertThat(security.stated()).isFalse();
    assertThat(security.isPublic()).isFalse();
    assertThat(security.admitsAnonymous()).isFalse();
    assertThat(silent.dialect()).isEqualTo(Dialect.OPENAPI_3_0);
  }

  @Test
  void hands_words_down_from_contract_to_path_to_operation() {
    assertThat(operation("getOrder").extensions().words().keySet())
        .containsExactlyInAnyOrder("owner", "lifecycle");
    assertThat(Nodes.text(operation("getOrder").extensions().get("owner"))).isEqualTo("team-shop");
    assertThat(Nodes.text(operation("delete /orders/{orderId}").extensions().get("owner")))
        .isEqualTo("team-delete");
  }

  @Test
  void keeps_the_calls_the_api_makes_itself() {
    assertThat(contract.outbound())
        .extracting(each -> each.name() + " " + each.method() + " " + each.because())
        .containsExactly("paid {$request.body#/url} POST shop.pay", "settled POST null");
  }

  @Test
  void warns_of_what_is_odd() {
    assertThat(contract.warnings())
        .extracting(Object::toString)
        .containsExactly("shop.yaml:20:9: the status class is written `4XX`");
  }
}
