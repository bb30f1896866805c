package dev.gatewarden.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// The verifiers that the guide shows to services, run as they stand there.
record VerifierSnippets(String language, String file, List<String> command) {
  static final VerifierSnippets JAVA =
      new VerifierSnippets(
          "java",
          "GateToken.java",
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("java.class.path")));
  static final VerifierSnippets NODE =
      new VerifierSnippets("javascript", "verify.js", List.of("node"));
  static final VerifierSnippets PYTHON =
      new VerifierSnippets("python", "verify.py", List.of("python3"));

  /// What a run said.
  record Said(int code, String out, String err) {}

  /// Runs it; aborts the test where the machine cannot.
  Said run(Path folder, String token, String keys, String audience) throws Exception {
    Path program = Files.writeString(folder.resolve(file), code());
    Path jwks = Files.writeString(folder.resolve("jwks.json"), keys);
    Path in = Files.writeString(folder.resolve("token"), token);
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(program.toString(), jwks.toString(), audience));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    try {
      Process process =
          new ProcessBuilder(all)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the verifier does not end");
      }
      Said said = new Said(process.exitValue(), Files.readString(out), Files.readString(err));
      if (said.err().contains("No module named")) {
        Assumptions.abort("no python package `cryptography`");
      }
      return said;
    } catch (IOException absent) {
      return Assumptions.abort("no " + command.getFirst());
    }
  }

  private String code() throws IOException {
    Path guide =
        Path.of(
            System.getProperty("gatewarden.root", ".."), "docs", "how-to", "verify-the-gate.md");
    String text = Files.readString(guide, StandardCharsets.UTF_8);
    String begin = "```" + language + "\n";
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf("```", from));
  }

  @Override
  public String toString() {
    return language;
  }
}
