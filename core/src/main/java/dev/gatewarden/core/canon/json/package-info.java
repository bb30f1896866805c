/// JSON in the forms that leave no choice: the canonical one, and the one a contract declares.
@NullMarked
package dev.gatewarden.core.canon.json;

import org.jspecify.annotations.NullMarked;
