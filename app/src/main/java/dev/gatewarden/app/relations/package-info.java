/// What operators tell of whose objects are whose, and what they are told: lines, rules and acts.
@NullMarked
package dev.gatewarden.app.relations;

import org.jspecify.annotations.NullMarked;
