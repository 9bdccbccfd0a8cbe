// Markdown as bugzilla.mozilla.org shows it: text that stays what it is, and the pieces that comments are made of.
//
//   field("Incident description", {paragraph(plain(title))})       → "- **Incident description:** …"
//   comment(blocks)                                                → the comment's text
//
// What Bugzilla does is not quite CommonMark. Before parsing, every '<' that does not begin "<http" is put out of the
// parser's sight, so that "\<" would show its backslash and no HTML exists; every newline is a line break; images vanish;
// a single '~' strikes through; " r2024" becomes a link to a Subversion server. Everything here follows that.
//
// Text of a file is shown in one of two ways. Names, ids, titles, events and cells are plain: one line, every character
// shown as it is. Prose is the author's own Markdown (see prose.hpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cita::markdown {

/// How many code points a comment may have, and how many of them we leave unused.
inline constexpr std::size_t comment_limit = 65'535;
inline constexpr std::size_t comment_reserve = 1'000;

/// The text without what must not be shown: control characters, bidirectional controls, U+FFFD (which Bugzilla deletes)
/// and bytes that are no UTF-8 are removed. Line ends become '\n', tabs four spaces.
std::string neutralised(std::string_view untrusted);
/// As above, in one line: white space of any kind becomes one space, and none is left at the ends.
std::string one_line(std::string_view untrusted);

/// A neutralised single line, written so that Bugzilla shows exactly it, in a cell, a list item, a paragraph or bold.
std::string escaped(std::string_view line);
/// Any text as one such line.
std::string plain(std::string_view untrusted);

/// "r2024" at the beginning of `text`, which Bugzilla would link after white space: how many bytes it has, else 0.
std::size_t revision_length(std::string_view text);
/// Whether `text` begins with something that a parser takes for an entity ("&lt;").
bool begins_entity(std::string_view text);

/// A piece of a comment. Pieces are divided by a blank line, or by a line end where the piece is `tight`.
struct Block {
  enum class Sort { paragraph, item, other };  // the first two can be divided between words

  std::string text;  ///< one line or more, not indented
  Sort sort = Sort::other;
  int indent = 0;  ///< how deep in lists it stands, in spaces
  bool tight = false;
  bool section = false;     ///< begins a section: a comment may be divided here
  std::string open, close;  ///< lines around a run of tight pieces: a table's head, a fence
};
using Blocks = std::vector<Block>;

Block paragraph(std::string text);
Block heading(int level, std::string_view text);
/// "[text](url)"; the text is escaped here, the url has to be one of ours.
std::string link(std::string_view text, std::string_view url);
/// One item of a list; what does not fit on the first line stands below it, indented.
Blocks item(std::string_view bullet, Blocks content, bool tight);
/// "- **Label:** content"; without content the label alone.
Blocks field(std::string_view label, Blocks content, int indent, bool tight);
/// A table; the cells are Markdown of one line each.
Blocks table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows);

/// The pieces as one text.
std::string comment(const Blocks& blocks);
/// The pieces as comments that are not too long, divided at sections where possible, else between pieces with a table's
/// head repeated. Several begin with "Part i of n". `too_long` receives the text of pieces that cannot be divided.
std::vector<std::string> comments(const Blocks& blocks, std::size_t limit, std::vector<std::string>& too_long);

}  // namespace cita::markdown
