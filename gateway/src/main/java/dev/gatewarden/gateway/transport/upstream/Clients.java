package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.transport.wire.Worker;
import dev.gatewarden.gateway.transport.wire.Workers;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The clients of all workers.
public final class Clients implements AutoCloseable {
  private final List<UpstreamClient> byWorker = new ArrayList<>();
  private final Services services = new Services();

  /// @throws IOException when the certificates cannot be read
  public Clients(Workers workers, Reach reach) throws IOException {
    SslContext negotiated =
        tls(reach, ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);
    SslContext http1Only = tls(reach, ApplicationProtocolNames.HTTP_1_1);
    for (Worker worker : workers.all()) {
      byWorker.add(new UpstreamClient(worker, reach, services, negotiated, http1Only));
    }
  }

  public UpstreamClient of(Worker worker) {
    return byWorker.get(worker.index());
  }

  /// Serves these services and no others: what is known of the rest is forgotten, and their places
  /// are not asked any more whether they are well.
  public void serve(Collection<Upstreams> wanted) {
    Set<Upstreams> all = new LinkedHashSet<>(wanted);
    for (UpstreamClient client : byWorker) {
      boolean checking = client.worker().index() == 0;
      client.worker().loop().execute(() -> client.serve(all, checking));
    }
    services.keep(all);
  }

  /// How the services stand.
  public List<Sight> sights() {
    return services.sights(byWorker.getFirst().worker());
  }

  private static SslContext tls(Reach reach, String... protocols) throws IOException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .endpointIdentificationAlgorithm("HTTPS")
            .protocols("TLSv1.3", "TLSv1.2")
            .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    protocols));
    if (reach.authorities() != null) {
      builder.trustManager(reach.authorities().toFile());
    }
    return builder.build();
  }

  @Override
  public void close() {
    for (UpstreamClient client : byWorker) {
      client.worker().loop().submit(client::retire).syncUninterruptibly();
    }
  }
}
