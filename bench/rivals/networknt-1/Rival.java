import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import dev.gatewarden.bench.schemas.Worker;
import java.nio.charset.StandardCharsets;

/// networknt's line 1 as a contender, in its fastest way of use: a tree from bytes, formats
/// asserted, the verdict alone.
class Rival {
  public static void main(String[] arguments) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).failFast(true).build();
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    Worker.serve(
        text -> {
          JsonSchema schema = factory.getSchema(new String(text, StandardCharsets.UTF_8), config);
          schema.initializeValidators();
          return json ->
              schema.validate(
                  mapper.readTree(json), OutputFormat.BOOLEAN, (ExecutionContext _) -> {});
        });
  }
}
