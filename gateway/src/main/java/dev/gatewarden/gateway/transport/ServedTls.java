package dev.gatewarden.gateway.transport;

import io.netty.handler.ssl.SslContext;
import io.netty.util.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is spoken with callers now: by the certificates as their files had them last.
///
/// Callers who come after the files changed are shown the new certificates, and connections that
/// are open go on with what was agreed on them. What cannot be read, does not belong together, is
/// weak or out of time is told, and the certificates before stay.
final class ServedTls implements Mapping<String, SslContext> {
  private static final Logger LOG = LoggerFactory.getLogger(ServedTls.class);

  /// How many looks lie between two tries of files that are no good: what keeps them from being
  /// shown may be the time alone.
  private static final int LOOKS_BETWEEN_TRIES = 30;

  private final InstantSource clock;
  private Settings.Tls settings;

  /// Why what was read last is not shown; empty where it is.
  private String fault = "";

  private int looks;

  /// The files as they were when they were read, and when they were looked at last.
  private String read;

  private String seen;
  private List<OwnCertificate> certificates;
  private volatile TlsContexts contexts;

  /// @throws IOException when a certificate or its key cannot be read or shown; the message is for
  ///     the operator
  ServedTls(Settings.Tls settings, InstantSource clock) throws IOException {
    this.settings = settings;
    this.clock = clock;
    this.read = state();
    this.seen = read;
    this.certificates = sound(settings, clock);
    this.contexts = new TlsContexts(certificates, settings);
  }

  /// Reads all of them, and shows them to nobody.
  ///
  /// @throws IOException when one cannot be read or shown; the message is for the operator
  static List<OwnCertificate> sound(Settings.Tls settings, InstantSource clock) throws IOException {
    List<OwnCertificate> all = new ArrayList<>();
    for (Settings.Files each : settings.certificates()) {
      all.add(OwnCertificate.sound(each, clock.instant()));
    }
    return all;
  }

  /// Reads the files again where they changed and rest: two files are written one after the other.
  ///
  /// @return the chains that callers are shown from now on
  synchronized List<X509Certificate> refresh() {
    String now = state();
    boolean rests = now.equals(seen);
    seen = now;
    looks++;
    boolean again = !fault.isEmpty() && looks >= LOOKS_BETWEEN_TRIES;
    if (rests && (again || !now.equals(read))) {
      looks = 0;
      read = now;
      replace();
    }
    List<X509Certificate> chains = new ArrayList<>();
    certificates.forEach(each -> chains.addAll(each.chain()));
    return chains;
  }

  private void replace() {
    try {
      List<OwnCertificate> next = sound(settings, clock);
      contexts = new TlsContexts(next, settings);
      certificates = next;
      fault = "";
      LOG.info(
          "the gate's certificate was read again: it is good until {}",
          next.getFirst().chain().getFirst().getNotAfter().toInstant());
    } catch (IOException unusable) {
      String why = String.valueOf(unusable.getMessage());
      if (!why.equals(fault)) {
        fault = why;
        LOG.error("the gate's certificate cannot be replaced: {}; the one before stays", why);
      }
    }
  }

  /// Reads other files aside.
  ///
  /// @return puts them in force
  /// @throws IOException when they cannot be served; the message is for the operator
  Runnable prepared(Settings.Tls next) throws IOException {
    ServedTls other = new ServedTls(next, clock);
    return () -> follow(other);
  }

  /// Where nothing changed, sessions can be resumed as before.
  private synchronized void follow(ServedTls other) {
    if (settings.equals(other.settings) && read.equals(other.read) && fault.isEmpty()) {
      return;
    }
    fault = "";
    settings = other.settings;
    read = other.read;
    seen = other.seen;
    certificates = other.certificates;
    contexts = other.contexts;
  }

  /// What tells one state of the files from another; the same while nobody writes them.
  private String state() {
    StringBuilder state = new StringBuilder();
    for (Settings.Files each : settings.certificates()) {
      state.append(state(each.certificate())).append(state(each.key()));
    }
    return state.toString();
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
  /// @return null where nothing is spoken with its callers
  @Override
  public @Nullable SslContext map(@Nullable String host) {
    return contexts.map(host);
  }

  /// Whether every caller is shown the same certificates.
  boolean single() {
    return contexts.single();
  }

  /// Whether callers of two hosts are shown the same certificates.
  boolean together(String one, String other) {
    return contexts.together(one, other);
  }
}
