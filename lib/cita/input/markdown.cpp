#include <cita/base/text.hpp>
#include <cita/input/markdown.hpp>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <string_view>

namespace cita {

namespace {

constexpr std::size_t most_bytes = std::size_t{256} << 10U;  // the longest comment, in the longest letters
constexpr int deepest = 32;                                  // what is nested deeper is read as if it were not

std::string_view literal_of(cmark_node* node) {
  const char* literal = cmark_node_get_literal(node);
  return literal == nullptr ? std::string_view() : std::string_view(literal);
}

// The text of inline nodes, walked without recursion: whoever wrote them may have nested them deeply.
class Inlines {
 public:
  Inlines(cmark_node* block, MarkdownBlock& into) : into_(into) {
    cmark_iter* walk = cmark_iter_new(block);
    while (cmark_iter_next(walk) != CMARK_EVENT_DONE) {
      cmark_node* node = cmark_iter_get_node(walk);
      if (node != block) visit(node, cmark_iter_get_event_type(walk) == CMARK_EVENT_ENTER);
    }
    cmark_iter_free(walk);
  }

 private:
  void visit(cmark_node* node, bool enters) {
    if (std::string_view(cmark_node_get_type_string(node)) == "strikethrough") {
      if (enters) struck_begins_ = into_.text.size();
      else into_.struck.push_back(into_.text.substr(std::min(struck_begins_, into_.text.size())));
    }
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_SOFTBREAK:
      case CMARK_NODE_LINEBREAK: into_.text += '\n'; break;
      case CMARK_NODE_STRONG:
        if (enters && into_.text.empty()) strong_ = node;
        if (!enters && strong_ == node) into_.lead = into_.text, strong_ = nullptr;
        break;
      case CMARK_NODE_LINK:
        if (enters) link_begins_ = into_.text.size();
        else into_.links.push_back({into_.text.substr(std::min(link_begins_, into_.text.size())), cmark_node_get_url(node)});
        break;
      default: into_.text += literal_of(node);
    }
  }

  MarkdownBlock& into_;
  cmark_node* strong_ = nullptr;
  std::size_t link_begins_ = 0;
  std::size_t struck_begins_ = 0;
};

class Reader {
 public:
  explicit Reader(const Source& source) : source_(source) {}

  void read(cmark_node* parent, std::vector<MarkdownBlock>& into, int depth) {
    int number = cmark_node_get_type(parent) == CMARK_NODE_LIST ? cmark_node_get_list_start(parent) : 0;
    for (cmark_node* each = cmark_node_first_child(parent); each != nullptr; each = cmark_node_next(each)) {
      const auto kind = kind_of(each);
      if (!kind) continue;
      MarkdownBlock& block = into.emplace_back();
      block.kind = *kind;
      place(each, block);
      describe(each, block);
      if (block.kind == MarkdownKind::item) block.number = number++;
      if (has_blocks(block.kind) && depth < deepest) read(each, block.blocks, depth + 1);
      else if (!has_blocks(block.kind)) fill(each, block);
    }
  }

 private:
  static bool has_blocks(MarkdownKind kind) {
    return kind == MarkdownKind::list || kind == MarkdownKind::item || kind == MarkdownKind::table || kind == MarkdownKind::row ||
           kind == MarkdownKind::quote;
  }

  static std::optional<MarkdownKind> kind_of(cmark_node* node) {
    const std::string_view name = cmark_node_get_type_string(node);
    constexpr std::pair<std::string_view, MarkdownKind> kinds[] = {
        {"heading", MarkdownKind::heading},  {"paragraph", MarkdownKind::paragraph}, {"list", MarkdownKind::list},
        {"item", MarkdownKind::item},        {"table", MarkdownKind::table},         {"table_row", MarkdownKind::row},
        {"table_header", MarkdownKind::row}, {"table_cell", MarkdownKind::cell},     {"block_quote", MarkdownKind::quote},
        {"code_block", MarkdownKind::code},  {"html_block", MarkdownKind::html},     {"thematic_break", MarkdownKind::rule}};
    for (const auto& [known, kind] : kinds)
      if (known == name) return kind;
    return std::nullopt;
  }

  void place(cmark_node* node, MarkdownBlock& block) const {
    block.line = std::max(1, cmark_node_get_start_line(node));
    const int last = std::max(block.line, cmark_node_get_end_line(node));
    const auto begin = static_cast<std::uint32_t>(source_.line_start(block.line));
    block.span = {&source_, begin, static_cast<std::uint32_t>(source_.line_start(last) + source_.line(last).size())};
    // Within its line a cell or an item begins where the parser says.
    const auto column = static_cast<std::uint32_t>(std::max(1, cmark_node_get_start_column(node)) - 1);
    if (begin + column < block.span.end) block.span.begin += column;
    const auto end_column = static_cast<std::size_t>(std::max(0, cmark_node_get_end_column(node)));
    const std::size_t end = source_.line_start(last) + end_column;
    if (end > block.span.begin && end < block.span.end) block.span.end = static_cast<std::uint32_t>(end);
  }

  static void describe(cmark_node* node, MarkdownBlock& block) {
    if (block.kind == MarkdownKind::heading) block.level = cmark_node_get_heading_level(node);
    if (block.kind == MarkdownKind::list) block.ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    if (block.kind == MarkdownKind::row) block.header = std::string_view(cmark_node_get_type_string(node)) == "table_header";
  }

  static void fill(cmark_node* node, MarkdownBlock& block) {
    if (block.kind == MarkdownKind::code || block.kind == MarkdownKind::html) block.text = literal_of(node);
    else Inlines(node, block);
  }

  const Source& source_;
};

}  // namespace

MarkdownText parse_markdown(std::shared_ptr<const Source> source, Diagnostics& diagnostics) {
  MarkdownText result;
  const std::string& text = source->text();
  result.source = std::move(source);
  std::size_t bad = 0;
  if (text.size() > most_bytes) {
    diagnostics.error("too-large", {}, "the text has more than 256 KiB, which no report has", "give one comment at a time");
    return result;
  }
  if (!text::is_utf8(text, &bad)) {
    const auto at = static_cast<std::uint32_t>(bad);
    diagnostics.error("not-utf-8", {result.source.get(), at, at + 1}, "this byte is no UTF-8", "save the file as UTF-8");
    return result;
  }
  static std::once_flag registered;
  std::call_once(registered, cmark_gfm_core_extensions_ensure_registered);
  const std::unique_ptr<cmark_parser, void (*)(cmark_parser*)> parser(cmark_parser_new(CMARK_OPT_DEFAULT), cmark_parser_free);
  for (const char* name : {"autolink", "table", "strikethrough"})
    cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
  cmark_parser_feed(parser.get(), text.data(), text.size());
  const std::unique_ptr<cmark_node, void (*)(cmark_node*)> root(cmark_parser_finish(parser.get()), cmark_node_free);
  Reader(*result.source).read(root.get(), result.blocks, 0);
  return result;
}

}  // namespace cita
