#include <cita/base/text.hpp>
#include <cita/input/report_sections.hpp>

#include <algorithm>

namespace cita {

namespace {

// "**Timeline**" alone on its line is meant as a heading.
bool is_bold_heading(const MarkdownBlock& block) {
  return block.kind == MarkdownKind::paragraph && !block.lead.empty() && trimmed(block.text) == trimmed(block.lead) &&
         block.text.find('\n') == std::string::npos && block.text.size() < 120;
}

bool is_list_of_topics(const MarkdownBlock& list, std::span<const std::string> topics) {
  if (list.kind != MarkdownKind::list || !list.ordered || list.blocks.empty() || list.blocks.front().blocks.empty()) return false;
  const std::string first = normalised_label(list.blocks.front().blocks.front().text);
  return std::any_of(topics.begin(), topics.end(),
                     [&first](const std::string& topic) { return first.find(topic) != std::string::npos; });
}

void append(const MarkdownBlock& block, int depth, std::string& out) {
  const auto line = [&out](std::string_view text) {
    if (trimmed(text).empty()) return;
    if (!out.empty() && out.back() != '\n' && !out.ends_with("- ")) out += '\n';
    out += trimmed(text);
  };
  switch (block.kind) {
    case MarkdownKind::item:
      if (!out.empty()) out += '\n';
      out += std::string(static_cast<std::size_t>(2 * depth), ' ') + "- ";
      for (const MarkdownBlock& each : block.blocks) append(each, depth + 1, out);
      break;
    case MarkdownKind::row: {
      std::string cells;
      for (const MarkdownBlock& cell : block.blocks) cells += (cells.empty() ? "" : " | ") + cell.text;
      line(cells);
      break;
    }
    case MarkdownKind::list:
    case MarkdownKind::table:
    case MarkdownKind::quote:
      for (const MarkdownBlock& each : block.blocks) append(each, depth, out);
      break;
    default: line(block.text);
  }
}

// Where the label of a line ends: behind the bold text, or before the first colon.
std::size_t label_end(const MarkdownBlock& paragraph) {
  const std::string& text = paragraph.text;
  if (!paragraph.lead.empty()) {
    const std::size_t end = paragraph.lead.size();
    if (trimmed(paragraph.lead).ends_with(':') || (end < text.size() && text[end] == ':')) return end;
    return std::string::npos;
  }
  constexpr std::size_t longest_label = 90;
  const std::size_t colon = text.find(':');
  const std::size_t line_end = std::min(text.find('\n'), text.size());
  if (colon == std::string::npos || colon > line_end || colon > longest_label) return std::string::npos;
  const bool is_time = colon > 0 && text[colon - 1] >= '0' && text[colon - 1] <= '9';
  const bool is_address = text.substr(colon).starts_with("://");
  return is_time || is_address ? std::string::npos : colon;
}

class Fields {
 public:
  explicit Fields(const ReportSection& section) {
    for (const MarkdownBlock* block : section.body) visit(*block, 0);
  }
  std::vector<ReportField> take() { return std::move(fields_); }

 private:
  void visit(const MarkdownBlock& block, int depth) {
    if (block.kind == MarkdownKind::paragraph) add(block, {}, depth, block);
    if (block.kind == MarkdownKind::quote)
      for (const MarkdownBlock& each : block.blocks) visit(each, depth);
    if (block.kind != MarkdownKind::list) return;
    for (const MarkdownBlock& item : block.blocks) {
      if (item.blocks.empty() || item.blocks.front().kind != MarkdownKind::paragraph) continue;
      std::vector<const MarkdownBlock*> rest;
      std::vector<const MarkdownBlock*> lists;
      for (std::size_t i = 1; i < item.blocks.size(); ++i) {
        rest.push_back(&item.blocks[i]);
        if (item.blocks[i].kind == MarkdownKind::list) lists.push_back(&item.blocks[i]);
      }
      if (!add(item.blocks.front(), rest, depth, item)) continue;
      for (const MarkdownBlock* list : lists) visit(*list, depth + 1);
    }
  }

