package dev.gatewarden.acceptance.policy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewarden.app.configuration.ConfigurationReader;
import dev.gatewarden.app.configuration.TunableGuards;
import dev.gatewarden.app.serving.Gatewarden;
import dev.gatewarden.app.serving.Options;
import dev.gatewarden.testkit.WithoutControl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// A gate in front of an `Office` whose contract lets a whole tenant in, so that policies decide.
final class PolicyGate implements AutoCloseable {
  private static final String ISSUER = "https://id.example.com";
  private static final String AUDIENCE = "https://office.example";
  private static final ECKey KEY = key();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
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
  private final Gatewarden gate;
  private final ByteArrayOutputStream lines;

  private PolicyGate(Path folder, Gatewarden gate, ByteArrayOutputStream lines) {
    this.folder = folder;
    this.gate = gate;
    this.lines = lines;
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
    Files.writeString(folder.resolve("keys.json"), new JWKSet(KEY.toPublicJWK()).toString());
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        """
        gatewarden: 1
        listen:
          public: {port: 0}
          admin: {port: 0}
          trust: [127.0.0.0/8]
        issuers:
          corp: {url: '%s', audience: '%s', algorithms: [ES256], keys: keys.json, tenant: /org, roles: /roles}
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
            .formatted(ISSUER, AUDIENCE, service, decideBy, more));
    String without = WithoutControl.named();
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    Gatewarden gate =
        Gatewarden.start(
            new ConfigurationReader(TunableGuards.all())
                .read(folder.resolve("gatewarden.yaml"), LocalDate.now(ZoneOffset.UTC)),
            Options.plain()
                .withoutControl(without.isEmpty() ? Set.of() : Set.of(without))
                .telling(lines, _ -> {}));
    return new PolicyGate(folder, gate, lines);
  }

  static PolicyGate start(Path folder, URI service, String policies) throws IOException {
    return start(folder, service, policies, "[policies/*.cedar]", "");
  }

  HttpResponse<String> send(String method, String path, String token, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gate.port() + path))
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  int status(String method, String path, String token, String... headers)
      throws IOException, InterruptedException {
    return send(method, path, token, headers).statusCode();
  }

  /// Posts, and gives the id of what was made.
  String make(String path, String body, String token) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gate.port() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(
                    body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return answer.body().replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");
  }

  /// What the admin port says.
  String admin(String path) throws IOException, InterruptedException {
    return CLIENT
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gate.adminPort() + path))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /// Has the policies read again.
  HttpResponse<String> reload() throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gate.adminPort() + "/policies"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"do\":\"reload\"}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /// Stops the gate, and gives the decision lines it wrote.
  List<String> lines() {
    gate.close();
    return lines.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /// A token of `corp` for somebody of the tenant `t1`.
  static String token(String subject, String... roles) {
    return token(subject, "t1", Map.of(), roles);
  }

  static String token(String subject, String tenant, Map<String, Object> more, String... roles) {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>(more);
    claims.put("iss", ISSUER);
    claims.put("aud", AUDIENCE);
    claims.put("sub", subject);
    claims.put("client_id", "web");
    claims.put("roles", List.of(roles));
    claims.put("org", tenant);
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now - 5);
    claims.put("exp", now + 600);
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256)
                  .type(new JOSEObjectType("at+jwt"))
                  .keyID(KEY.getKeyID())
                  .build(),
              JWTClaimsSet.parse(claims));
      token.sign(new ECDSASigner(KEY));
      return token.serialize();
    } catch (JOSEException | java.text.ParseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ECKey key() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    gate.close();
  }
}
