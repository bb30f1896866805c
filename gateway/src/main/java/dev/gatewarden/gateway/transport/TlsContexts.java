package dev.gatewarden.gateway.transport;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/// What is spoken with callers of each host: the certificates that name it, of which the handshake
/// shows the one whose kind of key the caller prefers, and a context with sessions of its own for
/// each host that asks for client certificates.
final class TlsContexts {
  private static final long SESSION_SECONDS = 2 * 60 * 60L;
  private static final char[] PASSWORD = "in memory alone".toCharArray();

  private final Settings.Tls settings;
  private final Map<String, Shown> byHost = new HashMap<>();
  private final Map<String, SslContext> asking = new HashMap<>();
  private final Shown first;

  /// The certificates that callers of some hosts see.
  private record Shown(List<OwnCertificate> certificates, SslContext context) {}

  /// @throws IOException when the certificates cannot be served together; the message is for the
  ///     operator
  TlsContexts(List<OwnCertificate> certificates, Settings.Tls settings) throws IOException {
    this.settings = settings;
    Map<String, List<OwnCertificate>> naming = new LinkedHashMap<>();
    for (OwnCertificate each : certificates) {
      for (String host : each.hosts()) {
        naming.computeIfAbsent(host, _ -> new ArrayList<>()).add(each);
      }
    }
    Map<List<OwnCertificate>, Shown> known = new HashMap<>();
    for (Map.Entry<String, List<OwnCertificate>> each : naming.entrySet()) {
      distinct(each.getKey(), each.getValue());
      byHost.put(each.getKey(), shown(each.getValue(), known));
    }
    Set<String> own = certificates.getFirst().hosts();
    List<OwnCertificate> alike = new ArrayList<>();
    for (OwnCertificate each : certificates) {
      if (each == certificates.getFirst() || (!own.isEmpty() && each.hosts().equals(own))) {
        alike.add(each);
      }
    }
    this.first = shown(alike, known);
    for (String host : settings.asking().hosts()) {
      Shown there = at(host);
      if (there != null) {
        asking.put(host, context(there.certificates, true));
      }
    }
  }

  private Shown shown(List<OwnCertificate> certificates, Map<List<OwnCertificate>, Shown> known)
      throws IOException {
    Shown shown = known.get(certificates);
    if (shown == null) {
      shown = new Shown(certificates, context(certificates, settings.asking().everywhere()));
      known.put(certificates, shown);
    }
    return shown;
  }

  /// Nobody could say which of two is shown.
  private static void distinct(String host, List<OwnCertificate> certificates) throws IOException {
    Map<String, OwnCertificate> byKind = new HashMap<>();
    for (OwnCertificate each : certificates) {
      if (byKind.put(each.key().getAlgorithm(), each) != null) {
        throw new IOException(
            "two certificates with `"
                + each.key().getAlgorithm()
                + "` keys name `"
                + host
                + "`, and nobody could say which one is shown");
      }
    }
  }

  private SslContext context(List<OwnCertificate> certificates, boolean asks) throws IOException {
    SslContextBuilder builder =
        SslContextBuilder.forServer(keys(certificates))
            // It takes no early data (RFC 8446, section 2.3).
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .sessionTimeout(SESSION_SECONDS)
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    ApplicationProtocolNames.HTTP_2,
                    ApplicationProtocolNames.HTTP_1_1));
    if (!settings.dated()) {
      builder.ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE);
    }
    if (asks) {
      builder.clientAuth(ClientAuth.OPTIONAL).trustManager(AskedCertificates.INSTANCE);
    }
    return builder.build();
  }

  private static KeyManagerFactory keys(List<OwnCertificate> certificates) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < certificates.size(); i++) {
        OwnCertificate each = certificates.get(i);
        store.setKeyEntry(
            String.valueOf(i), each.key(), PASSWORD, each.chain().toArray(X509Certificate[]::new));
      }
      KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
      factory.init(store, PASSWORD);
      return factory;
    } catch (GeneralSecurityException unfit) {
      throw new IOException("the certificate cannot be served", unfit);
    }
  }

  /// @param host lower case; empty where none is named
  private @Nullable Shown at(String host) {
    Shown own = naming(host);
    return own != null || settings.strict() ? own : first;
  }

  private @Nullable Shown naming(String host) {
    Shown own = byHost.get(host);
    int dot = host.indexOf('.');
    return own != null || dot < 0 ? own : byHost.get("*" + host.substring(dot));
  }

  /// Whether any certificate names a host.
  boolean name(String host) {
    return naming(host.toLowerCase(Locale.ROOT)) != null;
  }

  /// @param host as the handshake names it; null where it names none
  /// @return null where nothing is spoken with its callers
  @Nullable SslContext map(@Nullable String host) {
    String name = host == null ? "" : host.toLowerCase(Locale.ROOT);
    SslContext own = asking.get(name);
    if (own != null) {
      return own;
    }
    Shown shown = at(name);
    return shown == null ? null : shown.context;
  }

  /// Whether callers of two hosts are shown the same certificates.
  boolean together(String one, String other) {
    Shown shown = at(one);
    return shown != null && shown == at(other);
  }

  /// Whether every caller is shown the same.
  boolean single() {
    if (settings.strict()) {
      return false;
    }
    for (Shown each : byHost.values()) {
      if (each != first) {
        return false;
      }
    }
    return true;
  }
}
