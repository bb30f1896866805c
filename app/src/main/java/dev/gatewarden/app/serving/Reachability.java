package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Configuration;
import dev.gatewarden.app.configuration.Reading;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Tells once, after the start, which services and issuers do not answer. None of it keeps the gate
/// from running.
final class Reachability {
  private static final int PATIENCE = 1_500;

  private Reachability() {}

  static void tell(Configuration configuration, Reading reading, Consumer<String> notices) {
    configuration
        .apis()
        .forEach(
            (name, api) ->
                api.upstream()
                    .to()
                    .forEach(
                        to ->
                            later(
                                to,
                                "the service of `"
                                    + name
                                    + "` at `"
                                    + to
                                    + "` does not answer; callers get 502 until it does",
                                notices)));
    configuration
        .issuers()
        .forEach(
            (name, issuer) -> {
              String keys = issuer.keys();
              String consequence = "; its tokens are refused with 503 until its keys can be had";
              URI url =
                  keys == null ? issuer.url() : keys.contains("://") ? URI.create(keys) : null;
              if (issuer.secret() != null || (keys == null && issuer.algorithms().isEmpty())) {
                // It has no keys to be fetched.
                return;
              }
              if (url != null) {
                later(
                    url,
                    "issuer `" + name + "` at `" + url + "` does not answer" + consequence,
                    notices);
              } else if (keys != null) {
                Path file =
                    reading.folder().resolve(keys.startsWith("file:") ? keys.substring(5) : keys);
                if (!Files.isReadable(file)) {
                  notices.accept(
                      "the keys of issuer `" + name + "` are not in `" + file + "`" + consequence);
                }
              }
            });
  }

  private static void later(URI url, String notice, Consumer<String> notices) {
    Thread.startVirtualThread(
        () -> {
          int port =
              url.getPort() >= 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
          String host = url.getHost();
          String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
          try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(plain, port), PATIENCE);
          } catch (IOException down) {
            notices.accept(notice);
          }
        });
  }
}
