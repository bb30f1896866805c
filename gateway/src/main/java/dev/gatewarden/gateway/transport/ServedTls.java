package dev.gatewarden.gateway.transport;

import io.netty.handler.ssl.SslContext;
import io.netty.util.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is spoken with callers now: by the certificate as its files had it last.
///
/// Callers who come after the files changed are shown the new certificate, and connections that are
/// open go on with what was agreed on them. What cannot be read, does not belong together or is out
/// of time is told, and the certificate before stays.
final class ServedTls implements Mapping<String, SslContext> {
  private static final Logger LOG = LoggerFactory.getLogger(ServedTls.class);

  private Settings.Tls files;
  private final InstantSource clock;

  /// The files as they were when they were read, and when they were looked at last.
  private String read;

  private String seen;
  private OwnCertificate certificate;
  private volatile TlsContexts contexts;

  /// @throws IOException when the certificate or its key cannot be read; the message is for the
  ///     operator
  ServedTls(Settings.Tls files, InstantSource clock) throws IOException {
    this.files = files;
    this.clock = clock;
    this.read = state();
    this.seen = read;
    this.certificate = OwnCertificate.read(files.certificate(), files.key());
    this.contexts = new TlsContexts(certificate, files.asking());
  }

  /// Reads the files again where they changed and rest: two files are written one after the other.
  ///
  /// @return the chain that callers are shown from now on
  synchronized List<X509Certificate> refresh() {
    String now = state();
    boolean rests = now.equals(seen);
    seen = now;
    if (rests && !now.equals(read)) {
      read = now;
      replace();
    }
    return certificate.chain();
  }

  private void replace() {
    try {
      OwnCertificate next = OwnCertificate.read(files.certificate(), files.key());
      String wrong = next.outOfTime(clock.instant());
      if (!wrong.isEmpty()) {
        throw new IOException(wrong);
      }
      TlsContexts fresh = new TlsContexts(next, files.asking());
      certificate = next;
      contexts = fresh;
      LOG.info(
          "the gate's certificate was read again: it is good until {}",
          next.chain().getFirst().getNotAfter().toInstant());
    } catch (IOException unusable) {
      LOG.error(
          "the gate's certificate cannot be replaced: {}; the one before stays",
          unusable.getMessage());
    }
  }

  /// Reads other files aside.
  ///
  /// @return puts them in force
  /// @throws IOException when they cannot be served; the message is for the operator
  Runnable prepared(Settings.Tls next) throws IOException {
    ServedTls other = new ServedTls(next, clock);
    String wrong = other.certificate.outOfTime(clock.instant());
    if (!wrong.isEmpty()) {
      throw new IOException(wrong);
    }
    return () -> follow(other);
  }

  private synchronized void follow(ServedTls other) {
    files = other.files;
    read = other.read;
    seen = other.seen;
    certificate = other.certificate;
    contexts = other.contexts;
  }

  /// What tells one state of the files from another; the same while nobody writes them.
  private String state() {
    return state(files.certificate()) + state(files.key());
  }

  private static String state(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey() + "\n";
    } catch (IOException gone) {
      return "gone\n";
    }
  }

  /// @param host as the handshake names it; null where it names none
  @Override
  public SslContext map(@Nullable String host) {
    return contexts.map(host);
  }
}
