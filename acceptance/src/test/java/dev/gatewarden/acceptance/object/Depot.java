package dev.gatewarden.acceptance.object;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// A depot: each customer has an account, an address, and an order below the account. The id of an
/// order stands wherever an id can stand.
final class Depot {
  static final String ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  private Depot() {}

  static String order(Caller owner) {
    return id("order", owner);
  }

  static String account(Caller owner) {
    return id("account", owner);
  }

  static String address(Caller owner) {
    return id("address", owner);
  }

  static String absent() {
    return UUID.randomUUID().toString();
  }

  private static String id(String type, Caller owner) {
    return UUID.nameUUIDFromBytes((type + owner).getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .toString();
  }

  /// A store with everything in it.
  static Store store() {
    Store store = new Store(ID);
    fill(store);
    return store;
  }

  static void fill(Store store) {
    for (Caller owner : Caller.CUSTOMERS) {
      store.put(account(owner), of(account(owner), "ownerId", owner, Map.of()));
      store.put(address(owner), of(address(owner), "ownerId", owner, Map.of()));
      store.put(
          order(owner), of(order(owner), "customerId", owner, Map.of("accountId", account(owner))));
    }
  }

  static Map<String, Object> of(String id, String as, Caller owner, Map<String, Object> more) {
    Map<String, Object> thing = new LinkedHashMap<>();
    thing.put("id", id);
    thing.put(as, owner.subject());
    thing.put("tenantId", owner.tenant());
    thing.putAll(more);
    return thing;
  }

  private static final String HEAD =
      """
      openapi: 3.1.0
      info: {title: Depot, version: 1.0.0}
      servers: [{url: /}]
      security: [{token: []}]
      components:
        securitySchemes: {token: {type: http, scheme: bearer}}
        x-gatewarden-objects:
          account:
            id: {at: /id, as: uuid}
            owner: {at: /ownerId}
            tenant: {at: /tenantId}
            access: {read: [owner, 'role:support']}
            read-by: getAccount
          address:
            id: {at: /id, as: uuid}
            owner: {at: /ownerId}
            tenant: {at: /tenantId}
            read-by: getAddress
          order:
            id: {at: /id, as: uuid}
            owner: {at: /customerId}
            tenant: {at: /tenantId}
            parent: {account: /accountId}
            refs: {address: [/addressId, /billing/addressId, '/stops/*/addressId']}
            access: {read: [owner, 'role:support'], write: [owner]}
            read-by: getOrder
        schemas:
          Id: {type: string, format: uuid}
          Thing:
            type: object
            required: [id, tenantId, secret]
            properties:
              id: {$ref: '#/components/schemas/Id'}
              ownerId: {type: string, maxLength: 40}
              customerId: {type: string, maxLength: 40}
              tenantId: {type: string, maxLength: 40}
              accountId: {$ref: '#/components/schemas/Id'}
              addressId: {$ref: '#/components/schemas/Id'}
              secret: {type: string, maxLength: 100}
          Stop: {type: object, additionalProperties: false, properties: {addressId: {$ref: '#/components/schemas/Id'}}}
          Change:
            type: object
            additionalProperties: false
            properties:
              id: {$ref: '#/components/schemas/Id'}
              note: {type: string, maxLength: 100}
              addressId: {$ref: '#/components/schemas/Id'}
              billing: {$ref: '#/components/schemas/Stop'}
              stops: {type: array, maxItems: 20, items: {$ref: '#/components/schemas/Stop'}}
          Named:
            type: object
            additionalProperties: false
            properties:
              order: {$ref: '#/components/schemas/Id'}
              note: {type: string, maxLength: 100}
          Patch:
            type: array
            maxItems: 20
            items:
              type: object
              required: [op, path]
              properties:
                op: {enum: [add, remove, replace, move, copy, test]}
                path: {type: string, maxLength: 100}
                from: {type: string, maxLength: 100}
                value: true
        responses:
          Thing: {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      paths:
      """;

  private static final String PATHS =
      """
      /orders:
        post:
          x-gatewarden-object: {type: order, does: create, id: response.body#/id}
          requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Change'}}}}
          responses: {'201': {$ref: '#/components/responses/Thing'}}
        delete:
          x-gatewarden-object: {type: order, does: delete, id: query.ids, batch: all}
          parameters: [{name: ids, in: query, required: true, explode: false, schema: {type: array, maxItems: 9, items: {$ref: '#/components/schemas/Id'}}}]
          responses: {'204': {description: gone}}
      /accounts/{accountId}:
        get:
          operationId: getAccount
          x-gatewarden-object: {type: account, id: path.accountId}
          parameters: [{name: accountId, in: path, required: true, schema: {$ref: '#/components/schemas/Id'}}]
          responses: {'200': {$ref: '#/components/responses/Thing'}}
      /addresses/{addressId}:
        get:
          operationId: getAddress
          x-gatewarden-object: {type: address, id: path.addressId}
          parameters: [{name: addressId, in: path, required: true, schema: {$ref: '#/components/schemas/Id'}}]
          responses: {'200': {$ref: '#/components/responses/Thing'}}
      /orders/{orderId}:
        parameters: [{name: orderId, in: path, required: true, schema: {$ref: '#/components/schemas/Id'}}]
        get:
          operationId: getOrder
          x-gatewarden-object: {type: order, id: path.orderId}
          responses: {'200': {$ref: '#/components/responses/Thing'}}
        put:
          x-gatewarden-object: {type: order, id: path.orderId}
          parameters: [{name: If-Match, in: header, schema: {type: string, maxLength: 100}}]
          requestBody:
            content:
              application/json: {schema: {$ref: '#/components/schemas/Change'}}
              application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Change'}}
              multipart/form-data: {schema: {$ref: '#/components/schemas/Change'}}
          responses: {'204': {description: done}, '412': {description: changed}}
        patch:
          x-gatewarden-object: {type: order, id: path.orderId}
          requestBody:
            content:
              application/json: {schema: {$ref: '#/components/schemas/Change'}}
              application/merge-patch+json: {schema: {$ref: '#/components/schemas/Change'}}
              application/json-patch+json: {schema: {$ref: '#/components/schemas/Patch'}}
          responses: {'204': {description: done}}
        delete:
          x-gatewarden-object: {type: order, id: path.orderId}
          responses: {'204': {description: gone}}
      /orders/{orderId}/loose:
        post:
          x-gatewarden-object: {type: order, does: update, id: path.orderId}
          parameters: [{name: orderId, in: path, required: true, schema: {$ref: '#/components/schemas/Id'}}]
          requestBody: {content: {application/json: {schema: {type: object, additionalProperties: true}}}}
          responses: {'204': {description: done}}
      /order:
        parameters: [{name: orderId, in: query, required: true, schema: {$ref: '#/components/schemas/Id'}}]
        get:
          x-gatewarden-object: {type: order, id: query.orderId}
          responses: {'200': {$ref: '#/components/responses/Thing'}}
        delete:
          x-gatewarden-object: {type: order, id: query.orderId}
          responses: {'204': {description: gone}}
      /held:
        parameters: [{name: X-Order-Id, in: header, required: true, schema: {$ref: '#/components/schemas/Id'}}]
        get:
          x-gatewarden-object: {type: order, id: header.X-Order-Id}
          responses: {'200': {$ref: '#/components/responses/Thing'}}
        post:
          x-gatewarden-object: {type: order, does: act, id: header.X-Order-Id}
          responses: {'204': {description: done}}
      /basket:
        get:
          x-gatewarden-object: {type: order, id: cookie.order}
          parameters: [{name: order, in: cookie, required: true, schema: {$ref: '#/components/schemas/Id'}}]
          responses: {'200': {$ref: '#/components/responses/Thing'}}
        delete:
          x-gatewarden-object: {type: order, id: cookie.order}
          parameters: [{name: order, in: cookie, required: true, schema: {$ref: '#/components/schemas/Id'}}]
          responses: {'204': {description: gone}}
      /in-body/read:
        post:
          x-gatewarden-object: {type: order, does: read, id: body#/order}
          requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Named'}}}}
          responses: {'200': {$ref: '#/components/responses/Thing'}}
      /in-body/act:
        post:
          x-gatewarden-object: {type: order, does: act, id: body#/order}
          requestBody:
            required: true
            content:
              application/json: {schema: {$ref: '#/components/schemas/Named'}}
              application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Named'}}
          responses: {'204': {description: done}}
      /in-form/act:
        post:
          x-gatewarden-object: {type: order, does: act, id: body#/order}
          requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Named'}}}}
          responses: {'204': {description: done}}
      /in-part/act:
        post:
          x-gatewarden-object: {type: order, does: act, id: part.order}
          requestBody: {required: true, content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Named'}}}}
          responses: {'204': {description: done}}
      /batch/all:
        post:
          x-gatewarden-object: {type: order, does: update, id: 'body#/orders/*/id', batch: all}
          requestBody: {required: true, content: {application/json: {schema: {type: object, additionalProperties: false, properties: {orders: {type: array, maxItems: 50, items: {$ref: '#/components/schemas/Change'}}}}}}}
          responses: {'204': {description: done}}
      /batch/each:
        post:
          x-gatewarden-object: {type: order, does: update, id: 'body#/orders/*/id', batch: each}
          requestBody: {required: true, content: {application/json: {schema: {type: object, additionalProperties: false, properties: {orders: {type: array, maxItems: 50, items: {$ref: '#/components/schemas/Change'}}}}}}}
          responses: {'204': {description: done}}
      /accounts/{accountId}/orders/{orderId}:
        parameters:
        - {name: accountId, in: path, required: true, schema: {$ref: '#/components/schemas/Id'}}
        - {name: orderId, in: path, required: true, schema: {$ref: '#/components/schemas/Id'}}
        get:
          x-gatewarden-object: {type: order, id: path.orderId, within: {account: path.accountId}}
          responses: {'200': {$ref: '#/components/responses/Thing'}}
        delete:
          x-gatewarden-object: {type: order, id: path.orderId, within: {account: path.accountId}}
          responses: {'204': {description: gone}}
      """;

  static final String CONTRACT = HEAD + PATHS.indent(2);
}
