package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.gateway.binder.body.Translation.Translated;
import dev.gatewarden.gateway.binder.body.Translation.Way;
import java.util.ArrayList;
import java.util.List;

/// Reads bodies that are not JSON by the JSON they stand for; the marks point into that.
///
/// A body that may be read in two ways by those who follow the contract conforms if either does,
/// and one that may be read otherwise by those who do not has to conform in both.
final class TranslatedBody implements BodyReader {
  private final Translation translation;
  private final JsonBody json;

  TranslatedBody(Translation translation, JsonBody json) {
    this.translation = translation;
    this.json = json;
  }

  @Override
  public Found read(Bytes body, String contentType) {
    LongWork.leaveLoop(body);
    Translated translated = translation.read(body, Way.VALUES);
    if (!translated.faults().isEmpty()) {
      return new Found(false, false, Bytes.NONE, List.of());
    }
    Found found = json.read(translated.view(), contentType);
    if (!found.conforms()) {
      Found other = json.read(translation.read(body, Way.TEXTS).view(), contentType);
      found = other.conforms() ? other : found;
    }
    if (found.conforms() && translated.doubtful()) {
      Translated other = translation.read(body, Way.DECODED_FIRST);
      if (!other.faults().isEmpty() || !json.read(other.view(), contentType).conforms()) {
        return new Found(false, found.complete(), found.view(), found.marks());
      }
    }
    return found;
  }

  @Override
  public List<Detail> explain(Bytes body, String contentType) {
    for (Way way : new Way[] {Way.VALUES, Way.DECODED_FIRST}) {
      Translated translated = translation.read(body, way);
      if (!translated.faults().isEmpty()) {
        return translated.faults();
      }
      List<Detail> details = new ArrayList<>();
      for (Detail each : json.explain(translated.view(), contentType)) {
        details.add(
            new Detail(
                translation.where(each.instanceLocation()),
                each.keywordLocation(),
                each.message()));
      }
      if (!details.isEmpty()) {
        return details;
      }
    }
    return List.of();
  }
}
