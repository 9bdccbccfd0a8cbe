// Prose of a file: the author's own Markdown, brought into a form that cannot reach beyond its place.
//
//   prose("Two causes:\n- one\n- two", 3)          // below a heading of level 3
//
// What the author meant is kept: paragraphs, lists, quotes, code, tables, links, bold. What would do something else on
// Bugzilla than in the author's editor, or something to the rest of the report, is not:
//
// - a paragraph is one line (Bugzilla breaks at every line end), unless a line ends in two spaces or a backslash;
// - headings are deeper than the heading that the prose stands under, and are written with '#';
// - every fence is closed, every table and list ends with the prose;
// - images, which vanish, become their links; "\<" becomes "<", which needs no backslash; a single '~' stays one;
// - a link reference definition stays only where it defines an address; any other would vanish;
// - "r2024" is code, and an address is kept apart from a '<' that follows it.
#pragma once

#include <cita/output/markdown.hpp>

namespace cita::markdown {

/// The pieces of a neutralised text of several lines, below a heading of `level`.
Blocks prose(std::string_view neutral, int level);

}  // namespace cita::markdown
