package dev.gatewarden.bench.schemas;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A worker process as the comparison sees it.
final class Contender implements AutoCloseable {

  /// What one document cost.
  record Cost(double nanos, double bytes) {}

  private final String name;
  private final Process process;
  private final BufferedReader from;
  private final Writer to;

  private Contender(String name, Process process) {
    this.name = name;
    this.process = process;
    from =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    to = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
  }

  static Contender start(String name, List<String> command) throws IOException {
    return new Contender(
        name, new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  String name() {
    return name;
  }

  /// Gets ready for a document; empty when it passes, else what is wrong.
  String load(Sample sample) throws IOException {
    String answer = ask("load " + sample.name() + " " + sample.schema() + " " + sample.document());
    return answer.equals("ok") ? "" : answer;
  }

  Cost run(Sample sample, long milliseconds) throws IOException {
    String answer = ask("run " + sample.name() + " " + milliseconds);
    try {
      String[] numbers = answer.split(" ");
      return new Cost(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
    } catch (NumberFormatException wrong) {
      throw new IOException(name + " on " + sample.name() + ": " + answer, wrong);
    }
  }

  private String ask(String line) throws IOException {
    to.write(line);
    to.write('\n');
    to.flush();
    String answer = from.readLine();
    if (answer == null) {
      throw new IOException(name + " has ended");
    }
    return answer;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
