package dev.gatewarden.acceptance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/// A gate before a `LoginService`, whose contract says nothing of logins but how its operations are
/// called.
final class LoginGate implements AutoCloseable {
  private static final String ANY =
      "responses: {default: {description: said, content: {application/json: {schema: {type:"
          + " object}}}}}";
  static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: People, version: 1.0.0}
      security: []
      servers: [{url: /}]
      paths:
        /login:
          post:
            operationId: logIn
            x-gatewarden-object: {none: nobody is proved yet}
            requestBody:
              required: true
              content:
                application/json: {schema: {$ref: '#/components/schemas/Login'}}
                application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Login'}}
            RESPONSES
        /mfa/verify:
          post:
            operationId: verifyCode
            x-gatewarden-object: {none: nobody is proved yet}
            requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {mfa_token: {type: string, maxLength: 100}, code: {type: string, maxLength: 10}}}}}}
            ANY
        /password/forgot:
          post:
            operationId: forgotPassword
            x-gatewarden-object: {none: nobody is proved yet}
            requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {email: {type: string, maxLength: 200}}}}}}
            ANY
        /auth/refresh:
          post:
            operationId: refresh
            x-gatewarden-object: {none: nobody is proved yet}
            requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {refresh_token: {type: string, maxLength: 200}}}}}}
            ANY
        /basic:
          get:
            operationId: basic
            x-gatewarden-login: {does: login, account: header.Authorization}
            ANY
      components:
        schemas:
          Login:
            type: object
            properties:
              email: {type: string, maxLength: 200}
              password: {type: string, format: password, maxLength: 200}
      """
          .replace(
              "RESPONSES",
              "responses: {'200': {description: in, content: {application/json: {schema: {type:"
                  + " object, properties: {success: {type: boolean}, mfa_token: {type:"
                  + " string, maxLength: 100}}}}}}, '401': {description: out, content:"
                  + " {application/json: {schema: {type: object}}}}}")
          .replace("ANY", ANY);

  final LoginService service;
  private final Path folder;
  private final Opened gate;

  private LoginGate(LoginService service, Path folder, Opened gate) {
    this.service = service;
    this.folder = folder;
    this.gate = gate;
  }

  /// One that believes who stands before it where requests come from.
  static LoginGate start() throws IOException {
    return start("trust: [127.0.0.0/8]", CONTRACT, "");
  }

  /// @param trust whom it believes that, a line below `listen`
  /// @param guards what is tuned
  static LoginGate start(String trust, String contract, String guards) throws IOException {
    return start(trust, contract, guards, "");
  }

  /// @param more further top-level keys; `file:pepper` is a secret
  static LoginGate start(String trust, String contract, String guards, String more)
      throws IOException {
    LoginService service = new LoginService();
    Path folder = Files.createTempDirectory("gatewarden-login");
    String configuration =
        """
        gatewarden: 1
        listen:
          public: {port: 0}
          admin: {port: 0}
          %s
        apis:
          people:
            contract: contract.yaml
            at: {path: /}
            upstream: {to: ['%s'], identity: forward}
            tenancy: single
            guards: {%s}
        decisions: stdout
        %s
        """
            .formatted(trust, service.uri(), guards, more);
    Path pepper = Files.writeString(folder.resolve("pepper"), "0123456789abcdef0123456789abcdef");
    Files.setPosixFilePermissions(pepper, PosixFilePermissions.fromString("rw-------"));
    Opened.write(folder, configuration, contract);
    Opened gate = Opened.over(folder);
    return new LoginGate(service, folder, gate);
  }

  Opened opened() {
    return gate;
  }

  Path folder() {
    return folder;
  }

  /// A password as JSON.
  static String login(String email, String password) {
    return "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}";
  }

  Line line() throws IOException {
    return new Line();
  }

  /// One connection, opened again where the gate closes it.
  final class Line implements AutoCloseable {
    private Socket socket = new Socket("127.0.0.1", gate.port());
    private InputStream in = new BufferedInputStream(socket.getInputStream());

    Line() throws IOException {}

    /// The status of a password.
    int login(String from, String email, String password) throws IOException {
      return post("/login", from, LoginGate.login(email, password)).status();
    }

    Told post(String path, String from, String json, String... fields) throws IOException {
      StringBuilder head =
          new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: people.example\r\n");
      boolean typed = false;
      for (String field : fields) {
        head.append(field).append("\r\n");
        typed |= field.toLowerCase(Locale.ROOT).startsWith("content-type:");
      }
      if (!typed) {
        head.append("Content-Type: application/json\r\n");
      }
      return send(head, from, json.getBytes(StandardCharsets.UTF_8));
    }

    Told get(String path, String from, String field) throws IOException {
      StringBuilder head =
          new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: people.example\r\n");
      return send(head.append(field).append("\r\n"), from, new byte[0]);
    }

    /// Sends a guess and does not wait for what becomes of it.
    void whisper(String from, String email, String password) throws IOException {
      String json = LoginGate.login(email, password);
      String request =
          "POST /login HTTP/1.1\r\nHost: people.example\r\nContent-Type: application/json\r\n"
              + "X-Forwarded-For: "
              + from
              + "\r\nContent-Length: "
              + json.length()
              + "\r\n\r\n"
              + json;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }

    private Told send(StringBuilder head, String from, byte[] body) throws IOException {
      if (!from.isEmpty()) {
        head.append("X-Forwarded-For: ").append(from).append("\r\n");
      }
      if (body.length > 0) {
        head.append("Content-Length: ").append(body.length).append("\r\n");
      }
      byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
      byte[] all = new byte[first.length + body.length];
      System.arraycopy(first, 0, all, 0, first.length);
      System.arraycopy(body, 0, all, first.length, body.length);
      try {
        return exchange(all);
      } catch (IOException hungUp) {
        again();
        return exchange(all);
      }
    }

    private Told exchange(byte[] request) throws IOException {
      socket.setSoTimeout(20_000);
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      out.write(request);
      out.flush();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int b = in.read();
        if (b < 0) {
          throw new IOException("the gate hung up");
        }
        head.append((char) b);
      }
      int status = Integer.parseInt(head.substring(9, 12));
      String lower = head.toString().toLowerCase(Locale.ROOT);
      int at = lower.indexOf("content-length: ");
      String body = "";
      if (at >= 0) {
        int length = Integer.parseInt(lower.substring(at + 16, lower.indexOf("\r\n", at)).strip());
        body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      }
      if (lower.contains("connection: close")) {
        again();
      }
      return new Told(status, lower, body);
    }

    private void again() throws IOException {
      socket.close();
      socket = new Socket("127.0.0.1", gate.port());
      in = new BufferedInputStream(socket.getInputStream());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /// What came back.
  record Told(int status, String head, String body) {}

  @Override
  public void close() throws IOException {
    gate.close();
    service.close();
    Opened.delete(folder);
  }
}
