package dev.gatewarden.gateway.transport;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.Mapping;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is spoken with callers of each host: the same certificate everywhere, and a context with
/// sessions of its own for each host that asks for client certificates.
final class TlsContexts implements Mapping<String, SslContext> {
  private final Map<String, SslContext> byHost = new HashMap<>();
  private final SslContext otherwise;

  /// @throws IOException when the certificate cannot be served
  TlsContexts(OwnCertificate certificate, Asking asking) throws IOException {
    this.otherwise = context(certificate, asking.everywhere());
    for (String host : asking.hosts()) {
      byHost.put(host, context(certificate, true));
    }
  }

  private static SslContext context(OwnCertificate certificate, boolean asking) throws IOException {
    SslContextBuilder builder =
        SslContextBuilder.forServer(certificate.key(), certificate.chain())
            // It takes no early data (RFC 8446, section 2.3).
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    ApplicationProtocolNames.HTTP_2,
                    ApplicationProtocolNames.HTTP_1_1));
    if (asking) {
      builder.clientAuth(ClientAuth.OPTIONAL).trustManager(AskedCertificates.INSTANCE);
    }
    return builder.build();
  }

  /// @param host as the handshake names it; null where it names none
  @Override
  public SslContext map(@Nullable String host) {
    SslContext own = host == null ? null : byHost.get(host.toLowerCase(Locale.ROOT));
    return own == null ? otherwise : own;
  }
}
