package dev.gatewarden.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// CPU per request of the whole gate with every guard on, beside bare nginx and HAProxy,
/// interleaved in one run.
///
/// Arguments: the project's folder, the number of rounds, the requests of each measurement, the
/// requests of the warm-up, the file for the figures.
public final class GateBench {
  private static final String WIDE = "with 5,000 ops";
  private static final int OPERATIONS = 5_000;

  private GateBench() {}

  /// What is asked.
  enum Kind {
    GET,
    POST
  }

  public static void main(String[] arguments) throws Exception {
    Path project = Path.of(arguments[0]).toAbsolutePath();
    int rounds = Integer.parseInt(arguments[1]);
    int requests = Integer.parseInt(arguments[2]);
    int warmUp = Integer.parseInt(arguments[3]);
    Path out = Path.of(arguments[4]);
    Path folder = Files.createTempDirectory("gatewarden-bench");
    Identity identity = new Identity();
    String token = identity.token();
    Path keys = identity.keySet(folder);
    int service = freePort();
    int admin = freePort();
    try (Contender _ = Peers.service(folder, service, Payloads.order());
        Contender nginx = Peers.nginx(folder, freePort(), service);
        Contender haproxy = Peers.haproxy(folder, freePort(), service, identity.publicKey(folder));
        Contender gate = gate("gatewarden", project, folder, keys, service, admin, "");
        Contender wide = wide(project, keys, service)) {
      List<Contender> contenders = List.of(nginx, haproxy, gate, wide);
      Map<Kind, Load> loads = loads(token);
      System.err.printf("warming up, %d requests of each kind%n", warmUp);
      for (Contender each : contenders) {
        for (Load load : loads.values()) {
          load.run(each.port(), each == gate || each == wide ? warmUp : Math.min(warmUp, 20_000));
        }
      }
      Map<String, List<Double>> figures = new LinkedHashMap<>();
      for (int round = 0; round < rounds; round++) {
        for (Kind kind : Kind.values()) {
          for (int i = 0; i < contenders.size(); i++) {
            Contender each = contenders.get((i + round) % contenders.size());
            measure(each, kind, Objects.requireNonNull(loads.get(kind)), requests, figures);
          }
        }
        System.err.printf("round %d of %d done%n", round + 1, rounds);
      }
      for (Map.Entry<Kind, Load> each : loads.entrySet()) {
        double before = Allocated.bytes(admin, folder);
        each.getValue().run(gate.port(), requests);
        figures.put(
            gate.name() + "." + each.getKey().name().toLowerCase(Locale.ROOT) + ".allocated_bytes",
            List.of((Allocated.bytes(admin, folder) - before) / requests));
      }
      for (Contender each : contenders) {
        figures.put(each.name() + ".memory_mib", List.of(Cost.memoryMiB(each.process().pid())));
      }
      report(figures, requests, out);
    }
  }

  private static void measure(
      Contender contender, Kind kind, Load load, int requests, Map<String, List<Double>> figures)
      throws IOException {
    double before = Cost.cpuMicros(contender.process().pid());
    Load.Times times = load.run(contender.port(), requests);
    double cpu = (Cost.cpuMicros(contender.process().pid()) - before) / requests;
    String name = contender.name() + "." + kind.name().toLowerCase(Locale.ROOT);
    figures.computeIfAbsent(name + ".cpu_us", _ -> new ArrayList<>()).add(cpu);
    figures.computeIfAbsent(name + ".latency_us", _ -> new ArrayList<>()).add(times.median());
    figures.computeIfAbsent(name + ".p99_us", _ -> new ArrayList<>()).add(times.p99());
  }

  private static void report(Map<String, List<Double>> figures, int requests, Path out)
      throws IOException {
    StringBuilder json = new StringBuilder("{\n  \"requests\": " + requests);
    figures.forEach(
        (name, all) ->
            json.append(
                String.format(
                    Locale.ROOT,
                    ",%n  \"%s\": {\"median\": %.1f, \"rounds\": %s}",
                    name,
                    median(all),
                    all.stream().map(v -> String.format(Locale.ROOT, "%.1f", v)).toList())));
    Files.writeString(out, json.append("\n}\n"));
    PrintStream to = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    to.println("µs of CPU per request (median of the rounds), and the ratio to bare nginx");
    for (String name : List.of("nginx", "haproxy", "gatewarden", WIDE)) {
      to.printf(
          Locale.ROOT,
          "  %-16s GET %6.1f  %4.2f×   POST %6.1f  %4.2f×   memory %5.0f MiB%n",
          name,
          cpu(figures, name, "get"),
          cpu(figures, name, "get") / cpu(figures, "nginx", "get"),
          cpu(figures, name, "post"),
          cpu(figures, name, "post") / cpu(figures, "nginx", "post"),
          median(figures.getOrDefault(name + ".memory_mib", List.of(0.0))));
    }
    to.println("µs from request to answer under that load (median and 99th percentile)");
    for (String name : List.of("nginx", "haproxy", "gatewarden", WIDE)) {
      to.printf(
          Locale.ROOT,
          "  %-16s GET %6.0f %6.0f   POST %6.0f %6.0f%n",
          name,
          median(figures.getOrDefault(name + ".get.latency_us", List.of(0.0))),
          median(figures.getOrDefault(name + ".get.p99_us", List.of(0.0))),
          median(figures.getOrDefault(name + ".post.latency_us", List.of(0.0))),
          median(figures.getOrDefault(name + ".post.p99_us", List.of(0.0))));
    }
    to.printf(
        Locale.ROOT,
        "  gatewarden allocates %.0f bytes for a GET, %.0f for a POST%n",
        median(figures.getOrDefault("gatewarden.get.allocated_bytes", List.of(0.0))),
        median(figures.getOrDefault("gatewarden.post.allocated_bytes", List.of(0.0))));
    to.println("all figures: " + out);
  }

