package dev.gatewarden.bench.schemas;

/// Payloads a and b: an order as a shop's client posts it, and a list of 50 customers.
final class Shop {
  static final String ORDER_SCHEMA =
      """
      {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
       "required":["id","customer","lines","currency","createdAt"],"additionalProperties":false,
       "properties":{
        "id":{"type":"string","format":"uuid"},
        "createdAt":{"type":"string","format":"date-time"},
        "channel":{"enum":["web","app","phone","store"]},
        "currency":{"type":"string","pattern":"^[A-Z]{3}$"},
        "total":{"type":"number","minimum":0,"maximum":100000},
        "gift":{"type":"boolean"},
        "note":{"type":["string","null"],"maxLength":200},
        "customer":{"$ref":"#/$defs/customer"},
        "shipTo":{"$ref":"#/$defs/address"},
        "lines":{"type":"array","minItems":1,"maxItems":100,"items":{"$ref":"#/$defs/line"}}},
       "$defs":{
        "customer":{"type":"object","required":["id","email"],"additionalProperties":false,"properties":{
          "id":{"type":"integer","minimum":1},"name":{"type":"string","minLength":1,"maxLength":80},
          "email":{"type":"string","format":"email","maxLength":120},
          "phone":{"type":"string","pattern":"^\\\\+[0-9]{6,15}$"}}},
        "address":{"type":"object","required":["street","city","country"],"additionalProperties":false,"properties":{
          "street":{"type":"string","maxLength":120},"city":{"type":"string","maxLength":80},
          "postcode":{"type":"string","pattern":"^[0-9A-Z -]{3,10}$"},"country":{"type":"string","minLength":2,"maxLength":2}}},
        "line":{"type":"object","required":["sku","quantity","price"],"additionalProperties":false,"properties":{
          "sku":{"type":"string","pattern":"^[A-Z]{3}-[0-9]{4,8}$"},"quantity":{"type":"integer","minimum":1,"maximum":999},
          "price":{"type":"number","minimum":0},"title":{"type":"string","maxLength":100},
          "options":{"type":"array","items":{"type":"string","maxLength":40},"maxItems":10}}}}}
      """;

  static final String CUSTOMERS_SCHEMA =
      """
      {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"array","maxItems":200,"items":{
       "type":"object","required":["id","email","active","createdAt"],"additionalProperties":false,
       "properties":{
        "id":{"type":"string","format":"uuid"},
        "number":{"type":"integer","minimum":1},
        "name":{"type":"string","minLength":1,"maxLength":80},
        "email":{"type":"string","format":"email"},
        "active":{"type":"boolean"},
        "tier":{"enum":["bronze","silver","gold"]},
        "balance":{"type":"number"},
        "homepage":{"type":["string","null"],"format":"uri"},
        "tags":{"type":"array","items":{"type":"string","maxLength":20},"maxItems":10},
        "address":{"type":"object","required":["city"],"additionalProperties":false,"properties":{
          "street":{"type":"string"},"city":{"type":"string"},"lat":{"type":"number"},"lon":{"type":"number"}}},
        "createdAt":{"type":"string","format":"date-time"}}}}
      """;

  private static final String[] NAMES = {"Ada Moreau", "Jürgen Weiß", "Mei Tanaka", "Sam O'Neil"};
  private static final String[] TIERS = {"bronze", "silver", "gold"};

  private Shop() {}

  /// About 0.9 KB.
  static String order() {
    StringBuilder json = new StringBuilder(1_000);
    json.append("{\"id\":\"7c9e6679-7425-40de-944b-e07fc1f90ae7\",")
        .append("\"createdAt\":\"2026-01-15T10:20:30Z\",\"channel\":\"web\",\"currency\":\"EUR\",")
        .append("\"total\":259.75,\"gift\":false,\"note\":\"please ring twice\",")
        .append("\"customer\":{\"id\":40217,\"name\":\"Ada Moreau\",")
        .append("\"email\":\"ada.moreau@example.com\",\"phone\":\"+4940123456\"},")
        .append("\"shipTo\":{\"street\":\"12 Harbour Street\",\"city\":\"Hamburg\",")
        .append("\"postcode\":\"20457\",\"country\":\"DE\"},\"lines\":[");
    for (int i = 0; i < 5; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"sku\":\"ABC-")
          .append(10_000 + i * 37)
          .append("\",\"quantity\":")
          .append(i + 1)
          .append(",\"price\":")
          .append(19 + i)
          .append(".95,\"title\":\"Enamel mug ")
          .append(i + 1)
          .append("\",\"options\":[\"blue\",\"engraved\"]}");
    }
    return json.append("]}").toString();
  }

  /// About 16 KB.
  static String customers() {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < 50; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"id\":\"3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4e")
          .append(10 + i)
          .append("\",\"number\":")
          .append(1_000 + i)
          .append(",\"name\":\"")
          .append(NAMES[i % NAMES.length])
          .append("\",\"email\":\"customer")
          .append(i)
          .append("@example.com\",\"active\":")
          .append(i % 3 != 0)
          .append(",\"tier\":\"")
          .append(TIERS[i % TIERS.length])
          .append("\",\"balance\":")
          .append(i * 13)
          .append('.')
          .append(10 + i)
          .append(",\"homepage\":")
          .append(homepage(i))
          .append(",\"tags\":[\"new\",\"letter\"],\"address\":{\"street\":\"")
          .append(i + 1)
          .append(" Mill Lane\",\"city\":\"York\",\"lat\":53.9")
          .append(i)
          .append(",\"lon\":-1.08")
          .append(i)
          .append("},\"createdAt\":\"2026-01-")
          .append(10 + i % 20)
          .append("T08:30:00+01:00\"}");
    }
    return json.append(']').toString();
  }

  private static String homepage(int i) {
    return i % 4 == 0 ? "null" : "\"https://example.com/people/" + i + "?from=list\"";
  }
}
