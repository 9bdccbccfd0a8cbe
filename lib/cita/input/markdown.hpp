// A Markdown text as blocks, each with its place. The one home of cmark-gfm, the parser that Bugzilla uses too.
//
//   const MarkdownText text = parse_markdown(source, diagnostics);
//   for (const MarkdownBlock& block : text.blocks) …
#pragma once

#include <cita/base/diagnostic.hpp>

#include <memory>
#include <string>
#include <vector>

namespace cita {

struct MarkdownLink {
  std::string text;
  std::string address;
};

enum class MarkdownKind : std::uint8_t { heading, paragraph, list, item, table, row, cell, quote, code, rule, html };

struct MarkdownBlock {
  MarkdownKind kind = MarkdownKind::paragraph;
  int level = 0;         ///< of a heading
  bool ordered = false;  ///< of a list
  int number = 0;        ///< of an item of an ordered list
  bool header = false;   ///< of a table's row
  Span span;             ///< from its first to its last line
  int line = 0;          ///< 1-based: its first line in the source
  std::string text;      ///< of a heading, paragraph, cell, code or HTML: without markup, a line break being '\n'
  std::string lead;      ///< the bold text that it begins with: "Incident description:"
  std::vector<MarkdownLink> links;
  std::vector<std::string> struck;  ///< the texts that are struck through
  std::vector<MarkdownBlock> blocks;
};

struct MarkdownText {
  std::shared_ptr<const Source> source;
  std::vector<MarkdownBlock> blocks;
};

/// Any text is Markdown; what is too large or no UTF-8 is diagnosed, and has no blocks.
MarkdownText parse_markdown(std::shared_ptr<const Source> source, Diagnostics& diagnostics);

}  // namespace cita
