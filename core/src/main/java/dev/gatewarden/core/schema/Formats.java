package dev.gatewarden.core.schema;

import dev.gatewarden.core.schema.format.Addresses;
import dev.gatewarden.core.schema.format.Dates;
import dev.gatewarden.core.schema.format.Glances;
import dev.gatewarden.core.schema.format.Hostnames;
import dev.gatewarden.core.schema.format.Tokens;
import dev.gatewarden.core.schema.format.Uris;
import dev.gatewarden.core.schema.pattern.TextPattern;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The formats that are judged, by name.
final class Formats {

  private Formats() {}

  /// The test behind a format, or null for one that promises nothing about a text.
  ///
  /// Draft 4 asks of a host name what RFC 1034 asks, before some hyphens came to mean punycode.
  static StringRule.@Nullable TextTest test(String format, Dialect dialect) {
    return switch (format) {
      case "date" -> Dates::date;
      case "time" -> Dates::time;
      case "date-time" -> Dates::dateTime;
      case "duration" -> Dates::duration;
      case "email" -> Addresses::email;
      case "idn-email" -> Addresses::internationalEmail;
      case "hostname" ->
          dialect == Dialect.DRAFT_4 ? Addresses::plainHostname : Addresses::hostname;
      case "idn-hostname" -> Hostnames::international;
      case "ipv4" -> Addresses::ipv4;
      case "ipv6" -> Addresses::ipv6;
      case "uri" -> Uris::uri;
      case "uri-reference" -> Uris::uriReference;
      case "iri" -> Uris::iri;
      case "iri-reference" -> Uris::iriReference;
      case "uri-template" -> Uris::template;
      case "uuid" -> Tokens::uuid;
      case "json-pointer" -> Tokens::jsonPointer;
      case "relative-json-pointer" -> Tokens::relativeJsonPointer;
      case "byte" -> Tokens::base64;
      case "regex" -> Formats::regex;
      default -> null;
    };
  }

  /// A first look at texts of a format, or null where none is worth it.
  static StringRule.@Nullable Glance glance(String format) {
    return switch (format) {
      case "date" -> Glances::date;
      case "date-time" -> Glances::dateTime;
      case "email" -> Glances::email;
      case "uri", "uri-reference", "iri", "iri-reference" -> Glances::uri;
      case "uuid" -> Glances::uuid;
      default -> null;
    };
  }

  private static boolean regex(byte[] text, int from, int to) {
    return TextPattern.wellFormed(new String(text, from, to - from, StandardCharsets.UTF_8));
  }
}
