package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnboundedTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "{type: string} | 1 | 0",
        "{type: string, maxLength: 5} | 0 | 0",
        "{type: string, enum: [a]} | 0 | 0",
        "{type: string, format: uuid} | 0 | 0",
        "{type: string, format: email} | 1 | 0",
        "{type: string, pattern: '^[A-Z]{2}$'} | 0 | 0",
        "{type: string, pattern: '^[A-Z]{2,}$'} | 1 | 0",
        "{type: string, pattern: '[A-Z]'} | 1 | 0",
        "{type: [string, 'null']} | 1 | 0",
        "{type: array} | 0 | 1",
        "{type: array, maxItems: 3, items: {type: string}} | 1 | 0",
        "{type: array, items: {type: array, items: {type: integer}}} | 0 | 2",
        "{allOf: [{type: string}, {maxLength: 5}]} | 0 | 0",
        "{oneOf: [{type: string}, {type: string, maxLength: 5}]} | 1 | 0",
        "{maxLength: 9, oneOf: [{type: string}, {type: integer}]} | 0 | 0",
        "{type: object, properties: {a: {type: string}, b: {type: string, maxLength: 1}}} | 1 | 0",
        "{type: object, additionalProperties: {type: string}} | 1 | 0",
        "{$ref: '#/components/schemas/Tree'} | 1 | 1",
        "{} | 0 | 0",
      })
  void counts_what_has_no_bound_of_its_own(String schema, int texts, int lists) {
    Contract contract =
        Contracts.paths(
                """
                paths:
                  /a:
                    post: &post
                      operationId: a
                      x-gatewarden-object: {none: test}
                      requestBody: {content: {application/json: {schema: SCHEMA}}}
                      responses: {'200': {description: it}}
                  /b:
                    post:
                      operationId: b
                      x-gatewarden-object: {none: test}
                      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Tree'}}}}
                      responses:
                        '200':
                          description: it
                          content: {application/json: {schema: {type: string}}}
                components:
                  schemas:
                    Tree:
                      type: object
                      properties:
                        name: {type: string}
                        kids: {type: array, items: {$ref: '#/components/schemas/Tree'}}
                """
                    .replace("SCHEMA", schema)
                    .replace("&post", ""))
            .read();
    Unbounded unbounded = Unbounded.in(contract);
    int more = schema.contains("Tree") ? 0 : 1;
    assertThat(unbounded.texts()).hasSize(texts + more);
    assertThat(unbounded.lists()).hasSize(lists + more);
  }
}
