package dev.gatewarden.app.command;

import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.app.configuration.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatewarden propose`.
@Command(
    name = "gatewarden propose",
    description = {
      "Prints what could be added to `exceptions:` so that answers which break their contract stay"
          + " possible once it is enforced.",
      "Each entry says where the answers break the contract and how often; no value is ever kept."
          + " Nothing is changed: read it, and put into the configuration what is meant.",
      "Asks the running gate."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden propose",
      "  gatewarden propose -c staging/gatewarden.yaml",
      "  gatewarden propose --admin http://127.0.0.1:8081",
      "",
      "Exit code: 0 nothing to propose, 1 something is proposed, 2 it could not ask."
    })
final class ProposeCommand implements Callable<Integer> {
  private static final int PATIENCE = 2_000;
  private static final int MOST_BYTES = 4 << 20;

  private final Terminal terminal;

  @Mixin private final ConfigurationFile configuration = new ConfigurationFile();

  @Option(
      names = "--admin",
      paramLabel = "<url>",
      description = "A gate's admin port, such as http://127.0.0.1:8081.")
  private @Nullable URI admin;

  ProposeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    String yaml = admin == null ? configured() : asked(admin, null);
    terminal.out().print(yaml);
    return yaml.startsWith("#") ? Commands.CLEAN : Commands.FINDINGS;
  }

  private String configured() throws IOException, Refusal {
    Reading reading = configuration.read(terminal);
    var listen = reading.configuration().listen().admin();
    String host = listen.bind().equals("0.0.0.0") ? "127.0.0.1" : listen.bind();
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return asked(
        URI.create("http://" + shown + ":" + listen.port()), token(reading, listen.token()));
  }

  private @Nullable String token(Reading reading, @Nullable SecretReference reference)
      throws Refusal {
    if (reference == null) {
      return null;
    }
    try {
      byte[] secret =
          new Secrets(reading.folder(), terminal.environment()).read(reference).revealed();
      return new String(secret, StandardCharsets.UTF_8);
    } catch (IOException absent) {
      throw new Refusal("the admin token cannot be read: " + absent.getMessage());
    }
  }

  private static String asked(URI base, @Nullable String token) throws IOException, Refusal {
    HttpURLConnection connection =
        (HttpURLConnection) base.resolve("/proposals").toURL().openConnection();
    connection.setConnectTimeout(PATIENCE);
    connection.setReadTimeout(PATIENCE);
    connection.setInstanceFollowRedirects(false);
    if (token != null) {
      connection.setRequestProperty("Authorization", "Bearer " + token);
    }
    try {
      int status = connection.getResponseCode();
      if (status != 200) {
        throw new Refusal("the admin port at `" + base + "` answers " + status);
      }
      try (InputStream body = connection.getInputStream()) {
        return new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      }
    } catch (ConnectException | SocketTimeoutException stopped) {
      throw new Refusal("no gate answers at `" + base + "`; what it saw is known to it alone");
    } finally {
      connection.disconnect();
    }
  }
}
