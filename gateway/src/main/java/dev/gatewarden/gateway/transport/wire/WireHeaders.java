package dev.gatewarden.gateway.transport.wire;

import dev.gatewarden.core.exchange.Headers;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The fields of a message as they were decoded; names are lower case.
public record WireHeaders(HttpHeaders fields) implements Headers {
  @Override
  public @Nullable String first(String name) {
    return fields.get(name);
  }

  @Override
  public List<String> all(String name) {
    return fields.getAll(name);
  }

  @Override
  public int count(String name) {
    int count = 0;
    Iterator<? extends CharSequence> values = fields.valueCharSequenceIterator(name);
    while (values.hasNext()) {
      values.next();
      count++;
    }
    return count;
  }

  @Override
  public void each(BiConsumer<String, String> line) {
    Iterator<Map.Entry<CharSequence, CharSequence>> lines = fields.iteratorCharSequence();
    while (lines.hasNext()) {
      Map.Entry<CharSequence, CharSequence> next = lines.next();
      line.accept(next.getKey().toString(), next.getValue().toString());
    }
  }
}