  bool add(const MarkdownBlock& paragraph, const std::vector<const MarkdownBlock*>& rest, int depth, const MarkdownBlock& whole) {
    const std::size_t end = label_end(paragraph);
    if (end == std::string::npos) return false;
    ReportField field;
    field.label = trimmed(std::string_view(paragraph.text).substr(0, end));
    while (field.label.ends_with(':')) field.label.pop_back();
    std::string_view value = std::string_view(paragraph.text).substr(end);
    while (!value.empty() && (value.front() == ':' || value.front() == ' ')) value.remove_prefix(1);
    field.value = trimmed(value);
    if (const std::string below = text_of(rest); !below.empty()) field.value += (field.value.empty() ? "" : "\n") + below;
    field.span = {whole.span.source, whole.span.begin, paragraph.span.end};
    field.line = paragraph.line;
    field.depth = depth;
    field.block = &whole;
    fields_.push_back(std::move(field));
    return true;
  }

  std::vector<ReportField> fields_;
};

}  // namespace

std::string_view trimmed(std::string_view text, std::string_view what) {
  const std::size_t begin = text.find_first_not_of(what);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(what) - begin + 1);
}

std::string text_of(const MarkdownBlock& block) {
  std::string out;
  append(block, 0, out);
  return out;
}

std::string text_of(std::span<const MarkdownBlock* const> blocks) {
  std::string out;
  for (const MarkdownBlock* block : blocks) {
    if (!out.empty() && out.back() != '\n') out += '\n';
    append(*block, 0, out);
  }
  return out;
}

std::string normalised_label(std::string_view label) {
  std::string simple = text::simplified(label);
  for (const auto& [curly, straight] : {std::pair{"’", "'"}, {"‘", "'"}, {"“", "\""}, {"”", "\""}})
    for (std::size_t at; (at = simple.find(curly)) != std::string::npos;)
      simple.replace(at, std::string_view(curly).size(), straight);
  const auto is_noise = [](char c) { return std::string_view(" \t*_:#?.-").find(c) != std::string_view::npos; };
  while (!simple.empty() && is_noise(simple.back())) simple.pop_back();
  std::size_t begin = 0;
  while (begin < simple.size() && is_noise(simple[begin])) ++begin;
  // "3. Timeline", "2) Timeline"
  std::size_t digits = begin;
  while (digits < simple.size() && simple[digits] >= '0' && simple[digits] <= '9') ++digits;
  if (digits > begin && digits < simple.size() && (simple[digits] == '.' || simple[digits] == ')')) {
    begin = digits + 1;
    while (begin < simple.size() && simple[begin] == ' ') ++begin;
  }
  return simple.substr(begin);
}

std::vector<ReportSection> sections_of(const MarkdownText& text, std::span<const std::string> topics) {
  constexpr int level_of_bold = 7, level_of_topic = 3;
  std::vector<ReportSection> sections(1);
  const auto begin = [&sections](const MarkdownBlock& heading, int level) {
    ReportSection& section = sections.emplace_back();
    section.heading = trimmed(heading.text);
    section.level = level;
    section.span = heading.span;
    section.line = heading.line;
  };
  for (const MarkdownBlock& block : text.blocks) {
    if (block.kind == MarkdownKind::heading) begin(block, block.level);
    else if (is_bold_heading(block)) begin(block, level_of_bold);
    else if (!is_list_of_topics(block, topics)) sections.back().body.push_back(&block);
    else
      for (const MarkdownBlock& item : block.blocks) {
        if (!item.blocks.empty()) begin(item.blocks.front(), level_of_topic);
        for (std::size_t i = 1; i < item.blocks.size(); ++i) sections.back().body.push_back(&item.blocks[i]);
      }
  }
  return sections;
}

std::vector<ReportField> fields_of(const ReportSection& section) { return Fields(section).take(); }

}  // namespace cita
