package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SwaggerTest {
  private static final String SHOP =
      """
      swagger: '2.0'
      info: {title: Shop, version: 1}
      host: api.example.com
      basePath: /v1
      schemes: [https]
      consumes: [application/json]
      produces: [application/json, application/xml]
      security: [{key: []}]
      securityDefinitions:
        key: {type: apiKey, in: header, name: X-Key}
        basic: {type: basic}
        oauth: {type: oauth2, flow: accessCode, authorizationUrl: /a, tokenUrl: /t, scopes: {read: r}}
      components:
        x-gatewarden-objects: {order: {id: {at: /id}, owner: {at: /by}}}
      parameters:
        Id: {name: id, in: path, required: true, type: string, pattern: '^a'}
        Body: {name: b, in: body, required: true, schema: {$ref: '#/definitions/Order'}}
      definitions:
        Order: {type: object, discriminator: kind, properties: {id: {type: string, x-nullable: true}, by: {type: string}}}
      responses:
        Bad: {description: bad, schema: {type: string}}
      paths:
        /orders/{id}:
          parameters: [{$ref: '#/parameters/Id'}]
          get:
            operationId: getOrder
            x-gatewarden-object: {type: order, id: path.id}
            parameters:
              - {name: tags, in: query, type: array, collectionFormat: ssv, items: {type: string}}
              - {name: all, in: query, type: array, collectionFormat: multi, items: {type: string}}
              - {name: csv, in: query, type: array, items: {type: string}}
            responses:
              200: {description: ok, schema: {$ref: '#/definitions/Order'}, headers: {ETag: {type: string}}}
              400: {$ref: '#/responses/Bad'}
          put:
            operationId: putOrder
            x-gatewarden-object: {none: it is a test}
            security: [{oauth: [read], basic: []}]
            parameters: [{$ref: '#/parameters/Body'}]
            responses: {204: {description: done}}
        /upload:
          post:
            operationId: upload
            parameters:
              - {name: file, in: formData, type: file, required: true}
              - {name: note, in: formData, type: string}
            responses: {200: {description: ok, schema: {type: file}}}
      """;

  @Test
  void turns_swagger_into_openapi() {
    Contract contract = Contracts.of(SHOP).read();

    assertThat(contract.dialect()).isEqualTo(Dialect.OPENAPI_3_0);
    assertThat(contract.servers())
        .singleElement()
        .satisfies(
            server -> {
              assertThat(server.host()).isEqualTo("api.example.com");
              assertThat(server.basePath()).isEqualTo("/v1");
            });
    assertThat(contract.schemes().get("basic").kind())
        .isEqualTo(new SecurityScheme.Http("basic", ""));
    assertThat(contract.schemes().get("oauth").kind())
        .isInstanceOfSatisfying(
            SecurityScheme.OAuth2.class,
            oauth -> assertThat(oauth.scopes()).containsExactly("read"));
    assertThat(contract.warnings()).isEmpty();
  }

  @Test
  void turns_parameters() {
    Operation get = Contracts.of(SHOP).operation("getOrder");

    Parameter id = get.parameter(Parameter.In.PATH, "id");
    assertThat(Nodes.text(Nodes.object(id.schema().schema()).get("pattern"))).isEqualTo("^a");
    assertThat(get.parameter(Parameter.In.QUERY, "tags"))
        .satisfies(each -> assertThat(each.style()).isEqualTo(Parameter.Style.SPACE_DELIMITED));
    assertThat(get.parameter(Parameter.In.QUERY, "all").explode()).isTrue();
    assertThat(get.parameter(Parameter.In.QUERY, "csv").explode()).isFalse();
  }

  @Test
  void turns_bodies_and_responses() {
    Contract contract = Contracts.of(SHOP).read();

    Operation get = contract.operation("getOrder");
    assertThat(get.responses().of(200).content().types())
        .containsOnlyKeys("application/json", "application/xml");
    assertThat(get.responses().of(200).headers()).hasSize(1);
    assertThat(get.responses().of(400).content().isEmpty()).isFalse();
    assertThat(get.objects().list()).hasSize(1);
    RequestBody put = contract.operation("putOrder").body();
    assertThat(put.required()).isTrue();
    assertThat(put.content().types()).containsOnlyKeys("application/json");
    RequestBody upload = contract.operation("upload").body();
    assertThat(upload.content().types()).containsOnlyKeys("multipart/form-data");
  }

  @Test
  void names_the_lines_of_the_author() {
    assertThat(
            Contracts.of(
                    SHOP.replace("#/definitions/Order'}, headers", "#/definitions/Oder'}, headers"))
                .problems())
        .containsExactly(
            "shop.yaml:33:47: `#/components/schemas/Oder` points to nothing: there is no `Oder` in"
                + " `/definitions`; did you mean `Order`?");
    assertThat(Contracts.of("swagger: '1.2'").problems())
        .containsExactly("shop.yaml:1:1: Swagger 1.2 is not read, 2.0 and OpenAPI 3.0 to 3.2 are");
  }
}
