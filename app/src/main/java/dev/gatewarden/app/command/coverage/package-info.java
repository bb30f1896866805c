/// What of each operation is guarded, read from the plan by which requests are judged.
@NullMarked
package dev.gatewarden.app.command.coverage;

import org.jspecify.annotations.NullMarked;
