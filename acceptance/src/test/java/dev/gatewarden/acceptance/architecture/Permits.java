package dev.gatewarden.acceptance.architecture;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The permit table: which packages of others each folder may use, beside the language itself.
///
/// A line holds for the folder and what lies below it. A new library is a line here, with its
/// reader's question answered: why there, and nowhere else.
final class Permits {

  private record Permit(String folder, List<String> packages) {
    Permit(String folder, String... packages) {
      this(folder, List.copyOf(Arrays.asList(packages)));
    }
  }

  private static final List<Permit> TABLE =
      List.of(
          new Permit("core", "javax.crypto"),
          // tokens are forged with the JDK alone
          new Permit("controls.probes", "javax.crypto"),
          new Permit("core.document", "org.snakeyaml.engine"),
          new Permit("gateway", "org.slf4j", "javax.net", "javax.crypto", "javax.security"),
          new Permit("gateway.binder", "javax.xml.stream"),
          new Permit("gateway.coding", "com.github.luben.zstd", "org.brotli"),
          // Policies are judged by Cedar's own engine; its answers speak in Guava's lists.
          new Permit(
              "gateway.decisionpoint",
              "com.cedarpolicy",
              "com.fasterxml.jackson",
              "com.google.common.collect"),
          new Permit("gateway.egress", "io.netty"),
          new Permit("gateway.identity", "com.amazon.corretto"),
          new Permit("gateway.listener", "io.netty"),
          new Permit("gateway.recorder", "io.netty"),
          new Permit("gateway.reply", "io.netty"),
          new Permit("gateway.state", "io.lettuce"),
          new Permit("gateway.transport", "io.netty"),
          new Permit("gateway.upstream", "io.netty"),
          new Permit("platform", "org.slf4j"),
          // an address of the tester's own, which nobody should fetch
          new Permit("platform.probing", "com.sun.net.httpserver"),
          // schemas of others are read by the libraries that know them, in their own folders alone
          new Permit("platform.probing.graphql", "graphql"),
          new Permit(
              "platform.probing.grpc", "build.buf", "com.google.protobuf", "io.netty", "javax.net"),
          new Permit("platform.store", "java.sql", "javax.sql", "org.sqlite"),
          new Permit(
              "app",
              "picocli",
              "org.slf4j",
              "java.util.logging",
              "javax.net",
              "com.sun.management",
              "com.sun.net.httpserver"),
          // Certificate requests, offline: the JDK reads none.
          new Permit("app.certificates", "org.bouncycastle", "javax.security"),
          new Permit(
              "demo",
              "tools.jackson",
              "com.fasterxml.jackson.annotation",
              "com.nimbusds",
              "com.sun.net.httpserver",
              "javax.crypto",
              "javax.net",
              "picocli"),
          new Permit(
              "testkit",
              "javax.net",
              "javax.security",
              "org.bouncycastle",
              "org.junit.jupiter",
              "org.opentest4j",
              "org.assertj",
              "org.snakeyaml.engine"));

  private static final List<String> LANGUAGE =
      List.of(
          "java.io",
          "java.lang",
          "java.math",
          "java.net",
          "java.nio",
          "java.security",
          "java.text",
          "java.time",
          "java.util",
          "org.jspecify.annotations");

  private Permits() {}

  /// Whether code of a folder may use a package.
  static boolean allow(String folder, String used) {
    return used.isEmpty() || allowed(folder).anyMatch(permitted -> within(used, permitted));
  }

  private static Stream<String> allowed(String folder) {
    return Stream.concat(
        LANGUAGE.stream(),
        TABLE.stream()
            .filter(permit -> within(folder, permit.folder()))
            .flatMap(permit -> permit.packages().stream()));
  }

  private static boolean within(String name, String parent) {
    return name.equals(parent) || name.startsWith(parent + ".");
  }
}
