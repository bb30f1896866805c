package dev.gatewarden.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The configurations of the peers and of the service they all stand in front of.
final class Peers {
  private Peers() {}

  /// The service: nginx that answers every GET with one order and every POST with the same.
  static Contender service(Path folder, int port, String order) throws IOException {
    return nginx(
        "service",
        folder,
        """
        server {
          listen 127.0.0.1:%d;
          default_type application/json;
          location / {
            if ($request_method = POST) { return 201 '%s'; }
            return 200 '%s';
          }
        }
        """
            .formatted(port, order, order),
        port);
  }

  /// nginx as a bare proxy: nothing is checked.
  static Contender nginx(Path folder, int port, int service) throws IOException {
    return nginx(
        "nginx",
        folder,
        """
        upstream service {
          server 127.0.0.1:%d;
          keepalive 64;
          keepalive_requests 1000000000;
          keepalive_time 24h;
        }
        server {
          listen 127.0.0.1:%d;
          location / {
            proxy_pass http://service;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
          }
        }
        """
            .formatted(service, port),
        port);
  }

  private static Contender nginx(String name, Path folder, String server, int port)
      throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Path file = home.resolve("nginx.conf");
    Files.writeString(
        file,
        """
        worker_processes 1;
        daemon off;
        pid %s/nginx.pid;
        error_log %s/error.log;
        events { worker_connections 1024; }
        http {
          access_log off;
          keepalive_requests 1000000000;
          keepalive_time 24h;
          client_body_temp_path %s/body;
          proxy_temp_path %s/proxy;
          fastcgi_temp_path %s/fastcgi;
          uwsgi_temp_path %s/uwsgi;
          scgi_temp_path %s/scgi;
          %s
        }
        """
            .formatted(home, home, home, home, home, home, home, server));
    return Contender.start(
        name,
        folder,
        port,
        List.of(
            "nginx",
            "-p",
            home.toString(),
            "-e",
            home.resolve("error.log").toString(),
            "-c",
            file.toString()));
  }

  /// HAProxy that verifies the token and limits by subject; no body is judged.
  static Contender haproxy(Path folder, int port, int service, Path key) throws IOException {
    Path file = folder.resolve("haproxy.cfg");
    Files.writeString(
        file,
        """
        global
          nbthread 1
          maxconn 1000
        defaults
          mode http
          timeout connect 5s
          timeout client 60s
          timeout server 60s
          timeout http-keep-alive 60s
          http-reuse always
        frontend callers
          bind 127.0.0.1:%d
          stick-table type string len 64 size 100k expire 60s store http_req_rate(60s)
          http-request set-var(txn.bearer) http_auth_bearer
          http-request set-var(txn.alg) var(txn.bearer),jwt_header_query('$.alg')
          http-request set-var(txn.iss) var(txn.bearer),jwt_payload_query('$.iss')
          http-request set-var(txn.aud) var(txn.bearer),jwt_payload_query('$.aud')
          http-request set-var(txn.sub) var(txn.bearer),jwt_payload_query('$.sub')
          http-request deny deny_status 401 unless { var(txn.alg) -m str RS256 }
          http-request deny deny_status 401 unless { var(txn.iss) -m str %s }
          http-request deny deny_status 401 unless { var(txn.aud) -m str %s }
          http-request deny deny_status 401 unless { var(txn.bearer),jwt_verify(txn.alg,"%s") 1 }
          http-request track-sc0 var(txn.sub)
          http-request deny deny_status 429 if { sc_http_req_rate(0) gt 1000000000 }
          default_backend service
        backend service
          server one 127.0.0.1:%d
        """
            .formatted(port, Identity.ISSUER, Identity.AUDIENCE, key, service));
    return Contender.start(
        "haproxy", folder, port, List.of("haproxy", "-db", "-f", file.toString()));
  }
}
