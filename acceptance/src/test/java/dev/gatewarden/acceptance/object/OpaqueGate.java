package dev.gatewarden.acceptance.object;

import dev.gatewarden.acceptance.Opened;
import dev.gatewarden.acceptance.Signed;
import dev.gatewarden.demo.http.Loopback;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A gate before a warehouse whose numbers nobody sees.
final class OpaqueGate implements AutoCloseable {
  private static final Signed CORP = Signed.of("corp").to("https://warehouse.example");

  static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Warehouse, version: 1.0.0}
      servers: [{url: /}]
      security: [{token: []}]
      paths:
        /orders:
          get:
            operationId: listOrders
            x-gatewarden-object: {type: order, does: list, items: response.body#/data}
            parameters:
            - {name: account, in: query, schema: {type: string, format: uuid, x-gatewarden-id: account}}
            - {name: after, in: query, schema: {type: string}}
            responses:
              '200': {description: ok, content: {application/json: {schema: {type: object, properties: {data: {type: array, items: {$ref: '#/components/schemas/Order'}}}}}}}
          post:
            operationId: createOrder
            x-gatewarden-object: {type: order, does: create, id: 'response.body#/id', learn: owner}
            requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewOrder'}}}}
            responses:
              '201': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
        /orders/numbers:
          get:
            operationId: listNumbers
            x-gatewarden-object: {type: order, does: list, items: response.body#/data}
            responses:
              '200': {description: ok, content: {application/json: {schema: {type: object, properties: {data: {type: array, items: {type: string}}}}}}}
        /orders/find:
          get:
            operationId: findOrder
            x-gatewarden-object: {type: order, id: query.of}
            parameters: [{name: of, in: query, required: true, schema: {type: string, format: uuid}}]
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
        /header/find:
          get:
            operationId: findByHeader
            x-gatewarden-object: {type: order, id: header.X-Order}
            parameters: [{name: X-Order, in: header, required: true, schema: {type: string, format: uuid}}]
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
        /cookie/find:
          get:
            operationId: findByCookie
            x-gatewarden-object: {type: order, id: cookie.order}
            parameters: [{name: order, in: cookie, required: true, schema: {type: string, format: uuid}}]
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
        /orders/{orderId}:
          parameters: [{name: orderId, in: path, required: true, schema: {type: string, format: uuid}}]
          get:
            operationId: getOrder
            x-gatewarden-object: {type: order, id: path.orderId}
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
              '302': {description: elsewhere}
          patch:
            operationId: patchOrder
            x-gatewarden-object: {type: order, does: update, id: path.orderId}
            requestBody:
              required: true
              content:
                application/merge-patch+json: {schema: {$ref: '#/components/schemas/OrderChange'}}
                application/json-patch+json: {schema: {type: array, items: {type: object, properties: {op: {type: string}, path: {type: string}, value: {}}}}}
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
          delete:
            operationId: deleteOrder
            x-gatewarden-object: {type: order, does: delete, id: path.orderId}
            responses: {'204': {description: gone}}
        /orders/{orderId}/label:
          parameters: [{name: orderId, in: path, required: true, schema: {type: string, format: uuid}}]
          get:
            operationId: getLabel
            x-gatewarden-object: {type: order, id: path.orderId}
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
        /orders/cancel:
          post:
            operationId: cancelOrders
            x-gatewarden-object: {type: order, does: act, id: body#/ids/*, batch: all}
            requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {ids: {type: array, items: {type: string, format: uuid}}}}}}}
            responses: {'204': {description: done}}
        /orders/form:
          post:
            operationId: fillIn
            x-gatewarden-object: {type: order, does: act, id: body#/of}
            requestBody:
              required: true
              content:
                application/x-www-form-urlencoded: {schema: {type: object, properties: {of: {type: string, format: uuid}, tickets: {type: array, items: {type: integer, x-gatewarden-id: ticket}}, note: {type: string}}}}
            responses: {'204': {description: done}}
        /orders/parts:
          post:
            operationId: attach
            x-gatewarden-object: {type: order, does: act, id: part.of}
            requestBody:
              required: true
              content:
                multipart/form-data: {schema: {type: object, properties: {of: {type: string, format: uuid}, note: {type: string}}}}
            responses: {'204': {description: done}}
        /accounts/{accountId}:
          parameters: [{name: accountId, in: path, required: true, schema: {type: string, format: uuid}}]
          get:
            operationId: getAccount
            x-gatewarden-object: {type: account, id: path.accountId}
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Account'}}}}
        /accounts/{accountId}/orders/{orderId}:
          parameters:
          - {name: accountId, in: path, required: true, schema: {type: string, format: uuid}}
          - {name: orderId, in: path, required: true, schema: {type: string, format: uuid}}
          get:
            operationId: getAccountOrder
            x-gatewarden-object: {type: order, id: path.orderId, within: {account: path.accountId}}
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
        /addresses/{addressId}:
          parameters: [{name: addressId, in: path, required: true, schema: {type: string}}]
          get:
            operationId: getAddress
            x-gatewarden-object: {type: address, id: path.addressId}
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Address'}}}}
        /tickets/{ticketId}:
          parameters: [{name: ticketId, in: path, required: true, schema: {type: integer, minimum: 1, maximum: 2147483647}}]
          get:
            operationId: getTicket
            x-gatewarden-object: {type: ticket, id: path.ticketId}
            responses:
              '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Ticket'}}}}
      components:
        securitySchemes: {token: {type: http, scheme: bearer}}
        x-gatewarden-objects:
          order:
            id: {at: /id, as: integer}
            owner: {at: /customerId}
            tenant: {at: /org}
            parent: {account: /accountId}
            refs: {address: [/shipTo, '/lines/*/from'], ticket: '/lines/*/ticket'}
            read-by: getOrder
            public-id: opaque
          account:
            id: {at: /id, as: integer}
            owner: {at: /customerId}
            tenant: {at: /org}
            read-by: getAccount
            public-id: {as: uuid}
          address:
            id: {at: /id, as: string}
            owner: {at: /customerId}
            tenant: {at: /org}
            read-by: getAddress
            public-id: opaque
          ticket:
            id: {at: /id, as: integer}
            owner: {at: /customerId}
            tenant: {at: /org}
            read-by: getTicket
            public-id: {as: integer, largest: 2147483647, inner: 100000}
        schemas:
          Order:
            type: object
            required: [id]
            properties:
              id: {type: string, format: uuid}
              customerId: {type: string}
              org: {type: string}
              accountId: {type: string, format: uuid}
              shipTo: {$ref: '#/components/schemas/AddressId'}
              lines: {type: array, items: {type: object, properties: {ticket: {type: integer}, from: {$ref: '#/components/schemas/AddressId'}}}}
              note: {type: string}
          NewOrder:
            type: object
            properties:
              customerId: {type: string}
              accountId: {type: string, format: uuid}
              shipTo: {$ref: '#/components/schemas/AddressId'}
              lines: {type: array, items: {type: object, properties: {ticket: {type: integer}, from: {$ref: '#/components/schemas/AddressId'}}}}
              note: {type: string}
          OrderChange:
            type: object
            properties:
              shipTo: {$ref: '#/components/schemas/AddressId'}
              lines: {type: array, items: {type: object, properties: {ticket: {type: integer}, from: {$ref: '#/components/schemas/AddressId'}}}}
              note: {type: string}
          Account: {type: object, properties: {id: {type: string, format: uuid}, customerId: {type: string}, org: {type: string}, orders: {type: array, items: {$ref: '#/components/schemas/Order'}}}}
          Address: {type: object, properties: {id: {$ref: '#/components/schemas/AddressId'}, customerId: {type: string}, org: {type: string}}}
          Ticket: {type: object, properties: {id: {type: integer}, customerId: {type: string}, org: {type: string}}}
          AddressId: {type: string, pattern: '^[A-Za-z0-9_-]{22,}$'}
      """;

  private final Loopback service;
  private final Opened gate;
  private final Map<Caller, String> tokens = new ConcurrentHashMap<>();

  private OpaqueGate(Loopback service, Opened gate) {
    this.service = service;
    this.gate = gate;
  }

  /// Starts one whose keys are the bytes of these texts, each repeated.
  static OpaqueGate start(Path folder, Warehouse store, String... keys) throws IOException {
    return promising(CONTRACT, folder, store, keys);
  }

  static OpaqueGate promising(String contract, Path folder, Warehouse store, String... keys)
      throws IOException {
    Loopback service = Loopback.start(0, store);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("contract.yaml"), contract);
    CORP.publish(folder);
    configure(folder, service.uri(), keys);
    return new OpaqueGate(service, Opened.over(folder));
  }

  /// One whose key is a byte too short.
  static OpaqueGate short31(Path folder, Warehouse store) throws IOException {
    Loopback service = Loopback.start(0, store);
    Files.writeString(folder.resolve("contract.yaml"), CONTRACT);
    CORP.publish(folder);
    configure(folder, service.uri(), "s");
    Files.writeString(folder.resolve("id-s"), "s".repeat(31));
    return new OpaqueGate(service, Opened.over(folder));
  }

  private static void configure(Path folder, URI service, String... keys) throws IOException {
    StringBuilder section = new StringBuilder();
    for (String key : keys) {
      Files.writeString(folder.resolve("id-" + key), key.repeat(32));
      section
          .append(section.isEmpty() ? "opaque-ids: {keys: [" : ", ")
          .append("'file:id-")
          .append(key)
          .append("'");
    }
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        """
        gatewarden: 1
        listen: {public: {port: 0}, admin: {port: 0}}
        issuers:
          corp: %s
        apis:
          api:
            contract: contract.yaml
            at: {path: %s}
            upstream: {to: ['%s'], identity: signed}
            security: {token: corp}
            tenancy: token
            guards:
              principal-limit: {rate: 1000000/1s, burst: 1000000}
              source-limit: {rate: 1000000/1s, burst: 1000000}
        %s
        decisions: stdout
        """
            .formatted(
                CORP.section(""),
                at(folder),
                service,
                section.isEmpty() ? "" : section.append("]}")));
  }

  /// Where the API stands: elsewhere than its service, where that does not stand at the root.
  private static String at(Path folder) throws IOException {
    return Files.readString(folder.resolve("contract.yaml")).contains("url: /api") ? "/v1" : "/";
  }

  /// Starts the gate again with other keys.
  void rekey(String... keys) throws IOException {
    configure(gate.folder(), service.uri(), keys);
    gate.restart();
  }

  HttpResponse<String> get(Caller caller, String path, String... headers)
      throws IOException, InterruptedException {
    return send(caller, "GET", path, "", headers);
  }

  /// @param body empty for none; JSON unless a header says otherwise
  HttpResponse<String> send(
      Caller caller, String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    String token =
        tokens.computeIfAbsent(caller, each -> CORP.token(each.subject(), each.tenant()));
    return gate.send(method, path, token, body, headers);
  }

  /// The decision lines so far; all of them once the gate is closed.
  String decisions() {
    return gate.decisions();
  }

  @Override
  public void close() {
    gate.close();
    service.close();
  }
}
