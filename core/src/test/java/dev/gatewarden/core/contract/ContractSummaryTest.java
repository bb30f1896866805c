package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContractSummaryTest {

  @Test
  void says_what_the_contract_says_of_callers_and_objects() {
    Contract contract =
        Contracts.of(
                """
                openapi: 3.1.0
                info: {title: Shop, version: 1.2.0}
                x-gatewarden-tenant: {from: host.label(0)}
                security: [{bearer: [read, list], key: []}, {}]
                components:
                  securitySchemes: {bearer: {type: http, scheme: bearer}, key: {type: apiKey, in: query, name: k}}
                  x-gatewarden-objects:
                    account: {id: {at: /id}, owner: {at: /id, is: principal.client}}
                    order:
                      id: {at: /id, as: uuid}
                      owner: {at: /by, is: principal.claim(/a~1b)}
                      parent: {account: /account}
                      read-by: getOrder
                paths:
                  /orders/{id}:
                    parameters:
                      - {name: id, in: path, required: true, schema: {type: string}}
                      - {name: a, in: query, required: true, schema: {type: string}}
                    put:
                      operationId: putOrder
                      security: []
                      x-gatewarden-object: {none: it is public}
                      responses: {'204': {description: x}}
                    get:
                      operationId: getOrder
                      x-gatewarden-object: {type: order, id: path.id, within: {account: query.a}}
                      responses: {'200': {description: x}}
                """)
            .read();

    assertThat(ContractSummary.lines(contract))
        .containsExactly(
            "shop: Shop 1.2.0, 2 operations, 2 object types",
            "tenant: host.label(0) is principal.tenant",
            "type account: id /id as string; owner /id is principal.client; read owner; write"
                + " owner; known by relation, response; unknown deny",
            "type order: id /id as uuid; owner /by is principal.claim(/a~1b); parent account"
                + " /account; read owner; write owner; known by relation, response, look-up; read"
                + " by getOrder; unknown look-up",
            "GET /orders/{id} getOrder: bearer(read list) and key or anybody",
            "  read order by path.id, within account query.a, for owner",
            "PUT /orders/{id} putOrder: anybody",
            "  no object: it is public");
  }
}
