package dev.gatewarden.gateway.decisionpoint.cedar;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.policy.DecisionPoint.Answer;
import dev.gatewarden.core.policy.Question;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.testkit.ports.MemoryRelations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Policies for a small shop in a folder of their own, and what the point says to them.
final class Policies {
  static final String SHOP =
      """
      openapi: 3.1.0
      info: {title: Shop, version: '1'}
      components:
        securitySchemes: {corp: {type: http, scheme: bearer}}
        x-gatewarden-objects:
          account: {id: {at: /id, as: string}, owner: {at: /ownerId, is: principal.subject}, known-by: [relation]}
          order:
            id: {at: /id, as: string}
            owner: {at: /customerId, is: principal.subject}
            tenant: {at: /tenantId, is: principal.tenant}
            parent: {account: /accountId}
            known-by: [relation]
          folder: {id: {at: /id, as: string}, owner: {at: /ownerId, is: principal.subject}, known-by: [relation]}
          document:
            id: {at: /id, as: string}
            owner: {at: /ownerId, is: principal.subject}
            parent: {folder: /folderId}
            known-by: [relation]
      security: [{corp: []}]
      paths:
        /orders:
          get: {operationId: listOrders, responses: {'200': {description: ok}}}
        /orders/{orderId}:
          parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
          get: {operationId: getOrder, x-gatewarden-object: {type: order, id: path.orderId}, responses: {'200': {description: ok}}}
          put: {operationId: updateOrder, x-gatewarden-object: {type: order, id: path.orderId}, responses: {'200': {description: ok}}}
          delete: {operationId: deleteOrder, x-gatewarden-object: {type: order, id: path.orderId}, responses: {'204': {description: ok}}}
        /orders/{orderId}/cancel:
          parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
          post: {operationId: cancelOrder, x-gatewarden-object: {type: order, does: act, id: path.orderId}, responses: {'204': {description: ok}}}
        /documents/{documentId}:
          parameters: [{name: documentId, in: path, required: true, schema: {type: string}}]
          get: {operationId: getDocument, x-gatewarden-object: {type: document, id: path.documentId}, responses: {'200': {description: ok}}}
        /report:
          get: {operationId: report, responses: {'200': {description: ok}}}
        /health:
          get: {operationId: health, security: [], responses: {'200': {description: ok}}}
      """;

  private static final ExecutorService POOL =
      Executors.newFixedThreadPool(1, Thread.ofPlatform().daemon().factory());

  final Path folder;
  final Relations relations = new MemoryRelations();
  private List<String> next = List.of();
  private @Nullable String schema;
  private @Nullable String entities;
  private List<CedarSettings.Link> links = List.of();
  private Map<String, CedarSettings.Claim> claims = Map.of();
  private List<String> groups = List.of();

  Policies(Path folder, String policies) {
    this.folder = folder;
    write("shop.cedar", policies);
  }

  void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }

  Policies next(String text) {
    write("next.cedar2", text);
    next = List.of("next.cedar2");
    return this;
  }

  Policies schema(String text) {
    write("shop.cedarschema", text);
    schema = "shop.cedarschema";
    return this;
  }

  Policies entities(String text) {
    write("entities.json", text);
    entities = "entities.json";
    return this;
  }

  Policies link(CedarSettings.Link... some) {
    links = List.of(some);
    return this;
  }

  Policies claim(String name, CedarSettings.Claim claim) {
    claims = Map.of(name, claim);
    return this;
  }

  Policies groups(String claim) {
    groups = List.of(claim);
    return this;
  }

  CedarSettings settings() {
    return new CedarSettings(
        folder,
        new Place(new Place.Origin(folder.toUri(), "gatewarden.yaml"), 7, 3, Place.Path.ROOT),
        List.of("*.cedar"),
        next,
        schema,
        entities,
        links,
        claims,
        groups);
  }

  CedarPoint point() {
    return CedarPoint.load(settings(), List.of(contract()), relations, POOL);
  }

  /// What is said to policies that do not load.
  List<String> problems() {
    try {
      point();
      return List.of();
    } catch (ProblemsException wrong) {
      List<String> said = new ArrayList<>();
      for (Problem problem : wrong.problems()) {
        said.add(problem.toString());
      }
      return said;
    }
  }

  /// Asks where waiting is allowed.
  static Answer ask(CedarPoint point, Question question) {
    List<Answer> answers = new ArrayList<>();
    try {
      Thread.ofVirtual().start(() -> answers.add(point.decide(question))).join();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    return answers.getFirst();
  }

  static Contract contract() {
    URI address = URI.create("file:/shop.yaml");
    return new ContractReader(_ -> SHOP.getBytes(StandardCharsets.UTF_8), Bounds.DEFAULT)
        .read(new ContractFiles("shop", new Place.Origin(address, "shop.yaml")), _ -> true);
  }
}
