/// What judging a document costs, beside other validators and parsers in the same run.
@NullMarked
package dev.gatewarden.bench.schemas;

import org.jspecify.annotations.NullMarked;
