package dev.gatewarden.acceptance.authzen;

import dev.gatewarden.acceptance.Opened;
import dev.gatewarden.acceptance.Signed;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.http.Loopback;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A service that checks nothing, the gate in front of it, and the port on which the service asks.
final class Warehouse implements AutoCloseable {
  static final Signed CORP = Signed.of("corp");
  private static final Signed MESH = Signed.of("mesh").to("https://decisions.example");

  /// Whoever may ask about everything, and is believed nothing.
  static final String ASKERS = "{orders: {by: mesh, named: orders-service, apis: [api]}}";

  static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Warehouse, version: 1.0.0}
      servers: [{url: /}]
      security: [{token: []}]
      components:
        securitySchemes: {token: {type: http, scheme: bearer}}
        schemas:
          thing:
            type: object
            properties:
              id: {type: string, maxLength: 64}
              customerId: {type: string}
              tenantId: {type: string}
              remark: {type: string}
              note: {type: string, x-gatewarden-read: ['role:support'], x-gatewarden-write: []}
              handling:
                type: object
                properties:
                  shelf: {type: string, x-gatewarden-write: ['role:support']}
                  gift: {type: boolean, x-gatewarden-write: [owner]}
        x-gatewarden-objects:
          order:
            id: {at: /id}
            owner: {at: /customerId, is: principal.subject}
            tenant: {at: /tenantId, is: principal.tenant}
            access: {read: [owner, 'role:support'], write: [owner]}
            known-by: [relation]
            unknown: deny
          bill:
            id: {at: /id}
            owner: {at: /customerId, is: principal.subject}
            tenant: {at: /tenantId, is: principal.tenant}
            access: {read: [owner], write: [owner]}
            known-by: [response, relation]
          invoice:
            id: {at: /id}
            owner: {at: /customerId, is: principal.subject}
            tenant: {at: /tenantId, is: principal.tenant}
            access: {read: [owner], write: [owner]}
            known-by: [response]
          parcel:
            id: {at: /id}
            owner: {at: /customerId, is: principal.subject}
            tenant: {at: /tenantId, is: principal.tenant}
            access: {read: [owner], write: [owner]}
            known-by: [look-up]
            read-by: getParcel
      paths:
        /reports:
          get:
            operationId: report
            x-gatewarden-permission: {roles: [admin]}
            x-gatewarden-object: {none: a report on nobody}
            responses: {'200': {description: it, content: {application/json: {schema: {type: object}}}}}
        /orders:
          post:
            operationId: createOrder
            x-gatewarden-object: {type: order, does: create, id: 'response.body#/id', learn: owner}
            responses: {'201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/thing'}}}}}
        /orders/{orderId}:
          parameters: [{name: orderId, in: path, required: true, schema: {type: string, maxLength: 64}}]
          get:
            operationId: getOrder
            x-gatewarden-object: {type: order, id: path.orderId}
            responses: {'200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/thing'}}}}}
          put:
            operationId: updateOrder
            x-gatewarden-object: {type: order, does: update, id: path.orderId}
            requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/thing'}}}}
            responses: {'204': {description: done}}
          delete:
            operationId: deleteOrder
            x-gatewarden-permission: {roles: [admin]}
            x-gatewarden-object: {type: order, does: delete, id: path.orderId}
            responses: {'204': {description: done}}
        /orders/{orderId}/note:
          parameters: [{name: orderId, in: path, required: true, schema: {type: string, maxLength: 64}}]
          put:
            operationId: noteOrder
            x-gatewarden-object: {type: order, does: update, id: path.orderId}
            responses: {'204': {description: done}}
        /bills:
          post:
            operationId: createBill
            x-gatewarden-object: {type: bill, does: create, id: 'response.body#/id', learn: owner}
            responses: {'201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/thing'}}}}}
        /bills/{billId}:
          get:
            operationId: getBill
            parameters: [{name: billId, in: path, required: true, schema: {type: string, maxLength: 64}}]
            x-gatewarden-object: {type: bill, id: path.billId}
            responses: {'200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/thing'}}}}}
        /invoices/{invoiceId}:
          get:
            operationId: getInvoice
            parameters: [{name: invoiceId, in: path, required: true, schema: {type: string, maxLength: 64}}]
            x-gatewarden-object: {type: invoice, id: path.invoiceId}
            responses: {'200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/thing'}}}}}
        /parcels/{parcelId}:
          parameters: [{name: parcelId, in: path, required: true, schema: {type: string, maxLength: 64}}]
          get:
            operationId: getParcel
            x-gatewarden-object: {type: parcel, id: path.parcelId}
            responses: {'200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/thing'}}}}}
          delete:
            operationId: deleteParcel
            x-gatewarden-object: {type: parcel, does: delete, id: path.parcelId}
            responses: {'204': {description: done}}
      """;

  private final AtomicInteger next = new AtomicInteger();
  final List<Incoming> seen = new CopyOnWriteArrayList<>();
  volatile Duration late = Duration.ZERO;
  volatile boolean asksItself;
  final List<String> own = new CopyOnWriteArrayList<>();
  private final Loopback service;
  private final Opened gate;

  private Warehouse(Path folder, String decisions, String more, String api) throws IOException {
    service = Loopback.start(0, this::answer);
    String before =
        Opened.before(service.uri(), CORP, "tenancy: token\n" + api, more)
            .replace("admin: {port: 0}", "admin: {port: 0}, decisions: " + decisions)
            .replace(
                "identity: none",
                "identity: signed, deadline: 2s"
                    + (decisions.contains("issuer:") ? ", read-as: 'file:reader'" : ""))
            .replace("issuers:\n", "issuers:\n  mesh: " + MESH.section("") + "\n");
    Files.writeString(folder.resolve("reader"), "reader-token");
    boolean keyed = more.contains("api-keys");
    gate =
        Opened.gate(
            folder,
            keyed ? before.replace("{token: corp}", "{token: corp, key: partners}") : before,
            keyed
                ? CONTRACT
                    .replace("security: [{token: []}]", "security: [{token: []}, {key: []}]")
                    .replace(
                        "securitySchemes: {",
                        "securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, ")
                : CONTRACT);
  }

  /// @param askers who may ask, in YAML
  static Warehouse open(Path folder, String askers) throws IOException {
    return open(folder, "{port: 0, askers: " + askers + "}", "", "");
  }

  /// @param decisions the section `listen.decisions`
  /// @param more further top-level keys
  /// @param api further lines of the API
  static Warehouse open(Path folder, String decisions, String more, String api) throws IOException {
    return new Warehouse(folder, decisions, more, api);
  }

  static Warehouse policed(Path folder, String policies, String section) throws IOException {
    Files.createDirectories(folder.resolve("policies"));
    Files.writeString(folder.resolve("policies/all.cedar"), policies);
    return open(folder, "{port: 0, askers: " + ASKERS + "}", "policies: " + section, "");
  }

  /// Parcels are of whom their id says, of the tenant `north`.
  private Answer answer(Incoming request) {
    seen.add(request);
    if (asksItself && request.method().equals("GET")) {
      ownQuestion(request);
    }
    long end = System.nanoTime() + late.toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    String path = request.path();
    String id = path.substring(path.lastIndexOf('/') + 1);
    if (request.method().equals("POST")) {
      return Answer.json(201, "{\"id\":\"o" + next.incrementAndGet() + "\"}");
    }
    if (!request.method().equals("GET")) {
      return Answer.empty(204);
    }
    String owner = id.substring(id.indexOf('-') + 1);
    return Answer.json(
        200, "{\"id\":\"" + id + "\",\"customerId\":\"" + owner + "\",\"tenantId\":\"north\"}");
  }

  /// Asks about what it is being asked for.
  private void ownQuestion(Incoming request) {
    String token = request.header("authorization").substring("Bearer ".length());
    String id = request.path().substring(request.path().lastIndexOf('/') + 1);
    try {
      HttpResponse<String> answer = may(token, "alice", "getParcel", "parcel", id);
      own.add(answer.body());
    } catch (Exception gone) {
      own.add(gone.toString());
    }
  }

  Opened gate() {
    return gate;
  }

  URI uri() {
    return gate.questions();
  }

  /// Orders something, and gives the order's id.
  String order(String token) throws Exception {
    HttpResponse<String> made = gate.send("POST", "/orders", token, "");
    return made.body().replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");
  }

  /// The token by which the gate told the service who called last.
  String told() {
    return seen.getLast().header("authorization").substring("Bearer ".length());
  }

  static String service(String name) {
    return MESH.token(name);
  }

  /// Asks as the service `orders-service`.
  HttpResponse<String> ask(String path, String json, String... headers) throws Exception {
    return Opened.send(gate.questions(), "POST", path, service("orders-service"), json, headers);
  }

  /// Whether a subject whose token is brought may do something.
  HttpResponse<String> may(String token, String subject, String action, String type, String id)
      throws Exception {
    return ask("/access/v1/evaluation", question(token, subject, action, type, id));
  }

  static String question(String token, String subject, String action, String type, String id) {
    return """
    {"subject": {"type": "user", "id": "%s", "properties": {"token": "%s"}},
     "action": {"name": "%s"}, "resource": {"type": "%s", "id": "%s"}}\
    """
        .formatted(subject, token, action, type, id);
  }

  static String north(String subject, String... roles) {
    return CORP.token(subject, "north", Map.of(), List.of(roles));
  }

  static String south(String subject, String... roles) {
    return CORP.token(subject, "south", Map.of(), List.of(roles));
  }

  @Override
  public void close() {
    gate.close();
    service.close();
  }
}