  private static double cpu(Map<String, List<Double>> figures, String name, String kind) {
    return median(figures.getOrDefault(name + "." + kind + ".cpu_us", List.of(0.0)));
  }

  static double median(List<Double> all) {
    List<Double> sorted = all.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /// The same gate before an API with many more operations.
  private static Contender wide(Path project, Path keys, int service) throws IOException {
    Path folder = Files.createTempDirectory("gatewarden-bench-wide");
    String contract = Files.readString(project.resolve("examples/shop/shop.yaml"));
    StringBuilder more = new StringBuilder("\npaths:\n");
    int known = 10;
    for (int i = known; i < OPERATIONS; i++) {
      more.append(
          """
            /v1/more/%1$d/{thingId}/parts:
              get:
                operationId: more%1$d
                security: [{bearerAuth: [orders:read]}]
                x-gatewarden-object: {none: nobody's}
                parameters: [{name: thingId, in: path, required: true, schema: {type: string, maxLength: 40}}]
                responses: {'200': {description: all, content: {application/json: {schema: {type: object}}}}}
          """
              .formatted(i));
    }
    Path wide = folder.resolve("shop.yaml");
    Files.writeString(wide, contract.replace("\npaths:\n", more));
    return gate(WIDE, project, folder, keys, service, freePort(), wide, "");
  }

  /// The whole gate with the configuration of the example, its limits out of the way.
  ///
  /// @param more further top-level keys, each line ended
  static Contender gate(
      String name, Path project, Path folder, Path keys, int service, int admin, String more)
      throws IOException {
    Path contract = project.resolve("examples/shop/shop.yaml");
    return gate(name, project, folder, keys, service, admin, contract, more);
  }

  private static Contender gate(
      String name,
      Path project,
      Path folder,
      Path keys,
      int service,
      int admin,
      Path contract,
      String more)
      throws IOException {
    int port = freePort();
    String configuration =
        Files.readString(project.resolve("examples/shop/gatewarden.yaml"))
                .replace("port: 8080", "port: " + port)
                .replace("port: 8081", "port: " + admin)
                .replace("http://127.0.0.1:9000", "http://127.0.0.1:" + service)
                .replace(
                    "    audience: https://shop.example",
                    "    audience: https://shop.example\n    keys: " + keys)
                .replace("contract: shop.yaml", "contract: " + contract)
                .replace("file:../../.gatewarden/demo/bank.secret", "env:BENCH_BANK_SECRET")
                .replaceAll(
                    "principal-limit: .*",
                    "principal-limit: {reads: 100000000/1m, writes: 100000000/1m}\n"
                        + "      source-limit: {rate: 100000000/1m, burst: 1000000}")
                .replaceAll("(?m)^(decisions|store|state):.*\\n", "")
            + "decisions: file:"
            + folder.resolve("decisions.ndjson")
            + "\nstore: none\n"
            + more;
    Path file = Files.writeString(folder.resolve("gatewarden.yaml"), configuration);
    return Contender.start(
        name,
        folder,
        port,
        List.of(
            "env",
            "BENCH_BANK_SECRET=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            project.resolve("gatewarden").toString(),
            "run",
            "-c",
            file.toString()));
  }

  static Map<Kind, Load> loads(String token) {
    Map<Kind, Load> loads = new EnumMap<>(Kind.class);
    String common =
        " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench/1\r\nAccept: application/json\r\n"
            + "Authorization: Bearer "
            + token
            + "\r\n";
    loads.put(
        Kind.GET, new Load(bytes("GET /v1/orders/" + Payloads.ORDER_ID + common + "\r\n"), 200));
    String body = Payloads.newOrder();
    loads.put(
        Kind.POST,
        new Load(
            bytes(
                "POST /v1/orders"
                    + common
                    + "Content-Type: application/json\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body),
            201));
    return loads;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
