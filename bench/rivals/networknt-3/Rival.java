import com.networknt.schema.ExecutionContext;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.gatewarden.bench.schemas.Worker;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/// networknt's line 3 as a contender, in its fastest way of use: a tree from bytes, formats
/// asserted, the verdict alone.
class Rival {
  public static void main(String[] arguments) throws Exception {
    JsonMapper mapper = JsonMapper.shared();
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).failFast(true).build();
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config));
    Worker.serve(
        text -> {
          Schema schema = registry.getSchema(new String(text, StandardCharsets.UTF_8));
          schema.initializeValidators();
          return json ->
              schema.validate(
                  mapper.readTree(json), OutputFormat.BOOLEAN, (ExecutionContext _) -> {});
        });
  }
}
