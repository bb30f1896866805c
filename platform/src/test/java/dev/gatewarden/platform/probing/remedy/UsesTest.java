package dev.gatewarden.platform.probing.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.finding.Remedy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsesTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Shop, version: 1.0.0}
      paths:
        /orders:
          post: {operationId: order, requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}, responses: {'201': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/Full'}}}}}}
          put: {operationId: plan, requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Plan'}}}}, responses: {'200': {description: it}}}
          patch: {operationId: note, requestBody: {content: {application/json: {schema: {type: object, properties: {text: {type: string}}}}}}, responses: {'200': {description: it}}}
      components:
        schemas:
          Order: {type: object, properties: {item: {type: string}}}
          Full: {allOf: [{$ref: '#/components/schemas/Order'}, {type: object, properties: {id: {type: integer}}}]}
          Plan: {type: object, properties: {when: {type: string}}}
      """;

  private static final Contract SHOP =
      new ContractReader(_ -> CONTRACT.getBytes(StandardCharsets.UTF_8), Bounds.DEFAULT)
          .read(
              new ContractFiles("api", new Origin(URI.create("file:///shop.yaml"), "shop.yaml")),
              _ -> true);

  private static @Nullable Remedy closing(String name) {
    Operation operation = Objects.requireNonNull(SHOP.operation(name));
    return PropertyEdit.of(operation, "body#/role", new Edits(SHOP));
  }

  @Test
  void closes_no_schema_that_others_build_on() {
    assertThat(closing("order")).isNull();
  }

  @Test
  void closes_what_one_body_alone_uses() {
    assertThat(closing("plan")).isNotNull();
    assertThat(closing("note")).isNotNull();
  }
}
