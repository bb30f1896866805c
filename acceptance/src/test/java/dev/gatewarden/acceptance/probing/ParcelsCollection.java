package dev.gatewarden.acceptance.probing;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The parcel service as somebody has it in Postman: folders, variables, inherited authorization,
/// saved answers, and a script.
final class ParcelsCollection {
  private ParcelsCollection() {}

  /// The collection, v2.1; where it is sent stands in `{{baseUrl}}`, and its token in `{{token}}`.
  static String text() {
    return """
    {
      "info": {
        "name": "Parcels",
        "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
      },
      "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}", "type": "string"}]},
      "variable": [
        {"key": "host", "value": "http://parcels.example.com"},
        {"key": "baseUrl", "value": "{{host}}"}
      ],
      "item": [
        {
          "name": "Parcels",
          "item": [
            {
              "name": "List parcels",
              "request": {
                "method": "GET",
                "url": {
                  "raw": "{{baseUrl}}/parcels?limit=20",
                  "host": ["{{baseUrl}}"],
                  "path": ["parcels"],
                  "query": [
                    {"key": "limit", "value": "20"},
                    {"key": "offset", "value": "0", "disabled": true}
                  ]
                }
              },
              "response": [
                {"name": "two", "code": 200, "body": "{\\"items\\":[%1$s,%2$s],\\"total\\":2}"}
              ]
            },
            {
              "name": "Send parcel",
              "event": [
                {"listen": "test", "script": {"exec": [
                  "pm.collectionVariables.set(\\"lastParcel\\", pm.response.json().id);"]}}
              ],
              "request": {
                "method": "POST",
                "url": "{{baseUrl}}/parcels",
                "header": [{"key": "Content-Type", "value": "application/json"}],
                "body": {
                  "mode": "raw",
                  "raw": "{\\"recipient\\": \\"Grace\\", \\"address\\": \\"1 Sea Road\\", \\"weightGrams\\": {{weight}}}"
                }
              },
              "response": [
                {
                  "name": "made",
                  "code": 201,
                  "originalRequest": {
                    "method": "POST",
                    "url": "{{baseUrl}}/parcels",
                    "body": {
                      "mode": "raw",
                      "raw": "{\\"recipient\\": \\"Grace\\", \\"address\\": \\"1 Sea Road\\", \\"weightGrams\\": 700}"
                    }
                  },
                  "header": [{"key": "Content-Type", "value": "application/json"}],
                  "body": "%1$s"
                }
              ]
            },
            {
              "name": "Get parcel",
              "request": {
                "method": "GET",
                "url": {
                  "raw": "{{baseUrl}}/parcels/:parcelId",
                  "host": ["{{baseUrl}}"],
                  "path": ["parcels", ":parcelId"],
                  "variable": [{"key": "parcelId", "value": "{{lastParcel}}"}]
                }
              },
              "response": [
                {"name": "found", "code": 200, "body": "%1$s"},
                {"name": "absent", "code": 404, "body": "{\\"title\\":\\"not found\\",\\"status\\":404}"}
              ]
            },
            {
              "name": "Change parcel",
              "request": {
                "method": "PATCH",
                "url": "{{baseUrl}}/parcels/{{lastParcel}}",
                "body": {"mode": "raw", "raw": "{\\"address\\": \\"2 Hill Road\\"}"}
              },
              "response": [{"name": "changed", "code": 200, "body": "%2$s"}]
            },
            {
              "name": "Cancel parcel",
              "request": {"method": "DELETE", "url": "{{baseUrl}}/parcels/17"},
              "response": [{"name": "gone", "code": 204}]
            },
            {
              "name": "Old search",
              "request": {
                "method": "POST",
                "url": "{{baseUrl}}/graphql",
                "body": {"mode": "graphql", "graphql": {"query": "{ parcels { id } }"}}
              }
            }
          ]
        },
        {
          "name": "Count the visit",
          "request": {"method": "POST", "url": "https://statistics.example.org/visits"}
        }
      ]
    }
    """
        .formatted(parcel("1 Sea Road", 17), parcel("2 Hill Road", 18));
  }

  /// The same without a saved answer, as most collections are.
  static String unanswered() {
    JsonNode collection = JsonMapper.shared().readTree(text());
    for (JsonNode folder : collection.get("item")) {
      for (JsonNode item : folder.path("item")) {
        ((ObjectNode) item).remove("response");
      }
    }
    return collection.toString();
  }

  private static String parcel(String address, int id) {
    return ("{'id':%d,'senderId':'alice','tenantId':'north','recipient':'Grace','address':'%s',"
            + "'weightGrams':700,'status':'accepted','priceCents':690,"
            + "'createdAt':'2026-11-22T10:00:00Z'}")
        .formatted(id, address)
        .replace("'", "\\\"");
  }

  /// An environment in which somebody's token stands.
  static String environment(String token) {
    return """
    {
      "name": "Staging",
      "_postman_variable_scope": "environment",
      "values": [
        {"key": "token", "value": "%s", "type": "secret", "enabled": true},
        {"key": "host", "value": "http://nowhere.example.com", "enabled": false},
        {"key": "weight", "value": "500", "enabled": true}
      ]
    }
    """
        .formatted(token);
  }
}
