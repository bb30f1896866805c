/// The tables that a design review reads, written as Markdown, CSV, HTML and JSON.
@NullMarked
package dev.gatewarden.app.command.design;

import org.jspecify.annotations.NullMarked;
