// A report as its headings divide it, and the labelled fields in it, as people write them: "- **Label:** value", "* Label:
// value",
// "**Label**: value".
#pragma once

#include <cita/input/markdown.hpp>

#include <span>

namespace cita {

struct ReportSection {
  std::string heading;  ///< empty: what stands before the first one
  int level = 0;
  Span span;
  int line = 0;
  std::vector<const MarkdownBlock*> body;  ///< up to the next heading
};

/// The sections in their order. A heading is also a line that is bold as a whole and no field, and an entry of a numbered list
/// that names one of the topics (normalised). The text has to outlive them.
std::vector<ReportSection> sections_of(const MarkdownText& text, std::span<const std::string> topics = {});

struct ReportField {
  std::string label;  ///< without its colon
  std::string value;  ///< without markup; a line break is '\n', an entry of a list below it begins with "- "
  Span span;          ///< of the line with the label
  int line = 0;
  int depth = 0;  ///< 0: in the section itself; 1: below another field
  const MarkdownBlock* block = nullptr;
};

/// The fields of a section, those below another one behind it.
std::vector<ReportField> fields_of(const ReportSection& section);

/// A label or heading as it is compared: lower case, straight quotes, no colon, number, markup or spaces around it.
std::string normalised_label(std::string_view label);

/// A text without what of these characters stands at its ends.
std::string_view trimmed(std::string_view text, std::string_view what = " \t\n\r");

/// All text of blocks, as it stands under a heading: paragraphs a line each, entries of lists with "- ", rows with " | ".
std::string text_of(std::span<const MarkdownBlock* const> blocks);
std::string text_of(const MarkdownBlock& block);

}  // namespace cita
