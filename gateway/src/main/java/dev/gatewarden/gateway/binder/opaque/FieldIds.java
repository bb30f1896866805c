package dev.gatewarden.gateway.binder.opaque;

import dev.gatewarden.core.canon.ContentType;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.opaque.OpaqueType;
import dev.gatewarden.core.opaque.Tenant;
import dev.gatewarden.gateway.binder.body.multipart.Multipart;
import dev.gatewarden.gateway.binder.body.multipart.Part;
import dev.gatewarden.gateway.binder.body.multipart.Unreadable;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ids in bodies made of named texts: forms, and the texts among parts.
///
/// They are judged as the JSON they are read as, and written anew where they stand.
public final class FieldIds implements BodyIds {
  private final IdPlaces view;
  private final Map<String, OpaqueType> names;
  private final boolean parts;
  private final int most;

  /// @param view where they stand in what such a body is read as
  /// @param names of the fields that hold one
  /// @param parts whether the body is in parts, and no form
  /// @param most how many parts there may be
  public FieldIds(IdPlaces view, Map<String, OpaqueType> names, boolean parts, int most) {
    this.view = view;
    this.names = Map.copyOf(names);
    this.parts = parts;
    this.most = most;
  }

  @Override
  public Outcome swap(Bytes read, Swapping way, Tenant tenant) {
    return view.swap(read, way, tenant);
  }

  /// The body with the ids of the service; null where it cannot be written so that it holds exactly
  /// those that were judged.
  ///
  /// @param judged how many were
  public @Nullable Bytes written(
      Bytes body, @Nullable ContentType type, Tenant tenant, int judged) {
    List<Rewriting.Swap> swaps = new ArrayList<>();
    boolean whole = parts ? inParts(body, type, tenant, swaps) : inForm(body, tenant, swaps);
    return whole && swaps.size() == judged ? Rewriting.of(body, swaps).after() : null;
  }

  private boolean inForm(Bytes body, Tenant tenant, List<Rewriting.Swap> swaps) {
    byte[] form = body.array();
    for (int from = body.from(); from < body.to(); ) {
      int end = until(form, '&', from, body.to());
      int equals = until(form, '=', from, end);
      String name = decoded(form, from, equals);
      OpaqueType type = name == null ? null : names.get(name);
      if (name == null) {
        return false;
      }
      if (type != null) {
        String value = equals == end ? null : decoded(form, equals + 1, end);
        String id = value == null ? null : type.open(value, tenant);
        if (id == null) {
          return false;
        }
        swaps.add(
            new Rewriting.Swap(
                equals + 1,
                end,
                URLEncoder.encode(id, StandardCharsets.UTF_8)
                    .getBytes(StandardCharsets.ISO_8859_1)));
      }
      from = end + 1;
    }
    return true;
  }

  private static int until(byte[] form, char end, int from, int to) {
    int at = from;
    while (at < to && form[at] != end) {
      at++;
    }
    return at;
  }

  private static @Nullable String decoded(byte[] form, int from, int to) {
    try {
      return URLDecoder.decode(
          new String(form, from, to - from, StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return null;
    }
  }

  private boolean inParts(
      Bytes body, @Nullable ContentType content, Tenant tenant, List<Rewriting.Swap> swaps) {
    try {
      for (Part part : Multipart.read(body, content, most)) {
        OpaqueType type = names.get(part.name());
        if (type != null) {
          String value = new Bytes(body.array(), part.from(), part.to()).utf8();
          String id = type.open(value, tenant);
          if (id == null) {
            return false;
          }
          swaps.add(
              new Rewriting.Swap(part.from(), part.to(), id.getBytes(StandardCharsets.UTF_8)));
        }
      }
      return true;
    } catch (Unreadable other) {
      return false;
    }
  }
}
