package dev.gatewarden.acceptance.policy;

import dev.gatewarden.acceptance.Opened;
import dev.gatewarden.acceptance.Signed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A gate in front of an `Office` whose contract lets a whole tenant in, so that policies decide.
final class PolicyGate implements AutoCloseable {
  private static final Signed CORP = Signed.of("id").to("https://office.example");
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Office, version: 1.0.0}
      servers: [{url: /}]
      security: [{token: []}]
      components:
        securitySchemes: {token: {type: http, scheme: bearer}}
        schemas:
          order:
            type: object
            properties: {id: {type: string}, customerId: {type: string}, tenantId: {type: string}}
          made:
            type: object
            properties: {id: {type: string}, folderId: {type: string}}
        x-gatewarden-objects:
          order:
            id: {at: /id}
            owner: {at: /customerId, is: principal.subject}
            tenant: {at: /tenantId, is: principal.tenant}
            access: {read: [tenant], write: [tenant]}
            known-by: [response, look-up]
            read-by: getOrder
          folder:
            id: {at: /id}
            owner: {at: /ownerId, is: principal.subject}
            access: {read: [anyone], write: [anyone]}
            known-by: [relation]
          document:
            id: {at: /id}
            owner: {at: /ownerId, is: principal.subject}
            parent: {folder: /folderId}
            access: {read: [anyone], write: [anyone]}
            known-by: [relation]
      paths:
        /reports:
          get: {operationId: report, x-gatewarden-object: {none: a report on nobody}, responses: {'200': {description: it, content: {application/json: {schema: {type: object}}}}}}
        /orders:
          get:
            operationId: listOrders
            x-gatewarden-object: {type: order, does: list, items: 'response.body#/data', foreign: filter}
            responses: {'200': {description: them, content: {application/json: {schema: {type: object, properties: {data: {type: array, items: {$ref: '#/components/schemas/order'}}}}}}}}
        /open/orders:
          get:
            operationId: listOpenly
            x-gatewarden-object: {type: order, does: list, items: 'response.body#/data', access: [anyone]}
            responses: {'200': {description: them, content: {application/json: {schema: {type: object, properties: {data: {type: array, items: {$ref: '#/components/schemas/order'}}}}}}}}
        /orders/{orderId}:
          parameters: [{name: orderId, in: path, required: true, schema: {type: string, maxLength: 64}}]
          get:
            operationId: getOrder
            x-gatewarden-object: {type: order, id: path.orderId}
            responses: {'200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/order'}}}}}
          delete:
            operationId: deleteOrder
            x-gatewarden-object: {type: order, id: path.orderId}
            responses: {'204': {description: gone}}
        /folders:
          post:
            operationId: createFolder
            x-gatewarden-object: {type: folder, does: create, id: 'response.body#/id', learn: owner}
            responses: {'201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/made'}}}}}
        /documents:
          post:
            operationId: createDocument
            x-gatewarden-object: {type: document, does: create, id: 'response.body#/id', learn: owner}
            requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/made'}}}}
            responses: {'201': {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/made'}}}}}
        /documents/{documentId}:
          parameters: [{name: documentId, in: path, required: true, schema: {type: string, maxLength: 64}}]
          get:
            operationId: getDocument
            x-gatewarden-object: {type: document, id: path.documentId}
            responses: {'200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/made'}}}}}
      """;

  final Path folder;
  private final Opened gate;

  private PolicyGate(Path folder, Opened gate) {
    this.folder = folder;
    this.gate = gate;
  }

  /// Writes a configuration with policies, and starts the gate.
  ///
  /// @param section what the configuration says of `policies`
  /// @param more further top-level keys
  static PolicyGate start(Path folder, URI service, String policies, String section, String more)
      throws IOException {
    Files.createDirectories(folder.resolve("policies"));
    Files.writeString(folder.resolve("policies/office.cedar"), policies);
    return start(folder, service, "", "policies: " + section + "\n" + more);
  }

  /// Writes a configuration by whose word an API is decided, and starts the gate.
  ///
  /// @param decideBy further lines of the API
  static PolicyGate start(Path folder, URI service, String decideBy, String more)
      throws IOException {
    Files.writeString(folder.resolve("office.yaml"), CONTRACT);
    CORP.publish(folder);
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        """
        gatewarden: 1
        listen:
          public: {port: 0}
          admin: {port: 0}
          trust: [127.0.0.0/8]
        issuers:
          corp: %s
        apis:
          office:
            contract: office.yaml
            at: {path: /}
            upstream: {to: ['%s'], identity: none}
            security: {token: corp}
            tenancy: token
            %s
        store: none
        %s
        """
            .formatted(CORP.section(""), service, decideBy, more));
    return new PolicyGate(folder, Opened.over(folder));
  }

  static PolicyGate start(Path folder, URI service, String policies) throws IOException {
    return start(folder, service, policies, "[policies/*.cedar]", "");
  }

  HttpResponse<String> send(String method, String path, String token, String... headers)
      throws IOException, InterruptedException {
    return gate.send(method, path, token, "", headers);
  }

  int status(String method, String path, String token, String... headers)
      throws IOException, InterruptedException {
    return send(method, path, token, headers).statusCode();
  }

  /// Posts, and gives the id of what was made.
  String make(String path, String body, String token) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        gate.send("POST", path, token, body, "Content-Type", "application/json");
    return answer.body().replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");
  }

  /// What the admin port says.
  String admin(String path) throws IOException, InterruptedException {
    return gate.admin(path).body();
  }

  /// Has the policies read again.
  HttpResponse<String> reload() throws IOException, InterruptedException {
    return gate.admin("/policies", "{\"do\":\"reload\"}");
  }

  /// Stops the gate, and gives the decision lines it wrote.
  List<String> lines() {
    return gate.lines();
  }

  /// A token of `corp` for somebody of the tenant `t1`.
  static String token(String subject, String... roles) {
    return token(subject, "t1", Map.of(), roles);
  }

  static String token(String subject, String tenant, Map<String, Object> more, String... roles) {
    return CORP.token(subject, tenant, more, List.of(roles));
  }

  @Override
  public void close() {
    gate.close();
  }
}
